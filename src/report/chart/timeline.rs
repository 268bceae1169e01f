//! A month timeline as small panels, one a series, over the same months and the same scale: read in grey as in colour.

use super::canvas::{Anchor, Canvas, MARGIN, Place, units};
use super::colour::{Colour, GRID, INK, SHADE, SOFT, theme};
use super::fill;
use super::key::{self, Swatch};
use super::month::{MonthTick, ticks};
use super::page::{LABEL, STRONG, TICK, foot, head, no_data};
use super::scale::Scale;
use super::wrap::{clean, widest, wrap};
use super::{Series, Timeline};

/// Room between the axis and the first and last point.
const INSET: i32 = 44;
/// Room under a panel.
const BETWEEN: i32 = 34;

/// What all panels share: where they lie across, their height, the months and the scale.
struct Frame {
    left: i32,
    right: i32,
    height: i32,
    months: usize,
    scale: Scale,
    ticks: Vec<MonthTick>,
}

/// Draws values by month as an SVG.
pub fn timeline_svg(chart: &Timeline) -> String {
    let mut canvas = Canvas::new(chart.width);
    let top = head(&mut canvas, &chart.title, &chart.subtitle);
    let end = if has_data(chart) { draw(&mut canvas, chart, top) } else { no_data(&mut canvas, top) };
    let height = foot(&mut canvas, &chart.note, end);
    canvas.svg(height, &chart.title, &summary(chart))
}

/// Says whether any month has a value that can be drawn.
fn has_data(chart: &Timeline) -> bool {
    chart.series.iter().any(|series| (0..chart.months.len()).any(|month| value(series, month).is_some()))
}

/// Returns a month's value; undefined numbers are none, and no count is below zero.
fn value(series: &Series, month: usize) -> Option<f64> {
    series.values.get(month).copied().flatten().filter(|value| value.is_finite()).map(|value| value.max(0.0))
}

/// Draws the panels and the months under the last; returns where they end.
fn draw(canvas: &mut Canvas, chart: &Timeline, top: i32) -> i32 {
    let frame = Frame::new(chart, canvas.right());
    let axis = wrap(&clean(&chart.axis), TICK, f64::from(canvas.right() - MARGIN));
    let mut y = canvas.lines(&axis, (MARGIN, top + TICK.size), TICK, Anchor::Start) - TICK.size + 16;
    for series in &chart.series {
        y = panel(canvas, &frame, (chart, series), y) + BETWEEN;
    }
    let end = time_axis(canvas, &frame, y - BETWEEN);
    draw_key(canvas, chart, frame.left, end)
}

impl Frame {
    fn new(chart: &Timeline, right: i32) -> Self {
        let months = chart.months.len();
        let values = || chart.series.iter().flat_map(|series| (0..months).filter_map(|month| value(series, month)));
        let whole = values().all(|value| value.fract() == 0.0);
        let height = match chart.series.len() {
            ..=4 => 240,
            5..=8 => 190,
            _ => 150,
        };
        let scale = Scale::rounded_up(values().fold(0.0, f64::max), 3, whole);
        let words = scale.ticks.iter().map(|(_, word)| TICK.width(word)).fold(0.0, f64::max);
        let mut frame = Self { left: MARGIN + units(words) + 16, right, height, months, scale, ticks: vec![] };
        frame.ticks =
            ticks(&chart.months, TICK, (f64::from(MARGIN), f64::from(right)), |month| f64::from(frame.x(month)));
        frame
    }

    /// Returns the place of a month; a single one stands in the middle.
    fn x(&self, month: usize) -> i32 {
        units(self.at(month as f64))
    }

    /// Returns the place of a month or of a part of one, so that shades can end between two months.
    fn at(&self, month: f64) -> f64 {
        let (first, last) = (f64::from(self.left + INSET), f64::from(self.right - INSET));
        if self.months < 2 {
            f64::midpoint(first, last)
        } else {
            first + (last - first) * month / (self.months - 1) as f64
        }
    }

    fn y(&self, value: f64, bottom: i32) -> i32 {
        bottom - units(self.scale.share(value) * f64::from(self.height))
    }

    /// Returns the radius of a point: smaller where months stand close.
    fn radius(&self) -> u32 {
        let apart =
            (self.right - self.left - 2 * INSET).unsigned_abs() / u32::try_from(self.months.max(1)).unwrap_or(u32::MAX);
        (apart / 3).clamp(4, 10)
    }
}

/// Draws one series; returns its lower edge.
fn panel(canvas: &mut Canvas, frame: &Frame, (chart, series): (&Timeline, &Series), top: i32) -> i32 {
    let label = wrap(&clean(&series.label), STRONG, f64::from(frame.right - frame.left));
    let under = canvas.lines(&label, (frame.left, top + STRONG.size), STRONG, Anchor::Start) - STRONG.leading();
    let (from, bottom) = (under + 30, under + 30 + frame.height);
    gaps(canvas, frame, chart, (from, bottom));
    for (value, word) in &frame.scale.ticks {
        let y = frame.y(*value, bottom);
        let colour = if *value > 0.0 { GRID } else { INK };
        canvas.path(vec![(frame.left, y), (frame.right, y)], colour, if *value > 0.0 { 2 } else { 3 });
        canvas.words(word, (frame.left - 14, y + units(TICK.capital() / 2.0)), TICK, Anchor::End);
    }
    let runs = runs(series, frame, bottom);
    if runs.is_empty() {
        canvas.words("no data", (frame.left + INSET, bottom - frame.height / 2), LABEL.colour(SOFT), Anchor::Start);
    }
    line(canvas, &runs, theme(series.group), frame.radius());
    bottom
}

/// Shades the months in which there is nothing, and hatches those that nobody has read, behind everything.
fn gaps(canvas: &mut Canvas, frame: &Frame, chart: &Timeline, (from, bottom): (i32, i32)) {
    let edge = |place: f64| units(frame.at(place)).clamp(frame.left, frame.right);
    for month in &chart.empty.0 {
        canvas.area((edge(*month as f64 - 0.5), from), (edge(*month as f64 + 0.5), bottom), SHADE);
    }
    // Neighbours are hatched as one, so that no seam stands between them.
    let months: Vec<usize> = chart.unread.iter().copied().collect();
    for run in months.chunk_by(|one, next| one + 1 == *next) {
        if let [first, ..] = run {
            let (left, right) = (*first as f64 - 0.5, (*first + run.len()) as f64 - 0.5);
            fill::unread(canvas, (edge(left), from), (edge(right), bottom));
        }
    }
}

/// Returns the points of each unbroken run of months.
fn runs(series: &Series, frame: &Frame, bottom: i32) -> Vec<Vec<Place>> {
    let mut runs: Vec<Vec<Place>> = vec![vec![]];
    for month in 0..frame.months {
        match (value(series, month), runs.last_mut()) {
            (Some(value), Some(run)) => run.push((frame.x(month), frame.y(value, bottom))),
            _ => runs.push(vec![]),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Draws lines through the runs, and a point for every month.
fn line(canvas: &mut Canvas, runs: &[Vec<Place>], colour: Colour, radius: u32) {
    for run in runs {
        if run.len() > 1 {
            canvas.path(run.clone(), colour, (radius / 2).max(3));
        }
        for point in run {
            canvas.dot(*point, radius, colour);
        }
    }
}

/// Sets the months under the last panel; returns where they end.
fn time_axis(canvas: &mut Canvas, frame: &Frame, bottom: i32) -> i32 {
    let mut end = bottom;
    for tick in &frame.ticks {
        let x = frame.x(tick.index);
        canvas.path(vec![(x, bottom), (x, bottom + 10)], INK, 3);
        let half = units(widest(&tick.lines, TICK) / 2.0) + 1;
        let inside = x.clamp(MARGIN + half, (frame.right - half).max(MARGIN + half));
        let next = canvas.lines(&tick.lines, (inside, bottom + 18 + TICK.size), TICK, Anchor::Middle);
        end = end.max(next - TICK.leading() + 10);
    }
    end
}

/// Draws what shades and hatches mean, as far as there are any; returns where it ends.
fn draw_key(canvas: &mut Canvas, chart: &Timeline, left: i32, end: i32) -> i32 {
    let mut items = Vec::new();
    if !chart.empty.0.is_empty() {
        items.push((Swatch::Area(SHADE), chart.empty.1.clone()));
    }
    if !chart.unread.is_empty() {
        items.push((Swatch::Unread, "not read".to_owned()));
    }
    if items.is_empty() { end } else { key::draw(canvas, left, end + 12, &items) - TICK.leading() + TICK.size + 6 }
}

/// Says in words what the panels show.
fn summary(chart: &Timeline) -> String {
    if !has_data(chart) {
        return "Timeline: no data".to_owned();
    }
    let shown = |series: &Series, month: usize| match value(series, month) {
        Some(value) => value.to_string(),
        None if chart.unread.contains(&month) => "not read".to_owned(),
        None if chart.empty.0.contains(&month) => chart.empty.1.clone(),
        None => "not shown".to_owned(),
    };
    let of = |series: &Series| {
        let values: Vec<_> =
            chart.months.iter().enumerate().map(|(nth, month)| format!("{month} {}", shown(series, nth))).collect();
        format!("{}: {}", series.label, values.join(", "))
    };
    format!("Timeline ({}). {}", chart.axis, chart.series.iter().map(of).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(values: Vec<Option<f64>>) -> Timeline {
        let months = (1..=values.len()).map(|month| format!("2018-{month:02}")).collect();
        let empty = (0..).zip(&values).filter(|(_, value)| value.is_none()).map(|(month, _)| month).collect();
        let series = vec![Series { label: "Fear".into(), group: 0, values }];
        Timeline { months, series, empty: (empty, "no entries".into()), ..Timeline::default() }
    }

    fn count(svg: &str, mark: &str) -> usize {
        svg.lines().filter(|line| line.starts_with(mark) && line.contains("#0072B2")).count()
    }

    #[test]
    fn a_month_without_entries_is_a_gap() {
        let svg = timeline_svg(&timeline(vec![Some(1.0), Some(2.0), None, Some(0.0), Some(3.0)]));
        assert_eq!((count(&svg, "<polyline"), count(&svg, "<circle")), (2, 4));
        assert!(svg.contains(">no entries<") && !svg.contains("not read"));
        assert!(svg.contains("2018-02 2, 2018-03 no entries, 2018-04 0"), "{svg}");
    }

    #[test]
    fn a_month_that_nobody_has_read_is_hatched_and_not_empty() {
        let mut chart = timeline(vec![Some(1.0), None, None, Some(2.0)]);
        (chart.unread, chart.empty.0) = ([1].into(), [2].into());
        let svg = timeline_svg(&chart);
        assert!(svg.contains(">not read<") && svg.contains(">no entries<"), "{svg}");
        assert!(svg.contains("2018-02 not read, 2018-03 no entries"), "{svg}");
        assert_eq!(svg.matches("fill=\"#EEEEEE\"").count(), 2, "the month and the key");
        chart.empty.0.clear();
        let svg = timeline_svg(&chart);
        assert!(
            !svg.contains("no entries") && svg.contains("2018-03 not shown"),
            "a hidden count is no empty month: {svg}"
        );
    }

    #[test]
    fn a_month_between_gaps_is_a_point() {
        let svg = timeline_svg(&timeline(vec![None, Some(2.0), None]));
        assert_eq!((count(&svg, "<polyline"), count(&svg, "<circle")), (0, 1));
    }

    #[test]
    fn months_beyond_the_values_are_gaps() {
        let mut chart = timeline(vec![Some(1.0), Some(2.0)]);
        chart.months.push("2018-03".into());
        assert!(timeline_svg(&chart).contains("2018-03 not shown"));
    }

    #[test]
    fn nothing_to_show_says_so() {
        assert!(timeline_svg(&Timeline::default()).contains(">no data<"));
        assert!(timeline_svg(&timeline(vec![None, Some(f64::NAN)])).contains(">no data<"));
    }
}
