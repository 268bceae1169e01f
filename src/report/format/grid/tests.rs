//! What every form shows: the cells of each kind of table.

use super::*;
use crate::{report::format::sample, table::Table};

/// Writes a grid as lines of cells, heads first; a number that a program may take stands in brackets.
fn shown(grid: &Grid<'_>) -> String {
    let heads = grid.columns.iter().map(|column| format!("{}/{} {:?}", column.head, column.below, column.kind));
    let mut lines = vec![heads.collect::<Vec<_>>().join(" | ")];
    for line in &grid.lines {
        let cell = |cell: &Cell<'_>| match cell.number {
            Some((value, _)) => format!("{} [{value}]", cell.words),
            None => cell.words.clone(),
        };
        let cells: Vec<String> = line.cells.iter().map(cell).collect();
        lines.push(format!("{}{}: {}", ">".repeat(line.depth), line.head.label, cells.join(" | ")));
    }
    lines.join("\n")
}

#[test]
fn values_across_hold_n_and_percentage() {
    insta::assert_snapshot!(shown(&Grid::of(&sample::crosstab())), @"
    Greatest success/N = 14 Count | Greatest challenge/N = 40 Count
    Fear of being seen: 7 | 31 (78%)
    Housing: 0 | 12 (30%)
    ");
    insta::assert_snapshot!(shown(&Grid::apart(&sample::crosstab())), @"
    Greatest success (N = 14)/n Count | Greatest success (N = 14)/% Percent | Greatest challenge (N = 40)/n Count | Greatest challenge (N = 40)/% Percent
    Fear of being seen: 7 [7] | – | 31 [31] | 78 [78]
    Housing: 0 [0] | – | 12 [12] | 30 [30]
    ");
}

#[test]
fn a_percentage_stands_beside_its_n() {
    insta::assert_snapshot!(shown(&Grid::of(&sample::measured())), @"
    n of N/ Count | %/ Percent | missing/ Count | 95% CI/ Number
    Naturalization: 950 of 2,710 | 35.1 [35.1] | 5 [5] | 33.3–36.9
    Asylum: 1,570 of 2,710 | 57.9 [57.9] | 5 [5] | 56.1–59.8
    Other: 1 of 2,710 | <0.1 | 5 [5] | 0.0–0.2
    ");
    insta::assert_snapshot!(shown(&Grid::apart(&sample::measured())), @"
    n/ Count | %/ Percent | N/ Count | missing/ Count | 95% CI, lower/ Number | 95% CI, upper/ Number
    Naturalization: 950 [950] | 35.1 [35.1] | 2,710 [2710] | 5 [5] | 33.3 [33.3] | 36.9 [36.9]
    Asylum: 1,570 [1570] | 57.9 [57.9] | 2,710 [2710] | 5 [5] | 56.1 [56.1] | 59.8 [59.8]
    Other: 1 [1] | <0.1 | 2,710 [2710] | 5 [5] | 0.0 [0] | 0.2 [0.2]
    ");
}

#[test]
fn pairs_name_the_second_code_first() {
    insta::assert_snapshot!(shown(&Grid::of(&sample::pairs())), @"
    with (B)/ Words | n of N/ Count | n of A/ Count | n of B/ Count | Jaccard/ Number
    Fear: Housing | 4 of 14 | 9 [9] | 5 [5] | 0.40 [0.4]
    Fear: Trust | 2 of 14 | 9 [9] | 5 [5] | 0.13 [0.125]
    Housing: Trust | 0 of 14 | 9 [9] | 5 [5] | –
    ");
    let mut table = sample::pairs();
    table.rows.iter_mut().for_each(|row| row.further.0.clear());
    insta::assert_snapshot!(shown(&Grid::of(&table)), @"
    with/ Words | n of N/ Count
    Fear: housing | 4 of 14
    Fear: trust | 2 of 14
    Housing: trust | 0 of 14
    ");
}

#[test]
fn what_is_hidden_has_no_number() {
    insta::assert_snapshot!(shown(&Grid::of(&sample::hidden())), @"
    n of N/ Count | %/ Percent | missing/ Count | 95% CI/ Number
    Naturalization: 950 of 2,710 | 35.1 [35.1] | 5 [5] | 33.3–36.9
    Asylum: — of 2,710 | — | 5 [5] | —
    Other: <11 of 2,710 | — | 5 [5] | —
    ");
    insta::assert_snapshot!(shown(&Grid::apart(&sample::hidden())), @"
    n/ Count | %/ Percent | N/ Count | missing/ Count | 95% CI, lower/ Number | 95% CI, upper/ Number
    Naturalization: 950 [950] | 35.1 [35.1] | 2,710 [2710] | 5 [5] | 33.3 [33.3] | 36.9 [36.9]
    Asylum: — | — | 2,710 [2710] | 5 [5] | — | —
    Other: <11 | — | 2,710 [2710] | 5 [5] | — | —
    ");
}

#[test]
fn tests_of_lines_stand_at_the_end() {
    insta::assert_snapshot!(shown(&Grid::of(&sample::tested())), @"
    Greatest success/N = 14 Count | Greatest challenge/N = 40 Count | test/ Words | p/ Number | Cramér's V/ Number
    Fear of being seen: 7 | 31 (78%) | Fisher's exact | <.001 [0.0002] | 0.31 [0.31]
    Housing: 0 | 12 (30%) | Fisher's exact | – | –
    ");
}

#[test]
fn sentences_are_cells_too() {
    insta::assert_snapshot!(shown(&Grid::of(&sample::overview())), @"
    Definition/ Prose | n of N/ Count | Excerpt/ Prose | Counter-example/ Prose
    Immigration status is a social determinant of health: The papers that a family has decide whether its members dare to see a doctor at all. | 12 of 14 | She said that she would rather live with the pain than give her name at the desk. (Navigator, March 2018) | He came every month and never asked.
    Trust: The papers that a family has decide whether its members dare to see a doctor at all. | 0 of 14 | She said that she would rather live with the pain than give her name at the desk. (Navigator, March 2018) | –
    ");
}

#[test]
fn a_reason_stands_once_under_the_table() {
    insta::assert_snapshot!(notes(&sample::pairs()).join("\n"), @"
    A theme counts an entry once, however many of its codes are there.
    No percentages: fewer than 20 entries.
    Where no Jaccard is shown: neither code is used.
    ");
    insta::assert_snapshot!(notes(&sample::tested()).join("\n"), @"
    A theme counts an entry once, however many of its codes are there.
    Where no p or Cramér's V is shown: a column has no units.
    Where no percentage is shown: fewer than 20 entries.
    ");
}

#[test]
fn missing_units_stand_in_the_heads_only_where_columns_differ() {
    let mut table = sample::crosstab();
    table.rows.iter_mut().for_each(|row| row.missing = 3);
    let heads = |table: &Table| Grid::of(table).columns.iter().map(|column| column.below.clone()).collect::<Vec<_>>();
    assert_eq!(heads(&table), ["N = 14", "N = 40"]);
    table.rows.iter_mut().filter(|row| row.total == 40).for_each(|row| row.missing = 4);
    assert_eq!(heads(&table), ["N = 14, 3 missing", "N = 40, 4 missing"]);
}

#[test]
fn blocks_on_paper_are_even_and_no_more_than_needed() {
    let mut table = sample::frequency();
    table.rows = (1..=14)
        .map(|month| Row { month: Some(format!("2018-{month:02}")), ..sample::row(Level::Code, "a", "A", None, 1, 2) })
        .collect();
    let grid = Grid::of(&table);
    let sizes = |blocks: Vec<Vec<usize>>| blocks.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(sizes(blocks(&grid, 54)), [6, 6, 2]);
    assert_eq!(sizes(even_blocks(&grid, 54)), [5, 5, 4]);
    assert_eq!(sizes(even_blocks(&grid, 1)), [1; 14]);
    assert_eq!(sizes(even_blocks(&grid, 1000)), [14]);
}

#[test]
fn columns_that_lead_begin_every_block() {
    let table = sample::pairs();
    let found = blocks(&Grid::of(&table), 25);
    assert!(found.len() > 1 && found.iter().all(|block| block.first() == Some(&0)), "{found:?}");
}
