//! Writing events and what follows from them, in one transaction.

use std::path::PathBuf;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value};

use super::{
    EntryRecord, Reading, Store, StoreError,
    replay::{Kept, apply, place},
};
use crate::{
    coding::{Event, EventKind},
    id::{EntryId, Hash},
};

/// A deed being written; dropped without [`Writing::commit`], nothing of it stays.
#[derive(Debug)]
pub struct Writing<'s> {
    transaction: Transaction<'s>,
    path: PathBuf,
    by: String,
    at: String,
    lamport: u64,
    parents: Vec<Hash>,
    /// The study's own secret, then those of copies that began apart.
    salts: Vec<Vec<u8>>,
}

impl Store {
    /// Begins a deed of a coder; `by` may be empty when nobody is named.
    ///
    /// # Errors
    /// Fails when another process is writing, or the file cannot be written.
    pub fn write(&mut self, by: &str) -> Result<Writing<'_>, StoreError> {
        let path = self.path.clone();
        let sqlite = |source| StoreError::Sqlite { path: path.clone(), source };
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        let clock = "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
        let at = transaction.query_row(clock, [], |row| row.get(0)).map_err(sqlite)?;
        let highest = "SELECT coalesce(max(lamport), 0) FROM event";
        let lamport: i64 = transaction.query_row(highest, [], |row| row.get(0)).map_err(sqlite)?;
        let lamport = u64::try_from(lamport).unwrap_or_default();
        let salts = salts(&transaction).map_err(sqlite)?;
        let parents = {
            let mut heads = transaction.prepare("SELECT id FROM head ORDER BY id").map_err(sqlite)?;
            let rows = heads.query_map([], |row| row.get::<_, Vec<u8>>(0)).map_err(sqlite)?;
            let found: Result<Vec<_>, _> = rows.collect();
            found.map_err(sqlite)?.iter().filter_map(|bytes| Hash::from_bytes(bytes)).collect()
        };
        Ok(Writing { transaction, path, by: by.to_owned(), at, lamport, parents, salts })
    }
}

/// Returns the secrets, the study's own first.
pub(super) fn salts(connection: &rusqlite::Connection) -> rusqlite::Result<Vec<Vec<u8>>> {
    let mut statement = connection.prepare("SELECT salt FROM secret ORDER BY rowid")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

impl Writing<'_> {
    /// Goes on only when the last event is the one on which the deed was decided.
    ///
    /// # Errors
    /// Fails when another process has written since.
    pub fn after(self, latest: u64) -> Result<Self, StoreError> {
        if self.lamport == latest { Ok(self) } else { Err(StoreError::Overtaken) }
    }

    pub(super) fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        let run = || self.transaction.prepare_cached(sql)?.execute(values);
        run().map_err(|source| StoreError::Sqlite { path: self.path.clone(), source })
    }

    /// Keeps some words under a hash salted with the study's secret. Words that another copy brought stay under its name.
    pub(super) fn keep<'k>(&self, content: &'k [u8]) -> Result<Kept<'k>, StoreError> {
        let names: Vec<Hash> = self.salts.iter().map(|salt| Hash::of_parts([salt.as_slice(), content])).collect();
        let own = names.first().copied().unwrap_or_else(|| Hash::of(content));
        let mut name = own;
        if names.len() > 1 {
            for known in &names {
                if let Some(found) = self.place(known)? {
                    name = found;
                    break;
                }
            }
            for other in names.iter().filter(|other| **other != name) {
                let values = params![other.as_bytes(), name.as_bytes()];
                self.run("INSERT OR IGNORE INTO alias VALUES (?1, ?2)", values)?;
            }
        }
        self.run("INSERT OR IGNORE INTO blob VALUES (?1, ?2)", params![name.as_bytes(), content])?;
        Ok(Kept { name, content })
    }

    fn place(&self, name: &Hash) -> Result<Option<Hash>, StoreError> {
        place(&self.transaction, name).map_err(|source| self.fail(source))
    }

    pub(super) fn fail(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite { path: self.path.clone(), source }
    }

    /// Tells whether some words were withheld: a participant withdrew them.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn is_withheld(&self, content: &str) -> Result<bool, StoreError> {
        let known = |salt: &Vec<u8>| {
            let name = Hash::of_parts([salt.as_slice(), content.as_bytes()]);
            let mut found = self.transaction.prepare_cached("SELECT 1 FROM withheld WHERE name = ?1")?;
            Ok(found.query_row(params![name.as_bytes()], |_| Ok(())).optional()?.is_some())
        };
        let all: rusqlite::Result<Vec<bool>> = self.salts.iter().map(known).collect();
        Ok(all.map_err(|source| self.fail(source))?.contains(&true))
    }

    /// Writes one event that holds ids and hashes only.
    fn log(&mut self, kind: EventKind, body: &[(&str, String)], kept: &[Kept<'_>]) -> Result<(), StoreError> {
        let body = body.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect();
        self.log_value(kind, body, kept).map(drop)
    }

    /// Writes one event after all the others and returns its id; `kept` are words that it speaks of, so that they need not be
    /// read again.
    pub(super) fn log_value(
        &mut self,
        kind: EventKind,
        body: Map<String, Value>,
        kept: &[Kept<'_>],
    ) -> Result<Hash, StoreError> {
        self.lamport += 1;
        let parents = std::mem::take(&mut self.parents);
        let event = Event { lamport: self.lamport, parents, kind, by: self.by.clone(), at: self.at.clone(), body };
        let content = event.canonical();
        let id = Hash::of(&content);
        let lamport = i64::try_from(self.lamport).unwrap_or(i64::MAX);
        self.run("INSERT INTO event VALUES (?1, ?2, ?3)", params![id.as_bytes(), lamport, content])?;
        self.parents = vec![id];
        apply(&self.transaction, &event, &id, kept).map_err(|source| self.fail(source))?;
        Ok(id)
    }

    /// Adds an entry that was never seen.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn entry_added(&mut self, id: &EntryId, text: &str, record: &EntryRecord) -> Result<(), StoreError> {
        let record = record.to_json();
        let kept = [self.keep(text.as_bytes())?, self.keep(record.as_bytes())?];
        let [text, record] = kept.map(|kept| kept.name.to_string());
        let body = [("entry", id.to_string()), ("text", text), ("record", record)];
        self.log(EventKind::EntryAdded, &body, &kept)
    }

    /// Gives an entry a new text.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn entry_revised(&mut self, id: &EntryId, text: &str, record: &EntryRecord) -> Result<(), StoreError> {
        let record = record.to_json();
        let kept = [self.keep(text.as_bytes())?, self.keep(record.as_bytes())?];
        let [text, record] = kept.map(|kept| kept.name.to_string());
        let body = [("entry", id.to_string()), ("text", text), ("record", record)];
        self.log(EventKind::EntryRevised, &body, &kept)
    }

    /// Gives an entry, whose text stays, a new place, date or attributes; a missing one is there again.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn entry_recorded(&mut self, id: &EntryId, record: &EntryRecord, was_missing: bool) -> Result<(), StoreError> {
        let record = record.to_json();
        let kept = self.keep(record.as_bytes())?;
        let kind = if was_missing { EventKind::EntryFound } else { EventKind::EntryRecorded };
        self.log(kind, &[("entry", id.to_string()), ("record", kept.name.to_string())], &[kept])
    }

    /// Marks an entry whose source no longer holds it.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn entry_missing(&mut self, id: &EntryId) -> Result<(), StoreError> {
        self.log(EventKind::EntryMissing, &[("entry", id.to_string())], &[])
    }

    /// Notes that a source was read, and the order of its entries.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn source_read(&mut self, reading: &Reading) -> Result<(), StoreError> {
        let reading = serde_json::to_string(reading).unwrap_or_default();
        let kept = self.keep(reading.as_bytes())?;
        self.log(EventKind::SourceRead, &[("record", kept.name.to_string())], &[kept])
    }

    /// Notes that a source is no longer there.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn source_gone(&mut self, path: &str) -> Result<(), StoreError> {
        let kept = self.keep(path.as_bytes())?;
        self.log(EventKind::SourceGone, &[("record", kept.name.to_string())], &[kept])?;
        self.forget_source(path)
    }

    /// Remembers a file so that it need not be read again while bytes and settings stay.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn remember_source(&self, path: &str, bytes: Hash, settings: Hash, encoding: &str) -> Result<(), StoreError> {
        let values = params![path, bytes.as_bytes(), settings.as_bytes(), encoding];
        self.run("INSERT OR REPLACE INTO source VALUES (?1, ?2, ?3, ?4)", values)?;
        Ok(())
    }

    /// Makes sure that a file is read again next time.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn forget_source(&self, path: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM source WHERE path = ?1", params![path])?;
        Ok(())
    }

    /// Remembers what was wrong with the sources, in place of what was before.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn remember_remarks(&self, remarks: &[String]) -> Result<(), StoreError> {
        self.run("DELETE FROM remark", [])?;
        for (place, words) in (1_i64..).zip(remarks) {
            self.run("INSERT INTO remark VALUES (?1, ?2)", params![place, words])?;
        }
        Ok(())
    }

    /// Keeps the case register as JSON.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn cases_read(&mut self, register: &str) -> Result<(), StoreError> {
        let kept = self.keep(register.as_bytes())?;
        self.log(EventKind::CasesRead, &[("record", kept.name.to_string())], &[kept])
    }

    /// Keeps a codebook file that is in use from now on; one that was only asked for is kept `aside`.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn codebook_seen(&mut self, fingerprint: Hash, file: &str, aside: bool) -> Result<(), StoreError> {
        let kept = self.keep(file.as_bytes())?;
        let text = |value: Hash| Value::from(value.to_string());
        let mut body = Map::new();
        if aside {
            body.insert("aside".to_owned(), Value::from(true));
        }
        body.insert("codebook".to_owned(), text(fingerprint));
        body.insert("record".to_owned(), text(kept.name));
        self.log_value(EventKind::CodebookSeen, body, &[kept]).map(drop)
    }

    /// Keeps a codebook file that the log knows already, by another copy that came without its words.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn codebook_found(&mut self, fingerprint: Hash, file: &str) -> Result<(), StoreError> {
        let name = self.keep(file.as_bytes())?.name;
        let values = params![name.as_bytes(), fingerprint.as_bytes()];
        self.run("UPDATE codebook SET record = ?1 WHERE fingerprint = ?2", values).map(drop)
    }

    /// Notes which codebook file is to be replaced by which, so that a program that is stopped in between can finish.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn pending(&mut self, before: Hash, after: Hash) -> Result<(), StoreError> {
        let values = params![before.as_bytes(), after.as_bytes()];
        self.run("INSERT OR REPLACE INTO pending VALUES (1, ?1, ?2)", values).map(drop)
    }

    /// Makes all of the deed stay.
    ///
    /// # Errors
    /// Fails when the file cannot be written; then nothing of the deed stays.
    pub fn commit(self) -> Result<(), StoreError> {
        self.run("DELETE FROM head", [])?;
        for head in &self.parents {
            self.run("INSERT INTO head VALUES (?1)", params![head.as_bytes()])?;
        }
        let Self { transaction, path, .. } = self;
        transaction.commit().map_err(|source| StoreError::Sqlite { path, source })
    }
}
