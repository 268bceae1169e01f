//! How often each value of an attribute occurs, among cases or entries, whole or by the values of another.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, IntoColumn as _, IntoLazy as _, NamedFrom as _, Series, col, len};

use super::AnalysisError;
use crate::{
    corpus::PartialDate,
    table::{
        Basis, Evidence, EvidenceOf, FEW_UNITS, Further, Level, Measure, Precision, Row, Table, Unit, Value, percent,
        plural,
    },
};

/// What is asked of an attribute.
#[derive(Debug, Clone)]
pub struct AttributeQuestion<'a> {
    /// Its name.
    pub name: &'a str,
    /// What has it.
    pub unit: Unit,
    /// The values of every unit; none where nothing is known.
    pub values: &'a [Vec<String>],
    /// Another attribute that splits the units: its name, and the value of every unit that has one.
    pub by: Option<(&'a str, &'a [Option<String>])>,
    /// Percentages even below 20 units.
    pub always_percent: bool,
}

impl AttributeQuestion<'_> {
    fn column(&self, at: usize) -> Option<&str> {
        self.by.and_then(|(_, groups)| groups.get(at)?.as_deref())
    }

    fn evidence(&self, value: &str, column: Option<&str>) -> Evidence {
        let (name, value) = (self.name.to_owned(), value.to_owned());
        let of =
            if self.unit == Unit::Case { EvidenceOf::Cases(name, value) } else { EvidenceOf::Entries(name, value) };
        let split = self.by.zip(column).map(|((by, _), column)| (by.to_owned(), column.to_owned()));
        Evidence { of, unit: self.unit, counts: None, coder: None, split }
    }
}

/// The note under percentages that do not add up to 100 as they are shown.
pub const ROUNDED: &str = "Percentages may not sum to 100 because of rounding.";

/// How the note about several values of a unit begins.
pub const MULTIPLE: &str = "Multiple response:";

/// Splits a cell into its values: several are written with semicolons between them. A value that stands twice counts once.
pub fn responses(cell: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in cell.split(';').map(str::trim).filter(|value| !value.is_empty()) {
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    values
}

/// Makes the table of one attribute. Rows come by count, then in order of first sight; dates in the order of time.
///
/// Where some unit has several values the attribute is one of multiple response: percentages of units may add up to more
/// than 100, and those of responses stand beside them.
///
/// # Errors
/// Fails when polars refuses.
pub fn attribute_table(question: &AttributeQuestion<'_>) -> Result<Table, AnalysisError> {
    let columns: Vec<Option<String>> = match question.by {
        None => vec![None],
        Some((_, groups)) => groups.iter().flatten().collect::<BTreeSet<_>>().into_iter().cloned().map(Some).collect(),
    };
    let cells = counted(question)?;
    let by_place: BTreeMap<&Place, u64> = cells.iter().map(|(place, n)| (place, *n)).collect();
    let known = |at: &usize| question.values.get(*at).is_some_and(|values| !values.is_empty());
    let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
    for at in (0..question.values.len()).filter(known) {
        if question.by.is_none() || question.column(at).is_some() {
            *totals.entry(question.column(at).unwrap_or_default()).or_default() += 1;
        }
    }
    let total = (0..question.values.len()).filter(known).count() as u64;
    let missing = match question.by {
        None => question.values.len() as u64 - total,
        Some(_) => total - totals.values().sum::<u64>(),
    };
    let responses: u64 = question.values.iter().map(|values| values.len() as u64).sum();
    let several = question.values.iter().any(|values| values.len() > 1);
    let precision = Precision::for_total(totals.values().copied().min().unwrap_or(0), question.always_percent);
    let of_responses = several && question.by.is_none();
    let mut rows = Vec::new();
    for value in ordered(&cells) {
        for column in &columns {
            let key = (value.clone(), column.clone().unwrap_or_default());
            let n = by_place.get(&key).copied().unwrap_or_default();
            let of = totals.get(key.1.as_str()).copied().unwrap_or_default();
            let mut row = row(question, &key.0, column.as_deref(), (n, of, missing), precision);
            if let Some(share) = percent(n, responses, precision).filter(|_| of_responses) {
                row.further = Further(vec![(Measure::OfResponses, Value::Percent(share))]);
            }
            rows.push(row);
        }
    }
    let notes = notes(question, &rows, (total, missing), several.then_some(responses));
    let by = question.by.map(|(by, _)| ("by".to_owned(), by.to_owned()));
    let response = if several { "multiple" } else { "single" };
    Ok(Table {
        table: format!("attribute {}", question.name),
        title: String::new(),
        unit: question.unit,
        counts: None,
        coder: None,
        total,
        basis: Basis::default(),
        parameters: [
            ("attribute".to_owned(), question.name.to_owned()),
            ("of".to_owned(), question.unit.word(2).to_owned()),
            ("response".to_owned(), response.to_owned()),
        ]
        .into_iter()
        .chain(by)
        .collect(),
        notes,
        rows,
        tests: Vec::new(),
    })
}

fn row(
    question: &AttributeQuestion<'_>,
    value: &str,
    column: Option<&str>,
    (n, total, missing): (u64, u64, u64),
    precision: Precision,
) -> Row {
    let evidence = question.evidence(value, column);
    let named = (value.to_owned(), value.to_owned());
    let row = Row::of(Level::Value, named, question.unit, (n, total), &evidence);
    Row { column: column.map(str::to_owned), missing, ..row.share(percent(n, total, precision), FEW_UNITS) }
}

fn notes(
    question: &AttributeQuestion<'_>,
    rows: &[Row],
    (total, missing): (u64, u64),
    responses: Option<u64>,
) -> Vec<String> {
    let mut notes = Vec::new();
    let units = question.unit.word(total);
    match responses {
        Some(responses) => {
            let of_responses = match question.by {
                None => "; those of responses add up to 100 apart from rounding",
                Some(_) => "",
            };
            notes.push(format!(
                "{MULTIPLE} {total} {units} gave {responses} {}. Percentages are of {}, and may add up to more than 100{of_responses}.",
                plural(responses, "response", "responses"),
                question.unit.word(2)
            ));
        }
        None => notes.extend(uneven(rows)),
    }
    let without_value = question.values.len() as u64 - total;
    if question.by.is_some() && without_value > 0 {
        let are = plural(without_value, "is", "are");
        notes.push(format!(
            "{without_value} {} without {} {are} not in N.",
            question.unit.word(without_value),
            question.name
        ));
    }
    if missing > 0 {
        let without = match question.by {
            None => "without a value".to_owned(),
            Some((by, _)) => format!("without {by}"),
        };
        let place = if question.by.is_some() { "in the columns" } else { "in N" };
        notes.push(format!(
            "{missing} {} {without} {} not {place}.",
            question.unit.word(missing),
            plural(missing, "is", "are")
        ));
    }
    notes
}

/// Says so when the percentages of a column, as they are shown, do not add up to 100.
fn uneven(rows: &[Row]) -> Option<String> {
    let mut columns: BTreeMap<Option<&str>, f64> = BTreeMap::new();
    for row in rows {
        if let Some(percent) = row.percent {
            *columns.entry(row.column.as_deref()).or_default() += (percent.value() * 10.0).round();
        }
    }
    let uneven = columns.values().any(|tenths| (tenths - 1000.0).abs() > 0.5);
    uneven.then(|| ROUNDED.to_owned())
}

/// A value with its column.
type Place = (String, String);

/// Counts each value in each column, in order of first sight.
fn counted(question: &AttributeQuestion<'_>) -> Result<Vec<(Place, u64)>, AnalysisError> {
    let (mut values, mut columns) = (Vec::new(), Vec::new());
    for (at, of_unit) in question.values.iter().enumerate() {
        let column = question.column(at);
        if question.by.is_some() && column.is_none() {
            continue;
        }
        values.extend(of_unit.iter().map(String::as_str));
        columns.extend(of_unit.iter().map(|_| column.unwrap_or_default()));
    }
    let height = values.len();
    if height == 0 {
        return Ok(Vec::new());
    }
    let column = |name: &str, texts: Vec<&str>| Series::new(name.into(), texts).into_column();
    let frame = DataFrame::new(height, vec![column("value", values), column("column", columns)])?;
    let counted = frame.lazy().group_by_stable([col("value"), col("column")]).agg([len().alias("n")]).collect()?;
    let counts = counted.column("n")?.cast(&polars::prelude::DataType::UInt64)?;
    let texts = |name: &str| -> Result<Vec<String>, AnalysisError> {
        Ok(counted.column(name)?.str()?.iter().map(|text| text.unwrap_or_default().to_owned()).collect())
    };
    let places = texts("value")?.into_iter().zip(texts("column")?);
    Ok(places.zip(counts.u64()?.into_no_null_iter()).collect())
}

/// Returns the values in the order of the table.
fn ordered(cells: &[(Place, u64)]) -> Vec<String> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut named: Vec<(String, u64)> = Vec::new();
    for ((value, _), n) in cells {
        let at = *places.entry(value).or_insert(named.len());
        match named.get_mut(at) {
            Some((_, sum)) => *sum += n,
            None => named.push((value.clone(), *n)),
        }
    }
    in_order(&mut named);
    named.into_iter().map(|(value, _)| value).collect()
}

/// Sorts values by count, dates by time; where dates have no year, the order of the corpus is the best that is known.
fn in_order(named: &mut [(String, u64)]) {
    let dates: Option<Vec<PartialDate>> = named.iter().map(|(value, _)| PartialDate::parse(value)).collect();
    match dates {
        None => named.sort_by_key(|(_, n)| std::cmp::Reverse(*n)),
        Some(dates) if dates.iter().all(|date| date.year.is_some()) => {
            named.sort_by_key(|(value, _)| PartialDate::parse(value));
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[&str], by: Option<&[Option<String>]>) -> Table {
        let values: Vec<Vec<String>> = cells.iter().map(|cell| responses(cell)).collect();
        let by = by.map(|groups| ("language", groups));
        let question = AttributeQuestion { name: "need", unit: Unit::Case, values: &values, by, always_percent: false };
        attribute_table(&question).unwrap()
    }

    fn shown(table: &Table) -> Vec<String> {
        let row = |row: &Row| {
            let column = row.column.as_deref().unwrap_or_default();
            format!(
                "{} {column} {}/{} {:?}",
                row.id,
                row.count(),
                row.total,
                row.further.get(Measure::OfResponses).map(Value::shown)
            )
        };
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn several_values_in_one_cell_are_several_responses_of_one_unit() {
        let mut cells = vec!["visa; asylum", "asylum", "asylum; asylum", ""];
        cells.resize(21, "work");
        let table = table(&cells, None);
        assert_eq!(
            shown(&table),
            [r#"work  17/20 Some("81")"#, r#"asylum  3/20 Some("14")"#, r#"visa  1/20 Some("5")"#,]
        );
        assert_eq!(table.parameters.get("response").map(String::as_str), Some("multiple"));
        assert!(table.notes[0].starts_with("Multiple response: 20 cases gave 21 responses."), "{:?}", table.notes);
        assert!(table.notes[1].starts_with("1 case without a value is not in N."), "{:?}", table.notes);
    }

    #[test]
    fn one_value_a_unit_is_single_response() {
        let table = table(&["a", "b", "a"], None);
        assert_eq!(table.parameters.get("response").map(String::as_str), Some("single"));
        assert_eq!(shown(&table), ["a  2/3 None", "b  1/3 None"]);
    }

    #[test]
    fn another_attribute_makes_columns_with_an_n_of_their_own() {
        let groups = ["es", "ht", "es"].map(|group| Some(group.to_owned()));
        let mut groups = groups.to_vec();
        groups.push(None);
        let table = table(&["a", "b", "a", "a"], Some(&groups));
        assert_eq!(shown(&table), ["a es 2/2 None", "a ht 0/1 None", "b es 0/2 None", "b ht 1/1 None"]);
        assert_eq!((table.total, table.rows[0].missing), (4, 1));
    }
}
