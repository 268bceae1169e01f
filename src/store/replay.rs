//! From one event to the tables that follow from it. Nothing else writes those tables.

use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

use super::{EntryRecord, Reading};
use crate::{
    coding::{Event, EventKind},
    id::Hash,
};

/// Brings the tables up to date with one event.
pub(super) fn apply(connection: &Connection, event: &Event) -> rusqlite::Result<()> {
    let entry = || named(event, "entry");
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(values).map(|_| ());
    match event.kind {
        EventKind::SourceRead => {
            let reading: Reading = parsed(connection, event)?;
            let entries = serde_json::to_string(&reading.entries).unwrap_or_default();
            let rank = i64::try_from(reading.rank).unwrap_or(i64::MAX);
            run("INSERT OR REPLACE INTO reading VALUES (?1, ?2, ?3)", params![reading.path, rank, entries])
        }
        EventKind::SourceGone => {
            let path = blob(connection, &hash(event, "record")?)?;
            run("DELETE FROM reading WHERE path = CAST(?1 AS TEXT)", params![path])
        }
        EventKind::EntryAdded => {
            let text = hash(event, "text")?;
            let sha256 = Hash::of(blob(connection, &text)?);
            run(
                "INSERT INTO entry (id, text, sha256, record, family, source, attributes) VALUES (?1, ?2, ?3, x'', '', '', '')",
                params![entry()?, text.as_bytes(), sha256.as_bytes()],
            )?;
            set_record(connection, event)
        }
        EventKind::EntryRevised => {
            let text = hash(event, "text")?;
            let sha256 = Hash::of(blob(connection, &text)?);
            let values = params![entry()?, text.as_bytes(), sha256.as_bytes()];
            run("UPDATE entry SET text = ?2, sha256 = ?3 WHERE id = ?1", values)?;
            set_record(connection, event)
        }
        EventKind::EntryRecorded | EventKind::EntryFound => set_record(connection, event),
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

fn set_record(connection: &Connection, event: &Event) -> rusqlite::Result<()> {
    let record: EntryRecord = parsed(connection, event)?;
    let (hash, attributes) = (record.hash(), serde_json::to_string(&record.attributes).unwrap_or_default());
    let mut statement = connection.prepare_cached(
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

fn blob(connection: &Connection, hash: &Hash) -> rusqlite::Result<Vec<u8>> {
    connection
        .prepare_cached("SELECT content FROM blob WHERE hash = ?1")?
        .query_row([hash.as_bytes()], |row| row.get(0))
}

fn parsed<T: DeserializeOwned>(connection: &Connection, event: &Event) -> rusqlite::Result<T> {
    let content = blob(connection, &hash(event, "record")?)?;
    serde_json::from_slice(&content).map_err(|_| unfit(event, "record"))
}

fn unfit(event: &Event, name: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidParameterName(format!(
        "event {} ({}) has no fitting `{name}`",
        event.id(),
        event.kind.name()
    ))
}
