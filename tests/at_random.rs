//! What must hold in every study, tried on random ones: numbers open their words, unions stay unions, the index follows
//! edits, and what did not change keeps its name.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use themata::{
    codebook::Within,
    id::CoderId,
    matching::{Matcher, Scanner},
    query::{Expr, parse_rule},
    table::{Counts, Evidence, Level, Row, Table, Together, Unit},
    text::{CodePoints, Language, normalise, outline},
    workflow::{
        self, Decision, DecisionFilter, Line, SaturationOptions, SearchOptions, Silent, TableKind, TableOptions,
        Target, Workspace, add_code, decide, ingest, mark_read, search, segments, table, undo,
    },
};

use crate::harness::{SETTINGS, Study};

/// A code with a code below it, and codes whose rules overlap, each of its own unit and stretch.
fn codebook(units: &[&str], within: &[&str]) -> String {
    let codes = [
        ("lawyer", "theme = \"help\"", "\"lawyer\", \"the lawyer\""),
        ("attorney", "parent = \"lawyer\"", "\"lawyer the\", \"wait NEAR/6 lawyer\""),
        ("waiting", "theme = \"time\"", "\"wait\", \"the AND lawyer\""),
    ];
    let mut text = "[codebook]\nid = \"c\"\ntitle = \"C\"\n".to_owned();
    for theme in ["help", "time"] {
        text += &format!("[[theme]]\nid = \"{theme}\"\nlabel = \"{theme}\"\n");
    }
    for ((id, above, rules), (unit, within)) in codes.iter().zip(units.iter().zip(within)) {
        text += &format!(
            "[[code]]\nid = \"{id}\"\nlabel = \"{id}\"\n{above}\nunit = \"{unit}\"\nwithin = \"{within}\"\nrules = [{rules}]\n"
        );
    }
    text
}

/// Front matter: a date, a site whose characters are hard to write, an attribute with the name of a built-in one.
fn heads() -> impl Strategy<Value = String> {
    let date = prop::option::of(prop::sample::select(vec!["2018-01-05", "2018-01", "2018-04-30", "2019"]));
    let site = prop::option::of(prop::sample::select(vec!["East", "a:b=c,d%&'\"", "niño 😊", " ", "10 %"]));
    let month = prop::option::weighted(0.2, Just("March"));
    let author = prop::option::of(prop::sample::select(vec!["ana", "ben; cy"]));
    (date, site, month, author).prop_map(|(date, site, month, author)| {
        let line = |key: &str, value: Option<&str>| {
            value.map(|value| format!("{key} = {}\n", serde_json::to_string(value).unwrap())).unwrap_or_default()
        };
        let lines = [line("date", date), line("site", site), line("month", month), line("author", author)];
        format!("+++\n{}+++\n", lines.concat())
    })
}

/// All tables of one kind of counts; those that count no codings only once.
fn tables(workspace: &mut Workspace, counts: Option<Counts>, coder: Option<&str>) -> Vec<Table> {
    let crosstab = |name: &str| TableKind::Crosstab(name.to_owned());
    let attribute = |name: &str, of, by: Option<&str>| TableKind::Attribute {
        name: name.to_owned(),
        of,
        by: by.map(str::to_owned),
    };
    let mut all = Vec::new();
    let options = TableOptions { counts, coder: coder.map(str::to_owned), ..TableOptions::default() };
    for level in Together::ALL {
        for of in [Level::Code, Level::Theme] {
            let kind = TableKind::Cooccurrence { level, of, all: true };
            all.push(table(workspace, &kind, &options, &Silent).unwrap());
        }
    }
    for kind in [
        TableKind::Saturation(SaturationOptions::default()),
        TableKind::Coverage,
        TableKind::Words("lawyer".to_owned()),
        TableKind::Absent,
        TableKind::Overview,
        TableKind::Entries,
    ] {
        all.push(table(workspace, &kind, &options, &Silent).unwrap());
    }
    for unit in [Unit::Entry, Unit::Sentence, Unit::Paragraph, Unit::Segment, Unit::Participant] {
        let options = TableOptions { unit, ..options.clone() };
        for kind in [TableKind::Frequency, TableKind::Trend, crosstab("section"), crosstab("month"), crosstab("site")] {
            // Nobody may have a site: then there is nothing to split by, and that is said.
            all.extend(table(workspace, &kind, &options, &Silent));
        }
    }
    if counts.is_some() {
        return all;
    }
    for kind in [
        attribute("site", Unit::Entry, None),
        attribute("month", Unit::Entry, None),
        attribute("site", Unit::Entry, Some("month")),
        attribute("need", Unit::Case, None),
        attribute("need", Unit::Case, Some("sex")),
    ] {
        all.extend(table(workspace, &kind, &TableOptions::default(), &Silent));
    }
    all
}

fn distinct(lines: &[Line], unit: Unit) -> u64 {
    let name = |line: &Line| match line {
        Line::Segment { code, .. } if unit == Unit::Code => code.clone(),
        Line::Segment { participant, .. } if unit == Unit::Participant => participant.clone().unwrap(),
        Line::Segment { entry, start, end, .. } if unit != Unit::Entry => format!("{entry} {start} {end}"),
        Line::Segment { entry, .. } | Line::Entry { entry } => entry.clone(),
        Line::Case { case } => case.clone(),
    };
    lines.iter().map(name).collect::<BTreeSet<String>>().len() as u64
}

fn column(row: &Row) -> Option<&String> {
    row.column.as_ref().or(row.month.as_ref())
}

/// A theme or parent is the union of what is below it: at least the largest, for a theme at most the sum.
fn unions(table: &Table) -> Result<(), TestCaseError> {
    for row in table.rows.iter().filter(|row| row.level != Level::Value) {
        let below = |other: &&Row| other.parent.as_ref() == Some(&row.id) && column(other) == column(row);
        let counts: Vec<u64> = table.rows.iter().filter(below).filter_map(|row| row.n).collect();
        let (largest, sum) = (counts.iter().copied().max().unwrap_or_default(), counts.iter().sum());
        // Overlapping segments of different codes are one segment of the row above, and so may be fewer.
        prop_assert!(table.unit == Unit::Segment || row.n >= Some(largest), "{} {}", table.table, row.evidence);
        prop_assert!(row.level != Level::Theme || row.n <= Some(sum), "{} {}", table.table, row.evidence);
    }
    Ok(())
}

/// Every row of every table lists as many different units as it counts.
fn opens_its_words(
    workspace: &mut Workspace,
    counts: Option<Counts>,
    coder: Option<&str>,
) -> Result<(), TestCaseError> {
    for table in tables(workspace, counts, coder) {
        // Pairs, and rows without those below them or of what is not there, are no unions of others.
        if !["overview", "absent", "cooccurrence"].contains(&table.table.as_str()) {
            unions(&table)?;
        }
        columns(&table)?;
        for row in &table.rows {
            let evidence = Evidence::parse(&row.evidence).unwrap();
            let lines = segments(workspace, &evidence, &Silent);
            prop_assert!(lines.is_ok(), "{} {}: {lines:?}", table.table, row.evidence);
            let lines = lines.unwrap();
            prop_assert_eq!(Some(distinct(&lines, row.unit)), row.n, "{} {}", table.table, row.evidence);
            prop_assert!(row.n <= Some(row.total), "{} {}", table.table, row.evidence);
        }
    }
    Ok(())
}

/// Every unit is in one column or missing; only an entry may have several sections.
fn columns(table: &Table) -> Result<(), TestCaseError> {
    let first = table.rows.first().map(|row| row.id.clone());
    let split: Vec<&Row> =
        table.rows.iter().filter(|row| Some(&row.id) == first.as_ref() && column(row).is_some()).collect();
    // A participant can have entries in several columns.
    let by_section = table.parameters.get("by").is_some_and(|name| name == "section");
    let several = table.unit == Unit::Participant || (table.unit == Unit::Entry && by_section);
    if let Some(row) = split.first() {
        let known: u64 = split.iter().map(|row| row.total).sum();
        let all = known + row.missing;
        prop_assert!(all == table.total || (several && all > table.total), "{}: {all} of {}", table.table, table.total);
    }
    Ok(())
}

/// Expressions over a small vocabulary, so that matches are common.
fn expressions() -> impl Strategy<Value = String> {
    let words = vec![
        "lawyer",
        "\"card\"",
        "=Card",
        "wait*",
        "c?rd",
        "niño",
        "abogado",
        "\"green card\"",
        "green card",
        "the (green | niño) card",
        "(lawyer | abogado) wait",
        "patient's",
        "green-card",
        "/[gG]r.{2}n/",
        "/card\\W+s/",
    ];
    let word = prop::sample::select(words).prop_map(str::to_owned);
    word.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} | {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) AND ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) NOT ({b})")),
            (inner.clone(), inner.clone(), 1..6_u32).prop_map(|(a, b, n)| format!("{a} NEAR/{n} {b}")),
            (inner.clone(), inner, 1..6_u32).prop_map(|(a, b, n)| format!("{a} THEN/{n} {b}")),
        ]
    })
}

/// Texts where sentences, lists, headings and words meet in every way, in two languages.
fn texts() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let pieces = "(lawyers?|Green|green|cards?|Card|waiting|waits|Niño|abogadas|the|😊|card's|patient’s|green-card|[.] |[.]|[?]|\"|# |- |1[.] |\n|\n\n| |, ){1,40}";
    // White space around an entry is its file's, and an entry without a word is refused: neither is asked here.
    let text = pieces
        .prop_map(|text: String| text.trim().to_owned())
        .prop_filter("no word", |text| text.contains(char::is_alphabetic));
    prop::collection::vec((prop::sample::select(vec!["en", "es"]), text), 1..6)
}

/// Writes one entry for each text, its language told.
fn write(study: &Study, texts: &[(&str, String)]) {
    for (number, (language, text)) in texts.iter().enumerate() {
        let head = format!("+++\nid = \"{number}\"\nlanguage = \"{language}\"\n+++\n");
        study.write(&format!("corpus/{number}.md"), head + text);
    }
}

/// Entry, first and last code point of every hit in every text, read one by one without an index.
fn read_all(texts: &[(&str, String)], expr: &Expr, within: Within) -> Vec<(String, u32, u32)> {
    let matcher = Matcher::for_search(expr, within);
    let mut scanner = Scanner::new(&matcher);
    let mut found = Vec::new();
    for (number, (code, text)) in texts.iter().enumerate() {
        let (text, language) = (normalise(text), Language::from_code(code).unwrap());
        for hit in scanner.hits(&text, &outline(&text, language)) {
            let (start, end) = CodePoints::new(&text).of_span(hit.span());
            found.push((number.to_string(), start, end));
        }
    }
    found
}

fn searched(workspace: &mut Workspace, expression: &str, within: Within) -> Vec<(String, u32, u32)> {
    let options = SearchOptions { within: Some(within), ..SearchOptions::default() };
    let found = search(workspace, expression, &options, &Silent).unwrap();
    found.found.into_iter().map(|one| (one.entry, one.start, one.end)).collect()
}

/// Topics that have an entry, by file: two diaries of dated entries, and single files.
type Arrangement = BTreeMap<usize, String>;

/// Each topic lies in one of four places or nowhere; the order within a diary is random.
fn arrangements() -> impl Strategy<Value = Vec<(usize, String)>> {
    let place = prop::sample::select(vec!["", "corpus/one.txt", "corpus/two.txt", "alone"]);
    let places = prop::collection::vec(place, 7).prop_map(|places| {
        let named = |(topic, place): (usize, &str)| match place {
            "alone" => (topic, format!("corpus/topic{topic}.md")),
            other => (topic, other.to_owned()),
        };
        places.into_iter().enumerate().map(named).filter(|(_, place)| !place.is_empty()).collect::<Vec<_>>()
    });
    places.prop_shuffle()
}

/// Writes an arrangement, reads it, and returns the id of every topic.
fn arranged(study: &Study, workspace: &mut Workspace, arrangement: &[(usize, String)]) -> Arrangement {
    let corpus = study.path("corpus");
    if corpus.exists() {
        std::fs::remove_dir_all(&corpus).unwrap();
    }
    std::fs::create_dir_all(&corpus).unwrap();
    let mut files: BTreeMap<&String, String> = BTreeMap::new();
    for (topic, place) in arrangement {
        // Several topics share a day; only a diary has the line with the date, which is no part of the words.
        let day = if place.ends_with(".txt") { format!("May {}. ", topic % 3 + 1) } else { String::new() };
        let text = format!("{day}A word on topic{topic}, and what came of it.\n\n");
        *files.entry(place).or_default() += &text;
    }
    files.iter().for_each(|(name, text)| study.write(name, text));
    ingest(workspace, &[], &Silent).unwrap();
    let mut ids = Arrangement::new();
    for found in search(workspace, "topic*", &SearchOptions::default(), &Silent).unwrap().found {
        let topic = found.hit.trim_start_matches("topic").parse().unwrap();
        assert_eq!(ids.insert(topic, found.entry), None, "topic {topic} stands twice");
    }
    ids
}

const DIARIES: &str = "[study]\nid = \"s\"\ncodebook = \"codebooks/c.toml\"\n[[source]]\npath = \"corpus/*.txt\"\npattern = '^(?P<date>May \\d+)'\nfirst_year = 2018\n[[source]]\npath = \"corpus/*.md\"\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// The same once people code: whoever's codings count, and whichever.
    #[test]
    fn every_number_of_people_opens_its_words(
        texts in prop::collection::vec("(## (Good|Bad)\n|lawyer |the |wait |é😊 |\\. |\n|\n\n){4,25}wait", 1..5),
        units in prop::collection::vec(prop::sample::select(vec!["sentence", "paragraph", "entry", "hit"]), 3),
        acts in prop::collection::vec((0..6_u8, 0..5_usize, 0..20_u32, 1..12_u32, 0..3_usize, 0..2_usize), 1..14),
        counts in prop::sample::select(vec![Counts::Accepted, Counts::Suggested, Counts::All]),
        coder in prop::sample::select(vec!["any", "consensus", "ana", "ben"]),
    ) {
        let study = Study::nothing().file("themata.toml", SETTINGS).file("codebooks/c.toml", codebook(&units, &["sentence"; 3]));
        for (number, text) in texts.iter().enumerate() {
            study.write(&format!("corpus/{number}.md"), format!("+++\nid = \"{number}\"\ndate = \"2018-0{}\"\n+++\n{text}", number % 2 + 1));
        }
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        for (kind, entry, start, length, code, who) in acts {
            let (entry, code) = ((entry % texts.len()).to_string(), ["lawyer", "attorney", "waiting"][code].to_owned());
            let who = CoderId::new(["ana", "ben"][who]);
            let target = Target { entry: entry.clone(), at: Some((start, start + length)), ..Target::default() };
            let filter = DecisionFilter { entry: Some(entry.clone()), code: Some(code.clone()), all: true, adjudicated: kind == 4, ..DecisionFilter::default() };
            // What cannot be done, as a decision where nothing is suggested, is refused and does nothing.
            match kind {
                0 => drop(add_code(&mut workspace, &target, &code, &who)),
                1 | 4 => drop(decide(&mut workspace, Decision::Accept, &filter, &who, &Silent)),
                2 => drop(decide(&mut workspace, Decision::Reject, &filter, &who, &Silent)),
                3 => drop(mark_read(&mut workspace, &[entry], true, &who)),
                _ => drop(undo(&mut workspace, &who)),
            }
        }
        opens_its_words(&mut workspace, None, None)?;
        // A coder who has done nothing is nobody.
        let known = workflow::coders(&workspace).unwrap().into_iter().any(|line| line.coder == coder);
        if known || coder == "any" || coder == "consensus" {
            opens_its_words(&mut workspace, Some(counts), Some(coder))?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_number_opens_its_words(
        texts in prop::collection::vec((heads(), "(## (Good|Bad)\n|lawyer |the |wait |é😊 |\\. |\n|\n\n){1,25}"), 1..6),
        units in prop::collection::vec(prop::sample::select(vec!["sentence", "paragraph", "entry", "hit"]), 3),
        within in prop::collection::vec(prop::sample::select(vec!["sentence", "paragraph", "entry"]), 3),
        needs in prop::collection::vec(prop::sample::select(vec!["asylum", "", "a:b=c,d%", "niño", "visa; asylum"]), 0..6),
    ) {
        let study = Study::nothing()
            .file("themata.toml", format!("{SETTINGS}[cases]\npath = \"cases.csv\"\nid = \"case\"\n"))
            .file("codebooks/c.toml", codebook(&units, &within));
        for (number, (head, text)) in texts.iter().enumerate() {
            study.write(&format!("corpus/{number}.md"), format!("{head}{text}"));
        }
        let cases = needs.iter().enumerate().map(|(number, need)| format!("{number},\"{need}\",{}\n", ["f", "m", ""][number % 3]));
        study.write("cases.csv", format!("case,need,sex\n{}", cases.collect::<String>()));
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        opens_its_words(&mut workspace, None, None)?;
    }

    #[test]
    fn the_index_follows_edits(
        texts in texts(),
        later in texts(),
        expression in expressions(),
        within in prop::sample::select(vec![Within::Sentence, Within::Paragraph, Within::Entry]),
    ) {
        let Ok(expr) = parse_rule(&expression, false) else { return Ok(()) };
        let study = Study::new();
        write(&study, &texts);
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        prop_assert_eq!(searched(&mut workspace, &expression, within), read_all(&texts, &expr, within), "{}", expression);
        // Other texts and languages under the same names, and some of them gone.
        std::fs::remove_dir_all(study.path("corpus")).unwrap();
        write(&study, &later);
        ingest(&mut workspace, &[], &Silent).unwrap();
        prop_assert_eq!(searched(&mut workspace, &expression, within), read_all(&later, &expr, within), "{}", expression);
    }

    #[test]
    fn what_did_not_change_keeps_its_name(first in arrangements(), second in arrangements()) {
        let study = Study::new().file("themata.toml", DIARIES);
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        let before = arranged(&study, &mut workspace, &first);
        prop_assert_eq!(before.len(), first.len());
        let after = arranged(&study, &mut workspace, &second);
        prop_assert_eq!(after.len(), second.len());
        let again = arranged(&study, &mut workspace, &first);
        for (topic, id) in &before {
            if let Some(now) = after.get(topic) {
                prop_assert_eq!(now, id, "topic {} after the change", topic);
                prop_assert_eq!(&again[topic], id, "topic {} after the way back", topic);
            }
        }
        for ids in [&before, &after, &again] {
            prop_assert_eq!(ids.values().collect::<BTreeSet<_>>().len(), ids.len(), "ids are given once");
        }
    }
}

/// A step on the way to a study: an entry changed or gone, rules changed.
#[derive(Debug, Clone)]
enum Step {
    Entry(usize, Option<String>),
    Rules([Vec<String>; 2], Vec<String>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let rule = || {
        prop::sample::select(vec![
            "wait",
            "lawyer",
            "\"visas\"",
            "wait NEAR/4 lawyer",
            "vis*",
            "come NOT wait",
            "/V[a-z]+/",
        ])
    };
    let rules = move |from: usize| {
        prop::collection::vec(rule().prop_map(str::to_owned), from..4).prop_map(|mut rules: Vec<String>| {
            rules.sort();
            rules.dedup();
            rules
        })
    };
    let word =
        prop::sample::select(vec!["we", "wait", "waited", "for", "lawyers", "Visas", "visa", "come", ".", "\n\n"]);
    let text = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    let entry = (0_usize..6, prop::option::weighted(0.8, text)).prop_map(|(at, text)| Step::Entry(at, text));
    let both = (rules(1), rules(1), rules(0)).prop_map(|(a, b, except)| Step::Rules([a, b], except));
    prop::collection::vec(prop_oneof![3 => entry, 2 => both], 1..9)
}

fn apply(study: &Study, step: &Step) {
    match step {
        Step::Entry(at, Some(text)) => study.write(&format!("corpus/{at}.md"), text),
        Step::Entry(at, None) => drop(std::fs::remove_file(study.path(&format!("corpus/{at}.md")))),
        Step::Rules([first, second], except) => study.write(
            "codebooks/c.toml",
            format!(
                "[codebook]\nid = \"c\"\ntitle = \"C\"\n[[code]]\nid = \"a\"\nlabel = \"A\"\nrules = {first:?}\nexcept = {except:?}\n\
                 [[code]]\nid = \"b\"\nlabel = \"B\"\nrules = {second:?}\nunit = \"paragraph\"\n"
            ),
        ),
    }
}

fn all_segments(workspace: &mut Workspace) -> Vec<Line> {
    let known = ["a", "b"].map(|code| Evidence::parse(&format!("code={code}")).unwrap());
    known.iter().flat_map(|evidence| segments(workspace, evidence, &Silent).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    /// Whatever was kept of earlier states, a study's suggestions are those that a match from nothing gives.
    #[test]
    fn what_is_kept_equals_what_would_be_found(steps in steps()) {
        let study = Study::new();
        apply(&study, &Step::Rules([vec!["wait".to_owned()], vec!["lawyer".to_owned()]], Vec::new()));
        for step in steps {
            apply(&study, &step);
            let mut workspace = Workspace::open(study.root(), None).unwrap();
            ingest(&mut workspace, &[], &Silent).unwrap();
            let kept = all_segments(&mut workspace);
            std::fs::rename(study.path(".themata/cache"), study.path(".themata/kept")).unwrap();
            let found = all_segments(&mut workspace);
            prop_assert_eq!(&kept, &found, "after {:?}", step);
            std::fs::remove_dir_all(study.path(".themata/cache")).unwrap();
            std::fs::rename(study.path(".themata/kept"), study.path(".themata/cache")).unwrap();
        }
    }
}
