//! The parts of a text: sections under headings, paragraphs, sentences.

use super::{Language, Span};

/// A part of a text under a heading; the words before the first heading are a section without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's words without its marks; empty before the first heading.
    pub title: String,
    /// The heading's place, marks included.
    pub heading: Option<Span>,
}

/// A stretch of lines between blank lines or headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its place, without white space around.
    pub span: Span,
    /// Index of its section.
    pub section: u32,
}

/// A sentence; headings are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its place, without white space around.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: u32,
}

/// A text cut into parts, each list in text order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Sections; the first may have no heading.
    pub sections: Vec<Section>,
    /// Paragraphs of all sections.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of all paragraphs.
    pub sentences: Vec<Sentence>,
}

/// Cuts a normalised text into sections, paragraphs and sentences.
pub fn outline(text: &str, language: Language) -> Outline {
    let _ = (text, language);
    Outline::default()
}

impl Outline {
    /// Returns the index of the section that holds a byte.
    pub fn section_at(&self, byte: u32) -> u32 {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.span.start <= byte);
        after.checked_sub(1).and_then(|at| self.paragraphs.get(at)).map_or(0, |paragraph| paragraph.section)
    }
}
