//! A table as typed columns, one row a count: the long shape for programs, shared by CSV and Parquet.

use std::collections::BTreeSet;

use super::{Further, Measure, Row, Table, Value};

/// One column of the long shape.
#[derive(Debug, Clone, PartialEq)]
pub struct LongColumn {
    /// Its key; unique in a table, the same as in JSON.
    pub name: String,
    /// One value a row.
    pub cells: LongCells,
}

/// The values of a column; `None` is an empty cell.
#[derive(Debug, Clone, PartialEq)]
pub enum LongCells {
    /// Words.
    Words(Vec<Option<String>>),
    /// Counts.
    Counts(Vec<Option<u64>>),
    /// Other numbers; percentages are rounded as in the table.
    Numbers(Vec<Option<f64>>),
}

/// Returns a table's columns, the usual ones first, then `KEY` of each measure with `KEY_reason` where one is undefined.
///
/// An interval is two columns, `KEY_low` and `KEY_high`. What is known of whole lines (`tests`) stands in each row of
/// the line, under `line_KEY` where rows have the key too.
pub fn long(table: &Table) -> Vec<LongColumn> {
    let rows = &table.rows;
    let mut columns = names(rows);
    columns.push(counts("n", rows, |row| row.n));
    columns.push(counts("N", rows, |row| Some(row.total)));
    columns.push(counts("missing", rows, |row| Some(row.missing)));
    columns.push(LongColumn {
        name: "percent".to_owned(),
        cells: LongCells::Numbers(rows.iter().map(|row| row.percent.map(|percent| percent.value())).collect()),
    });
    columns.push(words("percent_reason", rows, |row| row.percent_reason.as_deref()));
    if rows.iter().any(|row| row.suppressed.is_some()) {
        columns.push(words("suppressed", rows, |row| row.suppressed.map(|suppressed| suppressed.word())));
    }
    columns.push(words("unit", rows, |row| Some(row.unit.word(1))));
    columns.push(words("evidence", rows, |row| Some(&row.evidence)));
    let further: Vec<Option<&Further>> = rows.iter().map(|row| Some(&row.further)).collect();
    measured(&further, &mut columns);
    let fact = |row: &Row| table.tests.iter().find(|facts| facts.id == row.id).map(|facts| &facts.further);
    measured(&rows.iter().map(fact).collect::<Vec<_>>(), &mut columns);
    columns
}

/// Returns the columns that say what a row is.
fn names(rows: &[Row]) -> Vec<LongColumn> {
    let mut columns = vec![
        words("id", rows, |row| Some(&row.id)),
        words("label", rows, |row| Some(&row.label)),
        words("level", rows, |row| Some(row.level.word())),
        words("parent", rows, |row| row.parent.as_deref()),
    ];
    let some = |value: fn(&Row) -> Option<&str>| rows.iter().any(|row| value(row).is_some());
    for (name, value) in [
        ("column", (|row| row.column.as_deref()) as fn(&Row) -> Option<&str>),
        ("month", |row| row.month.as_deref()),
        ("with", |row| row.with.as_deref()),
    ] {
        columns.extend(some(value).then(|| words(name, rows, value)));
    }
    columns
}

fn words<'a>(name: &str, rows: &'a [Row], value: impl Fn(&'a Row) -> Option<&'a str>) -> LongColumn {
    let cells = rows.iter().map(|row| value(row).map(str::to_owned)).collect();
    LongColumn { name: name.to_owned(), cells: LongCells::Words(cells) }
}

fn counts(name: &str, rows: &[Row], value: impl Fn(&Row) -> Option<u64>) -> LongColumn {
    LongColumn { name: name.to_owned(), cells: LongCells::Counts(rows.iter().map(value).collect()) }
}

/// Adds the columns of all measures, in the order in which they first appear.
fn measured(further: &[Option<&Further>], columns: &mut Vec<LongColumn>) {
    let mut seen = BTreeSet::new();
    let all = further.iter().copied().flatten().flat_map(|further| &further.0);
    let measures: Vec<Measure> = all.map(|(measure, _)| *measure).filter(|measure| seen.insert(*measure)).collect();
    for measure in measures {
        let values: Vec<Option<&Value>> =
            further.iter().map(|further| further.and_then(|further| further.get(measure))).collect();
        let taken =
            columns.iter().any(|column| column.name.strip_suffix("_low").unwrap_or(&column.name) == measure.key());
        let key = if taken { format!("line_{}", measure.key()) } else { measure.key().to_owned() };
        columns.extend(of_measure(&key, &values));
    }
}

fn of_measure(key: &str, values: &[Option<&Value>]) -> Vec<LongColumn> {
    let present = || values.iter().flatten();
    let column = |name: String, cells| LongColumn { name, cells };
    let end = |at: usize| {
        let end = |value: &Option<&Value>| match value {
            Some(Value::Interval(ends, _)) => ends.get(at).copied(),
            _ => None,
        };
        LongCells::Numbers(values.iter().map(end).collect())
    };
    let mut columns = if present().any(|value| matches!(value, Value::Interval(..))) {
        vec![column(format!("{key}_low"), end(0)), column(format!("{key}_high"), end(1))]
    } else if present().any(|value| matches!(value, Value::Words(_))) {
        let shown = |value: &Option<&Value>| value.filter(|value| is_defined(value)).map(Value::shown);
        vec![column(key.to_owned(), LongCells::Words(values.iter().map(shown).collect()))]
    } else if let Some(counts) = counts_only(values) {
        vec![column(key.to_owned(), LongCells::Counts(counts))]
    } else {
        let number = |value: &Option<&Value>| value.and_then(Value::number);
        vec![column(key.to_owned(), LongCells::Numbers(values.iter().map(number).collect()))]
    };
    if present().any(|value| value.reason().is_some()) {
        let reason = |value: &Option<&Value>| value.and_then(Value::reason).map(str::to_owned);
        columns.push(column(format!("{key}_reason"), LongCells::Words(values.iter().map(reason).collect())));
    }
    columns
}

fn is_defined(value: &Value) -> bool {
    !matches!(value, Value::Undefined(_) | Value::Hidden)
}

/// Returns the counts when all that is defined is one, and some is.
fn counts_only(values: &[Option<&Value>]) -> Option<Vec<Option<u64>>> {
    let count = |value: &Option<&Value>| match value {
        Some(Value::Count(n)) => Some(Some(*n)),
        Some(Value::Undefined(_) | Value::Hidden) | None => Some(None),
        Some(_) => None,
    };
    let counts = values.iter().map(count).collect::<Option<Vec<_>>>()?;
    counts.iter().any(Option::is_some).then_some(counts)
}
