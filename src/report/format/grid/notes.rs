//! The words around a table: its title, its caption, and the sentences under it.

use std::collections::BTreeMap;

use crate::table::{Counts, Measure, Table, Value, number};

/// Returns the title, or the table's name when it has none.
pub(in crate::report) fn title(table: &Table) -> &str {
    if table.title.is_empty() { &table.table } else { &table.title }
}

/// Returns the words under a table's title: unit, N, and which and whose codings are counted.
pub(in crate::report) fn caption(table: &Table) -> String {
    let mut parts = vec![format!("{}, N = {}", table.unit.word(2), number(table.total))];
    parts.extend(table.counts.map(|counts| format!("counts: {}", explained(counts))));
    parts.extend(table.coder.as_ref().map(|coder| format!("coder: {coder}")));
    parts.join("; ")
}

/// Returns which codings are counted, in words that need no manual.
fn explained(counts: Counts) -> &'static str {
    match counts {
        Counts::Accepted => "accepted",
        Counts::Suggested => "suggested, not reviewed",
        Counts::All => "all (accepted and not yet reviewed)",
        Counts::Rejected => "rejected",
    }
}

/// Returns the sentences under a table: its notes, and once each reason why a percentage or a measure is not there.
pub(in crate::report) fn notes(table: &Table) -> Vec<String> {
    let mut notes = table.notes.clone();
    let some = table.rows.iter().any(|row| row.percent.is_some());
    let mut absent: BTreeMap<(&str, bool), Vec<&str>> = BTreeMap::new();
    // A table with shares has percentages, of another kind than n of N.
    let shares = further(table).any(|(measure, _)| *measure == Measure::Share);
    for reason in table.rows.iter().filter_map(|row| row.percent_reason.as_deref()).filter(|_| !shares) {
        let (one, many) = ("percentage", "percentages");
        add(absent.entry((reason, some)).or_default(), if some { one } else { many });
    }
    let values: Vec<&(Measure, Value)> = further(table).collect();
    for (measure, value) in &values {
        let Some(reason) = value.reason() else { continue };
        let some = values.iter().any(|(other, value)| other == measure && value.reason().is_none());
        add(absent.entry((reason, some)).or_default(), measure.head());
    }
    for ((reason, some), what) in absent {
        let (reason, what) = (reason.trim_end_matches('.'), what.join(" or "));
        notes.push(if some { format!("Where no {what} is shown: {reason}.") } else { format!("No {what}: {reason}.") });
    }
    notes
}

fn add<'a>(names: &mut Vec<&'a str>, name: &'a str) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// Returns every further value of rows and lines.
fn further(table: &Table) -> impl Iterator<Item = &(Measure, Value)> {
    let rows = table.rows.iter().flat_map(|row| &row.further.0);
    let of_lines = table.tests.iter().filter(|facts| table.rows.iter().any(|row| row.id == facts.id));
    rows.chain(of_lines.flat_map(|facts| &facts.further.0))
}
