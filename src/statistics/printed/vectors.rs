//! Vectors of counts, one from each range, that sum to n: how many, and the first of them.

use super::Counts;

/// Most sums that are kept at once, and most additions: enough for columns of some tens of thousands of units.
const MOST_SUMS: usize = 1_000_000;
const MOST_ADDITIONS: usize = 20_000_000;

/// Counts the vectors; `None` when there are too many to count in short time, or in 128 bits.
pub(super) fn count(ranges: &[Counts], n: u64) -> Option<u128> {
    let [least, most] = sums(ranges);
    let n = u128::from(n);
    if n < least || n > most {
        return Some(0);
    }
    // What is left above the least counts; a vector and its mirror image (least + most - count) are as many.
    let left = usize::try_from((n - least).min(most - n)).ok()?;
    if left >= MOST_SUMS || ranges.len().saturating_mul(left + 1) > MOST_ADDITIONS {
        return None;
    }
    let mut ways = vec![0_u128; left + 1];
    ways[0] = 1;
    for range in ranges {
        ways = one_more(&ways, range.most - range.least)?;
    }
    ways.last().copied()
}

/// Ways to reach each sum with one more count of 0 to `width`: sums over a window that slides along.
fn one_more(ways: &[u128], width: u64) -> Option<Vec<u128>> {
    let width = usize::try_from(width).unwrap_or(usize::MAX);
    let mut window = 0_u128;
    let slide = |at: usize| {
        window = window.checked_add(ways[at])?;
        if let Some(gone) = at.checked_sub(width).and_then(|at| at.checked_sub(1)) {
            window -= ways[gone];
        }
        Some(window)
    };
    (0..ways.len()).map(slide).collect()
}

/// Sums of the least and of the most counts.
fn sums(ranges: &[Counts]) -> [u128; 2] {
    [ranges.iter().map(|range| u128::from(range.least)).sum(), ranges.iter().map(|range| u128::from(range.most)).sum()]
}

/// Lists the first vectors, at most `limit`, ordered by their first count, then their second, and so on.
pub(super) fn list(ranges: &[Counts], n: u64, limit: usize) -> Vec<Vec<u64>> {
    let [least, most] = sums(ranges);
    let n = u128::from(n);
    let mut found = Vec::new();
    if n < least || n > most {
        return found;
    }
    let mut vector = Vec::with_capacity(ranges.len());
    fill(&mut vector, ranges, n);
    while found.len() < limit {
        found.push(vector.clone());
        if !advance(&mut vector, ranges) {
            break;
        }
    }
    found
}

/// Completes a vector with the smallest counts that let the rest sum to what is left.
fn fill(vector: &mut Vec<u64>, ranges: &[Counts], mut left: u128) {
    let rest = &ranges[vector.len()..];
    let [_, mut most] = sums(rest);
    for range in rest {
        most -= u128::from(range.most);
        // What the others cannot take; it fits because `left` is at most the sum of all.
        let must = u64::try_from(left.saturating_sub(most)).unwrap_or(range.most);
        let count = must.max(range.least);
        left = left.saturating_sub(u128::from(count));
        vector.push(count);
    }
}

/// Turns a vector into the next one; false when it was the last.
fn advance(vector: &mut Vec<u64>, ranges: &[Counts]) -> bool {
    // What the counts popped sum to, and how little their rows can do with.
    let (mut left, mut least) = (0_u128, 0_u128);
    while let Some(count) = vector.pop() {
        let range = ranges[vector.len()];
        if count < range.most && left > least {
            vector.push(count + 1);
            fill(vector, ranges, left - 1);
            return true;
        }
        left += u128::from(count);
        least += u128::from(range.least);
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranges(ends: &[(u64, u64)]) -> Vec<Counts> {
        ends.iter().map(|(least, width)| Counts { least: *least, most: least + width }).collect()
    }

    #[test]
    fn three_dice_that_show_ten() {
        let dice = ranges(&[(1, 5); 3]);
        assert_eq!(count(&dice, 10), Some(27));
        assert_eq!(list(&dice, 10, 3), [[1, 3, 6], [1, 4, 5], [1, 5, 4]]);
        assert_eq!(list(&dice, 10, 99).len(), 27);
        assert_eq!((count(&dice, 2), count(&dice, 19), list(&dice, 19, 5)), (Some(0), Some(0), vec![]));
    }

    #[test]
    fn sizes_beyond_counting_are_refused() {
        assert_eq!(count(&ranges(&[(0, 10_000_000); 2]), 10_000_000), None);
        // 2^200 ways in all: the middle has more than 128 bits.
        assert_eq!(count(&ranges(&[(0, 1); 200]), 100), None);
        assert_eq!(count(&ranges(&[(0, 1); 120]), 1), Some(120));
    }

    proptest! {
        #[test]
        fn counted_and_listed_alike(ends in prop::collection::vec((0_u64..4, 0_u64..5), 1..5), n in 0_u64..25) {
            let ranges = ranges(&ends);
            let mut all: Vec<Vec<u64>> = vec![Vec::new()];
            for range in &ranges {
                let longer = |vector: Vec<u64>| {
                    (range.least..=range.most).map(move |count| vector.iter().copied().chain([count]).collect())
                };
                all = all.into_iter().flat_map(longer).collect();
            }
            all.retain(|vector| vector.iter().sum::<u64>() == n);
            prop_assert_eq!(count(&ranges, n), Some(all.len() as u128));
            prop_assert_eq!(list(&ranges, n, usize::MAX), all);
        }
    }
}
