//! What is known of each distinct word of many texts, found by the bytes that it is written with.

use std::{collections::HashMap, ops::Range};

use foldhash::fast::FixedState;

use super::Span;

/// Keeps a value for every word met; a word of at most sixteen bytes is looked up as a number.
#[derive(Debug)]
pub struct Distinct<T> {
    /// Short words met last, each in the one place that its bytes give it: most words of a text are a few that come again.
    recent: Vec<(u64, T)>,
    short: HashMap<u64, T, FixedState>,
    middle: HashMap<u128, T, FixedState>,
    long: HashMap<Box<str>, T, FixedState>,
}

/// So many bits number the places for words met last.
const PLACES: u32 = 13;

impl<T: Copy + Default> Default for Distinct<T> {
    fn default() -> Self {
        let recent = vec![(0, T::default()); 1 << PLACES];
        Self { recent, short: HashMap::default(), middle: HashMap::default(), long: HashMap::default() }
    }
}

impl<T: Copy> Distinct<T> {
    /// Returns the value of a token of a text; `judge` gives that of a word that was not met before.
    pub fn get(&mut self, text: &str, token: Span, judge: impl FnOnce(&str) -> T) -> T {
        match packed(text.as_bytes(), token) {
            Packed::Short(packed) => {
                let place = place(packed);
                if let Some((last, known)) = self.recent.get(place)
                    && *last == packed
                {
                    return *known;
                }
                let known = *self.short.entry(packed).or_insert_with(|| judge(token.of(text)));
                self.recent[place] = (packed, known);
                known
            }
            Packed::Middle(packed) => *self.middle.entry(packed).or_insert_with(|| judge(token.of(text))),
            Packed::No => {
                let word = token.of(text);
                if let Some(known) = self.long.get(word) {
                    return *known;
                }
                let known = judge(word);
                self.long.insert(word.into(), known);
                known
            }
        }
    }
}

/// Returns the place of a short word among those met last.
#[allow(clippy::cast_possible_truncation, reason = "only the highest bits are left")]
fn place(packed: u64) -> usize {
    (packed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - PLACES)) as usize
}

/// A word as a number, so that comparing two is one step; no word holds a byte 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packed {
    /// One to eight bytes.
    Short(u64),
    /// Nine to sixteen.
    Middle(u128),
    No,
}

fn packed(text: &[u8], token: Span) -> Packed {
    let Range { start, end } = token.range();
    match end - start {
        length @ 1..=8 => Packed::Short(match eight(text, start) {
            // Bytes behind the word are shifted out.
            Some(bytes) => bytes & (u64::MAX >> (64 - 8 * length)),
            None => few(text, start, end),
        }),
        9..=16 => {
            let low = eight(text, start).unwrap_or_default();
            let high = match eight(text, end - 8) {
                Some(last) => last >> (8 * (16 - (end - start))),
                None => few(text, start + 8, end),
            };
            Packed::Middle((u128::from(high) << 64) | u128::from(low))
        }
        _ => Packed::No,
    }
}

/// Reads eight bytes where there are as many.
fn eight(text: &[u8], start: usize) -> Option<u64> {
    text.get(start..start + 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes)
}

fn few(text: &[u8], start: usize, end: usize) -> u64 {
    text.get(start..end).unwrap_or_default().iter().rev().fold(0, |packed, byte| (packed << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn a_packed_word_is_the_same_wherever_it_stands() {
        let words = ["a", "word", "deadline", "deadlines", "undocumented", "responsibilities", "responsibilitie"];
        let alone_packed: Vec<Packed> =
            words.iter().map(|word| packed(word.as_bytes(), Span::new(0, word.len()))).collect();
        for (word, alone) in words.iter().zip(&alone_packed) {
            for (before, after) in
                [("", " and many more words after it"), ("one ", ""), ("before all of it ", " after")]
            {
                let text = format!("{before}{word}{after}");
                let span = Span::new(before.len(), before.len() + word.len());
                assert_eq!(packed(text.as_bytes(), span), *alone, "{text}");
            }
            assert_eq!(alone_packed.iter().filter(|other| *other == alone).count(), 1, "{word}");
        }
        assert_eq!(packed(b"interdisciplinary", Span::new(0, 17)), Packed::No);
    }

    #[test]
    fn each_word_is_judged_once() {
        let text = "the interdisciplinary team, the team of undocumented patients: interdisciplinary, undocumented";
        let (mut met, mut judged) = (Distinct::default(), Vec::new());
        let numbers: Vec<usize> = tokens(text)
            .into_iter()
            .map(|token| {
                met.get(text, token, |word| {
                    judged.push(word.to_owned());
                    judged.len()
                })
            })
            .collect();
        assert_eq!(judged, ["the", "interdisciplinary", "team", "of", "undocumented", "patients"]);
        assert_eq!(numbers, [1, 2, 3, 1, 3, 4, 5, 6, 2, 5]);
    }
}
