//! p-values adjusted for the number of tests.
//!
//! Sources: Bonferroni correction (Dunn 1961), Holm (1979), Benjamini and Hochberg (1995).

use serde::Serialize;

use super::value::float;

/// How p-values are adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// Steps down from the smallest; holds the chance of any false finding.
    Holm,
    /// Steps up from the largest; holds the expected share of false findings.
    BenjaminiHochberg,
    /// Each times the number of tests; Holm's is never worse.
    Bonferroni,
}

impl Adjustment {
    /// Every adjustment, the recommended one first.
    pub const ALL: [Self; 3] = [Self::Holm, Self::BenjaminiHochberg, Self::Bonferroni];

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = if word == "bh" { Self::BenjaminiHochberg.word() } else { word };
        Self::ALL.into_iter().find(|adjustment| adjustment.word() == word)
    }

    /// Returns the word for it in settings and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holm => "holm",
            Self::BenjaminiHochberg => "benjamini-hochberg",
            Self::Bonferroni => "bonferroni",
        }
    }

    /// Returns its name for a sentence, with the source.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holm => "Holm's step-down adjustment (Holm 1979)",
            Self::BenjaminiHochberg => "Benjamini–Hochberg adjustment (Benjamini and Hochberg 1995)",
            Self::Bonferroni => "Bonferroni adjustment (Dunn 1961)",
        }
    }
}

/// Returns the adjusted p-values in the order given, each 0–1.
///
/// What was not tested is `None`, stays so, and does not count as a test; so does a number outside 0–1.
pub fn adjust(p: &[Option<f64>], adjustment: Adjustment) -> Vec<Option<f64>> {
    let tested = |(at, p): (usize, &Option<f64>)| p.filter(|p| (0.0..=1.0).contains(p)).map(|p| (p, at));
    let mut sorted: Vec<(f64, usize)> = p.iter().enumerate().filter_map(tested).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut adjusted = vec![None; p.len()];
    for ((_, at), value) in sorted.iter().zip(stepped(&sorted, adjustment)) {
        adjusted[*at] = Some(value);
    }
    adjusted
}

/// The adjusted values of p-values in ascending order.
fn stepped(sorted: &[(f64, usize)], adjustment: Adjustment) -> Vec<f64> {
    let tests = float(sorted.len() as u64);
    let ranked = sorted.iter().zip(1_u64..).map(|((p, _), rank)| (*p, float(rank)));
    match adjustment {
        Adjustment::Bonferroni => ranked.map(|(p, _)| (p * tests).min(1.0)).collect(),
        Adjustment::Holm => {
            let mut highest = 0.0_f64;
            ranked
                .map(|(p, rank)| {
                    highest = highest.max((p * (tests - rank + 1.0)).min(1.0));
                    highest
                })
                .collect()
        }
        Adjustment::BenjaminiHochberg => {
            let mut lowest = 1.0_f64;
            let ranked: Vec<(f64, f64)> = ranked.collect();
            let mut values: Vec<f64> = ranked
                .into_iter()
                .rev()
                .map(|(p, rank)| {
                    lowest = lowest.min(p * tests / rank);
                    lowest
                })
                .collect();
            values.reverse();
            values
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(p: &[Option<f64>], adjustment: Adjustment) -> String {
        let show = |p: &Option<f64>| p.map_or_else(|| "none".to_owned(), |p| format!("{p:.4}"));
        adjust(p, adjustment).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn five_tests_by_hand_in_any_order() {
        // Holm: 5×.01, 4×.02, 3×.03, 2×.04 below 3×.03, 1×.5. BH: .01×5/1, .02×5/2, .03×5/3, .04×5/4, .5.
        let p = [Some(0.03), Some(0.01), None, Some(0.5), Some(0.04), Some(0.02), Some(7.0), Some(f64::NAN)];
        insta::assert_snapshot!(shown(&p, Adjustment::Holm), @"0.0900 0.0500 none 0.5000 0.0900 0.0800 none none");
        insta::assert_snapshot!(shown(&p, Adjustment::BenjaminiHochberg), @"0.0500 0.0500 none 0.5000 0.0500 0.0500 none none");
        insta::assert_snapshot!(shown(&p, Adjustment::Bonferroni), @"0.1500 0.0500 none 1.0000 0.2000 0.1000 none none");
        assert_eq!(adjust(&[], Adjustment::Holm), []);
    }

    #[test]
    fn words_are_read_back() {
        for adjustment in Adjustment::ALL {
            assert_eq!(Adjustment::from_word(adjustment.word()), Some(adjustment));
            assert_eq!(serde_json::to_value(adjustment).unwrap(), adjustment.word());
        }
        assert_eq!(Adjustment::from_word("none"), None);
    }

    proptest! {
        #[test]
        fn adjusted_values_keep_the_order_and_their_rank(p in prop::collection::vec(0.0_f64..=1.0, 1..30)) {
            let given: Vec<Option<f64>> = p.iter().copied().map(Some).collect();
            let [holm, bh, bonferroni] = Adjustment::ALL.map(|adjustment| adjust(&given, adjustment));
            for (at, raw) in p.iter().enumerate() {
                let (holm_at, bh_at, bonferroni_at) = (holm[at].unwrap(), bh[at].unwrap(), bonferroni[at].unwrap());
                prop_assert!(*raw <= bh_at + 1e-12 && bh_at <= holm_at + 1e-12 && holm_at <= bonferroni_at + 1e-12);
                prop_assert!(bonferroni_at <= 1.0);
                for (other, larger) in p.iter().enumerate().filter(|(_, other)| *other >= raw) {
                    prop_assert!(holm[other] >= holm[at] && bh[other] >= bh[at], "{larger}");
                }
            }
        }
    }
}
