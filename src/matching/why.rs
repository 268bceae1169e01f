//! Why an expression did not match a text: which part of it failed, and how nearly.

use std::collections::BTreeMap;

use super::{Hit, Matcher, Scanner};
use crate::{
    codebook::Within,
    diagnostic::did_you_mean,
    query::{Expr, Item, Word},
    text::{Language, Outline, Span, fold, plain, stem_keys, tokens},
};

/// A text with its parts, as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'t> {
    /// The words.
    pub text: &'t str,
    /// Its parts.
    pub outline: &'t Outline,
}

/// How nearly an expression matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Words and regular expressions of it that occur.
    pub met: usize,
    /// All of them that one way of matching needs.
    pub of: usize,
    /// What failed, part by part; empty when it matched.
    pub reasons: Vec<Reason>,
}

/// Why a part failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It does not occur; a word of the text that is like it.
    Absent {
        /// The part as it is written.
        part: String,
        /// A word that is near it, with what keeps it from matching.
        near: Option<(Span, Unlike)>,
    },
    /// All words of a row occur, but not one after the other.
    Scattered {
        /// The row.
        part: String,
        /// The longest beginning of it that occurs.
        begins: Option<Span>,
    },
    /// Both parts occur, but never in one stretch.
    Apart {
        /// The parts.
        parts: [String; 2],
        /// A place of each.
        places: [Span; 2],
        /// The stretch.
        within: Within,
    },
    /// Both parts occur in one stretch, but too far from each other.
    Far {
        /// The parts.
        parts: [String; 2],
        /// The nearest places.
        places: [Span; 2],
        /// Words between them.
        distance: u32,
        /// Words that the rule allows.
        allowed: u32,
    },
    /// Both parts occur near enough, but the other way round or one inside the other.
    Order {
        /// The parts.
        parts: [String; 2],
        /// Their places.
        places: [Span; 2],
    },
    /// What must not be there is in every stretch of the rest.
    Unwanted {
        /// The part after NOT.
        part: String,
        /// A place of it.
        place: Span,
    },
    /// An exception took all evidence away.
    Excepted {
        /// The exception.
        part: String,
        /// Its place.
        place: Span,
    },
    /// All evidence is negated, and the code's negation is `block`.
    Negated {
        /// The evidence.
        place: Span,
    },
}

/// What keeps a word that is near from being the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unlike {
    /// Only letters' case or accents differ, and the rule wants them as written.
    Case,
    /// It is another form of the word, and the rule wants this form.
    Form,
    /// It has another stem; the letters are alike.
    Spelling,
}

/// Finds out why an expression did not match; a miss without reasons is a match.
pub fn why_not(expr: &Expr, within: Within, looked: Looked<'_>) -> Miss {
    Search { within, looked }.miss(expr)
}

/// Finds the places of an expression.
pub fn places(expr: &Expr, within: Within, looked: Looked<'_>) -> Vec<Hit> {
    Search { within, looked }.hits(expr)
}

struct Search<'t> {
    within: Within,
    looked: Looked<'t>,
}

impl Search<'_> {
    fn hits(&self, expr: &Expr) -> Vec<Hit> {
        let matcher = Matcher::for_search(expr, self.within);
        Scanner::new(&matcher).hits(self.looked.text, self.looked.outline)
    }

    fn miss(&self, expr: &Expr) -> Miss {
        let of = leaves(expr);
        if !self.hits(expr).is_empty() {
            return Miss { met: of, of, reasons: Vec::new() };
        }
        match expr {
            Expr::Row(items) => self.row(items, expr),
            Expr::Regex(_) => Miss { met: 0, of, reasons: vec![Reason::Absent { part: expr.to_string(), near: None }] },
            // The way that came nearest; the first of equals.
            Expr::Or(any) => any
                .iter()
                .map(|one| self.miss(one))
                .reduce(|best, one| if one.met * best.of > best.met * one.of { one } else { best })
                .unwrap_or(Miss { met: 0, of, reasons: Vec::new() }),
            Expr::And(left, right) => self.two(left, right, |left, right| Some(self.apart(left, right))),
            Expr::Near(left, right, distance) => {
                self.two(left, right, |left, right| self.far(left, right, *distance, false))
            }
            Expr::Then(left, right, distance) => {
                self.two(left, right, |left, right| self.far(left, right, *distance, true))
            }
            Expr::Not(left, right) => {
                let miss = self.miss(left);
                let unwanted = self.hits(right).first().map(Hit::span);
                match unwanted.filter(|_| miss.reasons.is_empty()) {
                    Some(place) => Miss { reasons: vec![Reason::Unwanted { part: right.to_string(), place }], ..miss },
                    None => miss,
                }
            }
        }
    }

    /// Explains an operator whose sides both must match; `both` says why they do not fit together.
    fn two(
        &self,
        left: &Expr,
        right: &Expr,
        both: impl FnOnce((&Expr, &[Hit]), (&Expr, &[Hit])) -> Option<Reason>,
    ) -> Miss {
        let (left_miss, right_miss) = (self.miss(left), self.miss(right));
        let (met, of) = (left_miss.met + right_miss.met, left_miss.of + right_miss.of);
        let mut reasons = left_miss.reasons;
        reasons.extend(right_miss.reasons);
        if reasons.is_empty() {
            reasons.extend(both((left, &self.hits(left)), (right, &self.hits(right))));
        }
        Miss { met, of, reasons }
    }

    fn apart(&self, (left, left_hits): (&Expr, &[Hit]), (right, right_hits): (&Expr, &[Hit])) -> Reason {
        let (_, a, b) = self.nearest(left_hits, right_hits).unwrap_or_default();
        Reason::Apart { parts: [left.to_string(), right.to_string()], places: [a, b], within: self.within }
    }

    fn far(
        &self,
        (left, left_hits): (&Expr, &[Hit]),
        (right, right_hits): (&Expr, &[Hit]),
        allowed: u16,
        ordered: bool,
    ) -> Option<Reason> {
        let allowed = u32::from(allowed);
        let (together, a, b) = self.nearest(left_hits, right_hits)?;
        let parts = [left.to_string(), right.to_string()];
        let places = [a, b];
        if !together {
            return Some(Reason::Apart { parts, places, within: self.within });
        }
        let distance = self.distance(a, b);
        if distance == 0 || (distance <= allowed && ordered) {
            return Some(Reason::Order { parts, places });
        }
        Some(Reason::Far { parts, places, distance, allowed })
    }

    /// Returns the pair of places that is nearest, and whether one stretch holds both; one in a stretch comes first.
    fn nearest(&self, left: &[Hit], right: &[Hit]) -> Option<(bool, Span, Span)> {
        // A text with a thousand places needs no thousand times a thousand looks.
        const ENOUGH: usize = 200;
        let pairs = left.iter().take(ENOUGH).flat_map(|a| right.iter().take(ENOUGH).map(move |b| (a.span(), b.span())));
        let best = pairs.map(|(a, b)| {
            let gap = a.start.abs_diff(b.start);
            (self.stretch(a) != self.stretch(b), gap, a, b)
        });
        best.min().map(|(apart, _, a, b)| (!apart, a, b))
    }

    fn stretch(&self, span: Span) -> usize {
        let outline = self.looked.outline;
        let sentence =
            outline.sentences.partition_point(|sentence| sentence.span.start <= span.start).saturating_sub(1);
        match self.within {
            Within::Sentence => sentence,
            Within::Paragraph => outline.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph as usize),
            Within::Entry => 0,
        }
    }

    /// Counts words from the last of the earlier to the first of the later; 0 when they overlap.
    fn distance(&self, a: Span, b: Span) -> u32 {
        let (earlier, later) = if a.start <= b.start { (a, b) } else { (b, a) };
        if later.start < earlier.end {
            return 0;
        }
        let between = Span { start: earlier.end, end: later.start };
        u32::try_from(tokens(between.of(self.looked.text)).len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    fn row(&self, items: &[Item], expr: &Expr) -> Miss {
        let of = items.len();
        let alone = |item: &Item| !self.hits(&Expr::Row(vec![item.clone()])).is_empty();
        let absent: Vec<&Item> = items.iter().filter(|item| !alone(item)).collect();
        let met = of - absent.len();
        if absent.is_empty() {
            let beginnings = (1..of).rev().filter_map(|length| items.get(..length));
            let begins = beginnings
                .map(|items| self.hits(&Expr::Row(items.to_vec())))
                .find_map(|hits| hits.first().map(Hit::span));
            return Miss { met, of, reasons: vec![Reason::Scattered { part: expr.to_string(), begins }] };
        }
        let reason = |item: &Item| {
            let near = match item {
                Item::Word(word) => self.near(word),
                Item::Group(_) => None,
            };
            Reason::Absent { part: Expr::Row(vec![item.clone()]).to_string(), near }
        };
        Miss { met, of, reasons: absent.into_iter().map(reason).collect() }
    }

    /// Finds a word of the text that is like one that does not occur.
    fn near(&self, word: &Word) -> Option<(Span, Unlike)> {
        let looked = self.looked;
        let written = match word {
            Word::Inflected(word) | Word::Exact(word) | Word::Written(word) => word,
            Word::Wildcard(_) => return None,
        };
        let folded = fold(written);
        let words: Vec<(Span, String, Language)> = looked
            .outline
            .sentences
            .iter()
            .flat_map(|sentence| {
                let part = sentence.span.of(looked.text);
                tokens(part).into_iter().map(move |token| {
                    let span = Span { start: sentence.span.start + token.start, end: sentence.span.start + token.end };
                    (span, fold(&plain(token.of(part))).into_owned(), sentence.language)
                })
            })
            .collect();
        let same_letters =
            words.iter().find(|(_, other, _)| **other == *folded).map(|(span, ..)| (*span, Unlike::Case));
        let same_stem = || {
            let mut stems: BTreeMap<Language, Vec<String>> = BTreeMap::new();
            let mut is_form = |other: &str, language: Language| {
                let stems = stems.entry(language).or_insert_with(|| stem_keys(written, language));
                stem_keys(other, language).iter().any(|key| stems.contains(key))
            };
            words.iter().find(|(_, other, language)| is_form(other, *language)).map(|(span, ..)| (*span, Unlike::Form))
        };
        let alike = || {
            // Short words are all alike.
            if folded.chars().count() < 5 {
                return None;
            }
            let near = did_you_mean(&folded, words.iter().map(|(_, other, _)| other.as_str()))?.to_owned();
            words.iter().find(|(_, other, _)| *other == near).map(|(span, ..)| (*span, Unlike::Spelling))
        };
        same_letters.or_else(same_stem).or_else(alike)
    }
}

/// Counts the words and regular expressions that one way of matching needs.
fn leaves(expr: &Expr) -> usize {
    match expr {
        Expr::Row(items) => items.len(),
        Expr::Regex(_) => 1,
        Expr::Or(any) => any.iter().map(leaves).min().unwrap_or_default(),
        Expr::And(left, right) | Expr::Near(left, right, _) | Expr::Then(left, right, _) => {
            leaves(left) + leaves(right)
        }
        Expr::Not(left, _) => leaves(left),
    }
}
