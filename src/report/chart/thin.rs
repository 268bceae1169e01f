//! Words under entries in their order: thinned until they stand apart, the first and the last always there.

use super::canvas::{Anchor, Canvas, MARGIN, units};
use super::colour::INK;
use super::month::{self, MonthTick};
use super::page::TICK;
use super::wrap::{clean, widest, wrap};

/// Least room between two neighbouring words.
const APART: f64 = 24.0;

/// Sets the words under an axis at the height `y`, entry `i` at `place(i)`; returns where they end.
pub(super) fn draw(canvas: &mut Canvas, labels: &[String], y: i32, place: impl Fn(usize) -> i32) -> i32 {
    let edges = (f64::from(MARGIN), f64::from(canvas.right()));
    let mut end = y;
    for (tick, middle) in thinned(labels, edges, &place) {
        let x = place(tick.index);
        canvas.path(vec![(x, y), (x, y + 10)], INK, 3);
        let next = canvas.lines(&tick.lines, (units(middle), y + 18 + TICK.size), TICK, Anchor::Middle);
        end = end.max(next - TICK.leading() + 10);
    }
    end
}

/// Chooses as many labels as stand apart between the page's edges, each with the middle of its words.
fn thinned(labels: &[String], edges: (f64, f64), place: &impl Fn(usize) -> i32) -> Vec<(MonthTick, f64)> {
    let steps = 1..=labels.len();
    let placed = |step| middles(chosen(labels, step, edges), edges, place);
    let apart = |ticks: &Vec<(MonthTick, f64)>| {
        let side = |(tick, middle): &(MonthTick, f64), side: f64| middle + side * widest(&tick.lines, TICK) / 2.0;
        ticks.windows(2).all(|pair| side(&pair[0], 1.0) + APART <= side(&pair[1], -1.0))
    };
    steps.map(placed).find(apart).unwrap_or_default()
}

/// Returns the first label, every `step`-th after it that is not close to the last, and the last.
fn chosen(labels: &[String], step: usize, (left, right): (f64, f64)) -> Vec<MonthTick> {
    let last = labels.len().saturating_sub(1);
    let shown = (0..labels.len()).filter(|index| *index == last || (index % step == 0 && index + step <= last));
    // Half of the page each, so that at least the first and the last always have room.
    let width = ((right - left - APART) / 2.0).min(320.0);
    let mut year = String::new();
    let mut lines = |index: usize| {
        let label = labels.get(index).map_or("", String::as_str);
        let Some((month, its_year)) = month::named(label) else { return wrap(&clean(label), TICK, width) };
        if its_year == year {
            return vec![month];
        }
        year.clone_from(&its_year);
        vec![month, its_year]
    };
    shown.map(|index| MonthTick { index, lines: lines(index) }).collect()
}

/// Centres words under their entries, but on the page.
fn middles(ticks: Vec<MonthTick>, (left, right): (f64, f64), place: &impl Fn(usize) -> i32) -> Vec<(MonthTick, f64)> {
    let middle = |tick: MonthTick| {
        let half = widest(&tick.lines, TICK) / 2.0 + 1.0;
        let at = f64::from(place(tick.index)).min(right - half).max(left + half);
        (tick, at)
    };
    ticks.into_iter().map(middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(labels: &[String], width: i32) -> String {
        let count = i32::try_from(labels.len().max(2)).unwrap();
        let place = |index: usize| MARGIN + i32::try_from(index).unwrap() * (width - 2 * MARGIN) / (count - 1);
        let ticks = thinned(labels, (f64::from(MARGIN), f64::from(width - MARGIN)), &place);
        ticks.iter().map(|(tick, _)| tick.lines.join("/")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_and_the_last_are_always_there() {
        let months: Vec<_> = (0..14).map(|nth| format!("{}-{:02}", 2018 + nth / 12, nth % 12 + 1)).collect();
        insta::assert_snapshot!(shown(&months, 2100), @"Jan/2018 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan/2019 Feb");
        insta::assert_snapshot!(shown(&months, 700), @"Jan/2018 Apr Jul Oct Feb/2019");
        let ids: Vec<_> = (1..=100).map(|nth| format!("E{nth:03}")).collect();
        insta::assert_snapshot!(shown(&ids, 1050), @"E001 E015 E029 E043 E057 E071 E085 E100");
        insta::assert_snapshot!(shown(&["only".into()], 1050), @"only");
        assert_eq!(shown(&[], 1050), "");
    }
}
