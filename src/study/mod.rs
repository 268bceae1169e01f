//! The settings of a study: what `themata.toml` says.
//!
//! Reading the sources it names is `ingest`'s work; this module only understands the file.

mod read;
mod report;

use std::collections::BTreeMap;

use regex::Regex;

pub use read::read;
pub use report::{CaptionStyle, KINDS, ReportSettings, TableRequest};

use crate::{corpus::DateFormat, id::CoderId, text::Language};

/// Name of the settings file at the top of a study.
pub const FILE: &str = "themata.toml";

/// Everything `themata.toml` says.
#[derive(Debug, Clone)]
pub struct Study {
    /// Short name.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Path of the active codebook, relative to the study.
    pub codebook: String,
    /// Role of the writer, for attributions: `Immigration legal navigator`.
    pub author_role: Option<String>,
    /// Bundles of other copies that `run` joins, relative to the study.
    pub merge: Vec<String>,
    /// Attribute of entries that says who wrote them.
    pub participant: String,
    /// Smallest number of persons that may be shown; none is hidden when not given.
    pub min_cell: Option<u64>,
    /// Who decides when no coder is named.
    pub me: Option<CoderId>,
    /// Where entries come from, in order.
    pub sources: Vec<Source>,
    /// The case register.
    pub cases: Option<Cases>,
    /// People who code: id and name.
    pub coders: Vec<(CoderId, String)>,
    /// What the report shows.
    pub report: ReportSettings,
}

/// One `[[source]]`.
#[derive(Debug, Clone)]
pub struct Source {
    /// File or glob, relative to the study.
    pub path: String,
    /// How one file becomes entries.
    pub split: Split,
    /// How dates are written.
    pub date_format: Option<DateFormat>,
    /// Year of the first entry, for dates without one; it goes up when the months start again.
    pub first_year: Option<u16>,
    /// Pattern of the file name (without folder and ending); named groups are attributes.
    pub name: Option<Regex>,
    /// Column of the id, in tables.
    pub id_column: Option<String>,
    /// Column of the date, in tables.
    pub date_column: Option<String>,
    /// Column of the text, in tables.
    pub text_column: Option<String>,
    /// Language of the entries when they do not say.
    pub language: Option<Language>,
    /// Encoding, when detection is wrong.
    pub encoding: Option<String>,
    /// Attributes of every entry of this source.
    pub attributes: BTreeMap<String, String>,
}

/// How one file becomes entries.
#[derive(Debug, Clone)]
pub enum Split {
    /// The file is one entry.
    None,
    /// A new entry at every heading of the highest level that occurs more than once; the heading is the entry's first line.
    Heading,
    /// A new entry after so many blank lines.
    Blank(usize),
    /// A new entry at every line that matches; what stands before the first match belongs to no entry.
    Pattern(Regex),
}

/// `[cases]`.
#[derive(Debug, Clone)]
pub struct Cases {
    /// CSV file, relative to the study.
    pub path: String,
    /// Column of the id.
    pub id: String,
}
