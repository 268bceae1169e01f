//! Tables as values: rows with counts, denominators, and percentages that may be undefined with a reason.

mod evidence;
mod long;
mod measure;
mod number;
mod percent;
mod plural;
mod together;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use evidence::{Evidence, EvidenceOf};
pub use long::{LongCells, LongColumn, long};
pub use measure::{Further, Measure, Value};
pub use number::number;
pub use percent::{FEW_UNITS, NO_DENOMINATOR, Percent, Precision, percent};
pub use plural::{counted, plural};
pub use together::Together;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A coded stretch; overlapping stretches of one row count once.
    Segment,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A reflection.
    Entry,
    /// A person or patient of the case register.
    Case,
    /// A person who wrote entries.
    Participant,
    /// A code of the codebook.
    Code,
}

impl Unit {
    /// Every unit, from small to large.
    pub const ALL: [Self; 7] =
        [Self::Segment, Self::Sentence, Self::Paragraph, Self::Entry, Self::Case, Self::Participant, Self::Code];

    /// Reads the singular word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.word(1) == word)
    }

    /// Returns the singular or plural word for a number of them.
    pub fn word(self, n: u64) -> &'static str {
        let (one, many) = match self {
            Self::Segment => ("segment", "segments"),
            Self::Sentence => ("sentence", "sentences"),
            Self::Paragraph => ("paragraph", "paragraphs"),
            Self::Entry => ("entry", "entries"),
            Self::Case => ("case", "cases"),
            Self::Participant => ("participant", "participants"),
            Self::Code => ("code", "codes"),
        };
        plural(n, one, many)
    }
}

/// Which codings a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Counts {
    /// Accepted suggestions and people's codings.
    Accepted,
    /// Suggestions that nobody decided on.
    Suggested,
    /// Both.
    All,
    /// Suggestions that were rejected; no table counts them, but they can be listed.
    Rejected,
}

impl Counts {
    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Accepted, Self::Suggested, Self::All, Self::Rejected];
        all.into_iter().find(|counts| counts.word() == word)
    }

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Suggested => "suggested",
            Self::All => "all",
            Self::Rejected => "rejected",
        }
    }
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A theme of the codebook.
    Theme,
    /// A code of the codebook.
    Code,
    /// A value of an attribute.
    Value,
}

impl Level {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Code => "code",
            Self::Value => "value",
        }
    }
}

/// One count with its denominator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Id of the theme or code, or the attribute's value.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// What it stands for.
    pub level: Level,
    /// Id of the theme or code above it.
    pub parent: Option<String>,
    /// Value of the column's attribute, in tables that have columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Month, in a trend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// Id of the second code, in pairs of codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Units counted; `None` when the count is hidden.
    pub n: Option<u64>,
    /// Units that could have been counted.
    #[serde(rename = "N")]
    pub total: u64,
    /// Units of which nothing is known; not in N.
    pub missing: u64,
    /// `n` of `N` in percent.
    pub percent: Option<Percent>,
    /// Why there is no percentage.
    pub percent_reason: Option<String>,
    /// What is counted.
    pub unit: Unit,
    /// Name under which `themata segments` lists what is behind `n`.
    pub evidence: String,
    /// Why `n` is hidden, when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
    /// What else is known.
    #[serde(flatten)]
    pub further: Further,
}

/// Why a count is not shown: it could tell who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suppressed {
    /// It is small: below this number.
    Primary(u64),
    /// A small one could be worked out from it.
    Complementary,
}

impl Suppressed {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Primary(_) => "primary",
            Self::Complementary => "complementary",
        }
    }
}

impl Serialize for Suppressed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Row {
    /// Makes a row of a count: without a place under others, a percentage, or anything further.
    pub fn of(
        level: Level,
        (id, label): (String, String),
        unit: Unit,
        (n, total): (u64, u64),
        evidence: &Evidence,
    ) -> Self {
        Self {
            id,
            label,
            level,
            parent: None,
            column: None,
            month: None,
            with: None,
            n: Some(n),
            total,
            missing: 0,
            percent: None,
            percent_reason: None,
            unit,
            evidence: evidence.to_string(),
            suppressed: None,
            further: Further::default(),
        }
    }

    /// Sets the percentage, or why there is none.
    pub fn share(self, percent: Option<Percent>, otherwise: &str) -> Self {
        Self { percent, percent_reason: percent.is_none().then(|| otherwise.to_owned()), ..self }
    }

    /// Returns the count as people read it: `<11` for a small one that is hidden, a dash for one that would give it away.
    pub fn count(&self) -> String {
        match (self.n, self.suppressed) {
            (Some(n), _) => number(n),
            (None, Some(Suppressed::Primary(below))) => format!("<{below}"),
            (None, _) => "—".to_owned(),
        }
    }
}

/// What is known of one line of a table with columns: a row of each column together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineFacts {
    /// Id of the theme, code or value.
    pub id: String,
    /// What is known.
    #[serde(flatten)]
    pub further: Further,
}

/// Of which entries a table is; what figures must say of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basis {
    /// Only entries that the counted coders have read in full are in N.
    pub only_read: bool,
    /// In a trend: how many entries there are in each month that has any, and how many of them are in N.
    pub months: BTreeMap<String, (u64, u64)>,
}

/// A table: counts with what they count, of how many, and what a reader must know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Kind and name, such as `frequency` or `attribute need`.
    pub table: String,
    /// Caption for people; not part of the JSON contract.
    #[serde(skip)]
    pub title: String,
    /// What is counted.
    pub unit: Unit,
    /// Which codings are counted; `None` where no codings are.
    pub counts: Option<Counts>,
    /// Whose codings are counted; `None` where no codings are.
    pub coder: Option<String>,
    /// Units in the whole table.
    #[serde(rename = "N")]
    pub total: u64,
    /// Of which entries it is; not part of the JSON contract, as the notes say it.
    #[serde(skip)]
    pub basis: Basis,
    /// What was asked for.
    pub parameters: BTreeMap<String, String>,
    /// Sentences that belong under the table.
    pub notes: Vec<String>,
    /// The counts.
    pub rows: Vec<Row>,
    /// Tests of whole lines, when they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<LineFacts>,
}
