//! Opening and making the study file; bringing older ones up to date.

use std::{fs, path::Path, time::Duration};

use rusqlite::Connection;

use super::{FILE, FOLDER, Store, StoreError};

/// Marks the file as ours: "them" in ASCII.
const APPLICATION: i64 = 0x7468_656d;

/// Each migration leads from the version of its index to the next.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql")];

impl Store {
    /// Opens the study file below a study's folder; makes it when it is not there.
    ///
    /// # Errors
    /// Fails when the folder cannot be written, the file is not ours, or a newer program wrote it.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let folder = root.join(FOLDER);
        private_folder(&folder)?;
        let path = folder.join(FILE);
        let sqlite = |source| StoreError::Sqlite { path: path.clone(), source };
        let new = !path.exists();
        if is_emptied(&folder, &path) {
            return Err(StoreError::Empty { path });
        }
        let mut connection = Connection::open(&path).map_err(sqlite)?;
        if new {
            private_file(&path);
        }
        connection.busy_timeout(Duration::from_secs(5)).map_err(sqlite)?;
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            .map_err(sqlite)?;
        migrate(&mut connection, &path)?;
        Ok(Self { connection, path })
    }
}

/// Tells whether the file is empty beside what the program derived from it. A file that is just being made is empty too, but alone.
fn is_emptied(folder: &Path, path: &Path) -> bool {
    let is_empty = fs::metadata(path).is_ok_and(|file| file.len() == 0);
    let derived = |name: std::ffi::OsString| !name.to_string_lossy().starts_with(FILE);
    is_empty && fs::read_dir(folder).is_ok_and(|files| files.flatten().any(|file| derived(file.file_name())))
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let sqlite = |source| StoreError::Sqlite { path: path.to_path_buf(), source };
    let number =
        |connection: &Connection, pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found = number(connection, "user_version").map_err(sqlite)?;
    if found == known {
        return Ok(());
    }
    if found > known {
        return Err(StoreError::Newer { path: path.to_path_buf(), found, known });
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(sqlite)?;
    // Another process may have been quicker.
    let found = number(&transaction, "user_version").map_err(sqlite)?;
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sqlite)?;
    let ours = number(&transaction, "application_id").map_err(sqlite)? == APPLICATION;
    if !ours && tables > 0 {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or_default()) {
        transaction.execute_batch(migration).map_err(sqlite)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(sqlite)?;
    transaction.pragma_update(None, "user_version", known).map_err(sqlite)?;
    transaction.commit().map_err(sqlite)
}

/// Makes the folder so that only its owner can look inside: these are words about people.
fn private_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::Folder { path: folder.to_path_buf(), source })
}

/// Lets only the owner read and write; where the system has no such modes the folder's own rules hold.
fn private_file(path: &Path) {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        // The folder is private already; a file system without modes is no reason to stop.
        fs::set_permissions(path, mode).unwrap_or_default();
    }
    #[cfg(not(unix))]
    let _ = path;
}
