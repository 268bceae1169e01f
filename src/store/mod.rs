//! The study file `.themata/study.db`: the log of events, the words they name, and the tables that follow by replay.
//!
//! The only SQL of the program. Writing happens in one [`Writing`] a deed: all of it or none.

mod acts;
mod bundle;
mod error;
mod forget;
mod log;
mod merge;
mod notes;
mod open;
mod read;
mod record;
mod replay;
mod replay_acts;
mod scratch;
mod verify;
mod write;

use std::path::PathBuf;

use rusqlite::Connection;

pub use acts::{Act, Operation};
pub use bundle::{ExportError, Exported, WithTexts};
pub use error::StoreError;
pub use log::{Logged, Moment};
pub use merge::Merged;
pub use notes::FullyRead;
pub use read::Head;
pub use record::{EntryRecord, Reading};
pub use verify::Verified;
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
