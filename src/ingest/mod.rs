//! Sources to entries: which files there are, what each says, and which entry of the study is which.
//!
//! Nothing here fails as a whole: what cannot be read is a [`Refusal`] with its place, reason and cure, and the rest goes on.
//! Keeping entries and their revisions is the store's work; texts come out normalised.

mod cases;
mod csv_rows;
mod decode;
mod file_name;
mod front_matter;
mod importer;
mod json_lines;
mod list;
mod markdown;
mod order;
mod pair;
mod plain;
mod read;
#[cfg(test)]
mod real_data;
mod rows;
mod split;
#[cfg(test)]
mod tests;
mod unreadable;
mod walk;

pub use cases::read_cases;
pub use list::{Listed, list};
pub use pair::{Incoming, Known, Outcome, Pairing, pair};
pub use read::read_file;

use crate::{
    corpus::{Attributes, PartialDate},
    id::Hash,
    text::Language,
};

/// A file that a source names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the study with `/` between folders; absolute when the setting is.
    pub path: String,
    /// Index of its `[[source]]`.
    pub rank: usize,
    /// Hash of its bytes.
    pub bytes: Hash,
}

/// One reflection as a file gives it, before it is known which entry of the study it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadEntry {
    /// The id that the source itself gives it.
    pub declared: Option<String>,
    /// What entries of one name share: the declared id, else stem and date, else the stem.
    pub family: String,
    /// Path of its file, as in [`SourceFile`].
    pub source: String,
    /// Line of the file on which it begins, from 1.
    pub line: usize,
    /// When it was written, as far as the source says so.
    pub date: Option<PartialDate>,
    /// Its language, when the entry or the settings say so.
    pub language: Option<Language>,
    /// Further named values; an empty value is left out.
    pub attributes: Attributes,
    /// Normalised text without blank lines around.
    pub text: String,
}

impl ReadEntry {
    /// Returns the hash of its text.
    pub fn text_hash(&self) -> Hash {
        Hash::of(&self.text)
    }
}

/// Something that could not be read, or that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// File, or `file:line`.
    pub place: String,
    /// What is wrong, in lower case without a full stop.
    pub reason: String,
    /// The next step.
    pub hint: Option<String>,
}

/// All that one file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileReading {
    /// In which encoding it was read, such as `UTF-8` or `windows-1252 (detected)`; empty when it was not.
    pub encoding: String,
    /// Nothing could be taken from the file although it is not empty: what it holds is not known.
    pub unread: bool,
    /// The entries in the order of the file.
    pub entries: Vec<ReadEntry>,
    /// What could not be read.
    pub refusals: Vec<Refusal>,
    /// What was read but needs a look.
    pub warnings: Vec<Refusal>,
}
