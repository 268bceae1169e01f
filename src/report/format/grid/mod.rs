//! A table as people read it, laid out once for every form: heads, and lines of cells with their words and numbers.
//!
//! Forms for paper and screen write its cells; none of them decides what a cell says. The long shape (one row a
//! count) stays the table's own: `table::long`.

mod blocks;
mod cell;
mod columns;
mod notes;
mod pivot;

#[cfg(test)]
mod tests;

pub(in crate::report) use blocks::{blocks, even_blocks, even_blocks_of};
pub(in crate::report) use cell::{Cell, Shape};
pub(in crate::report) use notes::{caption, notes, title};

use crate::table::{Level, Row, Table};
use columns::{Source, columns};
use pivot::Pivot;

/// A table's columns and lines.
pub(in crate::report) struct Grid<'a> {
    /// The columns beside the labels.
    pub columns: Vec<Column<'a>>,
    /// Lines in the order of the rows.
    pub lines: Vec<Line<'a>>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    /// A few words, such as a label.
    Words,
    /// Whole sentences.
    Prose,
    /// Counts, alone or as `n of N`.
    Count,
    /// Other numbers.
    Number,
    /// Percentages.
    Percent,
}

impl Kind {
    /// Tells whether its cells begin at the left.
    pub(in crate::report) fn is_words(self) -> bool {
        matches!(self, Self::Words | Self::Prose)
    }
}

/// One column.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct Column<'a> {
    /// The words over it.
    pub head: String,
    /// The second line over it, such as the N of a value; may be empty.
    pub below: String,
    /// What it holds.
    pub kind: Kind,
    /// It says what the line is, as the label does, and is repeated wherever the label is.
    pub leads: bool,
    /// The value across under which it stands.
    pub value: Option<&'a str>,
    /// Where its cells come from.
    source: Source,
}

/// One line.
pub(in crate::report) struct Line<'a> {
    /// The first row of the line, for its id, label and level.
    pub head: &'a Row,
    /// Steps to the right: themes 0, their codes 1, codes under them 2.
    pub depth: usize,
    /// One cell a column.
    pub cells: Vec<Cell<'a>>,
}

impl Line<'_> {
    /// Tells whether it is a theme's, which stands out.
    pub(in crate::report) fn is_theme(&self) -> bool {
        self.head.level == Level::Theme
    }
}

/// How counts, totals and percentages stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As in print: `9 of 14`, `31 (78%)`.
    Together,
    /// One number a cell, for those who calculate.
    Apart,
}

impl<'a> Grid<'a> {
    /// Lays a table out for readers.
    pub(in crate::report) fn of(table: &'a Table) -> Self {
        Self::styled(table, Style::Together)
    }

    /// Lays a table out with one number a cell.
    pub(in crate::report) fn apart(table: &'a Table) -> Self {
        Self::styled(table, Style::Apart)
    }

    fn styled(table: &'a Table, style: Style) -> Self {
        let pivot = Pivot::of(&table.rows);
        let columns = columns(table, &pivot, style);
        let line = |line: pivot::PivotLine<'a>| {
            let facts = table.tests.iter().find(|facts| facts.id == line.head.id).map(|facts| &facts.further);
            let cells = columns.iter().map(|column| column.source.cell(&line.rows, facts)).collect();
            Line { head: line.head, depth: line.depth, cells }
        };
        let lines = pivot.lines.into_iter().map(line).collect();
        Self { columns, lines }
    }
}
