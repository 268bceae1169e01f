//! Opening and making the study file; bringing older ones up to date.

use std::{fs, path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{FILE, FOLDER, Store, StoreError, log::rebuild};
use crate::disk::{keep_private, private_folder};

/// Marks the file as ours: "them" in ASCII.
const APPLICATION: i64 = 0x7468_656d;

/// Each migration leads from the version of its index to the next.
pub(super) const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql"), include_str!("migrations/0003.sql")];

/// The version that this program writes.
#[allow(clippy::cast_possible_wrap, reason = "there are few migrations")]
const KNOWN: i64 = MIGRATIONS.len() as i64;

impl Store {
    /// Opens the study file below a study's folder; makes it when it is not there. One that may not be written can be read.
    ///
    /// # Errors
    /// Fails when the folder cannot be written, the file is not ours, or a newer program wrote it.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let folder = root.join(FOLDER);
        private_folder(&folder).map_err(|source| StoreError::Folder { path: folder.clone(), source })?;
        let path = folder.join(FILE);
        let sqlite = |source| StoreError::Sqlite { path: path.clone(), source };
        let new = !path.exists();
        if is_emptied(&folder, &path) {
            return Err(StoreError::Empty { path });
        }
        match writable(&path) {
            Ok(mut connection) => {
                if new {
                    keep_private(&path);
                }
                migrate(&mut connection, &path)?;
                Ok(Self { connection, path })
            }
            Err(problem) if is_closed_to_us(&problem) && is_whole(&path) => {
                let connection = to_read(&path).map_err(sqlite)?;
                match version(&connection).map_err(sqlite)? {
                    found if found == KNOWN => Ok(Self { connection, path }),
                    found if found > KNOWN => Err(StoreError::Newer { path, found, known: KNOWN }),
                    // An older one would have to be brought up to date.
                    _ => Err(sqlite(problem)),
                }
            }
            Err(problem) => Err(sqlite(problem)),
        }
    }
}

fn writable(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    // In a folder that may not be written even reading fails, and only now.
    let found = version(&connection)?;
    let mark: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    // A file of a newer program, or of another one, is not touched.
    if mark == APPLICATION && found <= KNOWN && is_begun(&connection) {
        connection.execute_batch("PRAGMA journal_mode = WAL;")?;
    }
    Ok(connection)
}

/// Tells whether something was written. Only then a log is kept beside the file, so that one can read while another writes:
/// what is written first, which is all that there is to read, would be written twice for it.
fn is_begun(connection: &Connection) -> bool {
    // A file without the table is new, or none of ours, which is told where it is brought up to date.
    connection.query_row("SELECT EXISTS (SELECT 1 FROM event)", [], |row| row.get(0)).unwrap_or_default()
}

/// Opens a study file that may not be written, as on a medium or in somebody else's folder, to look at.
pub(super) fn to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri(path, "immutable=1"), flags)
}

/// Names a file as SQLite's URIs do, with how it is to be opened.
pub(super) fn uri(path: &Path, how: &str) -> String {
    let written: String = path.to_string_lossy().chars().flat_map(in_uri).collect();
    format!("file:{written}?{how}")
}

/// Writes the characters that mean something in a URI as SQLite reads them.
fn in_uri(c: char) -> Vec<char> {
    if matches!(c, '%' | '?' | '#') { format!("%{:02X}", u32::from(c)).chars().collect() } else { vec![c] }
}

fn is_closed_to_us(problem: &rusqlite::Error) -> bool {
    let code = problem.sqlite_error_code();
    matches!(code, Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied))
}

/// Tells whether all that was written stands in the file itself: nothing waits in its journal.
fn is_whole(path: &Path) -> bool {
    let is_empty = |ending| fs::metadata(path.with_extension(ending)).map_or(true, |journal| journal.len() == 0);
    path.is_file() && is_empty("db-wal") && is_empty("db-journal")
}

pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Refuses a file that is none of ours, or of another form than that which this program writes.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let sqlite = |source| StoreError::Sqlite { path: path.to_path_buf(), source };
    let mark: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(sqlite)?;
    if mark != APPLICATION {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    let found = version(connection).map_err(sqlite)?;
    if found > KNOWN {
        return Err(StoreError::Newer { path: path.to_path_buf(), found, known: KNOWN });
    }
    Ok(())
}

/// Tells whether the file is empty beside what the program derived from it. A file that is just being made is empty too, but alone.
fn is_emptied(folder: &Path, path: &Path) -> bool {
    let is_empty = fs::metadata(path).is_ok_and(|file| file.len() == 0);
    let derived = |name: std::ffi::OsString| !name.to_string_lossy().starts_with(FILE);
    is_empty && fs::read_dir(folder).is_ok_and(|files| files.flatten().any(|file| derived(file.file_name())))
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let sqlite = |source| StoreError::Sqlite { path: path.to_path_buf(), source };
    let found = version(connection).map_err(sqlite)?;
    if found >= KNOWN {
        return check(connection, path);
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(sqlite)?;
    // Another process may have been quicker.
    let found = version(&transaction).map_err(sqlite)?;
    if found >= KNOWN {
        drop(transaction);
        return check(connection, path);
    }
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sqlite)?;
    let mark: i64 = transaction.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(sqlite)?;
    let ours = mark == APPLICATION;
    if !ours && tables > 0 {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    if found > 0 {
        back_up(&transaction, path)?;
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or_default()) {
        transaction.execute_batch(migration).map_err(sqlite)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(sqlite)?;
    transaction.pragma_update(None, "user_version", KNOWN).map_err(sqlite)?;
    if found > 0 {
        rebuild(&transaction, None).map_err(sqlite)?;
    }
    transaction.commit().map_err(sqlite)
}

/// Copies a study file beside itself before a newer form is made of it; the copy says of which form it is.
fn back_up(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let sqlite = |source| StoreError::Sqlite { path: path.to_path_buf(), source };
    let found = version(connection).map_err(sqlite)?;
    let copy = path.with_extension(format!("db.form-{found}"));
    if copy.exists() {
        return Ok(());
    }
    // Whole or not at all: a program that is stopped meanwhile leaves no copy that looks like one. Nobody else migrates now.
    let half = path.with_extension(format!("db.form-{found}.new"));
    fs::remove_file(&half).unwrap_or_default();
    let mut beside = Connection::open(&half).map_err(sqlite)?;
    keep_private(&half);
    let source = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(sqlite)?;
    rusqlite::backup::Backup::new(&source, &mut beside)
        .and_then(|backup| backup.run_to_completion(1024, Duration::ZERO, None))
        .map_err(sqlite)?;
    beside.close().map_err(|(_, source)| sqlite(source))?;
    fs::rename(&half, &copy).map_err(|source| StoreError::Folder { path: copy, source })
}
