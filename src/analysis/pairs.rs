//! Which codes stand together, at a named level.

use std::collections::{BTreeMap, BTreeSet};

use super::{AnalysisError, Codings, Tree};
use crate::{table::Together, text::Span};

/// Units of each row and of each pair of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairCounts {
    /// Units with a row, by its index in the tree.
    pub single: BTreeMap<u32, u64>,
    /// Units with both rows, the smaller index first.
    pub both: BTreeMap<(u32, u32), u64>,
}

/// Where a coding stands, for codes to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// What is coded.
    pub span: Span,
    /// Sentences under it: first, and after the last.
    pub sentences: (u32, u32),
    /// Paragraphs under it: first, and after the last.
    pub paragraphs: (u32, u32),
}

impl Standing {
    /// Returns the units of a level in which it stands, named by two numbers; not for overlaps, which need the other code.
    fn units(self, level: Together) -> Vec<(u32, u32)> {
        match level {
            Together::Segment | Together::Overlap => vec![(self.span.start, self.span.end)],
            Together::Sentence => (self.sentences.0..self.sentences.1).map(|at| (at, 0)).collect(),
            Together::Paragraph => (self.paragraphs.0..self.paragraphs.1).map(|at| (at, 0)).collect(),
            Together::Entry => vec![(0, 0)],
        }
    }
}

/// Returns the units of an entry that two codes share, named as [`Standing`] does; for overlaps the stretches where both stand.
pub fn shared_units(first: &[Standing], second: &[Standing], level: Together) -> BTreeSet<(u32, u32)> {
    if level == Together::Overlap {
        let (a, b) = (joined(first), joined(second));
        return overlaps(&a, &b).map(|span| (span.start, span.end)).collect();
    }
    let units = |all: &[Standing]| all.iter().flat_map(|one| one.units(level)).collect::<BTreeSet<_>>();
    units(first).intersection(&units(second)).copied().collect()
}

fn joined(all: &[Standing]) -> Vec<Span> {
    Span::joined(all.iter().map(|one| one.span).collect())
}

/// Returns the stretches in both of two lists of spans that are in order and do not overlap themselves.
fn overlaps<'s>(a: &'s [Span], b: &'s [Span]) -> impl Iterator<Item = Span> + 's {
    a.iter().flat_map(move |one| {
        let from = b.partition_point(|other| other.end <= one.start);
        let near = b.get(from..).unwrap_or_default().iter().take_while(|other| other.start < one.end);
        near.map(|other| Span { start: one.start.max(other.start), end: one.end.min(other.end) })
    })
}

/// Counts pairs batch by batch; all codings of an entry must be in one batch.
pub struct PairCounter<'a> {
    rows: Vec<(u32, &'a [u32])>,
    level: Together,
    counts: PairCounts,
}

impl<'a> PairCounter<'a> {
    /// Begins to count pairs of some rows of the tree, by index.
    pub fn new(tree: &'a Tree, rows: &[u32], level: Together) -> Self {
        let of = |row: &u32| Some((*row, tree.rows.get(*row as usize)?.codes.as_slice()));
        Self { rows: rows.iter().filter_map(of).collect(), level, counts: PairCounts::default() }
    }

    /// Counts the codings of a batch whose entries `wanted` takes.
    ///
    /// # Errors
    /// Fails when the batch does not have the columns it should have.
    pub fn add(&mut self, codings: &Codings, wanted: impl Fn(u32) -> bool) -> Result<(), AnalysisError> {
        let names = ["entry", "code", "start", "end", "sentence_from", "sentence_to", "paragraph_from", "paragraph_to"];
        let [entry, code, start, end, s0, s1, p0, p1] = codings.numbers(names)?;
        let mut rows_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (row, codes) in &self.rows {
            codes.iter().for_each(|code| rows_of.entry(*code).or_default().push(*row));
        }
        let mut by_entry: BTreeMap<u32, BTreeMap<u32, Vec<Standing>>> = BTreeMap::new();
        for at in (0..entry.len()).filter(|at| wanted(entry[*at])) {
            let standing = Standing {
                span: Span { start: start[at], end: end[at] },
                sentences: (s0[at], s1[at]),
                paragraphs: (p0[at], p1[at]),
            };
            for row in rows_of.get(&code[at]).into_iter().flatten() {
                by_entry.entry(entry[at]).or_default().entry(*row).or_default().push(standing);
            }
        }
        for rows in by_entry.values() {
            self.add_entry(rows);
        }
        Ok(())
    }

    fn add_entry(&mut self, rows: &BTreeMap<u32, Vec<Standing>>) {
        if self.level == Together::Overlap {
            let spans: Vec<(u32, Vec<Span>)> = rows.iter().map(|(row, all)| (*row, joined(all))).collect();
            for (at, (row, own)) in spans.iter().enumerate() {
                *self.counts.single.entry(*row).or_default() += own.len() as u64;
                for (other, theirs) in spans.iter().skip(at + 1) {
                    let n = overlaps(own, theirs).count() as u64;
                    *self.counts.both.entry((*row, *other)).or_default() += n;
                }
            }
            return;
        }
        let mut units: BTreeSet<((u32, u32), u32)> = BTreeSet::new();
        for (row, all) in rows {
            units.extend(all.iter().flat_map(|one| one.units(self.level)).map(|unit| (unit, *row)));
        }
        let units: Vec<((u32, u32), u32)> = units.into_iter().collect();
        for same in units.chunk_by(|(a, _), (b, _)| a == b) {
            for (at, (_, row)) in same.iter().enumerate() {
                *self.counts.single.entry(*row).or_default() += 1;
                for (_, other) in same.iter().skip(at + 1) {
                    *self.counts.both.entry((*row, *other)).or_default() += 1;
                }
            }
        }
    }

    /// Returns the counts; pairs that never meet are not among them.
    pub fn counts(mut self) -> PairCounts {
        self.counts.both.retain(|_, n| *n > 0);
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: u32, end: u32) -> Standing {
        Standing { span: Span { start, end }, sentences: (start / 10, end.div_ceil(10)), paragraphs: (0, 1) }
    }

    #[test]
    fn levels_go_from_close_to_far() {
        let (first, second) = ([at(0, 10), at(20, 30)], [at(0, 10), at(25, 45)]);
        let shared = |level| shared_units(&first, &second, level).into_iter().collect::<Vec<_>>();
        assert_eq!(shared(Together::Segment), [(0, 10)]);
        assert_eq!(shared(Together::Overlap), [(0, 10), (25, 30)]);
        assert_eq!(shared(Together::Sentence), [(0, 0), (2, 0)]);
        assert_eq!(shared(Together::Entry), [(0, 0)]);
    }

    #[test]
    fn touching_is_not_overlapping_and_a_long_segment_meets_each_short_one() {
        assert!(shared_units(&[at(0, 10)], &[at(10, 20)], Together::Overlap).is_empty());
        let short = [at(0, 5), at(10, 15), at(20, 25)];
        assert_eq!(shared_units(&[at(0, 40)], &short, Together::Overlap).len(), 3);
    }
}
