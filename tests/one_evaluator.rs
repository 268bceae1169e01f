//! What a rule matches is what a search finds, with and without the index.

use std::collections::BTreeSet;

use proptest::prelude::*;
use themata::{
    codebook::Within,
    matching::{Matcher, Scanner},
    query::parse_rule,
    table::Evidence,
    text::{CodePoints, Language, normalise, outline},
    workflow::{Found, Line, SearchOptions, Silent, Workspace, ingest, search, segments},
};

use crate::harness::Study;

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
        "\"green card\"",
        "I-94",
        "/[Gg]reen/",
        "tarjeta",
    ];
    let word = prop::sample::select(words).prop_map(str::to_owned);
    word.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} | {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) AND ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) NOT ({b})")),
            (inner.clone(), inner.clone(), 1..5_u32).prop_map(|(a, b, n)| format!("{a} NEAR/{n} {b}")),
            (inner.clone(), inner.clone(), 1..5_u32).prop_map(|(a, b, n)| format!("{a} THEN/{n} {b}")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("{a} {b}")),
        ]
    })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let pieces = "(lawyers?|Green|tarjetas|I-94|I |94|## Lawyer\n|green|cards?|Card|waiting|waits|Niño|the|😊|card's|green-card|[.] |\n|\n\n| |, ){1,30}";
    // Blank lines before the first word are no part of an entry.
    prop::collection::vec(pieces.prop_map(|text| text.trim_start().to_owned()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn search_and_rules_equal_reading_every_entry(
        texts in texts(),
        expression in expressions(),
        within in prop::sample::select(vec![Within::Sentence, Within::Paragraph, Within::Entry]),
    ) {
        let Ok(expr) = parse_rule(&expression, false) else { return Ok(()) };
        let rule = expression.replace('\\', "\\\\").replace('"', "\\\"");
        let code = format!("[[code]]\nid = \"x\"\nlabel = \"X\"\nunit = \"hit\"\nwithin = \"{}\"\nrules = [\"{rule}\"]\n", within.word());
        let study = Study::new().file("codebooks/c.toml", format!("[codebook]\nid = \"c\"\ntitle = \"C\"\n{code}"));
        // Every second entry is Spanish: its words have other stems.
        let language = |number: usize| if number.is_multiple_of(2) { Language::English } else { Language::Spanish };
        for (number, text) in texts.iter().enumerate() {
            let head = format!("+++\nid = \"{number}\"\nlanguage = \"{}\"\n+++\n", language(number).code());
            study.write(&format!("corpus/2018-0{}.md", number + 1), head + text);
        }
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        let matcher = Matcher::for_search(&expr, within);
        let mut scanner = Scanner::new(&matcher);
        let mut expected = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let (text, language) = (normalise(text), language(number));
            let points = CodePoints::new(&text);
            for hit in scanner.hits(&text, &outline(&text, language), language) {
                let (start, end) = points.of_span(hit.span());
                expected.push((number.to_string(), start, end, hit.span().of(&text).to_owned()));
            }
        }
        let options = SearchOptions { within: Some(within), ..SearchOptions::default() };
        let found: Vec<Found> = search(&mut workspace, &expression, &options, &Silent).unwrap();
        let found: Vec<_> = found.into_iter().map(|one| (one.entry, one.start, one.end, one.hit)).collect();
        prop_assert_eq!(&found, &expected, "search {}", expression);
        let lines = segments(&mut workspace, &Evidence::parse("code=x").unwrap(), &Silent).unwrap();
        let suggested: BTreeSet<_> = lines.into_iter().filter_map(|line| match line {
            Line::Segment { entry, start, end, text, .. } => Some((entry, start, end, text)),
            _ => None,
        }).collect();
        prop_assert_eq!(suggested, expected.into_iter().collect::<BTreeSet<_>>(), "rule {}", expression);
    }

    #[test]
    fn an_expression_printed_reads_back_the_same(expression in expressions()) {
        if let Ok(expr) = parse_rule(&expression, false) {
            prop_assert_eq!(parse_rule(&expr.to_string(), false).unwrap(), expr);
        }
    }

    #[test]
    fn no_expression_breaks_the_parser(expression in "\\PC{0,40}", plain in "[()|\"=/*? a-zé’ANDOR0-9]{0,40}") {
        let _ = parse_rule(&expression, true);
        let expression = plain;
        if let Ok(expr) = parse_rule(&expression, true) {
            prop_assert_eq!(parse_rule(&expr.to_string(), true).unwrap(), expr, "{}", expression);
        }
    }
}

/// The hits of an expression in a text, joined by ` / `.
fn hits(expression: &str, text: &str, within: Within) -> String {
    let expr = parse_rule(expression, false).unwrap();
    let matcher = Matcher::for_search(&expr, within);
    let hits = Scanner::new(&matcher).hits(text, &outline(text, Language::English), Language::English);
    hits.iter().map(|hit| hit.span().of(text)).collect::<Vec<_>>().join(" / ")
}

#[test]
fn words_and_rows() {
    let sentence = |expression, text| hits(expression, text, Within::Sentence);
    assert_eq!(sentence("lawyer", "Two LAWYERS, a lawyer's desk."), "LAWYERS / lawyer's");
    assert_eq!(sentence("\"patient\"", "The patient's patient."), "patient");
    assert_eq!(sentence("patient", "The patient\u{2019}s patients."), "patient\u{2019}s / patients");
    assert_eq!(sentence("=ICE | =\"May\"", "ICE, ice; may, May."), "ICE / May");
    assert_eq!(sentence("green card", "Green\ncards. A green, card. Green. Card."), "Green\ncards / green, card");
    assert_eq!(sentence("I-94", "An I-94, not I 95."), "I-94");
    assert_eq!(
        sentence("(apply | petition) for asylum", "She applied for asylum; petitions for asylum."),
        "applied for asylum / petitions for asylum"
    );
    assert_eq!(sentence("immigra*", "Immigrants emigrate; immigration."), "Immigrants / immigration");
    assert_eq!(sentence("organi?e", "Organise, organize, organizes."), "Organise / organize");
    assert_eq!(sentence("deportacion", "La deportación."), "deportación");
    assert_eq!(sentence("lawyer", "# Lawyers\n\nA judge."), "");
}

#[test]
fn distances() {
    // Positions: afraid 2, police 5 and 22, court 12 and 20, fear 18, with sentence ends after 7 and 20.
    let text = "She was afraid that the police would come. Her lawyer said the court date had moved, and the fear of court returned. Police were not called.";
    let entry = |expression| hits(expression, text, Within::Entry);
    assert_eq!(entry("afraid NEAR/3 police"), "afraid that the police");
    assert_eq!(entry("afraid NEAR/2 police"), "");
    assert_eq!(entry("police NEAR/4 afraid"), "afraid that the police");
    assert_eq!(entry("afraid THEN/5 police"), "afraid that the police");
    assert_eq!(entry("police THEN/5 afraid"), "");
    assert_eq!(entry("fear THEN/2 court"), "fear of court");
    assert_eq!(hits("afraid AND lawyer", text, Within::Sentence), "");
    assert_eq!(hits("afraid AND lawyer", text, Within::Paragraph), "afraid that the police would come. Her lawyer");
    assert_eq!(hits("police NOT afraid", text, Within::Sentence), "Police");
    assert_eq!(hits("/p[a-z]+e\\b/", text, Within::Sentence), "police");
}

/// What a code of some keys suggests in a text, joined by ` / `, each with its evidence.
fn suggested(keys: &str, text: &str) -> String {
    let codebook = format!("[codebook]\nid = \"c\"\ntitle = \"C\"\n[[code]]\nid = \"x\"\nlabel = \"X\"\n{keys}\n");
    let (codebook, _) = themata::codebook::read(&codebook).unwrap();
    let matcher = Matcher::for_codes(&codebook, &[0]);
    let found = Scanner::new(&matcher).scan(text, &outline(text, Language::English), Language::English);
    let evidence =
        |spans: &[themata::text::Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(", ");
    let one = |one: &themata::coding::Suggestion| format!("{} [{}]", one.span.of(text), evidence(&one.evidence));
    found.iter().map(one).collect::<Vec<_>>().join(" / ").replace('\n', "|")
}

const THREE: &str = "# Waits\n\nWe wait. They wait for a waiter.\n\nNobody waits here. A lawyer.";

#[test]
fn units_are_what_a_suggestion_covers() {
    assert_eq!(
        suggested("rules = ['wait']", THREE),
        "We wait. [wait] / They wait for a waiter. [wait] / Nobody waits here. [waits]"
    );
    assert_eq!(suggested("rules = ['wait']\nunit = 'hit'", THREE), "wait [wait] / wait [wait] / waits [waits]");
    assert_eq!(
        suggested("rules = ['wait']\nunit = 'paragraph'", THREE),
        "We wait. They wait for a waiter. [wait, wait] / Nobody waits here. A lawyer. [waits]"
    );
    let whole = THREE.replace('\n', "|");
    assert_eq!(suggested("rules = ['wait']\nunit = 'entry'", THREE), format!("{whole} [wait, wait, waits]"));
    // A rule looks in the whole unit unless `within` says otherwise.
    assert_eq!(suggested("rules = ['waiter AND lawyer']\nunit = 'paragraph'", THREE), "");
    assert_eq!(suggested("rules = ['waiter AND lawyer']\nunit = 'entry'\nwithin = 'sentence'", THREE), "");
    assert_eq!(
        suggested("rules = ['waiter AND lawyer']\nunit = 'sentence'\nwithin = 'entry'", THREE),
        "They wait for a waiter. [waiter] / A lawyer. [lawyer]"
    );
}

#[test]
fn exceptions_take_evidence_and_not_sentences() {
    let text = "Wait, waiters. The waiting list is long, and we waited. A waiting list.";
    assert_eq!(
        suggested("rules = ['wait']\nexcept = ['waiting list']", text),
        "Wait, waiters. [Wait] / The waiting list is long, and we waited. [waited]"
    );
    assert_eq!(suggested("rules = ['list NEAR/3 wait']\nexcept = ['waiting list']", text), "");
    assert_eq!(suggested("rules = ['wait']\nexcept = ['/[Ww]ait/']", text), "");
    assert_eq!(suggested("rules = ['wait']\nexcept = ['list']", "A waiting list."), "A waiting list. [waiting]");
}
