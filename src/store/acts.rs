//! What people did: written as events, read back as what holds now.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{OptionalExtension as _, Row, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value, json};

use super::{Store, StoreError, Writing};
use crate::{
    coding::{EventKind, Mark, Place, Said, Verdict},
    id::{CodeId, CoderId, EntryId, Hash},
};

/// An act of a coder that can be taken back, or given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its event.
    pub event: Hash,
    /// What it was.
    pub kind: EventKind,
    /// When, by the clock of that machine.
    pub at: String,
}

/// A change of the codebook by a command, which holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its event.
    pub event: Hash,
    /// Number of the act in the order of replay.
    pub act: u32,
    /// Who did it.
    pub coder: CoderId,
    /// Renamed, merged, split or retired.
    pub kind: EventKind,
    /// The code, under the id that it had.
    pub code: CodeId,
    /// The new id, the code that took it in, or the new code.
    pub into: Option<CodeId>,
    /// Fingerprint of the codebook before.
    pub before: Hash,
    /// Fingerprint of the codebook after.
    pub after: Hash,
    /// For a split: the places whose codings went to the new code.
    pub places: Vec<Place>,
}

pub(super) fn body<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn texts(hashes: &[Hash]) -> Value {
    hashes.iter().map(Hash::to_string).collect::<Vec<_>>().into()
}

impl Writing<'_> {
    /// Writes verdicts on stretches as one act; returns its event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn marks(&mut self, kind: EventKind, marks: &[Mark], codebook: Hash) -> Result<Hash, StoreError> {
        let marks: Vec<Value> = marks.iter().map(Mark::to_json).collect();
        let body = body([("codebook", json!(codebook.to_string())), ("marks", json!(marks))]);
        self.log_value(kind, body, &[])
    }

    /// Writes an operation on the codebook; returns the event. The file must be written after the commit.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn operation(
        &mut self,
        kind: EventKind,
        code: &CodeId,
        into: Option<&CodeId>,
        (before, after): (Hash, Hash),
        places: &[Place],
    ) -> Result<Hash, StoreError> {
        let mut body = body([
            ("after", json!(after.to_string())),
            ("before", json!(before.to_string())),
            ("code", json!(code.as_str())),
        ]);
        if let Some(into) = into {
            body.insert("into".to_owned(), json!(into.as_str()));
        }
        if !places.is_empty() {
            let places: Vec<Value> = places.iter().map(|place| Value::Object(place.to_json())).collect();
            body.insert("places".to_owned(), json!(places));
        }
        self.log_value(kind, body, &[])
    }

    /// Takes acts back; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn undone(&mut self, acts: &[Hash]) -> Result<Hash, StoreError> {
        self.log_value(EventKind::ActUndone, body([("acts", texts(acts))]), &[])
    }

    /// Gives acts back by naming the events that took them; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn redone(&mut self, undos: &[Hash]) -> Result<Hash, StoreError> {
        self.log_value(EventKind::ActRedone, body([("acts", texts(undos))]), &[])
    }

    /// Chooses a text and record of an entry; returns the event.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn revision_chosen(&mut self, entry: &EntryId, text: Hash, record: Hash) -> Result<Hash, StoreError> {
        let body = body([
            ("entry", json!(entry.as_str())),
            ("record", json!(record.to_string())),
            ("text", json!(text.to_string())),
        ]);
        self.log_value(EventKind::RevisionChosen, body, &[])
    }
}

/// Reads a hash of a row; a cell that holds none is damage.
pub(super) fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Hash> {
    Hash::from_bytes(&row.get::<_, Vec<u8>>(at)?)
        .ok_or_else(|| rusqlite::Error::InvalidColumnName("a hash has 32 bytes; the file is malformed".to_owned()))
}

pub(super) fn place(row: &Row<'_>, at: usize) -> rusqlite::Result<Place> {
    Ok(Place {
        entry: EntryId::new(row.get::<_, String>(at)?),
        text: hash(row, at + 1)?,
        start: row.get(at + 2)?,
        end: row.get(at + 3)?,
        code: CodeId::new(row.get::<_, String>(at + 4)?),
    })
}

impl Store {
    pub(super) fn list<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.fail(error))?;
        let rows = statement.query_map(values, read).map_err(|error| self.fail(error))?;
        let all: rusqlite::Result<Vec<T>> = rows.collect();
        all.map_err(|error| self.fail(error))
    }

    /// Tells whether somebody has decided or coded anything that holds.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn has_decisions(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM mark JOIN act ON act.number = mark.act WHERE act.live)";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.fail(error))
    }

    /// Returns every live verdict in the order of replay; of one entry when it is named. Texts have the name under which their words lie here.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn said(&self, entry: Option<&EntryId>) -> Result<Vec<Said>, StoreError> {
        // Two statements: one that may or may not name an entry would read them all.
        let of = if entry.is_some() { "AND mark.entry = ?1" } else { "" };
        let sql = format!(
            "SELECT mark.entry, coalesce(alias.blob, mark.text), mark.\"from\", mark.\"to\", mark.code,
               mark.verdict, mark.rule, mark.adjudicated, mark.codebook, act.number, act.coder
             FROM mark JOIN act ON act.number = mark.act LEFT JOIN alias ON alias.name = mark.text
             WHERE act.live {of} ORDER BY act.number"
        );
        let read = |row: &Row<'_>| {
            let verdict = Verdict::from_word(&row.get::<_, String>(5)?).unwrap_or(Verdict::Removed);
            let rule = row.get::<_, Option<Vec<u8>>>(6)?.and_then(|bytes| Hash::from_bytes(&bytes));
            let mark = Mark { place: place(row, 0)?, verdict, rule, adjudicated: row.get(7)? };
            let coder = CoderId::new(row.get::<_, String>(10)?);
            Ok(Said { act: row.get(9)?, coder, mark, codebook: hash(row, 8)? })
        };
        match entry {
            Some(entry) => self.list(&sql, params![entry.as_str()], read),
            None => self.list(&sql, [], read),
        }
    }

    /// Returns, for every entry that live verdicts speak of, a number that changes with them.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn entries_said(&self) -> Result<HashMap<String, u64>, StoreError> {
        // Verdicts in the order in which they lie, each with its act: the other way round, each act would be looked for.
        let sql = "SELECT mark.entry, act.event FROM mark CROSS JOIN act ON act.number = mark.act WHERE act.live";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.fail(error))?;
        let mut rows = statement.query([]).map_err(|error| self.fail(error))?;
        let mut all: HashMap<String, u64> = HashMap::new();
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
            let read = || Ok((row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_blob()?));
            let (entry, event) = read().map_err(|error: rusqlite::Error| self.fail(error))?;
            // Events are named by their hashes: no two sets of them have one sum but by a rare chance.
            let event = event.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
            match all.get_mut(entry) {
                Some(sum) => *sum = sum.wrapping_add(event),
                None => drop(all.insert(entry.to_owned(), event)),
            }
        }
        Ok(all)
    }

    /// Returns two numbers that change when words are taken away, or get another name.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn words_gone(&self) -> Result<[u64; 2], StoreError> {
        let sql = "SELECT (SELECT count(*) FROM withheld), (SELECT count(*) FROM alias)";
        let counts = self.connection.query_row(sql, [], |row| Ok([row.get::<_, i64>(0)?, row.get(1)?]));
        Ok(counts.map_err(|error| self.fail(error))?.map(i64::cast_unsigned))
    }

    /// Returns the operations on the codebook that hold, in the order of replay.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn operations(&self) -> Result<Vec<Operation>, StoreError> {
        let sql = "SELECT act.event, act.number, act.coder, act.kind, code, \"into\", \"before\", \"after\"
             FROM operation JOIN act ON act.number = operation.act WHERE act.live ORDER BY act.number";
        let read = |row: &Row<'_>| {
            Ok(Operation {
                event: hash(row, 0)?,
                act: row.get(1)?,
                coder: CoderId::new(row.get::<_, String>(2)?),
                kind: EventKind::from_name(&row.get::<_, String>(3)?).unwrap_or(EventKind::CodeRetired),
                code: CodeId::new(row.get::<_, String>(4)?),
                into: row.get::<_, Option<String>>(5)?.map(CodeId::new),
                before: hash(row, 6)?,
                after: hash(row, 7)?,
                places: Vec::new(),
            })
        };
        let mut all = self.list(sql, [], read)?;
        let sql = "SELECT recode.entry, coalesce(alias.blob, recode.text), \"from\", \"to\", operation.code
             FROM recode JOIN operation ON operation.act = recode.act LEFT JOIN alias ON alias.name = recode.text
             WHERE recode.act = ?1 ORDER BY 1, 3, 4";
        for one in all.iter_mut().filter(|one| one.kind == EventKind::CodeSplit) {
            one.places = self.list(sql, params![one.act], |row| place(row, 0))?;
        }
        Ok(all)
    }

    /// Returns the act that `undo` would take back: the coder's own latest that holds.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn act_to_undo(&self, coder: &CoderId) -> Result<Option<Act>, StoreError> {
        let sql =
            "SELECT event, kind, at FROM act WHERE coder = ?1 AND live AND kind NOT IN ('act.undone', 'act.redone')
             ORDER BY number DESC LIMIT 1";
        self.act(sql, params![coder.as_str()])
    }

    /// Returns the act that `redo` would give back, with the events that took it: unless the coder did something new since.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn act_to_redo(&self, coder: &CoderId) -> Result<Option<(Act, Vec<Hash>)>, StoreError> {
        let sql = "SELECT act.event, act.kind, act.at FROM act JOIN taken_back ON taken_back.event = act.event
             WHERE taken_back.number = (SELECT max(undo.number) FROM act AS undo
               WHERE undo.coder = ?1 AND undo.live AND undo.kind = 'act.undone' AND undo.number >
                 (SELECT coalesce(max(number), 0) FROM act WHERE coder = ?1 AND kind NOT IN ('act.undone', 'act.redone')))";
        let Some(act) = self.act(sql, params![coder.as_str()])? else { return Ok(None) };
        let sql = "SELECT undo.event FROM taken_back JOIN act AS undo ON undo.number = taken_back.number
             WHERE taken_back.event = ?1 AND undo.live AND undo.kind = 'act.undone' ORDER BY undo.number";
        let undos = self.list(sql, params![act.event.as_bytes()], |row| hash(row, 0))?;
        Ok(Some((act, undos)))
    }

    fn act(&self, sql: &str, values: impl rusqlite::Params) -> Result<Option<Act>, StoreError> {
        let read = |row: &Row<'_>| {
            let kind = EventKind::from_name(&row.get::<_, String>(1)?).unwrap_or(EventKind::CodingAdded);
            Ok(Act { event: hash(row, 0)?, kind, at: row.get(2)? })
        };
        let found = self.connection.query_row(sql, values, read).optional();
        found.map_err(|error| self.fail(error))
    }

    /// Returns the events that were taken back, and the undos that were.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn not_live(&self) -> Result<BTreeSet<Hash>, StoreError> {
        let all = self.list("SELECT event FROM act WHERE NOT live", [], |row| hash(row, 0))?;
        Ok(all.into_iter().collect())
    }

    /// Returns the codebook file that is to be replaced and the one that replaces it, when a deed was stopped in between.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn pending(&self) -> Result<Option<(Hash, Hash)>, StoreError> {
        let sql = "SELECT \"before\", \"after\" FROM pending";
        let found = self.connection.query_row(sql, [], |row| Ok((hash(row, 0)?, hash(row, 1)?))).optional();
        found.map_err(|error| self.fail(error))
    }

    /// Does what is pending with `replace`, if anything is, while no other process can write, and forgets it then.
    ///
    /// # Errors
    /// Fails as `replace` does, or when the file cannot be written; then it stays pending.
    pub fn settle_pending<E: From<StoreError>>(
        &self,
        replace: impl FnOnce(Hash, Hash) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.pending()?.is_none() {
            return Ok(());
        }
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| self.fail(error))?;
        // Another process may have been quicker.
        if let Some((before, after)) = self.pending()? {
            replace(before, after)?;
            transaction.execute("DELETE FROM pending", []).map_err(|error| self.fail(error))?;
        }
        Ok(transaction.commit().map_err(|error| self.fail(error))?)
    }

    /// Returns today's date as it stands in codebooks.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn today(&self) -> Result<String, StoreError> {
        let sql = "SELECT date('now')";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.fail(error))
    }

    /// Returns the hash of the words of a name, so that the same words under two names are the same; `None` when they are not here.
    pub fn words_hash(&self, name: &str) -> Option<String> {
        let name = Hash::from_hex(name)?;
        let sql = "SELECT content FROM blob WHERE hash = ?1
             OR hash = (SELECT blob FROM alias WHERE name = ?1)";
        let found: Result<Vec<u8>, _> =
            self.connection.prepare_cached(sql).ok()?.query_row(params![name.as_bytes()], |row| row.get(0));
        found.ok().map(|words| Hash::of(words).to_string())
    }

    /// Returns the name of an entry's record as the log has it last.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn record_name(&self, entry: &EntryId) -> Result<Option<Hash>, StoreError> {
        let sql = "SELECT json_extract(content, '$.body.record') FROM event
             WHERE json_extract(content, '$.body.entry') = ?1 AND json_extract(content, '$.body.record') IS NOT NULL
             ORDER BY lamport DESC, id DESC LIMIT 1";
        let found: rusqlite::Result<Option<String>> =
            self.connection.query_row(sql, params![entry.as_str()], |row| row.get(0)).optional();
        Ok(found.map_err(|error| self.fail(error))?.and_then(|name| Hash::from_hex(&name)))
    }

    /// Returns the ids of all coders of the log.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn coders(&self) -> Result<Vec<String>, StoreError> {
        self.list("SELECT DISTINCT coder FROM act ORDER BY 1", [], |row| row.get(0))
    }

    /// Returns the fingerprints of all codebooks that something was said under.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn codebooks_said(&self) -> Result<Vec<Hash>, StoreError> {
        self.list("SELECT DISTINCT codebook FROM mark UNION SELECT \"after\" FROM operation ORDER BY 1", [], |row| {
            hash(row, 0)
        })
    }

    /// Returns the text of a name, when it is here.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn text_named(&self, name: Hash) -> Result<Option<String>, StoreError> {
        let sql = "SELECT content FROM blob WHERE hash = ?1 OR hash = (SELECT blob FROM alias WHERE name = ?1)";
        self.optional_text(sql, params![name.as_bytes()])
    }
}
