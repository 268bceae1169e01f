//! Tables as pictures.

use std::collections::BTreeMap;

use super::{WorkflowError, tables::NOT_LOOKED_FOR};
use crate::{
    report::chart::{Bar, BarChart, Series, Timeline, Width, bar_svg, missing_characters, png, timeline_svg},
    table::{Level, Row, Table, Unit, number},
};

/// Draws a table: a timeline for a trend, bars otherwise. Returns SVG.
pub fn chart_of(table: &Table) -> String {
    if table.rows.iter().any(|row| row.month.is_some()) {
        timeline_svg(&timeline(table))
    } else {
        bar_svg(&bars(table))
    }
}

/// Turns a figure into PNG at print width.
///
/// # Errors
/// Fails when the picture would be too large.
pub fn figure_png(svg: &str) -> Result<Vec<u8>, WorkflowError> {
    Ok(png(svg, Width::TwoColumns)?)
}

/// So many characters are named; more would hide the rest of the sentence.
const NAMED: usize = 20;

/// Says which characters of a figure the embedded typeface lacks, and what becomes of them; empty when it has all.
///
/// # Errors
/// Fails when the figure is no SVG.
pub fn lost_characters(svg: &str) -> Result<String, WorkflowError> {
    // What is plain needs no look at the typeface.
    let lost = if svg.is_ascii() { Vec::new() } else { missing_characters(svg)? };
    let named: Vec<String> = lost.iter().take(NAMED).map(char::to_string).collect();
    Ok(match lost.len() {
        0 => String::new(),
        all => format!(
            "The typeface of the figures has no {}{}: a PNG shows □ in their place; an SVG shows them where the reader's \
             machine has them.",
            named.join(" "),
            if all > NAMED { format!(" and {} more", all - NAMED) } else { String::new() }
        ),
    })
}

/// Returns the number of each theme among the themes, which decides its colour; codes take their theme's.
fn groups(table: &Table) -> BTreeMap<&str, usize> {
    let mut groups = BTreeMap::new();
    let mut themes: Vec<&str> =
        table.rows.iter().filter(|row| row.level == Level::Theme).map(|row| row.id.as_str()).collect();
    themes.sort_unstable();
    themes.dedup();
    for (group, theme) in themes.into_iter().enumerate() {
        groups.insert(theme, group);
    }
    // Rows come parents first, so that one pass is enough.
    for row in &table.rows {
        let above = row.parent.as_deref().and_then(|parent| groups.get(parent).copied());
        if let Some(group) = above {
            groups.insert(row.id.as_str(), group);
        }
    }
    groups
}

fn depth(table: &Table, row: &Row) -> u8 {
    let above = |row: &Row| table.rows.iter().find(|other| Some(&other.id) == row.parent.as_ref());
    let levels = std::iter::successors(above(row), |row| above(row)).take(8).count();
    u8::try_from(levels).unwrap_or(u8::MAX)
}

fn subtitle(table: &Table) -> String {
    let counts = table.counts.map(|counts| format!("; counts: {}", counts.word())).unwrap_or_default();
    match table.unit {
        Unit::Segment => format!("Coded segments{counts}"),
        unit => format!("n of N = {} {}{counts}", number(table.total), unit.word(table.total)),
    }
}

fn bars(table: &Table) -> BarChart {
    let groups = groups(table);
    let themes = table.rows.iter().any(|row| row.level == Level::Theme);
    let bar = |row: &Row| {
        let share = row.percent.map(|percent| format!(" ({percent}%)")).unwrap_or_default();
        let of = if table.unit == Unit::Segment {
            number(row.n)
        } else {
            format!("{} of {}{share}", number(row.n), number(row.total))
        };
        let column = row.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
        let level = depth(table, row);
        Bar {
            label: format!("{}{column}", row.label),
            #[allow(clippy::cast_precision_loss, reason = "a bar's length needs no more than 52 bits")]
            value: row.n as f64,
            value_label: of,
            group: groups.get(row.id.as_str()).copied().unwrap_or_default(),
            level: if themes || row.level == Level::Value { level } else { 0 },
            ..Bar::default()
        }
    };
    let bars: Vec<Bar> = table.rows.iter().map(bar).collect();
    let largest = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    #[allow(clippy::cast_precision_loss, reason = "an axis needs no more than 52 bits")]
    let total = table.total as f64;
    // The axis shows the whole where the bars fill a good part of it; else small shares could not be told apart.
    let max = if table.unit != Unit::Segment && largest * 2.0 >= total { total } else { largest };
    BarChart {
        title: table.title.clone(),
        subtitle: subtitle(table),
        bars,
        axis: table.unit.word(2).to_owned(),
        max,
        note: table.notes.iter().find(|note| note.starts_with(NOT_LOOKED_FOR)).cloned().unwrap_or_default(),
        ..BarChart::default()
    }
}

fn timeline(table: &Table) -> Timeline {
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
            let n = row.n as f64;
            *value = (row.total > 0).then_some(n);
        }
    }
    Timeline {
        title: table.title.clone(),
        subtitle: subtitle(table),
        months,
        series,
        axis: table.unit.word(2).to_owned(),
        note: totals(table),
        ..Timeline::default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_characters_are_named_and_not_too_many() {
        let svg = |label: &str| {
            let bars = vec![Bar { label: label.to_owned(), value: 1.0, ..Bar::default() }];
            bar_svg(&BarChart { bars, max: 2.0, ..BarChart::default() })
        };
        assert_eq!(lost_characters(&svg("Ärger – φόβος")).unwrap(), "");
        insta::assert_snapshot!(lost_characters(&svg("恐れ")).unwrap(), @"The typeface of the figures has no れ 恐: a PNG shows □ in their place; an SVG shows them where the reader's machine has them.");
        let many: String = ('一'..).take(23).collect();
        assert!(lost_characters(&svg(&many)).unwrap().contains(" and 3 more: "));
    }
}
