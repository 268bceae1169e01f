//! What stands in a cell: the words as shown, and the number if it is one.

use crate::table::{Percent, Row, Value, number};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Cell<'a> {
    /// The words, as every form shows them.
    pub words: String,
    /// Its number and how that is written, where the words say one number exactly.
    pub number: Option<(f64, Shape)>,
    /// The row whose count the words begin with.
    pub counted: Option<&'a Row>,
    /// There is nothing: no row, or in a table with values across a count of zero.
    pub faint: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Shape {
    /// Whole, with commas between thousands.
    Whole,
    /// With so many decimals.
    Decimals(u8),
    /// A p-value: three decimals, `<.001` below.
    P,
}

impl<'a> Cell<'a> {
    fn new(words: String, number: Option<(f64, Shape)>) -> Self {
        Self { words, number, counted: None, faint: false }
    }

    /// Returns a cell without a row.
    pub(super) fn empty() -> Self {
        Self { faint: true, ..Self::new("–".to_owned(), None) }
    }

    pub(super) fn words(words: String) -> Self {
        Self::new(words, None)
    }

    /// Returns `n of N`.
    pub(super) fn count_of(row: &'a Row) -> Self {
        Self { counted: Some(row), ..Self::new(count_of(row), None) }
    }

    /// Returns the count of a value across: its N where the head does not say it, and the percentage of what is not zero.
    pub(super) fn across(row: &'a Row, total: bool, percents: bool) -> Self {
        let mut words = if total {
            row.count()
        } else if row.missing > 0 {
            format!("{} ({} missing)", count_of(row), number(row.missing))
        } else {
            count_of(row)
        };
        // That none is 0 % needs no words in every empty cell.
        if percents
            && row.n != Some(0)
            && let Some(percent) = row.percent
        {
            words = format!("{words} ({percent}%)");
        }
        Self { counted: Some(row), faint: row.n == Some(0), ..Self::new(words, None) }
    }

    /// Returns n.
    pub(super) fn count(row: &'a Row) -> Self {
        let number = row.n.and_then(|n| Value::Count(n).number()).map(|value| (value, Shape::Whole));
        Self { counted: Some(row), ..Self::new(row.count(), number) }
    }

    /// Returns the percentage, or a dash: a long one where it would give a hidden count away.
    pub(super) fn percent(row: &Row) -> Self {
        match row.percent {
            Some(percent) => Self::new(percent.to_string(), percent_number(percent)),
            None if row.suppressed.is_some() => Self::new(Value::Hidden.shown(), None),
            None => Self::new("–".to_owned(), None),
        }
    }

    /// Returns a further value; nothing where there is none.
    pub(super) fn of_value(value: Option<&Value>) -> Self {
        let Some(value) = value else { return Self::new(String::new(), None) };
        let shape = match value {
            Value::Percent(percent) => return Self::new(value.shown(), percent_number(*percent)),
            Value::Count(_) => Shape::Whole,
            Value::Number(_, decimals) => Shape::Decimals(*decimals),
            _ => Shape::P,
        };
        Self::new(value.shown(), value.number().map(|number| (number, shape)))
    }

    /// Returns the lower (0) or upper (1) end of an interval.
    pub(super) fn end(value: Option<&Value>, at: usize) -> Self {
        match value {
            Some(Value::Interval(ends, decimals)) => {
                Self::of_value(ends.get(at).map(|end| Value::Number(*end, *decimals)).as_ref())
            }
            other => Self::of_value(other),
        }
    }
}

/// Returns `n of N`.
fn count_of(row: &Row) -> String {
    format!("{} of {}", row.count(), number(row.total))
}

/// Returns the number of a percentage that is shown as one; `<1` is not 0.
fn percent_number(percent: Percent) -> Option<(f64, Shape)> {
    let words = percent.to_string();
    let decimals = words.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let shape = Shape::Decimals(u8::try_from(decimals).unwrap_or_default());
    (!words.starts_with(['<', '>'])).then(|| (percent.value(), shape))
}
