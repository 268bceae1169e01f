//! A table as a page of HTML that needs nothing else, for the browser, for print, and for pasting into a text.
//!
//! The parts of a table are written here for the report's page too, which adds the links.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use super::grid::{self, Column, Grid, Line};
use crate::table::Table;

/// Allows the page nothing but its own looks.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("table.css");
/// About how many characters of numbers stand beside each other on a sheet of paper.
const PAPER: usize = 64;

/// Writes a table as a page with its caption above and its notes below.
///
/// Columns that do not fit a sheet of paper go on in further tables with the labels again.
pub fn html(table: &Table) -> String {
    let grid = Grid::of(table);
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            (page_head(POLICY, grid::title(table), &[STYLE]))
            body {
                (blocks(table, &grid))
                (notes(table))
            }
        }
    };
    page.into_string() + "\n"
}

/// Returns the head of a page that loads nothing from anywhere.
pub(in crate::report) fn page_head(policy: &str, title: &str, styles: &[&str]) -> Markup {
    markup! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="referrer" content="no-referrer";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            style { @for style in styles { (PreEscaped(style)) } }
        }
    }
}

/// Returns the columns in blocks that fit a sheet of paper, the caption over the first.
pub(in crate::report) fn blocks(table: &Table, grid: &Grid<'_>) -> Markup {
    markup! {
        @for (at, block) in paper_blocks(grid).iter().enumerate() {
            table {
                @if at == 0 { (caption(table)) }
                thead { (head(grid, block)) }
                tbody {
                    @for line in &grid.lines {
                        tr class=[theme(line)] {
                            (label(line))
                            @for (column, cell) in picked(grid, line, block) {
                                td class=[words(column)] { (cell.words) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the columns of each block that fits a sheet of paper.
pub(in crate::report) fn paper_blocks(grid: &Grid<'_>) -> Vec<Vec<usize>> {
    grid::even_blocks(grid, PAPER)
}

/// Returns the caption: the title, and what is counted.
pub(in crate::report) fn caption(table: &Table) -> Markup {
    markup! { caption { b { (grid::title(table)) } " " span { (grid::caption(table)) } } }
}

/// Returns the heads of some columns.
pub(in crate::report) fn head(grid: &Grid<'_>, block: &[usize]) -> Markup {
    markup! {
        tr {
            td {}
            @for column in block.iter().filter_map(|at| grid.columns.get(*at)) {
                th class=[words(column)] scope="col" data-value=[column.value] {
                    (column.head)
                    @if !column.below.is_empty() { span.of { (column.below) } }
                }
            }
        }
    }
}

/// Returns the class of a line that stands out.
pub(in crate::report) fn theme(line: &Line<'_>) -> Option<&'static str> {
    line.is_theme().then_some("theme")
}

/// Returns the class of a column of words.
pub(in crate::report) fn words(column: &Column<'_>) -> Option<&'static str> {
    column.kind.is_words().then_some("words")
}

/// Returns the label of a line.
pub(in crate::report) fn label(line: &Line<'_>) -> Markup {
    markup! { th scope="row" class={ "depth-" (line.depth.min(4)) } { (line.head.label) } }
}

/// Returns the sentences under a table.
pub(in crate::report) fn notes(table: &Table) -> Markup {
    let notes = grid::notes(table);
    markup! { @if !notes.is_empty() { div.notes { @for note in notes { p { (note) } } } } }
}

/// Returns the cells of some columns.
fn picked<'g, 'a>(
    grid: &'g Grid<'a>,
    line: &'g Line<'a>,
    block: &'g [usize],
) -> impl Iterator<Item = (&'g Column<'a>, &'g grid::Cell<'a>)> {
    block.iter().filter_map(|at| Some((grid.columns.get(*at)?, line.cells.get(*at)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn heads_have_a_scope_and_notes_stand_below() {
        let written = html(&sample::crosstab());
        let table = written.split("<table>").nth(1).unwrap_or_default().replace("><", ">\n<");
        insta::assert_snapshot!(table, @r#"
        <caption>
        <b>Codes by section</b> <span>entries, N = 14; counts: all (accepted and not yet reviewed); coder: any</span>
        </caption>
        <thead>
        <tr>
        <td>
        </td>
        <th scope="col" data-value="Greatest success">Greatest success<span class="of">N = 14</span>
        </th>
        <th scope="col" data-value="Greatest challenge">Greatest challenge<span class="of">N = 40</span>
        </th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <th scope="row" class="depth-0">Fear of being seen</th>
        <td>7</td>
        <td>31 (78%)</td>
        </tr>
        <tr>
        <th scope="row" class="depth-0">Housing</th>
        <td>0</td>
        <td>12 (30%)</td>
        </tr>
        </tbody>
        </table>
        <div class="notes">
        <p>A theme counts an entry once, however many of its codes are there.</p>
        <p>Where no percentage is shown: fewer than 20 entries.</p>
        </div>
        </body>
        </html>
        "#);
    }

    #[test]
    fn words_are_words() {
        for (name, table) in sample::hostile("<script>alert(1)</script>\"'&") {
            let written = html(&table);
            assert!(!written.contains("<script"), "{name}");
            assert!(written.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;"), "{name}");
        }
    }
}
