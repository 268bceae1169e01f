//! Small counts of persons, hidden with all that they could be worked out from (`[privacy] min_cell`).

use std::collections::{BTreeMap, BTreeSet};

use super::attribute::{case_values, values_of};

use crate::{
    analysis::{MULTIPLE, ROUNDED},
    statistics::small_cells::{Cell, Count, Stands, Tie, one_way, overlapping, two_way},
    table::{Measure, Row, Suppressed, Table, Unit, Value},
    workflow::{WorkflowError, Workspace},
};

/// Hides what is below the study's smallest cell, in tables of cases and participants. `whole` makes the same table without
/// columns, which may stand beside it.
pub(super) fn hide(
    workspace: &Workspace,
    table: &mut Table,
    whole: impl FnOnce() -> Result<Table, WorkflowError>,
) -> Result<(), WorkflowError> {
    let Some(threshold) = workspace.study.min_cell else { return Ok(()) };
    let several = table.parameters.get("response").is_some_and(|response| response == "multiple");
    match table.unit {
        Unit::Case if several => {
            missing(table, threshold, "give them a value such as \"not known\"")?;
            overlapping_rows(workspace, table, whole, threshold)?;
            out_of_order(table);
        }
        Unit::Case => {
            missing(table, threshold, "give them a value such as \"not known\"")?;
            cases(workspace, table, threshold)?;
            out_of_order(table);
        }
        Unit::Participant => {
            missing(table, threshold, "give their entries a value such as \"not known\"")?;
            overlapping_rows(workspace, table, whole, threshold)?;
        }
        _ => {}
    }
    Ok(())
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

/// Refuses a table that leaves a few persons out.
fn missing(table: &Table, threshold: u64, cure: &str) -> Result<(), WorkflowError> {
    let missing = table.rows.first().map_or(0, |row| row.missing);
    if missing > 0 && missing < threshold {
        let reason = format!("fewer than {threshold} have no value, and their number follows from N; {cure}");
        return Err(refused(table, &reason));
    }
    Ok(())
}

/// Values of an attribute: every case is in one row, and N, the sum, is known.
fn cases(workspace: &Workspace, table: &mut Table, threshold: u64) -> Result<(), WorkflowError> {
    let parameter = |name: &str| table.parameters.get(name).cloned();
    let (Some(name), by) = (parameter("attribute"), parameter("by")) else { return Ok(()) };
    let cells: Vec<Cell> = match by {
        Some(by) => crossed(workspace, table, [&name, &by], threshold)?,
        None => {
            let counts: Vec<u64> = table.rows.iter().map(|row| row.n.unwrap_or_default()).collect();
            one_way(&counts, threshold).map_err(|reason| refused(table, reason))?
        }
    };
    hide_cells(table, cells, threshold);
    Ok(())
}

/// Chooses the cells to hide in a table of two attributes: the same whichever attribute stands across, so that both tables
/// together tell no more than one. Cases without one of the two are not in it, and how many of each line they are follows from
/// the line's N and the tables of each attribute alone: a few of them cannot be protected.
fn crossed(
    workspace: &Workspace,
    table: &Table,
    [name, by]: [&String; 2],
    threshold: u64,
) -> Result<Vec<Cell>, WorkflowError> {
    let turned = by < name;
    let (first, second) = if turned { (by, name) } else { (name, by) };
    let (down, across) = (case_values(workspace, first)?, case_values(workspace, second)?);
    let places = |values: &[Option<String>]| -> BTreeMap<String, usize> {
        values.iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().zip(0..).collect()
    };
    let (lines, columns) = (places(&down), places(&across));
    let mut counts = vec![vec![0_u64; columns.len()]; lines.len()];
    let mut without: BTreeMap<(Option<&String>, Option<&String>), u64> = BTreeMap::new();
    for (line, column) in down.iter().zip(&across) {
        let place = |of: &BTreeMap<String, usize>, value: &Option<String>| of.get(value.as_ref()?).copied();
        match (place(&lines, line), place(&columns, column)) {
            (Some(line), Some(column)) => counts[line][column] += 1,
            _ => *without.entry((line.as_ref(), column.as_ref())).or_default() += 1,
        }
    }
    if without.values().any(|n| *n < threshold) {
        let reason = format!(
            "fewer than {threshold} of one value have none of the other, and their number follows from N; give them a value such as \"not known\""
        );
        return Err(refused(table, &reason));
    }
    let hidden = two_way(&counts, threshold).map_err(|reason| refused(table, reason))?;
    let cell = |row: &Row| {
        let (own, other) = (row.id.clone(), row.column.clone().unwrap_or_default());
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

/// Persons can be in several rows, so that rows do not add up: each row stands for itself, with those who are not in it; but
/// themes are unions of their codes, and columns, of which each person may have one only, add up to the table without them.
fn overlapping_rows(
    workspace: &Workspace,
    table: &mut Table,
    whole: impl FnOnce() -> Result<Table, WorkflowError>,
    threshold: u64,
) -> Result<(), WorkflowError> {
    small_column(table, threshold)?;
    let mut several = None;
    if let (Unit::Case, Some(name)) = (table.unit, table.parameters.get("attribute")) {
        let values = values_of(&case_values(workspace, name)?);
        several = Some(values.iter().filter(|values| values.len() > 1).count() as u64);
    }
    if several.is_some_and(|several| several < threshold) {
        let reason = format!("fewer than {threshold} have several values, and their number follows from the rows");
        return Err(refused(table, &reason));
    }
    let has_columns = table.rows.iter().any(|row| column(row).is_some());
    let mut overlap = Overlap { threshold, responses: several.is_some(), ..Overlap::default() };
    let whole = has_columns.then(whole).transpose()?;
    if let Some(whole) = &whole {
        let mut alone = Overlap { threshold, responses: several.is_some(), ..Overlap::default() };
        let from = alone.add(whole, |_| Stands::Here);
        let ties = alone.ties(whole, None);
        let cells = overlapping(&alone.counts, &ties, threshold).map_err(|reason| refused(whole, reason))?;
        overlap.add(whole, |at| Stands::Elsewhere(cells[from + at]));
    }
    let first = overlap.add(table, |_| Stands::Here);
    let ties = overlap.ties(table, whole.as_ref());
    let cells = overlapping(&overlap.counts, &ties, threshold).map_err(|reason| refused(table, reason))?;
    hide_cells(table, cells.into_iter().skip(first), threshold);
    Ok(())
}

fn column(row: &Row) -> Option<&String> {
    row.column.as_ref().or(row.month.as_ref())
}

/// The counts of a table, and of the same table without columns.
#[derive(Default)]
struct Overlap {
    threshold: u64,
    /// Rows are the values of which every case has at least one.
    responses: bool,
    counts: Vec<Count>,
    /// Places of the counts by row and column.
    places: BTreeMap<(String, Option<String>), usize>,
}

impl Overlap {
    /// Adds the rows of a table; returns the place of the first.
    fn add(&mut self, table: &Table, stands: impl Fn(usize) -> Stands) -> usize {
        let first = self.counts.len();
        for (at, row) in table.rows.iter().enumerate() {
            self.places.insert((row.id.clone(), column(row).cloned()), self.counts.len());
            self.counts.push(Count { n: row.n.unwrap_or_default(), total: row.total, place: stands(at) });
        }
        first
    }

    /// Finds how the counts are tied; persons without a column are a part of their row, too.
    fn ties(&mut self, table: &Table, whole: Option<&Table>) -> Vec<Tie> {
        let mut ties = Vec::new();
        let mut parts: BTreeMap<(&str, Option<&String>), Vec<usize>> = BTreeMap::new();
        let mut columns: BTreeMap<Option<&String>, (u64, Vec<usize>)> = BTreeMap::new();
        let mut by_row: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in table.rows.iter().chain(whole.iter().flat_map(|whole| &whole.rows)) {
            let Some(at) = self.places.get(&(row.id.clone(), column(row).cloned())).copied() else { continue };
            if let Some(parent) = &row.parent {
                parts.entry((parent, column(row))).or_default().push(at);
            }
            let of_column = columns.entry(column(row)).or_insert((row.total, Vec::new()));
            of_column.1.push(at);
            if column(row).is_some() {
                by_row.entry(row.id.as_str()).or_default().push(at);
            }
        }
        for ((parent, column), parts) in parts {
            let whole = self.places.get(&(parent.to_owned(), column.cloned()));
            ties.extend(whole.map(|whole| Tie::Union(*whole, parts)));
        }
        let all: u64 = columns.iter().filter(|(column, _)| column.is_some()).map(|(_, (total, _))| total).sum();
        if self.responses {
            // So many cases have several values, else the table would have been refused.
            let least = |column: Option<&String>, n| if column.is_none() { n + self.threshold } else { n };
            ties.extend(columns.into_iter().map(|(column, (n, rows))| Tie::AtLeast(least(column, n), rows)));
        }
        let missing = table.rows.first().map_or(0, |row| row.missing);
        let Some(whole) = whole else { return ties };
        // Whoever stands in several columns makes them add up to more than all.
        let adds_up = all + missing == whole.total;
        let mut outside: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, mut parts) in by_row {
            let Some(of) = self.places.get(&(id.to_owned(), None)).copied() else { continue };
            let known: u64 = parts.iter().map(|at| self.counts[*at].n).sum();
            parts.push(self.counts.len());
            outside.insert(id, self.counts.len());
            let n = self.counts[of].n.saturating_sub(known).min(missing);
            self.counts.push(Count { n, total: missing, place: Stands::Nowhere });
            ties.push(if adds_up { Tie::Sum(of, parts) } else { Tie::Union(of, parts) });
        }
        // Those without a column are tied among each other as in any column.
        let mut below: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for row in &table.rows {
            let Some((parent, own)) = row.parent.as_deref().zip(outside.get(row.id.as_str())) else { continue };
            below.entry(parent).or_default().insert(*own);
        }
        let unions = below.into_iter().filter_map(|(parent, parts)| Some((*outside.get(parent)?, parts)));
        ties.extend(unions.map(|(parent, parts)| Tie::Union(parent, parts.into_iter().collect())));
        if self.responses {
            ties.push(Tie::AtLeast(missing, outside.into_values().collect()));
        }
        ties
    }
}

/// Hides the rows whose cells are to be hidden, and says so.
fn hide_cells(table: &mut Table, cells: impl IntoIterator<Item = Cell>, threshold: u64) {
    for (row, cell) in table.rows.iter_mut().zip(cells) {
        let why = match cell {
            Cell::Shown => None,
            Cell::Primary => Some(Suppressed::Primary(threshold)),
            Cell::Complementary => Some(Suppressed::Complementary),
        };
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
    // Whether shown percentages add up would tell of the others.
    table.notes.retain(|note| note != ROUNDED);
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
