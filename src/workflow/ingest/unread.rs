//! Sources that are there but could not be read this time: what they held is not gone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use super::IngestReport;
use crate::{
    ingest::{Listed, Refusal, SourceFile},
    table::Unit,
};

/// Files and folders that could not be read.
pub(super) struct Unread {
    root: PathBuf,
    places: BTreeSet<String>,
}

impl Unread {
    pub(super) fn new(root: &Path, listed: &Listed) -> Self {
        Self { root: root.to_path_buf(), places: listed.unread.iter().cloned().collect() }
    }

    pub(super) fn add(&mut self, path: &str) {
        self.places.insert(path.to_owned());
    }

    /// Tells whether a file is one of them, or lies in one of them.
    fn holds(&self, path: &str) -> bool {
        self.places.iter().any(|place| is_at(path, place))
    }

    /// Returns the sources that the corpus holds and that are no longer there; one that cannot be looked at is refused.
    pub(super) fn gone(
        &mut self,
        files: &[SourceFile],
        held: &BTreeMap<String, usize>,
        report: &mut IngestReport,
    ) -> Vec<String> {
        let in_use: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let mut gone = Vec::new();
        for path in held.keys().filter(|path| !in_use.contains(path.as_str())) {
            if self.holds(path) {
                continue;
            }
            match fs::metadata(self.root.join(path)) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    let reason = format!("cannot be read: {error}");
                    report.refusals.push(Refusal { place: path.clone(), reason, hint: None });
                    self.add(path);
                }
                _ => gone.push(path.clone()),
            }
        }
        gone
    }

    /// Adds to the refusals of these places that their entries are as they were.
    pub(super) fn say_what_stays(&self, held: &BTreeMap<String, usize>, refusals: &mut [Refusal]) {
        for place in &self.places {
            let entries: usize = held.iter().filter(|(path, _)| is_at(path, place)).map(|(_, entries)| *entries).sum();
            let own = |refusal: &&mut Refusal| {
                refusal.place.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            };
            if let Some(refusal) = refusals.iter_mut().find(own).filter(|_| entries > 0) {
                let word = Unit::Entry.word(entries as u64);
                let stays = if entries == 1 { "stays as it was" } else { "stay as they were" };
                refusal.reason += &format!("; its {entries} {word} {stays} read last");
            }
        }
    }
}

fn is_at(path: &str, place: &str) -> bool {
    Path::new(path).starts_with(place)
}
