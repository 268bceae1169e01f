//! Words as the index holds them: folded forms, and stems where they are not the form itself.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::text::{Distinct, Language, Languages, fold, for_each_token, outline, parts, plain, stem_keys};

/// Longer keys are cut: tantivy leaves out terms of 64 KiB, and a cut key only proposes more.
const LONGEST: usize = 200;

/// Begins the key of a stem; no word begins with it.
const STEM: char = '~';

/// Returns a form or stem as a key: cut between characters, without blanks, which separate keys.
pub(super) fn key(word: &str) -> Cow<'_, str> {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    let cut = word.get(..end).unwrap_or(word);
    // A few ligatures fold to several words.
    if cut.contains(char::is_whitespace) {
        Cow::Owned(cut.replace(char::is_whitespace, "_"))
    } else {
        Cow::Borrowed(cut)
    }
}

/// Returns the key of a stem, and that of the form which is its own stem: an entry with the stem has one of them.
pub(super) fn keys_of_stem(stem: &str) -> [String; 2] {
    let key = key(stem);
    [format!("{STEM}{key}"), key.into_owned()]
}

/// The keys of every word met, each worked out once, and which of them the text at hand has had.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_language: BTreeMap<Language, Distinct<u32>>,
    /// The keys of each word, separated and ended by blanks.
    keys: Vec<Box<str>>,
    /// The last text in which each word was met.
    met: Vec<u32>,
    text: u32,
}

impl Known {
    /// Returns the keys of a text, separated by blanks, in every language that one of its sentences is in.
    ///
    /// All words are taken in all those languages: that proposes more than there is, never less.
    pub(super) fn keys_of(&mut self, text: &str, languages: Languages) -> String {
        if let Some(only) = languages.only() {
            return self.keys_in(text, only);
        }
        let sentences = outline(text, languages).sentences;
        let spoken: BTreeSet<Language> = sentences.iter().map(|sentence| sentence.language).collect();
        spoken.into_iter().map(|language| self.keys_in(text, language)).collect()
    }

    /// Returns the keys of a text in one language; words that differ in case may give one twice.
    fn keys_in(&mut self, text: &str, language: Language) -> String {
        let Self { by_language, keys, met, text: number } = self;
        *number += 1;
        let words = by_language.entry(language).or_default();
        let mut all = String::with_capacity(text.len());
        for_each_token(text, |span| {
            let word = words.get(text, span, |token| {
                let word = u32::try_from(keys.len()).unwrap_or(u32::MAX);
                keys.push(keys_of_word(token, language));
                met.push(0);
                word
            });
            if let Some(met) = met.get_mut(word as usize)
                && *met != *number
            {
                *met = *number;
                all.push_str(keys.get(word as usize).map(AsRef::as_ref).unwrap_or_default());
            }
        });
        all
    }
}

fn keys_of_word(token: &str, language: Language) -> Box<str> {
    let written = plain(token);
    let form = fold(&written);
    let mut keys = format!("{} ", key(&form));
    // A word that stands for several is found by each of them.
    let all = std::iter::once(&*written).chain(parts(&written, language).iter().copied());
    for stem in all.flat_map(|word| stem_keys(word, language)).filter(|stem| **stem != *form) {
        keys.push_str(&format!("{STEM}{} ", key(&stem)));
    }
    keys.into_boxed_str()
}
