//! A table as Word has it: three rules, heads that come again on every page, numbers at the right, notes below.

use super::{
    document::captioned,
    paragraph::{Paragraph, Style, escaped},
    widths::{BEFORE, Block, PADDING, blocks},
};
use crate::{
    report::{
        escape,
        format::{Column, Grid, Line, caption, notes, title},
    },
    study::CaptionStyle,
    table::Table,
};

/// A table of at most so many lines stays on one page.
const WHOLE: usize = 24;
/// One step of a code under its theme, in twentieths of a point.
const STEP: usize = 200;

/// Writes a table with its caption, numbered, and its notes, for pages with so much room, in twentieths of a point.
pub(super) fn xml(table: &Table, number: usize, room: usize, captions: CaptionStyle) -> String {
    let grid = Grid::of(table);
    let words = format!("{} ({})", escape::one_line(title(table)), escape::one_line(&caption(table)));
    let captions = captioned(captions, "Table", number, &words);
    let mut written: String = captions.into_iter().map(|line| line.keep_next(true).xml()).collect();
    for (at, block) in blocks(&grid, room).iter().enumerate() {
        if at > 0 {
            written.push_str(&Paragraph::of(Style::Caption, "Continued.").keep_next(true).xml());
        }
        written.push_str(&self::block(&grid, block, title(table)));
    }
    let notes = notes(table);
    // Without a paragraph between them, two tables would be one.
    let between = if notes.is_empty() { vec![String::new()] } else { notes };
    let last = between.len() - 1;
    let note =
        |(at, note): (usize, &String)| Paragraph::of(Style::TableNote, note).keep_lines(true).keep_next(at < last);
    written.extend(between.iter().enumerate().map(|one| note(one).xml()));
    written
}

fn block(grid: &Grid<'_>, block: &Block, title: &str) -> String {
    let all = std::iter::once(block.label).chain(block.widths.iter().copied());
    let columns: String = all.clone().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let total: usize = all.sum();
    let rule = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/>");
    let margin = |side: &str| format!("<w:{side} w:w=\"{PADDING}\" w:type=\"dxa\"/>");
    let rows = grid.lines.iter().enumerate().map(|(at, line)| {
        let last = grid.lines.len() - 1;
        let keep = grid.lines.len() <= WHOLE || at == 0 || at + 1 == last || at == last;
        row(line, block, grid, keep)
    });
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>{}{}</w:tblBorders><w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar>{}{}</w:tblCellMar><w:tblLook w:val=\"06A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>\
         {}{}</w:tbl>",
        rule("top"),
        rule("bottom"),
        margin("left"),
        margin("right"),
        escaped(&escape::one_line(title)),
        heads(grid, block),
        rows.collect::<String>(),
    )
}

/// Returns a paragraph for a cell of a column: numbers stand at the right, words a little to the right of the left.
fn aligned(column: &Column<'_>) -> Paragraph {
    let paragraph = Paragraph::new(Style::TableText);
    if column.kind.is_words() { paragraph.indent(BEFORE, 0) } else { paragraph.right(true) }
}

/// Returns the row of heads, which Word repeats on every page.
fn heads(grid: &Grid<'_>, block: &Block) -> String {
    let look = "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tcBorders><w:vAlign w:val=\"bottom\"/>";
    let head = |column: &Column<'_>| {
        let line = |words: &str| aligned(column).keep_next(true).bold(words);
        let lines = [&column.head, &column.below].into_iter().filter(|words| !words.is_empty());
        lines.map(|words| line(&escape::one_line(words)).xml()).collect::<String>()
    };
    let empty = Paragraph::new(Style::TableText).keep_next(true).xml();
    let cells = block.columns.iter().zip(&block.widths).filter_map(|(at, width)| {
        let head = head(grid.columns.get(*at)?);
        // A cell without a paragraph would not be opened.
        Some(cell(*width, look, if head.is_empty() { &empty } else { &head }))
    });
    let cells: String = cells.collect();
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}{cells}</w:tr>", cell(block.label, look, &empty))
}

fn row(line: &Line<'_>, block: &Block, grid: &Grid<'_>, keep: bool) -> String {
    let words = escape::one_line(&line.head.label);
    let label = Paragraph::new(Style::TableText).keep_next(keep).indent(line.depth * STEP + STEP, STEP);
    let label = if line.is_theme() { label.bold(&words) } else { label.words(&words) };
    // Numbers stand beside the last line of their label, but words at its first.
    let words = grid.columns.iter().any(|column| column.kind.is_words());
    let look = if words { "" } else { "<w:vAlign w:val=\"bottom\"/>" };
    let cells = block.columns.iter().zip(&block.widths).filter_map(|(at, width)| {
        let (column, content) = (grid.columns.get(*at)?, line.cells.get(*at)?);
        let words = aligned(column).words(&escape::one_line(&content.words)).keep_next(keep);
        Some(cell(*width, look, &words.xml()))
    });
    let cells: String = cells.collect();
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}{cells}</w:tr>", cell(block.label, "", &label.xml()))
}

fn cell(width: usize, look: &str, paragraphs: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{look}</w:tcPr>{paragraphs}</w:tc>")
}
