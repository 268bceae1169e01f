//! Which evidence is negated: it begins within the reach of a cue of its sentence.
//!
//! Leaves finding the cues of a sentence to `cue_rows`. A sentence is looked at when evidence in it is asked about, once;
//! each distinct word is compared with the lists once.

use std::borrow::Cow;

use super::{
    compile::Brief,
    cue_rows::{Cue, Rows, Symbol, UNKNOWN},
    cues::WINDOW,
    evaluate::{Tokens, touches},
    widen::Read,
};
use crate::{codebook::Negation, text::Language};

/// The cues of the text at hand, found sentence by sentence as they are asked for.
#[derive(Debug, Default)]
pub(super) struct Cues {
    rows: Vec<Rows>,
    /// Symbol of each word, by its number in the vocabulary.
    symbols: Vec<Symbol>,
    /// Cues of each sentence that was asked for, as a range of `cues`.
    sentences: Vec<Option<(usize, usize)>>,
    cues: Vec<Cue>,
    /// Symbols of the words of the sentence at hand.
    line: Vec<Symbol>,
}

impl Cues {
    /// Forgets the text before.
    pub(super) fn begin(&mut self) {
        self.sentences.clear();
        self.cues.clear();
    }

    /// Tells whether a code leaves a match out: it says `block`, and all evidence is negated.
    pub(super) fn blocks(&mut self, brief: &Brief, read: Read<'_>, evidence: &[Tokens]) -> bool {
        brief.negation == Negation::Block && evidence.iter().all(|piece| self.negates(brief, read, *piece, evidence))
    }

    /// Returns those of the places of one word in a unit that stay, and whether all of them are negated.
    pub(super) fn of_places<'p>(&mut self, brief: &Brief, read: Read<'_>, places: &'p [u32]) -> (Cow<'p, [u32]>, bool) {
        let mut negated = |place: &u32| self.negates(brief, read, (*place, *place), &[(*place, *place)]);
        match brief.negation {
            Negation::Keep => (Cow::Borrowed(places), false),
            Negation::Flag => (Cow::Borrowed(places), places.iter().all(negated)),
            Negation::Block => (places.iter().filter(|place| !negated(place)).copied().collect(), false),
        }
    }

    /// Tells whether a piece of a match's evidence is negated, by a cue that is not part of the evidence itself; never for
    /// a code that says `keep`.
    pub(super) fn negates(&mut self, brief: &Brief, read: Read<'_>, (first, _): Tokens, own: &[Tokens]) -> bool {
        if brief.negation == Negation::Keep {
            return false;
        }
        let sentence = read.sentence(first);
        let (from, to) = match self.sentences.get(sentence as usize) {
            Some(Some(known)) => *known,
            _ => self.of_sentence(read, sentence),
        };
        if from == to {
            return false;
        }
        let cues = self.cues.get(from..to).unwrap_or_default();
        // In order, so that in an entry that is one long sentence only those nearby are looked at.
        let near = cues.partition_point(|cue| cue.tokens.1 + WINDOW < first);
        let mut reaching =
            cues.iter().skip(near).take_while(|cue| cue.tokens.1 < first).filter(|cue| first < cue.after);
        reaching.any(|cue| !own.iter().any(|own| touches(*own, cue.tokens)))
    }

    fn of_sentence(&mut self, read: Read<'_>, sentence: u32) -> (usize, usize) {
        let at = sentence as usize;
        if self.sentences.len() <= at {
            self.sentences.resize(read.outline.sentences.len().max(at + 1), None);
        }
        if let Some(known) = self.sentences[at] {
            return known;
        }
        let from = self.cues.len();
        let start = read.stream.sentence_starts.get(at).copied().unwrap_or_default();
        let mut line = std::mem::take(&mut self.line);
        self.symbols_of(read, start, read.language(sentence), &mut line);
        let mut cues = std::mem::take(&mut self.cues);
        self.rows_of(read.language(sentence)).cues(&line, start, |cue| cues.push(cue));
        (self.line, self.cues) = (line, cues);
        let range = (from, self.cues.len());
        self.sentences[at] = Some(range);
        range
    }

    /// Lists the symbols of the words of the sentence that begins at a token.
    fn symbols_of(&mut self, read: Read<'_>, start: u32, language: Language, line: &mut Vec<Symbol>) {
        let places = start as usize..read.stream.sentence_end(start) as usize;
        let tokens = read.stream.tokens.get(places).unwrap_or_default();
        line.clear();
        for token in tokens {
            let word = token.word as usize;
            if self.symbols.len() <= word {
                self.symbols.resize(word + 1, UNKNOWN);
            }
            if self.symbols[word] == UNKNOWN {
                self.symbols[word] = self.rows_of(language).symbol(token.span.of(read.text));
            }
            line.push(self.symbols[word]);
        }
    }

    fn rows_of(&mut self, language: Language) -> &Rows {
        let known = self.rows.iter().position(|rows| rows.language == language);
        let at = known.unwrap_or_else(|| {
            self.rows.push(Rows::of(language));
            self.rows.len() - 1
        });
        &self.rows[at]
    }
}
