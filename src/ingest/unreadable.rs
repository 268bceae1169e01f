//! Why a file as a whole could not be read, and what to do about it.

use super::Refusal;

/// Largest file that is read, in bytes.
pub(super) const MAX_FILE: u64 = 2 << 30;
/// Largest text of one entry, in bytes.
pub(super) const MAX_TEXT: usize = 256 << 20;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("is larger than 2 GiB")]
    FileTooLarge,
    #[error("looks like a binary file")]
    Binary,
    #[error("encoding `{0}` is not known")]
    UnknownEncoding(String),
    #[error("is {what}, which is not read")]
    Kind { what: &'static str, cure: &'static str },
    #[error("leads outside the study")]
    Outside,
    #[error("is a pipe, a device or a socket, not a file")]
    NoFile,
    #[error("the name of the file is not Unicode")]
    Name,
}

impl Unreadable {
    /// Tells whether there is a file all the same, so that what it held is not gone.
    pub(super) fn is_there(&self) -> bool {
        !matches!(self, Self::Io(error) if error.kind() == std::io::ErrorKind::NotFound)
    }

    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Io(_) => None,
            Self::FileTooLarge => Some("cut it into several files"),
            Self::Binary => Some("save it as text (UTF-8), or give its `encoding` in [[source]]"),
            Self::UnknownEncoding(_) => Some("names such as utf-8, windows-1252, iso-8859-1, utf-16le"),
            Self::Kind { cure, .. } => Some(cure),
            Self::Outside => Some("copy it into the study, or give its absolute path in [[source]]"),
            Self::NoFile => Some("take it away, or write `path` in [[source]] so that it does not fit"),
            Self::Name => Some("rename it in letters that every program reads, such as `cafe.txt`"),
        }
    }

    /// Makes the refusal of a file.
    pub(super) fn refuse(&self, place: &str) -> Refusal {
        Refusal { place: place.to_owned(), reason: self.to_string(), hint: self.hint().map(str::to_owned) }
    }
}
