//! Where a coded stretch stands after its entry's text was edited.
//!
//! The two texts are compared piece by piece. Words that came through unchanged are followed; words that were cut and
//! pasted are looked for by what stood around them; a small correction inside a stretch is shown to a person. What
//! could be in several places, or be there by accident, is orphaned: nothing is moved on a guess.

mod alignment;
#[cfg(test)]
mod at_random;
mod change;
mod context;
mod correction;
mod pieces;
mod runs;
#[cfg(test)]
mod tests;

use std::ops::Range;

use memchr::memmem::Finder;

use crate::text::Span;
use runs::Run;

/// Name of these rules; part of what is recorded when a coding is kept, moved or orphaned.
pub const ANCHOR: &str = "anchor-1";

/// Characters in and around a stretch that make it known again where the comparison itself leads to it.
const ENOUGH: usize = 12;

/// Characters in and around a stretch that make it known again anywhere in the text: about seven words.
const PLENTY: usize = 32;

/// By so many characters the best of several places must be better than the next: about three words.
const CLEARLY: usize = 12;

/// So many characters on each side of a short stretch say whether its line is still the same.
const NEAR: usize = 16;

/// Bytes compared in the search for a stretch; what is repeated so often cannot be told apart.
const MOST_COMPARED: usize = 1 << 24;

/// What became of a coded stretch when the text around it changed. Spans are bytes of the new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// The same words at the same place.
    Kept,
    /// The same words, byte for byte, elsewhere.
    Moved(Span),
    /// The stretch is there with other words in it, such as a corrected typo: a person should look.
    Edited(Span),
    /// Its words are gone, or could be in several places.
    Orphaned,
}

/// An old and a new text compared; made once, asked for many stretches.
#[derive(Debug)]
pub struct Revised<'t> {
    old: &'t str,
    new: &'t str,
    runs: Vec<Run>,
}

impl<'t> Revised<'t> {
    /// Compares two normalised texts.
    pub fn new(old: &'t str, new: &'t str) -> Self {
        Self { old, new, runs: runs::unchanged(old, new) }
    }

    /// Tells what became of a stretch of the old text.
    pub fn place(&self, span: Span) -> Anchored {
        if span.of(self.old).is_empty() {
            return Anchored::Orphaned;
        }
        if self.old == self.new {
            return Anchored::Kept;
        }
        let old = span.range();
        let followed = self.followed(&old);
        // Where little around the stretch came through, a pasted copy with all its surroundings is better evidence.
        let exact = followed
            .filter(|at| self.is_known(&old, *at, PLENTY))
            .or_else(|| self.elsewhere(&old))
            .or_else(|| followed.filter(|at| self.is_known(&old, *at, ENOUGH)));
        let edited = if exact.is_none() { self.edited(&old) } else { None };
        match exact.or_else(|| self.free_place_at(&old, edited?)) {
            Some(at) if at == old.start => Anchored::Kept,
            Some(at) if self.has_rival(&old, at) => Anchored::Orphaned,
            Some(at) => Anchored::Moved(Span::new(at, at + old.len())),
            None => edited.map_or(Anchored::Orphaned, Anchored::Edited),
        }
    }

    /// Follows a stretch that came through in one piece.
    fn followed(&self, old: &Range<usize>) -> Option<usize> {
        let run = self.runs.get(self.runs.partition_point(|run| run.old_end() <= old.start))?;
        (run.old <= old.start && old.end <= run.old_end()).then(|| run.new + (old.start - run.old))
    }

    /// Looks for the words of a stretch where the comparison does not lead.
    fn elsewhere(&self, old: &Range<usize>) -> Option<usize> {
        let (mut best, mut next, mut place) = (0, 0, None);
        for at in self.free_places(old)? {
            let weight = self.weight_with_context(old, at);
            if weight > best {
                (next, best, place) = (best, weight, Some(at));
            } else {
                next = next.max(weight);
            }
        }
        place.filter(|_| best >= PLENTY && best >= next + CLEARLY)
    }

    /// Returns the one place of the very words under an edited stretch: the comparison may have led to another full stop.
    fn free_place_at(&self, old: &Range<usize>, edited: Span) -> Option<usize> {
        let places = self.free_places(old)?;
        let mut under = places.into_iter().filter(|at| Span::new(*at, at + old.len()).overlaps(edited));
        under.next().filter(|_| under.next().is_none())
    }

    /// Tells whether a stretch fits another free place as well on both sides, as after pasting a paragraph twice.
    fn has_rival(&self, old: &Range<usize>, at: usize) -> bool {
        let reach = |at| context::shared(context::FAR, (self.old, old), (self.new, &(at..at + old.len())));
        let (before, after) = reach(at);
        let weight = self.weight_with_context(old, at);
        let is_rival = |other: usize| {
            other != at && self.weight_with_context(old, other) >= weight && {
                let other = reach(other);
                other.0 >= before && other.1 >= after
            }
        };
        self.free_places(old).is_none_or(|places| places.into_iter().any(is_rival))
    }

    /// Returns where the words stand in the new text without being those of another place of the old one; nothing
    /// when that is too often to tell.
    fn free_places(&self, old: &Range<usize>) -> Option<Vec<usize>> {
        let words = self.old.get(old.clone())?;
        let finder = Finder::new(words);
        let (mut left, mut from, mut places) = (MOST_COMPARED, 0, Vec::new());
        while let Some(found) = self.new.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + found;
            from = at + 1;
            left = left.checked_sub(words.len() + 2 * context::AROUND)?;
            if self.has_same_edges(old, at) && !self.is_taken(old, at) {
                left = left.checked_sub(2 * context::FAR)?;
                places.push(at);
            }
        }
        Some(places)
    }

    /// Tells whether a stretch that did not cut a word does not cut one now: `help` is not in `helpless`.
    fn has_same_edges(&self, old: &Range<usize>, at: usize) -> bool {
        let whole = |before, after| pieces::cuts_word(self.old, before) || !pieces::cuts_word(self.new, after);
        whole(old.start, at) && whole(old.end, at + old.len())
    }

    /// Tells whether words of the new text are those of another place of the old one, which fits them as well.
    fn is_taken(&self, old: &Range<usize>, at: usize) -> bool {
        let Some(run) = self.runs.get(self.runs.partition_point(|run| run.new_end() <= at)) else { return false };
        if at < run.new || run.new_end() < at + old.len() {
            return false;
        }
        let start = run.old + (at - run.new);
        let other = start..start + old.len();
        other != *old
            && self.is_known(&other, at, ENOUGH)
            && self.weight_with_context(&other, at) >= self.weight_with_context(old, at)
    }

    /// Tells whether a stretch at a place of the new text is more than the same word met by accident.
    fn is_known(&self, old: &Range<usize>, at: usize, weight: usize) -> bool {
        self.weight_with_context(old, at) >= weight || self.most_of_the_line_is_left(old)
    }

    fn weight_with_context(&self, old: &Range<usize>, at: usize) -> usize {
        let new = at..at + old.len();
        self.old.get(old.clone()).map_or(0, context::weight) + self.weight_of_context(old, &new)
    }

    fn weight_of_context(&self, old: &Range<usize>, new: &Range<usize>) -> usize {
        let (before, after) = context::shared(context::AROUND, (self.old, old), (self.new, new));
        before + after
    }

    /// Tells whether at least half of the characters beside a stretch, in its line, came through unchanged.
    fn most_of_the_line_is_left(&self, old: &Range<usize>) -> bool {
        let in_line = |place: &(usize, char)| place.1 != '\n';
        let seen = |place: &(usize, char)| !place.1.is_whitespace();
        let before = self.old.get(..old.start).unwrap_or_default().char_indices().rev();
        let after = self.old.get(old.end..).unwrap_or_default().char_indices().map(|(at, c)| (old.end + at, c));
        let (mut all, mut same) = (0, 0);
        for (at, _) in before.take_while(in_line).filter(seen).take(NEAR) {
            all += 1;
            same += usize::from(self.is_unchanged(at));
        }
        for (at, _) in after.take_while(in_line).filter(seen).take(NEAR) {
            all += 1;
            same += usize::from(self.is_unchanged(at));
        }
        all > 0 && 2 * same >= all
    }

    fn is_unchanged(&self, at: usize) -> bool {
        self.runs.get(self.runs.partition_point(|run| run.old_end() <= at)).is_some_and(|run| run.old <= at)
    }
}
