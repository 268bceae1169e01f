//! A heat map: codes by codes, or by anything else, with the number in every cell.

use super::bars::lines_height;
use super::canvas::{Anchor, Canvas, MARGIN, units};
use super::colour::{SOFT, WHITE};
use super::fill;
use super::font::Type;
use super::heads::{self, Heads};
use super::key::{self, Swatch};
use super::page::{TICK, foot, head, no_data};
use super::ramp;
use super::scale::Scale;
use super::wrap::{clean, widest, wrap, wrap_even};
use super::{ChartError, Width, fitted};

/// Room between the rows' labels and the cells, and around the words in a cell.
const GAPS: (i32, f64) = (16, 8.0);
/// Widest and narrowest column, lowest and highest row of cells.
const COLUMN: (f64, f64) = (36.0, 180.0);
const ROW: (i32, i32) = (44, 64);
/// Type in the cells, largest first: 7.4, 6.7 and 6 pt.
const SIZES: [i32; 3] = [31, 28, 25];
/// Length and height of the scale's colours.
const RAMP: (i32, i32) = (480, 28);

/// Numbers by row and column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatMap {
    /// What the chart shows; empty for none.
    pub title: String,
    /// Unit, N and what was counted, under the title; empty for none.
    pub subtitle: String,
    /// Labels of the rows; wrapped, never cut.
    pub rows: Vec<String>,
    /// Labels of the columns; wrapped, set upright, or numbered with a key, as there is room.
    pub columns: Vec<String>,
    /// One list a row, one cell a column.
    pub cells: Vec<Vec<Cell>>,
    /// What the numbers count, such as `sentences with both codes`.
    pub axis: String,
    /// What a reader must know, under the chart; empty for none.
    pub note: String,
    /// How wide it is printed.
    pub width: Width,
}

/// One cell of a heat map.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// A number and the words for it; zero stays white.
    Value {
        /// What chooses the colour.
        value: f64,
        /// What stands in the cell, such as `12`.
        words: String,
    },
    /// Words in place of a number that must not be shown, such as `<11`.
    Hidden(String),
    /// Nobody has read for it: hatched.
    Missing,
    /// A dash, as on the diagonal of a code with itself.
    Dash,
    /// Left out, as above the diagonal.
    #[default]
    Blank,
}

impl Cell {
    /// Makes a count.
    #[expect(clippy::cast_precision_loss, reason = "a colour needs no more than 52 bits")]
    pub fn count(count: u64) -> Self {
        Self::Value { value: count as f64, words: count.to_string() }
    }

    /// Returns the number that chooses the colour.
    fn value(&self) -> Option<f64> {
        match self {
            Self::Value { value, .. } if value.is_finite() => Some(value.max(0.0)),
            _ => None,
        }
    }

    /// Returns the words in the cell.
    fn words(&self) -> &str {
        match self {
            Self::Value { words, .. } | Self::Hidden(words) => words,
            Self::Dash => "–",
            Self::Missing | Self::Blank => "",
        }
    }
}

/// Where rows and columns lie.
struct Grid {
    left: i32,
    cell: f64,
    set: Type,
    labels: Vec<Vec<String>>,
}

/// Draws a heat map as an SVG.
///
/// # Errors
/// When rows and cells do not agree in number, or there are more columns than can be read in print.
pub fn heat_svg(map: &HeatMap) -> Result<String, ChartError> {
    let counts = [(map.rows.len(), map.cells.len())].into_iter();
    let mut counts = counts.chain(map.cells.iter().map(|cells| (map.columns.len(), cells.len())));
    if let Some((expected, given)) = counts.find(|(expected, given)| expected != given) {
        return Err(ChartError::Uneven { expected, given });
    }
    fitted(drawn(map), map.width, || drawn(&HeatMap { width: Width::TwoColumns, ..map.clone() }))
}

fn drawn(map: &HeatMap) -> Result<String, ChartError> {
    let mut canvas = Canvas::new(map.width);
    let top = head(&mut canvas, &map.title, &map.subtitle);
    let empty = map.rows.is_empty() || map.columns.is_empty();
    let end = if empty { no_data(&mut canvas, top) } else { draw(&mut canvas, map, top)? };
    let height = foot(&mut canvas, &map.note, end);
    Ok(canvas.svg(height, &map.title, &summary(map)))
}

/// Draws labels, cells and legend; returns where they end.
fn draw(canvas: &mut Canvas, map: &HeatMap, top: i32) -> Result<i32, ChartError> {
    let right = canvas.right();
    let mut grid = Grid::new(map, right, false)?;
    let mut columns = Heads::new(&map.columns, grid.cell);
    let same = map.rows == map.columns;
    if matches!(columns, Heads::Numbers) && same {
        // The rows' labels carry the numbers, so that no key is needed.
        grid = Grid::new(map, right, true)?;
        columns = Heads::Numbers;
    }
    let x = |nth: usize| grid.left + units(nth as f64 * grid.cell);
    let mut y = columns.draw(canvas, top, (map.columns.len(), grid.cell), x) + 10;
    let values = || map.cells.iter().flatten().filter_map(Cell::value);
    let whole = values().all(|value| value.fract() == 0.0);
    let scale = Scale::new(values().fold(0.0, f64::max), 5, whole);
    let least = units(grid.cell).clamp(ROW.0, ROW.1);
    for (cells, label) in map.cells.iter().zip(&grid.labels) {
        let high = least.max(lines_height(label, TICK) + 8);
        canvas.lines_around(label, (grid.left - GAPS.0, y + high / 2), TICK.colour(super::colour::INK), Anchor::End);
        for (nth, cell) in cells.iter().enumerate() {
            draw_cell(canvas, (cell, grid.set, &scale), (x(nth), y), (x(nth + 1) - 3, y + high - 3));
        }
        y += high;
    }
    if matches!(columns, Heads::Numbers) && !same {
        y = heads::key(canvas, &map.columns, y + 20);
    }
    Ok(legend(canvas, map, &scale, y + 24))
}

impl Grid {
    /// Finds the widest labels, then the largest type, at which every word fits its cell.
    fn new(map: &HeatMap, right: i32, numbered: bool) -> Result<Self, ChartError> {
        let limits = if map.width == Width::OneColumn { [380.0, 300.0, 220.0] } else { [620.0, 460.0, 320.0] };
        let label = |(nth, label): (usize, &String)| {
            let label = clean(label);
            if numbered { format!("{}\u{a0}\u{a0}{label}", nth + 1) } else { label }
        };
        let rows: Vec<String> = map.rows.iter().enumerate().map(label).collect();
        let count = map.columns.len();
        let mut most = 0;
        for limit in limits {
            let labels: Vec<_> = rows.iter().map(|row| wrap_even(row, TICK, limit)).collect();
            let beside = labels.iter().map(|lines| widest(lines, TICK)).fold(0.0, f64::max);
            let left = MARGIN + units(beside) + GAPS.0;
            let room = f64::from(right - left);
            for set in SIZES.map(Type::regular) {
                let words = map.cells.iter().flatten().map(|cell| set.width(&clean(cell.words()))).fold(0.0, f64::max);
                let needed = (words + GAPS.1).max(COLUMN.0);
                if room / count as f64 >= needed {
                    return Ok(Self { left, cell: (room / count as f64).min(COLUMN.1.max(needed)), set, labels });
                }
                most = most.max((1..=count).take_while(|columns| *columns as f64 * needed <= room).count());
            }
        }
        Err(ChartError::TooLarge { what: "columns", given: count, most, wider: false })
    }
}

/// Draws one cell with its words.
fn draw_cell(canvas: &mut Canvas, (cell, set, scale): (&Cell, Type, &Scale), from: (i32, i32), to: (i32, i32)) {
    let mut ink = SOFT;
    match cell {
        Cell::Value { .. } => {
            let share = cell.value().map_or(0.0, |value| scale.share(value));
            let paper = if share > 0.0 { ramp::colour(share) } else { WHITE };
            if share > 0.0 {
                canvas.area(from, to, paper);
                ink = ramp::words_on(paper);
            }
        }
        Cell::Missing => fill::missing(canvas, from, to),
        Cell::Hidden(_) | Cell::Dash | Cell::Blank => {}
    }
    let words = clean(cell.words());
    if !words.is_empty() {
        let middle = (i32::midpoint(from.0, to.0), i32::midpoint(from.1, to.1));
        canvas.lines_around(&[words], middle, set.colour(ink), Anchor::Middle);
    }
}

/// Draws the scale of colours from just above zero to the largest number; returns where it ends.
fn legend(canvas: &mut Canvas, map: &HeatMap, scale: &Scale, top: i32) -> i32 {
    let width = f64::from(canvas.right() - MARGIN);
    let title = wrap(&clean(&map.axis), TICK, width);
    let mut y = canvas.lines(&title, (MARGIN, top + TICK.size), TICK, Anchor::Start) - TICK.size + 8;
    let any = map.cells.iter().flatten().filter_map(Cell::value).any(|value| value > 0.0);
    let left = MARGIN + 20;
    if any {
        let x = |share: f64| left + units(share * f64::from(RAMP.0));
        for step in 0..RAMP.0 / 8 {
            let from = f64::from(step * 8) / f64::from(RAMP.0);
            canvas.area((x(from), y), (x(from) + 8, y + RAMP.1), ramp::colour(from));
        }
        for (value, word) in &scale.ticks {
            let x = x(scale.share(*value));
            canvas.path(vec![(x, y + RAMP.1), (x, y + RAMP.1 + 8)], SOFT, 3);
            canvas.words(word, (x, y + RAMP.1 + 14 + TICK.size), TICK, Anchor::Middle);
        }
        y += RAMP.1 + 14 + TICK.size + 10;
    }
    if map.cells.iter().flatten().any(|cell| *cell == Cell::Missing) {
        y = key::draw(canvas, left, y + 12, &[(Swatch::Missing, "not read".to_owned())]);
    }
    y
}

/// Says in words what the cells show.
fn summary(map: &HeatMap) -> String {
    if map.rows.is_empty() || map.columns.is_empty() {
        return "Heat map: no data".to_owned();
    }
    let of = |(row, cells): (&String, &Vec<Cell>)| {
        let shown = cells.iter().zip(&map.columns).filter_map(|(cell, column)| match cell {
            Cell::Dash | Cell::Blank => None,
            Cell::Missing => Some(format!("{column} not read")),
            Cell::Value { .. } | Cell::Hidden(_) => Some(format!("{column} {}", cell.words())),
        });
        format!("{row}: {}", shown.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<_> = map.rows.iter().zip(&map.cells).map(of).collect();
    format!("Heat map ({}). {}", map.axis, rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(size: usize) -> HeatMap {
        let names: Vec<String> = (0..size).map(|nth| format!("Code {nth}")).collect();
        let cell = |row: usize, column: usize| match row.cmp(&column) {
            std::cmp::Ordering::Equal => Cell::Dash,
            _ => Cell::count(((row * 7 + column * 7) % 13) as u64),
        };
        let cells = (0..size).map(|row| (0..size).map(|column| cell(row, column)).collect()).collect();
        HeatMap { rows: names.clone(), columns: names, cells, axis: "sentences".into(), ..HeatMap::default() }
    }

    #[test]
    fn thirty_columns_fit_and_a_hundred_do_not() {
        assert!(heat_svg(&map(30)).is_ok());
        insta::assert_snapshot!(heat_svg(&map(100)).unwrap_err(), @"100 columns do not fit in print, at most 52 do; choose fewer columns, or a table");
        let narrow = |size| heat_svg(&HeatMap { width: Width::OneColumn, ..map(size) });
        assert!(narrow(14).is_ok());
        insta::assert_snapshot!(narrow(30).unwrap_err(), @"30 columns do not fit in print, at most 23 do; choose two columns, fewer columns, or a table");
        insta::assert_snapshot!(narrow(100).unwrap_err(), @"100 columns do not fit in print, at most 22 do; choose fewer columns, or a table");
    }

    #[test]
    fn the_largest_number_is_darkest_and_zero_white() {
        let cells = vec![vec![Cell::count(0), Cell::count(3), Cell::count(6)]];
        let columns = vec!["a".into(), "b".into(), "c".into()];
        let svg = heat_svg(&HeatMap { rows: vec!["r".into()], columns, cells, ..HeatMap::default() }).unwrap();
        let shown = |word: &str| svg.lines().find(|line| line.contains(&format!(">{word}</text>"))).unwrap().to_owned();
        assert!(svg.contains("fill=\"#00284A\""), "{svg}");
        assert!(shown("6").contains("#FFFFFF") && shown("0").contains("#595959"), "{svg}");
    }

    #[test]
    fn a_cell_says_why_it_has_no_number() {
        let cells = vec![vec![Cell::Hidden("<11".into()), Cell::Missing, Cell::Dash, Cell::Blank]];
        let columns = ["a", "b", "c", "d"].map(String::from).to_vec();
        let svg = heat_svg(&HeatMap { rows: vec!["r".into()], columns, cells, ..HeatMap::default() }).unwrap();
        assert!(svg.contains(">&lt;11<") && svg.contains(">–<") && svg.contains(">not read<"), "{svg}");
        assert!(svg.contains("r: a &lt;11, b not read</desc>"), "{svg}");
    }

    #[test]
    fn rows_and_cells_agree() {
        let mut uneven = map(3);
        uneven.cells[1].pop();
        assert!(matches!(heat_svg(&uneven), Err(ChartError::Uneven { expected: 3, given: 2 })));
    }
}
