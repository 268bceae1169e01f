//! Bars of themes and codes, or of values.

use super::{depth, groups, is_of_n, subtitle};
use crate::{
    report::chart::{Bar, BarChart, Width},
    table::{Level, Measure, Row, Table, Value, number},
    workflow::tables::NOT_LOOKED_FOR,
};

pub(super) fn bars(table: &Table, width: Width) -> BarChart {
    let groups = groups(table);
    let themes = table.rows.iter().any(|row| row.level == Level::Theme);
    let bar = |row: &Row| {
        let share = row.percent.map(|percent| format!(" ({percent}%)")).unwrap_or_default();
        let of = if is_of_n(table) { format!("{} of {}{share}", row.count(), number(row.total)) } else { row.count() };
        let column = row.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
        let level = depth(table, row);
        Bar {
            label: format!("{}{column}", row.label),
            #[allow(clippy::cast_precision_loss, reason = "a bar's length needs no more than 52 bits")]
            value: row.n.unwrap_or_default() as f64,
            value_label: of,
            group: groups.get(row.id.as_str()).copied().unwrap_or_default(),
            level: if themes || row.level == Level::Value { level } else { 0 },
            interval: interval(row),
            interval_label: interval_label(row),
            hidden: row.n.is_none().then(|| row.count()),
        }
    };
    let bars: Vec<Bar> = table.rows.iter().map(bar).collect();
    let ends = bars.iter().flat_map(|bar| [bar.value, bar.interval.map_or(0.0, |(_, high)| high)]);
    let largest = ends.fold(0.0, f64::max);
    #[allow(clippy::cast_precision_loss, reason = "an axis needs no more than 52 bits")]
    let total = table.total as f64;
    // The axis shows the whole where the bars fill a good part of it; else small shares could not be told apart.
    let max = if is_of_n(table) && largest * 2.0 >= total { total } else { largest };
    BarChart {
        title: table.title.clone(),
        subtitle: subtitle(table),
        bars,
        axis: table.unit.word(2).to_owned(),
        max,
        note: note(table),
        width,
    }
}

/// Returns what must stand under the bars: what is not looked for, and what the whiskers are.
fn note(table: &Table) -> String {
    let belongs = |note: &&String| {
        [NOT_LOOKED_FOR, "95% CI:", "An interval supposes"].iter().any(|beginning| note.starts_with(beginning))
    };
    let mut notes: Vec<String> = table.notes.iter().filter(belongs).cloned().collect();
    notes.iter_mut().for_each(|note| *note = note.replace("95% CI:", "Whiskers, 95% CI:"));
    notes.join(" ")
}

/// Returns the interval of a row's percentage in units, as long as the bar is.
fn interval(row: &Row) -> Option<(f64, f64)> {
    let Some(Value::Interval([low, high], _)) = row.further.get(Measure::Interval) else { return None };
    #[allow(clippy::cast_precision_loss, reason = "a whisker's length needs no more than 52 bits")]
    let total = row.total as f64;
    Some((low / 100.0 * total, high / 100.0 * total))
}

/// Returns the interval of a row's percentage in words, as tables have it.
fn interval_label(row: &Row) -> String {
    let Some(Value::Interval([low, high], decimals)) = row.further.get(Measure::Interval) else { return String::new() };
    let decimals = usize::from(*decimals);
    format!("{low:.decimals$}% to {high:.decimals$}%")
}
