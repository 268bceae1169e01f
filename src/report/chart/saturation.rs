//! How many codes each further entry brings, and where that ends: bars of new codes under the line of all so far.
//!
//! Base, run and threshold as in Guest, Namey and Chen (2020), A simple method to assess and report thematic saturation
//! in qualitative research. What is saturated is decided by whoever fills the values.

use super::bars::lines_height;
use super::canvas::{Anchor, Canvas, MARGIN, units};
use super::colour::{GRID, INK, SHADE, theme};
use super::font::Type;
use super::key::{self, Swatch};
use super::page::{LABEL, STRONG, TICK, foot, head, no_data};
use super::scale::Scale;
use super::thin;
use super::wrap::{clean, widest, wrap};
use super::{ChartError, Width};

/// New codes by entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Saturation {
    /// What the chart shows; empty for none.
    pub title: String,
    /// Unit, N and what was counted, under the title; empty for none.
    pub subtitle: String,
    /// The entries in the order in which they count: months such as `2018-01`, or ids.
    pub entries: Vec<String>,
    /// How many codes each entry is the first to have, in the entries' order.
    pub new: Vec<u64>,
    /// The entries against which later ones are held; `None` marks none.
    pub base: Option<Base>,
    /// Where saturation was reached; `None` when it was not.
    pub point: Option<SaturationPoint>,
    /// Title of the value axis, such as `codes`.
    pub axis: String,
    /// What a reader must know, under the chart; empty for none.
    pub note: String,
    /// How wide it is printed.
    pub width: Width,
}

/// The first entries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Base {
    /// How many entries.
    pub entries: usize,
    /// Words above them, such as `base: 4 entries`.
    pub label: String,
}

/// Where saturation was reached.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SaturationPoint {
    /// After how many entries.
    pub after: usize,
    /// How many further entries confirmed it.
    pub run: usize,
    /// Words above it, such as `saturation at 6+2`.
    pub label: String,
}

/// Where the entries stand, and the scale.
struct Frame {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    count: usize,
    scale: Scale,
}

/// Draws new codes by entry as an SVG.
///
/// # Errors
/// When there are not as many counts as entries.
pub fn saturation_svg(chart: &Saturation) -> Result<String, ChartError> {
    if chart.entries.len() != chart.new.len() {
        return Err(ChartError::Uneven { expected: chart.entries.len(), given: chart.new.len() });
    }
    let mut canvas = Canvas::new(chart.width);
    let top = head(&mut canvas, &chart.title, &chart.subtitle);
    let end = if chart.entries.is_empty() { no_data(&mut canvas, top) } else { draw(&mut canvas, chart, top) };
    let height = foot(&mut canvas, &chart.note, end);
    Ok(canvas.svg(height, &chart.title, &summary(chart)))
}

/// Returns the codes known after each entry.
fn totals(chart: &Saturation) -> Vec<u64> {
    let mut total = 0_u64;
    let add = |new: &u64| {
        total = total.saturating_add(*new);
        total
    };
    chart.new.iter().map(add).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a height needs no more than 52 bits")]
fn height_of(count: u64) -> f64 {
    count as f64
}

/// Draws everything between title and note; returns where it ends.
fn draw(canvas: &mut Canvas, chart: &Saturation, top: i32) -> i32 {
    let (bars, line) = (theme(5), theme(0));
    let items = [(Swatch::Line(line), "all so far".to_owned()), (Swatch::Area(bars), "new with this entry".to_owned())];
    let y = key::at_margin(canvas, top, &items) + 10;
    let totals = totals(chart);
    let frame = Frame::new(canvas, &totals, chart.width);
    let axis = wrap(&clean(&chart.axis), TICK, f64::from(canvas.right() - MARGIN));
    let y = canvas.lines(&axis, (MARGIN, y + TICK.size), TICK, Anchor::Start) - TICK.size + 6;
    let frame_top = labels(canvas, &frame, chart, y) + 30;
    let frame = frame.at(frame_top);
    marks(canvas, &frame, chart);
    for (value, word) in &frame.scale.ticks {
        let y = frame.y(*value);
        canvas.path(vec![(frame.left, y), (frame.right, y)], if *value > 0.0 { GRID } else { INK }, 2);
        canvas.words(word, (frame.left - 14, y + units(TICK.capital() / 2.0)), TICK, Anchor::End);
    }
    let half = (frame.slot() * 0.3).clamp(1.0, 34.0);
    for (nth, new) in chart.new.iter().enumerate().filter(|(_, new)| **new > 0) {
        let (x, y) = (frame.x(nth), frame.y(height_of(*new)));
        canvas.area((x - units(half), y), (x + units(half), frame.bottom), bars);
    }
    let points: Vec<_> =
        totals.iter().enumerate().map(|(nth, total)| (frame.x(nth), frame.y(height_of(*total)))).collect();
    if points.len() > 1 {
        canvas.path(points.clone(), line, 5);
    }
    let radius = if frame.slot() >= 40.0 { 10 } else { 5 };
    for point in &points {
        canvas.dot(*point, radius, line);
    }
    if let (Some((_, y)), Some(total)) = (points.last(), totals.last()) {
        let (x, baseline) = (frame.right + 14, y + units(STRONG.capital() / 2.0));
        canvas.words(&total.to_string(), (x, baseline), STRONG, Anchor::Start);
    }
    canvas.path(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], INK, 3);
    thin::draw(canvas, &chart.entries, frame.bottom, |nth| frame.x(nth))
}

impl Frame {
    /// Makes a frame whose height on the page is yet to be decided.
    fn new(canvas: &Canvas, totals: &[u64], width: Width) -> Self {
        let scale = Scale::rounded_up(totals.last().map_or(0.0, |total| height_of(*total)), 5, true);
        let words = scale.ticks.iter().map(|(_, word)| TICK.width(word)).fold(0.0, f64::max);
        let high = if width == Width::OneColumn { 420 } else { 600 };
        let left = MARGIN + units(words) + 16;
        // The last total stands right of the line.
        let total = totals.last().map_or(0.0, |total| STRONG.width(&total.to_string()));
        let right = canvas.right() - units(total) - 16;
        Self { left, right, top: 0, bottom: high, count: totals.len(), scale }
    }

    /// Moves the frame down to a height.
    fn at(self, top: i32) -> Self {
        Self { top, bottom: top + self.bottom - self.top, ..self }
    }

    /// Returns the room that one entry has.
    fn slot(&self) -> f64 {
        f64::from(self.right - self.left) / self.count.max(1) as f64
    }

    /// Returns the middle of an entry.
    fn x(&self, nth: usize) -> i32 {
        self.left + units((nth as f64 + 0.5) * self.slot())
    }

    /// Returns where an entry begins.
    fn edge(&self, nth: usize) -> i32 {
        self.left + units(nth.min(self.count) as f64 * self.slot())
    }

    fn y(&self, value: f64) -> i32 {
        self.bottom - units(self.scale.share(value) * f64::from(self.bottom - self.top))
    }
}

/// Words of base or point, and where they begin and end across.
struct Placed {
    lines: Vec<String>,
    set: Type,
    middle: i32,
    half: i32,
}

/// Sets the words of base and point above the panel, beside each other where they have room; returns where they end.
fn labels(canvas: &mut Canvas, frame: &Frame, chart: &Saturation, y: i32) -> i32 {
    let place = |words: &str, set: Type, (from, to): (usize, usize)| {
        let lines = wrap(&clean(words), set, f64::from(frame.right - frame.left));
        let half = units(widest(&lines, set) / 2.0) + 1;
        let middle = i32::midpoint(frame.edge(from), frame.edge(to));
        Placed { lines, set, middle: middle.min(frame.right - half).max(frame.left + half), half }
    };
    let ends = |point: &SaturationPoint| (point.after, point.after.saturating_add(point.run));
    let base = chart.base.as_ref().map(|base| place(&base.label, LABEL, (0, base.entries)));
    let point = chart.point.as_ref().map(|point| place(&point.label, STRONG, ends(point)));
    let apart = |(base, point): (&Placed, &Placed)| base.middle + base.half + 30 <= point.middle - point.half;
    let beside = base.as_ref().zip(point.as_ref()).is_some_and(apart);
    let high = |placed: &Option<Placed>| placed.as_ref().map_or(0, |placed| lines_height(&placed.lines, placed.set));
    let end = y + if beside { high(&base).max(high(&point)) } else { high(&base) + high(&point) };
    let under = [end - if beside { 0 } else { high(&point) }, end];
    for (placed, under) in [&base, &point].into_iter().zip(under) {
        if let Some(Placed { lines, set, middle, .. }) = placed {
            canvas.lines(lines, (*middle, under - high(placed) + set.size), *set, Anchor::Middle);
        }
    }
    end
}

/// Shades the base; marks the run after the point of saturation with a bracket and its beginning with a line.
fn marks(canvas: &mut Canvas, frame: &Frame, chart: &Saturation) {
    let above = frame.top - 14;
    if let Some(base) = &chart.base {
        canvas.area((frame.left, frame.top), (frame.edge(base.entries), frame.bottom), SHADE);
    }
    if let Some(point) = &chart.point {
        let (from, to) = (frame.edge(point.after), frame.edge(point.after.saturating_add(point.run)));
        canvas.path(vec![(from, above), (from, frame.bottom)], INK, 4);
        if to > from {
            canvas.path(vec![(from, above), (to, above), (to, above + 18)], INK, 4);
        }
    }
}

/// Says in words what the chart shows.
fn summary(chart: &Saturation) -> String {
    if chart.entries.is_empty() {
        return "New codes by entry: no data".to_owned();
    }
    let totals = totals(chart);
    let counts = chart.entries.iter().zip(chart.new.iter().zip(&totals));
    let words: Vec<_> = counts.map(|(entry, (new, total))| format!("{entry}: {new} new, {total} so far")).collect();
    let marks = chart.base.iter().map(|base| base.label.as_str());
    let marks = marks.chain(chart.point.iter().map(|point| point.label.as_str()));
    let marks: String = marks.map(|label| format!(" {label}.")).collect();
    format!("New codes by entry ({}).{marks} {}", chart.axis, words.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(new: &[u64]) -> Saturation {
        let entries = (1..=new.len()).map(|nth| format!("2018-{nth:02}")).collect();
        Saturation { entries, new: new.to_vec(), axis: "codes".into(), ..Saturation::default() }
    }

    #[test]
    fn the_axis_is_of_whole_codes_from_zero() {
        let svg = saturation_svg(&chart(&[1, 1, 0])).unwrap();
        assert!([">0<", ">1<", ">2<"].iter().all(|tick| svg.contains(tick)) && !svg.contains("0.5<"), "{svg}");
    }

    #[test]
    fn totals_are_said_in_words() {
        let base = Some(Base { entries: 2, label: "base: 2 entries".into() });
        let point = Some(SaturationPoint { after: 2, run: 1, label: "saturation at 2+1".into() });
        let svg = saturation_svg(&Saturation { base, point, ..chart(&[5, 2, 0]) }).unwrap();
        let desc = svg.lines().find(|line| line.starts_with("<desc>")).unwrap();
        insta::assert_snapshot!(desc, @"<desc>New codes by entry (codes). base: 2 entries. saturation at 2+1. 2018-01: 5 new, 5 so far; 2018-02: 2 new, 7 so far; 2018-03: 0 new, 7 so far</desc>");
        assert!(svg.contains(">saturation at 2+1<"));
    }

    #[test]
    fn entries_without_new_codes_have_no_bar() {
        let bars = |svg: &str| svg.lines().filter(|line| line.starts_with("<rect") && line.contains("#56B4E9")).count();
        assert_eq!(bars(&saturation_svg(&chart(&[5, 0, 2, 0])).unwrap()), 3, "two and the key's");
    }

    #[test]
    fn as_many_counts_as_entries() {
        let mut uneven = chart(&[1, 2]);
        uneven.new.push(3);
        assert!(matches!(saturation_svg(&uneven), Err(ChartError::Uneven { expected: 2, given: 3 })));
        assert!(saturation_svg(&chart(&[])).unwrap().contains(">no data<"));
    }
}
