//! A table as Markdown: a pipe table with its caption above and its notes below.

use super::grid::{self, Column, Grid, Line};
use crate::{report::escape, table::Table};

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
        let columns = || block.iter().filter_map(|at| grid.columns.get(*at));
        let heads: Vec<String> = std::iter::once(String::new()).chain(columns().map(head)).collect();
        let rules: String = columns().map(|column| if column.kind.is_words() { ":--|" } else { "--:|" }).collect();
        written.push_str(&format!("\n{}|:--|{rules}\n", line(&heads)));
        for row in &grid.lines {
            let cells = block.iter().filter_map(|at| row.cells.get(*at)).map(|cell| escape::markdown(&cell.words));
            written.push_str(&line(&std::iter::once(label(row)).chain(cells).collect::<Vec<_>>()));
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

fn head(column: &Column<'_>) -> String {
    let (name, below) = (escape::markdown(&column.head), escape::markdown(&column.below));
    if below.is_empty() { name } else { format!("{name} ({below})") }
}

/// Returns the label: themes bold, codes moved to the right by blanks that Markdown keeps.
fn label(line: &Line<'_>) -> String {
    let label = escape::markdown(&line.head.label);
    if line.is_theme() && !label.is_empty() {
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
    fn words_stand_at_the_left() {
        insta::assert_snapshot!(markdown(&sample::pairs()), @"
        **Codes in the same entry** (entries, N = 14; counts: all (accepted and not yet reviewed); coder: any)

        |  | with (B) | n of N | n of A | n of B | Jaccard |
        |:--|:--|--:|--:|--:|--:|
        | Fear | Housing | 4 of 14 | 9 | 5 | 0.40 |
        | Fear | Trust | 2 of 14 | 9 | 5 | 0.13 |
        | Housing | Trust | 0 of 14 | 9 | 5 | – |

        A theme counts an entry once, however many of its codes are there.

        No percentages: fewer than 20 entries.

        Where no Jaccard is shown: neither code is used.
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
