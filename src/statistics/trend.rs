//! Trends over ordered points: Mann–Kendall for values, Cochran–Armitage for proportions.
//!
//! Both describe; entries of one diary depend on each other. Gaps are left out by the caller, never filled with 0.
//! Sources: Mann (1945), Kendall (1975), Cochran (1954), Armitage (1955).

use serde::Serialize;

use super::{distribution::normal_two_sided, value::float};

/// Fewest points that show a trend.
const FEWEST: usize = 3;

/// Whether values rise or fall with their order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MannKendall {
    /// Pairs that rise less pairs that fall.
    pub s: i64,
    /// Variance of S without a trend, corrected for ties.
    pub variance: f64,
    /// (|S| - 1) / √variance with the sign of S; 0 when S is 0.
    pub z: f64,
    /// Two-sided p-value, 0–1.
    pub p: f64,
    /// Kendall's tau-b of values and order, -1 to 1.
    pub tau_b: f64,
}

/// Tests values in their order (Mann 1945; ties and continuity as in Kendall 1975). Looks at every pair of points.
///
/// Var S = (n (n - 1) (2n + 5) - Σ t (t - 1) (2t + 5)) / 18 over groups of t equal values;
/// tau-b = S / √(P (P - Σ t (t - 1) / 2)) with P = n (n - 1) / 2.
///
/// # Errors
///
/// A reason, when there are fewer than 3 points, when all are equal, or when one is not a finite number.
pub fn mann_kendall(values: &[f64]) -> Result<MannKendall, &'static str> {
    if values.len() < FEWEST {
        return Err("fewer than 3 points");
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err("a point is not a number");
    }
    let ties = tied_groups(values);
    if ties.len() == 1 {
        return Err("all points are equal");
    }
    let s = risen_less_fallen(values);
    let spread = |n: u64| float(n) * (float(n) - 1.0) * (2.0 * float(n) + 5.0);
    let pairs = |n: u64| float(n) * (float(n) - 1.0) / 2.0;
    let points = values.len() as u64;
    let variance = (spread(points) - ties.iter().map(|t| spread(*t)).sum::<f64>()) / 18.0;
    let tied: f64 = ties.iter().map(|t| pairs(*t)).sum();
    let size = float(s.unsigned_abs());
    let sign = if s < 0 { -1.0 } else { 1.0 };
    let z = if s == 0 { 0.0 } else { sign * (size - 1.0) / variance.sqrt() };
    let tau_b = (sign * size / (pairs(points) * (pairs(points) - tied)).sqrt()).clamp(-1.0, 1.0);
    Ok(MannKendall { s, variance, z, p: normal_two_sided(z), tau_b })
}

/// S: over all pairs, 1 when the later is larger, -1 when it is smaller.
fn risen_less_fallen(values: &[f64]) -> i64 {
    let later = |(at, value): (usize, &f64)| {
        values[at + 1..].iter().map(|next| i64::from(next > value) - i64::from(next < value)).sum::<i64>()
    };
    values.iter().enumerate().map(later).sum()
}

/// Sizes of the groups of equal values.
fn tied_groups(values: &[f64]) -> Vec<u64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // 0 and -0 are equal here and neighbours in the order.
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as u64).collect()
}

/// One point of a trend of proportions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Units with the property.
    pub successes: u64,
    /// All units.
    pub total: u64,
    /// Where it stands, such as the number of the month.
    pub score: f64,
}

/// Whether a proportion rises or falls with the score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CochranArmitage {
    /// Sum of score × (successes - expected successes).
    pub t: f64,
    /// Variance of T without a trend.
    pub variance: f64,
    /// T / √variance, without continuity correction.
    pub z: f64,
    /// Two-sided p-value, 0–1.
    pub p: f64,
}

/// Tests proportions along scores (Cochran 1954, Armitage 1955). Groups without units say nothing and are left out.
///
/// T = Σ w (k - n p) and Var T = p (1 - p) (Σ n w² - (Σ n w)² / N), with p = Σ k / N.
///
/// # Errors
///
/// A reason, when fewer than 3 groups have units, when all or no units have the property, when all scores are equal,
/// when a score is not a finite number, or when a group has more successes than units.
pub fn cochran_armitage(groups: &[Group]) -> Result<CochranArmitage, &'static str> {
    if groups.iter().any(|group| group.successes > group.total) {
        return Err("a point has more successes than units");
    }
    let groups: Vec<&Group> = groups.iter().filter(|group| group.total > 0).collect();
    if groups.len() < FEWEST {
        return Err("fewer than 3 points");
    }
    if groups.iter().any(|group| !group.score.is_finite()) {
        return Err("a score is not a number");
    }
    if groups.iter().all(|group| group.score == groups[0].score) {
        return Err("all scores are equal");
    }
    let sum = |term: &dyn Fn(&Group) -> f64| groups.iter().map(|group| term(group)).sum::<f64>();
    let units = sum(&|group| float(group.total));
    let p = sum(&|group| float(group.successes)) / units;
    if p <= 0.0 || p >= 1.0 {
        return Err("all points have the same proportion, 0 or 1");
    }
    // Scores are measured from their mean, which changes nothing but keeps digits when they are far from 0, as years are.
    let mean = sum(&|group| float(group.total) * group.score) / units;
    let t = sum(&|group| (group.score - mean) * (float(group.successes) - float(group.total) * p));
    let variance = p * (1.0 - p) * sum(&|group| float(group.total) * (group.score - mean).powi(2));
    let z = t / variance.sqrt();
    if !z.is_finite() {
        return Err("the scores are too far apart or too close");
    }
    Ok(CochranArmitage { t, variance, z, p: normal_two_sided(z) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    fn groups(successes: &[u64], total: u64) -> Vec<Group> {
        let scores = (1_u32..).map(f64::from);
        successes.iter().zip(scores).map(|(successes, score)| Group { successes: *successes, total, score }).collect()
    }

    #[test]
    fn mann_kendall_with_ties() {
        let found = mann_kendall(&[3.0, 2.0, 4.0, 1.0, 2.0, 2.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0]).unwrap();
        assert_eq!(found.s, -42);
        close(found.variance, 590.0 / 3.0);
        close(found.z, -2.923_603_534_530_399_5);
        close(found.p, 0.003_460_051_362_030_203);
        close(found.tau_b, -0.703_526_470_681_448_4);
    }

    #[test]
    fn mann_kendall_by_hand() {
        // 3 points that rise: S = 3, Var = 3×2×11/18.
        let rising = mann_kendall(&[1.0, 2.0, 5.0]).unwrap();
        assert_eq!((rising.s, rising.tau_b), (3, 1.0));
        close(rising.variance, 66.0 / 18.0);
        close(rising.z, 2.0 / (66.0_f64 / 18.0).sqrt());
        let level = mann_kendall(&[1.0, 2.0, 2.0, 1.0]).unwrap();
        assert_eq!((level.s, level.z, level.p, level.tau_b), (0, 0.0, 1.0, 0.0));
    }

    #[test]
    fn cochran_armitage_falling() {
        let found = cochran_armitage(&groups(&[8, 6, 4, 2], 10)).unwrap();
        close(found.t, -10.0);
        close(found.variance, 12.5);
        close(found.z, -8.0_f64.sqrt());
        close(found.p, 0.004_677_734_981_047_177);
        let mut years = groups(&[8, 6, 4, 2], 10);
        years.iter_mut().for_each(|group| group.score += 2000.0);
        years.push(Group { successes: 0, total: 0, score: 9999.0 });
        close(cochran_armitage(&years).unwrap().z, found.z);
    }

    #[test]
    fn what_has_no_trend_says_why() {
        let reasons = [
            mann_kendall(&[1.0, 2.0]).unwrap_err(),
            mann_kendall(&[2.0, 2.0, 2.0, 2.0]).unwrap_err(),
            mann_kendall(&[0.0, -0.0, 0.0]).unwrap_err(),
            mann_kendall(&[1.0, f64::NAN, 2.0]).unwrap_err(),
            cochran_armitage(&groups(&[1, 2], 10)).unwrap_err(),
            cochran_armitage(&groups(&[0, 0, 0], 10)).unwrap_err(),
            cochran_armitage(&groups(&[10, 10, 10], 10)).unwrap_err(),
            cochran_armitage(&groups(&[1, 2, 11], 10)).unwrap_err(),
            cochran_armitage(&[Group { successes: 1, total: 2, score: 4.0 }; 3]).unwrap_err(),
            cochran_armitage(&[Group { successes: 1, total: 2, score: f64::INFINITY }; 3]).unwrap_err(),
        ];
        insta::assert_snapshot!(reasons.join("\n"), @r"
        fewer than 3 points
        all points are equal
        all points are equal
        a point is not a number
        fewer than 3 points
        all points have the same proportion, 0 or 1
        all points have the same proportion, 0 or 1
        a point has more successes than units
        all scores are equal
        a score is not a number
        ");
    }

    proptest! {
        #[test]
        fn a_reversed_series_has_the_opposite_trend(values in prop::collection::vec(0_u8..6, 3..20)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let reversed: Vec<f64> = values.iter().rev().copied().collect();
            match (mann_kendall(&values), mann_kendall(&reversed)) {
                (Ok(there), Ok(back)) => {
                    prop_assert_eq!((there.s, there.z, there.tau_b), (-back.s, -back.z, -back.tau_b));
                    prop_assert!((0.0..=1.0).contains(&there.p) && there.variance > 0.0);
                }
                (there, back) => prop_assert_eq!(there, back),
            }
        }
    }
}
