//! A table for the terminal: aligned columns, codes moved to the right under their themes, notes below.

use super::grid::{self, Grid};
use crate::{
    report::escape,
    table::{Table, number},
};
use unicode_segmentation::UnicodeSegmentation as _;

/// Width of a line when nobody asked for another.
const WIDTH: usize = 80;
/// A label is never made narrower than this, whatever the width.
const NARROWEST: usize = 16;
/// Blanks before the further lines of a label; unlike the step of a code under its theme.
const HANG: usize = 4;
/// Blanks between columns.
const GAP: usize = 2;

/// Writes a table as lines of at most 80 characters where its columns allow it.
pub fn text(table: &Table) -> String {
    text_within(table, WIDTH)
}

/// Writes a table as lines of at most `width` characters where its columns allow it.
///
/// Values across that do not fit beside each other go on in further blocks with the labels again.
pub fn text_within(table: &Table, width: usize) -> String {
    let grid = Grid::of(table);
    let labels: Vec<(String, usize)> =
        grid.lines.iter().map(|line| (escape::terminal(&line.head.label), line.depth * 2)).collect();
    let mut lines = wrapped(&escape::terminal(grid::title(table)), width, 0, 0);
    lines.extend(wrapped(&escape::terminal(&grid::caption(table)), width, 0, 0));
    let columns = columns(&grid);
    for block in blocks(&columns, label_width(&labels), width) {
        lines.push(String::new());
        lines.extend(block_lines(block, &labels, width));
    }
    let notes = grid::notes(table);
    if !notes.is_empty() {
        lines.push(String::new());
    }
    for note in notes {
        lines.extend(wrapped(&escape::terminal(&note), width, 0, 0));
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The words of one column, head lines apart.
struct Words {
    head: Vec<String>,
    cells: Vec<String>,
    width: usize,
}

impl Words {
    fn new(head: Vec<String>, cells: Vec<String>) -> Self {
        let width = head.iter().chain(&cells).map(|word| columns_of(word)).max().unwrap_or(0);
        Self { head, cells, width }
    }
}

fn columns(grid: &Grid<'_>) -> Vec<Words> {
    if !grid.columns.is_empty() {
        let words = |(at, column): (usize, &super::Column<'_>)| {
            let cell =
                |line: &super::Line<'_>| grid::cell(line.cells.get(at).copied().flatten(), column, grid.percents);
            let head = vec![escape::terminal(column.name), grid::column_total(column)];
            Words::new(head, grid.lines.iter().map(cell).collect())
        };
        return grid.columns.iter().enumerate().map(words).collect();
    }
    let rows = || grid.lines.iter().filter_map(|line| line.cells.first().copied().flatten());
    let mut columns = vec![Words::new(vec!["n of N".to_owned()], rows().map(grid::count).collect())];
    if grid.percents {
        columns.push(Words::new(vec!["%".to_owned()], rows().map(grid::percentage).collect()));
    }
    if grid.missing {
        let missing = rows().map(|row| number(row.missing)).collect();
        columns.push(Words::new(vec!["missing".to_owned()], missing));
    }
    columns
}

fn label_width(labels: &[(String, usize)]) -> usize {
    labels.iter().map(|(label, indent)| indent + columns_of(label)).max().unwrap_or(0)
}

/// Cuts the columns into blocks that fit beside the labels; a block has at least one column.
fn blocks(columns: &[Words], labels: usize, width: usize) -> Vec<&[Words]> {
    // Long labels wrap before columns are moved to another block, but keep a third of the line.
    let labels = labels.min((width / 3).max(NARROWEST));
    let mut blocks = Vec::new();
    let (mut start, mut used) = (0, labels);
    for (at, column) in columns.iter().enumerate() {
        if used + GAP + column.width > width && at > start {
            blocks.extend(columns.get(start..at));
            (start, used) = (at, labels);
        }
        used += GAP + column.width;
    }
    blocks.extend(columns.get(start..));
    blocks
}

fn block_lines(block: &[Words], labels: &[(String, usize)], width: usize) -> Vec<String> {
    let taken: usize = block.iter().map(|column| GAP + column.width).sum();
    let room = label_width(labels).min(width.saturating_sub(taken).max(NARROWEST));
    let heads = block.iter().map(|column| column.head.len()).max().unwrap_or(0);
    let mut lines: Vec<String> = (0..heads)
        .map(|at| beside("", room, block.iter().map(|column| (column.head.get(at), column.width))))
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.push("─".repeat(room + taken));
    for (at, (label, indent)) in labels.iter().enumerate() {
        let mut parts = wrapped(label, room, *indent, *indent + HANG);
        // The numbers stand beside the label's last line, where the eye is when it has read it.
        let last = parts.pop().unwrap_or_default();
        lines.extend(parts);
        lines.push(beside(&last, room, block.iter().map(|column| (column.cells.get(at), column.width))));
    }
    lines
}

fn beside<'a>(label: &str, room: usize, cells: impl Iterator<Item = (Option<&'a String>, usize)>) -> String {
    let mut line = format!("{label}{}", " ".repeat(room.saturating_sub(columns_of(label))));
    for (cell, width) in cells {
        let cell = cell.map_or("", String::as_str);
        line.push_str(&" ".repeat(GAP + width.saturating_sub(columns_of(cell))));
        line.push_str(cell);
    }
    line
}

/// Breaks words into lines of at most `width`, the first moved right by `indent`, the others by `hang`.
fn wrapped(words: &str, width: usize, indent: usize, hang: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    let mut empty = true;
    for word in words.split(' ') {
        if !empty && columns_of(&line) + 1 + columns_of(word) > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(hang)));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// Returns how many cells of a terminal the words take: two for a wide East Asian character, one for any other.
fn columns_of(words: &str) -> usize {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD);
    words.graphemes(true).map(|grapheme| if grapheme.starts_with(wide) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn codes_stand_under_their_themes() {
        insta::assert_snapshot!(text(&sample::frequency()), @"
    Themes and codes by entries
    entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                                                            n of N
    ──────────────────────────────────────────────────────────────
    Immigration status is a social determinant of health  12 of 14
      Language barrier                                     9 of 14
        Interpreter missing                                4 of 14
    Trust                                                  0 of 14

    A theme counts an entry once, however many of its codes are there.
    No percentages: fewer than 20 entries.
    ");
    }

    #[test]
    fn long_labels_wrap_and_keep_the_numbers_aligned() {
        insta::assert_snapshot!(text_within(&sample::frequency(), 40), @"
        Themes and codes by entries
        entries, N = 14; counts: all (accepted
        and not yet reviewed); coder: any

                                          n of N
        ────────────────────────────────────────
        Immigration status is a social
            determinant of health       12 of 14
          Language barrier               9 of 14
            Interpreter missing          4 of 14
        Trust                            0 of 14

        A theme counts an entry once, however
        many of its codes are there.
        No percentages: fewer than 20 entries.
        ");
    }

    #[test]
    fn values_across_are_columns_with_their_own_n() {
        insta::assert_snapshot!(text(&sample::crosstab()), @"
        Codes by section
        entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                            Greatest success  Greatest challenge
                                      N = 14              N = 40
        ────────────────────────────────────────────────────────
        Fear of being seen                 7            31 (78%)
        Housing                            0            12 (30%)

        A theme counts an entry once, however many of its codes are there.
        Where no percentage is shown: fewer than 20 entries.
        ");
    }

    #[test]
    fn what_does_not_fit_goes_on_below() {
        insta::assert_snapshot!(text_within(&sample::crosstab(), 50), @"
        Codes by section
        entries, N = 14; counts: all (accepted and not yet
        reviewed); coder: any

                            Greatest success
                                      N = 14
        ────────────────────────────────────
        Fear of being seen                 7
        Housing                            0

                            Greatest challenge
                                        N = 40
        ──────────────────────────────────────
        Fear of being seen            31 (78%)
        Housing                       12 (30%)

        A theme counts an entry once, however many of its
        codes are there.
        Where no percentage is shown: fewer than 20
        entries.
        ");
    }

    #[test]
    fn a_table_without_rows_still_says_its_n() {
        let mut table = sample::frequency();
        table.rows.clear();
        assert!(text(&table).contains("entries, N = 14"));
    }
}
