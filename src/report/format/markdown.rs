//! A table as Markdown: a pipe table with its caption above and its notes below.

use std::ops::Range;

use super::grid::{self, Column, Grid, Line};
use crate::{
    report::escape,
    table::{Level, Table, number},
};

/// About how many characters of numbers stand beside each other before the table goes on below.
const ROOM: usize = 120;

/// Writes a table as a pipe table; values across become columns, and words of people show as they are.
///
/// More columns than can be read beside each other go on in further tables with the labels again.
pub fn markdown(table: &Table) -> String {
    let grid = Grid::of(table);
    let caption = escape::markdown(&grid::caption(table));
    let mut written = format!("**{}** ({caption})\n", escape::markdown(grid::title(table)));
    for block in grid::blocks(&grid, ROOM) {
        let heads = heads(&grid, block.clone());
        written.push_str(&format!("\n{}|:--|{}\n", line(&heads), "--:|".repeat(heads.len() - 1)));
        for row in &grid.lines {
            written.push_str(&line(&cells(&grid, row, block.clone())));
        }
    }
    for note in grid::notes(table) {
        written.push_str(&format!("\n{}\n", escape::markdown(&note)));
    }
    written
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn heads(grid: &Grid<'_>, block: Range<usize>) -> Vec<String> {
    let mut heads = vec![String::new()];
    if grid.columns.is_empty() {
        heads.push("n of N".to_owned());
        heads.extend(grid.percents.then(|| "%".to_owned()));
        heads.extend(grid.missing.then(|| "missing".to_owned()));
    } else {
        heads.extend(grid.columns.get(block).into_iter().flatten().map(column_head));
    }
    heads
}

fn column_head(column: &Column<'_>) -> String {
    let (name, total) = (escape::markdown(column.name), grid::column_total(column));
    if total.is_empty() { name } else { format!("{name} ({total})") }
}

fn cells(grid: &Grid<'_>, line: &Line<'_>, block: Range<usize>) -> Vec<String> {
    let mut cells = vec![label(line)];
    if grid.columns.is_empty() {
        for row in line.cells.iter().flatten() {
            cells.push(grid::count(row));
            cells.extend(grid.percents.then(|| grid::percentage(row)));
            cells.extend(grid.missing.then(|| number(row.missing)));
        }
    } else {
        let columns = grid.columns.iter().zip(&line.cells).skip(block.start).take(block.len());
        cells.extend(columns.map(|(column, row)| grid::cell(*row, column, grid.percents)));
    }
    cells
}

/// Returns the label: themes bold, codes moved to the right by blanks that Markdown keeps.
fn label(line: &Line<'_>) -> String {
    let label = escape::markdown(&line.head.label);
    if line.head.level == Level::Theme && !label.is_empty() {
        return format!("**{label}**");
    }
    format!("{}{label}", "&emsp;".repeat(line.depth))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn themes_are_bold_and_codes_indented() {
        insta::assert_snapshot!(markdown(&sample::frequency()), @"
        **Themes and codes by entries** (entries, N = 14; counts: all (accepted and not yet reviewed); coder: any)

        |  | n of N |
        |:--|--:|
        | **Immigration status is a social determinant of health** | 12 of 14 |
        | &emsp;Language barrier | 9 of 14 |
        | &emsp;&emsp;Interpreter missing | 4 of 14 |
        | **Trust** | 0 of 14 |

        A theme counts an entry once, however many of its codes are there.

        No percentages: fewer than 20 entries.
        ");
    }

    #[test]
    fn values_across_become_columns() {
        insta::assert_snapshot!(markdown(&sample::crosstab()), @"
        **Codes by section** (entries, N = 14; counts: all (accepted and not yet reviewed); coder: any)

        |  | Greatest success (N = 14) | Greatest challenge (N = 40) |
        |:--|--:|--:|
        | Fear of being seen | 7 | 31 (78%) |
        | Housing | 0 | 12 (30%) |

        A theme counts an entry once, however many of its codes are there.

        Where no percentage is shown: fewer than 20 entries.
        ");
    }

    #[test]
    fn a_label_cannot_leave_its_cell() {
        let mut table = sample::frequency();
        table.rows.truncate(1);
        for row in &mut table.rows {
            row.label = "a | b\n| <script>alert(1)</script>".to_owned();
        }
        assert!(markdown(&table).contains(r"| **a \| b \| &lt;script&gt;alert(1)&lt;/script&gt;** | 12 of 14 |"));
    }
}
