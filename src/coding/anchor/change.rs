//! A stretch that was replaced, divided into words that were corrected and the rest.

use std::ops::Range;

use super::pieces::pieces;

/// Larger changes are not divided: nobody corrects so many words in a row without a blank left between them.
const MOST_PAIRS: usize = 64;

/// Nor are changes of more bytes, such as a text without blanks.
const MOST_BYTES: usize = 1 << 14;

/// Longer words are compared from both ends only.
const LONGEST_WORD: usize = 24;

/// A part of the old text and what stands there now. Steps follow one another on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// Characters that are left, without blanks.
    pub(super) left: usize,
}

/// A piece with its place.
type Piece<'t> = (Range<usize>, &'t str);

/// Divides a change. What was only put in, such as a word before the corrected one, is a step without old words.
pub(super) fn change(old_text: &str, old: Range<usize>, new_text: &str, new: Range<usize>) -> Vec<Step> {
    let old_words = old_text.get(old.clone()).unwrap_or_default();
    let new_words = new_text.get(new.clone()).unwrap_or_default();
    let most = |text| pieces(text).take(MOST_PAIRS + 1).count();
    let is_large = old.len().max(new.len()) > MOST_BYTES;
    if old.is_empty() || new.is_empty() || is_large || most(old_words) * most(new_words) > MOST_PAIRS {
        return vec![Step { old, new, left: 0 }];
    }
    let (old_pieces, new_pieces) = (placed(old_words, old.start), placed(new_words, new.start));
    let pairs = corrected(&old_pieces, &new_pieces);
    let whole = Likeness::of(old_words, new_words);
    if !whole.is_less_than(pairs.iter().fold(Likeness::default(), |sum, pair| sum.and(pair.likeness))) {
        if whole.same == 0 && old_pieces.len() == new_pieces.len() {
            let one_by_one = old_pieces.into_iter().zip(new_pieces);
            return one_by_one.map(|((old, _), (new, _))| Step { old, new, left: 0 }).collect();
        }
        return vec![Step { old, new, left: whole.same }];
    }
    let (mut steps, mut old_from, mut new_from) = (Vec::new(), old.start, new.start);
    for Pair { old: at, new: to, likeness } in pairs {
        steps.push(Step { old: old_from..at.start, new: new_from..to.start, left: 0 });
        (old_from, new_from) = (at.end, to.end);
        steps.push(Step { old: at, new: to, left: likeness.same });
    }
    steps.push(Step { old: old_from..old.end, new: new_from..new.end, left: 0 });
    steps
}

fn placed(text: &str, start: usize) -> Vec<Piece<'_>> {
    let mut at = start;
    let place = |piece| {
        at += str::len(piece);
        (at - str::len(piece)..at, piece)
    };
    pieces(text).map(place).collect()
}

/// A word and the word that it was corrected to.
#[derive(Debug, Clone)]
struct Pair {
    old: Range<usize>,
    new: Range<usize>,
    likeness: Likeness,
}

/// Pairs words that are alike, in order, so that as many characters as possible are left.
fn corrected(old: &[Piece<'_>], new: &[Piece<'_>]) -> Vec<Pair> {
    let same = |pairs: &[Pair]| pairs.iter().map(|pair| pair.likeness.same).sum::<usize>();
    // `best[n]` holds the pairs of the old pieces so far with the first n new ones; the rows are short.
    let mut best: Vec<Vec<Pair>> = vec![Vec::new(); new.len() + 1];
    for (old_place, old_piece) in old {
        let mut next = vec![Vec::new()];
        for ((new_place, new_piece), (without, above)) in new.iter().zip(best.iter().zip(best.iter().skip(1))) {
            let likeness = Likeness::of(old_piece, new_piece);
            let mut choice = without.clone();
            if likeness.same > 0 {
                choice.push(Pair { old: old_place.clone(), new: new_place.clone(), likeness });
            }
            for other in [above, next.last().unwrap_or(above)] {
                if same(other) > same(&choice) {
                    choice.clone_from(other);
                }
            }
            next.push(choice);
        }
        best = next;
    }
    best.pop().unwrap_or_default()
}

/// How many characters of two words are the same and in the same order.
#[derive(Debug, Clone, Copy, Default)]
struct Likeness {
    same: usize,
    /// Characters of both words.
    all: usize,
}

impl Likeness {
    /// Compares two words, blanks apart; words of which less than six tenths are the same are not alike at all.
    fn of(old: &str, new: &str) -> Self {
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
        let (old, new) = (seen(old), seen(new));
        let same = if old.len().max(new.len()) > LONGEST_WORD { at_the_ends(&old, &new) } else { in_order(&old, &new) };
        let all = old.len() + new.len();
        Self { same: if 10 * 2 * same >= 6 * all { same } else { 0 }, all }
    }

    fn and(self, other: Self) -> Self {
        Self { same: self.same + other.same, all: self.all + other.all }
    }

    fn is_less_than(self, other: Self) -> bool {
        self.same * other.all < other.same * self.all
    }
}

/// Returns the length of the longest common row of characters that need not be neighbours.
fn in_order(old: &[char], new: &[char]) -> usize {
    let mut row = vec![0_usize; new.len() + 1];
    for before in old {
        let mut diagonal = 0;
        for (at, after) in new.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if before == after { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or_default()
}

fn at_the_ends(old: &[char], new: &[char]) -> usize {
    let same = |(before, after): &(&char, &char)| before == after;
    let start = old.iter().zip(new).take_while(same).count();
    let (old, new) = (&old[start..], &new[start..]);
    start + old.iter().rev().zip(new.iter().rev()).take_while(same).count()
}
