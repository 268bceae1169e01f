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

/// The languages that a text may be written in: one, or several among which each sentence's is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Languages {
    first: Language,
    /// A bit for each language, the first one's too.
    set: u8,
}

impl Languages {
    /// Returns the languages of a list; the first is that of sentences whose own cannot be told. An empty list is English.
    pub fn of(list: &[Language]) -> Self {
        let set = list.iter().fold(0, |set, language| set | bit(*language));
        list.first().map_or_else(Self::default, |first| Self { first: *first, set })
    }

    /// Returns the language of sentences whose own cannot be told.
    pub fn first(self) -> Language {
        self.first
    }

    /// Returns the language, when there is only one.
    pub fn only(self) -> Option<Language> {
        (self.set == bit(self.first)).then_some(self.first)
    }

    /// Tells whether a language is among them.
    pub fn holds(self, language: Language) -> bool {
        self.set & bit(language) != 0
    }

    /// Returns them, the first one first.
    pub fn iter(self) -> impl Iterator<Item = Language> {
        let rest = Language::KNOWN.into_iter().chain([Language::Other]);
        [self.first].into_iter().chain(rest.filter(move |language| self.holds(*language) && *language != self.first))
    }

    /// Returns a number that no other languages have.
    pub fn number(self) -> u16 {
        u16::from_be_bytes([bit(self.first), self.set])
    }
}

impl Default for Languages {
    fn default() -> Self {
        Language::default().into()
    }
}

impl From<Language> for Languages {
    fn from(language: Language) -> Self {
        Self { first: language, set: bit(language) }
    }
}

fn bit(language: Language) -> u8 {
    1 << (language as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_a_first_one_and_a_set() {
        let both = Languages::of(&[Language::Spanish, Language::English, Language::Spanish]);
        assert_eq!((both.first(), both.only()), (Language::Spanish, None));
        assert_eq!(both.iter().collect::<Vec<_>>(), [Language::Spanish, Language::English]);
        assert_ne!(both.number(), Languages::of(&[Language::English, Language::Spanish]).number());
        assert_eq!(Languages::of(&[Language::Other]).only(), Some(Language::Other));
        assert_eq!(Languages::of(&[]), Language::English.into());
    }
}
