//! What can go wrong with the study file, and what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why the study file could not be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The folder for the study file could not be made.
    #[error("cannot make {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another copy of the study could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("{}", refused(path, source))]
    Sqlite {
        /// The study file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file was written by a newer program.
    #[error("the study file {} was written by a newer themata (format {found}, this one knows {known})", path.display())]
    Newer {
        /// The study file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// The file is a database, but not one of ours.
    #[error("{} is not a study file of themata", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// What should be merged is neither a study file nor a bundle.
    #[error("{} is no copy of a study", path.display())]
    NoCopy {
        /// The file.
        path: PathBuf,
    },
    /// What should be merged is another study.
    #[error("{} is another study: it has no event and no text in common with this one", path.display())]
    Stranger {
        /// The file.
        path: PathBuf,
    },
    /// Another process wrote between our reading and our writing.
    #[error("another themata changed this study in the meantime")]
    Overtaken,
    /// The file is empty although the study was worked on.
    #[error("the study file {} is empty: it was cut off or overwritten", path.display())]
    Empty {
        /// The study file.
        path: PathBuf,
    },
    /// Something in the file does not fit.
    #[error("the study file is damaged: {what}")]
    Damaged {
        /// What does not fit.
        what: String,
    },
}

/// Says in plain words what SQLite refused.
fn refused(path: &Path, source: &rusqlite::Error) -> String {
    let path = path.display();
    if is_damage(source) {
        format!("the study file {path} is damaged: {source}")
    } else {
        format!("cannot use the study file {path}: {source}")
    }
}

fn is_damage(source: &rusqlite::Error) -> bool {
    // What lies in a cell may be damaged as well as the file around it.
    matches!(source.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
        || source.to_string().contains("malformed")
}

/// What to do with a study file that cannot be read. Only a person may decide that it is lost.
const RESTORE: &str = "keep it as it is, under another name, and put your last copy of study.db in its place; without a copy, \
                       `themata run` reads the sources again, but what people coded, decided and noted is not in them";

/// What to do first with one that can be read in parts.
const REBUILD: &str = "`themata verify` says what does not fit; when the log is sound, `themata verify --rebuild` makes all tables \
                       anew. Else ";

impl StoreError {
    /// Returns the next step for a person.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Folder { .. } => Some("check that you may write in the study's folder".to_owned()),
            Self::Newer { .. } => Some("install the newer themata; the file was left as it is".to_owned()),
            Self::Foreign { .. } => Some("move that file away; themata keeps its own study.db there".to_owned()),
            Self::Copy { .. } => Some("check the path".to_owned()),
            Self::NoCopy { .. } => Some(
                "name the study.db of a copy, which lies in its folder .themata, or a file of `themata export log`"
                    .to_owned(),
            ),
            Self::Stranger { .. } => Some(
                "nothing was changed. Copies that began apart join once both have read the same entries: themata run"
                    .to_owned(),
            ),
            Self::Overtaken => Some("nothing of this deed was kept; type the same again".to_owned()),
            Self::Damaged { .. } => Some(format!("{REBUILD}{RESTORE}")),
            Self::Empty { .. } => Some(RESTORE.to_owned()),
            Self::Sqlite { source, .. } if is_damage(source) => Some(RESTORE.to_owned()),
            Self::Sqlite { source, .. } => match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Some("another themata is working on this study; wait until it is done".to_owned())
                }
                Some(ErrorCode::SystemIoFailure) => {
                    Some("the disk may be full or failing; nothing of this deed was kept".to_owned())
                }
                Some(ErrorCode::DiskFull) => Some("the disk is full; nothing of this deed was kept".to_owned()),
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                    Some("check that you may write in the study's folder and in .themata".to_owned())
                }
                _ => None,
            },
        }
    }
}
