//! Small tables for the tests of the formats.

use std::collections::BTreeMap;

use crate::table::{
    Basis, Counts, Further, Level, LineFacts, Measure, Precision, Row, Suppressed, Table, Unit, Value, percent,
};

/// Returns a row without a percentage.
pub(in crate::report) fn row(level: Level, id: &str, label: &str, parent: Option<&str>, n: u64, total: u64) -> Row {
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
        evidence: format!("entry/{}:{id}", level.word()),
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
        basis: Basis::default(),
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

/// Returns three needs of 271 cases with an interval each, one of them more than nothing and less than a tenth.
pub(in crate::report) fn measured() -> Table {
    let mut table = frequency();
    (table.table, table.title, table.total) = ("attribute need".to_owned(), "Needs of cases".to_owned(), 2710);
    (table.unit, table.counts, table.coder) = (Unit::Case, None, None);
    let needs = [("Naturalization", 950, [33.3, 36.9]), ("Asylum", 1_570, [56.1, 59.8]), ("Other", 1, [0.0, 0.2])];
    let row = |(need, n, ends): (&str, u64, [f64; 2])| Row {
        unit: Unit::Case,
        missing: 5,
        percent: percent(n, 2710, Precision::Tenth),
        percent_reason: None,
        further: Further(vec![(Measure::Interval, Value::Interval(ends, 1))]),
        ..row(Level::Value, need, need, None, n, 2710)
    };
    table.rows = needs.into_iter().map(row).collect();
    table
}

/// Returns pairs of codes, of which one is never used.
pub(in crate::report) fn pairs() -> Table {
    let mut table = frequency();
    (table.table, table.title) = ("cooccurrence".to_owned(), "Codes in the same entry".to_owned());
    let pair = |id: &str, with: &str, n: u64, jaccard: Value| Row {
        with: Some(with.to_lowercase()),
        parent: Some("health".to_owned()),
        further: Further(vec![
            (Measure::With, Value::Words(with.to_owned())),
            (Measure::First, Value::Count(9)),
            (Measure::Second, Value::Count(5)),
            (Measure::Jaccard, jaccard),
        ]),
        ..row(Level::Code, &id.to_lowercase(), id, None, n, 14)
    };
    let undefined = Value::Undefined("neither code is used".to_owned());
    table.rows = vec![
        pair("Fear", "Housing", 4, Value::Number(0.4, 2)),
        pair("Fear", "Trust", 2, Value::Number(0.125, 2)),
        pair("Housing", "Trust", 0, undefined),
    ];
    table
}

/// Returns a table of cases with one small count hidden, and another that would give it away.
pub(in crate::report) fn hidden() -> Table {
    let mut table = measured();
    for (row, why) in table.rows.iter_mut().rev().zip([Suppressed::Primary(11), Suppressed::Complementary]) {
        (row.n, row.percent, row.suppressed) = (None, None, Some(why));
        row.further = Further(vec![(Measure::Interval, Value::Hidden)]);
    }
    table.notes = vec!["Counts from 1 to 10 are hidden.".to_owned()];
    table
}

/// Returns the table by section with a test of each line, one of which is not defined.
pub(in crate::report) fn tested() -> Table {
    let mut table = crosstab();
    let undefined = || Value::Undefined("a column has no units".to_owned());
    let facts = |id: &str, further: [Value; 2]| {
        let [p, v] = further;
        let test = Value::Words("Fisher's exact".to_owned());
        let further = vec![(Measure::Test, test), (Measure::P, p), (Measure::CramersV, v)];
        LineFacts { id: id.to_owned(), further: Further(further) }
    };
    table.tests =
        vec![facts("fear", [Value::P(0.0002), Value::Number(0.31, 2)]), facts("housing", [undefined(), undefined()])];
    table
}

/// Returns themes with what they mean, a passage that shows them, and one that goes against them.
pub(in crate::report) fn overview() -> Table {
    let mut table = frequency();
    (table.table, table.title) = ("overview".to_owned(), "Themes at a glance".to_owned());
    table.rows.retain(|row| row.level == Level::Theme);
    for row in &mut table.rows {
        let words = |words: &str| Value::Words(words.to_owned());
        row.further = Further(vec![
            (
                Measure::Definition,
                words("The papers that a family has decide whether its members dare to see a doctor at all."),
            ),
            (
                Measure::Quote,
                words(
                    "She said that she would rather live with the pain than give her name at the desk. (Navigator, March 2018)",
                ),
            ),
            (
                Measure::CounterExample,
                if row.id == "trust" {
                    Value::Undefined("none was found".to_owned())
                } else {
                    words("He came every month and never asked.")
                },
            ),
        ]);
    }
    table
}

/// Returns every kind of table.
pub(in crate::report) fn all() -> Vec<(&'static str, Table)> {
    vec![
        ("frequency", frequency()),
        ("crosstab", crosstab()),
        ("measured", measured()),
        ("pairs", pairs()),
        ("hidden", hidden()),
        ("tested", tested()),
        ("overview", overview()),
    ]
}

/// Returns every kind of table with the same words in all its places for words.
pub(in crate::report) fn hostile(words: &str) -> Vec<(&'static str, Table)> {
    let mut tables = all();
    for (_, table) in &mut tables {
        (table.title, table.coder) = (words.to_owned(), Some(words.to_owned()));
        table.notes = vec![words.to_owned()];
        let further = table.rows.iter_mut().map(|row| {
            (row.label, row.evidence) = (words.to_owned(), words.to_owned());
            row.column = row.column.as_ref().map(|column| format!("{words}{column}"));
            row.percent_reason = row.percent_reason.as_ref().map(|_| words.to_owned());
            &mut row.further
        });
        let further = further.chain(table.tests.iter_mut().map(|facts| &mut facts.further));
        for (_, value) in further.flat_map(|further| &mut further.0) {
            match value {
                Value::Words(own) | Value::Undefined(own) => *own = words.to_owned(),
                _ => {}
            }
        }
    }
    tables
}
