//! Tasks over one text: hits for a search, suggestions for rules.

use super::{
    compile::{Brief, Matcher},
    evaluate::{Match, Stretch, Tokens, evaluate, possible},
    negation::Cues,
    stream::Stream,
    vocabulary::Vocabulary,
    widen::{Read, widen, widen_places},
};
use crate::{
    codebook::Within,
    coding::Suggestion,
    text::{Outline, Span},
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
    vocabulary: Vocabulary<'m>,
    stream: Stream,
    cues: Cues,
    /// Tasks to run over the text at hand, each with what set it off, as numbers that sort by task.
    set_off: Vec<u64>,
}

/// What makes a task worth running over a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// Nothing rules it out.
    Always,
    /// The word at an index of the stream's `present`.
    Word(u32),
    /// Letters at a byte.
    Letters(u32),
}

impl Cause {
    /// Above it a number stands for letters.
    const LETTERS: u32 = 1 << 31;

    fn with(self, task: u32) -> u64 {
        let number = match self {
            Self::Always => 0,
            Self::Word(index) => index + 1,
            Self::Letters(byte) => Self::LETTERS + byte,
        };
        (u64::from(task) << 32) | u64::from(number)
    }

    #[allow(clippy::cast_possible_truncation, reason = "each half of the number is a number of 32 bits")]
    fn of(both: u64) -> (u32, Self) {
        let cause = match both as u32 {
            0 => Self::Always,
            letters @ Self::LETTERS.. => Self::Letters(letters - Self::LETTERS),
            word => Self::Word(word - 1),
        };
        ((both >> 32) as u32, cause)
    }
}

/// What a task found.
enum Found<'f> {
    /// Tokens, each a match of its own.
    Places(&'f [u32]),
    Matches(Vec<Match>),
}

impl<'m> Scanner<'m> {
    /// Makes a scanner.
    pub fn new(matcher: &'m Matcher) -> Self {
        let (stream, cues) = (Stream::default(), Cues::default());
        Self { matcher, vocabulary: Vocabulary::new(matcher), stream, cues, set_off: Vec::new() }
    }

    /// Finds what the matcher's first task finds, in text order: the use of a search.
    pub fn hits(&mut self, text: &str, outline: &Outline) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.prepare(text, outline);
        self.run(text, outline, |_, read, found| {
            let hit =
                |evidence: &[Tokens]| Hit { evidence: evidence.iter().map(|tokens| read.span(*tokens)).collect() };
            match found {
                Found::Places(places) => hits.extend(places.iter().map(|place| hit(&[(*place, *place)]))),
                Found::Matches(found) => hits.extend(found.iter().map(|one| hit(&one.evidence))),
            }
        });
        hits.sort_by_key(|hit| (hit.span(), hit.evidence.len()));
        hits
    }

    /// Finds what all rules suggest, ordered by code, rule and place.
    pub fn scan(&mut self, text: &str, outline: &Outline) -> Vec<Suggestion> {
        self.prepare(text, outline);
        let mut suggestions = Vec::with_capacity(self.set_off.len());
        let mut cues = std::mem::take(&mut self.cues);
        cues.begin();
        self.run(text, outline, |brief, read, found| match found {
            Found::Places(places) => widen_places(brief, read, places, &mut cues, &mut suggestions),
            Found::Matches(found) => widen(brief, read, &found, &mut cues, &mut suggestions),
        });
        self.cues = cues;
        debug_assert!(suggestions.is_sorted_by_key(|one: &Suggestion| (one.code, one.rule, one.span)));
        suggestions
    }

    /// Reads a text and lists the tasks that it sets off.
    fn prepare(&mut self, text: &str, outline: &Outline) {
        self.stream.read(text, outline, &mut self.vocabulary);
        self.set_off(text);
    }

    /// Runs the tasks that the text at hand sets off, in their order.
    fn run(&self, text: &str, outline: &Outline, mut each: impl FnMut(&Brief, Read<'_>, Found<'_>)) {
        let read = Read { text, outline, stream: &self.stream };
        let headings: Vec<Span> = outline.sections.iter().filter_map(|section| section.heading).collect();
        for causes in self.set_off.chunk_by(|a, b| a >> 32 == b >> 32) {
            let Some((number, cause)) = causes.first().map(|cause| Cause::of(*cause)) else { continue };
            let Some(brief) = self.matcher.briefs.get(number as usize) else { continue };
            if let (true, Cause::Word(index)) = (brief.single, cause) {
                each(brief, read, Found::Places(self.stream.places_at(index as usize)));
                continue;
            }
            let Some(task) = self.matcher.tasks.get(number as usize) else { continue };
            if !possible(&task.node, &self.stream) {
                continue;
            }
            let mut found = Vec::new();
            for (tokens, bytes) in stretches(brief.within, causes, read) {
                let vocabulary = &self.vocabulary;
                let (stream, headings) = (&self.stream, headings.as_slice());
                let mut stretch = Stretch { text, stream, vocabulary, tokens, bytes, headings, excluded: &[] };
                // Exceptions are rare: an empty list costs nothing.
                let excluded: Vec<Tokens> =
                    task.except.iter().flat_map(|node| evaluate(node, &stretch)).flat_map(|one| one.evidence).collect();
                stretch.excluded = &excluded;
                found.extend(evaluate(&task.node, &stretch));
            }
            if !found.is_empty() {
                each(brief, read, Found::Matches(found));
            }
        }
    }

    /// Lists the tasks that some word or letters of the text set off, and those that need none.
    fn set_off(&mut self, text: &str) {
        self.set_off.clear();
        self.set_off.extend(self.matcher.always.iter().map(|task| Cause::Always.with(*task)));
        for (index, (atom, _)) in (0_u32..).zip(&self.stream.present) {
            self.set_off.extend(self.matcher.set_off_by(*atom).iter().map(|(_, task)| Cause::Word(index).with(*task)));
        }
        let set_off = &mut self.set_off;
        let at = |byte: usize| {
            u32::try_from(byte).ok().filter(|byte| *byte < Cause::LETTERS).map_or(Cause::Always, Cause::Letters)
        };
        self.matcher.letters.find(text, |task, byte| set_off.push(at(byte).with(task)));
        self.set_off.sort_unstable();
    }
}

/// Returns the stretches a task must look at: those in which something set it off.
fn stretches(within: Within, causes: &[u64], read: Read<'_>) -> Vec<(Tokens, Span)> {
    let (outline, stream) = (read.outline, read.stream);
    let all = match within {
        Within::Sentence => outline.sentences.len(),
        Within::Paragraph => outline.paragraphs.len(),
        Within::Entry => 1,
    };
    let mut numbers: Vec<usize> = Vec::new();
    for cause in causes {
        match Cause::of(*cause).1 {
            Cause::Always => numbers = (0..all).collect(),
            Cause::Word(index) => {
                let sentence = |token: &u32| stream.sentence(*token) as usize;
                numbers.extend(
                    stream.places_at(index as usize).iter().map(|token| number_of(within, sentence(token), outline)),
                );
            }
            Cause::Letters(byte) => {
                let after = outline.sentences.partition_point(|sentence| sentence.span.start <= byte);
                // Letters before the first sentence stand in a heading, which is looked at only as part of an entry.
                let sentence = after.saturating_sub(1);
                numbers.push(number_of(within, sentence, outline));
            }
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter(|number| *number < all).map(|number| stretch(within, number, read)).collect()
}

fn number_of(within: Within, sentence: usize, outline: &Outline) -> usize {
    match within {
        Within::Sentence => sentence,
        Within::Paragraph => outline.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph as usize),
        Within::Entry => 0,
    }
}

/// Returns the tokens and the place of a stretch by its number.
fn stretch(within: Within, number: usize, read: Read<'_>) -> (Tokens, Span) {
    let (outline, stream) = (read.outline, read.stream);
    let between = |starts: &[u32]| {
        let start = |at: usize| starts.get(at).copied().unwrap_or_else(|| stream.len());
        (start(number), start(number + 1))
    };
    match within {
        Within::Sentence => (
            between(&stream.sentence_starts),
            outline.sentences.get(number).map(|sentence| sentence.span).unwrap_or_default(),
        ),
        Within::Paragraph => (
            between(&stream.paragraph_starts),
            outline.paragraphs.get(number).map(|paragraph| paragraph.span).unwrap_or_default(),
        ),
        Within::Entry => ((0, stream.len()), Span::new(0, read.text.len())),
    }
}
