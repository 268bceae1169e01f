//! A text as a stream of word numbers, cut where sentences and paragraphs end.

use super::{compile::Atom, vocabulary::Vocabulary};
use crate::text::{Outline, Span, for_each_token};

/// The words of one text, reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// Place of each token in the text.
    pub(super) spans: Vec<Span>,
    /// Word of each token.
    pub(super) words: Vec<u32>,
    /// Sentence of each token.
    pub(super) sentence_of: Vec<u32>,
    /// First token of each sentence, and one more for the end.
    pub(super) sentence_starts: Vec<u32>,
    /// First token of each paragraph, and one more for the end.
    pub(super) paragraph_starts: Vec<u32>,
    /// Places of each atom that occurs, by atom.
    occurrences: Vec<Vec<u32>>,
    /// Atoms that occur.
    pub(super) present: Vec<Atom>,
}

impl Stream {
    /// Reads a text in place of the one before.
    pub(super) fn read(&mut self, text: &str, outline: &Outline, vocabulary: &mut Vocabulary, atoms: usize) {
        for atom in self.present.drain(..) {
            self.occurrences[atom as usize].clear();
        }
        self.occurrences.resize_with(atoms, Vec::new);
        for list in [&mut self.words, &mut self.sentence_of, &mut self.sentence_starts, &mut self.paragraph_starts] {
            list.clear();
        }
        self.spans.clear();
        for (number, sentence) in (0_u32..).zip(&outline.sentences) {
            while self.paragraph_starts.len() <= sentence.paragraph as usize {
                self.paragraph_starts.push(self.len());
            }
            self.sentence_starts.push(self.len());
            let part = sentence.span.of(text);
            for_each_token(part, |token| {
                let word = vocabulary.number(token.of(part));
                let from = sentence.span.start;
                let span = Span { start: from + token.start, end: from + token.end };
                self.push(word, vocabulary.atoms(word), span, number);
            });
        }
        self.sentence_starts.push(self.len());
        while self.paragraph_starts.len() <= outline.paragraphs.len() {
            self.paragraph_starts.push(self.len());
        }
    }

    fn push(&mut self, word: u32, atoms: &[Atom], span: Span, sentence: u32) {
        let place = self.len();
        for atom in atoms {
            if let Some(places) = self.occurrences.get_mut(*atom as usize) {
                if places.is_empty() {
                    self.present.push(*atom);
                }
                places.push(place);
            }
        }
        self.spans.push(span);
        self.words.push(word);
        self.sentence_of.push(sentence);
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// Returns the places of an atom between two tokens.
    pub(super) fn places(&self, atom: Atom, from: u32, to: u32) -> &[u32] {
        let places = self.occurrences.get(atom as usize).map_or(&[] as &[u32], Vec::as_slice);
        let (first, last) =
            (places.partition_point(|place| *place < from), places.partition_point(|place| *place < to));
        places.get(first..last).unwrap_or_default()
    }

    /// Returns the token after the last one of a token's sentence.
    pub(super) fn sentence_end(&self, token: u32) -> u32 {
        let sentence = self.sentence_of.get(token as usize).copied().unwrap_or_default();
        self.sentence_starts.get(sentence as usize + 1).copied().unwrap_or_else(|| self.len())
    }
}
