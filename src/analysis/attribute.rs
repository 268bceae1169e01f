//! How often each value of an attribute occurs, among cases or entries.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, IntoColumn as _, IntoLazy as _, NamedFrom as _, Series, col, len};

use super::AnalysisError;
use crate::corpus::PartialDate;
use crate::table::{Evidence, EvidenceOf, Further, Level, Precision, Row, Table, Unit, percent, plural};

/// Makes the table of one attribute from the value of every unit, `None` where it is not known. Rows come by count, then in order of first sight; dates in the order of time.
///
/// # Errors
/// Fails when polars refuses.
pub fn attribute_table(
    name: &str,
    unit: Unit,
    values: &[Option<String>],
    always_percent: bool,
) -> Result<Table, AnalysisError> {
    let named = counted(values)?;
    let total: u64 = named.iter().map(|(_, n)| n).sum();
    let precision = Precision::for_total(total, always_percent);
    let missing = values.iter().filter(|value| value.is_none()).count() as u64;
    let row = |(value, n): (String, u64)| {
        let share = percent(n, total, precision);
        let of = if unit == Unit::Case {
            EvidenceOf::Cases(name.to_owned(), value.clone())
        } else {
            EvidenceOf::Entries(name.to_owned(), value.clone())
        };
        Row {
            id: value.clone(),
            label: value,
            level: Level::Value,
            parent: None,
            column: None,
            month: None,
            with: None,
            n: Some(n),
            total,
            missing,
            percent: share,
            percent_reason: share
                .is_none()
                .then(|| "fewer than 20 units: one of them would be more than 5 %".to_owned()),
            unit,
            evidence: Evidence { of, unit, counts: None, coder: None, split: None }.to_string(),
            suppressed: None,
            further: Further::default(),
        }
    };
    let rows: Vec<Row> = named.into_iter().map(row).collect();
    let shown: f64 = rows.iter().filter_map(|row| row.percent).map(|percent| (percent.value() * 10.0).round()).sum();
    let mut notes = Vec::new();
    if precision != Precision::None && (shown - 1000.0).abs() > 0.5 && !rows.is_empty() {
        notes.push("Percentages may not sum to 100 because of rounding.".to_owned());
    }
    if missing > 0 {
        notes.push(format!(
            "{missing} {} without a value {} not in N.",
            unit.word(missing),
            plural(missing, "is", "are")
        ));
    }
    Ok(Table {
        table: format!("attribute {name}"),
        title: String::new(),
        unit,
        counts: None,
        coder: None,
        total,
        parameters: BTreeMap::from([
            ("attribute".to_owned(), name.to_owned()),
            ("of".to_owned(), unit.word(2).to_owned()),
        ]),
        notes,
        rows,
        tests: Vec::new(),
    })
}

/// Counts each value, in the order of the table.
fn counted(values: &[Option<String>]) -> Result<Vec<(String, u64)>, AnalysisError> {
    let texts: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
    let frame = DataFrame::new(texts.len(), vec![Series::new("value".into(), texts).into_column()])?;
    let counted = frame.lazy().drop_nulls(None).group_by_stable([col("value")]).agg([len().alias("n")]).collect()?;
    let counts = counted.column("n")?.cast(&polars::prelude::DataType::UInt64)?;
    let named = counted.column("value")?.str()?.iter().flatten().zip(counts.u64()?.into_no_null_iter());
    let mut named: Vec<(String, u64)> = named.map(|(value, n)| (value.to_owned(), n)).collect();
    in_order(&mut named);
    Ok(named)
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
