//! Which columns a table has, in which order, and where their cells come from.

use std::collections::BTreeSet;

use super::{
    Column, Kind, Style,
    cell::Cell,
    pivot::{Across, Pivot},
};
use crate::table::{Further, Measure, Row, Table, Value, number};

/// Where a column's cells come from: a part of the row that stands at a place of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    /// Which of the line's rows.
    pub place: usize,
    /// What of it.
    pub part: Part,
}

/// A part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `n of N`.
    CountOf,
    /// The count, with its N where the head does not say it, and the percentage of what is not zero.
    Across {
        /// The head says N.
        total: bool,
        /// The table has percentages.
        percents: bool,
    },
    /// n.
    Count,
    /// N.
    Total,
    /// The percentage.
    Percent,
    /// Missing units.
    Missing,
    /// Id of the second code of a pair, where its label is not there.
    With,
    /// A measure of the row.
    Measure(Measure),
    /// Lower (0) or upper (1) end of an interval.
    End(Measure, usize),
    /// A measure of the whole line.
    Fact(Measure),
}

impl Source {
    /// Returns the cell of a line.
    pub(super) fn cell<'a>(self, rows: &[Option<&'a Row>], facts: Option<&Further>) -> Cell<'a> {
        let row = rows.get(self.place).copied().flatten();
        match (self.part, row) {
            (Part::Fact(measure), _) => Cell::of_value(facts.and_then(|facts| facts.get(measure))),
            (_, None) => Cell::empty(),
            (Part::CountOf, Some(row)) => Cell::count_of(row),
            (Part::Across { total, percents }, Some(row)) => Cell::across(row, total, percents),
            (Part::Count, Some(row)) => Cell::count(row),
            (Part::Total, Some(row)) => Cell::of_value(Some(&Value::Count(row.total))),
            (Part::Percent, Some(row)) => Cell::percent(row),
            (Part::Missing, Some(row)) => Cell::of_value(Some(&Value::Count(row.missing))),
            (Part::With, Some(row)) => Cell::words(row.with.clone().unwrap_or_default()),
            (Part::Measure(measure), Some(row)) => Cell::of_value(row.further.get(measure)),
            (Part::End(measure, at), Some(row)) => Cell::end(row.further.get(measure), at),
        }
    }
}

/// Returns the columns of a table.
pub(super) fn columns<'a>(table: &Table, pivot: &Pivot<'a>, style: Style) -> Vec<Column<'a>> {
    let rows = &table.rows;
    let percents = rows.iter().any(|row| row.percent.is_some());
    let (leading, other): (Vec<Measured>, Vec<Measured>) =
        measures(rows.iter().map(|row| &row.further)).into_iter().partition(|one| one.measure.leads());
    let mut columns = Vec::new();
    if rows.iter().any(|row| row.with.is_some()) && !leading.iter().any(|one| one.measure == Measure::With) {
        columns.push(column("with", Kind::Words, Part::With));
    }
    columns.extend(leading.iter().map(|one| column(one.measure.head(), one.kind, Part::Measure(one.measure))));
    columns.iter_mut().filter(|column| column.kind == Kind::Words).for_each(|column| column.leads = true);
    if pivot.across.is_empty() {
        columns.extend(counts(style, percents));
        if rows.iter().any(|row| row.missing > 0) {
            columns.push(column("missing", Kind::Count, Part::Missing));
        }
        columns.extend(other.iter().flat_map(|one| of_measure(one, style)));
    }
    for (place, across) in pivot.across.iter().enumerate() {
        columns.extend(under(across, place, &other, percents, style));
    }
    // A test of the whole table stands in its notes.
    let of_lines = table.tests.iter().filter(|facts| table.rows.iter().any(|row| row.id == facts.id));
    let facts = measures(of_lines.map(|facts| &facts.further));
    columns.extend(facts.into_iter().map(|one| column(one.measure.head(), one.kind, Part::Fact(one.measure))));
    columns
}

fn column<'a>(head: &str, kind: Kind, part: Part) -> Column<'a> {
    let source = Source { place: 0, part };
    Column { head: head.to_owned(), below: String::new(), kind, leads: false, value: None, source }
}

/// Returns the columns of counts in a table without values across; a percentage stands beside its n.
fn counts<'a>(style: Style, percents: bool) -> Vec<Column<'a>> {
    let mut columns = match style {
        Style::Together => vec![column("n of N", Kind::Count, Part::CountOf)],
        Style::Apart => vec![column("n", Kind::Count, Part::Count)],
    };
    columns.extend(percents.then(|| column("%", Kind::Percent, Part::Percent)));
    columns.extend((style == Style::Apart).then(|| column("N", Kind::Count, Part::Total)));
    columns
}

fn of_measure<'a>(one: &Measured, style: Style) -> Vec<Column<'a>> {
    let head = one.measure.head();
    if one.interval && style == Style::Apart {
        let end = |words: &str, at| column(&format!("{head}, {words}"), Kind::Number, Part::End(one.measure, at));
        return vec![end("lower", 0), end("upper", 1)];
    }
    vec![column(head, one.kind, Part::Measure(one.measure))]
}

/// Returns the columns under one value across.
fn under<'a>(
    across: &Across<'a>,
    place: usize,
    measures: &[Measured],
    percents: bool,
    style: Style,
) -> Vec<Column<'a>> {
    let total = across_total(across);
    let mut columns = match style {
        Style::Together => {
            let part = Part::Across { total: across.total.is_some(), percents };
            vec![Column { below: total, ..column(across.name, Kind::Count, part) }]
        }
        Style::Apart => {
            let head = if total.is_empty() { across.name.to_owned() } else { format!("{} ({total})", across.name) };
            let parts = counts(style, percents).into_iter();
            let parts = parts.filter(|column| across.total.is_none() || column.source.part != Part::Total);
            parts.map(|part| Column { head: head.clone(), below: part.head.clone(), ..part }).collect()
        }
    };
    let head = columns.first().map(|column| column.head.clone()).unwrap_or_default();
    let further = measures.iter().flat_map(|one| of_measure(one, style));
    columns.extend(further.map(|part| Column { head: head.clone(), below: part.head.clone(), ..part }));
    for column in &mut columns {
        (column.value, column.source.place) = (Some(across.name), place);
    }
    columns
}

/// Returns the N of a value and its missing units, where they hold for the whole column.
fn across_total(across: &Across<'_>) -> String {
    match across.total {
        Some((total, 0)) => format!("N = {}", number(total)),
        Some((total, missing)) => format!("N = {}, {} missing", number(total), number(missing)),
        None => String::new(),
    }
}

/// A measure and what its values are.
struct Measured {
    measure: Measure,
    kind: Kind,
    interval: bool,
}

/// Returns the measures in the order in which they first appear.
fn measures<'f>(all: impl Iterator<Item = &'f Further> + Clone) -> Vec<Measured> {
    let mut seen = BTreeSet::new();
    let values = || all.clone().flat_map(|further| &further.0);
    let first: Vec<Measure> = values().map(|(measure, _)| *measure).filter(|measure| seen.insert(*measure)).collect();
    let measured = |measure| {
        let own = || values().filter(|(other, _)| *other == measure).map(|(_, value)| value);
        let kind = own().find_map(|value| kind(measure, value)).unwrap_or(Kind::Number);
        Measured { measure, kind, interval: own().any(|value| matches!(value, Value::Interval(..))) }
    };
    first.into_iter().map(measured).collect()
}

fn kind(measure: Measure, value: &Value) -> Option<Kind> {
    match value {
        Value::Words(_) if matches!(measure, Measure::With | Measure::Test) => Some(Kind::Words),
        Value::Words(_) => Some(Kind::Prose),
        Value::Count(_) => Some(Kind::Count),
        Value::Percent(_) => Some(Kind::Percent),
        Value::Number(..) | Value::P(_) | Value::Interval(..) => Some(Kind::Number),
        Value::Undefined(_) | Value::Hidden => None,
    }
}
