//! Words that are taken out of a study file for good.

use rusqlite::params;
use serde_json::{Map, json};

use super::{Store, StoreError};
use crate::{
    coding::EventKind,
    id::{EntryId, Hash},
};

impl Store {
    /// Removes words by name and writes the events that say so; the freed room is overwritten.
    ///
    /// # Errors
    /// Fails when the file cannot be written; then nothing is removed.
    pub fn forget(&mut self, entries: &[EntryId], names: &[Hash], by: &str) -> Result<(), StoreError> {
        self.connection.execute_batch("PRAGMA secure_delete = ON").map_err(|error| self.fail(error))?;
        let mut writing = self.write(by)?;
        for entry in entries {
            let mut body = Map::new();
            body.insert("entry".to_owned(), json!(entry.as_str()));
            let names: Vec<String> = names.iter().map(Hash::to_string).collect();
            body.insert("names".to_owned(), json!(names));
            writing.log_value(EventKind::EntryForgotten, body, &[])?;
        }
        // Sources that still hold the words are read again, and the words refused.
        writing.run("DELETE FROM source", [])?;
        for name in names {
            let values = params![name.as_bytes()];
            writing.run("DELETE FROM blob WHERE hash IN (SELECT blob FROM alias WHERE name = ?1)", values)?;
            writing.run("DELETE FROM blob WHERE hash = ?1", values)?;
        }
        writing.run("DELETE FROM alias WHERE blob NOT IN (SELECT hash FROM blob)", [])?;
        writing.commit()?;
        // What was deleted must not stand in free pages or in the log beside the file.
        let clean = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
        self.connection.execute_batch(clean).map_err(|error| self.fail(error))
    }

    /// Returns the sources that held some entries when they were read last.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn readings_of(&self, entries: &[EntryId]) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT path FROM reading WHERE EXISTS
               (SELECT 1 FROM json_each(reading.entries) WHERE value = ?1) ORDER BY path";
        let mut paths = Vec::new();
        for entry in entries {
            let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.fail(error))?;
            let rows =
                statement.query_map(params![entry.as_str()], |row| row.get(0)).map_err(|error| self.fail(error))?;
            let found: rusqlite::Result<Vec<String>> = rows.collect();
            paths.extend(found.map_err(|error| self.fail(error))?);
        }
        Ok(paths)
    }

    /// Tells whether anything was ever withheld.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn has_withheld(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM withheld)";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.fail(error))
    }
}
