//! Pairs of codes as a map: one code a row and a column, darker where they stand together more often.

use std::collections::BTreeMap;

use super::subtitle;
use crate::{
    report::chart::{Cell, HeatMap, Width},
    table::{Measure, Table, Unit, Value},
};

/// Lays out pairs; a pair that the table does not hold, such as a code and one below it, is left out of the map.
pub(super) fn heat_map(table: &Table, order: &[String], width: Width) -> HeatMap {
    let mut labels: BTreeMap<&str, String> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str), Cell> = BTreeMap::new();
    for row in &table.rows {
        let Some(with) = row.with.as_deref() else { continue };
        labels.insert(&row.id, row.label.clone());
        if let Some(Value::Words(label)) = row.further.get(Measure::With) {
            labels.insert(with, label.clone());
        }
        let cell = || row.n.map_or_else(|| Cell::Hidden(row.count()), Cell::count);
        counts.insert((&row.id, with), cell());
        counts.insert((with, &row.id), cell());
    }
    let place = |id: &str| order.iter().position(|known| known == id).unwrap_or(usize::MAX);
    let mut ids: Vec<&str> = labels.keys().copied().collect();
    ids.sort_by_key(|id| (place(id), *id));
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    for row in &ids {
        let mut line = Vec::new();
        for column in &ids {
            let known = counts.remove(&(*row, *column));
            line.push(if row == column { Cell::Dash } else { known.unwrap_or(Cell::Blank) });
        }
        cells.push(line);
    }
    let names: Vec<String> = ids.iter().map(|id| labels.get(id).cloned().unwrap_or_default()).collect();
    let what = if table.unit == Unit::Segment { "places" } else { table.unit.word(2) };
    HeatMap {
        title: table.title.clone(),
        subtitle: subtitle(table),
        rows: names.clone(),
        columns: names,
        cells,
        axis: format!("{what} with both"),
        note: String::new(),
        width,
    }
}
