//! What a rule matches is what a search finds, with and without the index.
//!
//! What expressions mean is held beside the evaluator, in `src/matching/tests.rs`; here only that there is one meaning.

use std::collections::BTreeSet;

use proptest::prelude::*;
use themata::{
    codebook::Within,
    matching::{Matcher, Scanner},
    query::parse_rule,
    table::Evidence,
    text::{CodePoints, Language, Languages, normalise, outline},
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
        "ap",
        "li ap",
        "\"lap\"",
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
    let pieces = "(lawyers?|Green|tarjetas|I-94|I |94|## Lawyer\n|green|cards?|Card|waiting|waits|Niño|the|los |no tengo |she has |lap |Sakap |li |ap |😊|card's|green-card|[.] |\n|\n\n| |, ){1,30}";
    // Blank lines before the first word are no part of an entry.
    prop::collection::vec(pieces.prop_map(|text| text.trim_start().to_owned()), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn search_and_rules_equal_reading_every_entry(
        texts in texts(),
        expression in expressions(),
        within in prop::sample::select(vec![Within::Sentence, Within::Paragraph, Within::Entry]),
    ) {
        let Ok(expr) = parse_rule(&expression, false) else { return Ok(()) };
        let rule = expression.replace('\\', "\\\\").replace('"', "\\\"");
        let code = format!("[[code]]\nid = \"x\"\nlabel = \"X\"\nunit = \"hit\"\nwithin = \"{}\"\nrules = [\"{rule}\"]\n", within.word());
        let study = Study::new().file("codebooks/c.toml", format!("[codebook]\nid = \"c\"\ntitle = \"C\"\nlanguages = [\"en\", \"es\"]\n{code}"));
        // Stems differ by language: one entry is Spanish, one Haitian, and one declares nothing, so that each sentence tells its own.
        let languages = |number: usize| match number % 4 {
            0 => Languages::from(Language::English),
            1 => Languages::from(Language::Spanish),
            2 => Languages::from(Language::HaitianCreole),
            _ => Languages::of(&[Language::English, Language::Spanish]),
        };
        for (number, text) in texts.iter().enumerate() {
            let language = languages(number).only().map(|only| format!("language = \"{}\"\n", only.code()));
            let head = format!("+++\nid = \"{number}\"\n{}+++\n", language.unwrap_or_default());
            study.write(&format!("corpus/2018-0{}.md", number + 1), head + text);
        }
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        ingest(&mut workspace, &[], &Silent).unwrap();
        let matcher = Matcher::for_search(&expr, within);
        let mut scanner = Scanner::new(&matcher);
        let mut expected = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let (text, languages) = (normalise(text), languages(number));
            let points = CodePoints::new(&text);
            for hit in scanner.hits(&text, &outline(&text, languages)) {
                let (start, end) = points.of_span(hit.span());
                expected.push((number.to_string(), start, end, hit.span().of(&text).to_owned()));
            }
        }
        let options = SearchOptions { within: Some(within), ..SearchOptions::default() };
        let found: Vec<Found> = search(&mut workspace, &expression, &options, &Silent).unwrap().found;
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
    fn no_expression_breaks_the_parser(expression in "\\PC{0,40}", plain in "[()|\"=/*? a-zé’ANDOR0-9]{0,40}") {
        let _ = parse_rule(&expression, true);
        let expression = plain;
        if let Ok(expr) = parse_rule(&expression, true) {
            prop_assert_eq!(parse_rule(&expr.to_string(), true).unwrap(), expr, "{}", expression);
        }
    }
}
