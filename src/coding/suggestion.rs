//! A hit turned into a proposed coding.

use std::ops::Range;

use smallvec::SmallVec;

use crate::text::Span;

/// Places of words; most suggestions have one or two.
pub type Evidence = SmallVec<[Span; 2]>;

/// A code proposed for a stretch of an entry, with the rule and the words that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Index of the code in the codebook.
    pub code: u32,
    /// Index of the rule in the code.
    pub rule: u32,
    /// What is coded: the unit that the code asks for.
    pub span: Span,
    /// The words that matched, in text order, without overlap.
    pub evidence: Evidence,
    /// All evidence is negated.
    pub negated: bool,
    /// Indices of the sentences under the span.
    pub sentences: Range<u32>,
    /// Indices of the paragraphs under the span.
    pub paragraphs: Range<u32>,
    /// Index of the section of the first evidence.
    pub section: u32,
}
