//! Which counts of persons to hide where rows overlap: themes and their codes, several values a case, persons in several columns.
//!
//! Such counts are tied to others by sums and unions. What a reader can know of each is an interval, narrowed by these ties
//! until nothing changes, and where intervals do not settle it, other numbers that fit are looked for. As long as a hidden count
//! can be one number only, another count that is tied to it is hidden too.

use std::ops::Range;

use super::{Cell, NO_PARTNER, protects, small};

/// A count of persons among some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Persons.
    pub n: u64,
    /// Among so many.
    pub total: u64,
    /// Where it stands.
    pub place: Stands,
}

/// Where a count stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// In the table: it is to be shown or hidden.
    Here,
    /// In another table, where it is shown or hidden already.
    Elsewhere(Cell),
    /// Nowhere, but it may follow from others.
    Nowhere,
}

/// How counts are tied, by their places in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    /// Every person of the whole is in some part, and may be in several.
    Union(usize, Vec<usize>),
    /// Every person of the whole is in one part.
    Sum(usize, Vec<usize>),
    /// The parts add up to this or more.
    AtLeast(u64, Vec<usize>),
}

/// Chooses the counts to hide; of those that do not stand here, the choice is as it was.
///
/// Hidden are all counts from 1 to `threshold` - 1, those that leave so few out, and when needed few and small others, never a 0.
///
/// # Errors
/// A reason, when no others can be hidden.
pub fn overlapping(counts: &[Count], ties: &[Tie], threshold: u64) -> Result<Vec<Cell>, &'static str> {
    let own = |count: &Count| match count.place {
        Stands::Elsewhere(cell) => cell,
        _ if small(count.n, threshold) => Cell::Primary,
        _ if protects(count.n, count.total, threshold) => Cell::Complementary,
        _ => Cell::Shown,
    };
    let mut cells: Vec<Cell> = counts.iter().map(own).collect();
    // With more hidden, more numbers fit: what can be another number stays so.
    let mut open = vec![false; counts.len()];
    while let Some(exposed) = exposed(counts, ties, &cells, threshold, &mut open) {
        let tied = ties.iter().map(Tie::members).filter(|members| members.contains(&exposed)).flatten();
        let can = |at: &usize| {
            let Count { n, total, place } = counts[*at];
            place == Stands::Here && cells[*at] == Cell::Shown && n > 0 && n < total
        };
        let partner = tied.filter(can).min_by_key(|at| (counts[*at].n, *at)).ok_or(NO_PARTNER)?;
        cells[partner] = Cell::Complementary;
    }
    Ok(cells)
}

impl Tie {
    fn members(&self) -> Vec<usize> {
        match self {
            Self::Union(whole, parts) | Self::Sum(whole, parts) => {
                std::iter::once(*whole).chain(parts.iter().copied()).collect()
            }
            Self::AtLeast(_, parts) => parts.clone(),
        }
    }
}

/// Finds a hidden count of which a reader can know too much.
fn exposed(counts: &[Count], ties: &[Tie], cells: &[Cell], threshold: u64, open: &mut [bool]) -> Option<usize> {
    let known = known(counts, ties, cells, threshold);
    let hidden = |at: &usize| match counts[*at].place {
        Stands::Here => cells[*at] != Cell::Shown,
        Stands::Elsewhere(_) => false,
        Stands::Nowhere => protects(counts[*at].n, counts[*at].total, threshold),
    };
    let mut search = Search { counts, ties, left: STEPS };
    for at in (0..counts.len()).filter(hidden) {
        if !open[at] && !search.another(&known, at, open) {
            return Some(at);
        }
    }
    // Hidden parts of a sum are a number of persons together, too.
    ties.iter().find_map(|tie| {
        let Tie::Sum(whole, parts) = tie else { return None };
        let unknown = |at: &&usize| counts[**at].place == Stands::Nowhere || cells[**at] != Cell::Shown;
        let unknown: Vec<usize> = parts.iter().filter(unknown).copied().collect();
        let n: u64 = unknown.iter().map(|at| counts[*at].n).sum();
        let total: u64 = unknown.iter().map(|at| counts[*at].total).sum();
        let known = cells[*whole] == Cell::Shown && protects(n, total, threshold);
        unknown.into_iter().find(|at| known && hidden(at))
    })
}

/// Returns what a reader can know of every count: from the least it may be, to after the most.
fn known(counts: &[Count], ties: &[Tie], cells: &[Cell], threshold: u64) -> Vec<Range<u64>> {
    let begin = |(count, cell): (&Count, &Cell)| match (count.place, cell) {
        (Stands::Nowhere, _) => 0..count.total + 1,
        (_, Cell::Shown) => count.n..count.n + 1,
        (_, Cell::Primary) => 1..threshold.min(count.total + 1),
        (_, Cell::Complementary) => threshold..count.total.max(threshold + 1),
    };
    let mut known: Vec<Range<u64>> = counts.iter().zip(cells).map(begin).collect();
    // The true counts fit.
    narrowed(ties, &mut known);
    known
}

/// Narrows what is known until nothing changes; `false` when nothing fits.
fn narrowed(ties: &[Tie], known: &mut [Range<u64>]) -> bool {
    loop {
        let before = known.to_vec();
        if !ties.iter().all(|tie| tie.narrow(known)) {
            return false;
        }
        if known == before {
            return true;
        }
    }
}

/// So many guesses are made for a table; a count for which they do not suffice is protected as if it were exposed.
const STEPS: usize = 20_000;

/// Looks for other numbers that agree with all that is shown.
struct Search<'s> {
    counts: &'s [Count],
    ties: &'s [Tie],
    left: usize,
}

impl Search<'_> {
    /// Tells whether a count can be another number than it is, and marks all that can with it.
    fn another(&mut self, known: &[Range<u64>], at: usize, open: &mut [bool]) -> bool {
        for value in nearest(self.counts[at].n, &known[at]).filter(|value| *value != self.counts[at].n) {
            let mut guess = known.to_vec();
            guess[at] = value..value + 1;
            if let Some(found) = self.fitting(guess) {
                for (open, (count, found)) in open.iter_mut().zip(self.counts.iter().zip(found)) {
                    *open |= found.start != count.n;
                }
                return true;
            }
        }
        false
    }

    /// Returns numbers for all counts, as near to the true ones as they come.
    fn fitting(&mut self, mut known: Vec<Range<u64>>) -> Option<Vec<Range<u64>>> {
        self.left = self.left.checked_sub(1)?;
        if !narrowed(self.ties, &mut known) {
            return None;
        }
        let width = |range: &Range<u64>| range.end - range.start;
        let unknown = (0..known.len()).filter(|at| width(&known[*at]) > 1);
        let Some(at) = unknown.min_by_key(|at| width(&known[*at])) else { return Some(known) };
        nearest(self.counts[at].n, &known[at].clone()).find_map(|value| {
            let mut guess = known.clone();
            guess[at] = value..value + 1;
            self.fitting(guess)
        })
    }
}

/// Returns the numbers of a range, those near to a number first.
fn nearest(n: u64, range: &Range<u64>) -> impl Iterator<Item = u64> + use<> {
    let range = range.clone();
    let far = n.saturating_sub(range.start).max(range.end.saturating_sub(n));
    let both = (0..=far).flat_map(move |away| [n.checked_sub(away).filter(|_| away > 0), n.checked_add(away)]);
    both.flatten().filter(move |value| range.contains(value))
}

impl Tie {
    /// Narrows what is known of the tied counts; `false` when nothing fits.
    fn narrow(&self, known: &mut [Range<u64>]) -> bool {
        let (whole, parts) = match self {
            Self::Union(whole, parts) | Self::Sum(whole, parts) => (Some(*whole), parts),
            Self::AtLeast(_, parts) => (None, parts),
        };
        let lowest: u64 = parts.iter().map(|at| known[*at].start).sum();
        let highest: u64 = parts.iter().map(|at| known[*at].end - 1).sum();
        if let Some(whole) = whole {
            let low = match self {
                Self::Sum(..) => lowest,
                _ => parts.iter().map(|at| known[*at].start).max().unwrap_or_default(),
            };
            if !within(&mut known[whole], low, highest) {
                return false;
            }
        }
        let least = match self {
            Self::AtLeast(least, _) => *least,
            Self::Union(whole, _) | Self::Sum(whole, _) => known[*whole].start,
        };
        let most = whole.map_or(u64::MAX - 1, |whole| known[whole].end - 1);
        parts.iter().all(|at| {
            let own = known[*at].clone();
            // What the others cannot give it must have, and what they take at least it cannot.
            let low = least.saturating_sub(highest - (own.end - 1));
            let others = if matches!(self, Self::Sum(..)) { lowest - own.start } else { 0 };
            most >= others && within(&mut known[*at], low, most - others)
        })
    }
}

/// Narrows a range to some least and most number; `false` when none is left.
fn within(known: &mut Range<u64>, least: u64, most: u64) -> bool {
    *known = known.start.max(least)..known.end.min(most.saturating_add(1));
    known.start < known.end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn here(n: u64, total: u64) -> Count {
        Count { n, total, place: Stands::Here }
    }

    fn shown(counts: &[Count], ties: &[Tie]) -> String {
        let word = |(count, cell): (&Count, &Cell)| match (count.place, cell) {
            (Stands::Here, Cell::Shown) => count.n.to_string(),
            (Stands::Here, Cell::Primary) => "<11".to_owned(),
            (Stands::Here, Cell::Complementary) => "-".to_owned(),
            _ => "()".to_owned(),
        };
        match overlapping(counts, ties, 11) {
            Ok(cells) => counts.iter().zip(&cells).map(word).collect::<Vec<_>>().join(" "),
            Err(reason) => reason.to_owned(),
        }
    }

    #[test]
    fn each_stands_for_itself_where_nothing_ties_it() {
        assert_eq!(shown(&[here(0, 40), here(5, 40), here(20, 40), here(35, 40), here(40, 40)], &[]), "0 <11 20 - 40");
    }

    #[test]
    fn a_theme_does_not_tell_its_hidden_code() {
        // 22 less 12 leaves 10 at least, and fewer than 11 at most.
        let counts = [here(22, 52), here(12, 52), here(10, 52)];
        assert_eq!(shown(&counts, &[Tie::Union(0, vec![1, 2])]), "22 - <11");
        // 21 less 12 leaves 9 at least: 9 or 10.
        let counts = [here(21, 52), here(12, 52), here(9, 52)];
        assert_eq!(shown(&counts, &[Tie::Union(0, vec![1, 2])]), "21 12 <11");
        // A theme that leaves few out, in which at most 42 can be: its codes have no more.
        let counts = [here(42, 52), here(22, 52), here(20, 52)];
        assert_eq!(shown(&counts, &[Tie::Union(0, vec![1, 2])]), "- 22 20");
    }

    #[test]
    fn columns_do_not_tell_a_hidden_one_by_subtraction() {
        let whole = Count { n: 25, total: 65, place: Stands::Elsewhere(Cell::Shown) };
        let sum = |parts: usize| [Tie::Sum(0, (1..=parts).collect())];
        assert_eq!(shown(&[whole, here(20, 35), here(5, 30)], &sum(2)), "() - <11");
        assert_eq!(shown(&[whole, here(14, 25), here(6, 20), here(5, 20)], &sum(3)), "() 14 <11 <11");
        // 4 and 5 are 9 together, which is small too.
        let whole = Count { n: 33, ..whole };
        assert_eq!(shown(&[whole, here(24, 45), here(4, 20), here(5, 20)], &sum(3)), "() - <11 <11");
        // Where the whole is hidden, too, nothing is known of the sum.
        let whole = Count { place: Stands::Elsewhere(Cell::Complementary), ..whole };
        assert_eq!(shown(&[whole, here(29, 45), here(4, 20), here(0, 20)], &sum(3)), "() 29 <11 0");
    }

    #[test]
    fn who_has_no_value_is_not_told_either() {
        let whole = Count { n: 25, total: 70, place: Stands::Elsewhere(Cell::Shown) };
        let rest = Count { n: 4, total: 20, place: Stands::Nowhere };
        let sum = [Tie::Sum(0, vec![1, 2, 3])];
        assert_eq!(shown(&[whole, here(21, 50), here(0, 30), rest], &sum), "() - 0 ()");
        let rest = Count { n: 11, total: 30, ..rest };
        assert_eq!(shown(&[whole, here(14, 50), here(0, 30), rest], &sum), "() 14 0 ()");
    }

    #[test]
    fn values_that_add_up_to_more_do_not_tell_the_last() {
        // Of 100, 11 or more have several values: 51 and 50 leave 10 at least.
        let counts = [here(51, 100), here(50, 100), here(10, 100)];
        assert_eq!(shown(&counts, &[Tie::AtLeast(111, vec![0, 1, 2])]), "51 - <11");
    }

    /// By intervals alone the 1 would be open; with the ties of persons without a column it is the only number that fits.
    #[test]
    fn what_several_ties_tell_together_is_found() {
        let columns =
            [("N", 27, [22, 20, 2]), ("S", 26, [21, 20, 1]), ("E", 29, [21, 21, 20]), ("none", 16, [11, 3, 8])];
        let whole = [75, 64, 31].map(|n| Count { n, total: 98, place: Stands::Elsewhere(Cell::Shown) });
        let mut counts = whole.to_vec();
        let mut ties = vec![Tie::Union(0, vec![1, 2])];
        for (name, total, column) in columns {
            let at = counts.len();
            let place = if name == "none" { Stands::Nowhere } else { Stands::Here };
            counts.extend(column.map(|n| Count { n, total, place }));
            ties.push(Tie::Union(at, vec![at + 1, at + 2]));
        }
        ties.extend((0..3).map(|row| Tie::Sum(row, (1..5).map(|column| column * 3 + row).collect())));
        let cells = overlapping(&counts, &ties, 4).unwrap();
        let mut search = Search { counts: &counts, ties: &ties, left: STEPS };
        let known = known(&counts, &ties, &cells, 4);
        for at in (3..12).filter(|at| cells[*at] != Cell::Shown) {
            assert!(search.another(&known, at, &mut [false; 15]), "{at} is {}", counts[at].n);
        }
        // With the three small ones alone, and one that protects each of their rows, it would be known.
        let mut few: Vec<Cell> = counts.iter().map(|_| Cell::Shown).collect();
        (few[5], few[8], few[4]) = (Cell::Primary, Cell::Primary, Cell::Complementary);
        let known = super::known(&counts, &ties, &few, 4);
        assert!(!Search { counts: &counts, ties: &ties, left: STEPS }.another(&known, 8, &mut [false; 15]));
    }

    #[test]
    fn what_cannot_be_protected_is_refused() {
        let whole = Count { n: 25, total: 65, place: Stands::Elsewhere(Cell::Shown) };
        let counts = [whole, here(5, 30), here(20, 20)];
        assert_eq!(shown(&counts, &[Tie::Sum(0, vec![1, 2])]), NO_PARTNER);
    }

    proptest! {
        /// Of all lists that a reader may think of, a hidden count has more than one value among those that fit.
        #[test]
        fn no_hidden_count_has_one_value_only(
            parts in prop::collection::vec((0_u64..7, 0_u64..5), 2..4), sum in prop::bool::ANY, inside in 0_u64..7,
        ) {
            let threshold = 3;
            let counts: Vec<Count> = parts.iter().map(|(n, rest)| here(*n, (n + rest).max(threshold))).collect();
            let (least, most) = (parts.iter().map(|part| part.0).max().unwrap_or(0), parts.iter().map(|part| part.0).sum::<u64>());
            let whole = if sum { most } else { (least + inside).min(most) };
            let total = if sum { counts.iter().map(|count| count.total).sum() } else { 12.max(whole) };
            let mut all = vec![here(whole, total)];
            if protects(whole, total, threshold) {
                all[0].place = Stands::Elsewhere(if small(whole, threshold) { Cell::Primary } else { Cell::Complementary });
            }
            all.extend(counts);
            let places: Vec<usize> = (1..all.len()).collect();
            let tie = if sum { Tie::Sum(0, places) } else { Tie::Union(0, places) };
            let Ok(cells) = overlapping(&all, &[tie], threshold) else { return Ok(()) };
            let values = |at: usize| -> Vec<u64> {
                match cells[at] {
                    Cell::Shown => vec![all[at].n],
                    Cell::Primary => (1..threshold.min(all[at].total + 1)).collect(),
                    Cell::Complementary => (threshold..all[at].total).collect(),
                }
            };
            let mut lists: Vec<Vec<u64>> = vec![Vec::new()];
            for at in 0..all.len() {
                lists = lists.iter().flat_map(|list| values(at).into_iter().map(|n| [list.as_slice(), &[n]].concat())).collect();
            }
            lists.retain(|list| {
                let (whole, parts) = (list[0], &list[1..]);
                let (most, least) = (parts.iter().sum::<u64>(), parts.iter().max().copied().unwrap_or(0));
                if sum { whole == most } else { least <= whole && whole <= most }
            });
            prop_assert!(lists.iter().any(|list| list.iter().zip(&all).all(|(n, count)| *n == count.n)), "the truth fits");
            for at in (1..all.len()).filter(|at| cells[*at] != Cell::Shown) {
                let first = lists[0][at];
                prop_assert!(lists.iter().any(|list| list[at] != first), "{all:?} {cells:?}: {at} is {first}");
            }
        }
    }
}
