//! Rows with a bar, or a cell, for every value of an attribute.

use std::collections::BTreeMap;

use super::{depth, subtitle};
use crate::{
    report::chart::{Category, Cell, GroupBar, GroupedBars, HeatMap, Width},
    table::{Level, Row, Table, Unit, number},
};

/// Returns the values across, in order, each with its N.
pub(super) fn columns(table: &Table) -> Vec<(&str, u64)> {
    let mut columns: Vec<(&str, u64)> = Vec::new();
    for row in &table.rows {
        let Some(column) = row.column.as_deref() else { continue };
        if !columns.iter().any(|(known, _)| *known == column) {
            columns.push((column, row.total));
        }
    }
    columns
}

/// Returns the rows of every line, in order.
fn lines(table: &Table) -> Vec<Vec<&Row>> {
    let mut places: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    let mut lines: Vec<Vec<&Row>> = Vec::new();
    for row in &table.rows {
        let at = *places.entry((row.level, &row.id)).or_insert_with(|| {
            lines.push(Vec::new());
            lines.len() - 1
        });
        if let Some(line) = lines.get_mut(at) {
            line.push(row);
        }
    }
    lines
}

fn heads(table: &Table) -> Vec<String> {
    columns(table).into_iter().map(|(column, total)| format!("{column} (N = {})", number(total))).collect()
}

pub(super) fn grouped(table: &Table, width: Width) -> GroupedBars {
    let themes = table.rows.iter().any(|row| row.level == Level::Theme);
    let percents = table.rows.iter().any(|row| row.percent.is_some());
    // Groups differ in size: their bars are shares, as percentages where these may be shown.
    let whole = if percents { 100.0 } else { 1.0 };
    let bar = |row: &&Row| {
        let share = row.percent.map(|percent| format!(" ({percent}%)")).unwrap_or_default();
        #[allow(clippy::cast_precision_loss, reason = "a bar's length needs no more than 52 bits")]
        let length = match (table.unit, row.n) {
            (Unit::Segment, n) => n.unwrap_or_default() as f64,
            (_, Some(n)) if row.total > 0 => whole * n as f64 / row.total as f64,
            _ => 0.0,
        };
        GroupBar {
            value: length,
            value_label: match table.unit {
                Unit::Segment => row.count(),
                _ => format!("{} of {}{share}", row.count(), number(row.total)),
            },
            hidden: row.n.is_none().then(|| row.count()),
        }
    };
    let category = |line: Vec<&Row>| Category {
        label: line.first().map(|row| row.label.clone()).unwrap_or_default(),
        level: line.first().filter(|_| themes).map_or(0, |row| depth(table, row)),
        bars: line.iter().map(bar).collect(),
    };
    let units = table.unit.word(2);
    let (axis, max) = match (table.unit, percents) {
        (Unit::Segment, _) => (units.to_owned(), 0.0),
        (_, true) => (format!("% of the {units} of each group"), whole),
        (_, false) => (format!("share of the {units} of each group"), whole),
    };
    GroupedBars {
        title: table.title.clone(),
        subtitle: subtitle(table),
        groups: heads(table),
        categories: lines(table).into_iter().map(category).collect(),
        axis,
        max,
        note: String::new(),
        width,
    }
}

/// Lays out more values than bars could tell apart.
pub(super) fn heat_map(table: &Table, width: Width) -> HeatMap {
    let cell = |row: &&Row| match row.n {
        None => Cell::Hidden(row.count()),
        Some(_) if row.total == 0 => Cell::Missing,
        Some(n) => Cell::count(n),
    };
    let all = lines(table);
    HeatMap {
        title: table.title.clone(),
        subtitle: subtitle(table),
        rows: all.iter().map(|line| line.first().map(|row| row.label.clone()).unwrap_or_default()).collect(),
        columns: heads(table),
        cells: all.iter().map(|line| line.iter().map(cell).collect()).collect(),
        axis: table.unit.word(2).to_owned(),
        note: String::new(),
        width,
    }
}
