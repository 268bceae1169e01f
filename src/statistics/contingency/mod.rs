//! Tables of counts, rows by columns: is there an association, how strong, and which test may say so.
//!
//! Whether the units counted are independent is for the caller to say.
//! Sources: Pearson (1900), Cochran (1954), Cramér (1946), Haberman (1973), Fisher (1935).

mod fisher;

use serde::Serialize;

use super::{Value, distribution::chi_squared_above, value::float};

pub use fisher::{Fisher, fisher};

/// Largest total that is counted exactly as a floating-point number.
const MOST_UNITS: u128 = 1 << 53;

/// The test that Cochran's rule allows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Pearson's chi-squared test, without continuity correction.
    Chi2 {
        /// Sum of (observed - expected)² / expected.
        statistic: f64,
        /// (rows - 1) (columns - 1).
        df: u32,
    },
    /// Fisher's exact test, two-sided.
    Fisher,
    /// No test, and why.
    None(&'static str),
}

/// What a table says about the association of its rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Association {
    /// The test that was made.
    pub test: Test,
    /// Its p-value, 0–1; not adjusted for other tests.
    pub p: Option<f64>,
    /// Cramér's V, 0–1.
    pub cramers_v: Value,
    /// Phi, -1 to 1; of a table of 2 rows and 2 columns.
    pub phi: Value,
    /// Smallest count expected if there were no association.
    pub min_expected: Value,
    /// Share of cells, 0–1, where less than 5 are expected.
    pub below_five: Value,
}

/// Tests a table by Cochran's rule: chi-squared when every expected count is at least 1 and at least 80 % of them are at
/// least 5; else Fisher's exact test of two rows and two columns; else none.
pub fn associate(rows: &[Vec<u64>]) -> Association {
    let table = match Contingency::new(rows) {
        Ok(table) => table,
        Err(reason) => return Association::undefined(reason),
    };
    let (test, p) = if table.meets_cochrans_rule() {
        (Test::Chi2 { statistic: table.chi2(), df: table.df() }, Some(table.p_chi2()))
    } else if let Some(exact) = table.fisher() {
        (Test::Fisher, Some(exact.two_sided))
    } else {
        (Test::None("expected counts are too small for a chi-squared test (Cochran 1954)"), None)
    };
    let (cramers_v, min_expected) = (Value::Number(table.cramers_v()), Value::Number(table.min_expected()));
    Association { test, p, cramers_v, phi: table.phi(), min_expected, below_five: Value::Number(table.below_five()) }
}

impl Association {
    fn undefined(reason: &'static str) -> Self {
        let none = Value::Undefined(reason);
        Self { test: Test::None(reason), p: None, cramers_v: none, phi: none, min_expected: none, below_five: none }
    }
}

/// A table of counts with at least two rows and columns, none of them empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contingency {
    counts: Vec<Vec<u64>>,
    rows: Vec<u64>,
    columns: Vec<u64>,
    total: u64,
}

impl Contingency {
    /// Takes the rows of a table.
    ///
    /// # Errors
    ///
    /// A reason, when no association can be computed: fewer than two rows or columns, rows of different lengths, a row
    /// or column that is all zero, or more units than are counted exactly.
    pub fn new(rows: &[Vec<u64>]) -> Result<Self, &'static str> {
        let width = rows.first().map_or(0, Vec::len);
        if rows.len() < 2 || width < 2 {
            return Err("fewer than two rows or columns");
        }
        if rows.iter().any(|row| row.len() != width) {
            return Err("the rows are not equally long");
        }
        if rows.iter().flatten().map(|n| u128::from(*n)).sum::<u128>() > MOST_UNITS {
            return Err("too many units to be counted exactly");
        }
        let row_sums: Vec<u64> = rows.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = (0..width).map(|at| rows.iter().map(|row| row[at]).sum()).collect();
        if row_sums.contains(&0) {
            return Err("a row has no units");
        }
        if columns.contains(&0) {
            return Err("a column has no units");
        }
        let total = row_sums.iter().sum();
        Ok(Self { counts: rows.to_vec(), rows: row_sums, columns, total })
    }

    /// Returns the counts expected without association, rows by columns: row total × column total / total.
    pub fn expected(&self) -> Vec<Vec<f64>> {
        let row = |row: &u64| self.columns.iter().map(|column| self.expected_at(*row, *column)).collect();
        self.rows.iter().map(row).collect()
    }

    fn expected_at(&self, row: u64, column: u64) -> f64 {
        float(row) * float(column) / float(self.total)
    }

    /// Returns the smallest expected count.
    pub fn min_expected(&self) -> f64 {
        self.expected().into_iter().flatten().fold(f64::INFINITY, f64::min)
    }

    /// Returns the share of cells, 0–1, whose expected count is below 5.
    pub fn below_five(&self) -> f64 {
        float(self.cells() - self.cells_expecting(5)) / float(self.cells())
    }

    fn cells(&self) -> u64 {
        (self.rows.len() * self.columns.len()) as u64
    }

    /// Number of cells whose expected count is at least this, compared as whole numbers.
    fn cells_expecting(&self, least: u64) -> u64 {
        let enough =
            |row: u64, column: u64| u128::from(row) * u128::from(column) >= u128::from(least) * u128::from(self.total);
        let in_row = |row: &u64| self.columns.iter().filter(|column| enough(*row, **column)).count() as u64;
        self.rows.iter().map(in_row).sum()
    }

    /// Says whether chi-squared may be used: all expected at least 1, and 80 % of them at least 5 (Cochran 1954).
    pub fn meets_cochrans_rule(&self) -> bool {
        self.cells_expecting(1) == self.cells() && 5 * self.cells_expecting(5) >= 4 * self.cells()
    }

    /// Sums a term of observed and expected over all cells.
    fn sum(&self, term: impl Fn(f64, f64) -> f64) -> f64 {
        let expected = self.expected();
        let cells = self.counts.iter().flatten().zip(expected.iter().flatten());
        cells.map(|(observed, expected)| term(float(*observed), *expected)).sum()
    }

    /// Returns Pearson's chi-squared: the sum of (O - E)² / E (Pearson 1900).
    pub fn chi2(&self) -> f64 {
        self.sum(|observed, expected| (observed - expected).powi(2) / expected)
    }

    /// Returns the degrees of freedom, (rows - 1) (columns - 1).
    pub fn df(&self) -> u32 {
        u32::try_from((self.rows.len() - 1) * (self.columns.len() - 1)).unwrap_or(u32::MAX)
    }

    /// Returns the p-value of chi-squared.
    pub fn p_chi2(&self) -> f64 {
        chi_squared_above(self.chi2(), self.df())
    }

    /// Returns the likelihood-ratio statistic G: twice the sum of O ln(O / E), where an empty cell adds 0 (Wilks 1938).
    pub fn g(&self) -> f64 {
        2.0 * self.sum(|observed, expected| if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 })
    }

    /// Returns the p-value of G.
    pub fn p_g(&self) -> f64 {
        chi_squared_above(self.g(), self.df())
    }

    /// Returns chi-squared of two rows and two columns with each |O - E| lessened by 1/2, at most to 0 (Yates 1934).
    pub fn chi2_yates(&self) -> Option<f64> {
        let lessened = |observed: f64, expected: f64| ((observed - expected).abs() - 0.5).max(0.0);
        self.two_by_two().map(|_| self.sum(|observed, expected| lessened(observed, expected).powi(2) / expected))
    }

    /// Returns the p-value of chi-squared with Yates's correction.
    pub fn p_yates(&self) -> Option<f64> {
        self.chi2_yates().map(|chi2| chi_squared_above(chi2, 1))
    }

    /// Returns Cramér's V, 0–1: √(χ² / (n (min(rows, columns) - 1))) (Cramér 1946).
    pub fn cramers_v(&self) -> f64 {
        let least = self.rows.len().min(self.columns.len()) as u64 - 1;
        (self.chi2() / (float(self.total) * float(least))).sqrt().min(1.0)
    }

    /// Returns adjusted residuals, rows by columns: (O - E) / √(E (1 - row share) (1 - column share)) (Haberman 1973).
    ///
    /// About standard normal without association. No row or column is empty, so none holds all units.
    pub fn residuals(&self) -> Vec<Vec<f64>> {
        let left_over = |sum: u64| float(self.total - sum) / float(self.total);
        let cell = |observed: u64, row: u64, column: u64| {
            let expected = self.expected_at(row, column);
            (float(observed) - expected) / (expected * left_over(row) * left_over(column)).sqrt()
        };
        let rows = self.counts.iter().zip(&self.rows);
        rows.map(|(counts, row)| counts.iter().zip(&self.columns).map(|(n, column)| cell(*n, *row, *column)).collect())
            .collect()
    }

    fn two_by_two(&self) -> Option<[[u64; 2]; 2]> {
        let [first, second] = self.counts.as_slice() else { return None };
        Some([first.as_slice().try_into().ok()?, second.as_slice().try_into().ok()?])
    }

    /// Returns Fisher's exact test of two rows and two columns.
    pub fn fisher(&self) -> Option<Fisher> {
        self.two_by_two().map(fisher)
    }

    /// Returns phi of two rows and two columns, -1 to 1: (ad - bc) / √(product of the four totals).
    pub fn phi(&self) -> Value {
        let Some([[a, b], [c, d]]) = self.two_by_two() else {
            return Value::Undefined("phi needs two rows and two columns");
        };
        // A root for each pair of totals: exact in the plain cases, and without overflow in the largest.
        let root: f64 =
            [&self.rows, &self.columns].map(|pair| (float(pair[0]) * float(pair[1])).sqrt()).iter().product();
        Value::Number(((float(a) * float(d) - float(b) * float(c)) / root).clamp(-1.0, 1.0))
    }

    /// Returns the sample odds ratio of two rows and two columns, ad / bc.
    pub fn odds_ratio(&self) -> Value {
        let Some([[a, b], [c, d]]) = self.two_by_two() else {
            return Value::Undefined("an odds ratio needs two rows and two columns");
        };
        Value::ratio(float(a) * float(d), float(b) * float(c), "a cell that the odds ratio divides by is 0")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn enough_in_every_cell_takes_chi_squared() {
        let rows = [vec![10, 20], vec![15, 15], vec![25, 5]];
        let found = associate(&rows);
        let Test::Chi2 { statistic, df } = found.test else { panic!("{found:?}") };
        close(statistic, 15.75);
        assert_eq!(df, 2);
        close(found.p.unwrap(), 0.000_380_128_957_869_463_9);
        close(found.cramers_v.number().unwrap(), 0.418_330_013_267_037_8);
        assert_eq!((found.min_expected, found.below_five), (Value::Number(40.0 / 3.0), Value::Number(0.0)));
        assert_eq!(found.phi, Value::Undefined("phi needs two rows and two columns"));
        let table = Contingency::new(&rows).unwrap();
        assert_eq!((table.fisher(), table.chi2_yates(), table.p_yates()), (None, None, None));
        close(table.residuals()[2][0], 3.75);
    }

    #[test]
    fn small_two_by_two_takes_fisher() {
        let found = associate(&[vec![8, 2], vec![1, 5]]);
        assert_eq!(found.test, Test::Fisher);
        close(found.p.unwrap(), 0.034_965_034_965_034_97);
        assert_eq!(found.below_five, Value::Number(0.75));
        let table = Contingency::new(&[vec![8, 2], vec![1, 5]]).unwrap();
        close(table.chi2(), 6.112_169_312_169_312);
        close(table.chi2_yates().unwrap(), 3.809_523_809_523_809_3);
        close(table.g(), 6.515_271_655_687_250_5);
        assert_eq!(table.odds_ratio(), Value::Number(20.0));
    }

    #[test]
    fn cochrans_rule_at_its_edges() {
        // Every expected count exactly 5: allowed. One of five columns below 5, none below 1: 80 % exactly, allowed.
        assert!(Contingency::new(&[vec![5, 5], vec![5, 5]]).unwrap().meets_cochrans_rule());
        let four_of_five = [vec![5, 5, 5, 5, 4], vec![5, 5, 5, 5, 4]];
        assert!(Contingency::new(&four_of_five).unwrap().meets_cochrans_rule());
        let three_of_five = [vec![5, 5, 5, 4, 4], vec![5, 5, 5, 4, 4]];
        assert_eq!(
            associate(&three_of_five).test,
            Test::None("expected counts are too small for a chi-squared test (Cochran 1954)")
        );
        assert_eq!(associate(&three_of_five).p, None);
        // One expected count of 1/2 forbids it, however many others there are.
        let half = [vec![50, 50, 50, 50, 50, 1], vec![50, 50, 50, 50, 50, 0]];
        assert!(!Contingency::new(&half).unwrap().meets_cochrans_rule());
    }

    #[test]
    fn what_has_no_association_says_why() {
        let reason = |rows: &[Vec<u64>]| associate(rows).cramers_v.reason().unwrap();
        let reasons = [
            reason(&[]),
            reason(&[vec![1, 2]]),
            reason(&[vec![1, 2], vec![3]]),
            reason(&[vec![0, 0], vec![3, 4]]),
            reason(&[vec![0, 3], vec![0, 4]]),
            reason(&[vec![u64::MAX, 3], vec![u64::MAX, 4]]),
        ];
        insta::assert_snapshot!(reasons.join("\n"), @r"
        fewer than two rows or columns
        fewer than two rows or columns
        the rows are not equally long
        a row has no units
        a column has no units
        too many units to be counted exactly
        ");
        let infinite = Contingency::new(&[vec![3, 0], vec![1, 2]]).unwrap().odds_ratio();
        assert_eq!(infinite, Value::Undefined("a cell that the odds ratio divides by is 0"));
    }

    #[test]
    fn no_and_full_association() {
        let none = associate(&[vec![10, 20], vec![20, 40]]);
        assert_eq!((none.p, none.cramers_v, none.phi), (Some(1.0), Value::Number(0.0), Value::Number(0.0)));
        let full = associate(&[vec![0, 20], vec![20, 0]]);
        assert_eq!((full.cramers_v, full.phi), (Value::Number(1.0), Value::Number(-1.0)));
    }

    proptest! {
        #[test]
        fn v_is_the_size_of_phi_and_p_is_a_chance(a in 0_u64..60, b in 0_u64..60, c in 0_u64..60, d in 0_u64..60) {
            let found = associate(&[vec![a, b], vec![c, d]]);
            if let (Some(v), Some(phi)) = (found.cramers_v.number(), found.phi.number()) {
                prop_assert!((v - phi.abs()).abs() < 1e-9);
                prop_assert!((0.0..=1.0).contains(&found.p.unwrap()));
            } else {
                prop_assert!(a + b == 0 || c + d == 0 || a + c == 0 || b + d == 0);
            }
        }
    }
}
