//! Themes over the months.

use std::collections::{BTreeMap, BTreeSet};

use super::{groups, subtitle};
use crate::{
    report::chart::{Series, Timeline, Width},
    table::{Level, Row, Table, Unit, number},
};

pub(super) fn timeline(table: &Table, width: Width) -> Timeline {
    let groups = groups(table);
    let mut known = BTreeMap::new();
    let mut months: Vec<String> = Vec::new();
    for month in table.rows.iter().filter_map(|row| row.month.as_ref()) {
        known.entry(month.as_str()).or_insert_with(|| {
            months.push(month.clone());
            months.len() - 1
        });
    }
    let themes = table.rows.iter().any(|row| row.level == Level::Theme);
    let mut series: Vec<Series> = Vec::new();
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    // A code without a theme stands beside the themes.
    for row in table.rows.iter().filter(|row| !themes || row.level == Level::Theme || row.parent.is_none()) {
        let at = *place.entry(row.id.as_str()).or_insert_with(|| {
            let group = groups.get(row.id.as_str()).copied().unwrap_or_default();
            series.push(Series { label: row.label.clone(), group, values: vec![None; months.len()] });
            series.len() - 1
        });
        let month = row.month.as_ref().and_then(|month| known.get(month.as_str()).copied());
        if let (Some(month), Some(series)) = (month, series.get_mut(at))
            && let Some(value) = series.values.get_mut(month)
        {
            #[allow(clippy::cast_precision_loss, reason = "a point needs no more than 52 bits")]
            let n = row.n.map(|n| n as f64);
            *value = n.filter(|_| has_units(table, row));
        }
    }
    let among = |wanted: &dyn Fn(&Row) -> bool| {
        let found = table.rows.iter().filter(|row| wanted(row));
        found.filter_map(|row| known.get(row.month.as_deref()?).copied()).collect::<BTreeSet<usize>>()
    };
    let unread = among(&|row| is_unread(table, row));
    let empty = among(&|row| !has_units(table, row) && !is_unread(table, row));
    let nothing = if table.unit == Unit::Participant { "no participants" } else { "no entries" };
    Timeline {
        title: table.title.clone(),
        subtitle: subtitle(table),
        months,
        series,
        empty: (empty, nothing.to_owned()),
        unread,
        axis: table.unit.word(2).to_owned(),
        note: totals(table),
        width,
    }
}

/// Tells whether a row's month has anything that a count can be of; one whose entries have no coded segments has 0 of them.
fn has_units(table: &Table, row: &Row) -> bool {
    row.total > 0 || table.unit == Unit::Segment && entries(table, row).1 > 0
}

/// Tells whether a row's month has entries of which none is in N.
fn is_unread(table: &Table, row: &Row) -> bool {
    matches!(entries(table, row), (1.., 0))
}

/// Returns how many entries a row's month has, and how many of them are in N.
fn entries(table: &Table, row: &Row) -> (u64, u64) {
    row.month.as_ref().and_then(|month| table.basis.months.get(month)).copied().unwrap_or_default()
}

/// So many months are listed with their N; of more, the smallest and the largest.
const LISTED_MONTHS: usize = 24;

/// Says of how many units each month's counts are, as a month with more words has higher ones.
fn totals(table: &Table) -> String {
    let months: BTreeMap<&str, u64> =
        table.rows.iter().filter_map(|row| Some((row.month.as_deref()?, row.total))).collect();
    let written = months.values().copied().filter(|total| *total > 0);
    let (Some(least), Some(most)) = (written.clone().min(), written.max()) else { return String::new() };
    let units = if table.unit == Unit::Segment { "coded segments" } else { table.unit.word(2) };
    let read = match (table.basis.only_read, table.unit) {
        (false, _) => "",
        (true, Unit::Entry) => " that are marked as read",
        (true, _) => " in entries that are marked as read",
    };
    if months.len() > LISTED_MONTHS {
        return format!("N: between {} and {} {units} in a month that has any{read}.", number(least), number(most));
    }
    let listed: Vec<String> = months.iter().map(|(month, total)| format!("{month}:\u{a0}{}", number(*total))).collect();
    format!("N, all {units} of each month{read}: {}.", listed.join(", "))
}
