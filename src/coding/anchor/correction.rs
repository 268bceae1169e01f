//! A stretch with other words in it: a typo put right, a word added or taken out.

use std::ops::Range;

use super::{
    ENOUGH, Revised,
    change::{Step, change},
    context::weight,
};
use crate::text::Span;

impl Revised<'_> {
    /// Follows a stretch through small changes inside it.
    pub(super) fn edited(&self, old: &Range<usize>) -> Option<Span> {
        let steps = self.steps(old);
        let words = self.old.get(old.clone()).unwrap_or_default();
        let (new, changed) = self.without_new_blanks(words, self.mapped(&steps, old)?)?;
        let left: usize = steps.iter().map(|step| step.left).sum();
        let (before, after) = (weight(words), weight(changed));
        let is_small = 10 * left >= 6 * before && after <= 2 * before;
        let is_known = || left + self.weight_of_context(old, &new) >= ENOUGH || self.most_of_the_line_is_left(old);
        // The same words would have been followed or found, were they known.
        (before > 0 && is_small && words != changed && is_known()).then(|| Span::new(new.start, new.end))
    }

    /// Returns what became of each part of a stretch. What was only put in belongs to no step.
    fn steps(&self, old: &Range<usize>) -> Vec<Step> {
        let mut steps = Vec::new();
        let first = self.runs.partition_point(|run| run.old_end() <= old.start);
        let before = first.checked_sub(1).and_then(|before| self.runs.get(before));
        let (mut old_from, mut new_from) = before.map_or((0, 0), |run| (run.old_end(), run.new_end()));
        for run in self.runs.get(first..).unwrap_or_default() {
            steps.extend(change(self.old, old_from..run.old, self.new, new_from..run.new));
            let common = run.old.max(old.start)..run.old_end().min(old.end);
            if !common.is_empty() {
                let new = run.new + (common.start - run.old);
                let left = self.old.get(common.clone()).map_or(0, weight);
                steps.push(Step { new: new..new + common.len(), old: common, left });
            }
            (old_from, new_from) = (run.old_end(), run.new_end());
            if old_from >= old.end {
                break;
            }
        }
        if old_from < old.end {
            steps.extend(change(self.old, old_from..self.old.len(), self.new, new_from..self.new.len()));
        }
        steps.retain(|step| step.old.start < old.end && old.start < step.old.end);
        for step in &mut steps {
            let common = step.old.start.max(old.start)..step.old.end.min(old.end);
            step.left = step.left.min(self.old.get(common).map_or(0, weight));
        }
        steps
    }

    /// Returns where the first and the last part of a stretch stand now.
    fn mapped(&self, steps: &[Step], old: &Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (steps.first()?, steps.last()?);
        let start =
            if first.old.start >= old.start { first.new.start } else { self.inside(first, old.start, first.new.end) };
        let end = if last.old.end <= old.end { last.new.end } else { self.inside(last, old.end, last.new.start) };
        (start < end).then_some(start..end)
    }

    /// Follows a place inside a change by what the change has left at its ends; what is between belongs to the other side.
    fn inside(&self, step: &Step, at: usize, otherwise: usize) -> usize {
        let old = self.old.get(step.old.clone()).unwrap_or_default();
        let new = self.new.get(step.new.clone()).unwrap_or_default();
        let same = |(before, after): &(char, char)| before == after;
        let length = |(c, _): (char, char)| c.len_utf8();
        let start: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
        let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(length).sum();
        if at - step.old.start <= start {
            step.new.start + (at - step.old.start)
        } else if step.old.end - at <= end {
            step.new.end - (step.old.end - at)
        } else {
            otherwise
        }
    }

    /// Leaves out blanks at the ends, which a word that was taken out leaves behind, unless the stretch had some.
    fn without_new_blanks(&self, words: &str, new: Range<usize>) -> Option<(Range<usize>, &str)> {
        let (mut start, mut end) = (new.start, new.end);
        let mut left = self.new.get(new)?;
        if !words.starts_with(char::is_whitespace) {
            left = left.trim_start();
            start = end - left.len();
        }
        if !words.ends_with(char::is_whitespace) {
            left = left.trim_end();
            end = start + left.len();
        }
        (!left.is_empty()).then_some((start..end, left))
    }
}
