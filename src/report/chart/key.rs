//! The key of a chart: swatches with their words, in rows that end at the page's edge.

use super::canvas::{Anchor, Canvas, MARGIN, Place};
use super::colour::Colour;
use super::fill;
use super::page::TICK;
use super::wrap::{clean, widest, wrap};

const SWATCH: i32 = 44;
/// Room between a swatch and its words, and between two items.
const GAPS: (i32, i32) = (12, 36);

/// What a word of the key explains.
#[derive(Debug, Clone, Copy)]
pub(super) enum Swatch {
    /// Bars of a group.
    Group(usize),
    /// A full area.
    Area(Colour),
    /// An area of which a part is filled, as high as a level out of some.
    Level(Colour, i32, i32),
    /// What nobody read.
    Missing,
    /// Months that nobody read.
    Unread,
    /// A line with points.
    Line(Colour),
}

/// Draws a key from the height `top` down; returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, left: i32, top: i32, items: &[(Swatch, String)]) -> i32 {
    let right = canvas.right();
    let (mut x, mut y, mut lines_here) = (left, top, 0);
    for (swatch, words) in items {
        let words = clean(words);
        let room = f64::from(right - left - SWATCH - GAPS.0);
        let lines = wrap(&words, TICK, room);
        let wide = SWATCH + GAPS.0 + super::canvas::units(widest(&lines, TICK)) + 1;
        if x > left && x + wide > right {
            (x, y, lines_here) = (left, y + TICK.leading() * lines_here + 8, 0);
        }
        draw_swatch(canvas, *swatch, (x, y + 4));
        canvas.lines(&lines, (x + SWATCH + GAPS.0, y + TICK.size - 3), TICK, Anchor::Start);
        x += wide + GAPS.1;
        lines_here = lines_here.max(i32::try_from(lines.len()).unwrap_or(i32::MAX)).max(1);
    }
    y + TICK.leading() * lines_here
}

fn draw_swatch(canvas: &mut Canvas, swatch: Swatch, (x, y): Place) {
    let end = (x + SWATCH, y + 26);
    match swatch {
        Swatch::Group(group) => fill::group(canvas, group, (x, y), end),
        Swatch::Area(colour) => canvas.area((x, y), end, colour),
        Swatch::Level(colour, level, of) => fill::level(canvas, (x, y), end, (colour, level, of)),
        Swatch::Missing => fill::missing(canvas, (x, y), end),
        Swatch::Unread => fill::unread(canvas, (x, y), end),
        Swatch::Line(colour) => {
            canvas.path(vec![(x, y + 13), (x + SWATCH, y + 13)], colour, 5);
            canvas.dot((x + SWATCH / 2, y + 13), 9, colour);
        }
    }
}

/// Draws a key under the page's left edge.
pub(super) fn at_margin(canvas: &mut Canvas, top: i32, items: &[(Swatch, String)]) -> i32 {
    draw(canvas, MARGIN, top, items)
}
