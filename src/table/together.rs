//! How close two codes must stand to count as a pair.

use super::Unit;

/// The level at which codes occur together (ATLAS.ti calls the first two co-occurrence of quotations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Together {
    /// On exactly the same segment.
    Segment,
    /// On segments that overlap.
    Overlap,
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
    /// In one entry.
    Entry,
}

impl Together {
    /// Every level, from close to far.
    pub const ALL: [Self; 5] = [Self::Segment, Self::Overlap, Self::Sentence, Self::Paragraph, Self::Entry];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Overlap => "overlap",
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Entry => "entry",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }

    /// Returns what is counted there.
    pub fn unit(self) -> Unit {
        match self {
            Self::Segment | Self::Overlap => Unit::Segment,
            Self::Sentence => Unit::Sentence,
            Self::Paragraph => Unit::Paragraph,
            Self::Entry => Unit::Entry,
        }
    }

    /// Says it in a sentence: `on the same segment`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Segment => "on the same segment",
            Self::Overlap => "on overlapping segments",
            Self::Sentence => "in the same sentence",
            Self::Paragraph => "in the same paragraph",
            Self::Entry => "in the same entry",
        }
    }
}
