//! How wide the columns of a table are on a page, and whether the page must lie for it.
//!
//! Widths are twentieths of a point; a digit of the tables' type is half of 10 points wide.

use super::document::UPRIGHT;
use crate::{
    report::format::{Column, Grid, Kind, even_blocks_of},
    table::Table,
};

/// Width of a character.
const CHAR: usize = 105;
/// Space around the words of a cell.
pub(super) const PADDING: usize = 60;
/// What a column takes beside its words.
const AROUND: usize = 2 * PADDING + 60;
/// Space before words, so that they do not touch the numbers at their left.
pub(super) const BEFORE: usize = 140;
/// A head of at most so many characters is not broken.
const UNBROKEN: usize = 10;
/// The least that labels and sentences get.
const LABEL: usize = 2_300;
const PROSE: usize = 2_100;
/// The most that a few words ask for.
const WORDS: usize = 2_600;

/// Columns that stand beside each other, with the width of the label and of each.
pub(super) struct Block {
    pub columns: Vec<usize>,
    pub label: usize,
    pub widths: Vec<usize>,
}

/// Tells whether a table does not fit an upright page.
pub(super) fn is_wide(table: &Table) -> bool {
    let grid = Grid::of(table);
    let all: Vec<usize> = (0..grid.columns.len()).collect();
    label(&grid).min(LABEL) + all.iter().map(|at| least(&grid, *at)).sum::<usize>() > UPRIGHT
}

/// Cuts a table's columns into blocks that fit the room, and divides it among them.
pub(super) fn blocks(grid: &Grid<'_>, room: usize) -> Vec<Block> {
    let beside = room.saturating_sub(label(grid).min(LABEL));
    let widths: Vec<usize> = (0..grid.columns.len()).map(|at| least(grid, at)).collect();
    even_blocks_of(grid, &widths, beside).into_iter().map(|columns| divided(grid, columns, room)).collect()
}

/// Divides the room: numbers take what they need, labels and sentences share the rest by how much they have to say.
fn divided(grid: &Grid<'_>, columns: Vec<usize>, room: usize) -> Block {
    let least: Vec<usize> = columns.iter().map(|at| least(grid, *at)).collect();
    let is_prose = |at: &usize| grid.columns.get(*at).is_some_and(|column| column.kind == Kind::Prose);
    let own = label(grid);
    let first = own.min(LABEL);
    let left = room.saturating_sub(first + least.iter().sum::<usize>());
    let wish = |at: &usize| if is_prose(at) { natural(grid, *at).saturating_sub(PROSE).min(6_000) } else { 0 };
    let wishes: Vec<usize> = columns.iter().map(wish).collect();
    let of_label = own.saturating_sub(first).min(if wishes.iter().any(|wish| *wish > 0) { 1_500 } else { room });
    let all = (of_label + wishes.iter().sum::<usize>()).max(1);
    let share = |wish: usize| if all > left { left * wish / all } else { wish };
    let widths = least.iter().zip(&wishes).map(|(least, wish)| least + share(*wish)).collect();
    Block { label: first + share(of_label), widths, columns }
}

fn label(grid: &Grid<'_>) -> usize {
    let words = |line: &crate::report::format::Line<'_>| line.head.label.chars().count() + 2 * line.depth;
    grid.lines.iter().map(words).max().unwrap_or(0).max(8) * CHAR + AROUND
}

/// Returns the width of a column's cells, none of them broken.
fn natural(grid: &Grid<'_>, at: usize) -> usize {
    let cells = grid.lines.iter().filter_map(|line| line.cells.get(at));
    cells.map(|cell| cell.words.chars().count()).max().unwrap_or(0) * CHAR + AROUND
}

/// Returns the least that a column can do with.
fn least(grid: &Grid<'_>, at: usize) -> usize {
    let Some(column) = grid.columns.get(at) else { return 0 };
    let head = head(column);
    match column.kind {
        Kind::Prose => PROSE.max(head),
        Kind::Words => natural(grid, at).min(WORDS).max(head) + BEFORE,
        Kind::Count | Kind::Number | Kind::Percent => natural(grid, at).max(head),
    }
}

/// Returns the width of the longest word of a head, which is bold; lines of heads break between words.
fn head(column: &Column<'_>) -> usize {
    let whole = Some(column.head.as_str()).filter(|head| head.chars().count() <= UNBROKEN);
    let words = column.head.split_whitespace().chain(column.below.split(", ")).chain(whole);
    words.map(|word| word.chars().count().min(24)).max().unwrap_or(0) * (CHAR + 8) + AROUND
}
