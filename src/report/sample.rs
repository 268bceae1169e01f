//! A small study's report for tests, with counts that follow from its segments. Every sentence is invented.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    report::{
        Banner, CodePage, CodebookPage, Covered, Excerpt, ExcerptGroup, Figure, Glance, Section, Segment, SegmentList,
        StudyReport, ThemePage,
    },
    table::{Basis, Counts, Level, Precision, Row, Table, Unit, percent},
};

/// Entries of the study, one a month from January 2018.
const ENTRIES: usize = 14;
/// Headings of an entry.
const PARTS: [&str; 2] = ["Greatest success", "Greatest challenge"];
/// Themes: id, label, and codes: id, label, a sentence, its evidence.
type Theme = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str, &'static str)]);

const THEMES: &[Theme] = &[
    (
        "social-determinant",
        "Immigration status is a social determinant of health",
        &[
            ("language-barrier", "Language barrier", "They needed an interpreter\nto fill in the form.", "interpreter"),
            ("housing", "Housing and eviction", "The landlord had threatened to evict the family.", "evict"),
            (
                "work",
                "Work without papers",
                "She lost her job after the letter came and could not ask for her wages.",
                "lost her job",
            ),
            ("food", "Food and public benefits", "He was afraid to sign up for food stamps.", "food stamps"),
            ("detention", "Detention of a family member", "Her brother has been detained since May.", "detained"),
        ],
    ),
    (
        "navigator-trust",
        "A navigator inside the clinic makes legal help possible, because patients already trust the place",
        &[
            (
                "trust",
                "Trust in the clinic",
                "She told me because her nurse had told her that she could trust me.",
                "trust me",
            ),
            ("referral", "Warm referral by a clinician", "The doctor walked him over to my desk.", "walked him over"),
            ("hours", "Seen on the same day", "I was able to see them the same day, after the visit.", "the same day"),
            (
                "confidential",
                "Fear that what is said leaves the room",
                "He asked twice whether I would report him.",
                "report him",
            ),
            (
                "follow-up",
                "Follow-up that does not end",
                "I called nine times before the hearing was moved.",
                "called nine times",
            ),
        ],
    ),
    (
        "limits",
        "Law sets limits that kindness cannot move",
        &[
            (
                "no-remedy",
                "No legal remedy exists",
                "There was nothing that any lawyer could file for her.",
                "nothing that any lawyer could file",
            ),
            (
                "waiting",
                "Waiting lists and backlogs",
                "The backlog is now\nlonger than two years, she said.",
                "backlog",
            ),
            ("cost", "Fees nobody can pay", "The filing fee is more than he earns in a month.", "filing fee"),
            ("own-strain", "Strain on the navigator", "I went home and could not sleep.", "could not sleep"),
            ("policy", "Policy changes overnight", "The rule changed overnight and every phone rang.", "rule changed"),
        ],
    ),
];

/// Returns a report of three themes, fifteen codes and fourteen entries.
pub(in crate::report) fn study() -> StudyReport {
    let segments = segments();
    let suggestions = segments.iter().map(|list| list.total).sum();
    StudyReport {
        captions: crate::study::CaptionStyle::Ama,
        methods: vec!["The data are 14 entries. [Who wrote them.]".to_owned()],
        checklists: Vec::new(),
        title: "Reflections of an immigration legal navigator in a primary care clinic".to_owned(),
        subtitle: "Every text here is synthetic and was written to show the tables.".to_owned(),
        banner: Some(Banner { counts: "all".to_owned(), reviewed: 0, suggestions }),
        glance: glance(suggestions),
        sections: vec![frequency(&segments), crosstab(&segments), trend(&segments), needs()],
        excerpts: excerpts(&segments),
        codebook: codebook(),
        segments,
        remarks: vec!["Entry 2018-07 was found twice in the sources; it is counted once.".to_owned()],
        origin: vec![
            ("codebook fingerprint".to_owned(), "9f2c1e".repeat(10)),
            ("corpus".to_owned(), "ab03f7".repeat(10)),
            ("themata".to_owned(), "0.1.0, schema 1".to_owned()),
        ],
    }
}

/// Returns a report in which every text of a person is a script.
pub(in crate::report) fn hostile() -> StudyReport {
    let script = || "<script>alert(1)</script>\" onload=\"alert(2)".to_owned();
    let mut report = study();
    report.title = script();
    report.subtitle = script();
    report.remarks = vec![script()];
    report.glance = vec![Glance { name: script(), value: script() }];
    for section in &mut report.sections {
        section.heading = script();
        section.table.title = script();
        section.table.notes = vec![script()];
        section.cases.values_mut().flatten().for_each(|case| *case = script());
        for row in &mut section.table.rows {
            (row.label, row.evidence) = (script(), format!("{}{}", row.evidence, script()));
            row.column = row.column.as_ref().map(|column| format!("{column}{}", script()));
        }
        section.figure.iter_mut().for_each(|figure| figure.description = script());
    }
    for segment in report.segments.iter_mut().flat_map(|list| &mut list.segments) {
        (segment.text, segment.marks, segment.rule) = (script(), vec![(0, 8)], script());
        (segment.entry, segment.section, segment.status) = (script(), script(), script());
        segment.attributes = BTreeMap::from([(script(), script())]);
    }
    for excerpt in report.excerpts.iter_mut().flat_map(|group| &mut group.excerpts) {
        (excerpt.text, excerpt.marks, excerpt.attribution) = (script(), vec![(1, 3)], script());
    }
    for theme in &mut report.codebook.themes {
        (theme.label, theme.concept, theme.not_this) = (script(), script(), script());
        for code in &mut theme.codes {
            (code.label, code.definition, code.rules) = (script(), script(), vec![script()]);
            (code.except, code.matching) = (vec![script()], script());
            (code.include, code.exclude, code.examples) = (vec![script()], vec![script()], vec![(script(), script())]);
        }
    }
    report
}

/// Returns the figures of [`study`] as pictures: a PNG of one white pixel each.
pub(in crate::report) fn pictures() -> BTreeMap<String, Vec<u8>> {
    let sections = study().sections;
    let figures = sections.iter().filter_map(|section| section.figure.as_ref());
    figures.map(|figure| (figure.name.clone(), PIXEL.to_vec())).collect()
}

/// A PNG of one white pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\xf8\x0f\0\x01\x01\x01\0\x1b\xb6\xeeV\0\0\0\0IEND\xaeB`\x82";

fn codes() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str, &'static str)> {
    THEMES.iter().flat_map(|(_, _, codes)| codes.iter())
}

fn month(entry: usize) -> String {
    format!("{}-{:02}", 2018 + entry / 12, entry % 12 + 1)
}

/// Spreads a code's sentence over entries by its number; the last code has none.
fn segments() -> Vec<SegmentList> {
    let lists = codes().enumerate().map(|(at, (id, _, text, evidence))| {
        let holds = |entry: usize| at < 14 && (entry * (at + 3) + at) % 7 > at % 5;
        let places = (0..ENTRIES).filter(|entry| holds(*entry)).flat_map(|entry| [(entry, 0), (entry, 1)]);
        let segments: Vec<_> = places.map(|(entry, part)| segment(at, entry, part, text, evidence)).collect();
        let total = segments.len() as u64 + if *id == "trust" { 323 } else { 0 };
        let command = format!("themata segments segment/code:{id}");
        SegmentList { code: (*id).to_owned(), total, command, segments }
    });
    lists.collect()
}

fn segment(at: usize, entry: usize, part: usize, text: &str, evidence: &str) -> Segment {
    let start = u32::try_from(200 + 90 * at + 700 * part).unwrap_or_default();
    let mark = text.find(evidence).unwrap_or_default();
    let section = PARTS[part].to_owned();
    Segment {
        entry: month(entry),
        date: format!("{} of {}", month(entry), "the year"),
        section: section.clone(),
        place: (start, start + u32::try_from(text.chars().count()).unwrap_or_default()),
        text: text.to_owned(),
        marks: vec![(mark, mark + evidence.len())],
        negated: text.contains(" not "),
        rule: evidence.to_owned(),
        status: "suggested".to_owned(),
        sentences: covered(at, part),
        paragraphs: covered(part, part),
        attributes: BTreeMap::from([("month".to_owned(), month(entry)), ("section".to_owned(), section)]),
    }
}

/// Covers one sentence or paragraph.
fn covered(number: usize, part: usize) -> Vec<Covered> {
    let from = u32::try_from(number + 20 * part).unwrap_or_default();
    vec![Covered { from, to: from + 1, section: PARTS[part].to_owned() }]
}

/// Counts entries that hold a segment of the codes where the attribute has the value.
fn entries(segments: &[SegmentList], codes: &[&str], attribute: &str, value: Option<&str>) -> u64 {
    let lists = segments.iter().filter(|list| codes.contains(&list.code.as_str()));
    let all = lists.flat_map(|list| &list.segments);
    let right =
        all.filter(|segment| value.is_none_or(|value| segment.attributes.get(attribute).is_some_and(|v| v == value)));
    right.map(|segment| segment.entry.as_str()).collect::<BTreeSet<_>>().len() as u64
}

fn row(level: Level, id: &str, label: &str, parent: Option<&str>, n: u64, total: u64) -> Row {
    let percent = percent(n, total, Precision::for_total(total, false));
    super::format::sample::row(level, id, label, parent, n, total).share(percent, "N is below 20")
}

fn table(kind: &str, title: &str, rows: Vec<Row>) -> Table {
    Table {
        table: kind.to_owned(),
        title: title.to_owned(),
        unit: Unit::Entry,
        counts: Some(Counts::All),
        coder: Some("any".to_owned()),
        total: ENTRIES as u64,
        basis: Basis::default(),
        parameters: BTreeMap::new(),
        notes: vec![
            "A theme counts an entry once, however many of its codes are in it; codes do not add up to their theme."
                .to_owned(),
        ],
        rows,
        tests: Vec::new(),
    }
}

/// Returns one row a theme and code by a counting function over its codes.
fn rows(count: impl Fn(&[&str]) -> (u64, u64)) -> Vec<Row> {
    let mut rows = Vec::new();
    for (theme, label, codes) in THEMES {
        let (n, total) = count(&codes.iter().map(|code| code.0).collect::<Vec<_>>());
        rows.push(row(Level::Theme, theme, label, None, n, total));
        for (code, label, ..) in *codes {
            let (n, total) = count(&[code]);
            rows.push(row(Level::Code, code, label, Some(theme), n, total));
        }
    }
    rows
}

fn section(name: &str, heading: &str, table: Table) -> Section {
    Section { name: name.to_owned(), heading: heading.to_owned(), table, figure: None, cases: BTreeMap::new() }
}

fn frequency(segments: &[SegmentList]) -> Section {
    let rows = rows(|codes| (entries(segments, codes, "", None), ENTRIES as u64));
    let mut section =
        section("frequency-entries", "Themes and codes", table("frequency", "Themes and codes by entries", rows));
    let svg = r##"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120"><rect width="420" height="40" x="10" y="20" fill="#1f4e79"/><text x="440" y="46" font-size="16">12 of 14</text></svg>"##;
    section.figure = Some(Figure {
        name: "frequency-entries".to_owned(),
        svg: svg.to_owned(),
        description: "Bars of the entries of each theme.".to_owned(),
        note: "Something <is> missing.".to_owned(),
    });
    section
}

fn crosstab(segments: &[SegmentList]) -> Section {
    let mut all = Vec::new();
    for part in PARTS {
        let rows = rows(|codes| (entries(segments, codes, "section", Some(part)), ENTRIES as u64));
        all.extend(rows.into_iter().map(|row| Row {
            column: Some(part.to_owned()),
            evidence: format!("{}/section:{part}", row.evidence),
            ..row
        }));
    }
    section("crosstab-section", "By section", table("crosstab section", "Themes and codes by section", all))
}

fn trend(segments: &[SegmentList]) -> Section {
    let mut all = Vec::new();
    for month in (0..ENTRIES).map(month) {
        let rows = rows(|codes| (entries(segments, codes, "month", Some(&month)), 1));
        all.extend(rows.into_iter().map(|row| Row {
            evidence: format!("{}/month:{month}", row.evidence),
            month: Some(month.clone()),
            ..row
        }));
    }
    section("trend-month", "Month by month", table("trend", "Themes and codes by month", all))
}

/// Returns the needs of 271 patients with the published counts (Kimball et al. 2019); the ids are made up.
fn needs() -> Section {
    let needs =
        ["Naturalization", "Family petition", "Asylum", "Work permit", "Other"].into_iter().zip([95, 61, 57, 27, 0]);
    let rows: Vec<Row> = needs
        .map(|(need, n)| Row {
            unit: Unit::Case,
            evidence: format!("case/need:{need}"),
            ..row(Level::Value, need, need, None, n, 271)
        })
        .collect();
    let ids =
        |row: &Row| (row.evidence.clone(), (1..=row.n.unwrap_or_default()).map(|case| format!("P{case:03}")).collect());
    let cases = rows.iter().map(ids).collect();
    let table = Table {
        unit: Unit::Case,
        counts: None,
        coder: None,
        total: 271,
        notes: vec!["Percentages do not add up to 100: a patient can have several needs.".to_owned()],
        ..table("attribute need", "Legal needs of patients", rows)
    };
    Section { cases, ..section("attribute-need", "The patients' needs", table) }
}

fn glance(suggestions: u64) -> Vec<Glance> {
    let fact = |name: &str, value: &str| Glance { name: name.to_owned(), value: value.to_owned() };
    vec![
        fact("Entries", "14, January 2018 to February 2019"),
        fact("Words", "26,431"),
        fact("Codebook", "Navigator reflections 1.0.0: 3 themes, 15 codes"),
        fact("Suggestions", &suggestions.to_string()),
    ]
}

fn excerpts(segments: &[SegmentList]) -> Vec<ExcerptGroup> {
    let group = |(list, (id, label, ..)): (&SegmentList, &(&str, &str, &str, &str))| {
        let excerpts = list.segments.iter().take(2).map(|segment| Excerpt {
            text: format!("It was late in the afternoon. {}", segment.text.replace('\n', " ")),
            marks: segment.marks.iter().map(|(start, end)| (start + 30, end + 30)).collect(),
            attribution: "(Immigration legal navigator, March 2018)".to_owned(),
            entry: segment.entry.clone(),
            place: segment.place,
            codes: vec![(*id).to_owned()],
            negated: segment.negated,
            exemplar: false,
        });
        ExcerptGroup {
            level: "code".to_owned(),
            id: (*id).to_owned(),
            label: (*label).to_owned(),
            excerpts: excerpts.collect(),
            of: list.total,
        }
    };
    segments.iter().zip(codes()).map(group).take(6).collect()
}

fn codebook() -> CodebookPage {
    let code = |(id, label, text, evidence): &(&str, &str, &str, &str)| CodePage {
        id: (*id).to_owned(),
        parent: String::new(),
        label: (*label).to_owned(),
        definition: format!("Passages about this: {}.", label.to_lowercase()),
        include: vec!["The navigator tells of it as something that happened.".to_owned()],
        exclude: vec!["Only feared, not happened: use `confidential`.".to_owned()],
        rules: vec![(*evidence).to_owned(), "speak NEAR/3 english".to_owned()],
        except: vec!["interpreter award".to_owned()],
        matching: "unit sentence, within sentence, negation flag".to_owned(),
        examples: vec![("typical".to_owned(), (*text).to_owned())],
        origin: "inductive".to_owned(),
        apart: false,
    };
    let theme = |(id, label, codes): &Theme| ThemePage {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
        concept: "What a patient may do, eat, earn and fear is decided by papers before it is decided by medicine."
            .to_owned(),
        not_this: "Any mention of a visa.".to_owned(),
        codes: codes.iter().map(code).collect(),
    };
    CodebookPage {
        title: "Immigration legal navigator reflections".to_owned(),
        version: "1.0.0".to_owned(),
        themes: THEMES.iter().map(theme).collect(),
    }
}
