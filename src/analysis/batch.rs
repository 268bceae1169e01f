//! The units that a batch of codings covers, counted for any set of codes.
//!
//! Units of entries are numbered without gaps within the batch, so that what some codes cover is a row of bits, however often they
//! cover it. Segments have no such numbers: they are put in order entry by entry.

use std::{collections::BTreeMap, ops::Range};

use super::{
    AnalysisError, Codings,
    bits::Bits,
    columns::{Columns, UNKNOWN},
    counts::Question,
};
use crate::table::Unit;

/// What some codes cover in a batch.
#[derive(Debug, Default)]
pub(super) struct Covered {
    /// Units by column; none of zero.
    pub(super) n: Vec<(u32, u64)>,
    /// For participants, who is met in each column instead.
    pub(super) people: Vec<(u32, u32)>,
}

/// A batch of codings, ready to be counted. Its memory is bounded by its codings, their entries and those entries' units.
pub(super) struct Batch {
    unit: Unit,
    /// How many columns there are.
    columns: usize,
    /// Where the codings of each code lie.
    runs: BTreeMap<u32, Vec<Range<usize>>>,
    /// The place of each coding's entry among the entries of the batch.
    entry: Vec<u32>,
    /// First unit of each coding, and the unit after the last, within its entry; bytes for segments. Empty where an entry is one unit.
    from: Vec<u32>,
    to: Vec<u32>,
    entries: Vec<OfEntry>,
    /// Units with one column, in order.
    stretches: Vec<Stretch>,
    /// For segments, the column of each coding where an entry has several.
    own: Option<Vec<u32>>,
}

/// An entry of the batch.
#[derive(Debug, Clone, Copy, Default)]
struct OfEntry {
    /// Its first unit.
    first: usize,
    /// How many units it has up to the last that is coded; 0 when it is not counted.
    units: u32,
    /// Its column, where it has one.
    column: Option<u32>,
    /// Number of the unit that it is, or belongs to, as a whole.
    whole: u32,
}

/// Units that follow each other and stand in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    units: Range<usize>,
    column: u32,
    entry: usize,
}

impl Batch {
    /// Numbers the units that some codings cover.
    pub(super) fn new(codings: &Codings, question: &Question<'_>, columns: &Columns) -> Result<Self, AnalysisError> {
        let [mut entry, code] = codings.numbers(["entry", "code"])?;
        let [from, to] = match question.reach() {
            Some(names) => codings.numbers(names)?,
            None => Default::default(),
        };
        let own = if question.unit == Unit::Segment { columns.of_codings(codings)? } else { None };
        let low = entry.iter().min().copied().unwrap_or_default();
        let high = entry.iter().max().copied().unwrap_or_default();
        entry.iter_mut().for_each(|entry| *entry -= low);
        let mut entries = vec![OfEntry::default(); (high - low) as usize + 1];
        match question.unit {
            Unit::Segment => entry.iter().for_each(|at| entries[*at as usize].units = 1),
            _ if to.is_empty() => entry.iter().for_each(|at| entries[*at as usize].units = 1),
            _ => entry.iter().zip(&to).for_each(|(at, to)| {
                let units = &mut entries[*at as usize].units;
                *units = (*units).max(*to);
            }),
        }
        let mut batch = Self {
            unit: question.unit,
            columns: columns.count(),
            runs: runs(&code),
            entry,
            from,
            to,
            entries,
            stretches: Vec::new(),
            own,
        };
        batch.number(low, question, columns);
        Ok(batch)
    }

    /// Numbers the units of all entries that are counted.
    fn number(&mut self, low: u32, question: &Question<'_>, columns: &Columns) {
        let mut first = 0;
        for (at, of_entry) in self.entries.iter_mut().enumerate() {
            of_entry.first = first;
            if of_entry.units == 0 {
                continue;
            }
            let number = low + u32::try_from(at).unwrap_or(u32::MAX);
            let Some(whole) = question.whole(number).filter(|_| question.has(number)) else {
                of_entry.units = 0;
                continue;
            };
            of_entry.whole = whole;
            of_entry.column = columns.of_entry(number);
            for (units, column) in columns.of_units(number, of_entry.units) {
                let units = first + units.start as usize..first + units.end as usize;
                push(&mut self.stretches, Stretch { units, column, entry: at }, self.unit);
            }
            first += of_entry.units as usize;
        }
    }

    /// Counts what some codes cover together.
    pub(super) fn covered(&self, codes: &[u32]) -> Covered {
        match self.unit {
            Unit::Segment => self.segments(codes),
            _ => self.units(codes),
        }
    }

    /// Returns where the codings of some codes lie.
    fn of_codes<'s>(&'s self, codes: &'s [u32]) -> impl Iterator<Item = usize> + 's {
        codes.iter().filter_map(|code| self.runs.get(code)).flatten().flat_map(Clone::clone)
    }

    fn units(&self, codes: &[u32]) -> Covered {
        let last = self.entries.last().copied().unwrap_or_default();
        let mut bits = Bits::new(last.first + last.units as usize);
        for at in self.of_codes(codes) {
            let of_entry = self.entries[self.entry[at] as usize];
            let (from, to) = if self.to.is_empty() { (0, 1) } else { (self.from[at], self.to[at]) };
            bits.put(of_entry.first + from as usize..of_entry.first + to.min(of_entry.units) as usize);
        }
        let met = self.stretches.iter().map(|one| (one, bits.count(one.units.clone()))).filter(|(_, n)| *n > 0);
        match self.unit {
            Unit::Sentence | Unit::Paragraph => {
                Covered { n: summed(self.columns, met.map(|(one, n)| (one.column, n))), people: Vec::new() }
            }
            Unit::Participant => {
                let who = |one: &Stretch| (one.column, self.entries[one.entry].whole);
                let mut people: Vec<(u32, u32)> = met.map(|(one, _)| who(one)).collect();
                people.sort_unstable();
                people.dedup();
                Covered { n: Vec::new(), people }
            }
            _ => {
                // An entry counts once a column, however many of its sections fall there.
                let mut seen = vec![usize::MAX; self.columns];
                let fresh = |(one, _): &(&Stretch, u64)| {
                    let before = seen.get_mut(one.column as usize);
                    before.is_some_and(|before| std::mem::replace(before, one.entry) != one.entry)
                };
                let fresh: Vec<(u32, u64)> = met.filter(fresh).map(|(one, _)| (one.column, 1)).collect();
                Covered { n: summed(self.columns, fresh.into_iter()), people: Vec::new() }
            }
        }
    }

    /// Counts stretches that do not overlap: overlapping ones of one entry and column are one segment.
    fn segments(&self, codes: &[u32]) -> Covered {
        let mut next = vec![0_usize; self.entries.len() + 1];
        let counted = |at: &usize| self.entries[self.entry[*at] as usize].units > 0;
        for at in self.of_codes(codes).filter(counted) {
            next[self.entry[at] as usize + 1] += 1;
        }
        let mut sum = 0;
        for place in &mut next {
            sum += *place;
            *place = sum;
        }
        let mut sorted = vec![(0_u32, 0_u32, 0_u32); sum];
        for at in self.of_codes(codes).filter(counted) {
            let entry = self.entry[at] as usize;
            let column = match &self.own {
                Some(own) => own[at],
                None => self.entries[entry].column.unwrap_or(UNKNOWN),
            };
            sorted[next[entry]] = (column, self.from[at], self.to[at]);
            next[entry] += 1;
        }
        // Where an entry began, the one before it ends now.
        let mut begin = 0;
        let mut unknown = 0;
        let mut found = vec![0; self.columns];
        for end in next.into_iter().take(self.entries.len()) {
            let of_entry = &mut sorted[begin..end];
            begin = end;
            of_entry.sort_unstable();
            each_joined(of_entry, |column| *found.get_mut(column as usize).unwrap_or(&mut unknown) += 1);
        }
        let known = (0_u32..).zip(found);
        Covered { n: known.chain([(UNKNOWN, unknown)]).filter(|(_, n)| *n > 0).collect(), people: Vec::new() }
    }
}

/// Adds a stretch; neighbours of one column are one, unless it matters whose they are.
fn push(stretches: &mut Vec<Stretch>, next: Stretch, unit: Unit) {
    let within = matches!(unit, Unit::Sentence | Unit::Paragraph);
    match stretches.last_mut() {
        Some(last) if within && last.column == next.column && last.units.end == next.units.start => {
            last.units.end = next.units.end;
        }
        _ => stretches.push(next),
    }
}

fn summed(columns: usize, parts: impl Iterator<Item = (u32, u64)>) -> Vec<(u32, u64)> {
    let mut sums = vec![0; columns];
    for (column, n) in parts {
        if let Some(sum) = sums.get_mut(column as usize) {
            *sum += n;
        }
    }
    (0_u32..).zip(sums).filter(|(_, n)| *n > 0).collect()
}

/// Visits the column of every segment; what begins before the end of the one before it, in its column, is part of that.
fn each_joined(sorted: &[(u32, u32, u32)], mut visit: impl FnMut(u32)) {
    let mut open: Option<(u32, u32)> = None;
    for (column, start, end) in sorted {
        match &mut open {
            Some((of, until)) if of == column && start < until => *until = (*until).max(*end),
            _ => {
                visit(*column);
                open = Some((*column, *end));
            }
        }
    }
}

/// Returns where the codings of each code lie; those of one code are mostly together.
fn runs(codes: &[u32]) -> BTreeMap<u32, Vec<Range<usize>>> {
    let mut runs: BTreeMap<u32, Vec<Range<usize>>> = BTreeMap::new();
    let mut begin = 0;
    for run in codes.chunk_by(|a, b| a == b) {
        let end = begin + run.len();
        runs.entry(run.first().copied().unwrap_or_default()).or_default().push(begin..end);
        begin = end;
    }
    runs
}
