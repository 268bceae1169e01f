//! Themes over the months.

use std::collections::BTreeMap;

use super::{groups, subtitle};
use crate::{
    report::chart::{Series, Timeline, Width},
    table::{Level, Table, number},
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
    for row in table.rows.iter().filter(|row| !themes || row.level == Level::Theme) {
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
            *value = n.filter(|_| row.total > 0);
        }
    }
    Timeline {
        title: table.title.clone(),
        subtitle: subtitle(table),
        months,
        series,
        axis: table.unit.word(2).to_owned(),
        note: totals(table),
        width,
    }
}

/// So many months are listed with their N; of more, the smallest and the largest.
const LISTED_MONTHS: usize = 24;

/// Says of how many units each month's counts are, as a month with more words has higher ones.
fn totals(table: &Table) -> String {
    let months: BTreeMap<&str, u64> =
        table.rows.iter().filter_map(|row| Some((row.month.as_deref()?, row.total))).collect();
    let written = months.values().copied().filter(|total| *total > 0);
    let (Some(least), Some(most)) = (written.clone().min(), written.max()) else { return String::new() };
    let units = table.unit.word(2);
    if months.len() > LISTED_MONTHS {
        return format!("N: between {} and {} {units} in a month that has any.", number(least), number(most));
    }
    let listed: Vec<String> = months.iter().map(|(month, total)| format!("{month}:\u{a0}{}", number(*total))).collect();
    format!("N, all {units} of each month: {}.", listed.join(", "))
}
