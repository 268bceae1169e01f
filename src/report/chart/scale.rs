//! A value axis from zero with round ticks.

/// An axis: where it ends, and its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Value at the far end.
    pub(super) end: f64,
    /// Values and words of the ticks, from zero, none beyond the end.
    pub(super) ticks: Vec<(f64, String)>,
}

impl Scale {
    /// Makes an axis that ends at `end` with at most about `wanted` steps; `whole` keeps the ticks integers.
    pub(super) fn new(end: f64, wanted: u32, whole: bool) -> Self {
        let end = sound_end(end);
        let (step, decimals) = round_step(end / f64::from(wanted.max(1)), whole);
        let mut ticks = Vec::new();
        let mut value = 0.0;
        // A little slack, so that 0.1 + 0.2 does not lose the last tick.
        while value <= end * (1.0 + 1e-9) {
            ticks.push((value, format!("{value:.decimals$}")));
            value = step * ticks.len() as f64;
        }
        Self { end, ticks }
    }

    /// Makes an axis that ends at the first tick that is not below `end`.
    pub(super) fn rounded_up(end: f64, wanted: u32, whole: bool) -> Self {
        let end = sound_end(end);
        let (step, _) = round_step(end / f64::from(wanted.max(1)), whole);
        Self::new((end / step - 1e-9).ceil() * step, wanted, whole)
    }

    /// Returns how far along the axis a value is, 0 to 1; undefined and negative values are at 0.
    pub(super) fn share(&self, value: f64) -> f64 {
        if value > 0.0 { (value / self.end).min(1.0) } else { 0.0 }
    }
}

/// Returns an end that an axis can have: positive and of a size that can be written.
fn sound_end(end: f64) -> f64 {
    if (1e-6..=1e15).contains(&end) { end } else { 1.0 }
}

/// Returns the smallest of 1, 2, 5 times a power of ten that is not below `raw`, and the decimals it needs.
fn round_step(raw: f64, whole: bool) -> (f64, usize) {
    if whole && raw <= 1.0 {
        return (1.0, 0);
    }
    // Powers by steps of ten, not by logarithms: the same on every machine.
    let (mut power, mut decimals) = (1.0, 0);
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    while power > raw {
        power /= 10.0;
        decimals += 1;
    }
    match [1.0, 2.0, 5.0].into_iter().find(|times| power * times >= raw * (1.0 - 1e-9)) {
        Some(times) => (power * times, decimals),
        None => (power * 10.0, decimals.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(scale: &Scale) -> String {
        scale.ticks.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_round_and_stay_inside() {
        assert_eq!(words(&Scale::new(271.0, 6, true)), "0 50 100 150 200 250");
        assert_eq!(words(&Scale::new(100.0, 5, true)), "0 20 40 60 80 100");
        assert_eq!(words(&Scale::new(12.0, 6, true)), "0 2 4 6 8 10 12");
        assert_eq!(words(&Scale::new(35.1, 6, false)), "0 10 20 30");
        assert_eq!(words(&Scale::new(0.7, 6, false)), "0.0 0.2 0.4 0.6");
        assert_eq!(words(&Scale::new(0.3, 3, false)), "0.0 0.1 0.2 0.3");
    }

    #[test]
    fn counts_have_no_fractions() {
        assert_eq!(words(&Scale::new(2.0, 6, true)), "0 1 2");
        assert_eq!(words(&Scale::new(1.0, 6, true)), "0 1");
    }

    #[test]
    fn an_end_can_be_rounded_up() {
        assert_eq!(words(&Scale::rounded_up(7.0, 4, true)), "0 2 4 6 8");
        assert_eq!(words(&Scale::rounded_up(8.0, 4, true)), "0 2 4 6 8");
        assert_eq!(words(&Scale::rounded_up(61.3, 3, false)), "0 50 100");
    }

    #[test]
    fn ends_that_cannot_be_become_one() {
        for end in [0.0, -3.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(words(&Scale::new(end, 6, true)), "0 1");
        }
    }

    #[test]
    fn shares_of_undefined_values_are_zero() {
        let scale = Scale::new(10.0, 5, true);
        assert_eq!([5.0, -1.0, f64::NAN, 20.0].map(|value| scale.share(value)), [0.5, 0.0, 0.0, 1.0]);
    }
}
