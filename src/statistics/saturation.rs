//! When new events stop bringing new codes.
//!
//! What counts as a code, and in which order events stand, is for the caller to say. It is code saturation, not meaning
//! saturation. Sources: Guest, Namey and Chen (2020), Francis et al. (2010).

use std::collections::BTreeSet;

use serde::Serialize;

/// Hundredths of a percent in a whole.
const WHOLE: u128 = 10_000;

/// Returns for each event, such as an entry, the number of its codes that no event before it has.
pub fn new_codes<Code: Ord>(events: impl IntoIterator<Item = impl IntoIterator<Item = Code>>) -> Vec<u64> {
    let mut known = BTreeSet::new();
    events.into_iter().map(|codes| codes.into_iter().map(|code| u64::from(known.insert(code))).sum()).collect()
}

/// The three choices of Guest, Namey and Chen (2020).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Guest {
    /// Events at the beginning whose codes are the base; 4, 5 or 6.
    pub base: usize,
    /// Events of a run; 2 or 3.
    pub run: usize,
    /// Most new information of a run, in hundredths of a percent of the base's codes; 500 or 0.
    pub threshold: u32,
}

impl Default for Guest {
    fn default() -> Self {
        Self { base: 4, run: 2, threshold: 500 }
    }
}

/// Consecutive events after the base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Run {
    /// First event, counted from 1.
    pub from: usize,
    /// Last event.
    pub to: usize,
    /// Codes that none of the events before has.
    pub new: u64,
    /// New codes as a multiple of the base's.
    pub ratio: f64,
}

/// What the runs of events say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saturation {
    /// The choices.
    pub choices: Guest,
    /// Distinct codes in the base.
    pub base_codes: u64,
    /// Every run; each begins one event after the one before.
    pub runs: Vec<Run>,
    /// Place in `runs` of the first run at or below the threshold.
    pub reached: Option<usize>,
}

impl Saturation {
    /// Returns where saturation was reached as it is written: events before the run, and events of the run (`6+2`).
    pub fn written(&self) -> Option<String> {
        self.reached.and_then(|at| self.runs.get(at)).map(|run| format!("{}+{}", run.from - 1, self.choices.run))
    }
}

/// Looks for the first run of events that brings little that is new (Guest, Namey and Chen 2020).
///
/// `new` holds the number of new codes of each event. Ratios are compared as whole numbers, never rounded.
///
/// # Errors
///
/// A reason, when base or run hold no event, when there are fewer events than the base, or when the base has no code.
pub fn guest(new: &[u64], choices: Guest) -> Result<Saturation, &'static str> {
    if choices.base == 0 || choices.run == 0 {
        return Err("base and run need at least one event");
    }
    let Some((base, _)) = new.split_at_checked(choices.base) else {
        return Err("there are fewer events than the base");
    };
    let base_codes = total(base);
    if base_codes == 0 {
        return Err("the base has no code");
    }
    let runs: Vec<Run> = new
        .windows(choices.run)
        .enumerate()
        .skip(choices.base)
        .map(|(at, events)| run(at, events, base_codes))
        .collect();
    let little = |run: &Run| u128::from(run.new) * WHOLE <= u128::from(choices.threshold) * u128::from(base_codes);
    let reached = runs.iter().position(little);
    Ok(Saturation { choices, base_codes, runs, reached })
}

fn total(new: &[u64]) -> u64 {
    new.iter().fold(0, |sum, new| sum.saturating_add(*new))
}

fn run(at: usize, events: &[u64], base_codes: u64) -> Run {
    let new = total(events);
    let ratio = super::value::float(new) / super::value::float(base_codes);
    Run { from: at + 1, to: at + events.len(), new, ratio }
}

/// The two choices of Francis et al. (2010).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Francis {
    /// Events that are looked at in any case.
    pub initial: usize,
    /// Events after them that must bring nothing new, one after the other.
    pub stopping: usize,
}

impl Default for Francis {
    fn default() -> Self {
        Self { initial: 10, stopping: 3 }
    }
}

/// Returns the event, counted from 1, at which the stopping criterion is met: the first after the initial sample that ends
/// as many events without a new code, all after that sample (Francis et al. 2010).
///
/// `None` when it is not met, or when `stopping` is 0.
pub fn francis(new: &[u64], choices: Francis) -> Option<usize> {
    if choices.stopping == 0 {
        return None;
    }
    let later = new.get(choices.initial..)?;
    let quiet = later.windows(choices.stopping).position(|events| events.iter().all(|new| *new == 0))?;
    Some(choices.initial + quiet + choices.stopping)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fits what Guest, Namey and Chen (2020) publish of their example; the split by event is a reconstruction.
    const PUBLISHED: [u64; 10] = [15, 9, 7, 6, 2, 2, 1, 0, 1, 0];

    fn written(new: &[u64], base: usize, run: usize, threshold: u32) -> String {
        let found = guest(new, Guest { base, run, threshold }).unwrap();
        found.written().unwrap_or_else(|| "not reached".to_owned())
    }

    #[test]
    fn guest_namey_and_chen_2020_example() {
        let found = guest(&PUBLISHED, Guest::default()).unwrap();
        assert_eq!((found.base_codes, found.runs.len()), (37, 5));
        assert_eq!(found.runs[0], Run { from: 5, to: 6, new: 4, ratio: 4.0 / 37.0 });
        assert_eq!(found.runs[2], Run { from: 7, to: 8, new: 1, ratio: 1.0 / 37.0 });
        assert_eq!(written(&PUBLISHED, 4, 2, 500), "6+2");
        assert_eq!(written(&PUBLISHED, 4, 3, 500), "7+3");
        assert_eq!(written(&PUBLISHED, 4, 2, 0), "not reached");
    }

    #[test]
    fn a_ratio_at_the_threshold_is_enough_and_above_it_is_not() {
        // 1 of 20 is exactly 5 %; 1 of 19 is 5.26 %, which rounds to 5.
        assert_eq!(written(&[20, 1, 0], 1, 2, 500), "1+2");
        assert_eq!(written(&[19, 1, 0], 1, 2, 500), "not reached");
        assert_eq!(written(&[3, 1, 0], 1, 2, 3333), "not reached");
        assert_eq!(written(&[3, 1, 0], 1, 2, 3334), "1+2");
        assert_eq!(written(&[3, 1, 0, 0], 1, 2, 0), "2+2");
    }

    #[test]
    fn too_few_events() {
        let choices = |base, run| Guest { base, run, threshold: 500 };
        assert_eq!(guest(&[3, 1], choices(4, 2)), Err("there are fewer events than the base"));
        assert_eq!(guest(&[0, 0, 1], choices(2, 1)), Err("the base has no code"));
        assert_eq!(guest(&[3], choices(0, 1)), Err("base and run need at least one event"));
        assert_eq!(guest(&[3], choices(1, 0)), Err("base and run need at least one event"));
        let short = guest(&[3, 1], choices(1, 2)).unwrap();
        assert_eq!((short.runs.len(), short.reached, short.written()), (0, None, None));
    }

    #[test]
    fn francis_2010_ten_and_three() {
        let at = |new: &[u64]| francis(new, Francis::default());
        assert_eq!(at(&[5, 4, 3, 2, 2, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0]), Some(15));
        assert_eq!(at(&[5, 4, 3, 2, 2, 1, 1, 0, 1, 0, 0, 0, 0]), Some(13));
        // Three quiet events, but one of them in the initial sample.
        assert_eq!(at(&[5, 4, 3, 2, 2, 1, 1, 0, 1, 0, 0, 0]), None);
        assert_eq!(at(&[5, 4]), None);
        assert_eq!(francis(&[1, 0], Francis { initial: 0, stopping: 0 }), None);
    }

    #[test]
    fn a_code_is_new_once() {
        let events = [vec!["fear", "trust"], vec![], vec!["trust", "hope", "hope"], vec!["fear"]];
        assert_eq!(new_codes(events), [2, 0, 1, 0]);
    }
}
