//! The study as it follows from its log, worked out beside the file: to compare with it, or to see it as it was.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{
    Store, StoreError,
    log::{Moment, rebuild},
    open::{MIGRATIONS, uri},
};

/// What a scratch copy reads from the file itself.
const SHARED: [&str; 6] = ["event", "blob", "secret", "alias", "head", "pending"];

impl Store {
    /// Replays the log up to a moment, or all of it, into memory; texts stay in the file. Nothing can be written there.
    ///
    /// # Errors
    /// Fails when the file cannot be read or an event of the log does not fit.
    pub fn scratch(&self, until: Option<Moment>) -> Result<Self, StoreError> {
        let sqlite = |source| self.fail(source);
        let connection = self.beside().map_err(sqlite)?;
        rebuild(&connection, until).map_err(sqlite)?;
        Ok(Self { connection, path: self.path.clone() })
    }

    /// Opens an empty study in memory that sees the log and the words of the file.
    pub(super) fn beside(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_in_memory_with_flags(flags)?;
        for migration in MIGRATIONS {
            connection.execute_batch(migration)?;
        }
        for table in SHARED {
            connection.execute(&format!("DROP TABLE main.{table}"), [])?;
        }
        let read_only = self.connection.is_readonly(rusqlite::MAIN_DB)?;
        attach(&connection, &self.path, if read_only { "immutable=1" } else { "mode=ro" })?;
        Ok(connection)
    }
}

fn attach(connection: &Connection, path: &Path, how: &str) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.execute("ATTACH DATABASE ?1 AS study", [uri(path, how)]).map(drop)
}
