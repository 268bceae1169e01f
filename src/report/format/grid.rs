//! A table as people read it: one line a theme, code or value, its columns beside each other, its notes in full.
//!
//! The long shape (one row a cell) stays the table's own; formats for programs write that.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::table::{Counts, Level, Row, Table, number};

/// How deep a code can stand under others; a ring of parents ends here.
const DEEPEST: usize = 6;

/// A table's lines and columns.
pub(in crate::report) struct Grid<'a> {
    /// Values across, in the order in which they first appear; none for a table without columns.
    pub columns: Vec<Column<'a>>,
    /// Lines in the order of the rows.
    pub lines: Vec<Line<'a>>,
    /// Some row has a percentage.
    pub percents: bool,
    /// Some row has missing units.
    pub missing: bool,
}

/// One value across.
pub(in crate::report) struct Column<'a> {
    /// The value.
    pub name: &'a str,
    /// N and missing units, when they are the same in every line; missing ones only where columns differ in them.
    pub total: Option<(u64, u64)>,
}

/// One line.
pub(in crate::report) struct Line<'a> {
    /// The first row of the line, for its id, label and level.
    pub head: &'a Row,
    /// Steps to the right: themes 0, their codes 1, codes under them 2.
    pub depth: usize,
    /// One cell a column; exactly one in a table without columns.
    pub cells: Vec<Option<&'a Row>>,
}

impl<'a> Grid<'a> {
    /// Arranges a table's rows.
    pub(in crate::report) fn of(table: &'a Table) -> Self {
        let columns = columns(&table.rows);
        let lines = if columns.is_empty() { plain(&table.rows) } else { pivoted(&table.rows, &columns) };
        Self {
            columns,
            lines,
            percents: table.rows.iter().any(|row| row.percent.is_some()),
            missing: table.rows.iter().any(|row| row.missing > 0),
        }
    }
}

/// Returns the value that a row's cell stands under.
fn column_of(row: &Row) -> Option<&str> {
    row.column.as_deref().or(row.month.as_deref())
}

fn columns(rows: &[Row]) -> Vec<Column<'_>> {
    let mut seen = BTreeSet::new();
    let mut totals: BTreeMap<&str, BTreeSet<(u64, u64)>> = BTreeMap::new();
    let mut names = Vec::new();
    for row in rows {
        let Some(name) = column_of(row) else { continue };
        if seen.insert(name) {
            names.push(name);
        }
        totals.entry(name).or_default().insert((row.total, row.missing));
    }
    let total = |name| totals.get(name).filter(|all| all.len() == 1).and_then(BTreeSet::first).copied();
    let mut columns: Vec<Column<'_>> = names.into_iter().map(|name| Column { name, total: total(name) }).collect();
    // Units without a value are the same ones beside every column: the note under the table counts them, once.
    let missing: BTreeSet<Option<u64>> =
        columns.iter().map(|column| column.total.map(|(_, missing)| missing)).collect();
    if missing.len() == 1 {
        columns.iter_mut().filter_map(|column| column.total.as_mut()).for_each(|total| total.1 = 0);
    }
    columns
}

fn plain(rows: &[Row]) -> Vec<Line<'_>> {
    let depths = Depths::of(rows);
    rows.iter().map(|row| Line { head: row, depth: depths.depth(row), cells: vec![Some(row)] }).collect()
}

fn pivoted<'a>(rows: &'a [Row], columns: &[Column<'_>]) -> Vec<Line<'a>> {
    let depths = Depths::of(rows);
    let places: BTreeMap<&str, usize> = columns.iter().enumerate().map(|(at, column)| (column.name, at)).collect();
    let mut at: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    let mut lines: Vec<Line<'_>> = Vec::new();
    for row in rows {
        let line = *at.entry((row.level, &row.id)).or_insert_with(|| {
            lines.push(Line { head: row, depth: depths.depth(row), cells: vec![None; columns.len()] });
            lines.len() - 1
        });
        let place = column_of(row).and_then(|name| places.get(name));
        if let (Some(line), Some(place)) = (lines.get_mut(line), place)
            && let Some(cell) = line.cells.get_mut(*place)
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
        let mut above = row.parent.as_deref();
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

/// Returns the words under a table's title: unit, N, and which and whose codings are counted.
pub(in crate::report) fn caption(table: &Table) -> String {
    let mut parts = vec![format!("{}, N = {}", table.unit.word(2), number(table.total))];
    parts.extend(table.counts.map(|counts| format!("counts: {}", explained(counts))));
    parts.extend(table.coder.as_ref().map(|coder| format!("coder: {coder}")));
    parts.join("; ")
}

/// Returns which codings are counted, in words that need no manual.
fn explained(counts: Counts) -> &'static str {
    match counts {
        Counts::Accepted => "accepted",
        Counts::Suggested => "suggested, not reviewed",
        Counts::All => "all (accepted and not yet reviewed)",
        Counts::Rejected => "rejected",
    }
}

/// Returns the title, or the table's name when it has none.
pub(in crate::report) fn title(table: &Table) -> &str {
    if table.title.is_empty() { &table.table } else { &table.title }
}

/// Returns the sentences under a table: its notes, and once why percentages are not there.
pub(in crate::report) fn notes(table: &Table) -> Vec<String> {
    let mut notes = table.notes.clone();
    let some = table.rows.iter().any(|row| row.percent.is_some());
    let reasons: BTreeSet<&str> = table.rows.iter().filter_map(|row| row.percent_reason.as_deref()).collect();
    for reason in reasons {
        let reason = reason.trim_end_matches('.');
        let which = if some { "Where no percentage is shown" } else { "No percentages" };
        notes.push(format!("{which}: {reason}."));
    }
    notes
}

/// Returns `n of N`, or a dash when there was nothing to count.
pub(in crate::report) fn count(row: &Row) -> String {
    format!("{} of {}", row.count(), number(row.total))
}

/// Returns the percentage as displayed, or a dash.
pub(in crate::report) fn percentage(row: &Row) -> String {
    row.percent.map_or_else(|| "–".to_owned(), |percent| percent.to_string())
}

/// Returns a cell of a table with columns: the count, its N where the column's head does not say it,
/// and the percentage of what is not zero.
pub(in crate::report) fn cell(row: Option<&Row>, column: &Column<'_>, percents: bool) -> String {
    let Some(row) = row else { return "–".to_owned() };
    let mut words = match column.total {
        Some(_) => row.count(),
        None if row.missing > 0 => format!("{} ({} missing)", count(row), number(row.missing)),
        None => count(row),
    };
    // That none is 0 % needs no words in every empty cell.
    if percents
        && row.n != Some(0)
        && let Some(percent) = row.percent
    {
        words = format!("{words} ({percent}%)");
    }
    words
}

/// Cuts the columns into blocks of about `room` characters, for places that cannot scroll; a block has at least one.
pub(in crate::report) fn blocks(grid: &Grid<'_>, room: usize) -> Vec<Range<usize>> {
    cut(&widths(grid), room)
}

/// Cuts the columns into as few blocks as [`blocks`] does, and makes these as alike in width as may be.
pub(in crate::report) fn even_blocks(grid: &Grid<'_>, room: usize) -> Vec<Range<usize>> {
    let widths = widths(grid);
    let fewest = cut(&widths, room);
    (1..room).map(|less| cut(&widths, less)).find(|blocks| blocks.len() == fewest.len()).unwrap_or(fewest)
}

/// Returns the characters that each column takes.
fn widths(grid: &Grid<'_>) -> Vec<usize> {
    let width = |(at, column): (usize, &Column<'_>)| {
        let cells = grid.lines.iter().map(|line| cell(line.cells.get(at).copied().flatten(), column, grid.percents));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        let word = column.name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        widest.max(word) + 2
    };
    grid.columns.iter().enumerate().map(width).collect()
}

fn cut(widths: &[usize], room: usize) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, width) in widths.iter().enumerate() {
        if used + width > room && at > start {
            blocks.push(start..at);
            (start, used) = (at, 0);
        }
        used += width;
    }
    blocks.push(start..widths.len());
    blocks
}

/// Returns the second line of a column's head: its N and missing units, where they hold for the whole column.
pub(in crate::report) fn column_total(column: &Column<'_>) -> String {
    match column.total {
        Some((total, 0)) => format!("N = {}", number(total)),
        Some((total, missing)) => format!("N = {}, {} missing", number(total), number(missing)),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn missing_units_stand_in_the_heads_only_where_columns_differ() {
        let mut table = sample::crosstab();
        table.rows.iter_mut().for_each(|row| row.missing = 3);
        let heads = |table: &Table| Grid::of(table).columns.iter().map(column_total).collect::<Vec<_>>();
        assert_eq!(heads(&table), ["N = 14", "N = 40"]);
        table.rows.iter_mut().filter(|row| row.total == 40).for_each(|row| row.missing = 4);
        assert_eq!(heads(&table), ["N = 14, 3 missing", "N = 40, 4 missing"]);
    }

    #[test]
    fn blocks_on_paper_are_even_and_no_more_than_needed() {
        let columns = (0..14).map(|_| Column { name: "2018-01", total: None }).collect();
        let grid = Grid { columns, lines: Vec::new(), percents: false, missing: false };
        let sizes = |blocks: Vec<Range<usize>>| blocks.iter().map(Range::len).collect::<Vec<_>>();
        assert_eq!(sizes(blocks(&grid, 54)), [6, 6, 2]);
        assert_eq!(sizes(even_blocks(&grid, 54)), [5, 5, 4]);
        assert_eq!(sizes(even_blocks(&grid, 1)), [1; 14]);
        assert_eq!(sizes(even_blocks(&grid, 1000)), [14]);
    }
}
