//! What every chart has around its drawing: margins, title and subtitle above, a note below.

use super::canvas::{Anchor, Canvas, MARGIN};
use super::colour::SOFT;
use super::font::Type;
use super::wrap::{clean, wrap};

/// 10.5 pt.
pub(super) const TITLE: Type = Type::bold(44);
/// 8.4 pt.
pub(super) const SUBTITLE: Type = Type::regular(35).colour(SOFT);
/// 7.4 pt.
pub(super) const NOTE: Type = Type::regular(31).colour(SOFT);
/// 8 pt.
pub(super) const LABEL: Type = Type::regular(33);
/// 8 pt.
pub(super) const STRONG: Type = Type::bold(33);
/// 7.4 pt.
pub(super) const TICK: Type = Type::regular(31).colour(SOFT);

/// Sets title and subtitle; returns where the drawing may begin.
pub(super) fn head(canvas: &mut Canvas, title: &str, subtitle: &str) -> i32 {
    let width = f64::from(canvas.right() - MARGIN);
    let mut y = MARGIN;
    for (words, set, after) in [(title, TITLE, 6), (subtitle, SUBTITLE, 0)] {
        let lines = wrap(&clean(words), set, width);
        if !lines.is_empty() {
            y = canvas.lines(&lines, (MARGIN, y + set.size), set, Anchor::Start) - set.size + after;
        }
    }
    y + 32
}

/// Sets the note, its first line under `y`; returns the height of the page.
pub(super) fn foot(canvas: &mut Canvas, note: &str, y: i32) -> i32 {
    let lines = wrap(&clean(note), NOTE, f64::from(canvas.right() - MARGIN));
    if lines.is_empty() {
        return y + MARGIN;
    }
    let first = y + 24 + NOTE.size;
    canvas.lines(&lines, (MARGIN, first), NOTE, Anchor::Start) - NOTE.leading() + MARGIN
}

/// Says in the middle of an empty drawing that there is nothing to show; returns where it ends.
pub(super) fn no_data(canvas: &mut Canvas, y: i32) -> i32 {
    canvas.words("no data", (canvas.width() / 2, y + 90), LABEL.colour(SOFT), Anchor::Middle);
    y + 160
}
