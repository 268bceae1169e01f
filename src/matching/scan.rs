//! Tasks over one text: hits for a search, suggestions for rules.

use std::{collections::BTreeMap, ops::Range};

use super::{
    compile::{Matcher, Task},
    evaluate::{Match, Stretch, Tokens, evaluate},
    stream::Stream,
    vocabulary::Vocabulary,
};
use crate::{
    codebook::{RuleUnit, Within},
    coding::Suggestion,
    text::{Language, Outline, Span},
};

/// One place where an expression matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The words that matched, in text order.
    pub evidence: Vec<Span>,
}

impl Hit {
    /// Returns the stretch from the first to the last evidence.
    pub fn span(&self) -> Span {
        self.evidence.iter().copied().reduce(Span::cover).unwrap_or_default()
    }
}

/// Runs a matcher over texts, one after the other; keeps what it learnt about words. One for each thread.
#[derive(Debug)]
pub struct Scanner<'m> {
    matcher: &'m Matcher,
    vocabularies: Vec<Vocabulary>,
    stream: Stream,
}

impl<'m> Scanner<'m> {
    /// Makes a scanner.
    pub fn new(matcher: &'m Matcher) -> Self {
        Self { matcher, vocabularies: Vec::new(), stream: Stream::default() }
    }

    /// Finds what the matcher's first task finds, in text order: the use of a search.
    pub fn hits(&mut self, text: &str, outline: &Outline, language: Language) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.run(text, outline, language, |_, stream, found| {
            hits.extend(found.iter().map(|one| Hit { evidence: spans(stream, &one.evidence) }));
        });
        hits.sort_by_key(|hit| (hit.span(), hit.evidence.len()));
        hits
    }

    /// Finds what all rules suggest, ordered by code, rule and place.
    pub fn scan(&mut self, text: &str, outline: &Outline, language: Language) -> Vec<Suggestion> {
        let mut suggestions = Vec::new();
        self.run(text, outline, language, |task, stream, found| {
            suggestions.extend(widened(task, text, outline, stream, found));
        });
        suggestions.sort_by_key(|one: &Suggestion| (one.code, one.rule, one.span));
        suggestions
    }

    fn run(
        &mut self,
        text: &str,
        outline: &Outline,
        language: Language,
        mut each: impl FnMut(&Task, &Stream, &[Match]),
    ) {
        let known = self.vocabularies.iter().position(|vocabulary| vocabulary.language() == language);
        let at = known.unwrap_or_else(|| {
            self.vocabularies.push(Vocabulary::new(self.matcher, language));
            self.vocabularies.len() - 1
        });
        let Some(vocabulary) = self.vocabularies.get_mut(at) else { return };
        self.stream.read(text, outline, vocabulary, self.matcher.atoms.len());
        let (stream, vocabulary) = (&self.stream, &*vocabulary);
        for number in set_off(self.matcher, stream) {
            let Some(task) = self.matcher.tasks.get(number as usize) else { continue };
            let mut found = Vec::new();
            for (tokens, bytes) in stretches(task, text, outline, stream) {
                let mut stretch = Stretch { text, stream, vocabulary, tokens, bytes, excluded: &[] };
                let excluded: Vec<Tokens> =
                    task.except.iter().flat_map(|node| evaluate(node, &stretch)).flat_map(|one| one.evidence).collect();
                stretch.excluded = &excluded;
                found.extend(evaluate(&task.node, &stretch));
            }
            if !found.is_empty() {
                each(task, stream, &found);
            }
        }
    }
}

/// Returns the tasks that some word of the text sets off, and those that need none.
fn set_off(matcher: &Matcher, stream: &Stream) -> Vec<u32> {
    let by_word = stream.present.iter().filter_map(|atom| matcher.by_trigger.get(*atom as usize));
    let mut tasks: Vec<u32> = by_word.flatten().chain(&matcher.always).copied().collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

/// Returns the stretches a task must look at: those that hold one of its triggers.
fn stretches(task: &Task, text: &str, outline: &Outline, stream: &Stream) -> Vec<(Tokens, Span)> {
    let count = match task.within {
        Within::Sentence => outline.sentences.len(),
        Within::Paragraph => outline.paragraphs.len(),
        Within::Entry => 1,
    };
    let stretch = |number: usize| -> (Tokens, Span) {
        let between = |starts: &[u32]| {
            let start = |at: usize| starts.get(at).copied().unwrap_or_else(|| stream.len());
            (start(number), start(number + 1))
        };
        match task.within {
            Within::Sentence => (
                between(&stream.sentence_starts),
                outline.sentences.get(number).map(|sentence| sentence.span).unwrap_or_default(),
            ),
            Within::Paragraph => (
                between(&stream.paragraph_starts),
                outline.paragraphs.get(number).map(|paragraph| paragraph.span).unwrap_or_default(),
            ),
            Within::Entry => ((0, stream.len()), Span::new(0, text.len())),
        }
    };
    let Some(triggers) = &task.triggers else { return (0..count).map(stretch).collect() };
    let places = triggers.iter().flat_map(|atom| stream.places(*atom, 0, stream.len()));
    let mut numbers: Vec<usize> = places.map(|token| number_of(task.within, *token, outline, stream)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(stretch).collect()
}

fn number_of(within: Within, token: u32, outline: &Outline, stream: &Stream) -> usize {
    let sentence = stream.sentence_of.get(token as usize).copied().unwrap_or_default() as usize;
    match within {
        Within::Sentence => sentence,
        Within::Paragraph => outline.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph as usize),
        Within::Entry => 0,
    }
}

fn spans(stream: &Stream, evidence: &[Tokens]) -> Vec<Span> {
    let place = |token: u32| stream.spans.get(token as usize).copied().unwrap_or_default();
    evidence.iter().map(|(first, last)| place(*first).cover(place(*last))).collect()
}

/// A stretch of an entry in every way that it is counted.
struct Cover {
    span: Span,
    sentences: Range<u32>,
    paragraphs: Range<u32>,
}

/// Widens matches to the units that the code asks for; what falls into one unit becomes one suggestion.
fn widened(task: &Task, text: &str, outline: &Outline, stream: &Stream, found: &[Match]) -> Vec<Suggestion> {
    let mut units: BTreeMap<Span, (Cover, Vec<Tokens>)> = BTreeMap::new();
    for one in found {
        for evidence in &one.evidence {
            let cover = match task.unit {
                RuleUnit::Hit => cover_of_hit((one.first, one.last), outline, stream),
                RuleUnit::Sentence => cover_of_sentence(evidence.0, outline, stream),
                RuleUnit::Paragraph => cover_of_paragraph(evidence.0, outline, stream),
                RuleUnit::Entry => Cover {
                    span: Span::new(0, text.len()),
                    sentences: 0..length(&outline.sentences),
                    paragraphs: 0..length(&outline.paragraphs),
                },
            };
            units.entry(cover.span).or_insert_with(|| (cover, Vec::new())).1.push(*evidence);
        }
    }
    let suggestion = |(cover, evidence): (Cover, Vec<Tokens>)| {
        let evidence = Span::joined(spans(stream, &evidence));
        let first = evidence.first().copied().unwrap_or_default();
        Suggestion {
            code: task.code,
            rule: task.rule,
            section: outline.section_at(first.start),
            span: cover.span,
            evidence,
            negated: false,
            sentences: cover.sentences,
            paragraphs: cover.paragraphs,
        }
    };
    units.into_values().map(suggestion).collect()
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn cover_of_hit((first, last): Tokens, outline: &Outline, stream: &Stream) -> Cover {
    let span = spans(stream, &[(first, last)]).first().copied().unwrap_or_default();
    let sentence = |token: u32| stream.sentence_of.get(token as usize).copied().unwrap_or_default();
    let sentences = sentence(first)..sentence(last) + 1;
    let paragraph = |sentence: u32| outline.sentences.get(sentence as usize).map_or(0, |sentence| sentence.paragraph);
    let paragraphs = paragraph(sentences.start)..paragraph(sentences.end - 1) + 1;
    Cover { span, sentences, paragraphs }
}

fn cover_of_sentence(token: u32, outline: &Outline, stream: &Stream) -> Cover {
    let mut cover = cover_of_hit((token, token), outline, stream);
    cover.span = outline.sentences.get(cover.sentences.start as usize).map_or(cover.span, |sentence| sentence.span);
    cover
}

fn cover_of_paragraph(token: u32, outline: &Outline, stream: &Stream) -> Cover {
    let mut cover = cover_of_hit((token, token), outline, stream);
    let paragraph = cover.paragraphs.start;
    cover.span = outline.paragraphs.get(paragraph as usize).map_or(cover.span, |paragraph| paragraph.span);
    let from = outline.sentences.partition_point(|sentence| sentence.paragraph < paragraph);
    let to = outline.sentences.partition_point(|sentence| sentence.paragraph <= paragraph);
    cover.sentences = u32::try_from(from).unwrap_or(u32::MAX)..u32::try_from(to).unwrap_or(u32::MAX);
    cover
}
