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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Basis, Level, LineFacts, Unit};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn row(id: &str, further: Vec<(Measure, Value)>) -> Row {
        Row {
            id: id.to_owned(),
            label: id.to_owned(),
            level: Level::Code,
            parent: None,
            column: None,
            month: None,
            with: None,
            n: Some(1),
            total: 2,
            missing: 0,
            percent: None,
            percent_reason: None,
            unit: Unit::Entry,
            evidence: String::new(),
            suppressed: None,
            further: Further(further),
        }
    }

    fn table(rows: Vec<Row>, tests: Vec<LineFacts>) -> Table {
        Table {
            table: "t".to_owned(),
            title: String::new(),
            unit: Unit::Entry,
            counts: None,
            coder: None,
            total: 2,
            basis: Basis::default(),
            parameters: BTreeMap::new(),
            notes: Vec::new(),
            rows,
            tests,
        }
    }

    fn column(table: &Table, name: &str) -> Option<LongCells> {
        long(table).into_iter().find(|column| column.name == name).map(|column| column.cells)
    }

    #[test]
    fn the_type_of_a_column_is_that_of_its_values() {
        let undefined = || Value::Undefined("why".to_owned());
        let table = table(
            vec![
                row("a", vec![(Measure::First, Value::Count(7)), (Measure::P, undefined())]),
                row("b", vec![(Measure::First, Value::Hidden), (Measure::P, Value::P(0.25))]),
                row("c", vec![(Measure::Codes, Value::Words("x".to_owned()))]),
            ],
            Vec::new(),
        );
        assert_eq!(column(&table, "n_a"), Some(LongCells::Counts(vec![Some(7), None, None])));
        assert_eq!(column(&table, "p"), Some(LongCells::Numbers(vec![None, Some(0.25), None])));
        assert_eq!(column(&table, "p_reason"), Some(LongCells::Words(vec![Some("why".to_owned()), None, None])));
        assert_eq!(column(&table, "codes"), Some(LongCells::Words(vec![None, None, Some("x".to_owned())])));
        assert_eq!(column(&table, "n_a_reason"), None);
    }

    #[test]
    fn facts_of_a_line_stand_in_its_rows_beside_those_of_the_row() {
        let ends = |low, high| (Measure::Interval, Value::Interval([low, high], 1));
        let p = (Measure::P, Value::P(0.5));
        let tests = vec![LineFacts { id: "a".to_owned(), further: Further(vec![ends(1.0, 2.0), p.clone()]) }];
        let table = table(vec![row("a", vec![ends(3.0, 4.0)]), row("a", vec![p]), row("b", Vec::new())], tests);
        assert_eq!(column(&table, "ci_low"), Some(LongCells::Numbers(vec![Some(3.0), None, None])));
        assert_eq!(column(&table, "line_ci_high"), Some(LongCells::Numbers(vec![Some(2.0), Some(2.0), None])));
        assert_eq!(column(&table, "line_p"), Some(LongCells::Numbers(vec![Some(0.5), Some(0.5), None])));
    }

    fn value() -> impl Strategy<Value = (Measure, Value)> {
        let measure = prop::sample::select(vec![Measure::With, Measure::Interval, Measure::P, Measure::Jaccard]);
        let value = prop_oneof![
            Just(Value::Hidden),
            Just(Value::Undefined("why".to_owned())),
            any::<u64>().prop_map(Value::Count),
            (0.0..1.0).prop_map(Value::P),
            Just(Value::Interval([0.0, 1.0], 1)),
            Just(Value::Words("w".to_owned())),
        ];
        (measure, value)
    }

    proptest! {
        #[test]
        fn columns_have_names_of_their_own_and_a_cell_a_row(
            rows in prop::collection::vec(prop::collection::vec(value(), 0..4), 0..5),
            facts in prop::collection::vec(value(), 0..4),
        ) {
            let rows: Vec<Row> = rows.into_iter().map(|further| row("a", further)).collect();
            let height = rows.len();
            let columns = long(&table(rows, vec![LineFacts { id: "a".to_owned(), further: Further(facts) }]));
            let names: BTreeSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            prop_assert_eq!(names.len(), columns.len());
            for column in &columns {
                let cells = match &column.cells {
                    LongCells::Words(cells) => cells.len(),
                    LongCells::Counts(cells) => cells.len(),
                    LongCells::Numbers(cells) => cells.len(),
                };
                prop_assert_eq!(cells, height);
            }
        }
    }
}
