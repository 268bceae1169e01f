//! A section's table: caption, numbers that are links, notes, and the ids behind values.

use std::ops::Range;

use maud::{Markup, html};

use super::super::{
    Section, StudyReport, escape,
    format::{Column, Grid, Line, caption, cell, column_total, even_blocks, notes, percentage, title},
};
use crate::table::{Level, Row, number};

/// About how many characters of numbers stand beside each other on a sheet of paper.
const PAPER: usize = 64;

/// Returns the table of a section with its notes.
///
/// Columns that do not fit a sheet scroll sideways on the screen; for paper the table is there a second time, in blocks.
pub(super) fn table(report: &StudyReport, section: &Section) -> Markup {
    let grid = Grid::of(&section.table);
    let blocks = even_blocks(&grid, PAPER);
    let wide = blocks.len() > 1;
    html! {
        div.scroll.wide[wide] role=[wide.then_some("region")] tabindex=[wide.then_some("0")]
            aria-label=[wide.then_some(title(&section.table))] { (whole(report, section, &grid)) }
        @if wide {
            div.paper aria-hidden="true" {
                @for (at, block) in blocks.into_iter().enumerate() { (part(section, &grid, block, at == 0)) }
            }
        }
        @let notes = notes(&section.table);
        @if !notes.is_empty() { div.notes { @for note in notes { p { (note) } } } }
    }
}

fn whole(report: &StudyReport, section: &Section, grid: &Grid<'_>) -> Markup {
    let table = &section.table;
    html! {
        table data-unit=(table.unit.word(1)) data-units=(table.unit.word(2)) data-counts=[table.counts.map(|counts| counts.word())] data-attribute=[attribute(section)] {
            (table_caption(section))
            thead { (head(grid, 0..grid.columns.len())) }
            tbody {
                @for line in &grid.lines {
                    @let codes = report.codebook.behind(line.head.level, &line.head.id);
                    tr class=[class(line)] data-codes=[(!codes.is_empty()).then(|| listed(&codes))] {
                        (label(line))
                        @if grid.columns.is_empty() {
                            @for row in line.cells.iter().flatten() { (plain(section, grid, row)) }
                        } @else {
                            @for (row, column) in line.cells.iter().zip(&grid.columns) { (across(section, grid, *row, column)) }
                        }
                    }
                }
            }
        }
    }
}

/// Returns some of the columns for paper, without links.
fn part(section: &Section, grid: &Grid<'_>, block: Range<usize>, first: bool) -> Markup {
    html! {
        table {
            @if first { (table_caption(section)) }
            thead { (head(grid, block.clone())) }
            tbody {
                @for line in &grid.lines {
                    tr class=[class(line)] {
                        (label(line))
                        @for (row, column) in line.cells.iter().zip(&grid.columns).skip(block.start).take(block.len()) {
                            td { (cell(*row, column, grid.percents)) }
                        }
                    }
                }
            }
        }
    }
}

fn table_caption(section: &Section) -> Markup {
    html! { caption { b { (title(&section.table)) } " " span { (caption(&section.table)) } } }
}

fn head(grid: &Grid<'_>, block: Range<usize>) -> Markup {
    html! {
        tr {
            td {}
            @if grid.columns.is_empty() {
                th scope="col" { "n of N" }
                @if grid.percents { th scope="col" { "%" } }
                @if grid.missing { th scope="col" { "missing" } }
            }
            @for column in grid.columns.get(block).unwrap_or_default() {
                th scope="col" data-value=(column.name) {
                    (column.name)
                    @if column.total.is_some() { span.of { (column_total(column)) } }
                }
            }
        }
    }
}

fn label(line: &Line<'_>) -> Markup {
    html! { th scope="row" class={ "depth-" (line.depth.min(4)) } { (line.head.label) } }
}

fn class(line: &Line<'_>) -> Option<&'static str> {
    (line.head.level == Level::Theme).then_some("theme")
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

fn plain(section: &Section, grid: &Grid<'_>, row: &Row) -> Markup {
    html! {
        td { (linked(section, row)) " of " (number(row.total)) }
        @if grid.percents { td { (percentage(row)) } }
        @if grid.missing { td { (number(row.missing)) } }
    }
}

fn across(section: &Section, grid: &Grid<'_>, row: Option<&Row>, column: &Column<'_>) -> Markup {
    let words = cell(row, column, grid.percents);
    let Some(row) = row else { return html! { td.none { (words) } } };
    // The words begin with the count, which is the link; what follows is its N or percentage.
    let rest = words.strip_prefix(&row.count()).unwrap_or_default();
    html! { td.none[row.n == Some(0)] { (linked(section, row)) (rest) } }
}

/// Returns a count as a link to what is behind it; nothing is behind zero.
fn linked(section: &Section, row: &Row) -> Markup {
    let Some(n) = row.n.filter(|n| *n > 0) else { return html! { (row.count()) } };
    let target = match row.level {
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
    let across = row.column.as_deref().or(row.month.as_deref()).map(escape::anchor);
    let across = across.map(|column| format!("--{column}")).unwrap_or_default();
    format!("value-{}--{}{across}", escape::anchor(&section.name), escape::anchor(&row.id))
}

/// Returns the ids behind each row that stands for a value, or the command that lists them.
pub(super) fn behind_values(section: &Section) -> Markup {
    let rows: Vec<&Row> =
        section.table.rows.iter().filter(|row| row.level == Level::Value && row.n.is_some_and(|n| n > 0)).collect();
    html! {
        @if !rows.is_empty() {
            details.ids {
                summary { "Which " (section.table.unit.word(2)) " these are" }
                @for row in rows {
                    div id=(list_id(section, row)) {
                        h4 { (row.label) @if let Some(column) = row.column.as_ref().or(row.month.as_ref()) { ", " (column) } }
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
