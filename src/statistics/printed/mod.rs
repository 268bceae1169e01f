//! Which counts may stand behind percentages that somebody printed.
//!
//! Percentages are taken as strings, because "35" and "35.0" say different things. Whether the rows should sum to n, one
//! answer a person, is for the caller to say. Source: Brown and Heathers (2017), the GRIM test, for means of whole numbers.

mod cell;
mod vectors;

use serde::{Serialize, Serializer};
use thiserror::Error;

use cell::{Kind, Printed};

/// Most count vectors that are listed.
pub const LISTED: usize = 20;

/// Why a column cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PrintedError {
    /// n is 0.
    #[error("n is 0: there are no percentages of nothing")]
    NoUnits,
    /// No percentage was given.
    #[error("there is no percentage to check")]
    NoCells,
    /// A string is no percentage.
    #[error("cell {cell}, \"{text}\": {reason}")]
    Malformed {
        /// Its place in the column, counted from 1.
        cell: usize,
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// Consecutive counts, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Smallest count.
    pub least: u64,
    /// Largest count.
    pub most: u64,
}

/// A count beside an impossible percentage, and what it would print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// The count.
    pub count: u64,
    /// Its percentage with as many decimals as the impossible one, rounded half up.
    pub prints: String,
}

/// What a printed percentage allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The string as given.
    pub printed: String,
    /// Digits after the point.
    pub decimals: u32,
    /// Counts that print so when halves are rounded up; none when it is impossible.
    pub half_up: Option<Counts>,
    /// Counts that print so when halves are rounded to the even digit.
    pub half_even: Option<Counts>,
    /// The count, when rounding half up leaves one only.
    pub forced: Option<u64>,
    /// The count that comes nearest, whether it prints so or not; none for `<` and `>`.
    pub nearest: Option<u64>,
    /// The counts on both sides, when rounding half up leaves none.
    pub neighbours: Vec<Neighbour>,
    /// Of a row with fewer decimals than others: could zeros at its end have been dropped? None for the others, `<` and `>`.
    pub zeros_dropped: Option<bool>,
}

/// What a column of printed percentages allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Units behind each percentage.
    pub n: u64,
    /// The rows in their order.
    pub rows: Vec<Row>,
    /// Numbers of decimals that occur, ascending, without rows of `<` and `>`.
    pub decimals: Vec<u32>,
    /// More than one number of decimals occurs.
    pub mixed_precision: bool,
    /// Places, counted from 1, of rows with one possible count.
    pub forced: Vec<usize>,
    /// Places, counted from 1, of rows without a possible count when halves are rounded up.
    pub impossible: Vec<usize>,
    /// Some counts that print so sum to n.
    pub can_sum_to_n: bool,
    /// Number of count vectors that print so and sum to n; none when there are too many to count.
    #[serde(serialize_with = "number_or_words")]
    pub vectors: Option<u128>,
    /// The first of these vectors, at most [`LISTED`], in ascending order of their first counts.
    pub first_vectors: Vec<Vec<u64>>,
    /// Sum of the nearest counts; none when a row is `<` or `>`.
    pub nearest_sum: Option<u128>,
    /// Sum of the percentages as printed; none when a row is `<` or `>`.
    pub printed_sum: Option<String>,
}

/// JSON numbers beyond 64 bits are lost in many programs.
fn number_or_words<S: Serializer>(vectors: &Option<u128>, serializer: S) -> Result<S::Ok, S::Error> {
    match vectors.map(u64::try_from) {
        None => serializer.serialize_none(),
        Some(Ok(few)) => serializer.serialize_u64(few),
        Some(Err(_)) => serializer.serialize_str(&vectors.unwrap_or_default().to_string()),
    }
}

/// Checks printed percentages of `n` units: `35`, `22.5`, `22.5%`, `0,7`, `<1`, `>99.9`.
///
/// `<1` stands for a count above 0 below one percent, `>99` for one below n above 99 percent.
///
/// # Errors
///
/// When n is 0, when there is no cell, or when a cell is no percentage.
pub fn check(n: u64, cells: &[String]) -> Result<Checked, PrintedError> {
    if n == 0 {
        return Err(PrintedError::NoUnits);
    }
    if cells.is_empty() {
        return Err(PrintedError::NoCells);
    }
    let read = |(at, text): (usize, &String)| {
        Printed::read(text).map_err(|reason| PrintedError::Malformed { cell: at + 1, text: text.clone(), reason })
    };
    let printed = cells.iter().enumerate().map(read).collect::<Result<Vec<Printed>, _>>()?;
    let exact = printed.iter().filter(|cell| cell.kind == Kind::Exact);
    let mut decimals: Vec<u32> = exact.map(|cell| cell.decimals).collect();
    decimals.sort_unstable();
    decimals.dedup();
    let finest = decimals.last().copied().unwrap_or(0);
    let rows: Vec<Row> = cells.iter().zip(&printed).map(|(text, cell)| row(n, text, *cell, finest)).collect();
    let places = |holds: &dyn Fn(&Row) -> bool| {
        rows.iter().zip(1..).filter(|(row, _)| holds(row)).map(|(_, place)| place).collect()
    };
    let ranges: Option<Vec<Counts>> = rows.iter().map(|row| row.half_up).collect();
    let first_vectors = ranges.as_ref().map_or_else(Vec::new, |ranges| vectors::list(ranges, n, LISTED));
    Ok(Checked {
        n,
        mixed_precision: decimals.len() > 1,
        decimals,
        forced: places(&|row| row.forced.is_some()),
        impossible: places(&|row| row.half_up.is_none()),
        can_sum_to_n: !first_vectors.is_empty(),
        vectors: ranges.map_or(Some(0), |ranges| vectors::count(&ranges, n)),
        first_vectors,
        nearest_sum: rows.iter().map(|row| row.nearest.map(u128::from)).sum(),
        printed_sum: printed_sum(&printed, finest),
        rows,
    })
}

fn row(n: u64, text: &str, cell: Printed, finest: u32) -> Row {
    let half_up = cell.half_up(n);
    let neighbour = |count| Neighbour { count, prints: cell.prints(count, n) };
    let coarser = cell.kind == Kind::Exact && cell.decimals < finest;
    Row {
        printed: text.to_owned(),
        decimals: cell.decimals,
        half_up,
        half_even: cell.half_even(n),
        forced: half_up.filter(|counts| counts.least == counts.most).map(|counts| counts.least),
        nearest: (cell.kind == Kind::Exact).then(|| cell.nearest(n)),
        neighbours: if half_up.is_none() { cell.around(n).into_iter().map(neighbour).collect() } else { Vec::new() },
        zeros_dropped: coarser.then(|| cell.with_decimals(finest).half_up(n).is_some()),
    }
}

/// The sum as it would be added up by hand, with the decimals of the finest row.
fn printed_sum(printed: &[Printed], finest: u32) -> Option<String> {
    let units = |cell: &Printed| (cell.kind == Kind::Exact).then(|| cell.with_decimals(finest).units);
    let sum = printed.iter().map(units).sum::<Option<u128>>()?;
    Some(cell::written(sum, finest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    const NEEDS: [&str; 8] = ["35", "22.5", "21", "10", "5.2", "4", "1.5", "0.7"];

    #[test]
    fn needs_of_271_patients() {
        // The column of Kimball et al. 2019.
        let found = check(271, &column(&NEEDS)).unwrap();
        let ranges: Vec<[u64; 2]> =
            found.rows.iter().filter_map(|row| row.half_up).map(|counts| [counts.least, counts.most]).collect();
        assert_eq!(ranges, [[94, 96], [61, 61], [56, 58], [26, 28], [14, 14], [10, 12], [4, 4], [2, 2]]);
        assert_eq!((&found.decimals, found.mixed_precision), (&vec![0, 1], true));
        assert_eq!((&found.forced, &found.impossible), (&vec![2, 5, 7, 8], &vec![]));
        assert_eq!((found.can_sum_to_n, found.vectors, found.first_vectors.len()), (true, Some(19), 19));
        assert_eq!(found.first_vectors[0], [94, 61, 56, 28, 14, 12, 4, 2]);
        assert_eq!(found.first_vectors[18], [96, 61, 58, 26, 14, 10, 4, 2]);
        assert_eq!((found.nearest_sum, found.printed_sum.as_deref()), (Some(271), Some("99.9")));
        let nearest: Vec<u64> = found.rows.iter().filter_map(|row| row.nearest).collect();
        assert_eq!(nearest, [95, 61, 57, 27, 14, 11, 4, 2]);
        // 35.0 and 4.0 of 271 do not exist, so these rows were rounded more coarsely; 21.0 and 10.0 do.
        let dropped: Vec<Option<bool>> = found.rows.iter().map(|row| row.zeros_dropped).collect();
        assert_eq!(dropped, [Some(false), None, Some(true), Some(true), None, Some(false), None, None]);
    }

    #[test]
    fn impossible_rows_show_their_neighbours() {
        let found = check(271, &column(&["35.0", "4.0", "61"])).unwrap();
        assert_eq!((found.impossible, found.can_sum_to_n, found.vectors), (vec![1, 2], false, Some(0)));
        let json = serde_json::to_string(&found.rows[0]).unwrap();
        insta::assert_snapshot!(json, @r#"{"printed":"35.0","decimals":1,"half_up":null,"half_even":null,"forced":null,"nearest":95,"neighbours":[{"count":94,"prints":"34.7"},{"count":95,"prints":"35.1"}],"zeros_dropped":null}"#);
        // More than all, and a bound that no count lies in.
        let found = check(50, &column(&["101", "<1"])).unwrap();
        let neighbours = |row: &Row| row.neighbours.iter().map(|near| near.prints.clone()).collect::<Vec<_>>();
        assert_eq!(neighbours(&found.rows[0]), ["100"]);
        assert_eq!(neighbours(&found.rows[1]), ["0", "2"]);
    }

    #[test]
    fn halves_go_up_or_to_the_even_digit() {
        let found = check(80, &column(&["26.3", "26.2"])).unwrap();
        let is = |n| Some(Counts { least: n, most: n });
        assert_eq!((found.rows[0].half_up, found.rows[0].half_even), (is(21), None));
        assert_eq!((found.rows[1].half_up, found.rows[1].half_even), (None, is(21)));
        // 1 of 8 is 12.5: up to 13, even is 12. 3 of 8 is 37.5: 38 both ways.
        let found = check(8, &column(&["13", "12", "38"])).unwrap();
        let both: Vec<_> = found.rows.iter().map(|row| (row.half_up, row.half_even)).collect();
        assert_eq!(both, [(is(1), None), (None, is(1)), (is(3), is(3))]);
    }

    #[test]
    fn every_way_of_writing_is_read() {
        let found = check(1000, &column(&["22.50 %", "0,7%", "<1", ">99.9", " 5 ", ".5", "<0.1"])).unwrap();
        let ranges: Vec<_> =
            found.rows.iter().map(|row| row.half_up.map(|counts| [counts.least, counts.most])).collect();
        let expected = [Some([225, 225]), Some([7, 7]), Some([1, 9]), None, Some([45, 54]), Some([5, 5]), None];
        assert_eq!(ranges, expected);
        assert_eq!((found.printed_sum, found.nearest_sum), (None, None));
        assert_eq!(found.decimals, [0, 1, 2]);
    }

    #[test]
    fn malformed_cells_are_named() {
        let error = |n, cells: &[&str]| check(n, &column(cells)).unwrap_err().to_string();
        let cases =
            ["", "%", "-3", "1.2.3", "12 3", "3.", "1e1", "<", "NaN", "<<1", "0.1234567890", "1234567890123", "٣"];
        let errors: Vec<String> = cases.iter().map(|cell| error(9, &["5", cell])).collect();
        insta::assert_snapshot!(errors.join("\n"), @r#"
        cell 2, "": no number
        cell 2, "%": no number
        cell 2, "-3": not a percentage such as 35, 22.5 or <1
        cell 2, "1.2.3": not a percentage such as 35, 22.5 or <1
        cell 2, "12 3": not a percentage such as 35, 22.5 or <1
        cell 2, "3.": no digit after the decimal point
        cell 2, "1e1": not a percentage such as 35, 22.5 or <1
        cell 2, "<": no number
        cell 2, "NaN": not a percentage such as 35, 22.5 or <1
        cell 2, "<<1": not a percentage such as 35, 22.5 or <1
        cell 2, "0.1234567890": too many digits
        cell 2, "1234567890123": too many digits
        cell 2, "٣": not a percentage such as 35, 22.5 or <1
        "#);
        assert_eq!(error(0, &["5"]), "n is 0: there are no percentages of nothing");
        assert_eq!(error(5, &[]), "there is no percentage to check");
    }

    #[test]
    fn many_vectors_are_counted_and_few_listed() {
        // 100 rows of 1 % of 10,000: each 50 to 149 below 1.5 %.
        let found = check(10_000, &vec!["1".to_owned(); 100]).unwrap();
        assert_eq!((found.can_sum_to_n, found.first_vectors.len()), (true, LISTED));
        let json = serde_json::to_value(&found).unwrap();
        assert!(json["vectors"].is_null(), "{}", json["vectors"]);
        let found = check(10_000, &column(&["20", "20", "20", "20", "5", "5", "5", "5"])).unwrap();
        assert!(found.vectors.is_some_and(|vectors| vectors > 1_000_000_000_000));
        let huge = check(u64::MAX, &column(&["50", "50"])).unwrap();
        assert_eq!((huge.can_sum_to_n, huge.vectors), (true, None));
    }

    proptest! {
        #[test]
        fn a_column_made_from_counts_allows_them(counts in prop::collection::vec(0_u64..60, 1..5), decimals in 0_u32..3) {
            let n: u64 = counts.iter().sum();
            prop_assume!(n > 0);
            let scale = 100 * 10_u128.pow(decimals);
            let print = |k: &u64| cell::written((2 * scale * u128::from(*k) + u128::from(n)) / (2 * u128::from(n)), decimals);
            let found = check(n, &counts.iter().map(print).collect::<Vec<_>>()).unwrap();
            for (row, k) in found.rows.iter().zip(&counts) {
                let range = row.half_up.unwrap();
                prop_assert!(range.least <= *k && *k <= range.most);
                // Just inside prints the same, just outside does not.
                for (k, same) in [(Some(range.least), true), (Some(range.most), true), (range.least.checked_sub(1), false), (Some(range.most + 1), false)] {
                    if let Some(k) = k.filter(|k| *k <= n) {
                        prop_assert_eq!(print(&k) == row.printed, same);
                    }
                }
            }
            prop_assert!(found.can_sum_to_n && found.impossible.is_empty() && !found.mixed_precision);
            prop_assert!(found.first_vectors.iter().all(|vector| vector.iter().sum::<u64>() == n));
            let vectors = found.vectors.unwrap();
            prop_assert_eq!(u128::from(found.first_vectors.len() as u64), vectors.min(LISTED as u128));
            prop_assert!(vectors > LISTED as u128 || found.first_vectors.contains(&counts));
        }
    }
}
