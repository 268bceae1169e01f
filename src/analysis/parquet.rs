//! A table as Parquet: its long shape, typed, with the words around it as the file's own facts.

use std::io::Cursor;

use polars::prelude::{DataFrame, IntoColumn as _, NamedFrom as _, Series};
use polars_io::parquet::write::{KeyValueMetadata, ParquetCompression, ParquetWriter};

use super::AnalysisError;
use crate::table::{LongCells, LongColumn, Table, long};

/// Writes a table's rows as Parquet: words as strings, counts as unsigned integers, other numbers as doubles; what is
/// undefined or hidden is null.
///
/// The file's key-value metadata holds `themata.table`, `themata.title`, `themata.unit`, `themata.counts`,
/// `themata.coder`, `themata.N`, `themata.parameters` (JSON), and `themata.notes` (a JSON list).
///
/// # Errors
/// Fails when polars refuses the columns.
pub fn parquet_of(table: &Table) -> Result<Vec<u8>, AnalysisError> {
    let columns = long(table).into_iter().map(series).map(Series::into_column).collect();
    let mut frame = DataFrame::new(table.rows.len(), columns)?;
    let mut file = Cursor::new(Vec::new());
    ParquetWriter::new(&mut file)
        .with_compression(ParquetCompression::Uncompressed)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(facts(table))))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(file.into_inner())
}

fn series(column: LongColumn) -> Series {
    let name = column.name.into();
    match column.cells {
        LongCells::Words(words) => Series::new(name, words),
        LongCells::Counts(counts) => Series::new(name, counts),
        LongCells::Numbers(numbers) => Series::new(name, numbers),
    }
}

/// Returns what stands around the rows.
fn facts(table: &Table) -> Vec<(String, String)> {
    // Texts always serialise.
    let notes = serde_json::to_string(&table.notes).unwrap_or_default();
    let parameters = serde_json::to_string(&table.parameters).unwrap_or_default();
    let facts = [
        ("table", Some(table.table.clone())),
        ("title", Some(table.title.clone())),
        ("unit", Some(table.unit.word(1).to_owned())),
        ("counts", table.counts.map(|counts| counts.word().to_owned())),
        ("coder", table.coder.clone()),
        ("N", Some(table.total.to_string())),
        ("parameters", Some(parameters)),
        ("notes", Some(notes)),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((format!("themata.{name}"), value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Basis, Further, Level, Measure, Precision, Row, Suppressed, Unit, Value, percent};
    use polars::prelude::AnyValue;
    use polars_io::{SerReader as _, parquet::read::ParquetReader};
    use std::collections::BTreeMap;

    fn row(id: &str, n: Option<u64>, jaccard: Value) -> Row {
        let percent = n.and_then(|n| percent(n, 200, Precision::Tenth));
        Row {
            id: id.to_owned(),
            label: id.to_uppercase(),
            level: Level::Code,
            parent: None,
            column: None,
            month: None,
            with: Some("b".to_owned()),
            n,
            total: 200,
            missing: 0,
            percent,
            percent_reason: None,
            unit: Unit::Entry,
            evidence: format!("code={id}"),
            suppressed: n.is_none().then_some(Suppressed::Primary(11)),
            further: Further(vec![(Measure::Jaccard, jaccard), (Measure::First, Value::Count(7))]),
        }
    }

    fn table() -> Table {
        Table {
            table: "pairs".to_owned(),
            title: "Pairs".to_owned(),
            unit: Unit::Entry,
            counts: None,
            coder: None,
            total: 200,
            basis: Basis::default(),
            parameters: BTreeMap::new(),
            notes: vec!["A \"note\".".to_owned()],
            rows: vec![
                row("a", Some(21), Value::Number(0.5, 2)),
                row("c", None, Value::Undefined("neither code is used".to_owned())),
            ],
            tests: Vec::new(),
        }
    }

    #[test]
    fn columns_are_typed_and_what_is_undefined_is_null() {
        let bytes = parquet_of(&table()).unwrap();
        let frame = ParquetReader::new(Cursor::new(&bytes)).finish().unwrap();
        let value = |name: &str, at: usize| frame.column(name).unwrap().get(at).unwrap();
        assert_eq!((value("n", 0), value("n", 1)), (AnyValue::UInt64(21), AnyValue::Null));
        assert_eq!((value("percent", 0), value("jaccard", 1)), (AnyValue::Float64(10.5), AnyValue::Null));
        let reason = value("jaccard_reason", 1);
        assert_eq!(reason.get_str(), Some("neither code is used"));
        let schema: Vec<String> = frame.schema().iter().map(|(name, kind)| format!("{name} {kind}")).collect();
        insta::assert_snapshot!(schema.join(", "), @"id str, label str, level str, parent str, with str, n u64, N u64, missing u64, percent f64, percent_reason str, suppressed str, unit str, evidence str, jaccard f64, jaccard_reason str, n_a u64");
    }

    #[test]
    fn the_words_around_the_table_are_in_the_file_and_the_bytes_are_the_same_twice() {
        let bytes = parquet_of(&table()).unwrap();
        assert_eq!(bytes, parquet_of(&table()).unwrap());
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("themata.notes") && text.contains(r#"["A \"note\"."]"#));
    }

    #[test]
    fn a_table_without_rows_is_a_file_too() {
        let bytes = parquet_of(&Table { rows: Vec::new(), ..table() }).unwrap();
        assert_eq!(ParquetReader::new(Cursor::new(bytes)).finish().unwrap().height(), 0);
    }
}
