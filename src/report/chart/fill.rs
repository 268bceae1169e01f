//! How groups are told apart without colour: a pattern each, and hatching for what nobody read.

use super::canvas::{Canvas, Place};
use super::colour::{Colour, GRID, INK, SOFT, WHITE};

/// What was read and is not there.
const ABSENT: Colour = Colour(240, 240, 240);
/// Hatches of large areas.
const LIGHT: Colour = Colour(150, 150, 150);
/// So many groups can be told apart in grey print.
pub(super) const MOST_GROUPS: usize = 6;

/// What lies inside a group's outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pattern {
    Full,
    Hatched,
    Empty,
    Striped,
}

/// Neighbours differ in pattern or far in lightness. Hues: Okabe and Ito (2008), Color Universal Design.
const GROUPS: [(Colour, Pattern); MOST_GROUPS] = [
    (Colour(0, 114, 178), Pattern::Full),
    (Colour(230, 159, 0), Pattern::Full),
    (Colour(0, 120, 88), Pattern::Hatched),
    (Colour(213, 94, 0), Pattern::Empty),
    (Colour(38, 38, 38), Pattern::Full),
    (Colour(166, 70, 124), Pattern::Striped),
];

/// Fills a rectangle as the bars of a group are, with an outline.
pub(super) fn group(canvas: &mut Canvas, group: usize, from: Place, to: Place) {
    let (colour, pattern) = GROUPS.get(group % GROUPS.len()).copied().unwrap_or((INK, Pattern::Full));
    if pattern == Pattern::Full {
        canvas.area(from, to, colour);
        return;
    }
    canvas.area(from, to, WHITE);
    match pattern {
        Pattern::Hatched => diagonals(canvas, from, to, (colour, 13)),
        Pattern::Striped => {
            for x in (from.0 + 8..to.0).step_by(12) {
                canvas.path(vec![(x, from.1), (x, to.1)], colour, 4);
            }
        }
        Pattern::Full | Pattern::Empty => {}
    }
    frame(canvas, from, to, (colour, 4));
}

/// Fills a rectangle from below as high as a level out of some, so that more is seen without colour.
pub(super) fn level(canvas: &mut Canvas, from: Place, to: Place, (colour, level, of): (Colour, i32, i32)) {
    canvas.area(from, to, ABSENT);
    let high = (to.1 - from.1) * level.clamp(0, of) / of.max(1);
    if high > 0 {
        canvas.area((from.0, to.1 - high), to, colour);
    }
}

/// Hatches a rectangle in which nothing was read: missing is not absent.
pub(super) fn missing(canvas: &mut Canvas, from: Place, to: Place) {
    canvas.area(from, to, WHITE);
    diagonals(canvas, from, to, (SOFT, 11));
    frame(canvas, from, to, (GRID, 2));
}

/// Hatches a part of a panel in which nothing was read, wide and light, as it lies behind lines.
pub(super) fn unread(canvas: &mut Canvas, from: Place, to: Place) {
    diagonals(canvas, from, to, (LIGHT, 22));
}

/// Draws the edges of a rectangle, on its inside.
fn frame(canvas: &mut Canvas, from: Place, to: Place, (colour, thick): (Colour, i32)) {
    let (right, low) = ((to.0 - thick).max(from.0), (to.1 - thick).max(from.1));
    canvas.area(from, (to.0, from.1 + thick), colour);
    canvas.area((from.0, low), to, colour);
    canvas.area(from, (from.0 + thick, to.1), colour);
    canvas.area((right, from.1), to, colour);
}

/// Draws rising lines, cut at the edges of a rectangle, `step` apart.
fn diagonals(canvas: &mut Canvas, (left, top): Place, (right, bottom): Place, (colour, step): (Colour, usize)) {
    let (wide, high) = (right - left, bottom - top);
    for along in (0..wide + high).step_by(step).skip(1) {
        let start = (left + along.min(wide), top + (along - wide).max(0));
        let end = (left + (along - high).max(0), top + along.min(high));
        canvas.path(vec![start, end], colour, 3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Share of ink, 0 to 255, that a pattern leaves on paper; full areas leave their own.
    fn grey((colour, pattern): (Colour, Pattern)) -> u32 {
        let own = (299 * u32::from(colour.0) + 587 * u32::from(colour.1) + 114 * u32::from(colour.2)) / 1000;
        if pattern == Pattern::Full { own } else { 255 }
    }

    #[test]
    fn groups_differ_in_pattern_or_far_in_grey() {
        for (nth, one) in GROUPS.iter().enumerate() {
            for other in &GROUPS[..nth] {
                assert!(one.1 != other.1 || grey(*one).abs_diff(grey(*other)) >= 30, "{one:?} {other:?}");
            }
        }
    }
}
