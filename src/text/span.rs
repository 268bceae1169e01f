//! A stretch of a text, in bytes, that begins and ends between characters.

use serde::Serialize;

/// A half-open range of bytes of a normalised text. Outside the program, offsets are code points: see `CodePoints`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets. Entries are limited to 4 GiB at ingest, so that `u32` holds every offset.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// Returns the range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the words under the span, or nothing when the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Tells whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Tells whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// Tells whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Sorts spans and joins those that overlap; spans that only touch stay apart.
    pub fn joined(mut spans: Vec<Self>) -> Vec<Self> {
        spans.sort();
        let mut joined: Vec<Self> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if last.overlaps(span) => *last = last.cover(span),
                _ => joined.push(span),
            }
        }
        joined
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_span_overlaps_nothing() {
        let long = Span::new(2, 8);
        assert!(!Span::new(5, 5).overlaps(long) && !long.overlaps(Span::new(5, 5)));
        assert!(Span::new(7, 9).overlaps(long) && !Span::new(8, 9).overlaps(long));
    }

    #[test]
    fn only_what_overlaps_is_joined() {
        let spans = [(4, 6), (0, 2), (2, 3), (5, 9), (1, 2)].map(|(from, to)| Span::new(from, to));
        let joined: Vec<_> = Span::joined(spans.into()).iter().map(|span| span.range()).collect();
        assert_eq!(joined, [0..2, 2..3, 4..9]);
    }

    #[test]
    fn a_span_that_does_not_fit_is_over_nothing() {
        assert_eq!(Span::new(0, 1).of("é"), "");
        assert_eq!(Span::new(0, 9).of("é"), "");
        assert_eq!(Span::new(0, 2).of("é"), "é");
    }
}
