//! Horizontal bars: labels right-aligned at the left, or above the bars where the page is narrow; values after the bars.

use super::canvas::{Anchor, Canvas, MARGIN, units};
use super::colour::{INK, SOFT, WHITE, theme};
use super::font::Type;
use super::page::{LABEL, STRONG, foot, head, no_data};
use super::plot::{GAP, Plot, Values};
use super::wrap::{clean, widest, wrap, wrap_even};
use super::{Bar, BarChart, Width};

/// How far the label of a code steps back from its theme's.
const INDENT: i32 = 30;
/// Outline of a code's bar.
const EDGE: i32 = 3;
/// How far a label above its bar stands from the axis.
pub(super) const ABOVE: i32 = 12;
/// Half the height of a whisker's ends.
const CAP: i32 = 10;
/// Where no axis this long is left beside the labels, they stand above their bars.
const LEAST_AXIS: i32 = 400;
/// So do labels that need more lines than this beside their bars.
const MOST_LINES: usize = 3;

/// One bar with its words cut into lines.
struct Row<'a> {
    bar: &'a Bar,
    set: Type,
    label: Vec<String>,
    value: Vec<String>,
    /// Height of the bar itself.
    thick: i32,
    /// Room above that sets a theme apart from the codes of the one before.
    before: i32,
    /// The label stands above the bar, not beside it.
    above: bool,
}

/// Draws horizontal bars as an SVG.
pub fn bar_svg(chart: &BarChart) -> String {
    let mut canvas = Canvas::new(chart.width);
    let top = head(&mut canvas, &chart.title, &chart.subtitle);
    let end = if chart.bars.is_empty() { no_data(&mut canvas, top) } else { draw(&mut canvas, chart, top) };
    let height = foot(&mut canvas, &chart.note, end);
    canvas.svg(height, &chart.title, &summary(chart))
}

/// Draws axis and bars; returns where they end.
fn draw(canvas: &mut Canvas, chart: &BarChart, top: i32) -> i32 {
    let (rows, plot) = lay_out(chart, top, canvas.right());
    plot.grid(canvas);
    let mut y = top + GAP / 2;
    for row in &rows {
        y += row.before;
        draw_row(canvas, &plot, row, y);
        y += row.height() + GAP;
    }
    plot.axis(canvas, &clean(&chart.axis))
}

/// Sets the labels beside the bars if that leaves the bars room, else above them.
fn lay_out(chart: &BarChart, top: i32, right: i32) -> (Vec<Row<'_>>, Plot) {
    let beside = rows(chart, false);
    let room = plot(chart, &beside, top, right);
    // Two columns have room for every label beside its bar.
    let short = beside.iter().all(|row| row.label.len() <= MOST_LINES);
    if chart.width == Width::TwoColumns || room.width >= LEAST_AXIS && short {
        return (beside, room);
    }
    let above = rows(chart, true);
    let plot = plot(chart, &above, top, right);
    (above, plot)
}

/// Cuts the words of all bars into lines.
fn rows(chart: &BarChart, above: bool) -> Vec<Row<'_>> {
    let nested = chart.bars.iter().any(|bar| bar.level > 0);
    let row = |(nth, bar)| Row::new(bar, nested, nth > 0, (chart.width, above));
    chart.bars.iter().enumerate().map(row).collect()
}

/// Returns how wide a label and the words after a bar may be.
fn widths(width: Width, above: bool) -> (f64, f64) {
    match (width, above) {
        (Width::TwoColumns, _) => (820.0, 520.0),
        (Width::OneColumn, false) => (400.0, 320.0),
        (Width::OneColumn, true) => (900.0, 320.0),
    }
}

impl<'a> Row<'a> {
    fn new(bar: &'a Bar, nested: bool, follows: bool, (width, above): (Width, bool)) -> Self {
        let theme = nested && bar.level == 0;
        let set = if theme { STRONG } else { LABEL };
        let thick = match bar.level {
            0 => 46,
            1 => 36,
            _ => 28,
        };
        let (label_width, value_width) = widths(width, above);
        let label = wrap_even(&clean(&bar.label), set, label_width - f64::from(indent(bar)));
        let value = wrap(&clean(bar.words()), set, value_width);
        Self { bar, set, label, value, thick, before: if theme && follows { 22 } else { 0 }, above }
    }

    /// Returns the height of the label above the bar.
    fn label_height(&self) -> i32 {
        if self.above { lines_height(&self.label, self.set) + 4 } else { 0 }
    }

    /// Returns the height that bar and words need.
    fn height(&self) -> i32 {
        let value = lines_height(&self.value, self.set).max(self.thick);
        if self.above { self.label_height() + value } else { value.max(lines_height(&self.label, self.set)) }
    }

    /// Returns the room that the label needs beside the bar, with its indent.
    fn label_width(&self) -> f64 {
        widest(&self.label, self.set) + f64::from(indent(self.bar))
    }

    /// Returns the largest value that is drawn: the bar's end or its whisker's.
    fn reach(&self) -> f64 {
        self.bar.whisker().map_or(0.0, |(_, high)| high).max(self.bar.length())
    }
}

impl Bar {
    /// Returns the value that is drawn; a hidden one is not, and must not show in the axis either.
    fn length(&self) -> f64 {
        if self.hidden.is_none() && self.value.is_finite() { self.value.max(0.0) } else { 0.0 }
    }

    /// Returns the ends of the whisker; an interval that is undefined or turned round has none.
    fn whisker(&self) -> Option<(f64, f64)> {
        let sound = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite() && low <= high;
        self.interval.filter(sound).filter(|_| self.hidden.is_none())
    }

    /// Returns the words after the bar.
    fn words(&self) -> &str {
        self.hidden.as_deref().unwrap_or(&self.value_label)
    }
}

/// Returns the height of lines.
pub(super) fn lines_height(lines: &[String], set: Type) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX).saturating_mul(set.leading())
}

/// Returns how far a label steps back from the axis.
fn indent(bar: &Bar) -> i32 {
    INDENT * i32::from(bar.level.min(2))
}

/// Places the axis right of the widest label.
fn plot(chart: &BarChart, rows: &[Row<'_>], top: i32, right: i32) -> Plot {
    let beside = rows.iter().filter(|row| !row.above).map(|row| units(row.label_width()) + GAP);
    let left = MARGIN + beside.max().unwrap_or(0);
    let inside: i32 = rows.iter().map(|row| row.before + row.height() + GAP).sum();
    let values = Values {
        end: rows.iter().map(Row::reach).fold(if chart.max.is_finite() { chart.max } else { 0.0 }, f64::max),
        whole: chart.bars.iter().all(|bar| bar.length().fract() == 0.0) && chart.max.fract() == 0.0,
        words: rows.iter().map(|row| (row.reach(), widest(&row.value, row.set))).collect(),
    };
    Plot::new((left, right), (top, top + inside), &values)
}

/// Draws one bar and its words from the height `top` down.
fn draw_row(canvas: &mut Canvas, plot: &Plot, row: &Row<'_>, top: i32) {
    let bar = row.bar;
    let bar_top = top + row.label_height();
    let middle = (bar_top + top + row.height()) / 2;
    if row.above {
        let x = plot.left + ABOVE + indent(bar);
        // No grid line runs through a label.
        canvas.area((x - 4, top), (x + units(widest(&row.label, row.set)) + 6, top + row.label_height()), WHITE);
        canvas.lines(&row.label, (x, top + row.set.size), row.set, Anchor::Start);
    } else {
        canvas.lines_around(&row.label, (plot.left - GAP - indent(bar), middle), row.set, Anchor::End);
    }
    let mut end = plot.left;
    if bar.length() > 0.0 {
        // The smallest value must still be seen.
        end = plot.x(bar.length()).max(plot.left + 2 * EDGE);
        let (colour, from, to) = (theme(bar.group), middle - row.thick / 2, middle - row.thick / 2 + row.thick);
        canvas.area((plot.left, from), (end, to), colour);
        if bar.level > 0 {
            // An outline keeps a light bar visible in grey print.
            canvas.area((plot.left, from + EDGE), (end - EDGE, to - EDGE), colour.tint(bar.level));
        }
    }
    let (x, half) = (plot.x(row.reach()).max(end) + GAP, (top + row.height() - bar_top) / 2);
    // No grid line runs through a number.
    canvas.area((x - 6, middle - half), (x + units(widest(&row.value, row.set)) + 6, middle + half), WHITE);
    let set = if bar.hidden.is_some() { row.set.colour(SOFT) } else { row.set };
    canvas.lines_around(&row.value, (x, middle), set, Anchor::Start);
    if let Some((low, high)) = bar.whisker() {
        whisker(canvas, (plot.x(low), plot.x(high)), middle);
    }
}

/// Draws an interval, with an edge of white that keeps it apart from a dark bar.
fn whisker(canvas: &mut Canvas, (low, high): (i32, i32), middle: i32) {
    for (colour, thick) in [(WHITE, 8), (INK, 4)] {
        canvas.path(vec![(low, middle), (high, middle)], colour, thick);
        for end in [low, high] {
            canvas.path(vec![(end, middle - CAP), (end, middle + CAP)], colour, thick);
        }
    }
}

/// Says in words what the bars show.
fn summary(chart: &BarChart) -> String {
    if chart.bars.is_empty() {
        return "Horizontal bars: no data".to_owned();
    }
    let interval = |bar: &Bar| match bar.whisker() {
        None => String::new(),
        Some((low, high)) if bar.interval_label.is_empty() => {
            let unit = if chart.axis.is_empty() { String::new() } else { format!(" {}", chart.axis) };
            format!(" (interval {low:.1} to {high:.1}{unit})")
        }
        Some(_) => format!(" (interval {})", bar.interval_label),
    };
    let words = |bar: &Bar| format!("{}: {}{}", bar.label, bar.words(), interval(bar));
    let bars: Vec<_> = chart.bars.iter().map(words).collect();
    format!("Horizontal bars ({}). {}", chart.axis, bars.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: f64, level: u8) -> Bar {
        Bar { label: label.to_owned(), value, value_label: format!("{value} of 12"), level, ..Bar::default() }
    }

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let bars = vec![bar("a", 12.0, 0), bar("b", 6.0, 0), bar("c", 0.0, 0), bar("d", f64::NAN, 0)];
        let svg = bar_svg(&BarChart { bars, max: 12.0, ..BarChart::default() });
        let widths: Vec<i32> = svg
            .lines()
            .filter(|line| line.starts_with("<rect") && line.contains("#0072B2"))
            .map(|line| line.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(widths.len(), 2, "zero and undefined have no bar");
        assert!((widths[0] - 2 * widths[1]).abs() <= 1, "{widths:?}");
    }

    #[test]
    fn the_axis_ends_at_n_and_not_at_the_largest_bar() {
        let svg = bar_svg(&BarChart { bars: vec![bar("a", 3.0, 0)], max: 271.0, ..BarChart::default() });
        assert!(svg.contains(">250<"), "{svg}");
    }

    #[test]
    fn a_hidden_value_shows_nowhere() {
        let hidden = Bar { hidden: Some("<11".into()), interval: Some((900.0, 901.0)), ..bar("b", 911.0, 0) };
        let svg = bar_svg(&BarChart { bars: vec![bar("a", 30.0, 0), hidden], max: 30.0, ..BarChart::default() });
        assert!(svg.contains(">&lt;11</text>") && svg.contains("b: &lt;11</desc>"), "{svg}");
        assert!(!svg.contains("911") && !svg.contains(">900<"), "{svg}");
        assert_eq!(svg.matches("fill=\"#0072B2\"").count(), 1);
    }

    #[test]
    fn a_whisker_ends_where_its_interval_does() {
        let with = |interval| Bar { interval: Some(interval), ..bar("a", 50.0, 0) };
        let caps = |interval| {
            let svg = bar_svg(&BarChart { bars: vec![with(interval)], max: 100.0, ..BarChart::default() });
            let ends = svg.lines().filter(|line| line.contains("stroke-width=\"4\"")).skip(1);
            let x = |line: &str| line.split("points=\"").nth(1).unwrap().split(',').next().unwrap().parse::<i32>();
            ends.map(|line| x(line).unwrap()).collect::<Vec<_>>()
        };
        let (to_end, to_half) = (caps((0.0, 50.0)), caps((0.0, 25.0)));
        assert_eq!(to_end[0], to_half[0]);
        assert!((to_end[1] - to_end[0] - 2 * (to_half[1] - to_half[0])).abs() <= 1, "{to_end:?} {to_half:?}");
        assert!([(f64::NAN, 3.0), (5.0, 2.0)].map(caps).iter().all(Vec::is_empty));
    }

    #[test]
    fn an_interval_names_what_it_is_in() {
        let with = |interval_label: &str| {
            let bars =
                vec![Bar { interval: Some((31.5, 48.4)), interval_label: interval_label.into(), ..bar("x", 40.0, 0) }];
            let svg = bar_svg(&BarChart { bars, axis: "entries".into(), max: 78.0, ..BarChart::default() });
            svg.split_once("x: ").unwrap().1.split_once("</desc>").unwrap().0.to_owned()
        };
        assert_eq!(with("40.4% to 62.1%"), "40 of 12 (interval 40.4% to 62.1%)");
        assert_eq!(with(""), "40 of 12 (interval 31.5 to 48.4 entries)");
    }

    #[test]
    fn a_narrow_page_sets_long_labels_above_the_bars() {
        let label = "Working with lawyers, with law students and with all others who help with papers and waiting";
        let place = |width, label: &str| {
            let chart = BarChart { bars: vec![bar(label, 6.0, 0)], max: 12.0, width, ..BarChart::default() };
            let svg = bar_svg(&chart);
            svg.lines().any(|line| line.contains("text-anchor=\"end\""))
        };
        assert!(place(Width::TwoColumns, label) && !place(Width::OneColumn, label));
        assert!(place(Width::OneColumn, "Fear"), "a short label has room beside its bar");
    }

    #[test]
    fn no_bars_say_so() {
        let svg = bar_svg(&BarChart { title: "Themes".into(), note: "N = 0".into(), ..BarChart::default() });
        assert!(svg.contains(">no data<") && svg.contains(">N = 0<"));
    }
}
