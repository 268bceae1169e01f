//! Confidence intervals at 95 % of a proportion, `k` of `n`.
//!
//! Whether an interval means something for the units at hand is for the caller to say. Wald's is left out on purpose.
//! Sources: Wilson (1927), Newcombe (1998), Brown, Cai and DasGupta (2001).

use serde::Serialize;

use super::{distribution::beta_quantile, value::float};

/// The 97.5 % quantile of the standard normal.
const Z: f64 = 1.959_963_984_540_054;

/// The chance left outside an interval on each side.
const TAIL: f64 = 0.025;

/// How an interval is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// Score interval; the recommended one.
    Wilson,
    /// Score interval with continuity correction.
    #[serde(rename = "wilson-cc")]
    WilsonContinuity,
    /// From binomial tails; never covers less than 95 %, often more.
    ClopperPearson,
    /// Wald's form around the centre of the score interval.
    AgrestiCoull,
    /// Bayesian with equal tails, prior Beta(1/2, 1/2).
    Jeffreys,
}

impl IntervalMethod {
    /// Every method, the recommended one first.
    pub const ALL: [Self; 5] =
        [Self::Wilson, Self::WilsonContinuity, Self::ClopperPearson, Self::AgrestiCoull, Self::Jeffreys];

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }

    /// Returns the word for it in settings and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wilson => "wilson",
            Self::WilsonContinuity => "wilson-cc",
            Self::ClopperPearson => "clopper-pearson",
            Self::AgrestiCoull => "agresti-coull",
            Self::Jeffreys => "jeffreys",
        }
    }

    /// Returns its name for a sentence, with the source.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wilson => "Wilson score interval (Wilson 1927)",
            Self::WilsonContinuity => "Wilson score interval with continuity correction (Newcombe 1998)",
            Self::ClopperPearson => "Clopper–Pearson exact interval (Clopper and Pearson 1934)",
            Self::AgrestiCoull => "Agresti–Coull interval (Agresti and Coull 1998)",
            Self::Jeffreys => "Jeffreys interval (Brown, Cai and DasGupta 2001)",
        }
    }
}

/// Returns the lower and upper bound as proportions, 0–1; `None` when `n` is 0 or `k` exceeds it.
///
/// The lower bound is exactly 0 for `k` = 0 and the upper exactly 1 for `k` = `n`, but for Jeffreys, where the quantiles
/// stand as they are.
pub fn interval(k: u64, n: u64, method: IntervalMethod) -> Option<[f64; 2]> {
    if n == 0 || k > n {
        return None;
    }
    let (successes, units) = (float(k), float(n));
    let [lower, upper] = match method {
        IntervalMethod::Wilson => wilson(successes, units),
        IntervalMethod::WilsonContinuity => wilson_continuity(successes, units),
        IntervalMethod::ClopperPearson => clopper_pearson(k, n),
        IntervalMethod::AgrestiCoull => agresti_coull(successes, units),
        IntervalMethod::Jeffreys => return Some(jeffreys(successes, units)),
    };
    Some([if k == 0 { 0.0 } else { lower.clamp(0.0, 1.0) }, if k == n { 1.0 } else { upper.clamp(0.0, 1.0) }])
}

/// Wilson (1927): (p + z²/2n ± z √(pq/n + z²/4n²)) / (1 + z²/n).
fn wilson(k: f64, n: f64) -> [f64; 2] {
    let p = k / n;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    [(centre - half) / scale, (centre + half) / scale]
}

/// Newcombe (1998), method 4.
fn wilson_continuity(k: f64, n: f64) -> [f64; 2] {
    let (p, q) = (k / n, (n - k) / n);
    let (middle, scale) = (2.0 * n * p + Z * Z, 2.0 * (n + Z * Z));
    // Below 0 only at the edges, where the bound is set to 0 or 1 anyway.
    let below = (Z * Z - 2.0 - 1.0 / n + 4.0 * p * (n * q + 1.0)).max(0.0).sqrt();
    let above = (Z * Z + 2.0 - 1.0 / n + 4.0 * p * (n * q - 1.0)).max(0.0).sqrt();
    [(middle - 1.0 - Z * below) / scale, (middle + 1.0 + Z * above) / scale]
}

/// Clopper and Pearson (1934), by quantiles of Beta(k, n - k + 1) and Beta(k + 1, n - k).
fn clopper_pearson(k: u64, n: u64) -> [f64; 2] {
    let (successes, failures) = (float(k), float(n - k));
    let lower = if k == 0 { 0.0 } else { beta_quantile(TAIL, successes, failures + 1.0) };
    let upper = if k == n { 1.0 } else { beta_quantile(1.0 - TAIL, successes + 1.0, failures) };
    [lower, upper]
}

/// Agresti and Coull (1998): with n' = n + z² and p' = (k + z²/2) / n', p' ± z √(p'q'/n').
fn agresti_coull(k: f64, n: f64) -> [f64; 2] {
    let units = n + Z * Z;
    let p = (k + Z * Z / 2.0) / units;
    let half = Z * (p * (1.0 - p) / units).sqrt();
    [p - half, p + half]
}

/// Brown, Cai and DasGupta (2001), equal tails of Beta(k + 1/2, n - k + 1/2).
fn jeffreys(k: f64, n: f64) -> [f64; 2] {
    let (a, b) = (k + 0.5, n - k + 0.5);
    [beta_quantile(TAIL, a, b), beta_quantile(1.0 - TAIL, a, b)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(k: u64, n: u64, method: IntervalMethod, expected: [f64; 2]) {
        let found = interval(k, n, method).unwrap();
        let close = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-6);
        assert!(close, "{k} of {n}, {}: {found:?}", method.word());
    }

    #[test]
    fn newcombe_1998_examples() {
        check(81, 263, IntervalMethod::Wilson, [0.255_289, 0.366_210]);
        check(81, 263, IntervalMethod::WilsonContinuity, [0.253_509, 0.368_176]);
        check(15, 148, IntervalMethod::Wilson, [0.062_386, 0.160_487]);
        check(15, 148, IntervalMethod::ClopperPearson, [0.057_844, 0.161_650]);
        check(1, 29, IntervalMethod::AgrestiCoull, [0.0, 0.186_287]);
        check(1, 29, IntervalMethod::Jeffreys, [0.003_746, 0.150_078]);
    }

    #[test]
    fn none_and_all_end_exactly_at_the_edge() {
        for method in IntervalMethod::ALL.into_iter().filter(|method| *method != IntervalMethod::Jeffreys) {
            for n in [1, 2, 10, 271, 100_000] {
                assert_eq!(interval(0, n, method).unwrap()[0], 0.0, "{method:?}");
                assert_eq!(interval(n, n, method).unwrap()[1], 1.0, "{method:?}");
            }
        }
        // The quantile itself: Brown, Cai and DasGupta also discuss a version that is cut at the edges.
        check(0, 10, IntervalMethod::Jeffreys, [0.000_048, 0.217_196]);
    }

    #[test]
    fn nothing_counted_has_no_interval() {
        for method in IntervalMethod::ALL {
            assert_eq!(interval(0, 0, method), None);
            assert_eq!(interval(4, 3, method), None);
        }
    }

    #[test]
    fn words_are_read_back() {
        for method in IntervalMethod::ALL {
            assert_eq!(IntervalMethod::from_word(method.word()), Some(method));
            assert_eq!(serde_json::to_value(method).unwrap(), method.word());
        }
        assert_eq!(IntervalMethod::from_word("wald"), None);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_proportion_and_mirrors(n in 1_u64..3000, share in 0.0_f64..=1.0) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to n")]
            let k = ((share * float(n)) as u64).min(n);
            for method in IntervalMethod::ALL {
                let [lower, upper] = interval(k, n, method).unwrap();
                prop_assert!((0.0..=1.0).contains(&lower) && (0.0..=1.0).contains(&upper) && lower < upper);
                let inside = lower <= float(k) / float(n) && float(k) / float(n) <= upper;
                // Jeffreys is not cut at the edges, so it excludes 0 of n and n of n.
                prop_assert!(inside || (method == IntervalMethod::Jeffreys && (k == 0 || k == n)), "{method:?} {k} {n}");
                let [low, high] = interval(n - k, n, method).unwrap();
                prop_assert!((lower + high - 1.0).abs() < 1e-9 && (upper + low - 1.0).abs() < 1e-9);
            }
        }
    }
}
