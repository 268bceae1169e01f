//! One expression over one stretch of a text: the one evaluator of rules and searches.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::{
    compile::{Anchor, Atom, Node, Slot},
    stream::{Stream, Token},
    vocabulary::Vocabulary,
};
use crate::text::Span;

/// Tokens, first and last, both inclusive.
pub(super) type Tokens = (u32, u32);

/// A place between words: a token, and how many of the words that it stands for lie before.
type Place = (u32, usize);

/// Places at which parts of a row end: hardly ever more than one.
type Places = SmallVec<[Place; 4]>;

/// One place where an expression matched: its evidence in order; the stretch reaches from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) evidence: Vec<Tokens>,
}

/// The stretch that is looked at, and what may not be used there.
pub(super) struct Stretch<'s> {
    pub(super) text: &'s str,
    pub(super) stream: &'s Stream,
    pub(super) vocabulary: &'s Vocabulary<'s>,
    /// First token, and the token after the last.
    pub(super) tokens: Tokens,
    /// Bytes of the text that a regular expression sees.
    pub(super) bytes: Span,
    /// Headings of the text, of which it sees none.
    pub(super) headings: &'s [Span],
    /// Evidence that touches one of these is not taken.
    pub(super) excluded: &'s [Tokens],
}

/// Returns all matches of an expression in a stretch, in order, each once.
pub(super) fn evaluate(node: &Node, stretch: &Stretch<'_>) -> Vec<Match> {
    let mut matches = match node {
        Node::Row { slots, anchors } => rows(slots, anchors, stretch),
        Node::Regex { regex, .. } => stretch.regex(regex),
        Node::Or(any) => any.iter().flat_map(|node| evaluate(node, stretch)).collect(),
        Node::And(left, right) => {
            let left = evaluate(left, stretch);
            let right = if left.is_empty() { Vec::new() } else { evaluate(right, stretch) };
            if right.is_empty() { Vec::new() } else { vec![joined(left.iter().chain(&right))] }
        }
        Node::Not(left, right) => {
            let left = evaluate(left, stretch);
            if left.is_empty() || evaluate(right, stretch).is_empty() { left } else { Vec::new() }
        }
        Node::Near { left, right, distance, ordered } => {
            let left = evaluate(left, stretch);
            let right = if left.is_empty() { Vec::new() } else { evaluate(right, stretch) };
            near(&left, &right, *distance, *ordered)
        }
    };
    matches.sort();
    matches.dedup();
    matches
}

/// Tells whether all words that an expression cannot do without occur somewhere in the text.
pub(super) fn possible(node: &Node, stream: &Stream) -> bool {
    match node {
        Node::Row { slots, .. } => fillable(slots, stream),
        Node::Regex { .. } => true,
        Node::Or(any) => any.iter().any(|node| possible(node, stream)),
        Node::And(left, right) | Node::Near { left, right, .. } => possible(left, stream) && possible(right, stream),
        Node::Not(left, _) => possible(left, stream),
    }
}

fn fillable(slots: &[Slot], stream: &Stream) -> bool {
    slots.iter().all(|slot| match slot {
        Slot::Atom(atom) => stream.holds(*atom),
        Slot::Group(rows) => rows.iter().any(|row| fillable(row, stream)),
    })
}

/// Puts the evidence of several matches into one.
fn joined<'m>(matches: impl Iterator<Item = &'m Match>) -> Match {
    let evidence: BTreeSet<Tokens> = matches.flat_map(|one| one.evidence.iter().copied()).collect();
    let first = evidence.iter().map(|(first, _)| *first).min().unwrap_or_default();
    let last = evidence.iter().map(|(_, last)| *last).max().unwrap_or_default();
    Match { first, last, evidence: evidence.into_iter().collect() }
}

/// A match is paired with the nearest of those after it, at most so many: in machine transcripts without a full stop, where
/// all words stand in one sentence, the pairs would fill any memory.
const PARTNERS: usize = 16;

/// Pairs at most `distance` words apart: first token of the later minus last token of the earlier.
fn near(left: &[Match], right: &[Match], distance: u32, ordered: bool) -> Vec<Match> {
    let mut found = Vec::new();
    let mut pair = |earlier: &[Match], later: &[Match]| {
        for one in earlier {
            // Both lists are in order of their first token, so that only a window of the later one is looked at:
            // in an entry that is one long sentence all pairs would take forever.
            let from = later.partition_point(|other| other.first <= one.last);
            let to = later.partition_point(|other| other.first <= one.last.saturating_add(distance));
            let window = later.get(from..to).unwrap_or_default();
            found.extend(window.iter().take(PARTNERS).map(|other| joined([one, other].into_iter())));
        }
    };
    pair(left, right);
    if !ordered {
        pair(right, left);
    }
    found
}

fn rows(slots: &[Slot], anchors: &[Anchor], stretch: &Stretch<'_>) -> Vec<Match> {
    let mut found = Vec::new();
    // Where a token may stand for several words, the words before an anchor tell nothing about the tokens before it.
    let starts = if stretch.stream.contracted {
        slots.first().map(|slot| first_places(slot, stretch)).unwrap_or_default()
    } else {
        starts(anchors, stretch)
    };
    for start in starts {
        let end = stretch.stream.sentence_end(start).min(stretch.tokens.1);
        let inner = (0..stretch.words_of(start)).map(|part| (start, part));
        for (after, part) in inner.flat_map(|at| ends(slots, at, end, stretch)) {
            // A row that ends inside a token has the whole of it.
            let tokens = (start, if part == 0 { after - 1 } else { after });
            if !stretch.excluded.iter().any(|other| touches(*other, tokens)) {
                found.push(Match { first: tokens.0, last: tokens.1, evidence: vec![tokens] });
            }
        }
    }
    found
}

/// Tells whether two stretches share a token.
pub(super) fn touches(a: Tokens, b: Tokens) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// Returns the tokens at which a row can begin, by its anchors.
fn starts(anchors: &[Anchor], stretch: &Stretch<'_>) -> Vec<u32> {
    let (from, to) = stretch.tokens;
    let mut starts = Vec::new();
    for anchor in anchors {
        let (fewest, most) = anchor.before;
        for place in stretch.stream.places(anchor.atom, from.saturating_add(fewest), to) {
            starts.extend((fewest..=most.min(place - from)).map(|before| place - before));
        }
    }
    sorted(starts)
}

/// Returns the tokens that can fill a slot, or begin to.
fn first_places(slot: &Slot, stretch: &Stretch<'_>) -> Vec<u32> {
    match slot {
        Slot::Atom(atom) => stretch.stream.places(*atom, stretch.tokens.0, stretch.tokens.1).to_vec(),
        Slot::Group(rows) => {
            let firsts = rows.iter().filter_map(|row| row.first());
            sorted(firsts.flat_map(|slot| first_places(slot, stretch)).collect())
        }
    }
}

fn sorted(mut places: Vec<u32>) -> Vec<u32> {
    places.sort_unstable();
    places.dedup();
    places
}

/// Returns the place right after each way in which the slots fit from `at` on, never past `end`.
fn ends(slots: &[Slot], at: Place, end: u32, stretch: &Stretch<'_>) -> Places {
    let mut places = Places::from_slice(&[at]);
    for slot in slots {
        let mut next = Places::new();
        for place in places {
            match slot {
                Slot::Atom(atom) if place.0 < end => stretch.step(*atom, place, &mut next),
                Slot::Atom(_) => {}
                Slot::Group(rows) => rows.iter().for_each(|row| next.extend(ends(row, place, end, stretch))),
            }
        }
        if next.is_empty() {
            return next;
        }
        next.sort_unstable();
        next.dedup();
        places = next;
    }
    places
}

impl Stretch<'_> {
    /// Returns how many words a token stands for.
    fn words_of(&self, token: u32) -> usize {
        let word = self.stream.tokens.get(token as usize).map(|token| token.word).filter(|_| self.stream.contracted);
        word.and_then(|word| self.vocabulary.contracted(word)).map_or(1, |readings| readings.len() - 1)
    }

    /// Adds the place after a word that satisfies an atom; a token that stands for several words can be read as one and as those.
    fn step(&self, atom: Atom, (token, part): Place, next: &mut Places) {
        let Some(Token { word, .. }) = self.stream.tokens.get(token as usize) else { return };
        let readings = if self.stream.contracted { self.vocabulary.contracted(*word) } else { None };
        let Some(readings) = readings else {
            if self.vocabulary.atoms(*word).contains(&atom) {
                next.push((token + 1, 0));
            }
            return;
        };
        let holds = |reading: usize| readings.get(reading).is_some_and(|atoms| atoms.contains(&atom));
        if part == 0 && holds(0) {
            next.push((token + 1, 0));
        }
        if holds(part + 1) {
            next.push(if part + 2 == readings.len() { (token + 1, 0) } else { (token, part + 1) });
        }
    }

    /// Finds a regular expression; a match counts as the tokens it touches, and one that touches none, such as a question
    /// mark, as the token before it.
    fn regex(&self, regex: &regex::Regex) -> Vec<Match> {
        let mut found = Vec::new();
        for bytes in self.seen() {
            for one in regex.find_iter(bytes.of(self.text)).filter(|one| !one.is_empty()) {
                let (from, to) = (bytes.start as usize + one.start(), bytes.start as usize + one.end());
                let Some(tokens) = self.touched(from, to) else { continue };
                if !self.excluded.iter().any(|other| touches(*other, tokens)) {
                    found.push(Match { first: tokens.0, last: tokens.1, evidence: vec![tokens] });
                }
            }
        }
        found
    }

    /// Returns the bytes that a regular expression sees, stretch by stretch between headings.
    fn seen(&self) -> Vec<Span> {
        let inside = self.headings.iter().filter(|heading| heading.overlaps(self.bytes));
        let starts = std::iter::once(self.bytes.start).chain(inside.clone().map(|heading| heading.end));
        let ends = inside.map(|heading| heading.start).chain([self.bytes.end]);
        starts.zip(ends).map(|(start, end)| Span { start, end: end.max(start) }).collect()
    }

    /// Returns the tokens that share a byte with a stretch of the text, or the one before it.
    fn touched(&self, from: usize, to: usize) -> Option<Tokens> {
        let tokens = &self.stream.tokens;
        let first = tokens.partition_point(|token| (token.span.end as usize) <= from);
        let after = tokens.partition_point(|token| (token.span.start as usize) < to);
        let (first, last) =
            if first < after { (first, after - 1) } else { (first.checked_sub(1)?, first.checked_sub(1)?) };
        let [first, last] = [first, last].map(|token| u32::try_from(token).unwrap_or(u32::MAX));
        (self.tokens.0 <= first && last < self.tokens.1).then_some((first, last))
    }
}
