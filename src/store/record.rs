//! What is known about an entry beside its text, as it lies in a blob.

use serde::{Deserialize, Serialize};

use crate::{corpus::Attributes, id::Hash};

/// Place, date and attributes of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRecord {
    /// What entries of one name share (see `ingest`).
    pub family: String,
    /// Path of the source.
    pub source: String,
    /// Date in its written form.
    pub date: Option<String>,
    /// Language code, when the entry or its source names one.
    pub language: Option<String>,
    /// Further named values.
    pub attributes: Attributes,
}

impl EntryRecord {
    /// Returns the record as JSON; keys stand in the order of the fields, attributes sorted.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Hashes the record.
    pub fn hash(&self) -> Hash {
        Hash::of(self.to_json())
    }
}

/// One source as it was read: its place in the corpus and its entries in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Path relative to the study.
    pub path: String,
    /// Index of its `[[source]]`.
    pub rank: usize,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Encoding in which it was read.
    pub encoding: String,
    /// Ids of its entries in the order of the file.
    pub entries: Vec<String>,
}
