//! A picture as a list of marks, drawn by plotters into an SVG once its height is known.
//!
//! Units are 1/300 inch, so a PNG at 300 dpi has one pixel a unit and its lines are sharp.

use plotters::backend::{DrawingBackend as _, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontTransform, RGBColor, ShapeStyle, TextStyle};

use super::Width;
use super::colour::{Colour, WHITE};
use super::font::{FAMILY, Type};
use super::wrap::clean;

/// Units an inch.
const INCH: f64 = 300.0;
/// plotters divides a text's size by this before it writes it into an SVG.
const TEXT_SCALE: f64 = 1.24;

/// A place: units from the left and from the top.
pub(super) type Place = (i32, i32);

/// Which end of the words stands at the given place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One thing to draw.
enum Mark {
    Area { from: Place, to: Place, colour: Colour },
    Path { points: Vec<Place>, colour: Colour, thick: u32 },
    Dot { at: Place, radius: u32, colour: Colour },
    Words { text: String, at: Place, set: Type, anchor: Anchor, upright: bool },
}

/// Room at the edges of the page.
pub(super) const MARGIN: i32 = 40;

/// Marks in the order in which they are drawn.
pub(super) struct Canvas {
    width: i32,
    marks: Vec<Mark>,
}

impl Canvas {
    /// Makes an empty page of a width.
    pub(super) fn new(width: Width) -> Self {
        Self { width: units(f64::from(width.pixels())), marks: vec![] }
    }

    /// Returns the width of the page.
    pub(super) fn width(&self) -> i32 {
        self.width
    }

    /// Returns where words must end at the right.
    pub(super) fn right(&self) -> i32 {
        self.width - MARGIN
    }

    /// Fills a rectangle.
    pub(super) fn area(&mut self, from: Place, to: Place, colour: Colour) {
        self.marks.push(Mark::Area { from, to, colour });
    }

    /// Draws a line through places.
    pub(super) fn path(&mut self, points: Vec<Place>, colour: Colour, thick: u32) {
        self.marks.push(Mark::Path { points, colour, thick });
    }

    /// Draws a full circle.
    pub(super) fn dot(&mut self, at: Place, radius: u32, colour: Colour) {
        self.marks.push(Mark::Dot { at, radius, colour });
    }

    /// Sets one line of words on a baseline.
    pub(super) fn words(&mut self, text: &str, at: Place, set: Type, anchor: Anchor) {
        self.marks.push(Mark::Words { text: text.to_owned(), at, set, anchor, upright: false });
    }

    /// Sets one line of words that reads from the bottom up; its baseline is at the place's `x`, its start at `y`.
    pub(super) fn words_up(&mut self, text: &str, at: Place, set: Type) {
        self.marks.push(Mark::Words { text: text.to_owned(), at, set, anchor: Anchor::Start, upright: true });
    }

    /// Sets lines of words from a first baseline down; returns the baseline after the last.
    pub(super) fn lines(&mut self, lines: &[String], (x, mut y): Place, set: Type, anchor: Anchor) -> i32 {
        for line in lines {
            self.words(line, (x, y), set, anchor);
            y += set.leading();
        }
        y
    }

    /// Sets lines of words around a height.
    pub(super) fn lines_around(&mut self, lines: &[String], (x, middle): Place, set: Type, anchor: Anchor) {
        let above = f64::from(set.leading()) * (lines.len().saturating_sub(1)) as f64 / 2.0;
        let first = f64::from(middle) - above + set.capital() / 2.0;
        self.lines(lines, (x, units(first)), set, anchor);
    }

    /// Draws the marks and returns the SVG; `title` and `summary` are what a screen reader says.
    pub(super) fn svg(self, height: i32, title: &str, summary: &str) -> String {
        let mut drawn = String::new();
        let size = (self.width.unsigned_abs(), height.unsigned_abs());
        let mut backend = SVGBackend::with_string(&mut drawn, size);
        let paper = Mark::Area { from: (0, 0), to: (self.width, height), colour: WHITE };
        let complete = std::iter::once(&paper).chain(&self.marks).all(|mark| mark.draw(&mut backend));
        let closed = backend.present().is_ok();
        debug_assert!(complete && closed, "drawing into a string cannot fail");
        drop(backend);
        finish(&drawn, (self.width, height), title, summary)
    }
}

impl Mark {
    /// Draws the mark; false when the backend could not.
    fn draw(&self, backend: &mut SVGBackend<'_>) -> bool {
        match self {
            Self::Area { from, to, colour } => backend.draw_rect(*from, *to, &shape(*colour, 0), true).is_ok(),
            Self::Path { points, colour, thick } => {
                backend.draw_path(points.iter().copied(), &shape(*colour, *thick)).is_ok()
            }
            Self::Dot { at, radius, colour } => backend.draw_circle(*at, *radius, &shape(*colour, 0), true).is_ok(),
            Self::Words { text, at, set, anchor, upright } => {
                let h_pos = match anchor {
                    Anchor::Start => HPos::Left,
                    Anchor::Middle => HPos::Center,
                    Anchor::End => HPos::Right,
                };
                let turn = if *upright { FontTransform::Rotate270 } else { FontTransform::None };
                let font = set.face(f64::from(set.size) * TEXT_SCALE).transform(turn);
                let colour = rgb(set.colour);
                let style = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Bottom));
                backend.draw_text(text, &style, *at).is_ok()
            }
        }
    }
}

/// Puts into plotters' SVG what it leaves out: size in inches, words for screen readers, fonts to fall back on.
fn finish(drawn: &str, (width, height): (i32, i32), title: &str, summary: &str) -> String {
    let inches = f64::from(height) / INCH;
    let (wide, title, summary) = (f64::from(width) / INCH, escape(&clean(title)), escape(&clean(summary)));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}in\" height=\"{inches:.4}in\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FAMILY}, Arial, sans-serif\">\n\
         <title>{title}</title>\n<desc>{summary}</desc>\n"
    );
    for line in drawn.lines().skip(1) {
        // The family stands on the root. Without the shift, `y` is the baseline, which plotters cannot be asked for.
        let line = [" font-family=\"Inter\"", " dy=\"-0.5ex\"", " opacity=\"1\"", " stroke=\"none\""]
            .iter()
            .fold(line.to_owned(), |line, left_out| if is_tag(&line) { line.replace(left_out, "") } else { line });
        svg.push_str(&line);
        // The words and their end tag go on one line, so that a copied label has no space around it.
        let goes_on = line.starts_with("<text ") || !is_tag(&line);
        svg.push_str(if goes_on { "" } else { "\n" });
    }
    svg
}

/// Says whether a line of plotters' SVG is a tag; in words, `<` is escaped.
fn is_tag(line: &str) -> bool {
    line.starts_with('<')
}

/// Escapes words for XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Rounds to whole units.
#[expect(clippy::cast_possible_truncation, reason = "places on a page are far below the limit, and `as` saturates")]
pub(super) fn units(place: f64) -> i32 {
    place.round() as i32
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn shape(colour: Colour, thick: u32) -> ShapeStyle {
    rgb(colour).to_rgba().stroke_width(thick)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::page::{LABEL, NOTE, STRONG, SUBTITLE, TICK, TITLE};

    #[test]
    fn words_are_escaped_and_stand_on_their_baseline() {
        let mut canvas = Canvas::new(Width::TwoColumns);
        canvas.words("<script>\"a\" & 'b'", (10, 50), Type::bold(33), Anchor::End);
        insta::assert_snapshot!(canvas.svg(300, "t < u", "a & b"), @r##"
        <svg xmlns="http://www.w3.org/2000/svg" width="7in" height="1.0000in" viewBox="0 0 2100 300" role="img" font-family="Inter, Arial, sans-serif">
        <title>t &lt; u</title>
        <desc>a &amp; b</desc>
        <rect x="0" y="0" width="2100" height="300" fill="#FFFFFF"/>
        <text x="10" y="50" text-anchor="end" font-size="33" fill="#1A1A1A" font-weight="bold">&lt;script&gt;&quot;a&quot; &amp; &apos;b&apos;</text>
        </svg>
        "##);
    }

    #[test]
    fn sizes_survive_the_way_through_plotters() {
        for size in [TITLE, SUBTITLE, NOTE, LABEL, STRONG, TICK].map(|set| set.size) {
            let mut canvas = Canvas::new(Width::TwoColumns);
            canvas.words("x", (0, 0), Type::regular(size), Anchor::Start);
            let svg = canvas.svg(300, "", "");
            assert!(svg.contains(&format!("font-size=\"{size}\"")), "{svg}");
        }
    }
}
