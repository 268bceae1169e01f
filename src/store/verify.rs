//! Whether a study file is what its log says.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{OptionalExtension as _, params};

use super::{
    Store, StoreError,
    log::{Logged, each, rebuild},
    replay::{FOLLOWING, apply, place},
    write::salts,
};
use crate::{
    coding::{Event, EventKind},
    id::Hash,
};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Events in the log.
    pub events: u64,
    /// Texts, records, memos and codebook files that are here.
    pub words: u64,
    /// Names of words that a participant withdrew.
    pub withheld: u64,
    /// Names of words that another copy has.
    pub elsewhere: u64,
    /// Events that the log names as predecessors and does not have.
    pub predecessors: u64,
    /// What does not fit, the first event first.
    pub problems: Vec<String>,
}

impl Store {
    /// Replays the log beside the file and compares: ids, counters, predecessors, words and every table that follows.
    ///
    /// # Errors
    /// Fails when the file cannot be read at all.
    pub fn verify(&self, mut step: impl FnMut()) -> Result<Verified, StoreError> {
        let mut found = Verified::default();
        self.words(&mut found)?;
        let beside = self.beside().map_err(|source| self.fail(source))?;
        let mut lamports: HashMap<Hash, u64> = HashMap::new();
        let (mut named, mut absent, mut last_words) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let visited: Result<(), StoreError> = each(&beside, None, |logged| {
            found.events += 1;
            step();
            let problem = match self.fits(logged, &lamports, &mut absent) {
                Err(problem) => Some(problem),
                Ok(event) => {
                    named.extend(names(&event));
                    last_words.retain(|id| !event.parents.contains(id));
                    last_words.insert(logged.id);
                    apply(&beside, &event, &logged.id, &[]).err().map(|error| error.to_string())
                }
            };
            lamports.insert(logged.id, logged.lamport);
            if let Some(problem) = problem {
                found.problems.push(format!("event {} (number {} of the log): {problem}", logged.id, found.events));
            }
            Ok(())
        });
        visited?;
        found.predecessors = absent.len() as u64;
        self.count_names(&named, &mut found)?;
        self.compare(&beside, &mut found)?;
        self.compare_heads(&last_words, &mut found)?;
        Ok(found)
    }

    /// Makes every table that follows from the log anew.
    ///
    /// # Errors
    /// Fails when an event of the log cannot be replayed, or the file cannot be written; then nothing is changed.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        let sqlite = |source| StoreError::Sqlite { path: path.clone(), source };
        let behavior = rusqlite::TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(sqlite)?;
        rebuild(&transaction, None).map_err(sqlite)?;
        transaction.commit().map_err(sqlite)
    }

    /// Checks one event by itself and against its predecessors.
    fn fits(
        &self,
        logged: &Logged,
        lamports: &HashMap<Hash, u64>,
        absent: &mut BTreeSet<Hash>,
    ) -> Result<Event, String> {
        if Hash::of(&logged.content) != logged.id {
            return Err("its content was changed: the hash differs from its id".to_owned());
        }
        let event = Event::parse(&logged.content).ok_or("its content is none of an event")?;
        if event.canonical() != logged.content {
            return Err("its content is not in the written form".to_owned());
        }
        if event.lamport != logged.lamport {
            return Err("its counter was changed".to_owned());
        }
        for parent in &event.parents {
            match lamports.get(parent) {
                Some(before) if *before >= event.lamport => {
                    return Err("its counter is not above that of its predecessor".to_owned());
                }
                Some(_) => {}
                None => drop(absent.insert(*parent)),
            }
        }
        Ok(event)
    }

    /// Checks that all words are those of their names.
    fn words(&self, found: &mut Verified) -> Result<(), StoreError> {
        let sqlite = |source| self.fail(source);
        let salts = salts(&self.connection).map_err(sqlite)?;
        let mut statement = self.connection.prepare("SELECT hash, content FROM blob").map_err(sqlite)?;
        let mut rows = statement.query([]).map_err(sqlite)?;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let name: Vec<u8> = row.get(0).map_err(sqlite)?;
            let content = row.get_ref(1).map_err(sqlite)?.as_bytes().unwrap_or_default();
            found.words += 1;
            let fits = |salt: &Vec<u8>| Hash::of_parts([salt.as_slice(), content]).as_bytes().as_slice() == name;
            if !salts.iter().any(fits) {
                let name = Hash::from_bytes(&name).map(|name| name.to_string()).unwrap_or_default();
                found.problems.push(format!("the words kept as {name} are not those that were kept"));
            }
        }
        let sql = "SELECT alias.name, blob.content FROM alias LEFT JOIN blob ON blob.hash = alias.blob";
        let mut statement = self.connection.prepare(sql).map_err(sqlite)?;
        let mut rows = statement.query([]).map_err(sqlite)?;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let name: Vec<u8> = row.get(0).map_err(sqlite)?;
            let content = row.get_ref(1).map_err(sqlite)?.as_blob_or_null().map_err(|error| sqlite(error.into()))?;
            let is = |content: &[u8], salt: &Vec<u8>| {
                Hash::of_parts([salt.as_slice(), content]).as_bytes().as_slice() == name
            };
            if !content.is_some_and(|content| salts.iter().any(|salt| is(content, salt))) {
                found.problems.push("a second name of some words is not theirs".to_owned());
            }
        }
        Ok(())
    }

    fn count_names(&self, named: &BTreeSet<Hash>, found: &mut Verified) -> Result<(), StoreError> {
        let sqlite = |source| self.fail(source);
        let mut withheld = self.connection.prepare("SELECT 1 FROM withheld WHERE name = ?1").map_err(sqlite)?;
        for name in named {
            if withheld.exists(params![name.as_bytes()]).map_err(sqlite)? {
                found.withheld += 1;
            } else if place(&self.connection, name).map_err(sqlite)?.is_none() {
                found.elsewhere += 1;
            }
        }
        Ok(())
    }

    /// Compares every table that follows from the log with the replayed one.
    fn compare(&self, beside: &rusqlite::Connection, found: &mut Verified) -> Result<(), StoreError> {
        let sqlite = |source| self.fail(source);
        for (table, columns) in FOLLOWING.into_iter().chain([("withheld", "*")]) {
            let differ = |one: &str, other: &str| -> rusqlite::Result<i64> {
                let sql = format!(
                    "SELECT count(*) FROM (SELECT {columns} FROM {one}.{table} EXCEPT SELECT {columns} FROM {other}.{table})"
                );
                beside.query_row(&sql, [], |row| row.get(0))
            };
            let lost = differ("main", "study").map_err(sqlite)?;
            let foreign = differ("study", "main").map_err(sqlite)?;
            if lost + foreign > 0 {
                let first = first_of(beside, table, columns).map_err(sqlite)?;
                let first = first.map(|event| format!("; the first belongs to event {event}")).unwrap_or_default();
                found.problems.push(format!(
                    "the table `{table}` is not what the log gives: missing or changed: {lost}, following from no event: {foreign}{first}"
                ));
            }
        }
        Ok(())
    }

    fn compare_heads(&self, last_words: &BTreeSet<Hash>, found: &mut Verified) -> Result<(), StoreError> {
        let sqlite = |source| self.fail(source);
        let mut statement = self.connection.prepare("SELECT id FROM head").map_err(sqlite)?;
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).map_err(sqlite)?;
        let heads: rusqlite::Result<BTreeSet<Vec<u8>>> = rows.collect();
        let known: BTreeSet<Vec<u8>> = last_words.iter().map(|id| id.as_bytes().to_vec()).collect();
        if heads.map_err(sqlite)? != known {
            found.problems.push(
                "the last events of the log are not those that the file names: events are lost, or were put in"
                    .to_owned(),
            );
        }
        Ok(())
    }
}

/// Returns the event to which the first row belongs that differs, in the tables of what people did.
fn first_of(beside: &rusqlite::Connection, table: &str, columns: &str) -> rusqlite::Result<Option<Hash>> {
    let act = match table {
        "mark" | "memo" | "exemplar" | "entry_read" | "operation" | "recode" => "act",
        "act" | "taken_back" => "number",
        _ => return Ok(None),
    };
    let differ = |one: &str, other: &str| {
        format!(
            "SELECT {act} AS act FROM (SELECT {columns} FROM {one}.{table} EXCEPT SELECT {columns} FROM {other}.{table})"
        )
    };
    let sql = format!(
        "SELECT event FROM (SELECT event, number FROM main.act UNION ALL SELECT event, number FROM study.act)
         WHERE number = (SELECT min(act) FROM ({} UNION ALL {})) LIMIT 1",
        differ("main", "study"),
        differ("study", "main")
    );
    let found: Option<Vec<u8>> = beside.query_row(&sql, [], |row| row.get(0)).optional()?;
    Ok(found.and_then(|bytes| Hash::from_bytes(&bytes)))
}

/// Names of words that an event speaks of.
pub(super) fn names(event: &Event) -> Vec<Hash> {
    let others = ["record", "words"].into_iter().filter(|_| event.kind != EventKind::EntryForgotten);
    let others = others.filter_map(|key| Hash::from_hex(event.body.get(key)?.as_str()?));
    others.chain(texts(event)).collect()
}

/// Names of texts of entries that an event speaks of.
pub(super) fn texts(event: &Event) -> Vec<Hash> {
    let marks = event.body.get("marks").and_then(serde_json::Value::as_array).into_iter().flatten();
    let all = marks.map(|mark| mark.get("text")).chain([event.body.get("text")]).flatten();
    all.filter_map(|name| Hash::from_hex(name.as_str()?)).collect()
}
