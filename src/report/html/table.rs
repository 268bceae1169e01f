//! A section's table: caption, numbers that are links, notes, and the ids behind values.

use maud::{Markup, html};

use super::super::{
    Section, StudyReport, escape,
    format::{Cell, Column, Grid, html as markup, title},
};
use crate::table::{Level, Measure, Row, Value, number};

/// Returns the table of a section with its notes.
///
/// Columns that do not fit a sheet scroll sideways on the screen; for paper the table is there a second time, in blocks.
pub(super) fn table(report: &StudyReport, section: &Section) -> Markup {
    let grid = Grid::of(&section.table);
    let wide = markup::paper_blocks(&grid).len() > 1;
    html! {
        div.scroll.wide[wide] role=[wide.then_some("region")] tabindex=[wide.then_some("0")]
            aria-label=[wide.then_some(title(&section.table))] { (whole(report, section, &grid)) }
        @if wide {
            div.paper aria-hidden="true" { (markup::blocks(&section.table, &grid)) }
        }
        (markup::notes(&section.table))
    }
}

fn whole(report: &StudyReport, section: &Section, grid: &Grid<'_>) -> Markup {
    let table = &section.table;
    let all: Vec<usize> = (0..grid.columns.len()).collect();
    html! {
        table data-unit=(table.unit.word(1)) data-units=(table.unit.word(2)) data-counts=[table.counts.map(|counts| counts.word())] data-attribute=[attribute(section)] {
            (markup::caption(table))
            thead { (markup::head(grid, &all)) }
            tbody {
                @for line in &grid.lines {
                    @let own = has_list(section, line.head);
                    @let codes = if own { Vec::new() } else { report.codebook.behind(line.head.level, &line.head.id) };
                    tr class=[markup::theme(line)] data-codes=[(!codes.is_empty()).then(|| listed(&codes))] {
                        (markup::label(line))
                        @for (cell, column) in line.cells.iter().zip(&grid.columns) { (self::cell(section, cell, column)) }
                    }
                }
            }
        }
    }
}

fn listed(codes: &[&str]) -> String {
    // Texts always serialise.
    serde_json::to_string(codes).unwrap_or_default()
}

/// Returns the name of the attribute whose values stand across.
fn attribute(section: &Section) -> Option<&str> {
    let table = &section.table;
    if table.rows.iter().any(|row| row.month.is_some()) {
        return Some("month");
    }
    let across = table.rows.iter().any(|row| row.column.is_some());
    across.then(|| table.table.split_once(' ').map_or("", |(_, name)| name))
}

fn cell(section: &Section, cell: &Cell<'_>, column: &Column<'_>) -> Markup {
    let class = if cell.faint { Some("none") } else { markup::words(column) };
    let Some(row) = cell.counted else { return html! { td class=[class] { (cell.words) } } };
    // The words begin with the count, which is the link; what follows is its N or percentage.
    let rest = cell.words.strip_prefix(&row.count()).unwrap_or_default();
    html! { td class=[class] { (linked(section, row)) (rest) } }
}

/// Tells whether the units behind a row are listed with its table: those of codes alone are found among the segments.
fn has_list(section: &Section, row: &Row) -> bool {
    row.level == Level::Value || row.with.is_some() || section.cases.contains_key(&row.evidence)
}

/// Returns a count as a link to what is behind it; nothing is behind zero.
fn linked(section: &Section, row: &Row) -> Markup {
    let Some(n) = row.n.filter(|n| *n > 0) else { return html! { (row.count()) } };
    let target = match row.level {
        _ if has_list(section, row) => list_id(section, row),
        Level::Theme => format!("theme-{}", escape::anchor(&row.id)),
        Level::Code => format!("code-{}", escape::anchor(&row.id)),
        Level::Value => list_id(section, row),
    };
    html! {
        a.n href={ "#" (target) } data-evidence=(row.evidence) data-n=(n) data-of=(number(row.total)) data-unit=(row.unit.word(row.total)) {
            (number(n))
        }
    }
}

fn list_id(section: &Section, row: &Row) -> String {
    let across = row.column.as_deref().or(row.month.as_deref()).or(row.with.as_deref()).map(escape::anchor);
    let across = across.map(|column| format!("--{column}")).unwrap_or_default();
    format!("value-{}--{}{across}", escape::anchor(&section.name), escape::anchor(&row.id))
}

/// Returns the ids behind each row that stands for a value, or the command that lists them.
pub(super) fn behind_values(section: &Section) -> Markup {
    let rows: Vec<&Row> =
        section.table.rows.iter().filter(|row| has_list(section, row) && row.n.is_some_and(|n| n > 0)).collect();
    html! {
        @if !rows.is_empty() {
            details.ids {
                summary { "Which " (section.table.unit.word(2)) " these are" }
                @for row in rows {
                    div id=(list_id(section, row)) {
                        h4 {
                            (row.label)
                            @if let Some(column) = row.column.as_ref().or(row.month.as_ref()) { ", " (column) }
                            @if let Some(Value::Words(with)) = row.further.get(Measure::With) { " and " (with) }
                        }
                        (ids(section, row))
                    }
                }
            }
        }
    }
}

fn ids(section: &Section, row: &Row) -> Markup {
    let ids = section.cases.get(&row.evidence).map(Vec::as_slice).unwrap_or_default();
    let more = row.n.unwrap_or_default().saturating_sub(ids.len() as u64);
    html! {
        @if !ids.is_empty() { ul.ids { @for id in ids { li { (id) } } } }
        @if more > 0 {
            p.more {
                @if ids.is_empty() { "All " } @else { "…and " }
                (number(more))
                @if ids.is_empty() { ": " } @else { " more: " }
                code { (escape::command(&row.evidence)) }
            }
        }
    }
}
