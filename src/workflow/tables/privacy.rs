//! Small counts of persons, hidden with all that they could be worked out from (`[privacy] min_cell`).

use std::collections::BTreeMap;

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
        Unit::Case => cases(table, threshold),
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
fn cases(table: &mut Table, threshold: u64) -> Result<(), WorkflowError> {
    let missing = table.rows.first().map_or(0, |row| row.missing);
    if missing > 0 && missing < threshold {
        return Err(refused(
            table,
            &format!(
                "fewer than {threshold} have no value, and their number follows from N; give them a value such as \"not known\""
            ),
        ));
    }
    if table.parameters.get("response").is_some_and(|response| response == "multiple") {
        small_column(table, threshold)?;
        participants(table, threshold);
        return Ok(());
    }
    let columns = table.rows.iter().any(|row| row.column.is_some());
    let cells: Vec<Cell> = if columns {
        let (shape, places) = matrix(&table.rows);
        let hidden = two_way(&shape, threshold).map_err(|reason| refused(table, reason))?;
        places
            .iter()
            .map(|(line, column)| {
                hidden.get(*line).and_then(|line| line.get(*column)).copied().unwrap_or(Cell::Complementary)
            })
            .collect()
    } else {
        let counts: Vec<u64> = table.rows.iter().map(|row| row.n.unwrap_or_default()).collect();
        one_way(&counts, threshold).map_err(|reason| refused(table, reason))?
    };
    for (row, cell) in table.rows.iter_mut().zip(cells) {
        hide_row(
            row,
            match cell {
                Cell::Shown => None,
                Cell::Primary => Some(Suppressed::Primary(threshold)),
                Cell::Complementary => Some(Suppressed::Complementary),
            },
        );
    }
    say(table, threshold);
    Ok(())
}

/// Returns the counts by line and column, and the place of every row.
fn matrix(rows: &[Row]) -> (Vec<Vec<u64>>, Vec<(usize, usize)>) {
    let (mut lines, mut columns): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    let mut places = Vec::new();
    for row in rows {
        let next = lines.len();
        let line = *lines.entry(&row.id).or_insert(next);
        let next = columns.len();
        let column = *columns.entry(row.column.as_deref().unwrap_or_default()).or_insert(next);
        places.push((line, column));
    }
    let mut counts = vec![vec![0; columns.len()]; lines.len()];
    for (row, (line, column)) in rows.iter().zip(&places) {
        if let Some(cell) = counts.get_mut(*line).and_then(|line| line.get_mut(*column)) {
            *cell = row.n.unwrap_or_default();
        }
    }
    (counts, places)
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
