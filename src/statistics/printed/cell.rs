//! One printed percentage: reading it, and the counts that print so.

use super::Counts;

/// Most digits of a percentage, so that no product overflows.
const MOST_DIGITS: usize = 9;

/// Whether a percentage is a number or a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Exact,
    /// `<`: above 0 and below the number.
    Below,
    /// `>`: below all and above the number.
    Above,
}

/// A percentage as a whole number of its last digit: 22.5 is 225 units with 1 decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) kind: Kind,
    pub(super) units: u128,
    pub(super) decimals: u32,
}

impl Printed {
    /// Reads a percentage; the reason says what is wrong with a string that is none.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let text = text.strip_suffix('%').map_or(text, str::trim_end);
        let (kind, text) = match (text.strip_prefix('<'), text.strip_prefix('>')) {
            (Some(rest), _) => (Kind::Below, rest.trim_start()),
            (_, Some(rest)) => (Kind::Above, rest.trim_start()),
            _ => (Kind::Exact, text),
        };
        let (whole, fraction) = match text.split_once(['.', ',']) {
            Some((_, "")) => return Err("no digit after the decimal point"),
            Some(parts) => parts,
            None if text.is_empty() => return Err("no number"),
            None => (text, ""),
        };
        let digits: Vec<char> = whole.chars().chain(fraction.chars()).collect();
        if digits.len() > MOST_DIGITS {
            return Err("too many digits");
        }
        let shift = |units: u128, digit: &char| digit.to_digit(10).map(|digit| units * 10 + u128::from(digit));
        let units = digits.iter().try_fold(0, shift).ok_or("not a percentage such as 35, 22.5 or <1")?;
        let decimals = u32::try_from(fraction.chars().count()).map_err(|_| "too many digits")?;
        Ok(Self { kind, units, decimals })
    }

    /// Returns the same number with more decimals.
    pub(super) fn with_decimals(self, decimals: u32) -> Self {
        let more = decimals.saturating_sub(self.decimals);
        Self { units: self.units * 10_u128.pow(more), decimals: self.decimals + more, ..self }
    }

    /// Units of the last digit in a whole: k of n is k × whole / n of them.
    fn whole(self) -> u128 {
        100 * 10_u128.pow(self.decimals)
    }

    /// Returns the counts that print so when halves are rounded up: units - 1/2 <= k whole / n < units + 1/2.
    pub(super) fn half_up(self, n: u64) -> Option<Counts> {
        if self.kind != Kind::Exact {
            return self.bounded(n);
        }
        let [low, high, twice] = self.ends(n);
        range(low.div_ceil(twice), (high - 1) / twice, n)
    }

    /// Returns the counts that print so when halves are rounded to the even digit: both ends belong to an even one.
    pub(super) fn half_even(self, n: u64) -> Option<Counts> {
        if self.kind != Kind::Exact {
            return self.bounded(n);
        }
        let [low, high, twice] = self.ends(n);
        if self.units.is_multiple_of(2) {
            range(low.div_ceil(twice), high / twice, n)
        } else {
            range(low / twice + 1, (high - 1) / twice, n)
        }
    }

    /// (2 units - 1) n, (2 units + 1) n and 2 whole, so that k whole / n lies between the ends when k × 2 whole does.
    fn ends(self, n: u64) -> [u128; 3] {
        let n = u128::from(n);
        [(2 * self.units * n).saturating_sub(n), (2 * self.units + 1) * n, 2 * self.whole()]
    }

    fn bounded(self, n: u64) -> Option<Counts> {
        let at = self.units * u128::from(n);
        if self.kind == Kind::Below {
            range(1, at.checked_sub(1)? / self.whole(), n)
        } else {
            range(at / self.whole() + 1, u128::from(n) - 1, n)
        }
    }

    /// Returns the count nearest to the percentage, of two equally near the larger.
    pub(super) fn nearest(self, n: u64) -> u64 {
        let twice = 2 * self.whole();
        at_most(n, (2 * self.units * u128::from(n) + self.whole()) / twice)
    }

    /// Returns the counts below and above the percentage.
    pub(super) fn around(self, n: u64) -> Vec<u64> {
        let at = self.units * u128::from(n);
        let mut both = vec![at_most(n, at / self.whole()), at_most(n, at.div_ceil(self.whole()))];
        both.dedup();
        both
    }

    /// Returns what a count prints with as many decimals, rounded half up.
    pub(super) fn prints(self, k: u64, n: u64) -> String {
        let n = u128::from(n);
        written((2 * self.whole() * u128::from(k) + n) / (2 * n), self.decimals)
    }
}

fn at_most(n: u64, count: u128) -> u64 {
    u64::try_from(count).map_or(n, |count| count.min(n))
}

/// The counts of 0 to `n` between two ends, both included.
fn range(least: u128, most: u128, n: u64) -> Option<Counts> {
    let most = at_most(n, most);
    let least = u64::try_from(least).ok().filter(|least| *least <= most)?;
    Some(Counts { least, most })
}

/// Writes units of the last digit with a decimal point.
pub(super) fn written(units: u128, decimals: u32) -> String {
    if decimals == 0 {
        return units.to_string();
    }
    let whole = 10_u128.pow(decimals);
    format!("{}.{:0width$}", units / whole, units % whole, width = decimals as usize)
}
