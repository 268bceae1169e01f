//! Real diaries, when the environment names the folder that holds them: published dates must come out.

use std::{collections::BTreeMap, path::PathBuf};

use super::{
    FileReading, list, read_file,
    tests::{file, source},
};
use crate::{corpus::PartialDate, study};

/// The weekday is asked for as the published list does: "_January 3rd._", which has none, stays in the entry before.
const NURSING_SISTER: &str = r"
    path = 'raw/pg18910.txt'
    split = 'pattern'
    pattern = '_.{0,30}day.{0,25}?(?P<date>(?:January|February|March|April|May|June|July|August|September|October|November|December) \d+)(?:st|nd|rd|th)'
    first_year = 1914
    language = 'en'";

const PENGILLY: &str = r"
    path = 'raw/pg18398.txt'
    split = 'pattern'
    pattern = '(?:(?P<place>[A-Z][^\n,]{2,30}), )?(?P<date>(?:January|February|March|April|May|June|December)(?: \d+)?)\.--'
    language = 'en'";

/// Returns the folder with the texts, or says that the test is skipped.
fn texts() -> Option<PathBuf> {
    #[allow(clippy::disallowed_methods, reason = "only a test that runs where the texts are")]
    let named = std::env::var("THEMATA_REAL_DATA");
    if named.is_err() {
        eprintln!("skipped: THEMATA_REAL_DATA names no folder with real texts");
    }
    named.ok().map(|folder| PathBuf::from(folder).join("data").join("texts"))
}

fn read(path: &str, settings: &str) -> Option<FileReading> {
    let reading = read_file(&texts()?, &file(path), &source(settings));
    assert_eq!(reading.refusals, []);
    Some(reading)
}

fn dates(reading: &FileReading) -> Vec<String> {
    reading.entries.iter().map(|entry| entry.date.map_or_else(|| "none".to_owned(), |date| date.to_string())).collect()
}

/// Dates and texts of a file split by others.
fn published(name: &str) -> Option<Vec<(String, String)>> {
    let lines = std::fs::read_to_string(texts()?.join(name)).unwrap();
    let rows = lines.lines().map(|line| serde_json::from_str::<BTreeMap<String, serde_json::Value>>(line).unwrap());
    Some(rows.map(|row| (row["date"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned())).collect())
}

#[test]
fn nursing_sister_has_218_dated_entries() {
    let Some(reading) = read("raw/pg18910.txt", NURSING_SISTER) else { return };
    assert_eq!(reading.encoding, "windows-1252 (detected)");
    let dates = dates(&reading);
    let expected = published("nursing_sister_1914.jsonl").unwrap();
    assert_eq!(dates, expected.iter().map(|(date, _)| date.clone()).collect::<Vec<_>>());
    assert_eq!((dates.len(), dates[0].as_str(), dates[217].as_str()), (218, "1914-08-18", "1915-05-26"));
    // Only what stands before the first entry is to be looked at: no date goes backwards.
    let [front] = reading.warnings.as_slice() else { panic!("{:?}", reading.warnings) };
    assert!(front.reason.starts_with("what stands before the first entry"), "{}", front.reason);
    assert!(reading.entries.iter().all(|entry| !entry.text.contains('\r')));
    let same = reading.entries.iter().zip(&expected).filter(|(entry, (_, text))| text.ends_with(&entry.text)).count();
    eprintln!("{same} of 218 texts are equal after the date, character by character");
    assert!(same >= 200, "{same}");
}

#[test]
fn pengilly_has_partial_dates_and_nothing_is_invented() {
    let Some(reading) = read("raw/pg18398.txt", PENGILLY) else { return };
    assert_eq!(reading.encoding, "UTF-8");
    let expected = published("pengilly_asylum.jsonl").unwrap();
    assert_eq!(dates(&reading), expected.into_iter().map(|(date, _)| date).collect::<Vec<_>>());
    assert!(reading.entries.iter().all(|entry| entry.date.is_some_and(|date| date.year.is_none())));
    assert_eq!(reading.warnings.len(), 1, "{:?}", reading.warnings);
}

#[test]
fn pepys_has_3407_entries() {
    let Some(reading) = read("pepys_1660-1669_complete.jsonl", "path = 'pepys*.jsonl'") else { return };
    assert_eq!(reading.entries.len(), 3407);
    assert_eq!(reading.warnings, []);
    assert_eq!(reading.entries[0].date, PartialDate::parse("1660-01-01"));
    assert_eq!(reading.entries[3406].date, PartialDate::parse("1669-05-31"));
    assert_eq!(reading.entries[0].declared.as_deref(), Some("pepys_1660-0001"));
}

#[test]
fn the_folder_is_listed() {
    let Some(root) = texts() else { return };
    let settings = "[study]\nid = 's'\ncodebook = 'c'\n[[source]]\npath = 'raw/*.txt'\n[[source]]\npath = '*.jsonl'";
    let (study, _) = study::read(settings).unwrap();
    let listed = list(&root, &study);
    assert_eq!((listed.files.len(), listed.refusals.len()), (11, 0));
}
