//! Which code is in which entry: a row a code, a column an entry, fuller and darker where there is more of it.

use super::bars::lines_height;
use super::canvas::{Anchor, Canvas, MARGIN, Place, units};
use super::colour::{Colour, theme};
use super::fill;
use super::font::Type;
use super::key::{self, Swatch};
use super::page::{LABEL, STRONG, TICK, foot, head, no_data};
use super::thin;
use super::wrap::{clean, widest, wrap_even};
use super::{ChartError, Width, fitted};

/// Height of a cell.
const CELL: i32 = 38;
/// Room between labels and cells.
const GAP: i32 = 18;
/// Columns narrower than this cannot be told apart in print.
const NARROWEST: f64 = 3.0;
/// The key's colour, as rows have colours of their own.
const KEY: Colour = Colour(68, 68, 68);

/// Codes by entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EntryStrip {
    /// What the chart shows; empty for none.
    pub title: String,
    /// Unit, N and what was counted, under the title; empty for none.
    pub subtitle: String,
    /// The entries in order: months such as `2018-01`, or ids.
    pub entries: Vec<String>,
    /// Codes from top to bottom, under their themes.
    pub rows: Vec<StripRow>,
    /// What the shades count, such as `sentences`.
    pub axis: String,
    /// What a reader must know, under the chart; empty for none.
    pub note: String,
    /// How wide it is printed.
    pub width: Width,
}

/// One code, or theme, over all entries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StripRow {
    /// Words at the left; wrapped, never cut.
    pub label: String,
    /// Index of the theme, which chooses the colour.
    pub group: usize,
    /// 0 for a theme, 1 for a code; themes are bold where there are codes.
    pub level: u8,
    /// How often the code is in each entry; `None` where nobody has read the entry for it.
    pub counts: Vec<Option<u64>>,
}

/// Counts that share a shade: from the first to the last, which is open for the darkest.
struct Class {
    from: u64,
    to: Option<u64>,
    white: u32,
    /// How high it fills a cell; the first is 1.
    level: i32,
}

/// Draws codes by entry as an SVG.
///
/// # Errors
/// When a row has more or fewer counts than there are entries, or more entries than fit in print.
pub fn strip_svg(chart: &EntryStrip) -> Result<String, ChartError> {
    let expected = chart.entries.len();
    if let Some(uneven) = chart.rows.iter().find(|row| row.counts.len() != expected) {
        return Err(ChartError::Uneven { expected, given: uneven.counts.len() });
    }
    fitted(drawn(chart), chart.width, || drawn(&EntryStrip { width: Width::TwoColumns, ..chart.clone() }))
}

fn drawn(chart: &EntryStrip) -> Result<String, ChartError> {
    let mut canvas = Canvas::new(chart.width);
    let top = head(&mut canvas, &chart.title, &chart.subtitle);
    let empty = chart.entries.is_empty() || chart.rows.is_empty();
    let end = if empty { no_data(&mut canvas, top) } else { draw(&mut canvas, chart, top)? };
    let height = foot(&mut canvas, &chart.note, end);
    Ok(canvas.svg(height, &chart.title, &summary(chart)))
}

/// Cuts counts into at most four classes, each twice as wide as the one before.
fn classes(most: u64) -> Vec<Class> {
    let whites: &[u32] = match most {
        0..=1 => &[0],
        2..=3 => &[45, 0],
        4..=7 => &[50, 25, 0],
        _ => &[55, 36, 18, 0],
    };
    let ends = |nth: usize| (1_u64 << nth, (1_u64 << (nth + 1)) - 1);
    let class = |(nth, white): (usize, &u32)| {
        let (from, to) = ends(nth);
        let level = i32::try_from(nth).unwrap_or(i32::MAX - 1) + 1;
        Class { from, to: (nth + 1 < whites.len()).then_some(to), white: *white, level }
    };
    whites.iter().enumerate().map(class).collect()
}

/// Returns how many levels a cell has.
fn levels(classes: &[Class]) -> i32 {
    classes.last().map_or(1, |class| class.level)
}

impl Class {
    fn words(&self, most: u64) -> String {
        match self.to {
            Some(to) if to == self.from => to.to_string(),
            Some(to) => format!("{}–{to}", self.from),
            None if most <= self.from => self.from.to_string(),
            None => format!("{}–{most}", self.from),
        }
    }
}

/// Draws rows, entries and key; returns where they end.
fn draw(canvas: &mut Canvas, chart: &EntryStrip, top: i32) -> Result<i32, ChartError> {
    let nested = chart.rows.iter().any(|row| row.level > 0);
    let set = |row: &StripRow| if nested && row.level == 0 { STRONG } else { LABEL };
    let limit = if chart.width == Width::OneColumn { 380.0 } else { 680.0 };
    let labels: Vec<_> =
        chart.rows.iter().map(|row| (wrap_even(&clean(&row.label), set(row), limit), set(row))).collect();
    let left = MARGIN + units(labels.iter().map(|(lines, set)| widest(lines, *set)).fold(0.0, f64::max)) + GAP;
    let room = f64::from(canvas.right() - left);
    let slot = (room / chart.entries.len() as f64).min(110.0);
    if slot < NARROWEST {
        let most = (0..=chart.entries.len()).take_while(|count| *count as f64 * NARROWEST <= room).count() - 1;
        return Err(ChartError::TooLarge { what: "entries", given: chart.entries.len(), most, wider: false });
    }
    let edge = |nth: usize| left + units(nth as f64 * slot);
    let classes = classes(largest(chart));
    let mut y = top;
    for (nth, (row, label)) in chart.rows.iter().zip(&labels).enumerate() {
        y += if nested && row.level == 0 && nth > 0 { 20 } else { 0 };
        let high = CELL.max(lines_height(&label.0, label.1)) + 6;
        draw_row(canvas, (row, label), &classes, (left, y + high / 2), edge);
        y += high;
    }
    let middle = |nth: usize| left + units((nth as f64 + 0.5) * slot);
    let y = thin::draw(canvas, &chart.entries, y + 4, middle) + 16;
    Ok(draw_key(canvas, chart, &classes, y))
}

fn largest(chart: &EntryStrip) -> u64 {
    chart.rows.iter().flat_map(|row| &row.counts).copied().flatten().max().unwrap_or(0)
}

/// Draws a row around the height of `place`, its cells between the edges of the entries.
fn draw_row(
    canvas: &mut Canvas,
    (row, (lines, set)): (&StripRow, &(Vec<String>, Type)),
    classes: &[Class],
    (left, middle): Place,
    edge: impl Fn(usize) -> i32,
) {
    canvas.lines_around(lines, (left - GAP, middle), *set, Anchor::End);
    let high = if row.level == 0 { CELL } else { CELL - 4 };
    let (above, below) = (middle - high / 2, middle + high / 2);
    for (nth, count) in row.counts.iter().enumerate() {
        let (from, next) = (edge(nth), edge(nth + 1));
        let gap = if next - from >= 10 { 3 } else { 0 };
        let (from, to) = ((from, above), (next - gap, below));
        match count {
            None => fill::missing(canvas, from, to),
            Some(count) => {
                let colour = theme(row.group);
                let class = classes.iter().find(|class| *count > 0 && class.to.is_none_or(|to| *count <= to));
                let (level, colour) = class.map_or((0, colour), |class| (class.level, colour.lightened(class.white)));
                fill::level(canvas, from, to, (colour, level, levels(classes)));
            }
        }
    }
}

/// Draws what the shades mean; returns where it ends.
fn draw_key(canvas: &mut Canvas, chart: &EntryStrip, classes: &[Class], y: i32) -> i32 {
    let most = largest(chart);
    let missing = chart.rows.iter().flat_map(|row| &row.counts).any(Option::is_none);
    let swatch = |white, level| Swatch::Level(KEY.lightened(white), level, levels(classes));
    let mut items = vec![(swatch(0, 0), format!("{}: 0", chart.axis))];
    let shades = classes.iter().map(|class| (swatch(class.white, class.level), class.words(most)));
    items.extend(shades.filter(|_| most > 0));
    if missing {
        items.push((Swatch::Missing, "not read".to_owned()));
    }
    key::at_margin(canvas, y, &items) - TICK.leading() + TICK.size
}

/// Says in words what the cells show.
fn summary(chart: &EntryStrip) -> String {
    if chart.entries.is_empty() || chart.rows.is_empty() {
        return "Codes by entry: no data".to_owned();
    }
    let of = |row: &StripRow| {
        let cells = || chart.entries.iter().zip(&row.counts);
        let found: Vec<_> = cells()
            .filter_map(|(entry, count)| Some((entry, (*count)?)))
            .filter(|(_, count)| *count > 0)
            .map(|(entry, count)| format!("{entry} {count}"))
            .collect();
        let unread: Vec<_> = cells().filter(|(_, count)| count.is_none()).map(|(entry, _)| entry.as_str()).collect();
        let found = if found.is_empty() { "in no entry".to_owned() } else { found.join(", ") };
        let unread = if unread.is_empty() { String::new() } else { format!(" (not read: {})", unread.join(", ")) };
        format!("{}: {found}{unread}", row.label)
    };
    let rows: Vec<_> = chart.rows.iter().map(of).collect();
    format!("Codes by entry ({}). {}", chart.axis, rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(counts: Vec<Option<u64>>) -> EntryStrip {
        let entries = (1..=counts.len()).map(|nth| format!("E{nth}")).collect();
        let rows = vec![StripRow { label: "Fear".into(), counts, ..StripRow::default() }];
        EntryStrip { entries, rows, axis: "sentences".into(), ..EntryStrip::default() }
    }

    #[test]
    fn missing_is_not_absent() {
        let svg = strip_svg(&strip(vec![Some(0), None, Some(2)])).unwrap();
        assert!(svg.contains(">not read<") && svg.contains("Fear: E3 2 (not read: E2)"), "{svg}");
        assert_eq!(svg.matches("fill=\"#F0F0F0\"").count(), 5, "a cell is filled on it, also in the key");
        assert!(!strip_svg(&strip(vec![Some(0), Some(2)])).unwrap().contains("not read"));
    }

    #[test]
    fn classes_cover_every_count_once() {
        let words = |most| classes(most).iter().map(|class| class.words(most)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            [0, 1, 2, 3, 4, 7, 8, 90].map(words).join("; "),
            "1; 1; 1 2; 1 2–3; 1 2–3 4; 1 2–3 4–7; 1 2–3 4–7 8; 1 2–3 4–7 8–90"
        );
    }

    #[test]
    fn too_many_entries_are_refused() {
        insta::assert_snapshot!(strip_svg(&strip(vec![Some(1); 2000])).unwrap_err(), @"2000 entries do not fit in print, at most 644 do; choose fewer entries, or a table");
        assert!(strip_svg(&strip(vec![Some(1); 400])).is_ok());
        let narrow = EntryStrip { width: Width::OneColumn, ..strip(vec![Some(1); 600]) };
        assert!(strip_svg(&narrow).unwrap_err().to_string().contains("choose two columns, fewer entries"));
    }

    #[test]
    fn rows_are_as_long_as_the_entries() {
        let mut uneven = strip(vec![Some(1), Some(2)]);
        uneven.entries.pop();
        assert!(matches!(strip_svg(&uneven), Err(ChartError::Uneven { expected: 1, given: 2 })));
    }
}
