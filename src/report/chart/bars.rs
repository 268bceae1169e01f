//! Horizontal bars: labels right-aligned at the left, values written after the bars, height as the bars need it.

use super::canvas::{Anchor, Canvas, units};
use super::colour::{GRID, INK, WHITE, theme};
use super::font::Type;
use super::page::{LABEL, MARGIN, RIGHT, STRONG, TICK, foot, head, no_data};
use super::scale::Scale;
use super::wrap::{clean, widest, wrap, wrap_even};
use super::{Bar, BarChart};

/// Labels wider than this are wrapped.
const LABEL_WIDTH: f64 = 820.0;
/// Words after a bar wider than this are wrapped.
const VALUE_WIDTH: f64 = 520.0;
/// Room between a label, the axis and a bar's words.
const GAP: i32 = 18;
/// How far the label of a code steps back from its theme's.
const INDENT: i32 = 30;
/// Outline of a code's bar.
const EDGE: i32 = 3;

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
}

/// Where the value axis lies and how long it is.
struct Plot {
    left: i32,
    width: i32,
    top: i32,
    bottom: i32,
    scale: Scale,
}

/// Draws horizontal bars as an SVG.
pub fn bar_svg(chart: &BarChart) -> String {
    let mut canvas = Canvas::default();
    let top = head(&mut canvas, &chart.title, &chart.subtitle);
    let end = if chart.bars.is_empty() { no_data(&mut canvas, top) } else { draw(&mut canvas, chart, top) };
    let height = foot(&mut canvas, &chart.note, end);
    canvas.svg(height, &chart.title, &summary(chart))
}

/// Draws axis and bars; returns where they end.
fn draw(canvas: &mut Canvas, chart: &BarChart, top: i32) -> i32 {
    let rows = rows(&chart.bars);
    let plot = plot(chart, &rows, top);
    grid(canvas, &plot);
    let mut y = top + GAP / 2;
    for row in &rows {
        y += row.before;
        draw_row(canvas, &plot, row, y + row.height() / 2);
        y += row.height() + GAP;
    }
    canvas.path(vec![(plot.left, plot.top), (plot.left, plot.bottom)], INK, 3);
    axis(canvas, &plot, &clean(&chart.axis))
}

/// Cuts the words of all bars into lines.
fn rows(bars: &[Bar]) -> Vec<Row<'_>> {
    let nested = bars.iter().any(|bar| bar.level > 0);
    let row = |(nth, bar)| Row::new(bar, nested, nth > 0);
    bars.iter().enumerate().map(row).collect()
}

impl<'a> Row<'a> {
    fn new(bar: &'a Bar, nested: bool, follows: bool) -> Self {
        let theme = nested && bar.level == 0;
        let set = if theme { STRONG } else { LABEL };
        let thick = match bar.level {
            0 => 46,
            1 => 36,
            _ => 28,
        };
        let label = wrap_even(&clean(&bar.label), set, LABEL_WIDTH - f64::from(indent(bar)));
        let value = wrap(&clean(&bar.value_label), set, VALUE_WIDTH);
        Self { bar, set, label, value, thick, before: if theme && follows { 22 } else { 0 } }
    }

    /// Returns the height that bar and words need.
    fn height(&self) -> i32 {
        let lines = i32::try_from(self.label.len().max(self.value.len())).unwrap_or(i32::MAX);
        self.thick.max(lines.saturating_mul(self.set.leading()))
    }

    /// Returns the room that the label needs, with its indent.
    fn label_width(&self) -> f64 {
        widest(&self.label, self.set) + f64::from(indent(self.bar))
    }
}

/// Returns how far a label steps back from the axis.
fn indent(bar: &Bar) -> i32 {
    INDENT * i32::from(bar.level.min(2))
}

/// Places the axis: right of the widest label, and short enough that the words after every bar stay on the page.
fn plot(chart: &BarChart, rows: &[Row<'_>], top: i32) -> Plot {
    let left = MARGIN + units(rows.iter().map(Row::label_width).fold(0.0, f64::max)) + GAP;
    let values = || chart.bars.iter().map(|bar| bar.value).filter(|value| value.is_finite());
    let end = values().fold(if chart.max.is_finite() { chart.max } else { 0.0 }, f64::max);
    let whole = values().all(|value| value.fract() == 0.0) && chart.max.fract() == 0.0;
    let room = f64::from(RIGHT - left);
    let long = Scale::new(end, 6, whole);
    let width = rows.iter().fold(room - tick_width(&long) / 2.0, |width, row| {
        let left_over = room - f64::from(GAP) - widest(&row.value, row.set);
        width.min(left_over / long.share(row.bar.value).max(0.01))
    });
    let fits = |scale: &Scale| tick_width(scale) * 1.5 * (scale.ticks.len().max(2) - 1) as f64 <= width;
    let scale = (1..=6).rev().map(|wanted| Scale::new(end, wanted, whole)).find(fits).unwrap_or(long);
    let inside: i32 = rows.iter().map(|row| row.before + row.height() + GAP).sum();
    Plot { left, width: units(width), top, bottom: top + inside, scale }
}

fn tick_width(scale: &Scale) -> f64 {
    scale.ticks.iter().map(|(_, word)| TICK.width(word)).fold(0.0, f64::max)
}

impl Plot {
    fn x(&self, value: f64) -> i32 {
        self.left + units(self.scale.share(value) * f64::from(self.width))
    }
}

/// Draws the lines of the ticks, behind the bars.
fn grid(canvas: &mut Canvas, plot: &Plot) {
    for (value, _) in plot.scale.ticks.iter().skip(1) {
        canvas.path(vec![(plot.x(*value), plot.top), (plot.x(*value), plot.bottom)], GRID, 2);
    }
}

/// Draws one bar and its words around the height `middle`.
fn draw_row(canvas: &mut Canvas, plot: &Plot, row: &Row<'_>, middle: i32) {
    let (bar, from) = (row.bar, middle - row.thick / 2);
    canvas.lines_around(&row.label, (plot.left - GAP - indent(bar), middle), row.set, Anchor::End);
    let mut end = plot.left;
    if bar.value > 0.0 {
        // The smallest value must still be seen.
        end = plot.x(bar.value).max(plot.left + 2 * EDGE);
        let (colour, to) = (theme(bar.group), from + row.thick);
        canvas.area((plot.left, from), (end, to), colour);
        if bar.level > 0 {
            // An outline keeps a light bar visible in grey print.
            canvas.area((plot.left, from + EDGE), (end - EDGE, to - EDGE), colour.tint(bar.level));
        }
    }
    let (x, half) = (end + GAP, row.height() / 2);
    // No grid line runs through a number.
    canvas.area((x - 6, middle - half), (x + units(widest(&row.value, row.set)) + 6, middle + half), WHITE);
    canvas.lines_around(&row.value, (x, middle), row.set, Anchor::Start);
}

/// Sets the ticks' words and the axis title; returns where they end.
fn axis(canvas: &mut Canvas, plot: &Plot, title: &str) -> i32 {
    let baseline = plot.bottom + 12 + TICK.size;
    for (value, word) in &plot.scale.ticks {
        canvas.words(word, (plot.x(*value), baseline), TICK, Anchor::Middle);
    }
    let lines = wrap(title, TICK, f64::from(RIGHT - plot.left));
    let next = canvas.lines(&lines, (plot.left, baseline + TICK.leading() + 6), TICK, Anchor::Start);
    next - TICK.leading() + 10
}

/// Says in words what the bars show.
fn summary(chart: &BarChart) -> String {
    if chart.bars.is_empty() {
        return "Horizontal bars: no data".to_owned();
    }
    let bars: Vec<_> = chart.bars.iter().map(|bar| format!("{}: {}", bar.label, bar.value_label)).collect();
    format!("Horizontal bars ({}). {}", chart.axis, bars.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: f64, level: u8) -> Bar {
        Bar { label: label.to_owned(), value, value_label: format!("{value} of 12"), group: 0, level }
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
    fn no_bars_say_so() {
        let svg = bar_svg(&BarChart { title: "Themes".into(), note: "N = 0".into(), ..BarChart::default() });
        assert!(svg.contains(">no data<") && svg.contains(">N = 0<"));
    }
}
