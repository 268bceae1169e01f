//! The sentences and paragraphs that a segment lies in, as the tables count them: each in its section.

use crate::{
    analysis::Coded,
    report::Covered,
    text::{Outline, Span},
};

/// Returns the sentences under a coding.
pub(super) fn sentences(outline: &Outline, coded: &Coded) -> Vec<Covered> {
    covered(outline, coded.sentences, |at| outline.sentences.get(at).map(|sentence| sentence.span))
}

/// Returns the paragraphs under a coding.
pub(super) fn paragraphs(outline: &Outline, coded: &Coded) -> Vec<Covered> {
    covered(outline, coded.paragraphs, |at| outline.paragraphs.get(at).map(|paragraph| paragraph.span))
}

/// Cuts a range of units where another section begins.
fn covered(outline: &Outline, (from, to): (u32, u32), span_of: impl Fn(usize) -> Option<Span>) -> Vec<Covered> {
    let mut parts: Vec<(u32, Covered)> = Vec::new();
    for at in from..to {
        let Some(span) = span_of(at as usize) else { continue };
        let section = outline.section_at(span.start);
        match parts.last_mut() {
            Some((last, part)) if *last == section => part.to = at + 1,
            _ => {
                let title = outline.sections.get(section as usize).map(|section| section.title.clone());
                parts.push((section, Covered { from: at, to: at + 1, section: title.unwrap_or_default() }));
            }
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, outline};

    #[test]
    fn a_range_is_cut_where_sections_begin() {
        let language = Language::from_code("en").unwrap();
        let outline = outline("One. Two.\n\n## A\n\nThree. Four.\n\n## B\n\nFive.", language);
        let shown = |range| -> Vec<String> {
            let parts = covered(&outline, range, |at| outline.sentences.get(at).map(|sentence| sentence.span));
            parts.iter().map(|part| format!("{}-{} {}", part.from, part.to, part.section)).collect()
        };
        assert_eq!(shown((0, 2)), ["0-2 "]);
        assert_eq!(shown((1, 5)), ["1-2 ", "2-4 A", "4-5 B"]);
        assert_eq!(shown((3, 9)), ["3-4 A", "4-5 B"]);
        assert!(shown((2, 2)).is_empty());
    }
}
