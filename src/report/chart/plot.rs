//! The value axis of horizontal bars: where it lies, its grid, its ticks and its title.

use super::canvas::{Anchor, Canvas, units};
use super::colour::{GRID, INK};
use super::page::TICK;
use super::scale::Scale;
use super::wrap::wrap;

/// Room between the axis and a label, and between a bar and its words.
pub(super) const GAP: i32 = 18;

/// Where the value axis lies and how long it is.
pub(super) struct Plot {
    pub(super) left: i32,
    right: i32,
    pub(super) width: i32,
    pub(super) top: i32,
    bottom: i32,
    scale: Scale,
}

/// What decides how an axis is cut.
pub(super) struct Values {
    /// Largest value that is drawn, or where the axis is wanted to end.
    pub(super) end: f64,
    /// Ticks stay integers.
    pub(super) whole: bool,
    /// For each bar, how far it reaches and how wide the words after it are.
    pub(super) words: Vec<(f64, f64)>,
}

impl Plot {
    /// Places an axis between two edges, short enough that the words after every bar stay on the page.
    pub(super) fn new((left, right): (i32, i32), (top, bottom): (i32, i32), values: &Values) -> Self {
        let Values { end, whole, words } = values;
        let room = f64::from(right - left);
        let long = Scale::new(*end, 6, *whole);
        let width = words.iter().fold(room - tick_width(&long) / 2.0, |width, (reach, words)| {
            width.min((room - f64::from(GAP) - words) / long.share(*reach).max(0.01))
        });
        let fits = |scale: &Scale| tick_width(scale) * 1.5 * (scale.ticks.len().max(2) - 1) as f64 <= width;
        let scale = (1..=6).rev().map(|wanted| Scale::new(*end, wanted, *whole)).find(fits).unwrap_or(long);
        Self { left, right, width: units(width), top, bottom, scale }
    }

    /// Returns the place of a value.
    pub(super) fn x(&self, value: f64) -> i32 {
        self.left + units(self.scale.share(value) * f64::from(self.width))
    }

    /// Draws the lines of the ticks, behind the bars.
    pub(super) fn grid(&self, canvas: &mut Canvas) {
        for (value, _) in self.scale.ticks.iter().skip(1) {
            canvas.path(vec![(self.x(*value), self.top), (self.x(*value), self.bottom)], GRID, 2);
        }
    }

    /// Draws the line from which the bars begin, the ticks' words and the axis title; returns where they end.
    pub(super) fn axis(&self, canvas: &mut Canvas, title: &str) -> i32 {
        canvas.path(vec![(self.left, self.top), (self.left, self.bottom)], INK, 3);
        let baseline = self.bottom + 12 + TICK.size;
        for (value, word) in &self.scale.ticks {
            canvas.words(word, (self.x(*value), baseline), TICK, Anchor::Middle);
        }
        let lines = wrap(title, TICK, f64::from(self.right - self.left));
        let next = canvas.lines(&lines, (self.left, baseline + TICK.leading() + 6), TICK, Anchor::Start);
        next - TICK.leading() + 10
    }
}

fn tick_width(scale: &Scale) -> f64 {
    scale.ticks.iter().map(|(_, word)| TICK.width(word)).fold(0.0, f64::max)
}
