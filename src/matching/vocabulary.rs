//! Each distinct word judged once: which atoms it satisfies.

use std::collections::HashMap;

use super::compile::{Atom, Matcher};
use crate::{
    query::Word,
    text::{Language, fold, plain, stem_keys},
};

/// What atoms look like in one language, by the key a word is looked up with.
#[derive(Debug, Default)]
struct Keys {
    stems: HashMap<String, Vec<Atom>>,
    exact: HashMap<String, Vec<Atom>>,
    written: HashMap<String, Vec<Atom>>,
    wildcards: Vec<(Vec<char>, Atom)>,
}

/// The words met so far in one language, each with its atoms.
#[derive(Debug)]
pub(super) struct Vocabulary {
    language: Language,
    keys: Keys,
    words: HashMap<Box<str>, u32>,
    /// Atoms of each word, as ranges of `flat`.
    ranges: Vec<(u32, u32)>,
    flat: Vec<Atom>,
}

impl Vocabulary {
    /// Prepares the atoms of a matcher for a language.
    pub(super) fn new(matcher: &Matcher, language: Language) -> Self {
        let mut keys = Keys::default();
        for (atom, word) in (0_u32..).zip(&matcher.atoms) {
            let add =
                |map: &mut HashMap<String, Vec<Atom>>, key: &str| map.entry(key.to_owned()).or_default().push(atom);
            match word {
                Word::Inflected(word) => {
                    stem_keys(word, language).into_iter().for_each(|key| add(&mut keys.stems, key.as_ref()));
                }
                Word::Exact(word) => add(&mut keys.exact, word),
                Word::Written(word) => add(&mut keys.written, word),
                Word::Wildcard(pattern) => keys.wildcards.push((pattern.chars().collect(), atom)),
            }
        }
        Self { language, keys, words: HashMap::new(), ranges: Vec::new(), flat: Vec::new() }
    }

    /// Returns the language of the words.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// Returns the number of a token's word, which is judged when it is new.
    pub(super) fn number(&mut self, token: &str) -> u32 {
        if let Some(number) = self.words.get(token) {
            return *number;
        }
        let from = u32::try_from(self.flat.len()).unwrap_or(u32::MAX);
        let atoms = self.judge(token);
        self.flat.extend(atoms);
        let number = u32::try_from(self.ranges.len()).unwrap_or(u32::MAX);
        self.ranges.push((from, u32::try_from(self.flat.len()).unwrap_or(u32::MAX)));
        self.words.insert(token.into(), number);
        number
    }

    /// Returns the atoms of a word, in rising order.
    pub(super) fn atoms(&self, word: u32) -> &[Atom] {
        let (from, to) = self.ranges.get(word as usize).copied().unwrap_or_default();
        self.flat.get(from as usize..to as usize).unwrap_or_default()
    }

    fn judge(&self, token: &str) -> Vec<Atom> {
        let written = plain(token);
        let folded = fold(&written);
        let mut atoms = Vec::new();
        let mut take = |map: &HashMap<String, Vec<Atom>>, key: &str| atoms.extend(map.get(key).into_iter().flatten());
        take(&self.keys.written, &written);
        take(&self.keys.exact, &folded);
        if !self.keys.stems.is_empty() {
            stem_keys(&written, self.language).into_iter().for_each(|key| take(&self.keys.stems, key.as_ref()));
        }
        if !self.keys.wildcards.is_empty() {
            let letters: Vec<char> = folded.chars().collect();
            let fitting = self.keys.wildcards.iter().filter(|(pattern, _)| fits(pattern, &letters));
            atoms.extend(fitting.map(|(_, atom)| atom));
        }
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    }
}

/// Tells whether a word fits a pattern with `*` (any characters) and `?` (one), in time of the product of their lengths.
fn fits(pattern: &[char], word: &[char]) -> bool {
    let (mut p, mut w) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while w < word.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, w));
                p += 1;
            }
            Some(c) if *c == '?' || *c == word[w] => {
                p += 1;
                w += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    w = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {

    #[test]
    fn wildcards_fit_whole_words() {
        let fits = |pattern: &str, word: &str| {
            super::fits(&pattern.chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>())
        };
        assert!(fits("immigra*", "immigrant") && fits("immigra*", "immigra") && !fits("immigra*", "emigrant"));
        assert!(fits("organi?e", "organize") && !fits("organi?e", "organie") && !fits("organi?e", "organizes"));
        assert!(fits("a*b*c", "aXbYbZc") && !fits("a*b*c", "acb") && fits("*", ""));
    }
}
