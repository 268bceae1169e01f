//! In which column of a table each unit stands.

use std::{collections::BTreeMap, ops::Range};

use super::{AnalysisError, Codings, Units, counts::Question};
use crate::table::Unit;

/// Column of units that are not split.
pub(super) const WHOLE: u32 = 0;

/// Column of segments of which the attribute is not known; it is in no table.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The columns of a question.
#[derive(Debug)]
pub(super) struct Columns<'q> {
    /// How many there are.
    count: usize,
    by: By<'q>,
}

#[derive(Debug)]
enum By<'q> {
    /// All units in one column.
    Nothing,
    /// The column of each entry that has one.
    Entry(&'q BTreeMap<u32, u32>),
    /// Sections within entries.
    Section {
        /// The column of each title.
        titles: BTreeMap<&'q str, u32>,
        /// Entry, the unit after the last of a section, and the section's column, in order.
        ends: Vec<(u32, u32, Option<u32>)>,
    },
}

impl<'q> Columns<'q> {
    /// Looks at what splits a question's units.
    pub(super) fn new(units: &Units, question: &Question<'q>) -> Result<Self, AnalysisError> {
        let Some(split) = question.split else { return Ok(Self { count: 1, by: By::Nothing }) };
        let count = split.values.len();
        if split.name != "section" {
            return Ok(Self { count, by: By::Entry(&split.of_entry) });
        }
        let mut titles = BTreeMap::new();
        for (column, title) in (0_u32..).zip(&split.values) {
            titles.entry(title.as_str()).or_insert(column);
        }
        let unit = match question.unit {
            Unit::Segment => return Ok(Self { count, by: By::Section { titles, ends: Vec::new() } }),
            Unit::Paragraph => Unit::Paragraph,
            // An entry counts in every section in which a sentence of the coding stands.
            _ => Unit::Sentence,
        };
        let mut ends: Vec<(u32, u32, Option<u32>)> = Vec::new();
        units.each(unit, |entry, section, count| {
            let before = ends.last().filter(|(of, ..)| *of == entry).map_or(0, |(_, end, _)| *end);
            let end = before.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
            ends.push((entry, end, titles.get(section).copied()));
        })?;
        ends.sort_by_key(|(entry, ..)| *entry);
        Ok(Self { count, by: By::Section { titles, ends } })
    }

    /// Returns how many columns there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Returns the column of a whole entry.
    pub(super) fn of_entry(&self, entry: u32) -> Option<u32> {
        match &self.by {
            By::Nothing => Some(WHOLE),
            By::Entry(columns) => columns.get(&entry).copied(),
            By::Section { .. } => None,
        }
    }

    /// Returns the columns of an entry's first units; units without a column are left out.
    pub(super) fn of_units(&self, entry: u32, units: u32) -> Vec<(Range<u32>, u32)> {
        let By::Section { titles, ends } = &self.by else {
            return self.of_entry(entry).map(|column| (0..units, column)).into_iter().collect();
        };
        let first = ends.partition_point(|(of, ..)| *of < entry);
        let own = ends.get(first..).unwrap_or_default().iter().take_while(|(of, ..)| *of == entry);
        let mut from = 0;
        let mut found = Vec::new();
        // What stands behind all sections has no title.
        for (to, column) in own.map(|(_, end, column)| (*end, *column)).chain([(u32::MAX, titles.get("").copied())]) {
            let to = to.min(units).max(from);
            found.extend(column.filter(|_| from < to).map(|column| (from..to, column)));
            from = to;
        }
        found
    }

    /// Returns the column of every coding by its section, when sections are the columns.
    pub(super) fn of_codings(&self, codings: &Codings) -> Result<Option<Vec<u32>>, AnalysisError> {
        let By::Section { titles, .. } = &self.by else { return Ok(None) };
        if codings.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let sections = codings.frame.column("section")?.str()?;
        let column = |title: Option<&str>| titles.get(title.unwrap_or_default()).copied().unwrap_or(UNKNOWN);
        Ok(Some(sections.iter().map(column).collect()))
    }
}
