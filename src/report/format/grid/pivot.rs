//! Rows to lines: one line a theme, code, value or pair, its values across beside each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{Level, Row};

/// How deep a code can stand under others; a ring of parents ends here.
const DEEPEST: usize = 6;

/// Rows arranged.
pub(super) struct Pivot<'a> {
    /// Values across, in the order in which they first appear; none for a table without columns.
    pub across: Vec<Across<'a>>,
    /// Lines in the order of the rows.
    pub lines: Vec<PivotLine<'a>>,
}

/// One value across.
pub(super) struct Across<'a> {
    /// The value.
    pub name: &'a str,
    /// N and missing units, when they are the same in every line; missing ones only where columns differ in them.
    pub total: Option<(u64, u64)>,
}

/// One line.
pub(super) struct PivotLine<'a> {
    /// The first row of the line.
    pub head: &'a Row,
    /// Steps to the right.
    pub depth: usize,
    /// One row a value across; exactly one without.
    pub rows: Vec<Option<&'a Row>>,
}

impl<'a> Pivot<'a> {
    pub(super) fn of(rows: &'a [Row]) -> Self {
        let across = across(rows);
        let lines = if across.is_empty() { plain(rows) } else { pivoted(rows, &across) };
        Self { across, lines }
    }
}

/// Returns the value that a row's cell stands under.
fn value(row: &Row) -> Option<&str> {
    row.column.as_deref().or(row.month.as_deref())
}

fn across(rows: &[Row]) -> Vec<Across<'_>> {
    let mut seen = BTreeSet::new();
    let mut totals: BTreeMap<&str, BTreeSet<(u64, u64)>> = BTreeMap::new();
    let mut names = Vec::new();
    for row in rows {
        let Some(name) = value(row) else { continue };
        if seen.insert(name) {
            names.push(name);
        }
        totals.entry(name).or_default().insert((row.total, row.missing));
    }
    let total = |name| totals.get(name).filter(|all| all.len() == 1).and_then(BTreeSet::first).copied();
    let mut across: Vec<Across<'_>> = names.into_iter().map(|name| Across { name, total: total(name) }).collect();
    // Units without a value are the same ones beside every column: the note under the table counts them, once.
    let missing: BTreeSet<Option<u64>> = across.iter().map(|one| one.total.map(|(_, missing)| missing)).collect();
    if missing.len() == 1 {
        across.iter_mut().filter_map(|one| one.total.as_mut()).for_each(|total| total.1 = 0);
    }
    across
}

fn plain(rows: &[Row]) -> Vec<PivotLine<'_>> {
    let depths = Depths::of(rows);
    rows.iter().map(|row| PivotLine { head: row, depth: depths.depth(row), rows: vec![Some(row)] }).collect()
}

fn pivoted<'a>(rows: &'a [Row], across: &[Across<'_>]) -> Vec<PivotLine<'a>> {
    let depths = Depths::of(rows);
    let places: BTreeMap<&str, usize> = across.iter().enumerate().map(|(at, one)| (one.name, at)).collect();
    let mut at: BTreeMap<(Level, &str, Option<&str>), usize> = BTreeMap::new();
    let mut lines: Vec<PivotLine<'_>> = Vec::new();
    for row in rows {
        let line = *at.entry((row.level, &row.id, row.with.as_deref())).or_insert_with(|| {
            lines.push(PivotLine { head: row, depth: depths.depth(row), rows: vec![None; across.len()] });
            lines.len() - 1
        });
        let place = value(row).and_then(|name| places.get(name));
        if let (Some(line), Some(place)) = (lines.get_mut(line), place)
            && let Some(cell) = line.rows.get_mut(*place)
        {
            *cell = Some(row);
        }
    }
    lines
}

/// Parents of the rows that stand in the table; a parent that does not stand there moves nothing to the right.
struct Depths<'a>(BTreeMap<&'a str, Option<&'a str>>);

impl<'a> Depths<'a> {
    fn of(rows: &'a [Row]) -> Self {
        Self(rows.iter().map(|row| (row.id.as_str(), row.parent.as_deref())).collect())
    }

    fn depth(&self, row: &Row) -> usize {
        // In pairs a parent's line is not above its code's.
        let mut above = row.parent.as_deref().filter(|_| row.with.is_none());
        let mut depth = 0;
        while let Some(parent) = above.and_then(|id| self.0.get(id))
            && depth < DEEPEST
        {
            depth += 1;
            above = *parent;
        }
        depth
    }
}
