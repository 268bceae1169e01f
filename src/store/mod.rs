//! The study file `.themata/study.db`: the log of events, the words they name, and the tables that follow by replay.
//!
//! The only SQL of the program. Writing happens in one [`Writing`] a deed: all of it or none.

mod error;
mod open;
mod read;
mod record;
mod replay;
mod write;

use std::path::PathBuf;

use rusqlite::Connection;

pub use error::StoreError;
pub use read::Head;
pub use record::{EntryRecord, Reading};
pub use write::Writing;

/// The folder for all that the program keeps about a study.
pub const FOLDER: &str = ".themata";
/// The study file in that folder.
pub const FILE: &str = "study.db";

/// An open study file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}
