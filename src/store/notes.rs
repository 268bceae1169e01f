//! Memos, exemplars and entries that were read: written as events, read back as what holds now.

use rusqlite::Row;
use serde_json::json;

use super::{
    Store, StoreError, Writing,
    acts::{body, hash, place},
};
use crate::{
    coding::{EventKind, Memo, MemoKind, Place},
    id::{CoderId, EntryId, Hash},
};

/// An entry that a coder has read in full.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FullyRead {
    /// The entry.
    pub entry: EntryId,
    /// Who.
    pub coder: CoderId,
    /// The text that was read, by name.
    pub text: Hash,
}

impl Writing<'_> {
    /// Writes a memo, or new words for one; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn memo(
        &mut self,
        memo: Option<Hash>,
        (on, text): (&str, Option<Hash>),
        kind: MemoKind,
        words: &str,
    ) -> Result<Hash, StoreError> {
        let kept = self.keep(words.as_bytes())?;
        let mut body = body([("kind", json!(kind.word())), ("on", json!(on)), ("words", json!(kept.name.to_string()))]);
        if let Some(text) = text {
            body.insert("text".to_owned(), json!(text.to_string()));
        }
        if let Some(memo) = memo {
            body.insert("memo".to_owned(), json!(memo.to_string()));
        }
        self.log_value(EventKind::MemoWritten, body, &[])
    }

    /// Takes a memo away; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn memo_removed(&mut self, memo: Hash) -> Result<Hash, StoreError> {
        self.log_value(EventKind::MemoRemoved, body([("memo", json!(memo.to_string()))]), &[])
    }

    /// Marks a coding as exemplar, or not any more; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn exemplar(&mut self, place: &Place, on: bool) -> Result<Hash, StoreError> {
        let mut body = place.to_json();
        body.insert("on".to_owned(), json!(on));
        self.log_value(EventKind::ExemplarMarked, body, &[])
    }

    /// Says that an entry was read in full, or was not; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn entry_read(&mut self, entry: &EntryId, text: Hash, on: bool) -> Result<Hash, StoreError> {
        let body = body([("entry", json!(entry.as_str())), ("on", json!(on)), ("text", json!(text.to_string()))]);
        self.log_value(EventKind::EntryRead, body, &[])
    }
}

impl Store {
    /// Returns all memos, oldest first.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn memos(&self) -> Result<Vec<Memo>, StoreError> {
        let sql = "SELECT memo.memo, act.coder, act.at, memo.\"on\", memo.kind, CAST(blob.content AS TEXT), memo.words IS NULL, memo.text
             FROM memo JOIN act ON act.number = memo.act LEFT JOIN alias ON alias.name = memo.words
             LEFT JOIN blob ON blob.hash = coalesce(alias.blob, memo.words) WHERE act.live ORDER BY act.number";
        let read = |row: &Row<'_>| {
            let kind = row.get::<_, Option<String>>(4)?.and_then(|word| MemoKind::from_word(&word));
            let memo = Memo {
                id: hash(row, 0)?,
                coder: CoderId::new(row.get::<_, String>(1)?),
                at: row.get(2)?,
                on: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                kind: kind.unwrap_or(MemoKind::Theoretical),
                text: row.get::<_, Option<Vec<u8>>>(7)?.and_then(|bytes| Hash::from_bytes(&bytes)),
                words: row.get(5)?,
            };
            Ok((memo, row.get::<_, bool>(6)?))
        };
        let mut memos: Vec<Memo> = Vec::new();
        for (memo, removed) in self.list(sql, [], read)? {
            let known = memos.iter().position(|known| known.id == memo.id);
            match (known, removed) {
                (Some(at), true) => drop(memos.remove(at)),
                (Some(at), false) => memos[at] = memo,
                (None, true) => {}
                (None, false) => memos.push(memo),
            }
        }
        Ok(memos)
    }

    /// Returns the places marked as exemplars, each with the coder who did.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn exemplars(&self) -> Result<Vec<(CoderId, Place)>, StoreError> {
        let sql = "SELECT exemplar.entry, coalesce(alias.blob, exemplar.text), exemplar.\"from\", exemplar.\"to\", exemplar.code, act.coder, exemplar.\"on\"
             FROM exemplar JOIN act ON act.number = exemplar.act LEFT JOIN alias ON alias.name = exemplar.text
             WHERE act.live ORDER BY act.number";
        let read = |row: &Row<'_>| Ok(((CoderId::new(row.get::<_, String>(5)?), place(row, 0)?), row.get(6)?));
        Ok(last_said(self.list(sql, [], read)?))
    }

    /// Returns the entries that coders have read in full.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn entries_read(&self) -> Result<Vec<FullyRead>, StoreError> {
        let sql = "SELECT entry_read.entry, coalesce(alias.blob, entry_read.text), act.coder, entry_read.\"on\"
             FROM entry_read JOIN act ON act.number = entry_read.act LEFT JOIN alias ON alias.name = entry_read.text
             WHERE act.live ORDER BY act.number";
        let read = |row: &Row<'_>| {
            let coder = CoderId::new(row.get::<_, String>(2)?);
            let one = FullyRead { entry: EntryId::new(row.get::<_, String>(0)?), coder, text: hash(row, 1)? };
            Ok((one, row.get(3)?))
        };
        Ok(last_said(self.list(sql, [], read)?))
    }
}

/// Keeps what was said last about each thing, if it was yes; in the order of the things.
fn last_said<T: Ord>(said: Vec<(T, bool)>) -> Vec<T> {
    let last: std::collections::BTreeMap<T, bool> = said.into_iter().collect();
    last.into_iter().filter(|(_, on)| *on).map(|(thing, _)| thing).collect()
}
