//! What is said of rules without a text holds for every text, tried on random ones.

use std::collections::BTreeSet;

use proptest::prelude::*;
use themata::{
    codebook::{Codebook, Within, lint, read},
    matching::{Matcher, Scanner},
    query::{Certain, Expr, parse_rule},
    text::{Language, Languages, Span, normalise, outline},
};

const LANGUAGES: [Language; 4] = [Language::English, Language::Spanish, Language::HaitianCreole, Language::Other];

/// One language, or those that a sentence may be in.
fn languages() -> impl Strategy<Value = Languages> {
    let one = prop::sample::select(&LANGUAGES[..]).prop_map(Languages::from);
    prop_oneof![4 => one, 1 => Just(Languages::of(&LANGUAGES))]
}

/// Expressions over few words, so that one is often part of another.
fn expressions() -> impl Strategy<Value = String> {
    let words = [
        "good",
        "lawyer",
        "lawyers",
        "law",
        "\"lawyer\"",
        "=Lawyer",
        "law*",
        "lawy?r",
        "good lawyer",
        "good law",
        "(good | bad) lawyer",
        "(good | good law) lawyer",
        "niño",
        "\"nino\"",
        "l'a*",
        "/go+d/",
        "/law/i",
        "li",
        "ap",
        "li ap",
        "\"lap\"",
        "la*",
        "good li",
    ];
    let word = prop::sample::select(words.to_vec()).prop_map(str::to_owned);
    word.prop_recursive(2, 6, 2, |inner| {
        let two = || (inner.clone(), inner.clone());
        prop_oneof![
            two().prop_map(|(a, b)| format!("({a} | {b})")),
            two().prop_map(|(a, b)| format!("({a}) AND ({b})")),
            two().prop_map(|(a, b)| format!("({a}) NOT ({b})")),
            two().prop_map(|(a, b)| format!("{a} NEAR/1 {b}")),
            two().prop_map(|(a, b)| format!("{a} THEN/2 {b}")),
        ]
    })
    .prop_filter("it can be read", |text| parse_rule(text, false).is_ok())
}

/// Some expressions, and each again with small changes, so that many are nearly the same.
fn pools() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(expressions(), 2..4).prop_map(|pool| {
        let changed = |text: &String| {
            let changes = [
                ("NEAR/1", "NEAR/3"),
                ("NEAR", "THEN"),
                ("THEN/2", "NEAR/2"),
                ("lawyer", "good lawyer"),
                ("good ", ""),
            ];
            changes.map(|(from, to)| text.replace(from, to))
        };
        let all: BTreeSet<String> = pool.iter().flat_map(changed).chain(pool.clone()).collect();
        all.into_iter().filter(|text| parse_rule(text, false).is_ok()).collect()
    })
}

fn texts() -> impl Strategy<Value = String> {
    let piece =
        "(good|good|bad|Lawyer|lawyers?|lawyers?|Niños?|nino|law|l'asile|lap|li|ap|not|not|without|but|[.]|\n\n) ";
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

fn hits(expr: &Expr, text: &str, language: Languages) -> BTreeSet<Span> {
    let matcher = Matcher::for_search(expr, Within::Sentence);
    let text = normalise(text);
    let hits = Scanner::new(&matcher).hits(&text, &outline(&text, language));
    hits.iter().map(themata::matching::Hit::span).collect()
}

fn suggestions(codebook: &Codebook, rule: usize, text: &str, language: Languages) -> BTreeSet<Span> {
    let matcher = Matcher::for_rules(codebook, &[(0, vec![rule])]);
    let text = normalise(text);
    let found = Scanner::new(&matcher).scan(&text, &outline(&text, language));
    found.into_iter().map(|one| one.span).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_follows_from_an_expression_follows_in_every_sentence(
        pool in pools(), texts in prop::collection::vec(texts(), 4), language in languages(),
    ) {
        let certain = Certain::of(&LANGUAGES);
        let sentences = texts.iter().map(|text| text.replace(['.', '\n'], ""));
        let sentences: Vec<String> = sentences.collect();
        let found = |text: &String| {
            let expr = parse_rule(text, false).unwrap();
            let hits: Vec<BTreeSet<Span>> = sentences.iter().map(|sentence| hits(&expr, sentence, language)).collect();
            (expr, hits)
        };
        let pool: Vec<(Expr, Vec<BTreeSet<Span>>)> = pool.iter().map(found).collect();
        for (b, of_b) in &pool {
            prop_assert!(!certain.never(b) || of_b.iter().all(BTreeSet::is_empty), "{} never matches {:?}", b, sentences);
            for (a, of_a) in &pool {
                let (implies, same) = (certain.implies(b, a), certain.same_words(b, a));
                for ((of_a, of_b), sentence) in of_a.iter().zip(of_b).zip(&sentences) {
                    prop_assert!(!implies || of_b.is_empty() || !of_a.is_empty(), "{} implies {}: {}", b, a, sentence);
                    prop_assert!(!same || of_b.is_subset(of_a), "{} is {}: {}", b, a, sentence);
                }
            }
        }
    }

    #[test]
    fn a_rule_that_adds_nothing_adds_nothing(
        rules in pools(),
        except in prop::option::weighted(0.4, expressions()),
        unit in prop::sample::select(vec!["sentence", "paragraph", "entry", "hit"]),
        within in prop::sample::select(vec!["sentence", "paragraph", "entry"]),
        negation in prop::sample::select(vec!["flag", "block", "keep"]),
        text in texts(),
        language in languages(),
    ) {
        let quoted = |text: &String| serde_json::to_string(text).unwrap();
        let list: Vec<String> = rules.iter().map(quoted).collect();
        let source = format!(
            "[codebook]\nid = \"c\"\n[[code]]\nid = \"a\"\nunit = \"{unit}\"\nwithin = \"{within}\"\nnegation = \"{negation}\"\n\
             rules = [{}]\nexcept = [{}]\n",
            list.join(", "),
            except.iter().map(quoted).collect::<String>(),
        );
        let (codebook, _) = read(&source).unwrap();
        let findings = lint(&codebook, &source, &LANGUAGES, false);
        let named = |rule: usize, name: &str| {
            let span = Some(&codebook.codes[0].rules[rule].span);
            findings.iter().any(|one| one.name == Some(name) && one.span.as_ref() == span
                && (name != "never-matches" || one.message.starts_with("this rule never matches")))
        };
        let needless = |rule: usize| named(rule, "subsumed-rule") || named(rule, "duplicate-rule");
        let kept: BTreeSet<Span> = (0..rules.len())
            .filter(|rule| !needless(*rule))
            .flat_map(|rule| suggestions(&codebook, rule, &text, language))
            .collect();
        for rule in 0..rules.len() {
            let found = suggestions(&codebook, rule, &text, language);
            prop_assert!(!needless(rule) || found.is_subset(&kept), "rule {} of\n{}\n{:?}", rule, source, text);
            prop_assert!(!named(rule, "never-matches") || found.is_empty(), "rule {} of\n{}\n{:?}", rule, source, text);
        }
    }
}
