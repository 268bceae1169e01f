//! Text as the project sees it: spans that never cut a character, sections, paragraphs, sentences, tokens, stems, folding.
//!
//! Everything here is pure and is shared by the matcher and the index, so that both see the same words.

mod abbreviations;
mod contractions;
mod detect;
mod distinct;
mod fold;
mod function_words;
mod headings;
mod language;
mod normalise;
mod offsets;
mod outline;
mod sentences;
mod span;
#[cfg(test)]
mod spoken;
mod stem;
mod stops;
mod tells;
mod tokens;
#[cfg(test)]
mod tricky;

pub use contractions::parts;
pub use distinct::Distinct;
pub use fold::fold;
pub use function_words::is_function_word;
pub use headings::is_only_headings;
pub use language::{Language, Languages};
pub use normalise::normalise;
pub use offsets::CodePoints;
pub use outline::{Outline, Paragraph, Section, Sentence, outline};
pub use span::Span;
pub use stem::{STEMMER, stem_keys};
pub use tokens::{for_each_token, plain, tokens};

/// Names the rules by which texts are cut into sections, paragraphs, sentences and tokens; part of every result's origin.
pub const SEGMENTATION: &str = "themata-text-3";
