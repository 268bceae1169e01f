//! A log as a file of JSON lines: what one coder sends to another, and what stays readable without this program.
//!
//! The first line says what it is; then events in the order of replay, then the words they speak of.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use rusqlite::params;
use serde_json::{Value, json};

use super::{Store, StoreError, verify::names, write::salts};
use crate::{
    coding::{Event, EventKind},
    id::Hash,
};

/// Which words go along with a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithTexts {
    /// Only memos: whoever has the same sources can merge it.
    None,
    /// Texts as they are now, registers, codebooks and memos.
    #[default]
    Current,
    /// Every text that there ever was and that was not withheld.
    All,
}

impl WithTexts {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::None, Self::Current, Self::All];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Current => "current",
            Self::All => "all",
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exported {
    /// Events.
    pub events: u64,
    /// Texts, records, memos and codebook files.
    pub words: u64,
}

/// A line of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BundleLine {
    /// What the file is: the secrets under which words are named.
    Begin(Vec<Vec<u8>>),
    /// The content of an event.
    Event(String),
    /// Words with their name.
    Words(Hash, String),
}

/// The form that this program writes.
const FORM: u64 = 1;

impl BundleLine {
    /// Reads a line; the error says what is wrong with it.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(line).map_err(|_| "it is not JSON".to_owned())?;
        if let Some(form) = value.get("themata_log") {
            if form.as_u64() != Some(FORM) {
                return Err("it was written by a newer themata".to_owned());
            }
            let secrets = value.get("secrets").and_then(Value::as_array).into_iter().flatten();
            let secret = |one: &Value| Some(Hash::from_hex(one.as_str()?)?.as_bytes().to_vec());
            return Ok(Self::Begin(secrets.filter_map(secret).collect()));
        }
        if let Some(event) = value.get("event").and_then(Value::as_str) {
            let id = value.get("id").and_then(Value::as_str).and_then(Hash::from_hex);
            // Whoever changes an event makes another one of it, which its line would not name.
            if id != Some(Hash::of(event)) {
                return Err("the event is not the one that the line names: it was changed".to_owned());
            }
            return Ok(Self::Event(event.to_owned()));
        }
        let name = value.get("name").and_then(Value::as_str).and_then(Hash::from_hex);
        match (name, value.get("words").and_then(Value::as_str)) {
            (Some(name), Some(words)) => Ok(Self::Words(name, words.to_owned())),
            _ => Err("it is neither an event nor words".to_owned()),
        }
    }
}

fn line(out: &mut dyn Write, value: &Value) -> Result<(), ExportError> {
    writeln!(out, "{value}").map_err(ExportError::Write)
}

/// Why a log could not be written out.
#[derive(Debug)]
pub enum ExportError {
    /// The study file.
    Store(StoreError),
    /// The file that is written.
    Write(io::Error),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Store {
    /// Writes the log with some of its words.
    ///
    /// # Errors
    /// Fails when the study file cannot be read or `out` not written.
    pub fn export_log(&self, with: WithTexts, out: &mut dyn Write) -> Result<Exported, ExportError> {
        let sqlite = |source| ExportError::Store(self.fail(source));
        let secrets: Vec<String> = salts(&self.connection)
            .map_err(sqlite)?
            .iter()
            .filter_map(|salt| Hash::from_bytes(salt))
            .map(|salt| salt.to_string())
            .collect();
        line(out, &json!({ "themata_log": FORM, "texts": with.word(), "secrets": secrets }))?;
        let mut exported = Exported::default();
        let mut wanted = BTreeSet::new();
        let mut failed = None;
        self.each_event(|logged| {
            let event = logged.event()?;
            if with == WithTexts::All {
                wanted.extend(names(&event));
            } else if event.kind == EventKind::MemoWritten {
                wanted.extend(event.body.get("words").and_then(|name| Hash::from_hex(name.as_str()?)));
            }
            if failed.is_none() {
                failed = line(out, &json!({ "id": logged.id.to_string(), "event": logged.content })).err();
                exported.events += 1;
            }
            Ok(())
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        if with == WithTexts::Current {
            wanted.extend(self.current_names()?);
        }
        let mut statement = self.connection.prepare("SELECT content FROM blob WHERE hash = ?1").map_err(sqlite)?;
        for name in wanted {
            let found: Result<Vec<u8>, _> = statement.query_row(params![name.as_bytes()], |row| row.get(0));
            match found.map(String::from_utf8) {
                Ok(Ok(words)) => {
                    line(out, &json!({ "name": name.to_string(), "words": words }))?;
                    exported.words += 1;
                }
                // Withheld, in another copy, or here under another name.
                Ok(Err(_)) | Err(rusqlite::Error::QueryReturnedNoRows) => {}
                Err(error) => return Err(sqlite(error)),
            }
        }
        Ok(exported)
    }

    /// Returns the names of all words but earlier texts and records: what the study needs as it is now.
    fn current_names(&self) -> Result<BTreeSet<Hash>, StoreError> {
        let mut now = BTreeSet::new();
        let mut of_entry = std::collections::BTreeMap::new();
        let current: BTreeSet<Hash> =
            self.heads(crate::text::Languages::default())?.into_iter().map(|head| head.text).collect();
        self.each_event(|logged| {
            let event: Event = logged.event()?;
            match event.kind {
                EventKind::EntryAdded | EventKind::EntryRevised | EventKind::RevisionChosen => {
                    let [text, record] = ["text", "record"]
                        .map(|key| event.body.get(key).and_then(Value::as_str).and_then(Hash::from_hex));
                    now.extend(text.filter(|text| current.contains(text)));
                    of_entry.insert(event.body.get("entry").cloned().map(|id| id.to_string()), record);
                }
                EventKind::EntryRecorded | EventKind::EntryFound => {
                    let record = event.body.get("record").and_then(Value::as_str).and_then(Hash::from_hex);
                    of_entry.insert(event.body.get("entry").cloned().map(|id| id.to_string()), record);
                }
                // People's acts name texts that may be earlier ones.
                kind if kind.is_act() => {}
                _ => now.extend(names(&event)),
            }
            Ok(())
        })?;
        now.extend(of_entry.into_values().flatten());
        Ok(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_read_back() {
        let name = Hash::of("a");
        let begin = json!({ "themata_log": 1, "secrets": [name.to_string()] }).to_string();
        assert_eq!(BundleLine::parse(&begin), Ok(BundleLine::Begin(vec![name.as_bytes().to_vec()])));
        let words = json!({ "name": name.to_string(), "words": "é\n" }).to_string();
        assert_eq!(BundleLine::parse(&words), Ok(BundleLine::Words(name, "é\n".to_owned())));
        let event = json!({ "id": Hash::of("{}").to_string(), "event": "{}" }).to_string();
        assert_eq!(BundleLine::parse(&event), Ok(BundleLine::Event("{}".to_owned())));
        for wrong in ["", "{}", "[]", r#"{"themata_log":2}"#, r#"{"event":"{}"}"#, r#"{"name":"x","words":"y"}"#] {
            assert!(BundleLine::parse(wrong).is_err(), "{wrong}");
        }
    }
}
