//! Writing what an ingest found: which entries are new, revised, moved, missing or double.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::IngestReport;
use crate::{
    corpus::EntryStatus,
    id::{EntryId, Hash},
    ingest::{self, FileReading, Incoming, Known, Outcome, Pairing, ReadEntry, Refusal, SourceFile},
    store::{EntryRecord, Head, Reading, Writing},
    text::Languages,
    workflow::{Progress, WorkflowError, Workspace},
};

/// The files that an ingest writes about.
pub(super) struct Deed<'a> {
    /// Files that were read, each with what it says.
    pub(super) read: Vec<(&'a SourceFile, &'a FileReading)>,
    /// Hash of the settings of every source.
    pub(super) settings: &'a [Hash],
    /// Sources that are no longer there.
    pub(super) gone: &'a [String],
    /// The last event when it was decided what to write.
    pub(super) latest: u64,
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

/// Decides what became of every entry, and writes it.
pub(super) fn write(
    workspace: &mut Workspace,
    deed: &Deed<'_>,
    report: &mut IngestReport,
    progress: &dyn Progress,
) -> Result<(), WorkflowError> {
    let heads = workspace.store.heads(Languages::default())?;
    let touched: BTreeSet<&str> = deed.read.iter().map(|(file, _)| file.path.as_str()).collect();
    let gone: BTreeSet<&str> = deed.gone.iter().map(String::as_str).collect();
    let in_play = |head: &&Head| {
        let source = head.entry.source.as_str();
        head.missing || touched.contains(source) || gone.contains(source)
    };
    let read: Vec<(&ReadEntry, EntryRecord)> =
        deed.read.iter().flat_map(|(_, reading)| &reading.entries).map(|entry| (entry, record(entry))).collect();
    let incoming: Vec<Incoming<'_>> = read
        .par_iter()
        .map(|(entry, record)| Incoming { entry, text: entry.text_hash(), record: record.hash() })
        .collect();
    let known: Vec<Known> = heads.iter().filter(in_play).map(known).collect();
    let taken: BTreeSet<String> = heads.iter().map(|head| head.entry.id.to_string()).collect();
    let numbers: BTreeMap<&EntryId, u32> = heads.iter().map(|head| (&head.entry.id, head.entry.number)).collect();
    let store = &workspace.store;
    let mut pairing = ingest::pair(&known, &incoming, &taken, |id| store.text(*numbers.get(id)?).ok());
    let untouched: Vec<&Head> = heads.iter().filter(|head| !in_play(head)).collect();
    *report.totals.entry(EntryStatus::Unchanged).or_default() += untouched.len();
    report.unchanged.extend(untouched.iter().map(|head| (head.entry.id.to_string(), head.entry.source.clone())));
    pairing.duplicates.extend(copies(&untouched, &incoming, &pairing, &numbers));
    if deed.read.is_empty() && deed.gone.is_empty() {
        return Ok(());
    }
    let by = workspace.me();
    let some_withheld = workspace.store.has_withheld()?;
    let mut writing = workspace.store.write(&by)?.after(deed.latest)?;
    if some_withheld {
        withhold(&writing, &read, &mut pairing.outcomes)?;
    }
    progress.begin("keeping entries", Some(incoming.len() as u64));
    let ids = keep_entries(&mut writing, &read, &pairing, report, progress)?;
    let partly: BTreeSet<&str> =
        deed.read.iter().filter(|(file, reading)| in_part(file, reading)).map(|(file, _)| file.path.as_str()).collect();
    let doubtful = heads.iter().filter(|head| partly.contains(head.entry.source.as_str())).map(|head| &head.entry.id);
    keep_missing(&mut writing, &pairing, &doubtful.collect(), report)?;
    keep_sources(&mut writing, deed, &ids)?;
    writing.commit()?;
    progress.end();
    Ok(())
}

/// Refuses words that a participant withdrew: their source still holds them.
fn withhold(
    writing: &Writing<'_>,
    read: &[(&ReadEntry, EntryRecord)],
    outcomes: &mut [Outcome],
) -> Result<(), WorkflowError> {
    for ((entry, _), outcome) in read.iter().zip(outcomes) {
        if matches!(outcome, Outcome::Added { .. } | Outcome::Revised { .. }) && writing.is_withheld(&entry.text)? {
            *outcome = Outcome::Refused {
                reason: "these words were forgotten, because their participant withdrew".to_owned(),
                hint: "take them out of the source".to_owned(),
            };
        }
    }
    Ok(())
}

/// Finds entries whose text one has that came before and was not read now: later, earlier.
fn copies(
    untouched: &[&Head],
    incoming: &[Incoming<'_>],
    pairing: &Pairing,
    numbers: &BTreeMap<&EntryId, u32>,
) -> Vec<(EntryId, EntryId)> {
    let mut earlier: BTreeMap<Hash, &Head> = BTreeMap::new();
    for head in untouched {
        let first = earlier.entry(head.sha256).or_insert(head);
        if head.entry.number < first.entry.number {
            *first = head;
        }
    }
    let listed: BTreeSet<&EntryId> = pairing.duplicates.iter().map(|(later, _)| later).collect();
    let copy = |(new, outcome): (&Incoming<'_>, &Outcome)| {
        let (id, head) = (outcome.id()?, earlier.get(&new.text)?);
        // An entry that is read again is no copy of one that came after it.
        let is_later = numbers.get(id).is_none_or(|number| *number > head.entry.number);
        (is_later && !listed.contains(id)).then(|| (id.clone(), head.entry.id.clone()))
    };
    incoming.iter().zip(&pairing.outcomes).filter_map(copy).collect()
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
            Outcome::Refused { reason, hint } => {
                report.refusals.push(Refusal { place, reason: reason.clone(), hint: Some(hint.clone()) });
                ids.push(None);
                continue;
            }
        };
        *report.totals.entry(status).or_default() += 1;
        if status == EntryStatus::Unchanged {
            report.unchanged.push((id.to_string(), place.clone()));
        } else {
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

/// Tells whether parts of a file were refused, so that an entry may be among them.
fn in_part(file: &SourceFile, reading: &FileReading) -> bool {
    reading.refusals.iter().any(|refusal| refusal.place != file.path)
}

fn keep_missing(
    writing: &mut Writing<'_>,
    pairing: &Pairing,
    doubtful: &BTreeSet<&EntryId>,
    report: &mut IngestReport,
) -> Result<(), WorkflowError> {
    for id in &pairing.missing {
        writing.entry_missing(id)?;
        *report.totals.entry(EntryStatus::Missing).or_default() += 1;
        let why = if doubtful.contains(id) {
            "its source no longer holds it, or holds it in a part that was refused"
        } else {
            "its source no longer holds it"
        };
        report.entries.push((id.to_string(), EntryStatus::Missing, format!("{why}; kept, and out of N")));
    }
    Ok(())
}

fn keep_sources(writing: &mut Writing<'_>, deed: &Deed<'_>, ids: &[Option<EntryId>]) -> Result<(), WorkflowError> {
    let mut ids = ids.iter();
    for (file, reading) in &deed.read {
        let entries: Vec<Option<&EntryId>> = ids.by_ref().take(reading.entries.len()).map(Option::as_ref).collect();
        let clean = reading.refusals.is_empty() && reading.warnings.is_empty() && entries.iter().all(Option::is_some);
        writing.source_read(&Reading {
            path: file.path.clone(),
            rank: file.rank,
            sha256: file.bytes.to_string(),
            encoding: reading.encoding.clone(),
            entries: entries.into_iter().flatten().map(ToString::to_string).collect(),
        })?;
        match deed.settings.get(file.rank).filter(|_| clean) {
            Some(settings) => writing.remember_source(&file.path, file.bytes, *settings, &reading.encoding)?,
            // It is read again next time, so that what is wrong with it is said again.
            None => writing.forget_source(&file.path)?,
        }
    }
    for path in deed.gone {
        writing.source_gone(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::PartialDate;

    #[test]
    fn the_record_of_an_entry_is_all_but_its_text() {
        let entry = ReadEntry {
            declared: None,
            family: "a-2018-03".to_owned(),
            source: "a.csv".to_owned(),
            line: 2,
            date: PartialDate::parse("2018-03"),
            language: None,
            attributes: BTreeMap::from([("site".to_owned(), "East".to_owned())]),
            text: "Words".to_owned(),
        };
        let hash = |change: &dyn Fn(&mut ReadEntry)| {
            let mut other = entry.clone();
            change(&mut other);
            record(&other).hash()
        };
        let first = hash(&|_| {});
        assert_eq!(first, hash(&|entry| (entry.line, entry.text) = (7, "Other".to_owned())));
        assert_ne!(first, hash(&|entry| entry.date = PartialDate::parse("2018-04")));
        assert_ne!(first, hash(&|entry| entry.language = Some(crate::text::Language::Spanish)));
        assert_ne!(first, hash(&|entry| drop(entry.attributes.insert("site".to_owned(), "West".to_owned()))));
        assert_ne!(first, hash(&|entry| entry.source = "b.csv".to_owned()));
    }
}
