//! Sources in: what is new, changed, moved or gone, file by file and entry by entry.

mod keep;
mod unread;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::Serialize;

use keep::{Deed, write};
use unread::Unread;

use super::{ChangedCoding, Progress, WorkflowError, Workspace, cases::cases, deeds::changed_codings};
use crate::{
    corpus::EntryStatus,
    id::Hash,
    ingest::{self, FileReading, Listed, Refusal, SourceFile},
    store::StoreError,
};

/// What was found about one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileStatus {
    /// Path relative to the study.
    pub file: String,
    /// Encoding in which it was read.
    pub encoding: String,
    /// Entries that it holds.
    pub entries: usize,
    /// Whether it was skipped because bytes and settings are the same as before.
    pub unchanged: bool,
}

/// What was found about the case register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CasesStatus {
    /// Path relative to the study.
    pub file: String,
    /// Cases in it.
    pub cases: usize,
    /// Whether it is the same as before.
    pub unchanged: bool,
}

/// What an ingest found and did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IngestReport {
    /// Every file, in corpus order.
    pub files: Vec<FileStatus>,
    /// Every entry that is not simply unchanged: id, status, and what else there is to say.
    pub entries: Vec<(String, EntryStatus, String)>,
    /// Every unchanged entry: id, and where it is.
    pub unchanged: Vec<(String, String)>,
    /// How many entries have each status.
    pub totals: BTreeMap<EntryStatus, usize>,
    /// What could not be read.
    pub refusals: Vec<Refusal>,
    /// What was read but needs a look.
    pub warnings: Vec<Refusal>,
    /// The case register, when the study has one.
    pub cases: Option<CasesStatus>,
    /// Codings on revised entries that stand where they stood.
    pub kept_codings: u64,
    /// Codings on revised entries that do not.
    pub codings: Vec<ChangedCoding>,
}

/// Names the rules by which files become entries: files are read again when they change.
const RULES: &str = "ingest-3";

/// How often an ingest begins again when another process was quicker.
const TRIES: usize = 4;

/// Reads the sources, or only those files among them that lie at or below `only`.
///
/// # Errors
/// Fails when the study file cannot be used; what is wrong with single files and entries is in the report.
pub fn ingest(
    workspace: &mut Workspace,
    only: &[PathBuf],
    progress: &dyn Progress,
) -> Result<IngestReport, WorkflowError> {
    for _ in 1..TRIES {
        let report = attempt(workspace, only, progress);
        if !matches!(report, Err(WorkflowError::Store(StoreError::Overtaken))) {
            return report;
        }
    }
    attempt(workspace, only, progress)
}

fn attempt(
    workspace: &mut Workspace,
    only: &[PathBuf],
    progress: &dyn Progress,
) -> Result<IngestReport, WorkflowError> {
    let latest = workspace.store.latest()?;
    let mut report = IngestReport::default();
    progress.begin("looking at sources", None);
    let listed = ingest::list(&workspace.root, &workspace.study);
    progress.end();
    report.refusals.clone_from(&listed.refusals);
    let chosen = chosen(&workspace.root, &listed, only, &mut report);
    let remembered = workspace.store.sources()?;
    let settings: Vec<Hash> =
        workspace.study.sources.iter().map(|source| Hash::of(format!("{RULES} {source:?}"))).collect();
    let same = |file: &SourceFile| {
        let settings = settings.get(file.rank);
        remembered.get(&file.path).is_some_and(|(bytes, known, _)| *bytes == file.bytes && Some(known) == settings)
    };
    let (unchanged, changed): (Vec<&SourceFile>, Vec<&SourceFile>) =
        chosen.iter().copied().partition(|file| same(file));
    let readings = read_all(workspace, &changed, progress);
    let held = workspace.store.readings()?;
    let mut unread = Unread::new(&workspace.root, &listed);
    readings.iter().filter(|(_, reading)| reading.unread).for_each(|(path, _)| unread.add(path));
    let gone = if only.is_empty() { unread.gone(&listed.files, &held, &mut report) } else { Vec::new() };
    let read = changed.iter().copied().zip(readings.iter().map(|(_, reading)| reading));
    let deed =
        Deed { read: read.filter(|(_, reading)| !reading.unread).collect(), settings: &settings, gone: &gone, latest };
    write(workspace, &deed, &mut report, progress)?;
    list_files(workspace, &chosen, &readings, &unchanged, &remembered, &mut report)?;
    for (_, reading) in readings {
        report.refusals.extend(reading.refusals);
        report.warnings.extend(reading.warnings);
    }
    unread.say_what_stays(&held, &mut report.refusals);
    cases(workspace, &mut report)?;
    let revised = report.entries.iter().filter(|(_, status, _)| *status == EntryStatus::Revised);
    let revised: BTreeSet<String> = revised.map(|(id, ..)| id.clone()).collect();
    if !revised.is_empty() {
        (report.kept_codings, report.codings) = changed_codings(workspace, &revised)?;
    }
    if only.is_empty() {
        keep_remarks(workspace, &report)?;
    }
    *report.totals.entry(EntryStatus::Refused).or_default() += report.refusals.len();
    report.totals.retain(|_, count| *count > 0);
    Ok(report)
}

/// Keeps what was wrong with the sources, so that every report says it, also one that is made later.
fn keep_remarks(workspace: &mut Workspace, report: &IngestReport) -> Result<(), WorkflowError> {
    let refused = report.refusals.iter().map(|refusal| format!("Not read: {}: {}.", refusal.place, refusal.reason));
    let doubted = report.warnings.iter().map(|warning| format!("{}: {}.", warning.place, warning.reason));
    let remarks: Vec<String> = refused.chain(doubted).collect();
    if workspace.store.remarks()? != remarks {
        let by = workspace.me();
        let writing = workspace.store.write(&by)?;
        writing.remember_remarks(&remarks)?;
        writing.commit()?;
    }
    Ok(())
}

/// Returns the files to look at; a path that names none is refused.
fn chosen<'f>(root: &Path, listed: &'f Listed, only: &[PathBuf], report: &mut IngestReport) -> Vec<&'f SourceFile> {
    if only.is_empty() {
        return listed.files.iter().collect();
    }
    let full = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let wanted: Vec<(PathBuf, &PathBuf)> = only.iter().map(|path| (full(path), path)).collect();
    let places: Vec<(PathBuf, &SourceFile)> =
        listed.files.iter().map(|file| (full(&root.join(&file.path)), file)).collect();
    // That these cannot be read is told with the list.
    let unread: Vec<PathBuf> = listed.unread.iter().map(|place| full(&root.join(place))).collect();
    for (path, written) in &wanted {
        let is_known = places.iter().any(|(place, _)| place.starts_with(path))
            || unread.iter().any(|place| place.starts_with(path) || path.starts_with(place));
        if !is_known {
            report.refusals.push(Refusal {
                place: written.display().to_string(),
                reason: "no source of this study names it".to_owned(),
                hint: Some("add a [[source]] with its path to themata.toml".to_owned()),
            });
        }
    }
    let named = |place: &Path| wanted.iter().any(|(path, _)| place.starts_with(path));
    places.into_iter().filter(|(place, _)| named(place)).map(|(_, file)| file).collect()
}

fn read_all(workspace: &Workspace, files: &[&SourceFile], progress: &dyn Progress) -> Vec<(String, FileReading)> {
    progress.begin("reading", Some(files.len() as u64));
    let (root, sources) = (&workspace.root, &workspace.study.sources);
    let read = |file: &&SourceFile| {
        let reading = sources.get(file.rank).map(|source| ingest::read_file(root, file, source)).unwrap_or_default();
        progress.advance(1);
        (file.path.clone(), reading)
    };
    let readings = files.par_iter().map(read).collect();
    progress.end();
    readings
}

fn list_files(
    workspace: &Workspace,
    chosen: &[&SourceFile],
    readings: &[(String, FileReading)],
    unchanged: &[&SourceFile],
    remembered: &BTreeMap<String, (Hash, Hash, String)>,
    report: &mut IngestReport,
) -> Result<(), WorkflowError> {
    let counts = workspace.store.readings()?;
    let skipped: BTreeSet<&str> = unchanged.iter().map(|file| file.path.as_str()).collect();
    let read: BTreeMap<&str, &FileReading> = readings.iter().map(|(path, reading)| (path.as_str(), reading)).collect();
    for file in chosen {
        let before = remembered.get(&file.path).map(|(_, _, encoding)| encoding.clone());
        report.files.push(FileStatus {
            file: file.path.clone(),
            encoding: read
                .get(file.path.as_str())
                .map(|reading| reading.encoding.clone())
                .filter(|encoding| !encoding.is_empty())
                .or(before)
                .unwrap_or_default(),
            entries: counts.get(&file.path).copied().unwrap_or_default(),
            unchanged: skipped.contains(file.path.as_str()),
        });
    }
    Ok(())
}
