//! What a rule matches is what a search finds, with and without the index.
//!
//! What expressions mean is held beside the evaluator, in `src/matching/tests.rs`; here only that there is one meaning.

use proptest::prelude::*;
use themata::{
    codebook::Within,
    matching::{Matcher, Scanner},
    query::{Expr, parse_rule},
    table::Evidence,
    text::{CodePoints, Language, normalise, outline},
    workflow::{Found, Line, SearchOptions, Silent, Workspace, ingest, search, segments},
};

use crate::harness::{SETTINGS, Study};

/// Expressions over a small vocabulary, so that matches are common.
fn expressions() -> impl Strategy<Value = String> {
    let words = vec![
        "lawyer",
        "lawyers",
        "green",
        "card",
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

fn within() -> impl Strategy<Value = Within> {
    prop::sample::select(vec![Within::Sentence, Within::Paragraph, Within::Entry])
}

fn language(code: &str) -> Language {
    Language::from_code(code).unwrap()
}

/// A study with one entry for each text, its language told.
fn study(texts: &[(&str, String)]) -> Study {
    let study = Study::new();
    let mut settings = SETTINGS.split("[[source]]").next().unwrap().to_owned();
    for (number, (language, text)) in texts.iter().enumerate() {
        study.write(&format!("corpus/{number}.md"), format!("+++\nid = \"{number}\"\n+++\n{text}"));
        settings += &format!("[[source]]\npath = \"corpus/{number}.md\"\nlanguage = \"{language}\"\n");
    }
    study.file("themata.toml", settings)
}

/// Entry, first and last code point of every hit in every text, read one by one without an index.
fn read_all(texts: &[(&str, String)], expr: &Expr, within: Within) -> Vec<(String, u32, u32)> {
    let matcher = Matcher::for_search(expr, within);
    let mut scanner = Scanner::new(&matcher);
    let mut found = Vec::new();
    for (number, (code, text)) in texts.iter().enumerate() {
        let (text, language) = (normalise(text), language(code));
        for hit in scanner.hits(&text, &outline(&text, language), language) {
            let (start, end) = CodePoints::new(&text).of_span(hit.span());
            found.push((number.to_string(), start, end));
        }
    }
    found
}

fn searched(workspace: &mut Workspace, expression: &str, within: Within) -> Vec<(String, u32, u32)> {
    let options = SearchOptions { within: Some(within), ..SearchOptions::default() };
    let found: Vec<Found> = search(workspace, expression, &options, &Silent).unwrap();
    found.into_iter().map(|one| (one.entry, one.start, one.end)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn search_equals_reading_every_entry(texts in texts(), more in texts(), expression in expressions(), within in within()) {
        let Ok(expr) = parse_rule(&expression, false) else { return Ok(()) };
        let study = study(&texts);
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        prop_assert_eq!(searched(&mut workspace, &expression, within), read_all(&texts, &expr, within), "{}", expression);
        // Other texts under the same names: the index follows.
        for (number, (_, text)) in more.iter().enumerate().take(texts.len()) {
            study.write(&format!("corpus/{number}.md"), format!("+++\nid = \"{number}\"\n+++\n{text}"));
        }
        ingest(&mut workspace, &[], &Silent).unwrap();
        let now: Vec<(&str, String)> = texts
            .iter()
            .enumerate()
            .map(|(number, (code, text))| (*code, more.get(number).map_or(text, |(_, text)| text).clone()))
            .collect();
        prop_assert_eq!(searched(&mut workspace, &expression, within), read_all(&now, &expr, within), "{}", expression);
    }

    /// A rule of unit `hit` suggests the stretches that a search for the same words finds.
    #[test]
    fn a_rule_suggests_what_a_search_finds(texts in texts(), expression in expressions()) {
        let Ok(expr) = parse_rule(&expression, false) else { return Ok(()) };
        let study = study(&texts).file(
            "codebooks/c.toml",
            format!("[codebook]\nid = \"c\"\ntitle = \"C\"\n[[code]]\nid = \"a\"\nlabel = \"A\"\nunit = \"hit\"\nrules = ['''{expression}''']\n"),
        );
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        let evidence = Evidence::parse("code=a").unwrap();
        let lines = segments(&mut workspace, &evidence, &Silent).unwrap();
        let suggested: Vec<(String, u32, u32)> = lines
            .into_iter()
            .filter_map(|line| match line {
                Line::Segment { entry, start, end, .. } => Some((entry, start, end)),
                _ => None,
            })
            .collect();
        let mut found = read_all(&texts, &expr, Within::Sentence);
        found.dedup();
        prop_assert_eq!(suggested, found, "{}", expression);
    }

    #[test]
    fn no_expression_breaks_the_parser(expression in "\\PC{0,40}|[()|\"=/*? a-zANDOR0-9]{0,40}") {
        if let Ok(expr) = parse_rule(&expression, true) {
            prop_assert_eq!(parse_rule(&expr.to_string(), true).unwrap(), expr, "{}", expression);
        }
    }
}
