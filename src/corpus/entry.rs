//! One reflection and what is known about it.

use serde::{Deserialize, Serialize};

use super::{PackedAttributes, PartialDate};
use crate::{
    id::EntryId,
    text::{Language, Languages},
};

/// An entry as the study holds it: the text is normalised and never changes under one hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name for as long as the study lives.
    pub id: EntryId,
    /// Number in the study file: given once, in order of first sight, never reused.
    pub number: u32,
    /// Path of its source, relative to the study, with `/` between folders.
    pub source: String,
    /// When it was written, as far as it says so.
    pub date: Option<PartialDate>,
    /// The one language it is in, when it declares one or the codebook names one; else those that its sentences may be in.
    pub languages: Languages,
    /// Further named values.
    pub attributes: PackedAttributes,
    /// Normalised text.
    pub text: String,
}

impl Entry {
    /// Returns the value of an attribute, its own or a [given](GIVEN) one.
    pub fn attribute(&self, name: &str) -> Option<String> {
        match name {
            "month" => self.date.and_then(PartialDate::month_label),
            "year" => self.date.and_then(|date| date.year).map(|year| format!("{year:04}")),
            "date" => self.date.map(|date| date.to_string()),
            "source" => Some(self.source.clone()),
            // Of an entry whose sentences may be in several languages none is known.
            "language" => self.languages.only().map(Language::code).map(str::to_owned),
            _ => self.attributes.get(name).filter(|value| !value.is_empty()),
        }
    }
}

/// Names that mean something for every entry, and what: no source can give them another meaning.
pub const GIVEN: [(&str, &str); 6] = [
    ("date", "an entry's date"),
    ("language", "the language of an entry"),
    ("month", "the month of an entry's date"),
    ("section", "the heading above the words"),
    ("source", "the file that an entry is read from"),
    ("year", "the year of an entry's date"),
];

/// Returns what a [given](GIVEN) name means; upper and lower case are the same.
pub fn given(name: &str) -> Option<&'static str> {
    GIVEN.iter().find(|(given, _)| name.to_lowercase() == *given).map(|(_, meaning)| *meaning)
}

/// What an ingest found about one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryStatus {
    /// Seen for the first time.
    Added,
    /// The text changed.
    Revised,
    /// The same text in another place.
    Moved,
    /// The same text in the same place.
    Unchanged,
    /// The same text as an earlier entry: listed and kept.
    Duplicate,
    /// Its source is gone: kept, listed, out of N.
    Missing,
    /// Could not be read; the reason is listed.
    Refused,
}

impl EntryStatus {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Revised => "revised",
            Self::Moved => "moved",
            Self::Unchanged => "unchanged",
            Self::Duplicate => "duplicate",
            Self::Missing => "missing",
            Self::Refused => "refused",
        }
    }
}
