//! Small tables for the tests of the formats.

use std::collections::BTreeMap;

use crate::table::{Counts, Further, Level, Precision, Row, Table, Unit, percent};

/// Returns a row without a percentage.
pub(in crate::report) fn row(level: Level, id: &str, label: &str, parent: Option<&str>, n: u64, total: u64) -> Row {
    let word = match level {
        Level::Theme => "theme",
        Level::Code => "code",
        Level::Value => "value",
    };
    Row {
        id: id.to_owned(),
        label: label.to_owned(),
        level,
        parent: parent.map(str::to_owned),
        column: None,
        month: None,
        with: None,
        n: Some(n),
        total,
        missing: 0,
        percent: None,
        percent_reason: Some("fewer than 20 entries".to_owned()),
        unit: Unit::Entry,
        evidence: format!("entry/{word}:{id}"),
        suppressed: None,
        further: Further::default(),
    }
}

/// Returns a table of two themes and their codes in 14 entries.
pub(in crate::report) fn frequency() -> Table {
    let health = "Immigration status is a social determinant of health";
    Table {
        table: "frequency".to_owned(),
        title: "Themes and codes by entries".to_owned(),
        unit: Unit::Entry,
        counts: Some(Counts::All),
        coder: Some("any".to_owned()),
        total: 14,
        parameters: BTreeMap::from([("unit".to_owned(), "entry".to_owned())]),
        notes: vec!["A theme counts an entry once, however many of its codes are there.".to_owned()],
        rows: vec![
            row(Level::Theme, "health", health, None, 12, 14),
            row(Level::Code, "language-barrier", "Language barrier", Some("health"), 9, 14),
            row(Level::Code, "interpreter", "Interpreter missing", Some("language-barrier"), 4, 14),
            row(Level::Theme, "trust", "Trust", None, 0, 14),
        ],
        tests: Vec::new(),
    }
}

/// Returns a table of two codes by the section where they stand, one of them with a percentage.
pub(in crate::report) fn crosstab() -> Table {
    let mut table = frequency();
    table.table = "crosstab section".to_owned();
    table.title = "Codes by section".to_owned();
    table.rows = Vec::new();
    for (id, label, counts) in [("fear", "Fear of being seen", [7, 31]), ("housing", "Housing", [0, 12])] {
        for ((column, total), n) in [("Greatest success", 14), ("Greatest challenge", 40)].into_iter().zip(counts) {
            let mut cell = row(Level::Code, id, label, None, n, total);
            cell.column = Some(column.to_owned());
            cell.percent = percent(n, total, Precision::for_total(total, false));
            cell.percent_reason = cell.percent.is_none().then(|| "fewer than 20 entries".to_owned());
            cell.evidence = format!("entry/code:{id}/section:{column}");
            table.rows.push(cell);
        }
    }
    table
}
