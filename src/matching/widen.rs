//! From what matched to what is suggested: the units that a code asks for.

use std::{collections::BTreeMap, ops::Range};

use super::{
    compile::Brief,
    evaluate::{Match, Tokens},
    negation::Cues,
    stream::Stream,
};
use crate::{
    codebook::{Negation, RuleUnit},
    coding::{Evidence, Suggestion},
    text::{Language, Outline, Span},
};

/// A text that was read, with its parts.
#[derive(Clone, Copy)]
pub(super) struct Read<'r> {
    pub(super) text: &'r str,
    pub(super) outline: &'r Outline,
    pub(super) stream: &'r Stream,
}

impl Read<'_> {
    /// Returns the place of some tokens.
    pub(super) fn span(&self, (first, last): Tokens) -> Span {
        let place = |token: u32| self.stream.tokens.get(token as usize).map(|token| token.span).unwrap_or_default();
        place(first).cover(place(last))
    }

    /// Returns the sentence of a token.
    pub(super) fn sentence(&self, token: u32) -> u32 {
        self.stream.sentence(token)
    }

    /// Returns the language of a sentence.
    pub(super) fn language(&self, sentence: u32) -> Language {
        self.outline.sentences.get(sentence as usize).map_or(Language::Other, |sentence| sentence.language)
    }

    fn paragraph(&self, token: u32) -> u32 {
        self.outline.sentences.get(self.sentence(token) as usize).map_or(0, |sentence| sentence.paragraph)
    }
}

/// A stretch of an entry in every way that it is counted.
struct Cover {
    span: Span,
    sentences: Range<u32>,
    paragraphs: Range<u32>,
}

/// Widens matches to the units that the code asks for; what falls into one unit becomes one suggestion.
pub(super) fn widen(
    brief: &Brief,
    read: Read<'_>,
    found: &[Match],
    cues: &mut Cues,
    suggestions: &mut Vec<Suggestion>,
) {
    // The last of each unit tells whether all its evidence is negated.
    let mut units: BTreeMap<Span, (Cover, Vec<Tokens>, bool)> = BTreeMap::new();
    for one in found {
        if cues.blocks(brief, read, &one.evidence) {
            continue;
        }
        for evidence in &one.evidence {
            let negated = cues.negates(brief, read, *evidence, &one.evidence);
            let tokens = if brief.unit == RuleUnit::Hit { (one.first, one.last) } else { *evidence };
            let cover = cover(brief.unit, tokens, read);
            let unit = units.entry(cover.span).or_insert_with(|| (cover, Vec::new(), true));
            unit.1.push(*evidence);
            unit.2 &= negated;
        }
    }
    // Of a hit in several units some may hold nothing but negated evidence.
    let kept = units.into_values().filter(|(_, _, negated)| !(*negated && brief.negation == Negation::Block));
    suggestions.extend(kept.map(|(cover, evidence, negated)| {
        let spans = evidence.into_iter().map(|tokens| read.span(tokens)).collect();
        suggestion(brief, cover, (Span::joined(spans).into(), negated), read.outline)
    }));
}

/// Widens the places of one word, which are in text order: the same as [`widen`], without a list of matches.
pub(super) fn widen_places(
    brief: &Brief,
    read: Read<'_>,
    places: &[u32],
    cues: &mut Cues,
    suggestions: &mut Vec<Suggestion>,
) {
    let same_unit = |a: &u32, b: &u32| match brief.unit {
        RuleUnit::Hit => false,
        RuleUnit::Sentence => read.sentence(*a) == read.sentence(*b),
        RuleUnit::Paragraph => read.paragraph(*a) == read.paragraph(*b),
        RuleUnit::Entry => true,
    };
    for places in places.chunk_by(same_unit) {
        let (places, negated) = cues.of_places(brief, read, places);
        let Some(first) = places.first() else { continue };
        let mut evidence = Evidence::with_capacity(places.len());
        for place in places.iter() {
            let span = read.span((*place, *place));
            match evidence.last_mut() {
                // Words of a script that sets no blanks may touch.
                Some(last) if last.end >= span.start => *last = last.cover(span),
                _ => evidence.push(span),
            }
        }
        suggestions.push(suggestion(
            brief,
            cover(brief.unit, (*first, *first), read),
            (evidence, negated),
            read.outline,
        ));
    }
}

fn suggestion(brief: &Brief, cover: Cover, (evidence, negated): (Evidence, bool), outline: &Outline) -> Suggestion {
    let first = evidence.first().copied().unwrap_or_default();
    Suggestion {
        code: brief.code,
        rule: brief.rule,
        section: outline.section_at(first.start),
        span: cover.span,
        evidence,
        negated,
        sentences: cover.sentences,
        paragraphs: cover.paragraphs,
    }
}

/// Returns the unit around some tokens; for sentences and paragraphs that of the first.
fn cover(unit: RuleUnit, (first, last): Tokens, read: Read<'_>) -> Cover {
    let (sentences, paragraphs) = (&read.outline.sentences, &read.outline.paragraphs);
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    match unit {
        RuleUnit::Hit => Cover {
            span: read.span((first, last)),
            sentences: read.sentence(first)..read.sentence(last) + 1,
            paragraphs: read.paragraph(first)..read.paragraph(last) + 1,
        },
        RuleUnit::Sentence => {
            let (sentence, paragraph) = (read.sentence(first), read.paragraph(first));
            Cover {
                span: sentences.get(sentence as usize).map(|sentence| sentence.span).unwrap_or_default(),
                sentences: sentence..sentence + 1,
                paragraphs: paragraph..paragraph + 1,
            }
        }
        RuleUnit::Paragraph => {
            let paragraph = read.paragraph(first);
            let from = sentences.partition_point(|sentence| sentence.paragraph < paragraph);
            let to = sentences.partition_point(|sentence| sentence.paragraph <= paragraph);
            Cover {
                span: paragraphs.get(paragraph as usize).map(|paragraph| paragraph.span).unwrap_or_default(),
                sentences: length(from)..length(to),
                paragraphs: paragraph..paragraph + 1,
            }
        }
        RuleUnit::Entry => Cover {
            span: Span::new(0, read.text.len()),
            sentences: 0..length(sentences.len()),
            paragraphs: 0..length(paragraphs.len()),
        },
    }
}
