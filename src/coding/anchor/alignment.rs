//! Two rows of numbered pieces aligned: the shortest way from one to the other, with bounds for hostile texts.

use std::ops::Range;

use super::runs::{Run, push};

/// More pieces taken out and put in than this are not followed one by one.
const MOST_CHANGES: usize = 2048;

/// Comparisons of pieces that are spent on two texts in all.
const MOST_STEPS: usize = 1 << 26;

/// So many times a stretch is divided at pieces that both texts hold once.
const MOST_DIVISIONS: usize = 4;

/// Returns the runs of equal pieces, in order. Counted in pieces.
pub(super) fn align(old: &[usize], new: &[usize]) -> Vec<Run> {
    let mut alignment = Alignment { old, new, runs: Vec::new(), steps_left: MOST_STEPS };
    alignment.align(0..old.len(), 0..new.len(), MOST_DIVISIONS);
    alignment.runs
}

struct Alignment<'t> {
    old: &'t [usize],
    new: &'t [usize],
    runs: Vec<Run>,
    steps_left: usize,
}

impl Alignment<'_> {
    fn align(&mut self, old: Range<usize>, new: Range<usize>, divisions: usize) {
        let same = |(before, after): &(&usize, &usize)| before == after;
        let (old_pieces, new_pieces) = (&self.old[old.clone()], &self.new[new.clone()]);
        let start = old_pieces.iter().zip(new_pieces).take_while(same).count();
        let (old_rest, new_rest) = (&old_pieces[start..], &new_pieces[start..]);
        let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
        push(&mut self.runs, Run { old: old.start, new: new.start, length: start });
        let (old_middle, new_middle) = (old.start + start..old.end - end, new.start + start..new.end - end);
        if !old_middle.is_empty() && !new_middle.is_empty() {
            self.align_middle(old_middle, new_middle, divisions);
        }
        push(&mut self.runs, Run { old: old.end - end, new: new.end - end, length: end });
    }

    fn align_middle(&mut self, old: Range<usize>, new: Range<usize>, divisions: usize) {
        if let Some(runs) = self.shortest(&old, &new) {
            for run in runs {
                push(&mut self.runs, Run { old: old.start + run.old, new: new.start + run.new, length: run.length });
            }
        } else if divisions > 0 {
            let (mut old_from, mut new_from) = (old.start, new.start);
            for (old_at, new_at) in self.landmarks(&old, &new) {
                self.align(old_from..old_at, new_from..new_at, divisions - 1);
                push(&mut self.runs, Run { old: old_at, new: new_at, length: 1 });
                (old_from, new_from) = (old_at + 1, new_at + 1);
            }
            if old_from > old.start {
                self.align(old_from..old.end, new_from..new.end, divisions - 1);
            }
        }
    }

    /// Finds the shortest way (Myers 1986), or gives up.
    ///
    /// `trace[d][i]` is how far into the old row `d` changes lead when the old row is `2 * i - d` pieces ahead.
    fn shortest(&mut self, old: &Range<usize>, new: &Range<usize>) -> Option<Vec<Run>> {
        let (old, new) = (&self.old[old.clone()], &self.new[new.clone()]);
        // So many pieces must go or come in any case.
        if old.len().abs_diff(new.len()) > MOST_CHANGES {
            return None;
        }
        let mut trace: Vec<Vec<usize>> = Vec::new();
        for changes in 0..=MOST_CHANGES.min(old.len() + new.len()) {
            let mut furthest = Vec::with_capacity(changes + 1);
            for i in 0..=changes {
                let from = trace.last().map_or(0, |before| step(before, i));
                let (mut x, mut y) = (from, from + changes - 2 * i);
                while x < old.len() && y < new.len() && old[x] == new[y] {
                    (x, y) = (x + 1, y + 1);
                }
                self.steps_left = self.steps_left.checked_sub(1 + x - from)?;
                furthest.push(x);
                if x >= old.len() && y >= new.len() {
                    trace.push(furthest);
                    return Some(way_back(&trace, i));
                }
            }
            trace.push(furthest);
        }
        None
    }

    /// Returns pieces that both stretches hold just once, as many as stand in the same order.
    fn landmarks(&self, old: &Range<usize>, new: &Range<usize>) -> Vec<(usize, usize)> {
        let old = once(&self.old[old.clone()], old.start);
        let new = once(&self.new[new.clone()], new.start);
        let mut both = Vec::new();
        for (piece, old_at) in old {
            if let Ok(found) = new.binary_search_by_key(&piece, |(piece, _)| *piece) {
                both.push((old_at, new[found].1));
            }
        }
        both.sort_unstable();
        longest_in_order(&both)
    }
}

/// Returns where the next change leads: a piece more of the new row, or a piece more of the old one.
fn step(before: &[usize], i: usize) -> usize {
    let of_new = before.get(i).copied();
    let of_old = i.checked_sub(1).and_then(|i| before.get(i)).map(|x| x + 1);
    of_new.max(of_old).unwrap_or_default()
}

fn way_back(trace: &[Vec<usize>], mut i: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    for changes in (0..trace.len()).rev() {
        let x = trace[changes][i];
        let before = changes.checked_sub(1).map(|changes| &trace[changes]);
        let from = before.map_or(0, |before| step(before, i));
        runs.push(Run { old: from, new: from + changes - 2 * i, length: x - from });
        // The step came from the old row unless the new row alone leads as far.
        if before.is_some_and(|before| before.get(i).is_none_or(|of_new| *of_new < from)) {
            i -= 1;
        }
    }
    runs.reverse();
    runs
}

/// Returns the pieces that occur once with their place, sorted by piece.
fn once(pieces: &[usize], start: usize) -> Vec<(usize, usize)> {
    let mut places: Vec<_> = pieces.iter().enumerate().map(|(at, piece)| (*piece, start + at)).collect();
    places.sort_unstable();
    places.chunk_by(|one, next| one.0 == next.0).filter(|same| same.len() == 1).map(|same| same[0]).collect()
}

/// Returns the longest choice of pairs that rises on both sides.
fn longest_in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // `ends[n]` is the pair that ends the choice of n + 1 pairs with the lowest second number.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chosen: Vec<_> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The length of the longest common row, the slow way.
    fn longest(old: &[usize], new: &[usize]) -> usize {
        let mut rows = vec![vec![0; new.len() + 1]; old.len() + 1];
        for (x, before) in old.iter().enumerate() {
            for (y, after) in new.iter().enumerate() {
                rows[x + 1][y + 1] = if before == after { rows[x][y] + 1 } else { rows[x][y + 1].max(rows[x + 1][y]) };
            }
        }
        rows[old.len()][new.len()]
    }

    proptest! {
        #[test]
        fn as_much_as_possible_is_followed(
            old in prop::collection::vec(0_usize..5, 0..30), new in prop::collection::vec(0_usize..5, 0..30),
        ) {
            let runs = align(&old, &new);
            for run in &runs {
                prop_assert_eq!(&old[run.old..run.old_end()], &new[run.new..run.new_end()]);
            }
            for pair in runs.windows(2) {
                prop_assert!(pair[0].old_end() <= pair[1].old && pair[0].new_end() <= pair[1].new);
            }
            prop_assert_eq!(runs.iter().map(|run| run.length).sum::<usize>(), longest(&old, &new));
        }
    }

    #[test]
    fn pieces_that_occur_once_lead_through_large_changes() {
        let filled = |with: usize| -> Vec<usize> {
            let filler = |landmark| [vec![with; 2 * MOST_CHANGES], vec![landmark, landmark + 1]].concat();
            (10..50).step_by(10).flat_map(filler).collect()
        };
        let runs = align(&filled(0), &filled(1));
        let expected = (1..=4).map(|n| n * 2 * (MOST_CHANGES + 1) - 2).map(|at| Run { old: at, new: at, length: 2 });
        assert_eq!(runs, expected.collect::<Vec<_>>());
    }
}
