//! Reading entries, sources and the case register.

use std::collections::{BTreeMap, HashMap};

use rusqlite::params;

use super::{Store, StoreError};
use crate::{
    corpus::{Entry, PackedAttributes, PartialDate},
    id::{EntryId, Hash},
    text::{Language, Languages},
};

/// All about an entry but its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The entry with an empty text.
    pub entry: Entry,
    /// What entries of one name share.
    pub family: String,
    /// SHA-256 of the normalised text.
    pub sha256: Hash,
    /// Name under which the text is kept, salted with the study's secret: how events speak of it.
    pub text: Hash,
    /// Hash of place, date and attributes.
    pub record: Hash,
    /// Its source no longer holds it.
    pub missing: bool,
}

impl Head {
    /// Returns eight bytes that change with the text or its languages, for caches and the index.
    pub fn mark(&self) -> u64 {
        let first = |bytes: &[u8]| bytes.iter().take(8).fold(0, |mark, byte| (mark << 8) | u64::from(*byte));
        // Spread over all bits, so that no two texts come to agree by their languages.
        first(self.sha256.as_bytes()) ^ u64::from(self.entry.languages.number()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl Store {
    pub(super) fn fail(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Sqlite { path: self.path.clone(), source }
    }

    /// Returns all entries in corpus order: by source, path, place in the file; missing ones last, by number.
    ///
    /// An entry that declares no language may be in any of `usual`.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn heads(&self, usual: Languages) -> Result<Vec<Head>, StoreError> {
        let sql = "SELECT number, id, family, source, date, language, attributes, sha256, record, missing, text FROM entry ORDER BY number";
        let mut statement = self.connection.prepare(sql).map_err(|error| self.fail(error))?;
        let rows = statement.query_map([], |row| head(raw(row)?, usual)).map_err(|error| self.fail(error))?;
        let heads: Result<Vec<Head>, _> = rows.collect();
        let mut heads = heads.map_err(|error| self.fail(error))?;
        let places = self.places()?;
        heads.sort_by_cached_key(|head| {
            let place = places.get(head.entry.id.as_str()).filter(|_| !head.missing);
            // Numbers follow the order of arrival, which two copies of a study need not share.
            (place.is_none(), place.copied(), head.entry.id.clone())
        });
        Ok(heads)
    }

    /// Returns the place of every entry that some source holds: the source in corpus order, and the position in it.
    fn places(&self) -> Result<HashMap<String, (usize, usize)>, StoreError> {
        let sql = "SELECT path, entries FROM reading ORDER BY rank, path";
        let mut statement = self.connection.prepare(sql).map_err(|error| self.fail(error))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        let mut places = HashMap::new();
        for (source, row) in rows.map_err(|error| self.fail(error))?.enumerate() {
            let (path, entries) = row.map_err(|error| self.fail(error))?;
            let entries: Vec<String> = serde_json::from_str(&entries)
                .map_err(|error| StoreError::Damaged { what: format!("entries of {path}: {error}") })?;
            places.extend(entries.into_iter().enumerate().map(|(position, id)| (id, (source, position))));
        }
        Ok(places)
    }

    /// Returns the current text of an entry by its number.
    ///
    /// # Errors
    /// Fails when the file cannot be read or holds no such text.
    pub fn text(&self, number: u32) -> Result<String, StoreError> {
        let sql = "SELECT blob.content, entry.sha256, entry.id FROM entry JOIN blob ON blob.hash = entry.text WHERE entry.number = ?1";
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            statement.query_row(params![number], columns)
        };
        let (bytes, hash, id): (Vec<u8>, Vec<u8>, String) = read().map_err(|error| self.fail(error))?;
        // What reports vouch for must be what they show: bits may rot, and other programs may write.
        if Hash::of(&bytes).as_bytes().as_slice() != hash {
            let what = format!("the text of entry {id} in {} is not the one that was read", self.path.display());
            return Err(StoreError::Damaged { what });
        }
        String::from_utf8(bytes)
            .map_err(|_| StoreError::Damaged { what: format!("the text of entry {id} is not UTF-8") })
    }

    /// Returns hash, settings hash and encoding of every file that was read without a refusal.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn sources(&self) -> Result<BTreeMap<String, (Hash, Hash, String)>, StoreError> {
        let sql = "SELECT path, sha256, settings, encoding FROM source";
        let mut statement = self.connection.prepare(sql).map_err(|error| self.fail(error))?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?, row.get(3)?)))
            .map_err(|error| self.fail(error))?;
        let mut sources = BTreeMap::new();
        for row in rows {
            let (path, bytes, settings, encoding) = row.map_err(|error| self.fail(error))?;
            if let (Some(bytes), Some(settings)) = (Hash::from_bytes(&bytes), Hash::from_bytes(&settings)) {
                sources.insert(path, (bytes, settings, encoding));
            }
        }
        Ok(sources)
    }

    /// Returns the path of every source that the corpus holds, with the number of its entries.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn readings(&self) -> Result<BTreeMap<String, usize>, StoreError> {
        let sql = "SELECT path, json_array_length(entries) FROM reading";
        let mut statement = self.connection.prepare(sql).map_err(|error| self.fail(error))?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))
            .map_err(|error| self.fail(error))?;
        let counted: Result<BTreeMap<String, i64>, _> = rows.collect();
        let counted = counted.map_err(|error| self.fail(error))?;
        Ok(counted.into_iter().map(|(path, count)| (path, usize::try_from(count).unwrap_or_default())).collect())
    }

    /// Returns what was wrong with the sources when all were read last.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn remarks(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT words FROM remark ORDER BY place";
        let mut statement = self.connection.prepare(sql).map_err(|error| self.fail(error))?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(|error| self.fail(error))?;
        let remarks: Result<Vec<String>, _> = rows.collect();
        remarks.map_err(|error| self.fail(error))
    }

    /// Returns the case register as it was kept.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn register(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT blob.content FROM register JOIN blob ON blob.hash = register.record";
        self.optional_text(sql, [])
    }

    /// Returns the number of the last event: as long as it stays, nobody has written.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn latest(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(max(lamport), 0) FROM event";
        let highest = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(u64::try_from(highest.map_err(|error| self.fail(error))?).unwrap_or_default())
    }

    /// Tells whether a codebook was met before.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn knows_codebook(&self, fingerprint: Hash) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM codebook WHERE fingerprint = ?1";
        let count = self.connection.query_row(sql, params![fingerprint.as_bytes()], |row| row.get::<_, i64>(0));
        Ok(count.map_err(|error| self.fail(error))? > 0)
    }

    /// Returns the fingerprint of the codebook that was in use last.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn codebook_in_use(&self) -> Result<Option<Hash>, StoreError> {
        use rusqlite::OptionalExtension as _;
        // Files of the first versions do not tell when a codebook was in use.
        let sql = "SELECT fingerprint FROM codebook ORDER BY used DESC, fingerprint LIMIT 1";
        let found = self.connection.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).optional();
        Ok(found.map_err(|error| self.fail(error))?.and_then(|bytes| Hash::from_bytes(&bytes)))
    }

    /// Returns the file of a codebook that was met.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn codebook_file(&self, fingerprint: Hash) -> Result<Option<String>, StoreError> {
        let sql = "SELECT blob.content FROM codebook LEFT JOIN alias ON alias.name = codebook.record
             JOIN blob ON blob.hash = coalesce(alias.blob, codebook.record) WHERE codebook.fingerprint = ?1";
        self.optional_text(sql, params![fingerprint.as_bytes()])
    }

    /// Returns one entry by its id.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn head(&self, id: &EntryId, usual: Languages) -> Result<Option<Head>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let sql = "SELECT number, id, family, source, date, language, attributes, sha256, record, missing, text FROM entry WHERE id = ?1";
        let found = self.connection.query_row(sql, params![id.as_str()], |row| head(raw(row)?, usual));
        found.optional().map_err(|error| self.fail(error))
    }

    pub(super) fn optional_text(&self, sql: &str, values: impl rusqlite::Params) -> Result<Option<String>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let bytes = self.connection.query_row(sql, values, |row| row.get::<_, Vec<u8>>(0)).optional();
        let bytes = bytes.map_err(|error| self.fail(error))?;
        let damaged = |_| StoreError::Damaged { what: "a kept text is not UTF-8".to_owned() };
        bytes.map(|bytes| String::from_utf8(bytes).map_err(damaged)).transpose()
    }
}

/// A row of the table of entries as it is read, before its attributes and date are understood.
struct Raw {
    number: u32,
    id: String,
    family: String,
    source: String,
    date: Option<String>,
    language: Option<String>,
    attributes: String,
    sha256: Vec<u8>,
    record: Vec<u8>,
    missing: bool,
    text: Vec<u8>,
}

fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        number: row.get(0)?,
        id: row.get(1)?,
        family: row.get(2)?,
        source: row.get(3)?,
        date: row.get(4)?,
        language: row.get(5)?,
        attributes: row.get(6)?,
        sha256: row.get(7)?,
        record: row.get(8)?,
        missing: row.get::<_, i64>(9)? != 0,
        text: row.get(10)?,
    })
}

fn head(row: Raw, usual: Languages) -> rusqlite::Result<Head> {
    let declared = row.language.map(|code| Language::from_code(&code).unwrap_or(Language::Other));
    let hash = |bytes: &[u8]| {
        Hash::from_bytes(bytes).ok_or_else(|| rusqlite::Error::InvalidColumnName("a hash has 32 bytes".to_owned()))
    };
    Ok(Head {
        sha256: hash(&row.sha256)?,
        record: hash(&row.record)?,
        text: hash(&row.text)?,
        entry: Entry {
            id: EntryId::new(row.id),
            number: row.number,
            source: row.source,
            date: row.date.and_then(|date| PartialDate::parse(&date)),
            languages: declared.map_or(usual, Languages::from),
            attributes: PackedAttributes::from_json(row.attributes),
            text: String::new(),
        },
        family: row.family,
        missing: row.missing,
    })
}
