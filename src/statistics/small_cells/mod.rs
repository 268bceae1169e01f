//! Which counts of persons to hide when small ones must not be shown, nor be found by subtraction.
//!
//! Counts 1 to threshold - 1 are primary; 0 may be shown. Totals are taken to be published. Hiding the percentage and the
//! interval with a count, and collapsing rows when this module refuses, is for the caller.
//! Sources: CMS cell size suppression policy (threshold 11); Cox (1980) on complementary suppression.

mod bounds;
mod persons;
mod two_way;

use serde::Serialize;

pub use bounds::{Bounds, bounds};
pub use persons::{Count, Stands, Tie, overlapping};
pub use two_way::two_way;

/// Whether a count is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// It is.
    Shown,
    /// Hidden because it is small; written `<threshold`.
    Primary,
    /// Hidden because a small count would follow from it.
    Complementary,
}

const SMALL_TOTAL: &str = "a total is itself small";
const NO_PARTNER: &str = "no other count can be hidden to protect a small one";
const TOO_MANY: &str = "there are too many units to be counted";

/// Says whether a count is small: 1 to threshold - 1.
fn small(n: u64, threshold: u64) -> bool {
    n > 0 && n < threshold
}

/// Says whether "n of N" must be hidden where rows do not add up: when the units with, or those without, are few.
pub fn protects(n: u64, total: u64, threshold: u64) -> bool {
    small(n, threshold) || small(total.saturating_sub(n), threshold)
}

/// Chooses the cells of one list to hide, whose total is published.
///
/// Hidden are all small counts and, when needed, as few and as small others as protect them; never a 0. Protected means:
/// at least two are hidden, they sum to the threshold or more, and none has one possible value only. A reader is
/// taken to know which hidden counts are small, since the marks say it, and that the others are not.
///
/// # Errors
///
/// A reason, when the total is itself small, or when no others can be hidden: the caller then joins rows.
pub fn one_way(counts: &[u64], threshold: u64) -> Result<Vec<Cell>, &'static str> {
    let total = counts.iter().try_fold(0_u64, |sum, n| sum.checked_add(*n)).ok_or(TOO_MANY)?;
    if small(total, threshold) {
        return Err(SMALL_TOTAL);
    }
    let mark = |n: &u64| if small(*n, threshold) { Cell::Primary } else { Cell::Shown };
    let primary: Vec<Cell> = counts.iter().map(mark).collect();
    if line_holds(counts, &primary, threshold) {
        return Ok(primary);
    }
    let mut partners: Vec<usize> =
        (0..counts.len()).filter(|at| counts[*at] > 0 && primary[*at] == Cell::Shown).collect();
    partners.sort_by_key(|at| (counts[*at], *at));
    let with = |cells: &[Cell], at: usize| {
        let mut cells = cells.to_vec();
        cells[at] = Cell::Complementary;
        cells
    };
    let one = partners.iter().map(|at| with(&primary, *at)).find(|cells| line_holds(counts, cells, threshold));
    let mut cells = primary;
    let growing = partners.iter().map(|at| {
        cells = with(&cells, *at);
        cells.clone()
    });
    one.or_else(|| growing.into_iter().find(|cells| line_holds(counts, cells, threshold))).ok_or(NO_PARTNER)
}

/// Says whether the hidden cells of a list with a published total are protected.
fn line_holds(counts: &[u64], cells: &[Cell], threshold: u64) -> bool {
    let hidden: Vec<(u64, Cell)> =
        counts.iter().copied().zip(cells.iter().copied()).filter(|(_, cell)| *cell != Cell::Shown).collect();
    if hidden.is_empty() {
        return true;
    }
    let sum: u64 = hidden.iter().map(|(n, _)| n).sum();
    let limits = |cell: Cell| bounds::known_limits(cell, threshold, sum);
    let (lowest, highest) = hidden
        .iter()
        .map(|(_, cell)| limits(*cell))
        .fold((0_u128, 0_u128), |sums, [low, high]| (sums.0 + u128::from(low), sums.1 + u128::from(high)));
    let sum = u128::from(sum);
    // A cell can be larger when the others can give, and smaller when they can take.
    let open = |(_, cell): &(u64, Cell)| {
        let [low, high] = limits(*cell).map(u128::from);
        let least = low.max(sum.saturating_sub(highest - high));
        let most = high.min(sum - (lowest - low).min(sum));
        least < most
    };
    hidden.len() >= 2 && sum >= u128::from(threshold) && hidden.iter().all(open)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(counts: &[u64], threshold: u64) -> String {
        let word = |cell: &Cell| match cell {
            Cell::Shown => "shown",
            Cell::Primary => "small",
            Cell::Complementary => "other",
        };
        match one_way(counts, threshold) {
            Ok(cells) => cells.iter().map(word).collect::<Vec<_>>().join(" "),
            Err(reason) => reason.to_owned(),
        }
    }

    #[test]
    fn needs_of_271_patients() {
        // Kimball et al. 2019, nearest counts: 4 and 2 sum to 6, which is small too, so 11 goes as well.
        let counts = [95, 61, 57, 27, 14, 11, 4, 2];
        assert_eq!(shown(&counts, 11), "shown shown shown shown shown other small small");
        assert_eq!(shown(&counts, 5), "shown shown shown shown shown shown small small");
        assert_eq!(shown(&counts, 3), "shown shown shown shown shown shown other small");
        assert_eq!(shown(&counts, 2), "shown shown shown shown shown shown shown shown");
    }

    #[test]
    fn one_small_count_takes_the_smallest_partner_that_is_not_zero() {
        assert_eq!(shown(&[40, 0, 30, 7, 30], 11), "shown shown other small shown");
        assert_eq!(shown(&[0, 12, 0], 11), "shown shown shown");
    }

    #[test]
    fn what_the_marks_give_away_is_hidden_better() {
        // 1 + 1 + 11: two small counts are at least 1 each and the other at least 11, so 13 would tell all three.
        assert_eq!(shown(&[1, 1, 11, 50], 11), "small small shown other");
        // Two counts below 11 that sum to 20 are both 10.
        assert_eq!(shown(&[10, 10, 50], 11), "small small other");
        assert_eq!(shown(&[10, 10], 11), "no other count can be hidden to protect a small one");
        assert_eq!(shown(&[10, 5], 11), "small small");
    }

    #[test]
    fn what_cannot_be_protected_is_refused() {
        assert_eq!(shown(&[5, 5], 11), "a total is itself small");
        assert_eq!(shown(&[0, 0, 20, 0], 11), "shown shown shown shown");
        assert_eq!(shown(&[4, 0], 3), "shown shown");
        assert_eq!(shown(&[u64::MAX, 1], 11), "there are too many units to be counted");
        assert_eq!(shown(&[], 11), "");
    }

    #[test]
    fn n_of_total_is_hidden_from_both_sides() {
        let hidden = |n| protects(n, 271, 11);
        assert_eq!(
            [0, 1, 10, 11, 260, 261, 270, 271].map(hidden),
            [false, true, true, false, false, true, true, false]
        );
        assert!(protects(0, 5, 11) && !protects(0, 0, 11) && !protects(1, 271, 0));
    }

    proptest! {
        #[test]
        fn a_list_is_protected_or_refused(counts in prop::collection::vec(0_u64..40, 1..8), threshold in 0_u64..13) {
            let Ok(cells) = one_way(&counts, threshold) else {
                prop_assert!(counts.iter().any(|n| small(*n, threshold)) || small(counts.iter().sum(), threshold));
                return Ok(());
            };
            let hidden: Vec<u64> =
                counts.iter().zip(&cells).filter(|(_, cell)| **cell != Cell::Shown).map(|(n, _)| *n).collect();
            for (n, cell) in counts.iter().zip(&cells) {
                prop_assert_eq!(*cell == Cell::Primary, small(*n, threshold));
                prop_assert!(*cell != Cell::Complementary || *n >= threshold.max(1));
            }
            let nothing_small = !cells.contains(&Cell::Primary);
            prop_assert_eq!(hidden.is_empty(), nothing_small);
            prop_assert!(nothing_small || (hidden.len() >= 2 && hidden.iter().sum::<u64>() >= threshold));
        }
    }
}
