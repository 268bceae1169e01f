//! One table on one sheet: title, what is counted, heads that stay in sight, numbers, notes.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::WorkbookError;
use crate::{
    report::{
        escape,
        format::{Cell, Column, Grid, Kind, Line, Shape, caption, notes, title},
    },
    table::Table,
};

/// Line of the heads, below title, caption and an empty line.
const HEADS: u32 = 3;
/// A cell cannot hold more characters (32,767); words behind that are cut off, and it is said.
const LONGEST: usize = 32_000;
/// Widths in characters: labels at most, sentences, few words at most, and the least of a number.
const LABEL: f64 = 56.0;
const PROSE: f64 = 48.0;
const WORDS: f64 = 30.0;
const NUMBER: f64 = 9.0;
/// More characters than these are not pressed onto one sheet of paper.
const SHEET: f64 = 260.0;
/// Height of a line of notes, in points.
const LINE: f64 = 15.0;

/// Writes a table on an empty sheet.
pub(super) fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), WorkbookError> {
    let grid = Grid::apart(table);
    words(sheet, 0, 0, title(table), &Format::new().set_bold().set_font_size(14))?;
    words(sheet, 1, 0, &caption(table), &Format::new())?;
    let widths = widths(&grid);
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    let first = heads(sheet, &grid, &widths)?;
    let last = grid.lines.len();
    let mut row = first;
    for (at, line) in grid.lines.iter().enumerate() {
        self::line(sheet, row, line, &grid, at + 1 == last)?;
        sheet.set_row_height(row, height(line, &grid, &widths) * LINE)?;
        row += 1;
    }
    row += 1;
    for note in notes(table) {
        self::note(sheet, row, &note, &widths)?;
        row += 1;
    }
    sheet.set_freeze_panes(first, 1)?;
    sheet.set_landscape();
    if widths.iter().sum::<f64>() <= SHEET {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_repeat_columns(0, 0)?;
    }
    sheet.set_repeat_rows(HEADS, first - 1)?;
    Ok(())
}

/// Writes words as they are: whatever they begin with, they are no formula.
pub(super) fn words(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    format: &Format,
) -> Result<(), WorkbookError> {
    sheet.write_string_with_format(row, column, plain(words), format)?;
    Ok(())
}

/// Returns words that a cell can hold.
fn plain(words: &str) -> String {
    let words = escape::xml(words);
    if words.chars().count() <= LONGEST {
        return words;
    }
    let kept: String = words.chars().take(LONGEST).collect();
    format!("{kept} … [{} more characters]", words.chars().count() - LONGEST)
}

/// Writes the heads, those of one value over its columns; returns the first line below.
fn heads(sheet: &mut Worksheet, grid: &Grid<'_>, widths: &[f64]) -> Result<u32, WorkbookError> {
    let two = grid.columns.iter().any(|column| !column.below.is_empty());
    let last = if two { HEADS + 1 } else { HEADS };
    let look = |column: &Column<'_>, row: u32| {
        let align = if column.kind.is_words() { FormatAlign::Left } else { FormatAlign::Right };
        let indent = u8::from(column.kind.is_words());
        let format = Format::new().set_bold().set_text_wrap().set_align(align).set_align(FormatAlign::Bottom);
        let format = format.set_indent(indent);
        let format = if row == HEADS { format.set_border_top(FormatBorder::Medium) } else { format };
        if row == last { format.set_border_bottom(FormatBorder::Thin) } else { format }
    };
    for row in HEADS..=last {
        let empty = Format::new().set_bold();
        let empty = if row == HEADS { empty.set_border_top(FormatBorder::Medium) } else { empty };
        let empty = if row == last { empty.set_border_bottom(FormatBorder::Thin) } else { empty };
        sheet.write_blank(row, 0, &empty)?;
    }
    let (mut at, mut height) = (0, 1.0_f64);
    while let Some(column) = grid.columns.get(at) {
        let same = |other: &&Column<'_>| other.value.is_some() && other.value == column.value;
        let group = grid.columns.iter().skip(at).take_while(same).count().max(1);
        let (left, right) = (place(at), place(at + group - 1));
        if column.below.is_empty() {
            // A head without a second line stands on the rule.
            let (over, format) = (look(column, HEADS), look(column, last));
            if two {
                sheet.write_blank(HEADS, left, &over)?;
            }
            words(sheet, last, left, &column.head, &format)?;
        } else {
            let format = look(column, HEADS).set_align(FormatAlign::Center);
            // Words of a head seldom fill their line.
            let room: f64 = widths.iter().skip(at + 1).take(group).sum();
            height = height.max(lines(chars(&column.head), room * 0.75));
            if left == right {
                words(sheet, HEADS, left, &column.head, &format)?;
            } else {
                sheet.merge_range(HEADS, left, HEADS, right, &plain(&column.head), &format)?;
            }
            for (place, column) in (left..).zip(grid.columns.iter().skip(at).take(group)) {
                words(sheet, last, place, &column.below, &look(column, last))?;
            }
        }
        at += group;
    }
    sheet.set_row_height(HEADS, height * LINE)?;
    Ok(last + 1)
}

/// Returns the sheet's column of a column; labels are the first.
fn place(at: usize) -> u16 {
    u16::try_from(at + 1).unwrap_or(u16::MAX)
}

fn line(sheet: &mut Worksheet, row: u32, line: &Line<'_>, grid: &Grid<'_>, last: bool) -> Result<(), WorkbookError> {
    let ruled = |format: Format| if last { format.set_border_bottom(FormatBorder::Medium) } else { format };
    let theme = |format: Format| if line.is_theme() { format.set_bold() } else { format };
    let depth = u8::try_from(line.depth).unwrap_or_default();
    let label =
        theme(Format::new().set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top).set_indent(depth));
    words(sheet, row, 0, &line.head.label, &ruled(label))?;
    for (at, (column, cell)) in grid.columns.iter().zip(&line.cells).enumerate() {
        let format = if column.kind.is_words() {
            Format::new().set_text_wrap().set_align(FormatAlign::Left).set_indent(1)
        } else {
            theme(Format::new().set_align(FormatAlign::Right))
        };
        let format = ruled(format.set_align(FormatAlign::Top));
        self::cell(sheet, row, place(at), cell, format)?;
    }
    Ok(())
}

fn cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>, format: Format) -> Result<(), WorkbookError> {
    let Some((number, shape)) = cell.number.filter(|(number, _)| number.is_finite()) else {
        return words(sheet, row, column, &cell.words, &format);
    };
    let written = match shape {
        Shape::Whole => "#,##0".to_owned(),
        Shape::Decimals(0) => "0".to_owned(),
        Shape::Decimals(decimals) => format!("0.{}", "0".repeat(usize::from(decimals))),
        Shape::P => "[<0.001]\"<.001\";0.000".to_owned(),
    };
    sheet.write_number_with_format(row, column, number, &format.set_num_format(written))?;
    Ok(())
}

/// Writes a note over the width of the table, as many lines high as it needs.
fn note(sheet: &mut Worksheet, row: u32, note: &str, widths: &[f64]) -> Result<(), WorkbookError> {
    // Notes of a narrow table may reach further than it.
    let (mut room, mut last) = (0.0, 0_u16);
    for at in 0_u16..12 {
        room += widths.get(usize::from(at)).copied().unwrap_or(8.43);
        last = at;
        if room >= 90.0 {
            break;
        }
    }
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    if last == 0 {
        words(sheet, row, 0, note, &format)?;
    } else {
        sheet.merge_range(row, 0, row, last, &plain(note), &format)?;
    }
    sheet.set_row_height(row, lines(chars(note), room) * LINE)?;
    Ok(())
}

/// Returns how many lines words take, as many as a row can be high for; those that break do not fill their lines.
fn lines(chars: f64, room: f64) -> f64 {
    if chars <= room { 1.0 } else { (chars / (room * 0.92).max(1.0)).ceil().clamp(2.0, 27.0) }
}

/// Returns how many lines high a line of the table is, by the cell of words that needs most.
fn height(line: &Line<'_>, grid: &Grid<'_>, widths: &[f64]) -> f64 {
    let width = |at: usize| widths.get(at).copied().unwrap_or(NUMBER);
    let label = lines(chars(&line.head.label), width(0));
    let cells = grid.columns.iter().zip(&line.cells).enumerate().filter(|(_, (column, _))| column.kind.is_words());
    cells.map(|(at, (_, cell))| lines(chars(&cell.words), width(at + 1))).fold(label, f64::max)
}

fn widths(grid: &Grid<'_>) -> Vec<f64> {
    let label = grid.lines.iter().map(|line| chars(&line.head.label) + 2.0 * chars(&" ".repeat(line.depth)));
    let label = label.fold(12.0, f64::max).min(LABEL);
    let column = |(at, column): (usize, &Column<'_>)| {
        let cells = grid.lines.iter().filter_map(|line| line.cells.get(at));
        let widest = cells.map(|cell| chars(&cell.words)).fold(0.0, f64::max);
        let head = column.head.split_whitespace().map(chars).fold(chars(&column.below), f64::max);
        match column.kind {
            Kind::Prose => PROSE.min(widest.max(head) + 2.0).max(NUMBER),
            Kind::Words => WORDS.min(widest.max(head) + 2.0).max(NUMBER),
            // The head of a value stands over all its columns.
            Kind::Count | Kind::Number | Kind::Percent if column.value.is_some() => {
                let group = grid.columns.iter().filter(|other| other.value == column.value).map(|_| 1.0).sum::<f64>();
                let word = column.head.split_whitespace().map(chars).fold(0.0, f64::max) / group;
                widest.max(chars(&column.below)).max(word).max(8.0) + 1.0
            }
            Kind::Count | Kind::Number | Kind::Percent => widest.max(head).max(NUMBER - 2.0) + 2.0,
        }
    };
    std::iter::once(label + 2.0).chain(grid.columns.iter().enumerate().map(column)).collect()
}

fn chars(words: &str) -> f64 {
    u32::try_from(words.chars().count()).map_or(f64::from(u32::MAX), f64::from)
}
