//! The layout of grouped bars, heat maps, strips and saturation curves under hostile labels, at both widths.

use proptest::prelude::*;

use super::layout_test::{LONG, WIDTHS, WORD, faults, months};
use super::{
    Base, Category, Cell, ChartError, EntryStrip, GroupBar, GroupedBars, HeatMap, Saturation, SaturationPoint,
    StripRow, Width, grouped_svg, heat_svg, missing_characters, pdf, saturation_svg, strip_svg,
};

/// Labels as people should not write them: long, unbroken, markup, right to left, emoji.
const HOSTILE: [&str; 8] = [
    LONG,
    WORD,
    "<script>alert(\"x\")</script> & 'co' ]]>",
    "الخوف من السلطات والانتظار الطويل",
    "פחד מהרשויות",
    "👩🏽‍⚕️🇩🇪 trust 🫶",
    "恐れ",
    "a",
];

fn labels(count: usize) -> Vec<String> {
    HOSTILE.iter().cycle().take(count).map(|label| (*label).to_owned()).collect()
}

fn plain(count: usize) -> Vec<String> {
    (0..count).map(|nth| format!("Code {nth}: waiting for papers")).collect()
}

#[track_caller]
fn assert_sound(draw: impl Fn(Width) -> Result<String, ChartError>, expected: &[String]) {
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    for width in WIDTHS {
        let svg = draw(width).unwrap();
        // What the typeface has not would leave no trace in the reader's tree: a box stands in, there as here.
        let missing = missing_characters(&svg).unwrap();
        let boxed = |text: &str| text.replace(missing.as_slice(), "□");
        let expected: Vec<String> = expected.iter().map(|text| boxed(text)).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        assert_eq!(faults(&boxed(&svg), &expected), [] as [String; 0], "{width:?}");
        assert!(svg.contains(" role=\"img\"") && svg.contains("<desc>") && !svg.contains("<script"));
        assert!(!svg.contains("href") && !svg.contains("url("), "nothing from outside");
        assert_eq!(svg, draw(width).unwrap());
    }
}

fn grouped(labels: &[String], groups: usize, value_label: &str) -> GroupedBars {
    let bar = |nth: usize| GroupBar {
        value: (nth * 37 % 100) as f64,
        value_label: value_label.to_owned(),
        hidden: (nth % 5 == 4).then(|| "<11".to_owned()),
    };
    let category = |(nth, label): (usize, &String)| Category {
        label: label.clone(),
        level: u8::from(nth % 4 > 0),
        bars: (0..groups).map(|group| bar(nth + group)).collect(),
    };
    GroupedBars {
        title: LONG.repeat(2),
        subtitle: LONG.into(),
        groups: self::labels(groups),
        categories: labels.iter().enumerate().map(category).collect(),
        axis: LONG.into(),
        max: 100.0,
        note: LONG.repeat(2),
        width: Width::default(),
    }
}

#[test]
fn grouped_bars() {
    for (groups, count, value) in [(2, 0, ""), (6, 1, LONG), (3, 8, WORD), (6, 8, "9 of 12 (75.0%)")] {
        let chart = grouped(&labels(count), groups, value);
        let mut expected = vec![chart.title.clone(), chart.subtitle.clone(), chart.note.clone()];
        expected.extend(if count > 0 { labels(groups.max(count)) } else { vec!["no data".to_owned()] });
        assert_sound(|width| grouped_svg(&GroupedBars { width, ..chart.clone() }), &expected);
    }
}

fn heat(rows: Vec<String>, columns: Vec<String>) -> HeatMap {
    let cell = |row: usize, column: usize| match (row * 5 + column * 3) % 11 {
        0 => Cell::Missing,
        1 => Cell::Hidden("<11".into()),
        _ if row == column => Cell::Dash,
        value => Cell::count(value as u64 * 9),
    };
    let cells = (0..rows.len()).map(|row| (0..columns.len()).map(|column| cell(row, column)).collect()).collect();
    HeatMap { title: LONG.into(), rows, columns, cells, axis: LONG.into(), note: LONG.into(), ..HeatMap::default() }
}

#[test]
fn heat_maps() {
    for count in [0, 1, 3, 9] {
        for names in [labels, plain] {
            let square = heat(names(count), names(count));
            let expected = if count > 0 { names(count) } else { vec!["no data".to_owned()] };
            assert_sound(|width| heat_svg(&HeatMap { width, ..square.clone() }), &expected);
        }
    }
    for (rows, columns) in [(3, 10), (20, 2)] {
        let map = heat(plain(rows), labels(columns));
        let mut expected = plain(rows);
        expected.extend(labels(columns));
        assert_sound(|width| heat_svg(&HeatMap { width, ..map.clone() }), &expected);
    }
}

#[test]
fn a_heat_map_of_thirty_codes() {
    for names in [labels, plain] {
        let map = heat(names(30), names(30));
        assert_sound(|_| heat_svg(&map), &names(30));
    }
}

fn strip(rows: Vec<String>, entries: Vec<String>) -> EntryStrip {
    let count = |row: usize, entry: usize| (entry % 9 != 4).then_some((row * 3 + entry * 5) as u64 % 12);
    let row = |(nth, label): (usize, String)| StripRow {
        label,
        group: nth / 4,
        level: u8::from(nth % 4 > 0),
        counts: (0..entries.len()).map(|entry| count(nth, entry)).collect(),
    };
    let rows = rows.into_iter().enumerate().map(row).collect();
    EntryStrip { title: LONG.into(), entries, rows, axis: LONG.into(), note: LONG.into(), ..EntryStrip::default() }
}

#[test]
fn strips() {
    let long = vec![LONG.to_owned(); 30];
    for (rows, entries) in
        [(1, months(1)), (8, months(14)), (1, months(113)), (2, plain(180)), (8, labels(7)), (1, long)]
    {
        let mut expected = labels(rows);
        if entries.len() > 5 {
            expected.push("not read".to_owned());
        }
        let chart = strip(labels(rows), entries);
        assert_sound(|width| strip_svg(&EntryStrip { width, ..chart.clone() }), &expected);
    }
    assert_sound(|width| strip_svg(&EntryStrip { width, ..EntryStrip::default() }), &["no data".to_owned()]);
}

fn saturation(entries: Vec<String>, label: &str) -> Saturation {
    let count = entries.len();
    Saturation {
        title: LONG.into(),
        new: (0..count).map(|nth| (9_u64 >> nth.min(8)) + u64::from(nth == 7)).collect(),
        base: Some(Base { entries: 4, label: label.to_owned() }),
        point: Some(SaturationPoint { after: 6, run: 2, label: label.to_owned() }),
        entries,
        axis: LONG.into(),
        note: LONG.into(),
        ..Saturation::default()
    }
}

#[test]
fn saturation_curves() {
    let sizes = [months(1), months(3), months(14), months(113), plain(150), labels(7)];
    let labelled = HOSTILE.iter().zip(sizes.iter().cycle());
    for (label, entries) in labelled {
        let mut expected = vec![(*label).to_owned(), LONG.to_owned()];
        // The first and the last entry are always named; months by their names.
        let ends = [entries.first(), entries.last()].into_iter().flatten();
        expected.extend(ends.filter(|end| !end.starts_with("20")).cloned());
        let chart = saturation(entries.clone(), label);
        assert_sound(|width| saturation_svg(&Saturation { width, ..chart.clone() }), &expected);
    }
    assert_sound(|width| saturation_svg(&Saturation { width, ..Saturation::default() }), &["no data".to_owned()]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_words_and_numbers_give_sound_charts(
        words in prop::collection::vec("[ -~À-ž\t\n]{0,70}", 1..9),
        numbers in prop::collection::vec(0..5000_u64, 9),
        wide in any::<bool>(),
    ) {
        let width = if wide { Width::TwoColumns } else { Width::OneColumn };
        let count = words.len();
        let cells = words.iter().map(|_| numbers.iter().take(count).map(|n| Cell::count(*n)).collect()).collect();
        let map = HeatMap { rows: words.clone(), columns: words.clone(), cells, width, ..HeatMap::default() };
        prop_assert_eq!(faults(&heat_svg(&map).unwrap(), &[]), [] as [String; 0]);
        let counts: Vec<_> = numbers.iter().take(count).map(|n| (n % 3 > 0).then_some(*n)).collect();
        let row = |label: &String| StripRow { label: label.clone(), counts: counts.clone(), ..StripRow::default() };
        let rows = words.iter().map(row).collect();
        let chart = EntryStrip { entries: words.clone(), rows, width, ..EntryStrip::default() };
        prop_assert_eq!(faults(&strip_svg(&chart).unwrap(), &[]), [] as [String; 0]);
        let new = numbers.iter().take(count).copied().collect();
        let chart = Saturation { entries: words.clone(), new, width, ..saturation(vec![], &words[0]) };
        prop_assert_eq!(faults(&saturation_svg(&chart).unwrap(), &[]), [] as [String; 0]);
    }

    #[test]
    fn no_words_break_the_svg(text in any::<String>(), value in any::<f64>()) {
        let cells = vec![vec![Cell::Value { value, words: text.clone() }]];
        let map = HeatMap { rows: vec![text.clone()], columns: vec![text.clone()], cells, ..HeatMap::default() };
        if let Ok(svg) = heat_svg(&map) {
            prop_assert!(missing_characters(&svg).is_ok() && pdf(&svg).is_ok());
        }
        let bar = GroupBar { value, value_label: text.clone(), hidden: None };
        let category = Category { label: text.clone(), level: 0, bars: vec![bar.clone(), bar] };
        let groups = vec![text.clone(), text];
        let svg = grouped_svg(&GroupedBars { groups, categories: vec![category], max: value, ..GroupedBars::default() });
        prop_assert!(missing_characters(&svg.unwrap()).is_ok());
    }
}
