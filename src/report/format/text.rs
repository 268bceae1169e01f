//! A table for the terminal: aligned columns, codes moved to the right under their themes, notes below.

use super::grid::{self, Grid, Kind};
use crate::{report::escape, table::Table};
use unicode_segmentation::UnicodeSegmentation as _;

/// Width of a line when nobody asked for another.
const WIDTH: usize = 80;
/// A label is never made narrower than this, whatever the width.
const NARROWEST: usize = 16;
/// A column of words is wider than this only on a wide line.
const WORDS: usize = 24;
/// Blanks before the further lines of a label; unlike the step of a code under its theme.
const HANG: usize = 4;
/// Blanks between columns.
const GAP: usize = 2;

/// Writes a table as lines of at most 80 characters where its columns allow it.
pub fn text(table: &Table) -> String {
    text_within(table, WIDTH)
}

/// Writes a table as lines of at most `width` characters where its columns allow it.
///
/// Columns that do not fit beside each other go on in further blocks with the labels again; whole sentences stand
/// under their line.
pub fn text_within(table: &Table, width: usize) -> String {
    let grid = Grid::of(table);
    let labels: Vec<Label> = grid.lines.iter().map(|line| Label::of(&grid, line)).collect();
    let mut lines = wrapped(&escape::terminal(grid::title(table)), width, 0, 0);
    lines.extend(wrapped(&escape::terminal(&grid::caption(table)), width, 0, 0));
    let columns = columns(&grid, width);
    for (at, block) in blocks(&columns, label_width(&labels), width).iter().enumerate() {
        lines.push(String::new());
        lines.extend(block_lines(block, &labels, width, at == 0));
    }
    let notes = grid::notes(table);
    if !notes.is_empty() {
        lines.push(String::new());
    }
    for note in notes {
        lines.extend(wrapped(&escape::terminal(&note), width, 0, 0));
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The label of a line, and the sentences under it.
struct Label {
    words: String,
    indent: usize,
    under: Vec<String>,
}

impl Label {
    fn of(grid: &Grid<'_>, line: &grid::Line<'_>) -> Self {
        let cells = grid.columns.iter().zip(&line.cells);
        let prose = cells.filter(|(column, cell)| column.kind == Kind::Prose && !cell.words.is_empty());
        let under = prose.map(|(column, cell)| {
            let head = match column.value {
                Some(value) => format!("{value}, {}", column.below),
                None => column.head.clone(),
            };
            escape::terminal(&format!("{head}: {}", cell.words))
        });
        Self { words: escape::terminal(&line.head.label), indent: line.depth * 2, under: under.collect() }
    }
}

/// The words of one column, head lines apart; those of a cell are lines when they are many.
struct Words {
    head: Vec<String>,
    cells: Vec<Vec<String>>,
    width: usize,
    left: bool,
    leads: bool,
}

/// Returns the columns that stand beside the labels.
fn columns(grid: &Grid<'_>, width: usize) -> Vec<Words> {
    let beside = grid.columns.iter().enumerate().filter(|(_, column)| column.kind != Kind::Prose);
    let words = |(at, column): (usize, &grid::Column<'_>)| {
        let left = column.kind.is_words();
        let widest = if left { WORDS.max(width / 4) } else { usize::MAX };
        let cell = |line: &grid::Line<'_>| {
            wrapped(&escape::terminal(line.cells.get(at).map_or("", |cell| &cell.words)), widest, 0, 0)
        };
        let head = vec![escape::terminal(&column.head), escape::terminal(&column.below)];
        let cells: Vec<Vec<String>> = grid.lines.iter().map(cell).collect();
        let width = head.iter().chain(cells.iter().flatten()).map(|word| columns_of(word)).max().unwrap_or(0);
        Words { head, cells, width, left, leads: column.leads }
    };
    beside.map(words).collect()
}

fn label_width(labels: &[Label]) -> usize {
    labels.iter().map(|label| label.indent + columns_of(&label.words)).max().unwrap_or(0)
}

/// Cuts the columns into blocks that fit beside the labels and the columns that lead; a block has at least one other.
fn blocks(columns: &[Words], labels: usize, width: usize) -> Vec<Vec<&Words>> {
    let (leading, others): (Vec<&Words>, Vec<&Words>) = columns.iter().partition(|column| column.leads);
    // Long labels wrap before columns are moved to another block, but keep a third of the line.
    let before = labels.min((width / 3).max(NARROWEST));
    let before = before + leading.iter().map(|column| GAP + column.width).sum::<usize>();
    let mut blocks = Vec::new();
    let (mut block, mut used) = (leading.clone(), before);
    for column in others {
        if used + GAP + column.width > width && block.len() > leading.len() {
            blocks.push(std::mem::replace(&mut block, leading.clone()));
            used = before;
        }
        block.push(column);
        used += GAP + column.width;
    }
    blocks.push(block);
    blocks
}

fn block_lines(block: &[&Words], labels: &[Label], width: usize, first: bool) -> Vec<String> {
    let taken: usize = block.iter().map(|column| GAP + column.width).sum();
    let room = label_width(labels).min(width.saturating_sub(taken).max(NARROWEST));
    let heads = block.iter().map(|column| column.head.len()).max().unwrap_or(0);
    let mut lines: Vec<String> = (0..heads)
        .map(|at| beside("", room, block.iter().map(|column| (column.head.get(at), *column))))
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.push("─".repeat(room + taken));
    for (at, label) in labels.iter().enumerate() {
        let label_lines = wrapped(&label.words, room, label.indent, label.indent + HANG);
        let height = |column: &&Words| column.cells.get(at).map_or(0, Vec::len);
        let height = block.iter().map(height).max().unwrap_or(0).max(label_lines.len());
        lines.extend((0..height).map(|line| {
            // The numbers stand beside the label's last line, where the eye is when it has read it; words at its first.
            let cell = |column: &&'_ Words| {
                let words = column.cells.get(at)?;
                let from = if column.left { 0 } else { (label_lines.len()).saturating_sub(words.len()) };
                words.get(line.checked_sub(from)?).cloned()
            };
            let cells: Vec<(Option<String>, &Words)> = block.iter().map(|column| (cell(column), *column)).collect();
            let cells = cells.iter().map(|(cell, column)| (cell.as_ref(), *column));
            beside(label_lines.get(line).map_or("", String::as_str), room, cells)
        }));
        if first {
            let under = label.indent + HANG;
            lines.extend(label.under.iter().flat_map(|words| wrapped(words, width, under, under)));
        }
    }
    lines
}

fn beside<'a>(label: &str, room: usize, cells: impl Iterator<Item = (Option<&'a String>, &'a Words)>) -> String {
    let mut line = format!("{label}{}", " ".repeat(room.saturating_sub(columns_of(label))));
    for (cell, column) in cells {
        let cell = cell.map_or("", String::as_str);
        let blanks = " ".repeat(column.width.saturating_sub(columns_of(cell)));
        line.push_str(&" ".repeat(GAP));
        line.push_str(&if column.left { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") });
    }
    line
}

/// Breaks words into lines of at most `width`, the first moved right by `indent`, the others by `hang`.
fn wrapped(words: &str, width: usize, indent: usize, hang: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    let mut empty = true;
    for word in words.split(' ') {
        if !empty && columns_of(&line) + 1 + columns_of(word) > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(hang)));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// Returns how many cells of a terminal the words take: two for a wide East Asian character, one for any other.
fn columns_of(words: &str) -> usize {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD);
    words.graphemes(true).map(|grapheme| if grapheme.starts_with(wide) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn codes_stand_under_their_themes() {
        insta::assert_snapshot!(text(&sample::frequency()), @"
    Themes and codes by entries
    entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                                                            n of N
    ──────────────────────────────────────────────────────────────
    Immigration status is a social determinant of health  12 of 14
      Language barrier                                     9 of 14
        Interpreter missing                                4 of 14
    Trust                                                  0 of 14

    A theme counts an entry once, however many of its codes are there.
    No percentages: fewer than 20 entries.
    ");
    }

    #[test]
    fn long_labels_wrap_and_keep_the_numbers_aligned() {
        insta::assert_snapshot!(text_within(&sample::frequency(), 40), @"
        Themes and codes by entries
        entries, N = 14; counts: all (accepted
        and not yet reviewed); coder: any

                                          n of N
        ────────────────────────────────────────
        Immigration status is a social
            determinant of health       12 of 14
          Language barrier               9 of 14
            Interpreter missing          4 of 14
        Trust                            0 of 14

        A theme counts an entry once, however
        many of its codes are there.
        No percentages: fewer than 20 entries.
        ");
    }

    #[test]
    fn values_across_are_columns_with_their_own_n() {
        insta::assert_snapshot!(text(&sample::crosstab()), @"
        Codes by section
        entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                            Greatest success  Greatest challenge
                                      N = 14              N = 40
        ────────────────────────────────────────────────────────
        Fear of being seen                 7            31 (78%)
        Housing                            0            12 (30%)

        A theme counts an entry once, however many of its codes are there.
        Where no percentage is shown: fewer than 20 entries.
        ");
    }

    #[test]
    fn what_does_not_fit_goes_on_below() {
        insta::assert_snapshot!(text_within(&sample::crosstab(), 50), @"
        Codes by section
        entries, N = 14; counts: all (accepted and not yet
        reviewed); coder: any

                            Greatest success
                                      N = 14
        ────────────────────────────────────
        Fear of being seen                 7
        Housing                            0

                            Greatest challenge
                                        N = 40
        ──────────────────────────────────────
        Fear of being seen            31 (78%)
        Housing                       12 (30%)

        A theme counts an entry once, however many of its
        codes are there.
        Where no percentage is shown: fewer than 20
        entries.
        ");
    }

    #[test]
    fn pairs_and_sentences_can_be_read_on_a_terminal() {
        insta::assert_snapshot!(text(&sample::pairs()), @"
        Codes in the same entry
        entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                 with (B)   n of N  n of A  n of B  Jaccard
        ───────────────────────────────────────────────────
        Fear     Housing   4 of 14       9       5     0.40
        Fear     Trust     2 of 14       9       5     0.13
        Housing  Trust     0 of 14       9       5        –

        A theme counts an entry once, however many of its codes are there.
        No percentages: fewer than 20 entries.
        Where no Jaccard is shown: neither code is used.
        ");
        insta::assert_snapshot!(text(&sample::overview()), @"
        Themes at a glance
        entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                                                                n of N
        ──────────────────────────────────────────────────────────────
        Immigration status is a social determinant of health  12 of 14
            Definition: The papers that a family has decide whether its members dare to
            see a doctor at all.
            Excerpt: She said that she would rather live with the pain than give her
            name at the desk. (Navigator, March 2018)
            Counter-example: He came every month and never asked.
        Trust                                                  0 of 14
            Definition: The papers that a family has decide whether its members dare to
            see a doctor at all.
            Excerpt: She said that she would rather live with the pain than give her
            name at the desk. (Navigator, March 2018)
            Counter-example: –

        A theme counts an entry once, however many of its codes are there.
        No percentages: fewer than 20 entries.
        Where no Counter-example is shown: none was found.
        ");
        insta::assert_snapshot!(text(&sample::tested()), @"
        Codes by section
        entries, N = 14; counts: all (accepted and not yet reviewed); coder: any

                            Greatest success  Greatest challenge  test                p
                                      N = 14              N = 40
        ───────────────────────────────────────────────────────────────────────────────
        Fear of being seen                 7            31 (78%)  Fisher's exact  <.001
        Housing                            0            12 (30%)  Fisher's exact      –

                            Cramér's V
        ──────────────────────────────
        Fear of being seen        0.31
        Housing                      –

        A theme counts an entry once, however many of its codes are there.
        Where no p or Cramér's V is shown: a column has no units.
        Where no percentage is shown: fewer than 20 entries.
        ");
    }

    #[test]
    fn a_table_without_rows_still_says_its_n() {
        let mut table = sample::frequency();
        table.rows.clear();
        assert!(text(&table).contains("entries, N = 14"));
    }
}
