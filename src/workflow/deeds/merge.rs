//! Copies of a study made one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{ChangedCoding, Conflict, changed_codings, conflicts};
use crate::{
    disk::Beside,
    id::Hash,
    ingest::Refusal,
    store::{Head, Merged},
    text::Languages,
    workflow::{Progress, WorkflowError, Workspace},
};

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MergeReport {
    /// New events by coder, then kind.
    pub events: BTreeMap<String, BTreeMap<String, u64>>,
    /// Events that were here already.
    pub known: u64,
    /// New texts, records, memos and codebook files.
    pub words: u64,
    /// What was left out: place and reason.
    pub refused: Vec<(String, String)>,
    /// Entries whose text is another than before.
    pub revised: Vec<String>,
    /// Codings on entries that two texts of are known, which do not stand where they stood.
    pub codings: Vec<ChangedCoding>,
    /// The other copy's codebook, written beside the study's own.
    pub codebook: Option<String>,
    /// What the copies say differently.
    pub conflicts: Vec<Conflict>,
}

/// Joins another copy: a study file, a bundle, or the folder of a study.
///
/// # Errors
/// Fails when it is no copy, or the study file cannot be written; then nothing is changed.
pub fn merge(workspace: &mut Workspace, other: &Path, progress: &dyn Progress) -> Result<MergeReport, WorkflowError> {
    let texts = |heads: Vec<Head>| -> BTreeMap<String, Hash> {
        heads.into_iter().map(|head| (head.entry.id.to_string(), head.sha256)).collect()
    };
    let before = texts(workspace.store.heads(Languages::default())?);
    let merged = join(workspace, other, progress)?;
    let after = texts(workspace.store.heads(Languages::default())?);
    let revised: BTreeSet<String> = after
        .into_iter()
        .filter(|(id, text)| before.get(id).is_some_and(|known| known != text))
        .map(|(id, _)| id)
        .collect();
    let mut report = MergeReport { known: merged.known, words: merged.words, ..MergeReport::default() };
    report.codings = changed_codings(workspace, &revised)?.1;
    report.revised = revised.into_iter().collect();
    for ((coder, kind), count) in &merged.events {
        *report.events.entry(coder.clone()).or_default().entry(kind.name().to_owned()).or_default() += count;
    }
    report.codebook = theirs(workspace, &merged)?;
    report.refused = merged.refused;
    report.conflicts = conflicts(workspace)?;
    Ok(report)
}

fn join(workspace: &mut Workspace, other: &Path, progress: &dyn Progress) -> Result<Merged, WorkflowError> {
    let file =
        if other.is_dir() { other.join(crate::store::FOLDER).join(crate::store::FILE) } else { other.to_path_buf() };
    progress.begin("merging", None);
    let merged = workspace.store.merge(&file, || progress.advance(1))?;
    progress.end();
    Ok(merged)
}

/// Writes the other copy's codebook beside the study's own when it is another one that is not known here.
fn theirs(workspace: &Workspace, merged: &Merged) -> Result<Option<String>, WorkflowError> {
    let Some((fingerprint, file)) = &merged.codebook else { return Ok(None) };
    let path = workspace.root.join(&workspace.study.codebook);
    let own = fs::read_to_string(&path).map(|own| Hash::of(crate::text::normalise(&own).as_bytes()));
    if own.is_ok_and(|own| own == *fingerprint) {
        return Ok(None);
    }
    // Another colleague's, written before, is not lost for it.
    let named = |number: u32| if number == 1 { "theirs.toml".to_owned() } else { format!("theirs-{number}.toml") };
    let free = |place: &PathBuf| fs::read_to_string(place).map_or(true, |there| there == *file);
    let theirs = (1..1000).map(|number| path.with_extension(named(number))).find(free);
    let Some(theirs) = theirs else { return Ok(None) };
    let failed = |source| WorkflowError::File { doing: "write", path: theirs.clone(), source };
    let beside = Beside::own(&theirs);
    beside.create().map_err(failed)?.write_all(file.as_bytes()).map_err(failed)?;
    beside.put().map_err(failed)?;
    let shown = theirs.strip_prefix(&workspace.root).unwrap_or(&theirs);
    Ok(Some(shown.display().to_string()))
}

/// What bundles brought, each with its path; and what could not be joined.
pub type Bundles = (Vec<(String, MergeReport)>, Vec<Refusal>);

/// Joins the bundles that the settings name, as far as they changed; what could not be joined is told.
///
/// # Errors
/// Fails when the study file cannot be used.
pub fn merge_bundles(workspace: &mut Workspace, progress: &dyn Progress) -> Result<Bundles, WorkflowError> {
    let (mut reports, mut refusals) = (Vec::new(), Vec::new());
    for name in workspace.study.merge.clone() {
        let path: PathBuf = workspace.root.join(&name);
        let refusal = |reason: String, hint: Option<String>| Refusal { place: name.clone(), reason, hint };
        let sha256 = match fs::read(&path) {
            Ok(bytes) => Hash::of(bytes),
            Err(source) => {
                let hint = Some("themata.toml names it under [study] merge".to_owned());
                refusals.push(refusal(format!("cannot read it: {source}"), hint));
                continue;
            }
        };
        if workspace.store.is_merged(&name, sha256)? {
            continue;
        }
        match merge(workspace, &path, progress) {
            Ok(report) => {
                if report.refused.is_empty() {
                    workspace.store.remember_merged(&name, sha256)?;
                }
                for (place, reason) in &report.refused {
                    let reason = reason.clone();
                    refusals.push(Refusal { place: format!("{name}: {place}"), reason, hint: None });
                }
                reports.push((name, report));
            }
            Err(error) => refusals.push(refusal(error.to_string(), error.hint())),
        }
    }
    Ok((reports, refusals))
}
