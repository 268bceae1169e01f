//! Fisher's exact test of two rows and two columns, totals held fixed (Fisher 1935).

use serde::Serialize;

use crate::statistics::value::float;

/// Tables whose chance exceeds the observed one's by less than this share count as equally likely, as in R and SciPy.
const TOLERANCE: f64 = 1e-7;

/// Chances, 0–1, of tables like the observed one when rows and columns are independent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fisher {
    /// Of a table at most as likely as the observed one.
    pub two_sided: f64,
    /// Of a first cell at least as large.
    pub greater: f64,
    /// Of a first cell at most as large.
    pub less: f64,
}

/// Tests the table [[a, b], [c, d]].
///
/// The first cell is hypergeometric; its chances are built from the observed one by their exact ratios, so that no
/// factorial is needed. An empty row or column leaves one table only: every chance is 1.
pub fn fisher([[a, b], [c, d]]: [[u64; 2]; 2]) -> Fisher {
    // Relative to the observed table, from the next one outwards.
    let smaller = falling(a, d, b, c);
    let larger = falling(b, c, a, d);
    let [below, above] = [&smaller, &larger].map(|chances| chances.iter().rev().sum::<f64>());
    let all = below + 1.0 + above;
    let unlikely = |chances: &[f64]| chances.iter().rev().filter(|chance| **chance <= 1.0 + TOLERANCE).sum::<f64>();
    Fisher {
        two_sided: ((unlikely(&smaller) + 1.0 + unlikely(&larger)) / all).min(1.0),
        greater: (1.0 + above) / all,
        less: (below + 1.0) / all,
    }
}

/// Chances of the tables reached by taking 1 from `x` and `y` and giving it to `v` and `w`, again and again, as multiples of
/// the first table's chance: each step multiplies by x y / ((v + 1) (w + 1)).
fn falling(mut x: u64, mut y: u64, mut v: u64, mut w: u64) -> Vec<f64> {
    let mut chance = 1.0_f64;
    let mut chances = Vec::new();
    while x > 0 && y > 0 {
        chance *= float(x) / float(v + 1) * (float(y) / float(w + 1));
        // Chances grow up to the mode and fall beyond it: once this small, the rest is nothing beside the observed table.
        if chance < f64::MIN_POSITIVE {
            break;
        }
        // Seen from a hopeless table the mode may lie beyond a number's range; p-values then come out below 1e-150, not NaN.
        chances.push(chance.min(f64::MAX.sqrt()));
        (x, y, v, w) = (x - 1, y - 1, v + 1, w + 1);
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(table: [[u64; 2]; 2], [two_sided, greater, less]: [f64; 3]) {
        let found = fisher(table);
        for (found, expected) in [(found.two_sided, two_sided), (found.greater, greater), (found.less, less)] {
            assert!((found - expected).abs() < 1e-12, "{table:?}: {found} is not {expected}");
        }
    }

    #[test]
    fn lady_tasting_tea_fisher_1935() {
        // 70 ways to choose 4 of 8 cups: 1, 16, 36, 16, 1.
        check([[3, 1], [1, 3]], [34.0 / 70.0, 17.0 / 70.0, 69.0 / 70.0]);
        check([[4, 0], [0, 4]], [2.0 / 70.0, 1.0 / 70.0, 1.0]);
        check([[2, 2], [2, 2]], [1.0, 53.0 / 70.0, 53.0 / 70.0]);
    }

    #[test]
    fn published_tables() {
        check([[1, 9], [11, 3]], [0.002_759_456_185_220_083_6, 0.999_966_348_095_302_2, 0.001_379_728_092_610_041_8]);
        check([[8, 2], [1, 5]], [0.034_965_034_965_034_975, 0.024_475_524_475_524_483, 0.999_125_874_125_874_2]);
    }

    #[test]
    fn one_possible_table_is_certain() {
        check([[0, 0], [3, 4]], [1.0, 1.0, 1.0]);
        check([[0, 5], [0, 7]], [1.0, 1.0, 1.0]);
        check([[0, 0], [0, 0]], [1.0, 1.0, 1.0]);
    }

    #[test]
    fn far_from_the_mode_and_large() {
        // Everything on the diagonal: the least likely table of all.
        let found = fisher([[2000, 0], [0, 2000]]);
        assert!(found.two_sided < 1e-100 && found.two_sided >= 0.0 && found.less == 1.0, "{found:?}");
        let even = fisher([[50_000, 50_000], [50_000, 50_000]]);
        assert!((even.two_sided - 1.0).abs() < 1e-12 && (even.greater - even.less).abs() < 1e-12, "{even:?}");
    }
}
