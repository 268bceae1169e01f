//! The full-text index: which entries can match an expression. It may propose too many, never too few.
//!
//! Its tokens and stems come from `text`, not from tantivy. Derived: it can be deleted and is built again.

mod candidates;
mod keys;
mod refresh;

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

use tantivy::{
    Index as Tantivy,
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};
use thiserror::Error;

use crate::text::{Languages, SEGMENTATION, STEMMER};

pub use candidates::Candidates;

/// The folder below `.themata`.
pub const FOLDER: &str = "index";

/// The file beside it whose lock is the right to use it.
const LOCK: &str = "index.lock";

/// Why the index could not be used.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The folder could not be made or emptied.
    #[error("cannot use {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process has had it for some seconds.
    #[error("another themata is using the index")]
    Busy,
    /// Tantivy refused.
    #[error("cannot use the index: {}", plainly(.0))]
    Index(#[from] tantivy::TantivyError),
}

impl SearchError {
    /// Tells whether the index may be there and whole, but cannot be written.
    pub fn is_closed_to_us(&self) -> bool {
        matches!(self, Self::Index(tantivy::TantivyError::LockFailure(..)))
    }
}

fn plainly(error: &tantivy::TantivyError) -> String {
    match error {
        tantivy::TantivyError::LockFailure(..) => "its folder cannot be written".to_owned(),
        other => other.to_string(),
    }
}

/// An entry as the index knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indexed {
    /// Number of the entry.
    pub number: u32,
    /// What changes with its text or languages.
    pub mark: u64,
    /// The languages that its sentences may be in.
    pub languages: Languages,
}

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
struct Fields {
    number: Field,
    mark: Field,
    key: Field,
}

/// The open index.
#[derive(Debug)]
pub struct Index {
    tantivy: Tantivy,
    fields: Fields,
    /// Held as long as the index is open, so that no other process takes it for damaged while it is being built.
    _turn: Option<File>,
}

/// How often the index is asked for, and how long is waited between: some seconds in all.
const ASKED: usize = 30;
const BETWEEN: Duration = Duration::from_millis(100);

/// Waits some seconds until no other process has the index open. Where files cannot be locked, everyone goes on at once: the worst
/// is an index that has to be built again.
fn turn(study_folder: &Path) -> Result<Option<File>, SearchError> {
    let Ok(file) = File::create(study_folder.join(LOCK)) else { return Ok(None) };
    for _ in 0..ASKED {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    Err(SearchError::Busy)
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // Which entries have a key is all that is asked: neither positions nor lengths.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let keys = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        number: builder.add_u64_field("number", INDEXED | FAST),
        mark: builder.add_u64_field("mark", FAST),
        key: builder.add_text_field("key", keys),
    };
    (builder.build(), fields)
}

impl Index {
    /// Opens the index below `.themata`; makes it, or makes it anew when other rules built it or it is damaged.
    ///
    /// # Errors
    /// Fails when the folder cannot be written, or another process does not give the index away.
    pub fn open(study_folder: &Path) -> Result<Self, SearchError> {
        let path = study_folder.join(FOLDER);
        let folder = |source| SearchError::Folder { path: path.clone(), source };
        let (schema, fields) = schema();
        let turn = turn(study_folder)?;
        if let Ok(tantivy) = Tantivy::open_in_dir(&path) {
            let rules = tantivy.load_metas().ok().and_then(|metas| metas.payload);
            if tantivy.schema() == schema && rules.is_some_and(|rules| rules == Self::rules()) {
                return Ok(Self { tantivy, fields, _turn: turn });
            }
        }
        if path.exists() {
            std::fs::remove_dir_all(&path).map_err(folder)?;
        }
        crate::disk::private_folder(&path).map_err(folder)?;
        Ok(Self { tantivy: Tantivy::create_in_dir(&path, schema)?, fields, _turn: turn })
    }

    /// Names the rules that built the index.
    fn rules() -> String {
        format!("{SEGMENTATION}; {STEMMER}; index 3")
    }
}
