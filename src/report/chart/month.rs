//! The words under a time axis: months thinned until they stand apart, the year under January.

use super::font::Type;
use super::wrap::{clean, widest, wrap};

/// Least room between two neighbouring words.
const APART: f64 = 24.0;
/// Words that are no month and wider than this are wrapped.
const GIVEN_WIDTH: f64 = 320.0;
/// English, short, as in a paper.
const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A tick of the time axis: which month, and the lines under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MonthTick {
    pub(super) index: usize,
    pub(super) lines: Vec<String>,
}

/// A month of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month {
    year: u32,
    /// 0 for January.
    month: usize,
}

/// Chooses the ticks: as many as stand apart when month `i` is at `place(i)`, or as near as it comes to the page's edges.
pub(super) fn ticks(
    months: &[String],
    set: Type,
    (left, right): (f64, f64),
    place: impl Fn(usize) -> f64,
) -> Vec<MonthTick> {
    let apart = |ticks: &Vec<MonthTick>| {
        let edge = |tick: &MonthTick, side: f64| {
            let half = widest(&tick.lines, set) / 2.0;
            place(tick.index).min(right - half - 1.0).max(left + half + 1.0) + side * half
        };
        ticks.windows(2).all(|pair| edge(&pair[0], 1.0) + APART <= edge(&pair[1], -1.0))
    };
    let calendar: Option<Vec<Month>> = months.iter().map(|month| parse(month)).collect();
    let found = match calendar {
        Some(calendar) => {
            let by_month = [1, 2, 3, 6].into_iter().map(|step| every_months(&calendar, step));
            let by_year = [1, 2, 5, 10, 20, 50, 100].into_iter().map(|step| every_years(&calendar, step));
            by_month.chain(by_year).find(|ticks| !ticks.is_empty() && apart(ticks))
        }
        None => (1..=months.len()).map(|step| every_given(months, step, set)).find(apart),
    };
    found.unwrap_or_default()
}

/// Returns the name of a month such as `2018-01`, and its year.
pub(super) fn named(label: &str) -> Option<(String, String)> {
    let Month { year, month } = parse(label)?;
    Some((NAMES.get(month).copied()?.to_owned(), year.to_string()))
}

/// Reads `2018-01`.
fn parse(label: &str) -> Option<Month> {
    let (year, month) = label.trim().split_once('-')?;
    let digits = |part: &str, long: usize| part.len() == long && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    let month: usize = month.parse().ok()?;
    (1..=12).contains(&month).then_some(Month { year: year.parse().ok()?, month: month - 1 })
}

/// Every `step`-th month counted from January; the year stands under the first tick and each January.
fn every_months(calendar: &[Month], step: usize) -> Vec<MonthTick> {
    let mut ticks: Vec<MonthTick> = Vec::new();
    for (index, Month { year, month }) in calendar.iter().enumerate().filter(|(_, at)| at.month % step == 0) {
        let mut lines = vec![NAMES.get(*month).copied().unwrap_or_default().to_owned()];
        if ticks.is_empty() || *month == 0 {
            lines.push(year.to_string());
        }
        ticks.push(MonthTick { index, lines });
    }
    ticks
}

/// The January of every `step`-th year, by its year.
fn every_years(calendar: &[Month], step: u32) -> Vec<MonthTick> {
    let january = |at: &&Month| at.month == 0 && at.year.is_multiple_of(step);
    let named = calendar.iter().enumerate().filter(|(_, at)| january(at));
    named.map(|(index, at)| MonthTick { index, lines: vec![at.year.to_string()] }).collect()
}

/// Every `step`-th label as it was given, from the first.
fn every_given(labels: &[String], step: usize, set: Type) -> Vec<MonthTick> {
    let chosen = labels.iter().enumerate().step_by(step);
    chosen.map(|(index, label)| MonthTick { index, lines: wrap(&clean(label), set, GIVEN_WIDTH) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Type = Type::regular(31);

    fn months(from: (u32, u32), count: u32) -> Vec<String> {
        (0..count).map(|nth| from.1 - 1 + nth).map(|m| format!("{}-{:02}", from.0 + m / 12, m % 12 + 1)).collect()
    }

    fn shown(months: &[String], width: f64) -> String {
        let step = width / months.len() as f64;
        let ticks = ticks(months, SET, (-1e6, 1e6), |index| index as f64 * step);
        ticks.iter().map(|tick| tick.lines.join("/")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn few_months_are_all_named() {
        insta::assert_snapshot!(shown(&months((2017, 11), 5), 1900.0), @"Nov/2017 Dec Jan/2018 Feb Mar");
    }

    #[test]
    fn many_months_are_thinned_from_january() {
        insta::assert_snapshot!(shown(&months((2017, 11), 40), 1900.0), @"Nov/2017 Jan/2018 Mar May Jul Sep Nov Jan/2019 Mar May Jul Sep Nov Jan/2020 Mar May Jul Sep Nov Jan/2021");
        insta::assert_snapshot!(shown(&months((2009, 3), 113), 1900.0), @"Jul/2009 Jan/2010 Jul Jan/2011 Jul Jan/2012 Jul Jan/2013 Jul Jan/2014 Jul Jan/2015 Jul Jan/2016 Jul Jan/2017 Jul Jan/2018 Jul");
        insta::assert_snapshot!(shown(&months((1990, 3), 400), 1900.0), @"1992 1994 1996 1998 2000 2002 2004 2006 2008 2010 2012 2014 2016 2018 2020 2022");
    }

    #[test]
    fn other_labels_are_shown_as_given() {
        let given: Vec<_> = (1..=12).map(|month| format!("--{month:02}")).collect();
        insta::assert_snapshot!(shown(&given, 1900.0), @"--01 --02 --03 --04 --05 --06 --07 --08 --09 --10 --11 --12");
        insta::assert_snapshot!(shown(&given, 500.0), @"--01 --04 --07 --10");
        insta::assert_snapshot!(shown(&["Week 1".into(), "2018-13".into()], 1900.0), @"Week 1 2018-13");
    }

    #[test]
    fn no_months_have_no_ticks() {
        assert_eq!(shown(&[], 1900.0), "");
    }
}
