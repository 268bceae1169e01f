//! Words as the index holds them.

use std::collections::{BTreeSet, HashMap};

use crate::text::{Language, Languages, fold, outline, parts, plain, stem_keys, tokens};

/// Longer keys are cut: tantivy leaves out terms of 64 KiB, and a cut key only proposes more.
const LONGEST: usize = 200;

/// Cuts a key between characters.
pub(super) fn cut(key: &str) -> &str {
    let mut end = key.len().min(LONGEST);
    while !key.is_char_boundary(end) {
        end -= 1;
    }
    key.get(..end).unwrap_or(key)
}

/// Folded form and stems of a word.
type Keys = (Box<str>, Vec<String>);

/// Folded form and stems of every word met in one language, each worked out once.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_language: HashMap<Language, HashMap<Box<str>, Keys>>,
}

impl Known {
    /// Returns the distinct folded words of a text, and their stems in every language that one of its sentences is in.
    ///
    /// All words are stemmed in all those languages: that proposes more than there is, never less.
    pub(super) fn keys_of(&mut self, text: &str, languages: Languages) -> (BTreeSet<String>, BTreeSet<String>) {
        let spoken: BTreeSet<Language> = match languages.only() {
            Some(only) => BTreeSet::from([only]),
            None => outline(text, languages).sentences.iter().map(|sentence| sentence.language).collect(),
        };
        let mut distinct: Vec<&str> = tokens(text).into_iter().map(|span| span.of(text)).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let (mut words, mut stems) = (BTreeSet::new(), BTreeSet::new());
        for (language, token) in
            spoken.iter().flat_map(|language| distinct.iter().map(move |token| (*language, *token)))
        {
            let known = self.by_language.entry(language).or_default();
            if !known.contains_key(token) {
                let written = plain(token);
                let folded = cut(&fold(&written)).into();
                // A word that stands for several is found by each of them.
                let all = std::iter::once(&*written).chain(parts(&written, language).iter().copied());
                let keys = all.flat_map(|word| stem_keys(word, language)).map(|key| cut(&key).to_owned()).collect();
                known.insert(token.into(), (folded, keys));
            }
            let Some((folded, keys)) = known.get(token) else { continue };
            words.insert(folded.to_string());
            stems.extend(keys.iter().cloned());
        }
        (words, stems)
    }
}
