//! Sources in: what is new, changed, moved or gone, file by file and entry by entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::Serialize;

use super::{Progress, WorkflowError, Workspace, cases::cases};
use crate::{
    corpus::EntryStatus,
    id::{EntryId, Hash},
    ingest::{self, FileReading, Incoming, Known, Outcome, Pairing, ReadEntry, Refusal, SourceFile},
    store::{EntryRecord, Head, Reading, StoreError, Writing},
    text::Languages,
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
    /// How many entries have each status.
    pub totals: BTreeMap<EntryStatus, usize>,
    /// What could not be read.
    pub refusals: Vec<Refusal>,
    /// What was read but needs a look.
    pub warnings: Vec<Refusal>,
    /// The case register, when the study has one.
    pub cases: Option<CasesStatus>,
}

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
    let (files, refusals) = ingest::list(&workspace.root, &workspace.study);
    progress.end();
    report.refusals = refusals;
    let chosen = chosen(&workspace.root, &files, only, &mut report);
    let remembered = workspace.store.sources()?;
    let settings: Vec<Hash> =
        workspace.study.sources.iter().map(|source| Hash::of(format!("ingest-1 {source:?}"))).collect();
    let same = |file: &SourceFile| {
        let settings = settings.get(file.rank);
        remembered.get(&file.path).is_some_and(|(bytes, known, _)| *bytes == file.bytes && Some(known) == settings)
    };
    let (unchanged, changed): (Vec<&SourceFile>, Vec<&SourceFile>) =
        chosen.iter().copied().partition(|file| same(file));
    let readings = read_all(workspace, &changed, progress);
    let in_use: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let gone = if only.is_empty() { gone(workspace, &in_use)? } else { Vec::new() };
    let deed = Deed { files: &changed, settings: &settings, gone: &gone, latest };
    write(workspace, &deed, &readings, &mut report, progress)?;
    list_files(workspace, &chosen, &readings, &unchanged, &remembered, &mut report)?;
    for (_, reading) in readings {
        report.refusals.extend(reading.refusals);
        report.warnings.extend(reading.warnings);
    }
    cases(workspace, &mut report)?;
    *report.totals.entry(EntryStatus::Refused).or_default() += report.refusals.len();
    report.totals.retain(|_, count| *count > 0);
    Ok(report)
}

/// Returns the files to look at; a path that names none is refused.
fn chosen<'f>(
    root: &Path,
    files: &'f [SourceFile],
    only: &[PathBuf],
    report: &mut IngestReport,
) -> Vec<&'f SourceFile> {
    if only.is_empty() {
        return files.iter().collect();
    }
    let full = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let wanted: Vec<(PathBuf, &PathBuf)> = only.iter().map(|path| (full(path), path)).collect();
    let places: Vec<(PathBuf, &SourceFile)> = files.iter().map(|file| (full(&root.join(&file.path)), file)).collect();
    for (path, written) in &wanted {
        if !places.iter().any(|(place, _)| place.starts_with(path)) {
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

/// Returns the sources that the corpus holds and that are no longer there.
fn gone(workspace: &Workspace, in_use: &BTreeSet<&str>) -> Result<Vec<String>, WorkflowError> {
    let known = workspace.store.readings()?;
    Ok(known.into_keys().filter(|path| !in_use.contains(path.as_str())).collect())
}

/// The files that an ingest writes about.
struct Deed<'a> {
    files: &'a [&'a SourceFile],
    settings: &'a [Hash],
    gone: &'a [String],
    /// The last event when it was decided what to write.
    latest: u64,
}

fn record(entry: &ReadEntry) -> EntryRecord {
    EntryRecord {
        family: entry.family.clone(),
        source: entry.source.clone(),
        date: entry.date.map(|date| date.to_string()),
        language: entry.language.map(|language| language.code().to_owned()),
        attributes: entry.attributes.clone(),
    }
}

fn write(
    workspace: &mut Workspace,
    deed: &Deed<'_>,
    readings: &[(String, FileReading)],
    report: &mut IngestReport,
    progress: &dyn Progress,
) -> Result<(), WorkflowError> {
    let heads = workspace.store.heads(Languages::default())?;
    let touched: BTreeSet<&str> = deed.files.iter().map(|file| file.path.as_str()).collect();
    let gone: BTreeSet<&str> = deed.gone.iter().map(String::as_str).collect();
    let in_play = |head: &&Head| {
        let source = head.entry.source.as_str();
        head.missing || touched.contains(source) || gone.contains(source)
    };
    let read: Vec<(&ReadEntry, EntryRecord)> =
        readings.iter().flat_map(|(_, reading)| &reading.entries).map(|entry| (entry, record(entry))).collect();
    let incoming: Vec<Incoming<'_>> = read
        .iter()
        .map(|(entry, record)| Incoming { entry, text: Hash::of(&entry.text), record: record.hash() })
        .collect();
    let known: Vec<Known> = heads.iter().filter(in_play).map(known).collect();
    let taken: BTreeSet<String> = heads.iter().map(|head| head.entry.id.to_string()).collect();
    let numbers: BTreeMap<&EntryId, u32> = heads.iter().map(|head| (&head.entry.id, head.entry.number)).collect();
    let store = &workspace.store;
    let pairing = ingest::pair(&known, &incoming, &taken, |id| store.text(*numbers.get(id)?).ok());
    let untouched = heads.iter().filter(|head| !in_play(head)).count();
    *report.totals.entry(EntryStatus::Unchanged).or_default() += untouched;
    if deed.files.is_empty() && deed.gone.is_empty() {
        return Ok(());
    }
    let by = workspace.me();
    let mut writing = workspace.store.write(&by)?.after(deed.latest)?;
    progress.begin("keeping entries", Some(incoming.len() as u64));
    let ids = keep_entries(&mut writing, &read, &pairing, report, progress)?;
    keep_missing(&mut writing, &pairing, report)?;
    keep_sources(&mut writing, deed, readings, &ids)?;
    writing.commit()?;
    progress.end();
    Ok(())
}

fn known(head: &Head) -> Known {
    Known {
        id: head.entry.id.clone(),
        family: head.family.clone(),
        source: head.entry.source.clone(),
        text: head.sha256,
        record: head.record,
        missing: head.missing,
    }
}

/// Writes what became of every incoming entry; returns the id of each, `None` when it was refused.
fn keep_entries(
    writing: &mut Writing<'_>,
    read: &[(&ReadEntry, EntryRecord)],
    pairing: &Pairing,
    report: &mut IngestReport,
    progress: &dyn Progress,
) -> Result<Vec<Option<EntryId>>, WorkflowError> {
    let returned: BTreeSet<&EntryId> = pairing.returned.iter().collect();
    let twice: BTreeMap<&EntryId, &EntryId> =
        pairing.duplicates.iter().map(|(later, earlier)| (later, earlier)).collect();
    let mut ids = Vec::new();
    for ((entry, record), outcome) in read.iter().zip(&pairing.outcomes) {
        let place = format!("{}:{}", entry.source, entry.line);
        let (id, status) = match outcome {
            Outcome::Added { id } => {
                writing.entry_added(id, &entry.text, record)?;
                (id, EntryStatus::Added)
            }
            Outcome::Revised { id, .. } => {
                writing.entry_revised(id, &entry.text, record)?;
                (id, EntryStatus::Revised)
            }
            Outcome::Moved { id } => {
                writing.entry_recorded(id, record, returned.contains(id))?;
                (id, EntryStatus::Moved)
            }
            Outcome::Recorded { id } => {
                writing.entry_recorded(id, record, returned.contains(id))?;
                (id, EntryStatus::Unchanged)
            }
            Outcome::Unchanged { id } => {
                if returned.contains(id) {
                    writing.entry_recorded(id, record, true)?;
                }
                (id, EntryStatus::Unchanged)
            }
            Outcome::Refused { reason } => {
                report.refusals.push(Refusal {
                    place,
                    reason: reason.clone(),
                    hint: Some("give it an id of its own".to_owned()),
                });
                ids.push(None);
                continue;
            }
        };
        *report.totals.entry(status).or_default() += 1;
        if status != EntryStatus::Unchanged {
            report.entries.push((id.to_string(), status, place.clone()));
        }
        if let Some(earlier) = twice.get(id) {
            *report.totals.entry(EntryStatus::Duplicate).or_default() += 1;
            report.entries.push((
                id.to_string(),
                EntryStatus::Duplicate,
                format!("{place} has the same text as entry {earlier}; both are kept"),
            ));
        }
        ids.push(Some(id.clone()));
        progress.advance(1);
    }
    Ok(ids)
}

fn keep_missing(writing: &mut Writing<'_>, pairing: &Pairing, report: &mut IngestReport) -> Result<(), WorkflowError> {
    for id in &pairing.missing {
        writing.entry_missing(id)?;
        *report.totals.entry(EntryStatus::Missing).or_default() += 1;
        report.entries.push((
            id.to_string(),
            EntryStatus::Missing,
            "its source no longer holds it; kept, and out of N".to_owned(),
        ));
    }
    Ok(())
}

fn keep_sources(
    writing: &mut Writing<'_>,
    deed: &Deed<'_>,
    readings: &[(String, FileReading)],
    ids: &[Option<EntryId>],
) -> Result<(), WorkflowError> {
    let mut ids = ids.iter();
    for (file, (path, reading)) in deed.files.iter().zip(readings) {
        let entries: Vec<Option<&EntryId>> = ids.by_ref().take(reading.entries.len()).map(Option::as_ref).collect();
        let clean = reading.refusals.is_empty() && reading.warnings.is_empty() && entries.iter().all(Option::is_some);
        writing.source_read(&Reading {
            path: path.clone(),
            rank: file.rank,
            sha256: file.bytes.to_string(),
            encoding: reading.encoding.clone(),
            entries: entries.into_iter().flatten().map(ToString::to_string).collect(),
        })?;
        match deed.settings.get(file.rank).filter(|_| clean) {
            Some(settings) => writing.remember_source(path, file.bytes, *settings, &reading.encoding)?,
            // It is read again next time, so that what is wrong with it is said again.
            None => writing.forget_source(path)?,
        }
    }
    for path in deed.gone {
        writing.source_gone(path)?;
    }
    Ok(())
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
                .or(before)
                .unwrap_or_default(),
            entries: counts.get(&file.path).copied().unwrap_or_default(),
            unchanged: skipped.contains(file.path.as_str()),
        });
    }
    Ok(())
}
