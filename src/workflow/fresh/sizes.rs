//! How large an entry is: sentences, paragraphs and words of its sections.

use std::collections::BTreeMap;

use crate::{
    analysis::UnitPart,
    store::Head,
    text::{Outline, tokens},
};

/// Counts sentences, paragraphs and words of every section; an entry without a paragraph has one section of size 0.
pub(super) fn sizes(head: &Head, text: &str, outline: &Outline) -> Vec<UnitPart> {
    let empty = |section: String| UnitPart {
        entry: head.entry.number,
        mark: head.mark(),
        section,
        sentences: 0,
        paragraphs: 0,
        words: 0,
    };
    let mut parts: BTreeMap<u32, UnitPart> = BTreeMap::new();
    for paragraph in &outline.paragraphs {
        let title = outline.sections.get(paragraph.section as usize).map(|section| section.title.clone());
        let part = parts.entry(paragraph.section).or_insert_with(|| empty(title.unwrap_or_default()));
        part.paragraphs += 1;
    }
    for sentence in &outline.sentences {
        let section = outline.paragraphs.get(sentence.paragraph as usize).map_or(0, |paragraph| paragraph.section);
        if let Some(part) = parts.get_mut(&section) {
            part.sentences += 1;
            part.words += u32::try_from(tokens(sentence.span.of(text)).len()).unwrap_or(u32::MAX);
        }
    }
    if parts.is_empty() {
        return vec![empty(String::new())];
    }
    parts.into_values().collect()
}
