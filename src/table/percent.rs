//! Percentages from integers, rounded half up, never through a binary fraction.

use std::fmt;

use serde::{Serialize, Serializer};

/// Digits after the point in one table's percentages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// No percentages: too few units (below 20).
    None,
    /// Whole numbers (20 to 99 units).
    Whole,
    /// One decimal (100 units and more).
    Tenth,
}

impl Precision {
    /// Chooses the precision for a number of units; `asked` gives whole numbers even below 20.
    pub fn for_total(total: u64, asked: bool) -> Self {
        match total {
            100.. => Self::Tenth,
            20.. => Self::Whole,
            1.. if asked => Self::Whole,
            _ => Self::None,
        }
    }
}

/// A percentage as an exact number of tenths or wholes; `<1` and `>99` are its display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent {
    /// Percent times ten, rounded at the table's precision.
    tenths: u32,
    precision: Precision,
    /// `n` is neither 0 nor all: the display must not say 0 or 100.
    inside: bool,
}

/// Why there is no percentage of few units.
pub const FEW_UNITS: &str = "fewer than 20 units: one of them would be more than 5 %";

/// Why there is no percentage of segments.
pub const NO_DENOMINATOR: &str = "segments have no denominator: they are as many as were coded";

/// Returns `n` of `total` in percent, rounded half up: `floor((2·100·n·10^d + N) / 2N)` (methods §2.3); `None` without a precision or a total.
pub fn percent(n: u64, total: u64, precision: Precision) -> Option<Percent> {
    if total == 0 || precision == Precision::None {
        return None;
    }
    let scale: u128 = if precision == Precision::Tenth { 1000 } else { 100 };
    let rounded = (2 * scale * u128::from(n) + u128::from(total)) / (2 * u128::from(total));
    let tenths = if precision == Precision::Tenth { rounded } else { rounded * 10 };
    Some(Percent { tenths: u32::try_from(tenths).ok()?, precision, inside: n > 0 && n < total })
}

impl Percent {
    /// Returns the rounded number, 0–100.
    pub fn value(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zero, hundred) = (self.tenths == 0, self.tenths >= 1000);
        match self.precision {
            Precision::Tenth if zero && self.inside => f.write_str("<0.1"),
            Precision::Tenth if hundred && self.inside => f.write_str(">99.9"),
            Precision::Tenth => write!(f, "{}.{}", self.tenths / 10, self.tenths % 10),
            _ if zero && self.inside => f.write_str("<1"),
            _ if hundred && self.inside => f.write_str(">99"),
            _ => write!(f, "{}", self.tenths / 10),
        }
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.tenths.is_multiple_of(10) {
            serializer.serialize_u32(self.tenths / 10)
        } else {
            serializer.serialize_f64(self.value())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(n: u64, total: u64, precision: Precision) -> String {
        percent(n, total, precision).map_or_else(|| "none".to_owned(), |percent| percent.to_string())
    }

    #[test]
    fn needs_table_of_271_patients() {
        // Kimball et al. 2019: counts nearest to the published column, rounded half up to one decimal.
        let counts = [95, 61, 57, 27, 14, 11, 4, 2];
        let column: Vec<_> = counts.map(|n| shown(n, 271, Precision::Tenth)).into();
        assert_eq!(column, ["35.1", "22.5", "21.0", "10.0", "5.2", "4.1", "1.5", "0.7"]);
    }

    #[test]
    fn ties_round_up_and_edges_are_not_hidden() {
        assert_eq!(shown(21, 80, Precision::Tenth), "26.3");
        assert_eq!(shown(1, 3000, Precision::Tenth), "<0.1");
        assert_eq!(shown(2999, 3000, Precision::Tenth), ">99.9");
        assert_eq!(shown(1, 1000, Precision::Whole), "<1");
        assert_eq!(shown(0, 30, Precision::Whole), "0");
        assert_eq!(shown(30, 30, Precision::Whole), "100");
        assert_eq!(shown(1, 0, Precision::Whole), "none");
    }

    #[test]
    fn precision_follows_the_number_of_units() {
        assert_eq!(Precision::for_total(100, false), Precision::Tenth);
        assert_eq!(Precision::for_total(99, false), Precision::Whole);
        assert_eq!(Precision::for_total(19, false), Precision::None);
        assert_eq!(Precision::for_total(19, true), Precision::Whole);
        assert_eq!(Precision::for_total(0, true), Precision::None);
    }
}
