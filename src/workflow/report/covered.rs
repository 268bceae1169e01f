//! The sentences and paragraphs that a segment lies in, as the tables count them: each in its section.

use std::collections::BTreeMap;

use crate::{
    analysis::{Coded, section_ends},
    report::Covered,
    table::Unit,
    workflow::{Fresh, WorkflowError},
};

/// The unit after the last of each section, with the section's title, by entry.
type Ends = BTreeMap<u32, Vec<(u32, String)>>;

/// Where the sections of every entry end.
pub(super) struct Sections {
    sentences: Ends,
    paragraphs: Ends,
}

impl Sections {
    /// Reads the sizes of all sections.
    pub(super) fn of(fresh: &Fresh) -> Result<Self, WorkflowError> {
        let ends = |unit| section_ends(&fresh.units, unit);
        Ok(Self { sentences: ends(Unit::Sentence)?, paragraphs: ends(Unit::Paragraph)? })
    }

    /// Returns the sentences under a coding of an entry.
    pub(super) fn sentences(&self, entry: u32, coded: &Coded) -> Vec<Covered> {
        covered(self.sentences.get(&entry), coded.sentences)
    }

    /// Returns the paragraphs under a coding of an entry.
    pub(super) fn paragraphs(&self, entry: u32, coded: &Coded) -> Vec<Covered> {
        covered(self.paragraphs.get(&entry), coded.paragraphs)
    }
}

/// Cuts a range of units where sections end.
fn covered(ends: Option<&Vec<(u32, String)>>, (mut from, to): (u32, u32)) -> Vec<Covered> {
    let mut parts = Vec::new();
    for (end, section) in ends.into_iter().flatten() {
        if from < to.min(*end) {
            parts.push(Covered { from, to: to.min(*end), section: section.clone() });
            from = *end;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_where_sections_end() {
        let ends = vec![(2, "a".to_owned()), (2, "empty".to_owned()), (5, "b".to_owned())];
        let shown = |range| -> Vec<String> {
            let parts = covered(Some(&ends), range);
            parts.iter().map(|part| format!("{}-{} {}", part.from, part.to, part.section)).collect()
        };
        assert_eq!(shown((0, 2)), ["0-2 a"]);
        assert_eq!(shown((1, 4)), ["1-2 a", "2-4 b"]);
        assert_eq!(shown((3, 5)), ["3-5 b"]);
        assert!(covered(None, (0, 1)).is_empty());
    }
}
