//! From one event to the tables that follow from it. Nothing else writes those tables.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{EntryRecord, Reading, replay_acts};
use crate::{
    coding::{Event, EventKind},
    id::Hash,
};

/// The tables that follow from the log, with the columns that a replay always gives the same: numbers of entries only name rows.
pub(super) const FOLLOWING: [(&str, &str); 12] = [
    ("entry", "id, text, sha256, record, family, source, date, language, attributes, missing"),
    ("reading", "*"),
    ("register", "*"),
    ("codebook", "*"),
    ("act", "*"),
    ("taken_back", "*"),
    ("mark", "*"),
    ("memo", "*"),
    ("exemplar", "*"),
    ("entry_read", "*"),
    ("operation", "*"),
    ("recode", "*"),
];

/// Words as they were kept, and the name under which events speak of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept<'k> {
    pub(super) name: Hash,
    pub(super) content: &'k [u8],
}

/// Where the words are that events speak of: some at hand, most in the file; some in another copy, or withheld.
struct Words<'w> {
    connection: &'w Connection,
    at_hand: &'w [Kept<'w>],
}

/// Runs one statement that stays prepared.
pub(super) fn run(connection: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(values).map(drop)
}

/// Brings the tables up to date with one event. Words `at_hand` are not read from the file.
///
/// What an event says of words that are not here is left out: another copy has them, or they are withheld.
pub(super) fn apply(connection: &Connection, event: &Event, id: &Hash, at_hand: &[Kept<'_>]) -> rusqlite::Result<()> {
    let words = Words { connection, at_hand };
    match event.kind {
        EventKind::SourceRead => {
            let Some(reading) = words.parsed::<Reading>(event)? else { return Ok(()) };
            let entries = serde_json::to_string(&reading.entries).unwrap_or_default();
            let rank = i64::try_from(reading.rank).unwrap_or(i64::MAX);
            run(connection, "INSERT OR REPLACE INTO reading VALUES (?1, ?2, ?3)", params![reading.path, rank, entries])
        }
        EventKind::SourceGone => match words.of(&hash(event, "record")?)? {
            Some(path) => run(connection, "DELETE FROM reading WHERE path = CAST(?1 AS TEXT)", params![path]),
            None => Ok(()),
        },
        EventKind::EntryAdded | EventKind::EntryRevised | EventKind::RevisionChosen => set_text(&words, event),
        EventKind::EntryRecorded | EventKind::EntryFound => set_record(&words, event),
        EventKind::EntryMissing => {
            run(connection, "UPDATE entry SET missing = 1 WHERE id = ?1", params![named(event, "entry")?])
        }
        EventKind::CasesRead => {
            let name = hash(event, "record")?;
            let Some(name) = words.place(&name)? else { return Ok(()) };
            run(connection, "INSERT OR REPLACE INTO register VALUES (1, ?1)", params![name.as_bytes()])
        }
        EventKind::CodebookSeen => codebook_seen(&words, event),
        EventKind::EntryForgotten => forgotten(connection, event),
        _ => replay_acts::apply(connection, event, id),
    }
}

/// Gives an entry, new or known, its text and record.
fn set_text(words: &Words<'_>, event: &Event) -> rusqlite::Result<()> {
    let name = hash(event, "text")?;
    let (Some(text), Some(place)) = (words.of(&name)?, words.place(&name)?) else { return Ok(()) };
    if words.of(&hash(event, "record")?)?.is_none() {
        return Ok(());
    }
    let sha256 = Hash::of(text);
    run(
        words.connection,
        "INSERT INTO entry (id, text, sha256, record, family, source, attributes) VALUES (?1, ?2, ?3, x'', '', '', '')
         ON CONFLICT (id) DO UPDATE SET text = ?2, sha256 = ?3",
        params![named(event, "entry")?, place.as_bytes(), sha256.as_bytes()],
    )?;
    set_record(words, event)
}

fn set_record(words: &Words<'_>, event: &Event) -> rusqlite::Result<()> {
    let Some(record) = words.parsed::<EntryRecord>(event)? else { return Ok(()) };
    let (hash, attributes) = (record.hash(), serde_json::to_string(&record.attributes).unwrap_or_default());
    let sql =
        "UPDATE entry SET record = ?2, family = ?3, source = ?4, date = ?5, language = ?6, attributes = ?7, missing = 0
         WHERE id = ?1";
    let id = named(event, "entry")?;
    let place = (&record.family, &record.source);
    let values = params![id, hash.as_bytes(), place.0, place.1, record.date, record.language, attributes];
    run(words.connection, sql, values)
}

/// Notes a codebook, and that it is the one in use from now on unless it was only asked for.
fn codebook_seen(words: &Words<'_>, event: &Event) -> rusqlite::Result<()> {
    let (fingerprint, record) = (hash(event, "codebook")?, hash(event, "record")?);
    let aside = event.body.get("aside").and_then(Value::as_bool).unwrap_or_default();
    let used = if aside { 0 } else { i64::try_from(event.lamport).unwrap_or(i64::MAX) };
    let record = words.place(&record)?.unwrap_or(record);
    run(
        words.connection,
        "INSERT INTO codebook (fingerprint, record, used) VALUES (?1, ?2, ?3)
         ON CONFLICT (fingerprint) DO UPDATE SET used = max(used, ?3)",
        params![fingerprint.as_bytes(), record.as_bytes(), used],
    )
}

/// Forgets an entry, or an earlier text of one.
fn forgotten(connection: &Connection, event: &Event) -> rusqlite::Result<()> {
    for name in hashes(event, "names") {
        run(connection, "INSERT OR IGNORE INTO withheld VALUES (?1)", params![name.as_bytes()])?;
        let sql = "DELETE FROM entry WHERE id = ?1 AND text = ?2";
        run(connection, sql, params![named(event, "entry")?, name.as_bytes()])?;
    }
    Ok(())
}

/// Returns a text of the body.
pub(super) fn named<'e>(event: &'e Event, name: &str) -> rusqlite::Result<&'e str> {
    event.body.get(name).and_then(Value::as_str).ok_or_else(|| unfit(event, name))
}

/// Returns a hash of the body.
pub(super) fn hash(event: &Event, name: &str) -> rusqlite::Result<Hash> {
    Hash::from_hex(named(event, name)?).ok_or_else(|| unfit(event, name))
}

/// Returns a list of hashes of the body.
pub(super) fn hashes(event: &Event, name: &str) -> Vec<Hash> {
    let all = event.body.get(name).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|one| Hash::from_hex(one.as_str()?)).collect()
}

impl Words<'_> {
    /// Returns the name under which words lie here, which may be another than that of the event.
    fn place(&self, name: &Hash) -> rusqlite::Result<Option<Hash>> {
        if self.at_hand.iter().any(|kept| kept.name == *name) {
            return Ok(Some(*name));
        }
        place(self.connection, name)
    }

    fn of(&self, name: &Hash) -> rusqlite::Result<Option<Cow<'_, [u8]>>> {
        if let Some(kept) = self.at_hand.iter().find(|kept| kept.name == *name) {
            return Ok(Some(Cow::Borrowed(kept.content)));
        }
        let Some(place) = place(self.connection, name)? else { return Ok(None) };
        let mut statement = self.connection.prepare_cached("SELECT content FROM blob WHERE hash = ?1")?;
        statement.query_row([place.as_bytes()], |row| row.get(0)).map(Cow::Owned).optional()
    }

    fn parsed<T: DeserializeOwned>(&self, event: &Event) -> rusqlite::Result<Option<T>> {
        let Some(content) = self.of(&hash(event, "record")?)? else { return Ok(None) };
        serde_json::from_slice(&content).map(Some).map_err(|_| unfit(event, "record"))
    }
}

/// Returns the name under which the words of a name lie in the file.
pub(super) fn place(connection: &Connection, name: &Hash) -> rusqlite::Result<Option<Hash>> {
    let sql = "SELECT hash FROM blob WHERE hash = ?1 UNION ALL SELECT blob FROM alias WHERE name = ?1 LIMIT 1";
    let found: Option<Vec<u8>> =
        connection.prepare_cached(sql)?.query_row([name.as_bytes()], |row| row.get(0)).optional()?;
    Ok(found.and_then(|bytes| Hash::from_bytes(&bytes)))
}

pub(super) fn unfit(event: &Event, name: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidParameterName(format!(
        "event {} ({}) has no fitting `{name}`",
        event.id(),
        event.kind.name()
    ))
}
