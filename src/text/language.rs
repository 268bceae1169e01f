//! The languages whose inflections the program knows.

use std::fmt;

/// A language by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// French.
    French,
    /// Haitian Creole: no inflection, so that a stem is the word.
    HaitianCreole,
    /// Any other language: words are compared as they are, folded.
    Other,
}

impl Language {
    /// Every language with rules of its own.
    pub const KNOWN: [Self; 5] = [Self::English, Self::Spanish, Self::Portuguese, Self::French, Self::HaitianCreole];

    /// Reads a code such as `en`, `pt-BR` or `ht`; `None` when the code names no language we know.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::KNOWN.into_iter().find(|language| language.code() == primary)
    }

    /// Returns the ISO 639-1 code; `und` for other languages.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::French => "fr",
            Self::HaitianCreole => "ht",
            Self::Other => "und",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
