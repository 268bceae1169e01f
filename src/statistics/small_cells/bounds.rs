//! What the hidden counts of a table may be, given its published ones and totals.
//!
//! Hidden counts with fixed row and column sums are a transportation problem, so smallest and largest values are whole
//! numbers and are found as maximum flows (Ford and Fulkerson 1956) from the true counts.

use std::collections::VecDeque;

use super::Cell;

/// Smallest and largest value that a hidden count may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Row of the table, from 0.
    pub row: usize,
    /// Column of the table, from 0.
    pub column: usize,
    /// Smallest value.
    pub least: u64,
    /// Largest value.
    pub most: u64,
}

/// Returns the bounds of every hidden cell, row by row, for a reader who knows the shown counts and all totals, and of the
/// hidden ones only that they are not negative.
///
/// `counts` and `hidden` are rows by columns; a cell that one of them lacks counts as shown.
pub fn bounds(counts: &[Vec<u64>], hidden: &[Vec<bool>]) -> Vec<Bounds> {
    let limits = |row: usize, column: usize| {
        let is_hidden = hidden.get(row).and_then(|row| row.get(column)).copied().unwrap_or(false);
        is_hidden.then_some([0, u64::MAX])
    };
    let room = Room::new(counts, limits);
    let bound = |(row, column): (usize, usize)| {
        let n = counts[row][column];
        let least = n - room.most_flow([row, column], Turn::Down, n);
        Bounds { row, column, least, most: n + room.most_flow([row, column], Turn::Up, u64::MAX - n) }
    };
    room.hidden.iter().copied().map(bound).collect()
}

/// What the mark of a hidden count tells of it: its smallest and largest possible value, at most `sum`.
pub(super) fn known_limits(cell: Cell, threshold: u64, sum: u64) -> [u64; 2] {
    match cell {
        Cell::Primary => [1, threshold.saturating_sub(1)],
        Cell::Complementary | Cell::Shown => [threshold, sum.max(threshold)],
    }
}

/// Whether a count is to grow or to shrink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Up,
    Down,
}

/// By how much each hidden cell can grow and shrink while all other cells stand still.
pub(super) struct Room {
    rows: usize,
    columns: usize,
    up: Vec<u64>,
    down: Vec<u64>,
    /// Hidden cells, row by row.
    pub(super) hidden: Vec<(usize, usize)>,
}

impl Room {
    /// Takes counts and, of hidden cells, their limits, between which the count lies.
    pub(super) fn new(counts: &[Vec<u64>], limits: impl Fn(usize, usize) -> Option<[u64; 2]>) -> Self {
        let (rows, columns) = (counts.len(), counts.iter().map(Vec::len).max().unwrap_or(0));
        let (mut up, mut down) = (vec![0; rows * columns], vec![0; rows * columns]);
        let mut hidden = Vec::new();
        for (row, line) in counts.iter().enumerate() {
            for (column, n) in line.iter().enumerate() {
                let Some([low, high]) = limits(row, column) else { continue };
                up[row * columns + column] = high.saturating_sub(*n);
                down[row * columns + column] = n.saturating_sub(low);
                hidden.push((row, column));
            }
        }
        Self { rows, columns, up, down, hidden }
    }

    /// Says whether one hidden cell can have another value than it has.
    pub(super) fn is_open(&self, [row, column]: [usize; 2]) -> bool {
        [Turn::Up, Turn::Down].into_iter().any(|turn| self.most_flow([row, column], turn, 1) > 0)
    }

    /// Returns by how much a cell can turn, at most `wanted`.
    ///
    /// When it grows, its column must shrink elsewhere, that row grow elsewhere, and so on back to its own row: a flow from
    /// its column to its row through the other cells. A cell that shrinks is the same the other way round.
    pub(super) fn most_flow(&self, [row, column]: [usize; 2], turn: Turn, wanted: u64) -> u64 {
        let own = row * self.columns + column;
        let (mut up, mut down) = (self.up.clone(), self.down.clone());
        let wanted = wanted.min(if turn == Turn::Up { up[own] } else { down[own] });
        (up[own], down[own]) = (0, 0);
        let (row, column) = (row, self.rows + column);
        let (from, to) = if turn == Turn::Up { (column, row) } else { (row, column) };
        let mut flow = 0;
        while flow < wanted {
            let Some((path, width)) = self.path(&up, &down, from, to) else { break };
            let width = width.min(wanted - flow);
            for (cell, step) in path {
                let (taken, given) =
                    if step == Turn::Up { (&mut up[cell], &mut down[cell]) } else { (&mut down[cell], &mut up[cell]) };
                *taken -= width;
                *given = given.saturating_add(width);
            }
            flow += width;
        }
        flow
    }

    /// Shortest path from one line to another along cells that can still turn, and what it can carry. Lines are rows, then
    /// columns; from a row to a column a cell grows, from a column to a row one shrinks.
    fn path(&self, up: &[u64], down: &[u64], from: usize, to: usize) -> Option<(Vec<(usize, Turn)>, u64)> {
        let mut came: Vec<Option<(usize, usize)>> = vec![None; self.rows + self.columns];
        let mut queue = VecDeque::from([from]);
        while let Some(line) = queue.pop_front() {
            if line == to {
                break;
            }
            let is_row = line < self.rows;
            let others = if is_row { self.rows..self.rows + self.columns } else { 0..self.rows };
            for next in others {
                let cell = if is_row {
                    line * self.columns + next - self.rows
                } else {
                    next * self.columns + line - self.rows
                };
                let room = if is_row { up[cell] } else { down[cell] };
                if room > 0 && next != from && came[next].is_none() {
                    came[next] = Some((line, cell));
                    queue.push_back(next);
                }
            }
        }
        let (mut path, mut width, mut at) = (Vec::new(), u64::MAX, to);
        while at != from {
            let (before, cell) = came[at]?;
            let step = if before < self.rows { Turn::Up } else { Turn::Down };
            width = width.min(if step == Turn::Up { up[cell] } else { down[cell] });
            path.push((cell, step));
            at = before;
        }
        Some((path, width))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listed(found: &[Bounds]) -> Vec<[u64; 4]> {
        found.iter().map(|bound| [bound.row as u64, bound.column as u64, bound.least, bound.most]).collect()
    }

    #[test]
    fn a_square_of_hidden_cells() {
        // Rows of 33 and 40 are left for the hidden cells, columns of 25 and 48.
        let counts = [vec![25, 3, 30], vec![40, 22, 18]];
        let hidden = [vec![false, true, true], vec![false, true, true]];
        let found = listed(&bounds(&counts, &hidden));
        assert_eq!(found, [[0, 1, 0, 25], [0, 2, 8, 33], [1, 1, 0, 25], [1, 2, 15, 40]]);
    }

    #[test]
    fn a_lone_hidden_cell_is_known() {
        let hidden = [vec![true, false], vec![false, false]];
        assert_eq!(listed(&bounds(&[vec![7, 3], vec![2, 9]], &hidden)), [[0, 0, 7, 7]]);
        assert_eq!(listed(&bounds(&[], &hidden)), [[0; 4]; 0]);
    }

    /// Every table of whole numbers that agrees with what is shown, counted out row by row.
    fn possible(counts: &[Vec<u64>], hidden: &[Vec<bool>]) -> Vec<Vec<u64>> {
        let width = counts[0].len();
        let open = |at: usize| hidden[at / width][at % width];
        let row_left = |row: usize| (0..width).filter(|c| hidden[row][*c]).map(|c| counts[row][c]).sum::<u64>();
        let column_left = |c: usize| (0..counts.len()).filter(|r| hidden[*r][c]).map(|r| counts[r][c]).sum::<u64>();
        let mut tables: Vec<Vec<u64>> = vec![Vec::new()];
        for at in 0..width * counts.len() {
            let (row, column) = (at / width, at % width);
            let mut longer = Vec::new();
            for table in &tables {
                let used_row: u64 = (row * width..at).filter(|at| open(*at)).map(|at| table[at]).sum();
                let used_column: u64 =
                    (0..row).map(|r| r * width + column).filter(|at| open(*at)).map(|at| table[at]).sum();
                let room = (row_left(row) - used_row).min(column_left(column) - used_column);
                let values = if open(at) { 0..=room } else { counts[row][column]..=counts[row][column] };
                for value in values {
                    let full = column + 1 < width
                        || !open(at) && used_row == row_left(row)
                        || open(at) && used_row + value == row_left(row);
                    if full {
                        longer.push(table.iter().copied().chain([value]).collect());
                    }
                }
            }
            tables = longer;
        }
        let last = counts.len() - 1;
        tables.retain(|table| {
            (0..width).all(|c| {
                (0..=last).filter(|r| hidden[*r][c]).map(|r| table[r * width + c]).sum::<u64>() == column_left(c)
            })
        });
        tables
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]
        #[test]
        fn bounds_are_those_of_every_possible_table(
            width in 2_usize..4, height in 2_usize..4,
            cells in prop::collection::vec((0_u64..4, prop::bool::weighted(0.7)), 9),
        ) {
            let part = |row: usize| cells[row * width..(row + 1) * width].to_vec();
            let counts: Vec<Vec<u64>> = (0..height).map(|row| part(row).iter().map(|cell| cell.0).collect()).collect();
            let hidden: Vec<Vec<bool>> = (0..height).map(|row| part(row).iter().map(|cell| cell.1).collect()).collect();
            let tables = possible(&counts, &hidden);
            for found in bounds(&counts, &hidden) {
                let at = found.row * width + found.column;
                let values = || tables.iter().map(|table| table[at]);
                prop_assert_eq!((Some(found.least), Some(found.most)), (values().min(), values().max()));
            }
        }
    }
}
