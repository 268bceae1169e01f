//! A set of small numbers as a row of bits.

use std::ops::Range;

/// Numbers from 0 up to a length, each in or out.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits(Vec<u64>);

/// Bits from one on within a word, and up to another.
fn mask(from: usize, to: usize) -> u64 {
    let below = |at: usize| if at >= 64 { u64::MAX } else { (1 << at) - 1 };
    below(to) & !below(from)
}

/// The words that a range touches, each with the range's bits in it.
fn words(range: Range<usize>) -> impl Iterator<Item = (usize, u64)> {
    let words = if range.is_empty() { 0..0 } else { range.start / 64..range.end.div_ceil(64) };
    words.map(move |word| (word, mask(range.start.saturating_sub(word * 64), range.end - word * 64)))
}

impl Bits {
    /// Makes an empty set of numbers below `length`.
    pub(super) fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// Puts the numbers of a range in; those beyond the length are left out.
    pub(super) fn put(&mut self, range: Range<usize>) {
        for (word, mask) in words(range) {
            if let Some(word) = self.0.get_mut(word) {
                *word |= mask;
            }
        }
    }

    /// Puts a number in, and lets the set grow up to it.
    pub(super) fn grow(&mut self, at: usize) {
        if self.0.len() <= at / 64 {
            self.0.resize(at / 64 + 1, 0);
        }
        self.put(at..at + 1);
    }

    /// Tells whether a number is in.
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    /// Returns how many numbers of a range are in.
    pub(super) fn count(&self, range: Range<usize>) -> u64 {
        let ones =
            |(word, mask): (usize, u64)| u64::from((self.0.get(word).copied().unwrap_or_default() & mask).count_ones());
        words(range).map(ones).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_counts_as_a_set_does(puts in prop::collection::vec((0..300_usize, 0..140_usize), 0..12), asked in (0..300_usize, 0..300_usize)) {
            let (mut bits, mut set) = (Bits::new(440), BTreeSet::new());
            for (from, length) in puts {
                bits.put(from..from + length);
                set.extend(from..from + length);
            }
            let range = asked.0..asked.0 + asked.1;
            prop_assert_eq!(bits.count(range.clone()), set.iter().filter(|at| range.contains(at)).count() as u64);
            let mut grown = Bits::default();
            set.iter().for_each(|at| grown.grow(*at));
            prop_assert!((0..600).all(|at| grown.has(at) == set.contains(&at) && bits.has(at) == set.contains(&at)));
        }
    }

    #[test]
    fn beyond_the_length_is_nothing() {
        let mut bits = Bits::new(64);
        bits.put(60..70);
        assert_eq!((bits.count(0..200), bits.count(64..200), bits.count(0..0)), (4, 0, 0));
    }
}
