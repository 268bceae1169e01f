//! Why a deed could not be done, in words for a person.

use std::path::PathBuf;

use thiserror::Error;

use crate::{
    analysis::AnalysisError, query::QueryError, report::chart::ChartError, search::SearchError, store::StoreError,
    table::counted,
};

/// Why a deed could not be done.
#[derive(Debug, Error)]
pub enum WorkflowError {
    /// No `themata.toml` here or above.
    #[error("there is no study in {} or any folder above it: no themata.toml", from.display())]
    NoStudy {
        /// Where the search began.
        from: PathBuf,
    },
    /// A folder for a new study holds something already.
    #[error("{} is there already and is not empty", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("cannot {doing} {}: {source}", path.display())]
    File {
        /// `read`, `write`, or `replace` for a codebook file whose change is kept already.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that a person wrote has errors; the text shows each with its place.
    #[error("{file} cannot be used: {}", counted(*count, "error", "errors"))]
    Findings {
        /// The file.
        file: String,
        /// How many errors.
        count: usize,
        /// All findings, rendered.
        text: String,
    },
    /// A search expression could not be read.
    #[error("{error}")]
    Query {
        /// What was written.
        expression: String,
        /// What is wrong with it.
        error: QueryError,
    },
    /// Something was named that the study does not have.
    #[error("there is no {what} `{name}`")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: String,
        /// The next step.
        hint: String,
    },
    /// Nobody is named who acts.
    #[error("who is coding? no coder is named")]
    Nobody,
    /// What was asked for cannot be done as things stand.
    #[error("{what}")]
    Refused {
        /// What stands in the way.
        what: String,
        /// The next step.
        hint: String,
    },
    /// A value of an attribute was named that nothing has.
    #[error("nothing has `{value}` as {name}")]
    UnknownValue {
        /// The attribute.
        name: String,
        /// The value.
        value: String,
        /// The next step.
        hint: String,
    },
    /// The study file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// Tables.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// Pictures.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// Documents.
    #[error("cannot make {what}: {reason}")]
    Document {
        /// Which document.
        what: String,
        /// Why.
        reason: String,
    },
}

impl WorkflowError {
    /// Returns the next step for a person.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoStudy { .. } => Some(
                "go into a study's folder, name one with --study DIR, or begin one: themata new my-study".to_owned(),
            ),
            Self::NotEmpty { .. } => Some("choose another name".to_owned()),
            Self::File { doing: "replace", .. } => Some(
                "the change is kept, and the next command replaces the file: make room on the disk, or check that you may write there"
                    .to_owned(),
            ),
            Self::File { doing, source, .. } => match source.kind() {
                std::io::ErrorKind::StorageFull
                | std::io::ErrorKind::QuotaExceeded
                | std::io::ErrorKind::FileTooLarge => {
                    Some("the disk is full: make room and type the same again".to_owned())
                }
                std::io::ErrorKind::PermissionDenied => Some(format!("check that you may {doing} there")),
                std::io::ErrorKind::NotFound => Some("check the path".to_owned()),
                std::io::ErrorKind::IsADirectory => Some("this is a folder: name a file in it".to_owned()),
                _ => None,
            },
            Self::Findings { .. } => Some("mend the places shown above and try again".to_owned()),
            Self::Query { error, .. } => error.hint.clone(),
            Self::Nobody => Some(
                "say who with --coder ID, or for good: me = \"your-id\" under [study] in themata.toml (or THEMATA_CODER)".to_owned(),
            ),
            Self::Unknown { hint, .. } | Self::UnknownValue { hint, .. } | Self::Refused { hint, .. } => {
                Some(hint.clone())
            }
            Self::Store(error) => error.hint(),
            Self::Search(SearchError::Busy) => {
                Some("nothing to do: the index is brought up to date when it is free".to_owned())
            }
            Self::Search(error) if error.is_closed_to_us() => {
                Some("nothing is wrong with what is found: it only takes longer".to_owned())
            }
            Self::Search(_) | Self::Analysis(_) => {
                Some("the cache can be deleted: .themata/index and .themata/cache come back by themselves".to_owned())
            }
            Self::Chart(_) | Self::Document { .. } => None,
        }
    }

    /// Returns what should be shown before the message: findings, or the expression with a mark.
    pub fn details(&self) -> Option<String> {
        match self {
            Self::Findings { text, .. } => Some(text.clone()),
            Self::Query { expression, error } => {
                let before = expression.get(..error.span.start).unwrap_or(expression);
                let marked = expression.get(error.span.clone()).unwrap_or_default();
                let (column, width) = (before.chars().count(), marked.chars().count().max(1));
                Some(format!("  {expression}\n  {}{} column {}", " ".repeat(column), "^".repeat(width), column + 1))
            }
            _ => None,
        }
    }
}
