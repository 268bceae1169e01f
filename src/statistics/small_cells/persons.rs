//! Which counts of persons to hide where rows overlap: themes and their codes, several values a case, persons in several columns.
//!
//! Such counts are tied to others by sums and unions. What a reader can know of each is an interval, narrowed by these ties
//! until nothing changes (bounds propagation, as in Cox 1980 for sums); as long as an interval holds one number only, another count that is tied to it is
//! hidden too.

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
    while let Some(exposed) = exposed(counts, ties, &cells, threshold) {
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
fn exposed(counts: &[Count], ties: &[Tie], cells: &[Cell], threshold: u64) -> Option<usize> {
    let known = known(counts, ties, cells, threshold);
    let hidden = |at: &usize| match counts[*at].place {
        Stands::Here => cells[*at] != Cell::Shown,
        Stands::Elsewhere(_) => false,
        Stands::Nowhere => protects(counts[*at].n, counts[*at].total, threshold),
    };
    let exact = |at: &usize| known[*at].end - known[*at].start <= 1;
    if let Some(at) = (0..counts.len()).filter(hidden).find(exact) {
        return Some(at);
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
    loop {
        let before = known.clone();
        for tie in ties {
            tie.narrow(&mut known);
        }
        if known == before {
            return known;
        }
    }
}

impl Tie {
    /// Narrows what is known of the tied counts.
    fn narrow(&self, known: &mut [Range<u64>]) {
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
            raise(&mut known[whole], low);
            lower(&mut known[whole], highest);
        }
        let least = match self {
            Self::AtLeast(least, _) => *least,
            Self::Union(whole, _) | Self::Sum(whole, _) => known[*whole].start,
        };
        let most = whole.map(|whole| known[whole].end - 1);
        for at in parts {
            let own = known[*at].clone();
            raise(&mut known[*at], least.saturating_sub(highest - (own.end - 1)));
            match (self, most) {
                (Self::Sum(..), Some(most)) => lower(&mut known[*at], most.saturating_sub(lowest - own.start)),
                (_, Some(most)) => lower(&mut known[*at], most),
                _ => {}
            }
        }
    }
}

fn raise(known: &mut Range<u64>, least: u64) {
    known.start = known.start.max(least.min(known.end - 1));
}

fn lower(known: &mut Range<u64>, most: u64) {
    known.end = known.end.min(most + 1).max(known.start + 1);
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
            let counts: Vec<Count> = parts.iter().map(|(n, rest)| here(*n, n + rest)).collect();
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
