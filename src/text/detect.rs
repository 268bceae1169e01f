//! The language of a stretch of words, told among a few by what `tells` lists.
//!
//! Pure and without a model: the same words give the same language on every machine. A stretch that is too short or fits two
//! languages alike is left to whoever asks.

use std::{collections::HashMap, sync::LazyLock};

use foldhash::fast::FixedState;

use super::{Language, Languages, for_each_token, tells};

/// Languages that can be told, in the order of their weights.
const COUNT: usize = Language::KNOWN.len();

/// Evidence for each language, in the order of [`Language::KNOWN`].
type Weights = [i32; COUNT];

/// Weight of a word that hardly another language has.
const STRONG: i32 = 6;

/// Weight of a word that several languages share.
const WEAK: i32 = 2;

/// Weight of an ending, and of the letters of a word.
const SHAPE: i32 = 2;

/// What a language needs to be told at all.
const FLOOR: i32 = 6;

/// How far it must be ahead of every other.
const AHEAD: i32 = 3;

/// Longer words tell nothing.
const LONGEST: usize = 48;

static WORDS: LazyLock<HashMap<&'static str, Weights, FixedState>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Weights, FixedState> = HashMap::default();
    for tells in &tells::ALL {
        let at = index(tells.language);
        for (list, weight) in [(tells.weak, WEAK), (tells.strong, STRONG)] {
            for word in list.split_whitespace() {
                words.entry(word).or_default()[at] = weight;
            }
        }
    }
    words
});

fn index(language: Language) -> usize {
    Language::KNOWN.iter().position(|known| *known == language).unwrap_or_default()
}

/// Tells the language of a stretch among some; `None` when it is too short or too ambiguous.
pub(super) fn detect(text: &str, among: Languages) -> Option<Language> {
    let mut sum = Weights::default();
    for_each_token(text, |token| {
        for (sum, weight) in sum.iter_mut().zip(weigh(token.of(text), among)) {
            *sum += weight;
        }
    });
    if text.contains(['¿', '¡']) {
        sum[index(Language::Spanish)] += STRONG;
    }
    let mut ranked = Language::KNOWN.into_iter().zip(sum).filter(|(language, _)| among.holds(*language));
    let first = ranked.next()?;
    let (best, second) = ranked
        .fold((first, 0), |(best, second), one| if one.1 > best.1 { (one, best.1) } else { (best, second.max(one.1)) });
    (best.1 >= FLOOR && best.1 - second >= AHEAD).then_some(best.0)
}

/// Weighs one word by itself, its ending and its letters.
fn weigh(word: &str, among: Languages) -> Weights {
    let mut buffer = [0; LONGEST];
    let Some(word) = small(word, &mut buffer) else { return Weights::default() };
    if let Some(weights) = WORDS.get(word) {
        return *weights;
    }
    let mut weights = Weights::default();
    let long = word.len() >= 5;
    for tells in tells::ALL.iter().filter(|tells| among.holds(tells.language)) {
        let at = index(tells.language);
        if long && tells.endings.iter().any(|ending| word.ends_with(ending)) {
            weights[at] += SHAPE;
        }
        if word.contains(|char| tells.letters.contains(char)) {
            weights[at] += SHAPE;
        }
    }
    weights
}

/// Writes a word in small letters with straight apostrophes; `None` when it is too long.
fn small<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for char in word.chars().flat_map(char::to_lowercase) {
        let char = if char == '\u{2019}' { '\'' } else { char };
        let end = length + char.len_utf8();
        char.encode_utf8(buffer.get_mut(length..end)?);
        length = end;
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice_with_a_language_and_each_is_found() {
        for tells in &tells::ALL {
            let mut all: Vec<&str> = tells.strong.split_whitespace().chain(tells.weak.split_whitespace()).collect();
            all.sort_unstable();
            for pair in all.windows(2) {
                assert_ne!(pair[0], pair[1], "{}", tells.language);
            }
            for word in all {
                assert!(weigh(&word.to_uppercase(), tells.language.into())[index(tells.language)] > 0, "{word}");
            }
        }
    }

    #[test]
    fn long_words_and_other_scripts_tell_nothing() {
        let everything = Languages::of(&Language::KNOWN);
        assert_eq!(detect(&"the".repeat(100), everything), None);
        assert_eq!(detect("移民は怖い。 هل سيأتون؟", everything), None);
        assert_eq!(detect("", everything), None);
    }
}
