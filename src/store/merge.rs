//! Two copies of a study made one: the union of their events and words, and everything that follows made anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{
    Store, StoreError,
    bundle::BundleLine,
    log::{each, rebuild},
    open::{self, uri},
    replay::{apply, place},
    verify::texts,
    write::salts,
};
use crate::{
    coding::{Event, EventKind},
    id::Hash,
};

/// What a merge brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// New events by coder and kind.
    pub events: BTreeMap<(String, EventKind), u64>,
    /// Events that were here already.
    pub known: u64,
    /// New texts, records, memos and codebook files.
    pub words: u64,
    /// What was left out: where it stands and why.
    pub refused: Vec<(String, String)>,
    /// Fingerprint and file of the codebook that the other copy used last, when it is not known here.
    pub codebook: Option<(Hash, String)>,
}

/// Counters above this are no count of events but a mistake, which would end all counting.
const HIGHEST: u64 = 1 << 48;

/// Where another copy is read from.
enum Other {
    File(Connection),
    Bundle(std::path::PathBuf),
}

/// What another copy holds, one thing at a time, with its place.
enum Thing {
    Secret(Vec<u8>),
    Event(String),
    Words(Hash, Vec<u8>),
    Unreadable(String),
}

impl Other {
    fn open(path: &Path) -> Result<Self, StoreError> {
        let sqlite = |source| StoreError::Sqlite { path: path.to_path_buf(), source };
        let failed = |source| StoreError::Copy { path: path.to_path_buf(), source };
        let mut beginning = [0; 16];
        let mut file = File::open(path).map_err(failed)?;
        let read = std::io::Read::read(&mut file, &mut beginning).map_err(failed)?;
        if beginning.get(..read).is_some_and(|bytes| bytes.starts_with(b"SQLite format 3")) {
            let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
            let connection = Connection::open_with_flags(uri(path, "mode=ro"), flags)
                .and_then(|connection| open::version(&connection).map(|_| connection))
                .or_else(|_| open::to_read(path))
                .map_err(sqlite)?;
            open::check(&connection, path)?;
            return Ok(Self::File(connection));
        }
        let first = BufReader::new(File::open(path).map_err(failed)?).lines().next();
        match first.and_then(Result::ok).map(|line| BundleLine::parse(line.trim_start_matches('\u{feff}'))) {
            Some(Ok(BundleLine::Begin(_))) => Ok(Self::Bundle(path.to_path_buf())),
            _ => Err(StoreError::NoCopy { path: path.to_path_buf() }),
        }
    }

    /// Visits secrets, then words, then events in the order of replay; a bundle in its own order, once for each of them.
    fn each(
        &self,
        what: fn(&Thing) -> bool,
        visit: &mut dyn FnMut(String, Thing) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Self::File(connection) => {
                for salt in salts(connection)? {
                    let thing = Thing::Secret(salt);
                    if what(&thing) {
                        visit("its secret".to_owned(), thing)?;
                    }
                }
                if what(&Thing::Words(Hash::of([]), Vec::new())) {
                    let mut statement = connection.prepare("SELECT hash, content FROM blob")?;
                    let mut rows = statement.query([])?;
                    while let Some(row) = rows.next()? {
                        let name = Hash::from_bytes(&row.get::<_, Vec<u8>>(0)?).unwrap_or_else(|| Hash::of([]));
                        visit(format!("words {name}"), Thing::Words(name, row.get(1)?))?;
                    }
                }
                if what(&Thing::Event(String::new())) {
                    each(connection, None, |logged| {
                        visit(format!("event {}", logged.id), Thing::Event(logged.content.clone()))
                    })?;
                }
                Ok(())
            }
            Self::Bundle(path) => bundle(path, what, visit),
        }
    }
}

fn bundle(
    path: &Path,
    what: fn(&Thing) -> bool,
    visit: &mut dyn FnMut(String, Thing) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let failed = |source| StoreError::Copy { path: path.to_path_buf(), source };
    let mut lines = BufReader::new(File::open(path).map_err(failed)?);
    let (mut line, mut number) = (Vec::new(), 0_u64);
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(());
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        let things = match BundleLine::parse(text) {
            Ok(BundleLine::Begin(secrets)) => secrets.into_iter().map(Thing::Secret).collect(),
            Ok(BundleLine::Event(content)) => vec![Thing::Event(content)],
            Ok(BundleLine::Words(name, words)) => vec![Thing::Words(name, words.into_bytes())],
            Err(reason) => vec![Thing::Unreadable(reason)],
        };
        for thing in things.into_iter().filter(what) {
            visit(format!("line {number}"), thing)?;
        }
    }
}

impl Store {
    /// Joins another copy of the study, a study file or a bundle, into this one: all of it or nothing.
    ///
    /// # Errors
    /// Fails when the other copy is none, or the study file cannot be written. Single events and words that do not fit are
    /// refused, and the rest is joined.
    pub fn merge(&mut self, file: &Path, mut step: impl FnMut()) -> Result<Merged, StoreError> {
        let path = self.path.clone();
        let sqlite = |source| StoreError::Sqlite { path: path.clone(), source };
        let other = Other::open(file)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        let mut merging = Merging {
            transaction: &transaction,
            merged: Merged::default(),
            brought: BTreeSet::new(),
            akin: false,
            used: None,
            read: false,
        };
        other.each(|thing| matches!(thing, Thing::Secret(_)), &mut |_, thing| merging.secret(thing))?;
        let all = salts(&transaction).map_err(sqlite)?;
        if all.len() > 1 {
            name_all(&transaction, &all).map_err(sqlite)?;
        }
        other.each(|thing| matches!(thing, Thing::Words(..) | Thing::Unreadable(_)), &mut |at, thing| {
            merging.words(at, thing, &all)
        })?;
        other.each(|thing| matches!(thing, Thing::Event(_)), &mut |at, thing| {
            step();
            merging.event(at, thing)
        })?;
        let (used, read, akin, mut merged) = (merging.used, merging.read, merging.akin, merging.merged);
        let sql = "SELECT EXISTS (SELECT 1 FROM entry)";
        let begun: bool = transaction.query_row(sql, [], |row| row.get(0)).map_err(sqlite)?;
        if begun && !akin && !merged.events.is_empty() {
            return Err(StoreError::Stranger { path: file.to_path_buf() });
        }
        if let Some((fingerprint, record)) = used {
            let known = |sql: &str, name: &Hash| transaction.prepare_cached(sql)?.exists(params![name.as_bytes()]);
            if !known("SELECT 1 FROM codebook WHERE fingerprint = ?1", &fingerprint).map_err(sqlite)? {
                let sql = "SELECT CAST(content AS TEXT) FROM blob WHERE hash = ?1";
                let place = place(&transaction, &record).map_err(sqlite)?.unwrap_or(record);
                let file = transaction.query_row(sql, params![place.as_bytes()], |row| row.get(0));
                merged.codebook = file.ok().map(|file| (fingerprint, file));
            }
        }
        if merged.events.is_empty() && merged.words == 0 {
            return Ok(merged);
        }
        settle(&transaction, &all, read).map_err(sqlite)?;
        transaction.commit().map_err(sqlite)?;
        Ok(merged)
    }

    /// Tells whether a bundle was merged as it is now.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn is_merged(&self, path: &str, sha256: Hash) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM merged WHERE path = ?1 AND sha256 = ?2)";
        self.connection
            .query_row(sql, params![path, sha256.as_bytes()], |row| row.get(0))
            .map_err(|error| self.fail(error))
    }

    /// Remembers that a bundle was merged as it is now.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn remember_merged(&self, path: &str, sha256: Hash) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO merged VALUES (?1, ?2)";
        self.connection.execute(sql, params![path, sha256.as_bytes()]).map(drop).map_err(|error| self.fail(error))
    }

    /// Tells whether copies went apart somewhere in the log and met again, or have not met yet.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn is_forked(&self) -> Result<bool, StoreError> {
        // In a log of one copy every event has a counter of its own.
        let sql = "SELECT count(*) > count(DISTINCT lamport) OR (SELECT count(*) FROM head) > 1 FROM event";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.fail(error))
    }
}

/// A merge under way.
struct Merging<'t> {
    transaction: &'t Transaction<'t>,
    merged: Merged,
    /// Names of words that this merge brought.
    brought: BTreeSet<Hash>,
    /// The copies have an event or some words in common.
    akin: bool,
    /// The codebook that the other copy used last, and the name of its file.
    used: Option<(Hash, Hash)>,
    /// The other copy read sources that this one did not.
    read: bool,
}

impl Merging<'_> {
    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        Ok(self.transaction.prepare_cached(sql)?.execute(values)?)
    }

    fn exists(&self, sql: &str, name: &Hash) -> Result<bool, StoreError> {
        Ok(self.transaction.prepare_cached(sql)?.exists(params![name.as_bytes()])?)
    }

    fn secret(&self, thing: Thing) -> Result<(), StoreError> {
        let Thing::Secret(salt) = thing else { return Ok(()) };
        let sql = "INSERT INTO secret SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM secret WHERE salt = ?1)";
        self.run(sql, params![salt]).map(drop)
    }

    fn words(&mut self, at: String, thing: Thing, salts: &[Vec<u8>]) -> Result<(), StoreError> {
        let (name, content) = match thing {
            Thing::Words(name, content) => (name, content),
            Thing::Unreadable(reason) => {
                self.merged.refused.push((at, reason));
                return Ok(());
            }
            _ => return Ok(()),
        };
        let names: Vec<Hash> = salts.iter().map(|salt| Hash::of_parts([salt.as_slice(), &content])).collect();
        if !names.contains(&name) {
            self.merged.refused.push((at, "the words are not those of their name: they were changed".to_owned()));
            return Ok(());
        }
        for known in &names {
            let withheld = self.exists("SELECT 1 FROM withheld WHERE name = ?1", known)?;
            if withheld || self.exists("SELECT 1 FROM blob WHERE hash = ?1", known)? {
                return Ok(());
            }
        }
        self.run("INSERT INTO blob VALUES (?1, ?2)", params![name.as_bytes(), content])?;
        self.merged.words += 1;
        self.brought.insert(name);
        Ok(())
    }

    fn event(&mut self, at: String, thing: Thing) -> Result<(), StoreError> {
        let Thing::Event(content) = thing else { return Ok(()) };
        let id = Hash::of(&content);
        let Some(event) = Event::parse(&content).filter(|event| event.canonical() == content) else {
            self.merged.refused.push((at, "it is no event that this themata knows".to_owned()));
            return Ok(());
        };
        if event.kind == EventKind::CodebookSeen && !event.body.contains_key("aside") {
            let named = |key: &str| event.body.get(key).and_then(|value| Hash::from_hex(value.as_str()?));
            self.used = named("codebook").zip(named("record"));
        }
        if !self.akin {
            // The same codebook is no sign: texts are.
            for name in texts(&event) {
                let place = place(self.transaction, &name)?;
                self.akin |= place.is_some_and(|place| !self.brought.contains(&place));
            }
        }
        if self.exists("SELECT 1 FROM event WHERE id = ?1", &id)? {
            self.akin = true;
            self.merged.known += 1;
            return Ok(());
        }
        if event.lamport > HIGHEST {
            self.merged.refused.push((at, "its counter cannot be right".to_owned()));
            return Ok(());
        }
        // What it says is tried before it is kept: an event that cannot be replayed would stop every later replay.
        self.transaction.execute_batch("SAVEPOINT trial")?;
        let tried = apply(self.transaction, &event, &id, &[]);
        self.transaction.execute_batch("ROLLBACK TO trial; RELEASE trial")?;
        if let Err(reason) = tried {
            self.merged.refused.push((at, reason.to_string()));
            return Ok(());
        }
        let lamport = i64::try_from(event.lamport).unwrap_or(i64::MAX);
        self.run("INSERT INTO event VALUES (?1, ?2, ?3)", params![id.as_bytes(), lamport, content])?;
        *self.merged.events.entry((event.by, event.kind)).or_default() += 1;
        self.read |= !event.kind.is_act() && !matches!(event.kind, EventKind::ActUndone | EventKind::ActRedone);
        Ok(())
    }
}

/// Makes everything that follows from the log anew.
fn settle(connection: &Connection, salts: &[Vec<u8>], read: bool) -> rusqlite::Result<()> {
    if salts.len() > 1 {
        name_all(connection, salts)?;
    }
    connection.execute("DELETE FROM head", [])?;
    connection.execute(
        "INSERT INTO head SELECT id FROM event WHERE id NOT IN
           (SELECT unhex(value) FROM event, json_each(event.content, '$.parents'))",
        [],
    )?;
    rebuild(connection, None)?;
    let gone = "DELETE FROM blob WHERE hash IN (SELECT name FROM withheld)
           OR hash IN (SELECT blob FROM alias WHERE name IN (SELECT name FROM withheld))";
    if connection.execute(gone, [])? > 0 {
        connection.execute("DELETE FROM alias WHERE blob NOT IN (SELECT hash FROM blob)", [])?;
        rebuild(connection, None)?;
    }
    if read {
        // What the sources here say counts: they are read again.
        connection.execute("DELETE FROM source", [])?;
    }
    Ok(())
}

/// Gives all words the names that they have under every secret, so that what other copies say of them is understood.
fn name_all(connection: &Connection, salts: &[Vec<u8>]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT hash, content FROM blob")?;
    let mut insert = connection.prepare("INSERT OR IGNORE INTO alias VALUES (?1, ?2)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name: Vec<u8> = row.get(0)?;
        let content = row.get_ref(1)?.as_bytes().unwrap_or_default();
        for salt in salts {
            let other = Hash::of_parts([salt.as_slice(), content]);
            if other.as_bytes().as_slice() != name {
                insert.execute(params![other.as_bytes(), name])?;
            }
        }
    }
    Ok(())
}
