//! Small counts of persons, hidden with all that they could be worked out from (`[privacy] min_cell`).

use std::collections::{BTreeMap, BTreeSet};

use super::attribute::{case_values, values_of};

use crate::{
    analysis::MULTIPLE,
    statistics::small_cells::{Cell, one_way, protects, two_way},
    table::{Measure, Row, Suppressed, Table, Unit, Value},
    workflow::{WorkflowError, Workspace},
};

/// Hides what is below the study's smallest cell, in tables of cases and participants.
pub(super) fn hide(workspace: &Workspace, table: &mut Table) -> Result<(), WorkflowError> {
    let Some(threshold) = workspace.study.min_cell else { return Ok(()) };
    match table.unit {
        Unit::Case => {
            cases(workspace, table, threshold)?;
            out_of_order(table);
            Ok(())
        }
        Unit::Participant => {
            small_column(table, threshold)?;
            participants(table, threshold);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn refused(table: &Table, reason: &str) -> WorkflowError {
    WorkflowError::Refused {
        what: format!(
            "the table of {} cannot be shown without giving small numbers of persons away: {reason}",
            table.title
        ),
        hint: "put rare values together in the register, or set min_cell lower under [privacy]".to_owned(),
    }
}

/// Refuses a table of which some N is itself small.
fn small_column(table: &Table, threshold: u64) -> Result<(), WorkflowError> {
    if table.rows.iter().any(|row| row.total > 0 && row.total < threshold) {
        return Err(refused(table, &format!("a column holds fewer than {threshold}")));
    }
    Ok(())
}

/// Values of an attribute: every case is in one row, and N, the sum, is known.
fn cases(workspace: &Workspace, table: &mut Table, threshold: u64) -> Result<(), WorkflowError> {
    let missing = table.rows.first().map_or(0, |row| row.missing);
    if missing > 0 && missing < threshold {
        return Err(refused(
            table,
            &format!(
                "fewer than {threshold} have no value, and their number follows from N; give them a value such as \"not known\""
            ),
        ));
    }
    let parameter = |name: &str| table.parameters.get(name).cloned();
    let (Some(name), by) = (parameter("attribute"), parameter("by")) else { return Ok(()) };
    if parameter("response").is_some_and(|response| response == "multiple") {
        small_column(table, threshold)?;
        let several =
            values_of(&case_values(workspace, &name)?).iter().filter(|values| values.len() > 1).count() as u64;
        if several < threshold {
            return Err(refused(
                table,
                &format!("fewer than {threshold} have several values, and their number follows from the rows"),
            ));
        }
        participants(table, threshold);
        return Ok(());
    }
    let cells: Vec<Cell> = match by {
        Some(by) => crossed(workspace, table, [&name, &by], threshold)?,
        None => {
            let counts: Vec<u64> = table.rows.iter().map(|row| row.n.unwrap_or_default()).collect();
            one_way(&counts, threshold).map_err(|reason| refused(table, reason))?
        }
    };
    for (row, cell) in table.rows.iter_mut().zip(cells) {
        let why = match cell {
            Cell::Shown => None,
            Cell::Primary => Some(Suppressed::Primary(threshold)),
            Cell::Complementary => Some(Suppressed::Complementary),
        };
        hide_row(row, why);
    }
    say(table, threshold);
    Ok(())
}

/// Chooses the cells to hide in a table of two attributes. Cases without one of them are a line of their own, since other
/// tables tell how many there are; and the choice is the same whichever attribute stands across, so that both tables together
/// tell no more than one.
fn crossed(
    workspace: &Workspace,
    table: &Table,
    [name, by]: [&String; 2],
    threshold: u64,
) -> Result<Vec<Cell>, WorkflowError> {
    let turned = by < name;
    let (first, second) = if turned { (by, name) } else { (name, by) };
    let (down, across) = (case_values(workspace, first)?, case_values(workspace, second)?);
    let places = |values: &[Option<String>]| -> BTreeMap<Option<String>, usize> {
        values.iter().cloned().collect::<BTreeSet<_>>().into_iter().zip(0..).collect()
    };
    let (lines, columns) = (places(&down), places(&across));
    let mut counts = vec![vec![0_u64; columns.len()]; lines.len()];
    for (line, column) in down.iter().zip(&across) {
        if let (Some(line), Some(column)) = (lines.get(line), columns.get(column)) {
            counts[*line][*column] += 1;
        }
    }
    let hidden = two_way(&counts, threshold).map_err(|reason| refused(table, reason))?;
    let cell = |row: &Row| {
        let (own, other) = (Some(row.id.clone()), row.column.clone());
        let (line, column) = if turned { (other, own) } else { (own, other) };
        let place = lines.get(&line).zip(columns.get(&column));
        place.map_or(Cell::Complementary, |(line, column)| hidden[*line][*column])
    };
    Ok(table.rows.iter().map(cell).collect())
}

/// The order by count would tell which hidden number is the larger: rows with one come last, in the order of their names.
fn out_of_order(table: &mut Table) {
    let hidden: BTreeSet<String> =
        table.rows.iter().filter(|row| row.suppressed.is_some()).map(|row| row.id.clone()).collect();
    // Stable: columns of one line stay in their order.
    table.rows.sort_by_key(|row| hidden.get(&row.id).cloned());
}

/// Persons can be in several rows, so that rows do not add up: each row stands for itself, with those who are not in it.
fn participants(table: &mut Table, threshold: u64) {
    for row in &mut table.rows {
        // A count that leaves few persons out tells as much about these.
        let why = row.n.filter(|n| protects(*n, row.total, threshold)).map(|n| match n < threshold {
            true => Suppressed::Primary(threshold),
            false => Suppressed::Complementary,
        });
        hide_row(row, why);
    }
    say(table, threshold);
}

fn hide_row(row: &mut Row, why: Option<Suppressed>) {
    if why.is_none() {
        return;
    }
    row.n = None;
    row.percent = None;
    row.percent_reason = None;
    row.suppressed = why;
    for (measure, value) in &mut row.further.0 {
        if matches!(measure, Measure::Interval | Measure::OfResponses) {
            *value = Value::Hidden;
        }
    }
}

fn say(table: &mut Table, threshold: u64) {
    table.parameters.insert("min_cell".to_owned(), threshold.to_string());
    let has = |why: fn(Suppressed) -> bool| table.rows.iter().any(|row| row.suppressed.is_some_and(why));
    let (small, others) =
        (has(|why| matches!(why, Suppressed::Primary(_))), has(|why| why == Suppressed::Complementary));
    if !small && !others {
        return;
    }
    let because = [
        (small, format!("<{threshold}: hidden, since fewer than {threshold} persons could be recognised. ")),
        (others, "—: hidden, since a small number could be worked out from it. ".to_owned()),
    ];
    let because: String = because.into_iter().filter(|(has, _)| *has).map(|(_, words)| words).collect();
    table.notes.push(format!("{because}Zero is shown."));
    without_responses(table);
}

/// Takes away how many responses there were: the shown rows taken from it would leave the hidden ones.
fn without_responses(table: &mut Table) {
    let before = table.notes.len();
    table.notes.retain(|note| !note.starts_with(MULTIPLE));
    if table.notes.len() < before {
        table.notes.push(format!("{MULTIPLE} a case can have several values, and percentages are of cases. The number of responses is not shown: hidden numbers could be worked out from it."));
    }
    for row in &mut table.rows {
        row.further.0.retain(|(measure, _)| *measure != Measure::OfResponses);
    }
}
