//! What must hold for every chart, ordinary or extreme: all words there, on the page, and none on top of others.
//!
//! Places come from the SVG as the rasteriser sets it, not from our own measuring.

use proptest::prelude::*;
use resvg::usvg::{Group, Node, Rect};

use super::font::Type;
use super::raster::read;
use super::{Bar, BarChart, Series, Timeline, Width, bar_svg, missing_characters, timeline_svg};

/// CSS pixels, in which the reader measures, to units.
const UNITS: f32 = 300.0 / 96.0;
pub(super) const WIDTHS: [Width; 2] = [Width::OneColumn, Width::TwoColumns];
pub(super) const LONG: &str = "A label of eighty characters that goes on and on until somebody finally stops it";
pub(super) const WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

fn words(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => words(inner, found),
            Node::Text(text) => {
                let line = text.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push((line, text.abs_bounding_box()));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// Says what is wrong with a chart: words off the page, words on words, or one of `expected` not there in full.
pub(super) fn faults(svg: &str, expected: &[&str]) -> Vec<String> {
    let tree = read(svg).unwrap();
    let mut found = Vec::new();
    words(tree.root(), &mut found);
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut faults = Vec::new();
    for (nth, (line, place)) in found.iter().enumerate() {
        let outside = place.left() < 0.0 || place.top() < 0.0 || place.right() > width || place.bottom() > height;
        if outside {
            faults.push(format!("off the page: {line} at {place:?}"));
        }
        // Accents may reach a little into the line above.
        let (across, down) = (0.5, 2.0);
        for (other, there) in &found[..nth] {
            let apart = place.left() + across > there.right()
                || there.left() + across > place.right()
                || place.top() + down > there.bottom()
                || there.top() + down > place.bottom();
            if !apart {
                faults.push(format!("on top of each other: {line} / {other}"));
            }
        }
    }
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let all: String = found.iter().map(|(line, _)| squeeze(line)).collect();
    faults
        .extend(expected.iter().filter(|text| !all.contains(&squeeze(text))).map(|text| format!("not there: {text}")));
    faults
}

fn bar(label: &str, value: f64, level: u8) -> Bar {
    Bar {
        label: label.into(),
        value,
        value_label: format!("{value} of 271"),
        group: usize::from(level),
        level,
        ..Bar::default()
    }
}

fn chart(bars: Vec<Bar>) -> BarChart {
    BarChart {
        title: LONG.repeat(2),
        subtitle: LONG.repeat(3),
        bars,
        axis: LONG.into(),
        max: 271.0,
        note: LONG.repeat(4),
        ..BarChart::default()
    }
}

fn bar_faults(chart: &BarChart) -> Vec<String> {
    let mut expected = vec![chart.title.as_str(), &chart.subtitle, &chart.axis, &chart.note];
    expected.extend(chart.bars.iter().map(|bar| bar.label.as_str()));
    expected.extend(chart.bars.iter().map(|bar| bar.hidden.as_ref().unwrap_or(&bar.value_label).as_str()));
    let at = |width| faults(&bar_svg(&BarChart { width, ..chart.clone() }), &expected);
    WIDTHS.into_iter().flat_map(at).collect()
}

pub(super) fn months(count: u32) -> Vec<String> {
    (2..count + 2).map(|month| format!("{}-{:02}", 2009 + month / 12, month % 12 + 1)).collect()
}

fn timeline(months: Vec<String>, series: usize) -> Timeline {
    let values: Vec<_> = (0..months.len()).map(|month| (month % 7 != 3).then_some((month * 31 % 48) as f64)).collect();
    let series = (0..series).map(|group| Series { label: format!("{group} {LONG}"), group, values: values.clone() });
    let series = series.collect();
    Timeline {
        title: LONG.into(),
        subtitle: LONG.into(),
        months,
        series,
        empty: ([1].into(), "no entries".into()),
        unread: [0].into(),
        axis: "entries".into(),
        note: LONG.repeat(3),
        width: Width::TwoColumns,
    }
}

fn timeline_faults(chart: &Timeline) -> Vec<String> {
    let mut expected = vec![chart.title.as_str(), &chart.subtitle, &chart.axis, &chart.note, "no entries", "not read"];
    expected.extend(chart.series.iter().map(|series| series.label.as_str()));
    let at = |width| faults(&timeline_svg(&Timeline { width, ..chart.clone() }), &expected);
    WIDTHS.into_iter().flat_map(at).collect()
}

#[test]
fn the_check_itself_finds_faults() {
    let text = |x: i32, word: &str| format!("<text x=\"{x}\" y=\"30\" font-size=\"20\">{word}</text>");
    let svg =
        |inner: String| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"60\">{inner}</svg>");
    assert_eq!(faults(&svg(text(10, "ab")), &["ab"]), [] as [String; 0]);
    assert_eq!(faults(&svg(text(10, "ab") + &text(15, "cd")), &[]).len(), 1);
    assert_eq!(faults(&svg(text(90, "abc")), &["abcd"]).len(), 2);
}

#[test]
fn one_bar_forty_bars_and_none() {
    assert_eq!(bar_faults(&chart(vec![bar(LONG, 271.0, 0)])), [] as [String; 0]);
    let many = (0..40).map(|nth| bar(&format!("{nth} {LONG}"), f64::from(nth) * 6.9, (nth % 3) as u8)).collect();
    assert_eq!(bar_faults(&chart(many)), [] as [String; 0]);
    assert_eq!(faults(&bar_svg(&BarChart::default()), &["no data"]), [] as [String; 0]);
}

#[test]
fn long_words_and_long_values() {
    let mut bars = vec![bar(WORD, 271.0, 0), bar(WORD, 3.0, 1), bar(&WORD.repeat(5), 0.0, 2)];
    bars[0].value_label = LONG.into();
    bars[1].value_label = WORD.into();
    assert_eq!(bar_faults(&chart(bars)), [] as [String; 0]);
}

#[test]
fn whiskers_and_hidden_values() {
    let mut bars: Vec<_> = (0..8_u8).map(|nth| bar(LONG, f64::from(nth) * 30.0, nth % 3)).collect();
    for (nth, bar) in bars.iter_mut().enumerate() {
        bar.interval = Some((bar.value - 20.0, bar.value + 90.0));
        bar.hidden = (nth % 3 == 0).then(|| format!("fewer than 11 of the {nth} that were asked"));
    }
    assert_eq!(bar_faults(&chart(bars)), [] as [String; 0]);
}

#[test]
fn needs_of_271_patients() {
    // Kimball et al. 2019: eight needs of 271 patients.
    let counts = [95, 61, 57, 27, 14, 11, 4, 2];
    let bars = counts.iter().map(|count| bar(&format!("Need {count}"), f64::from(*count), 0)).collect();
    assert_eq!(bar_faults(&chart(bars)), [] as [String; 0]);
}

#[test]
fn markup_is_words() {
    let svg = bar_svg(&BarChart {
        title: "<b>&amp;</b>".into(),
        ..chart(vec![bar("<script>alert(\"x\")</script> & 'co' ]]>", 1.0, 0)])
    });
    assert_eq!(faults(&svg, &["<script>alert(\"x\")</script> & 'co' ]]>", "<b>&amp;</b>"]), [] as [String; 0]);
    assert!(!svg.contains("<script") && !svg.contains("<b>"));
}

#[test]
fn timelines_from_one_month_to_ten_years() {
    for count in [4, 5, 6, 13, 14, 24, 40, 60, 113, 400] {
        assert_eq!(timeline_faults(&timeline(months(count), 3)), [] as [String; 0], "{count} months");
    }
    assert_eq!(timeline_faults(&timeline(months(14), 12)), [] as [String; 0]);
}

#[test]
fn months_as_given() {
    let short = (1..=12).map(|month| format!("--{month:02}")).collect();
    assert_eq!(timeline_faults(&timeline(short, 4)), [] as [String; 0]);
    assert_eq!(timeline_faults(&timeline(vec![LONG.into(); 30], 2)), [] as [String; 0]);
    assert_eq!(timeline_faults(&timeline(vec![WORD.into(); 4], 1)), [] as [String; 0]);
}

#[test]
fn words_measure_as_the_rasteriser_sets_them() {
    for (set, weight) in [(Type::regular(100), "normal"), (Type::bold(100), "bold")] {
        for text in
            ["Themes and codes", LONG, WORD, "0123456789 35.1 %", "Ärger – łzy, φόβος, страх ≥ “x”…", "Àé e\u{301}"]
        {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
                 <text font-family=\"Inter\" font-size=\"100\" font-weight=\"{weight}\">{text}</text></svg>"
            );
            let mut found = Vec::new();
            words(read(&svg).unwrap().root(), &mut found);
            let (set_wide, measured) = (f64::from(found[0].1.width()), set.width(text));
            assert!((set_wide..=set_wide * 1.03 + 1.0).contains(&(measured + 0.5)), "{text}: {set_wide} {measured}");
        }
    }
}

#[test]
fn a_unit_is_a_pixel_at_300_dpi() {
    for width in WIDTHS {
        let tree = read(&bar_svg(&BarChart { width, ..chart(vec![bar("a", 1.0, 0)]) })).unwrap();
        assert!((tree.size().width() * UNITS - width.pixels() as f32).abs() < 0.01);
        assert!((tree.size().height() * UNITS).fract() < 0.05);
    }
}

#[test]
fn same_values_same_bytes() {
    let chart = chart(vec![bar(LONG, 95.0, 0), bar(WORD, 61.0, 1)]);
    assert_eq!(bar_svg(&chart), bar_svg(&chart.clone()));
    let timeline = timeline(months(14), 3);
    assert_eq!(timeline_svg(&timeline), timeline_svg(&timeline.clone()));
    assert_eq!(
        super::raster::raster(&bar_svg(&chart), 400).unwrap(),
        super::raster::raster(&bar_svg(&chart), 400).unwrap()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_and_numbers_give_a_sound_chart(
        bars in prop::collection::vec(("[ -~À-ž\t\n]{0,90}", -5.0..400.0_f64, 0..4_u8), 0..12),
        max in prop_oneof![Just(f64::NAN), Just(0.0), 1.0..1e6_f64],
    ) {
        let bars = bars.into_iter().map(|(label, value, level)| bar(&label, value, level)).collect();
        let chart = BarChart { max, ..chart(bars) };
        if !chart.bars.is_empty() {
            prop_assert_eq!(bar_faults(&chart), [] as [String; 0]);
        }
    }

    #[test]
    fn no_words_break_the_svg(text in any::<String>(), value in any::<f64>()) {
        let svg = bar_svg(&BarChart { title: text.clone(), bars: vec![bar(&text, value, 0)], max: value, ..BarChart::default() });
        prop_assert!(missing_characters(&svg).is_ok());
        let series = vec![Series { label: text.clone(), group: 3, values: vec![Some(value), None] }];
        let svg = timeline_svg(&Timeline { months: vec![text.clone(), text], series, ..Timeline::default() });
        prop_assert!(missing_characters(&svg).is_ok());
    }
}
