//! Each distinct word judged once: which atoms it satisfies.

use std::collections::{BTreeMap, HashMap};

use super::compile::{Atom, Matcher};
use crate::{
    query::Word,
    text::{Distinct, Language, Span, fold, parts, plain, stem_keys},
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
    met: Distinct<Known>,
}

/// A word that was judged: its number, and its atoms as a range of [`Judged::flat`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) word: u32,
    from: u32,
    to: u32,
}

impl Known {
    /// Tells whether the word satisfies any atom.
    pub(super) fn has_atoms(self) -> bool {
        self.from < self.to
    }
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
    #[cold]
    fn judge(&mut self, word: &str, keys: &Keys, language: Language) -> Known {
        let length = |flat: &[Atom]| u32::try_from(flat.len()).unwrap_or(u32::MAX);
        let from = length(&self.flat);
        let number = u32::try_from(self.ranges.len()).unwrap_or(u32::MAX);
        let mut atoms = keys.judge(word, language);
        let parts = parts(&plain(word), language);
        if !parts.is_empty() {
            let whole = std::iter::once(atoms.clone());
            let readings: Vec<_> = whole.chain(parts.iter().map(|part| keys.stems_of(part, language))).collect();
            atoms = readings.concat();
            atoms.sort_unstable();
            atoms.dedup();
            self.contracted.insert(number, readings);
        }
        self.flat.extend(atoms);
        let known = Known { word: number, from, to: length(&self.flat) };
        self.ranges.push((from, known.to));
        known
    }

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
            self.tongues.push(Tongue { language, keys, met: Distinct::default() });
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

    /// Returns what is known of a token's word, which is judged when it is new.
    pub(super) fn of(&mut self, text: &str, token: Span) -> Known {
        let Self { tongue, judged } = self;
        let Tongue { language, keys, met } = &mut **tongue;
        met.get(text, token, |word| judged.judge(word, keys, *language))
    }

    /// Returns the atoms of a word, in rising order.
    pub(super) fn atoms(&self, known: Known) -> &[Atom] {
        self.judged.flat.get(known.from as usize..known.to as usize).unwrap_or_default()
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
