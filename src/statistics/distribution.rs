//! Tails and quantiles of the normal, chi-squared and beta distributions; the only file that names `statrs`.

use std::f64::consts::SQRT_2;

use statrs::function::{
    erf::erfc,
    gamma::{gamma_ur, ln_gamma},
};

/// Terms of the continued fraction; it needs about the root of the larger parameter, so this serves counts up to 10^8.
const MOST_TERMS: u32 = 50_000;

/// Stands in for a divisor of 0 in Lentz's method.
const TINY: f64 = 1e-300;

/// Returns the chance that a standard normal lies at least as far from 0 as `z`, on either side.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// Returns the chance that chi-squared with `df` degrees of freedom exceeds `x`; `df` is 1 or more.
pub(super) fn chi_squared_above(x: f64, df: u32) -> f64 {
    // The library refuses 0 and infinity.
    if x <= 0.0 {
        return 1.0;
    }
    gamma_ur(f64::from(df) / 2.0, x.min(f64::MAX / 4.0) / 2.0)
}

/// Returns the `p` quantile of the beta distribution with positive `a` and `b`, by bisection to the last bit.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if beta_below(middle, a, b) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// Regularised incomplete beta function I_x(a, b), for 0 < x < 1.
///
/// `statrs` stops its fraction after 140 terms, which is too few for counts above some ten thousand.
fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    // The fraction converges fast on the near side of the mean (DLMF 8.17.22); beyond it, I_x(a, b) = 1 - I_1-x(b, a).
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_below_mean(1.0 - x, b, a);
    }
    beta_below_mean(x, a, b)
}

fn beta_below_mean(x: f64, a: f64, b: f64) -> f64 {
    let ln_front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p();
    ln_front.exp() / (a * fraction(x, a, b))
}

/// The continued fraction 1 + d1/(1 + d2/(1 + …)) of DLMF 8.17.22–23, by Lentz's method.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut value, mut above, mut below) = (1.0_f64, 1.0_f64, 0.0_f64);
    for term in 1..=MOST_TERMS {
        let m = f64::from(term / 2);
        let d = if term.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        below = 1.0 / away_from_zero(1.0 + d * below);
        above = away_from_zero(1.0 + d / above);
        value *= above * below;
        if (above * below - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }

    #[test]
    fn tails_of_printed_tables() {
        // The library's error function is good to ten digits.
        close(normal_two_sided(1.959_963_984_540_054), 0.05, 1e-10);
        close(normal_two_sided(-2.575_829_303_548_901), 0.01, 1e-10);
        close(normal_two_sided(0.0), 1.0, 0.0);
        close(chi_squared_above(3.841_458_820_694_124, 1), 0.05, 1e-12);
        close(chi_squared_above(18.307_038_053_275_14, 10), 0.05, 1e-12);
        close(chi_squared_above(0.0, 3), 1.0, 0.0);
        close(chi_squared_above(f64::INFINITY, 3), 0.0, 0.0);
    }

    #[test]
    fn beta_has_closed_forms_to_compare_with() {
        // I_x(1, b) = 1 - (1 - x)^b and I_x(a, 1) = x^a.
        close(beta_quantile(0.975, 1.0, 10.0), 1.0 - 0.025_f64.powf(0.1), 1e-14);
        close(beta_quantile(0.025, 7.0, 1.0), 0.025_f64.powf(1.0 / 7.0), 1e-14);
        close(beta_quantile(0.5, 3.5, 3.5), 0.5, 1e-14);
        // I_x(1/2, 1/2) = (2/pi) asin(root of x), the arcsine law.
        close(beta_below(0.3, 0.5, 0.5), 2.0 / std::f64::consts::PI * 0.3_f64.sqrt().asin(), 1e-14);
    }

    #[test]
    fn beta_holds_for_many_units() {
        // Beta(a, a) is symmetric, and for large a close to a normal of variance 1 / (4 (2a + 1)).
        for a in [1e4, 1e6] {
            close(beta_below(0.5, a, a), 0.5, 1e-8);
            let normal = 0.5 + 1.959_963_984_540_054 * (1.0 / (4.0 * (2.0 * a + 1.0))).sqrt();
            close(beta_quantile(0.975, a, a), normal, 1e-3 / a.sqrt());
            close(beta_quantile(0.975, a, a) + beta_quantile(0.025, a, a), 1.0, 1e-10);
        }
    }
}
