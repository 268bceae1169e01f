//! Each distinct word judged once: which atoms it satisfies.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::compile::{Atom, Matcher};
use crate::{
    query::Word,
    text::{Language, Span, fold, parts, plain, stem_keys},
};

/// What atoms look like in one language, by the key a word is looked up with.
#[derive(Debug, Default)]
struct Keys {
    stems: HashMap<String, Vec<Atom>>,
    exact: HashMap<String, Vec<Atom>>,
    written: HashMap<String, Vec<Atom>>,
    wildcards: Vec<(Vec<char>, Atom)>,
}

/// A language with its atoms and the words met so far in it.
#[derive(Debug)]
struct Tongue {
    language: Language,
    keys: Keys,
    short: HashMap<u64, u32, FixedState>,
    long: HashMap<Box<str>, u32, FixedState>,
}

/// The words met so far, each with its atoms; a word that is met in two languages is two.
#[derive(Debug)]
pub(super) struct Vocabulary<'m> {
    matcher: &'m Matcher,
    tongues: Vec<Tongue>,
    judged: Judged,
}

/// Atoms by word.
#[derive(Debug, Default)]
struct Judged {
    /// Atoms of each word, as ranges of `flat`.
    ranges: Vec<(u32, u32)>,
    flat: Vec<Atom>,
    /// Words that stand for several: atoms of the word as it is written, then those of each that it stands for.
    contracted: BTreeMap<u32, Vec<Vec<Atom>>>,
}

impl Judged {
    /// Returns the atoms of a word, in rising order.
    fn atoms(&self, word: u32) -> &[Atom] {
        let (from, to) = self.ranges.get(word as usize).copied().unwrap_or_default();
        self.flat.get(from as usize..to as usize).unwrap_or_default()
    }
}

/// The words of one language.
pub(super) struct Words<'v> {
    tongue: &'v mut Tongue,
    judged: &'v mut Judged,
}

impl<'m> Vocabulary<'m> {
    /// Begins with no words.
    pub(super) fn new(matcher: &'m Matcher) -> Self {
        Self { matcher, tongues: Vec::new(), judged: Judged::default() }
    }

    /// Returns the words of a language.
    pub(super) fn of(&mut self, language: Language) -> Words<'_> {
        let known = self.tongues.iter().position(|tongue| tongue.language == language);
        let at = known.unwrap_or_else(|| {
            let keys = Keys::of(self.matcher, language);
            self.tongues.push(Tongue { language, keys, short: HashMap::default(), long: HashMap::default() });
            self.tongues.len() - 1
        });
        Words { tongue: &mut self.tongues[at], judged: &mut self.judged }
    }

    /// Returns the atoms of a word, in rising order; one that stands for several has those of each of them too.
    pub(super) fn atoms(&self, word: u32) -> &[Atom] {
        self.judged.atoms(word)
    }

    /// Returns, for a word that stands for several, the atoms of the word as written and then those of each of them.
    pub(super) fn contracted(&self, word: u32) -> Option<&[Vec<Atom>]> {
        self.judged.contracted.get(&word).map(Vec::as_slice)
    }
}

impl Words<'_> {
    /// Tells whether a word stands for several.
    pub(super) fn is_contracted(&self, word: u32) -> bool {
        self.tongue.language == Language::HaitianCreole && self.judged.contracted.contains_key(&word)
    }

    /// Returns the number of a token's word, which is judged when it is new.
    pub(super) fn number(&mut self, text: &str, token: Span) -> u32 {
        let packed = packed(text.as_bytes(), token);
        let known = match &packed {
            Some(packed) => self.tongue.short.get(packed),
            None => self.tongue.long.get(token.of(text)),
        };
        known.copied().unwrap_or_else(|| self.judge(token.of(text), packed))
    }

    #[cold]
    fn judge(&mut self, word: &str, packed: Option<u64>) -> u32 {
        let length = |flat: &[Atom]| u32::try_from(flat.len()).unwrap_or(u32::MAX);
        let from = length(&self.judged.flat);
        let (keys, language) = (&self.tongue.keys, self.tongue.language);
        let number = u32::try_from(self.judged.ranges.len()).unwrap_or(u32::MAX);
        let mut atoms = keys.judge(word, language);
        let parts = parts(&plain(word), language);
        if !parts.is_empty() {
            let whole = std::iter::once(atoms.clone());
            let readings: Vec<_> = whole.chain(parts.iter().map(|part| keys.stems_of(part, language))).collect();
            atoms = readings.concat();
            atoms.sort_unstable();
            atoms.dedup();
            self.judged.contracted.insert(number, readings);
        }
        self.judged.flat.extend(atoms);
        self.judged.ranges.push((from, length(&self.judged.flat)));
        match packed {
            Some(packed) => self.tongue.short.insert(packed, number),
            None => self.tongue.long.insert(word.into(), number),
        };
        number
    }

    /// Returns the atoms of a word, in rising order.
    pub(super) fn atoms(&self, word: u32) -> &[Atom] {
        self.judged.atoms(word)
    }
}

/// Returns a word of at most eight bytes as a number, so that comparing two is one step; no word holds a byte 0.
fn packed(text: &[u8], token: Span) -> Option<u64> {
    let range = token.range();
    let length = range.len();
    if length == 0 || length > 8 {
        return None;
    }
    // Eight bytes are read where there are as many, and those behind the word shifted out.
    let whole: Option<[u8; 8]> = text.get(range.start..range.start + 8).and_then(|bytes| bytes.try_into().ok());
    match whole {
        Some(bytes) => Some(u64::from_le_bytes(bytes) & (u64::MAX >> (64 - 8 * length))),
        None => {
            text.get(range).map(|bytes| bytes.iter().rev().fold(0, |packed, byte| (packed << 8) | u64::from(*byte)))
        }
    }
}

impl Keys {
    /// Prepares the atoms of a matcher for a language.
    fn of(matcher: &Matcher, language: Language) -> Self {
        let mut keys = Self::default();
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
        keys
    }

    /// Returns the atoms of a word that is part of another: those that find inflections, for nobody wrote it as it is.
    fn stems_of(&self, part: &str, language: Language) -> Vec<Atom> {
        stem_keys(part, language).iter().filter_map(|key| self.stems.get(key)).flatten().copied().collect()
    }

    fn judge(&self, token: &str, language: Language) -> Vec<Atom> {
        let written = plain(token);
        let folded = fold(&written);
        let mut atoms = Vec::new();
        let mut take = |map: &HashMap<String, Vec<Atom>>, key: &str| atoms.extend(map.get(key).into_iter().flatten());
        take(&self.written, &written);
        take(&self.exact, &folded);
        if !self.stems.is_empty() {
            stem_keys(&written, language).into_iter().for_each(|key| take(&self.stems, key.as_ref()));
        }
        if !self.wildcards.is_empty() {
            let letters: Vec<char> = folded.chars().collect();
            let fitting = self.wildcards.iter().filter(|(pattern, _)| fits(pattern, &letters));
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
    use crate::text::Span;

    #[test]
    fn a_packed_word_is_the_same_wherever_it_stands() {
        let packed = |text: &str, start, end| super::packed(text.as_bytes(), Span::new(start, end));
        assert_eq!(packed("a word", 2, 6), packed("word and many more after it", 0, 4));
        assert_eq!(packed("deadline", 0, 8), packed("deadlines", 0, 8));
        assert_ne!(packed("word", 0, 4), packed("word", 0, 3));
        assert!(packed("deadlines", 0, 9).is_none());
    }

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
