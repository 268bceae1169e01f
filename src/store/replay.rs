//! From one event to the tables that follow from it. Nothing else writes those tables.

use std::borrow::Cow;

use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

use super::{EntryRecord, Reading};
use crate::{
    coding::{Event, EventKind},
    id::Hash,
};

/// Words as they were kept, and the name under which events speak of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept<'k> {
    pub(super) name: Hash,
    pub(super) content: &'k [u8],
}

/// Where the words are that events speak of: some at hand, all in the file.
struct Words<'w> {
    connection: &'w Connection,
    at_hand: &'w [Kept<'w>],
}

/// Brings the tables up to date with one event. Words `at_hand` are not read from the file.
pub(super) fn apply(connection: &Connection, event: &Event, at_hand: &[Kept<'_>]) -> rusqlite::Result<()> {
    let words = Words { connection, at_hand };
    let entry = || named(event, "entry");
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(values).map(|_| ());
    match event.kind {
        EventKind::SourceRead => {
            let reading: Reading = words.parsed(event)?;
            let entries = serde_json::to_string(&reading.entries).unwrap_or_default();
            let rank = i64::try_from(reading.rank).unwrap_or(i64::MAX);
            run("INSERT OR REPLACE INTO reading VALUES (?1, ?2, ?3)", params![reading.path, rank, entries])
        }
        EventKind::SourceGone => {
            let path = words.of(&hash(event, "record")?)?;
            run("DELETE FROM reading WHERE path = CAST(?1 AS TEXT)", params![path])
        }
        EventKind::EntryAdded => {
            let text = hash(event, "text")?;
            let sha256 = Hash::of(words.of(&text)?);
            run(
                "INSERT INTO entry (id, text, sha256, record, family, source, attributes) VALUES (?1, ?2, ?3, x'', '', '', '')",
                params![entry()?, text.as_bytes(), sha256.as_bytes()],
            )?;
            set_record(&words, event)
        }
        EventKind::EntryRevised => {
            let text = hash(event, "text")?;
            let sha256 = Hash::of(words.of(&text)?);
            let values = params![entry()?, text.as_bytes(), sha256.as_bytes()];
            run("UPDATE entry SET text = ?2, sha256 = ?3 WHERE id = ?1", values)?;
            set_record(&words, event)
        }
        EventKind::EntryRecorded | EventKind::EntryFound => set_record(&words, event),
        EventKind::EntryMissing => run("UPDATE entry SET missing = 1 WHERE id = ?1", params![entry()?]),
        EventKind::CasesRead => {
            run("INSERT OR REPLACE INTO register VALUES (1, ?1)", params![hash(event, "record")?.as_bytes()])
        }
        EventKind::CodebookSeen => run(
            "INSERT OR IGNORE INTO codebook VALUES (?1, ?2)",
            params![hash(event, "codebook")?.as_bytes(), hash(event, "record")?.as_bytes()],
        ),
    }
}

fn set_record(words: &Words<'_>, event: &Event) -> rusqlite::Result<()> {
    let record: EntryRecord = words.parsed(event)?;
    let (hash, attributes) = (record.hash(), serde_json::to_string(&record.attributes).unwrap_or_default());
    let mut statement = words.connection.prepare_cached(
        "UPDATE entry SET record = ?2, family = ?3, source = ?4, date = ?5, language = ?6, attributes = ?7, missing = 0
         WHERE id = ?1",
    )?;
    let id = named(event, "entry")?;
    let place = (&record.family, &record.source);
    statement.execute(params![id, hash.as_bytes(), place.0, place.1, record.date, record.language, attributes])?;
    Ok(())
}

fn named<'e>(event: &'e Event, name: &str) -> rusqlite::Result<&'e str> {
    event.body.get(name).and_then(|value| value.as_str()).ok_or_else(|| unfit(event, name))
}

fn hash(event: &Event, name: &str) -> rusqlite::Result<Hash> {
    Hash::from_hex(named(event, name)?).ok_or_else(|| unfit(event, name))
}

impl Words<'_> {
    fn of(&self, name: &Hash) -> rusqlite::Result<Cow<'_, [u8]>> {
        if let Some(kept) = self.at_hand.iter().find(|kept| kept.name == *name) {
            return Ok(Cow::Borrowed(kept.content));
        }
        let mut statement = self.connection.prepare_cached("SELECT content FROM blob WHERE hash = ?1")?;
        statement.query_row([name.as_bytes()], |row| row.get(0)).map(Cow::Owned)
    }

    fn parsed<T: DeserializeOwned>(&self, event: &Event) -> rusqlite::Result<T> {
        let content = self.of(&hash(event, "record")?)?;
        serde_json::from_slice(&content).map_err(|_| unfit(event, "record"))
    }
}

fn unfit(event: &Event, name: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidParameterName(format!(
        "event {} ({}) has no fitting `{name}`",
        event.id(),
        event.kind.name()
    ))
}
