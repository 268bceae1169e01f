//! Columns cut into blocks, for places that cannot scroll.

use super::{Column, Grid, Kind};

/// Characters that a column of sentences asks for; they wrap.
const PROSE: usize = 14;
/// Characters that a column of words asks for at most.
const WORDS: usize = 24;

/// Cuts the columns into blocks of about `room` characters; each begins with the columns that lead and has at least
/// one other.
pub(in crate::report) fn blocks(grid: &Grid<'_>, room: usize) -> Vec<Vec<usize>> {
    cut(grid, &widths(grid), room)
}

/// Cuts the columns into as few blocks as [`blocks`] does, and makes these as alike in width as may be.
pub(in crate::report) fn even_blocks(grid: &Grid<'_>, room: usize) -> Vec<Vec<usize>> {
    even_blocks_of(grid, &widths(grid), room)
}

/// Returns even blocks by the widths of the columns in any measure.
pub(in crate::report) fn even_blocks_of(grid: &Grid<'_>, widths: &[usize], room: usize) -> Vec<Vec<usize>> {
    let fewest = cut(grid, widths, room);
    let step = (room / 256).max(1);
    (1..room)
        .step_by(step)
        .map(|less| cut(grid, widths, less))
        .find(|blocks| blocks.len() == fewest.len())
        .unwrap_or(fewest)
}

/// Returns the characters that each column takes.
fn widths(grid: &Grid<'_>) -> Vec<usize> {
    let width = |(at, column): (usize, &Column<'_>)| {
        let cells = grid.lines.iter().filter_map(|line| line.cells.get(at));
        let widest = cells.map(|cell| cell.words.chars().count()).max().unwrap_or(0);
        let widest = match column.kind {
            Kind::Prose => widest.min(PROSE),
            Kind::Words => widest.min(WORDS),
            Kind::Count | Kind::Number | Kind::Percent => widest,
        };
        let word = column.head.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        widest.max(word) + 2
    };
    grid.columns.iter().enumerate().map(width).collect()
}

fn cut(grid: &Grid<'_>, widths: &[usize], room: usize) -> Vec<Vec<usize>> {
    let width = |at: usize| widths.get(at).copied().unwrap_or(0);
    let (leading, others): (Vec<usize>, Vec<usize>) =
        (0..grid.columns.len()).partition(|at| grid.columns.get(*at).is_some_and(|column| column.leads));
    let before: usize = leading.iter().map(|at| width(*at)).sum();
    let mut blocks = Vec::new();
    let (mut block, mut used) = (leading.clone(), before);
    for at in others {
        if used + width(at) > room && block.len() > leading.len() {
            blocks.push(std::mem::replace(&mut block, leading.clone()));
            used = before;
        }
        block.push(at);
        used += width(at);
    }
    blocks.push(block);
    blocks
}
