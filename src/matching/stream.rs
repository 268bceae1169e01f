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
    /// Whether some token stands for several words.
    pub(super) contracted: bool,
    /// Atoms that occur, in rising order, each with the index of its first place.
    pub(super) present: Vec<(Atom, u32)>,
    /// Tokens at which atoms occur, atom by atom, each list in text order.
    places: Vec<u32>,
    /// Atoms and places as they are met, before they are in order.
    met: Vec<u64>,
}

impl Stream {
    /// Reads a text in place of the one before; each sentence's words are those of its language.
    pub(super) fn read(&mut self, text: &str, outline: &Outline, vocabulary: &mut Vocabulary<'_>) {
        for list in [&mut self.words, &mut self.sentence_of, &mut self.sentence_starts, &mut self.paragraph_starts] {
            list.clear();
        }
        self.spans.clear();
        self.met.clear();
        self.contracted = false;
        for (number, sentence) in (0_u32..).zip(&outline.sentences) {
            while self.paragraph_starts.len() <= sentence.paragraph as usize {
                self.paragraph_starts.push(self.len());
            }
            self.sentence_starts.push(self.len());
            let part = sentence.span.of(text);
            let mut words = vocabulary.of(sentence.language);
            for_each_token(part, |token| {
                let word = words.number(part, token);
                let place = u64::from(self.len());
                self.met.extend(words.atoms(word).iter().map(|atom| (u64::from(*atom) << 32) | place));
                let from = sentence.span.start;
                self.spans.push(Span { start: from + token.start, end: from + token.end });
                self.words.push(word);
                self.contracted |= words.is_contracted(word);
                self.sentence_of.push(number);
            });
        }
        self.sentence_starts.push(self.len());
        while self.paragraph_starts.len() <= outline.paragraphs.len() {
            self.paragraph_starts.push(self.len());
        }
        self.order();
    }

    /// Puts what was met into lists, atom by atom.
    #[allow(clippy::cast_possible_truncation, reason = "each half of the number is a number of 32 bits")]
    fn order(&mut self) {
        self.met.sort_unstable();
        self.present.clear();
        self.places.clear();
        for one in &self.met {
            let (atom, place) = ((one >> 32) as u32, *one as u32);
            if self.present.last().is_none_or(|(last, _)| *last != atom) {
                self.present.push((atom, self.places.len() as u32));
            }
            self.places.push(place);
        }
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// Returns all places of the atom at an index of `present`.
    pub(super) fn places_at(&self, index: usize) -> &[u32] {
        let Some((_, from)) = self.present.get(index) else { return &[] };
        let to = self.present.get(index + 1).map_or(self.places.len(), |(_, next)| *next as usize);
        self.places.get(*from as usize..to).unwrap_or_default()
    }

    /// Tells whether an atom occurs.
    pub(super) fn holds(&self, atom: Atom) -> bool {
        self.present.binary_search_by_key(&atom, |(atom, _)| *atom).is_ok()
    }

    /// Returns the places of an atom between two tokens.
    pub(super) fn places(&self, atom: Atom, from: u32, to: u32) -> &[u32] {
        let Ok(index) = self.present.binary_search_by_key(&atom, |(atom, _)| *atom) else { return &[] };
        let places = self.places_at(index);
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
