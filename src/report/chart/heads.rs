//! The heads of narrow columns: wrapped where that fits, else upright, else numbers with a key.

use super::canvas::{Anchor, Canvas, MARGIN, units};
use super::colour::INK;
use super::font::Type;
use super::page::TICK;
use super::wrap::{clean, widest, wrap, wrap_even};

const SET: Type = TICK.colour(INK);
/// Upright words longer than this are numbered instead.
const LENGTHS: [f64; 3] = [260.0, 340.0, 420.0];
/// Flat heads of more lines than this are set upright instead.
const MOST_LINES: usize = 3;

/// How columns are named.
pub(super) enum Heads {
    /// Lines across.
    Flat(Vec<Vec<String>>),
    /// Lines that read from the bottom up.
    Upright(Vec<Vec<String>>),
    /// The numbers of the columns.
    Numbers,
}

impl Heads {
    /// Chooses the first form in which every label fits a column of a width.
    pub(super) fn new(labels: &[String], column: f64) -> Self {
        let labels: Vec<String> = labels.iter().map(|label| clean(label)).collect();
        let room = column - 14.0;
        let whole_words = |label: &String| label.split_whitespace().all(|word| SET.width(word) <= room);
        if labels.iter().all(whole_words) {
            let flat: Vec<_> = labels.iter().map(|label| wrap(label, SET, room)).collect();
            if flat.iter().all(|lines| lines.len() <= MOST_LINES) {
                return Self::Flat(flat);
            }
        }
        for length in LENGTHS {
            let fits = |lines: &Vec<String>| {
                (lines.len() as f64) * f64::from(SET.leading()) <= column && widest(lines, SET) <= length
            };
            let upright: Vec<_> = labels.iter().map(|label| wrap_even(label, SET, length)).collect();
            if upright.iter().all(fits) {
                return Self::Upright(upright);
            }
        }
        Self::Numbers
    }

    /// Draws the heads of `count` columns from the height `top` down; returns where they end.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        top: i32,
        (count, column): (usize, f64),
        x: impl Fn(usize) -> i32,
    ) -> i32 {
        let middle = |nth: usize| x(nth) + units(column / 2.0) - 1;
        match self {
            Self::Flat(heads) => {
                let most = heads.iter().map(Vec::len).max().unwrap_or(0);
                let height = |lines: usize| i32::try_from(lines).unwrap_or(i32::MAX).saturating_mul(SET.leading());
                for (nth, lines) in heads.iter().enumerate() {
                    let from = top + height(most - lines.len());
                    canvas.lines(lines, (middle(nth), from + SET.size), SET, Anchor::Middle);
                }
                top + height(most)
            }
            Self::Upright(heads) => {
                let length = heads.iter().map(|lines| widest(lines, SET)).fold(0.0, f64::max);
                let bottom = top + units(length);
                for (nth, lines) in heads.iter().enumerate() {
                    let above = (lines.len().saturating_sub(1)) as f64 * f64::from(SET.leading()) / 2.0;
                    let mut baseline = middle(nth) + units(SET.capital() / 2.0 - above);
                    for line in lines {
                        canvas.words_up(line, (baseline, bottom), SET);
                        baseline += SET.leading();
                    }
                }
                bottom + 6
            }
            Self::Numbers => {
                for nth in 0..count {
                    canvas.words(&(nth + 1).to_string(), (middle(nth), top + SET.size), SET, Anchor::Middle);
                }
                top + SET.leading()
            }
        }
    }
}

/// Lists the numbers of columns with their labels, one a line; returns where they end.
pub(super) fn key(canvas: &mut Canvas, labels: &[String], mut y: i32) -> i32 {
    let words = MARGIN + units(SET.width("000")) + 10;
    let width = f64::from(canvas.right() - words);
    for (nth, label) in labels.iter().enumerate() {
        canvas.words(&(nth + 1).to_string(), (words - 14, y + SET.size), SET, Anchor::End);
        let lines = wrap(&clean(label), SET, width);
        y = canvas.lines(&lines, (words, y + SET.size), SET, Anchor::Start).max(y + SET.size + SET.leading())
            - SET.size;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_follows_the_room() {
        let labels = ["Fear of enforcement".to_owned(), "Trust".to_owned()];
        let form = |column| match Heads::new(&labels, column) {
            Heads::Flat(_) => "flat",
            Heads::Upright(_) => "upright",
            Heads::Numbers => "numbers",
        };
        assert_eq!([240.0, 100.0, 40.0, 36.0].map(form), ["flat", "upright", "upright", "numbers"]);
        assert!(matches!(Heads::new(&["a ".repeat(200)], 60.0), Heads::Numbers));
    }
}
