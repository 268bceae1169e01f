//! Words of an entry with their evidence marked.

use std::ops::Range;

use maud::{Markup, html};

use super::super::escape;

/// Returns the text as paragraphs with marked evidence; line breaks inside a paragraph are white space.
pub(super) fn paragraphs(text: &str, marks: &[(usize, usize)]) -> Markup {
    html! {
        @for range in escape::paragraph_ranges(text) {
            p { @for (marked, words) in pieces(text, &range, marks) {
                @if marked { mark { (words) } } @else { (words) }
            } }
        }
    }
}

/// Cuts a paragraph at the marks that reach into it.
fn pieces<'a>(text: &'a str, range: &Range<usize>, marks: &[(usize, usize)]) -> Vec<(bool, &'a str)> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    for mark in joined(text, range, marks) {
        pieces.push((false, at..mark.start));
        at = mark.end;
        pieces.push((true, mark));
    }
    pieces.push((false, at..range.end));
    let words = |(marked, range): (bool, Range<usize>)| {
        text.get(range).filter(|words: &&str| !words.is_empty()).map(|words| (marked, words))
    };
    pieces.into_iter().filter_map(words).collect()
}

/// Returns the marks inside the range, those that touch as one; a mark that would cut a character is left out.
fn joined(text: &str, range: &Range<usize>, marks: &[(usize, usize)]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for (start, end) in marks {
        let (start, end) = ((*start).max(range.start), (*end).min(range.end));
        if start >= end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            continue;
        }
        match joined.last_mut() {
            Some(last) if start < last.start => {} // Out of order: the marks of a segment come sorted.
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => joined.push(start..end),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize)]) -> String {
        paragraphs(text, marks).into_string()
    }

    #[test]
    fn evidence_is_marked_in_every_paragraph_that_it_reaches() {
        assert_eq!(shown("one two\n\nthree", &[(4, 14)]), "<p>one <mark>two</mark></p><p><mark>three</mark></p>");
    }

    #[test]
    fn marks_that_do_not_fit_change_nothing() {
        assert_eq!(shown("é!", &[(1, 3), (9, 12), (3, 1)]), "<p>é!</p>");
        assert_eq!(shown("abc", &[(0, 2), (1, 3)]), "<p><mark>abc</mark></p>");
    }

    #[test]
    fn words_are_escaped_inside_and_outside_marks() {
        assert_eq!(shown("<b>&", &[(0, 3)]), "<p><mark>&lt;b&gt;</mark>&amp;</p>");
    }
}
