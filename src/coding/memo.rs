//! Notes of coders on anything, of the kinds that the field tells apart.

use std::fmt;

use crate::id::{CoderId, Hash};

/// What a memo is for (methods §4.2; Birks, Chapman & Francis 2008).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemoKind {
    /// What it could mean.
    Theoretical,
    /// What was done and why.
    Methodological,
    /// How the coder's own position shapes the reading.
    Reflexive,
    /// What could harm the people in the texts.
    Ethical,
    /// What speaks against a theme.
    NegativeCase,
}

impl MemoKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Theoretical, Self::Methodological, Self::Reflexive, Self::Ethical, Self::NegativeCase];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Theoretical => "theoretical",
            Self::Methodological => "methodological",
            Self::Reflexive => "reflexive",
            Self::Ethical => "ethical",
            Self::NegativeCase => "negative-case",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a memo is on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemoOn {
    /// The study as a whole.
    Study,
    /// A code.
    Code(String),
    /// A theme.
    Theme(String),
    /// An entry.
    Entry(String),
    /// A stretch of an entry: its id and code points.
    Segment(String, u32, u32),
    /// A decision or another event of the log.
    Decision(String),
}

impl MemoOn {
    /// Reads the written form; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "study" {
            return Some(Self::Study);
        }
        let (what, name) = text.split_once('=').filter(|(_, name)| !name.is_empty())?;
        match what {
            "code" => Some(Self::Code(name.to_owned())),
            "theme" => Some(Self::Theme(name.to_owned())),
            "entry" => Some(Self::Entry(name.to_owned())),
            "decision" => Some(Self::Decision(name.to_owned())),
            "segment" => {
                let (entry, range) = name.rsplit_once(':')?;
                let (start, end) = range.split_once("..")?;
                let (start, end) = (start.parse().ok()?, end.parse().ok()?);
                (start < end && !entry.is_empty()).then(|| Self::Segment(entry.to_owned(), start, end))
            }
            _ => None,
        }
    }
}

impl fmt::Display for MemoOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Study => f.write_str("study"),
            Self::Code(id) => write!(f, "code={id}"),
            Self::Theme(id) => write!(f, "theme={id}"),
            Self::Entry(id) => write!(f, "entry={id}"),
            Self::Segment(entry, start, end) => write!(f, "segment={entry}:{start}..{end}"),
            Self::Decision(event) => write!(f, "decision={event}"),
        }
    }
}

/// A memo as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memo {
    /// The event that wrote it first.
    pub id: Hash,
    /// Who wrote it last.
    pub coder: CoderId,
    /// When it was written last, by the clock of that machine.
    pub at: String,
    /// What it is on, in its written form.
    pub on: String,
    /// For a stretch: the text of the entry that it is counted in, by name.
    pub text: Option<Hash>,
    /// What it is for.
    pub kind: MemoKind,
    /// The words; `None` when they are not here: withheld, or in another copy.
    pub words: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_read_back() {
        for text in ["study", "code=fear", "theme=t", "entry=a:b", "segment=a:b:3..7", "decision=0af3"] {
            assert_eq!(MemoOn::parse(text).map(|on| on.to_string()).as_deref(), Some(text));
        }
        for text in ["", "code=", "segment=a", "segment=a:7..3", "page=1"] {
            assert_eq!(MemoOn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn kinds_read_back() {
        assert!(MemoKind::ALL.into_iter().all(|kind| MemoKind::from_word(kind.word()) == Some(kind)));
    }
}
