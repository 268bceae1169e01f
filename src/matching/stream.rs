//! A text as a stream of word numbers, cut where sentences and paragraphs end.

use super::{compile::Atom, vocabulary::Vocabulary};
use crate::text::{Outline, Span, for_each_token};

/// A token: its place in the text, its word and its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) word: u32,
    pub(super) sentence: u32,
}

/// The words of one text, reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub(super) tokens: Vec<Token>,
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
    /// Places as they are met, each with the one before it of the same atom.
    met: Vec<(u32, u32)>,
    /// Where every atom stands in `present`, or, while the text is read, the last of its places in `met`.
    index_of: Vec<u32>,
}

/// Stands for no place, and for an atom that does not occur.
const NONE: u32 = u32::MAX;

impl Stream {
    /// Reads a text in place of the one before; each sentence's words are those of its language.
    pub(super) fn read(&mut self, text: &str, outline: &Outline, vocabulary: &mut Vocabulary<'_>) {
        self.tokens.clear();
        self.sentence_starts.clear();
        self.paragraph_starts.clear();
        self.met.clear();
        for (atom, _) in self.present.drain(..) {
            self.index_of[atom as usize] = NONE;
        }
        self.contracted = false;
        for (number, sentence) in (0_u32..).zip(&outline.sentences) {
            while self.paragraph_starts.len() <= sentence.paragraph as usize {
                self.paragraph_starts.push(self.len());
            }
            self.sentence_starts.push(self.len());
            let part = sentence.span.of(text);
            let mut words = vocabulary.of(sentence.language);
            for_each_token(part, |token| {
                let known = words.of(part, token);
                if known.has_atoms() {
                    let place = self.len();
                    words.atoms(known).iter().for_each(|atom| self.meet(*atom, place));
                    self.contracted |= words.is_contracted(known.word);
                }
                let from = sentence.span.start;
                let span = Span { start: from + token.start, end: from + token.end };
                self.tokens.push(Token { span, word: known.word, sentence: number });
            });
        }
        self.sentence_starts.push(self.len());
        while self.paragraph_starts.len() <= outline.paragraphs.len() {
            self.paragraph_starts.push(self.len());
        }
        self.order();
    }

    /// Notes that a token satisfies an atom.
    fn meet(&mut self, atom: Atom, place: u32) {
        let at = atom as usize;
        if self.index_of.len() <= at {
            self.index_of.resize(at + 1, NONE);
        }
        let before = std::mem::replace(&mut self.index_of[at], u32::try_from(self.met.len()).unwrap_or(NONE));
        if before == NONE {
            self.present.push((atom, 0));
        }
        self.met.push((place, before));
    }

    /// Puts what was met into lists, atom by atom. Only the atoms are sorted: their places were met in order.
    fn order(&mut self) {
        self.present.sort_unstable();
        self.places.clear();
        for (index, (atom, start)) in (0_u32..).zip(&mut self.present) {
            let from = self.places.len();
            *start = u32::try_from(from).unwrap_or(u32::MAX);
            let mut at = std::mem::replace(&mut self.index_of[*atom as usize], index);
            while let Some((place, before)) = self.met.get(at as usize) {
                self.places.push(*place);
                at = *before;
            }
            self.places[from..].reverse();
        }
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.tokens.len()).unwrap_or(u32::MAX)
    }

    /// Returns all places of the atom at an index of `present`.
    pub(super) fn places_at(&self, index: usize) -> &[u32] {
        let Some((_, from)) = self.present.get(index) else { return &[] };
        let to = self.present.get(index + 1).map_or(self.places.len(), |(_, next)| *next as usize);
        self.places.get(*from as usize..to).unwrap_or_default()
    }

    /// Tells whether an atom occurs.
    pub(super) fn holds(&self, atom: Atom) -> bool {
        self.index_of.get(atom as usize).is_some_and(|index| *index != NONE)
    }

    /// Returns the places of an atom between two tokens.
    pub(super) fn places(&self, atom: Atom, from: u32, to: u32) -> &[u32] {
        let Some(index) = self.index_of.get(atom as usize).filter(|index| **index != NONE) else { return &[] };
        let places = self.places_at(*index as usize);
        let (first, last) =
            (places.partition_point(|place| *place < from), places.partition_point(|place| *place < to));
        places.get(first..last).unwrap_or_default()
    }

    /// Returns the sentence of a token.
    pub(super) fn sentence(&self, token: u32) -> u32 {
        self.tokens.get(token as usize).map(|token| token.sentence).unwrap_or_default()
    }

    /// Returns the token after the last one of a token's sentence.
    pub(super) fn sentence_end(&self, token: u32) -> u32 {
        let sentence = self.sentence(token);
        self.sentence_starts.get(sentence as usize + 1).copied().unwrap_or_else(|| self.len())
    }
}
