//! Codes by entry as strips.

use std::collections::BTreeMap;

use super::{depth, groups, subtitle};
use crate::{
    report::chart::{EntryStrip, StripRow, Width},
    table::{Level, Table},
};

/// Lays out codes by entry; an entry with N = 0 is one that nobody who counts has read.
pub(super) fn strip(table: &Table, width: Width) -> EntryStrip {
    let groups = groups(table);
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut entries: Vec<String> = Vec::new();
    for entry in table.rows.iter().filter_map(|row| row.column.as_deref()) {
        places.entry(entry).or_insert_with(|| {
            entries.push(entry.to_owned());
            entries.len() - 1
        });
    }
    let themes = table.rows.iter().any(|row| row.level == Level::Theme);
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<StripRow> = Vec::new();
    for row in &table.rows {
        let at = *lines.entry(&row.id).or_insert_with(|| {
            let group = groups.get(row.id.as_str()).copied().unwrap_or_default();
            let level = if themes { depth(table, row) } else { 0 };
            rows.push(StripRow { label: row.label.clone(), group, level, counts: vec![None; entries.len()] });
            rows.len() - 1
        });
        let place = row.column.as_deref().and_then(|column| places.get(column));
        if let (Some(line), Some(place)) = (rows.get_mut(at), place)
            && let Some(count) = line.counts.get_mut(*place)
        {
            *count = row.n.filter(|_| row.total > 0);
        }
    }
    EntryStrip {
        title: table.title.clone(),
        subtitle: subtitle(table),
        entries,
        rows,
        axis: table.unit.word(2).to_owned(),
        note: String::new(),
        width,
    }
}
