//! The stretches that two texts share, in order: what was there before and still is.

use std::collections::HashMap;

use super::{alignment, pieces::pieces};

/// Above so many bytes, only what both texts begin and end with is followed; longer than any entry people write.
const LONGEST_COMPARED: usize = 1 << 24;

/// A stretch that is the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) length: usize,
}

impl Run {
    pub(super) fn old_end(self) -> usize {
        self.old + self.length
    }

    pub(super) fn new_end(self) -> usize {
        self.new + self.length
    }
}

/// Returns the stretches of bytes that came through unchanged, in order, cut between pieces.
pub(super) fn unchanged(old: &str, new: &str) -> Vec<Run> {
    let start = shared_beginning(old, new);
    let end = shared_end(old, new, start);
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let mut runs = Vec::new();
    push(&mut runs, Run { old: 0, new: 0, length: start });
    if old_end.max(new_end) - start <= LONGEST_COMPARED {
        let (old, new) = (old.get(start..old_end), new.get(start..new_end));
        for run in between(old.unwrap_or_default(), new.unwrap_or_default()) {
            push(&mut runs, Run { old: start + run.old, new: start + run.new, length: run.length });
        }
    }
    push(&mut runs, Run { old: old_end, new: new_end, length: end });
    runs
}

/// Compares what is left between the shared ends.
fn between(old: &str, new: &str) -> Vec<Run> {
    let mut numbers = HashMap::new();
    let mut numbered = |text| {
        let (mut ids, mut starts, mut at) = (Vec::new(), Vec::new(), 0);
        for piece in pieces(text) {
            let next = numbers.len();
            ids.push(*numbers.entry(piece).or_insert(next));
            starts.push(at);
            at += str::len(piece);
        }
        starts.push(at);
        (ids, starts)
    };
    let (old_ids, old_starts) = numbered(old);
    let (new_ids, new_starts) = numbered(new);
    let in_bytes = |run: Run| {
        let (old, end) = (old_starts[run.old], old_starts[run.old_end()]);
        Run { old, new: new_starts[run.new], length: end - old }
    };
    alignment::align(&old_ids, &new_ids).into_iter().map(in_bytes).collect()
}

/// Adds a run; one that goes on from the last is joined to it.
pub(super) fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        _ if run.length == 0 => {}
        Some(last) if last.old_end() == run.old && last.new_end() == run.new => last.length += run.length,
        _ => runs.push(run),
    }
}

fn shared_beginning(old: &str, new: &str) -> usize {
    let same = old.bytes().zip(new.bytes()).take_while(|(before, after)| before == after).count();
    (0..=same).rev().find(|at| is_cut(old, *at) && is_cut(new, *at)).unwrap_or_default()
}

fn shared_end(old: &str, new: &str, start: usize) -> usize {
    let most = old.len().min(new.len()) - start;
    let same = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(before, after)| before == after);
    let is_cut = |length: &usize| is_cut(old, old.len() - length) && is_cut(new, new.len() - length);
    (0..=same.count()).rev().find(is_cut).unwrap_or_default()
}

/// Tells whether blanks begin or end at a place: pieces are cut there whatever the rest of the text is.
fn is_cut(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) => before.is_whitespace() != after.is_whitespace(),
        _ => true,
    }
}
