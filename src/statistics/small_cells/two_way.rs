//! Complementary suppression in a table whose row totals, column totals and grand total are published.
//!
//! Small counts are closed into rings of hidden cells: a ring meets each of its rows and columns twice, so what one cell of
//! it gains another can lose. The cheapest ring is taken first, and what turns out not to be needed is shown again.

use std::cmp::Reverse;

use super::{
    Cell, NO_PARTNER, SMALL_TOTAL, TOO_MANY,
    bounds::{Room, known_limits},
    small,
};

/// Chooses the cells of a table to hide, rows by columns; all totals are published.
///
/// Hidden are all small counts and, when needed, few and small others, never a 0. Protected means: each row and column
/// has no hidden cell, or at least two that sum to the threshold or more, and no hidden cell has one possible value only.
/// A reader is taken to know which hidden counts are small, since the marks say it, and that the others are not.
///
/// # Errors
///
/// A reason, when a total is itself small, when others to hide are not found, or when rows are not equally long: the
/// caller then joins rows or columns.
pub fn two_way(counts: &[Vec<u64>], threshold: u64) -> Result<Vec<Vec<Cell>>, &'static str> {
    let table = Table::new(counts, threshold)?;
    let mut pattern = table.primary();
    while let Some(candidates) = table.unprotected(&pattern) {
        let rings = candidates.into_iter().filter_map(|cell| table.ring(&pattern, cell));
        let ring = rings.min_by_key(|(cost, cells)| (*cost, cells.clone())).ok_or(NO_PARTNER)?.1;
        for (row, column) in ring {
            if pattern[row][column] == Cell::Shown {
                pattern[row][column] = Cell::Complementary;
            }
        }
    }
    table.show_again(&mut pattern);
    Ok(pattern)
}

type Pattern = Vec<Vec<Cell>>;

/// How many cells a ring hides that were shown, then the sum of their counts.
type Cost = (usize, u64);

struct Table<'a> {
    counts: &'a [Vec<u64>],
    width: usize,
    threshold: u64,
    total: u64,
}

impl<'a> Table<'a> {
    fn new(counts: &'a [Vec<u64>], threshold: u64) -> Result<Self, &'static str> {
        let width = counts.first().map_or(0, Vec::len);
        if counts.iter().any(|row| row.len() != width) {
            return Err("the rows are not equally long");
        }
        let total = counts.iter().flatten().try_fold(0_u64, |sum, n| sum.checked_add(*n)).ok_or(TOO_MANY)?;
        let table = Self { counts, width, threshold, total };
        let sum = |line: &[(usize, usize)]| line.iter().map(|(row, column)| counts[*row][*column]).sum::<u64>();
        if small(total, threshold) || table.lines().iter().any(|line| small(sum(line), threshold)) {
            return Err(SMALL_TOTAL);
        }
        Ok(table)
    }

    /// The cells of each row, then of each column.
    fn lines(&self) -> Vec<Vec<(usize, usize)>> {
        let rows = (0..self.counts.len()).map(|row| (0..self.width).map(|column| (row, column)).collect());
        let columns = (0..self.width).map(|column| (0..self.counts.len()).map(|row| (row, column)).collect());
        rows.chain(columns).collect()
    }

    fn primary(&self) -> Pattern {
        let cell = |n: &u64| if small(*n, self.threshold) { Cell::Primary } else { Cell::Shown };
        self.counts.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    /// Returns `None` when every hidden cell is protected; else the cells that could be hidden to help the first that is not.
    fn unprotected(&self, pattern: &Pattern) -> Option<Vec<(usize, usize)>> {
        let free = |cells: Vec<(usize, usize)>| -> Vec<(usize, usize)> {
            let is_free = |(row, column): &(usize, usize)| {
                pattern[*row][*column] == Cell::Shown && self.counts[*row][*column] > 0
            };
            cells.into_iter().filter(is_free).collect()
        };
        if let Some(line) = self.lines().into_iter().find(|line| !self.line_holds(pattern, line)) {
            return Some(free(line));
        }
        let limits = |row: usize, column: usize| {
            let cell = pattern[row][column];
            (cell != Cell::Shown).then(|| known_limits(cell, self.threshold, self.total))
        };
        let room = Room::new(self.counts, limits);
        let (row, column) = room.hidden.iter().copied().find(|(row, column)| !room.is_open([*row, *column]))?;
        let rows = || self.lines().into_iter().take(self.counts.len()).flatten();
        let around = free(rows().filter(|cell| cell.0 == row || cell.1 == column).collect());
        // What its own lines no longer offer may come from others, through cells that are hidden already.
        Some(if around.is_empty() { free(rows().collect()) } else { around })
    }

    /// Says whether a line has no hidden cell, or at least two that are not small together.
    fn line_holds(&self, pattern: &Pattern, line: &[(usize, usize)]) -> bool {
        let hidden = line.iter().filter(|(row, column)| pattern[*row][*column] != Cell::Shown);
        let (cells, sum) =
            hidden.fold((0, 0), |(cells, sum), (row, column)| (cells + 1, sum + self.counts[*row][*column]));
        cells == 0 || (cells >= 2 && sum >= self.threshold)
    }

    /// What it costs to have a cell in a ring; a 0 is never hidden.
    fn cost(&self, pattern: &Pattern, (row, column): (usize, usize)) -> Option<Cost> {
        let n = self.counts[row][column];
        match pattern[row][column] {
            Cell::Shown if n == 0 => None,
            Cell::Shown => Some((1, n)),
            Cell::Primary | Cell::Complementary => Some((0, 0)),
        }
    }

    /// Finds the cheapest ring through a cell: the cheapest way from its row to its column over other cells, where each cell
    /// leads from its row to its column or back (Dijkstra 1959).
    fn ring(&self, pattern: &Pattern, cell: (usize, usize)) -> Option<(Cost, Vec<(usize, usize)>)> {
        let rows = self.counts.len();
        let (from, to) = (cell.0, rows + cell.1);
        let mut best: Vec<Option<(Cost, usize)>> = vec![None; rows + self.width];
        let mut settled = vec![false; rows + self.width];
        best[from] = Some((self.cost(pattern, cell)?, from));
        while let Some((cost, line)) = nearest(&best, &settled) {
            settled[line] = true;
            let others = if line < rows { rows..rows + self.width } else { 0..rows };
            for next in others {
                let step = if line < rows { (line, next - rows) } else { (next, line - rows) };
                let Some(more) = self.cost(pattern, step).filter(|_| step != cell && !settled[next]) else { continue };
                let sum = (cost.0 + more.0, cost.1 + more.1);
                if best[next].is_none_or(|(known, _)| sum < known) {
                    best[next] = Some((sum, line));
                }
            }
        }
        let (cost, _) = best[to]?;
        let (mut ring, mut at) = (vec![cell], to);
        while at != from {
            let (_, before) = best[at]?;
            ring.push(if before < rows { (before, at - rows) } else { (at, before - rows) });
            at = before;
        }
        Some((cost, ring))
    }

    /// Shows what need not be hidden, large counts first.
    fn show_again(&self, pattern: &mut Pattern) {
        let mut others: Vec<(usize, usize)> = self.lines().into_iter().take(self.counts.len()).flatten().collect();
        others.retain(|(row, column)| pattern[*row][*column] == Cell::Complementary);
        others.sort_by_key(|(row, column)| (Reverse(self.counts[*row][*column]), *row, *column));
        for (row, column) in others {
            pattern[row][column] = Cell::Shown;
            if self.unprotected(pattern).is_some() {
                pattern[row][column] = Cell::Complementary;
            }
        }
    }
}

/// The line that is reached most cheaply of those not settled; the first of equals.
fn nearest(best: &[Option<(Cost, usize)>], settled: &[bool]) -> Option<(Cost, usize)> {
    let reached = best.iter().zip(settled).enumerate().filter(|(_, (_, settled))| !**settled);
    reached.filter_map(|(line, (best, _))| best.map(|(cost, _)| (cost, line))).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::small_cells::bounds;

    fn shown(counts: &[Vec<u64>], threshold: u64) -> String {
        let letter = |cell: &Cell| match cell {
            Cell::Shown => '.',
            Cell::Primary => '<',
            Cell::Complementary => '-',
        };
        match two_way(counts, threshold) {
            Ok(pattern) => {
                pattern.iter().map(|row| row.iter().map(letter).collect()).collect::<Vec<String>>().join(" ")
            }
            Err(reason) => reason.to_owned(),
        }
    }

    /// What makes a pattern acceptable, said apart from the code above.
    fn acceptable(counts: &[Vec<u64>], pattern: &[Vec<Cell>], threshold: u64) -> bool {
        let hidden: Vec<Vec<bool>> =
            pattern.iter().map(|row| row.iter().map(|cell| *cell != Cell::Shown).collect()).collect();
        let line = |cells: Vec<(u64, bool)>| {
            let sum: u64 = cells.iter().filter(|cell| cell.1).map(|cell| cell.0).sum();
            let many = cells.iter().filter(|cell| cell.1).count();
            many == 0 || (many >= 2 && sum >= threshold)
        };
        let rows = counts.iter().zip(&hidden).map(|(n, h)| n.iter().copied().zip(h.iter().copied()).collect());
        let columns = (0..counts[0].len()).map(|c| counts.iter().zip(&hidden).map(|(n, h)| (n[c], h[c])).collect());
        let points = bounds(counts, &hidden).iter().any(|bound| bound.least == bound.most);
        rows.chain(columns).all(line) && !points
    }

    #[test]
    fn a_small_count_is_closed_into_the_cheapest_square() {
        // 3 with 22 below it and the cheaper of 25 + 40 and 30 + 18 beside them.
        assert_eq!(shown(&[vec![25, 3, 30], vec![40, 22, 18]], 11), ".<- .--");
        assert_eq!(shown(&[vec![50, 20, 30], vec![7, 40, 60], vec![30, 25, 45]], 11), "... <-. --.");
    }

    #[test]
    fn nothing_small_hides_nothing() {
        assert_eq!(shown(&[vec![20, 30], vec![15, 12]], 11), ".. ..");
        assert_eq!(shown(&[vec![0, 20], vec![15, 12]], 11), ".. ..");
        assert_eq!(shown(&[], 11), "");
        assert_eq!(shown(&[vec![3, 4], vec![5, 6]], 1), ".. ..");
    }

    #[test]
    fn what_cannot_be_protected_is_refused() {
        assert_eq!(shown(&[vec![1, 2, 3], vec![40, 50, 60]], 11), "a total is itself small");
        assert_eq!(shown(&[vec![3, 40], vec![0, 50]], 11), "a total is itself small");
        assert_eq!(shown(&[vec![5, 30], vec![20, 0]], 11), "no other count can be hidden to protect a small one");
        assert_eq!(shown(&[vec![5, 30], vec![20]], 11), "the rows are not equally long");
        assert_eq!(shown(&[vec![u64::MAX], vec![1]], 11), "there are too many units to be counted");
    }

    #[test]
    fn small_counts_protect_each_other_where_their_sums_allow() {
        assert_eq!(shown(&[vec![6, 7, 30], vec![8, 9, 30], vec![40, 40, 40]], 11), "<<. <<. ...");
        // Four tens in a square with sums of 20 are known from their marks.
        assert_eq!(shown(&[vec![10, 10, 30], vec![10, 10, 35], vec![40, 41, 42]], 11), "<<- <<- ---");
    }

    proptest! {
        #[test]
        fn a_table_is_protected_or_refused(
            width in 1_usize..6, height in 1_usize..6, threshold in 0_u64..13,
            cells in prop::collection::vec(prop_oneof![1 => Just(0_u64), 3 => 1_u64..13, 4 => 11_u64..80], 25),
        ) {
            let counts: Vec<Vec<u64>> = cells.chunks(5).take(height).map(|row| row[..width].to_vec()).collect();
            let Ok(pattern) = two_way(&counts, threshold) else { return Ok(()) };
            prop_assert!(acceptable(&counts, &pattern, threshold), "{counts:?} {pattern:?}");
            let cells = || counts.iter().flatten().zip(pattern.iter().flatten());
            for (n, cell) in cells() {
                prop_assert_eq!(*cell == Cell::Primary, small(*n, threshold));
                prop_assert!(*cell != Cell::Complementary || *n >= threshold.max(1));
            }
            if cells().all(|(n, _)| !small(*n, threshold)) {
                prop_assert!(cells().all(|(_, cell)| *cell == Cell::Shown));
            }
        }

        #[test]
        fn one_small_count_among_larger_ones_than_the_threshold_is_never_refused(
            // A count at the threshold leaves no room: its mark says that it is no smaller.
            large in prop::collection::vec(12_u64..80, 12), at in 0_usize..12, few in 1_u64..11,
        ) {
            let mut large = large;
            large[at] = few;
            let counts: Vec<Vec<u64>> = large.chunks(4).map(<[u64]>::to_vec).collect();
            let pattern = two_way(&counts, 11).unwrap();
            prop_assert!(acceptable(&counts, &pattern, 11));
            // A square is always enough, but for what the marks give away.
            let hidden = pattern.iter().flatten().filter(|cell| **cell != Cell::Shown).count();
            prop_assert!((4..=6).contains(&hidden), "{hidden}");
        }
    }
}
