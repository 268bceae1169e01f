//! Expressions parsed and printed: what means what, and that the two are inverse to each other.

use proptest::prelude::*;

use super::{Expr, Field, Item, RegexLiteral, Word, field_name, parse_rule, parse_search};

/// An expression with every bracket written, so that its structure can be seen.
fn structure(expr: &Expr) -> String {
    match expr {
        Expr::Row(items) => row(items),
        Expr::Regex(literal) => format!("/{}/{}", literal.pattern, if literal.ignore_case { "i" } else { "" }),
        Expr::Or(any) => format!("({})", any.iter().map(structure).collect::<Vec<_>>().join(" | ")),
        Expr::And(a, b) => format!("({} AND {})", structure(a), structure(b)),
        Expr::Not(a, b) => format!("({} NOT {})", structure(a), structure(b)),
        Expr::Near(a, b, distance) => format!("({} NEAR/{distance} {})", structure(a), structure(b)),
        Expr::Then(a, b, distance) => format!("({} THEN/{distance} {})", structure(a), structure(b)),
    }
}

fn row(items: &[Item]) -> String {
    let item = |item: &Item| match item {
        Item::Word(Word::Inflected(word)) => format!("~{word}"),
        Item::Word(Word::Exact(word)) => word.clone(),
        Item::Word(Word::Written(word)) => format!("={word}"),
        Item::Word(Word::Wildcard(word)) => format!("*{word}"),
        Item::Group(rows) => format!("[{}]", rows.iter().map(|one| row(one)).collect::<Vec<_>>().join("|")),
    };
    items.iter().map(item).collect::<Vec<_>>().join("+")
}

fn parsed(source: &str) -> String {
    structure(&parse_rule(source, false).unwrap())
}

#[track_caller]
fn mistake(source: &str) -> String {
    let error = parse_rule(source, false).unwrap_err();
    let hint = error.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    format!("{}–{}: {}{hint}", error.span.start, error.span.end, error.message)
}

#[test]
fn operators_hold_tighter_from_or_to_row() {
    assert_eq!(parsed("a b | c AND d NEAR/2 e"), "(~a+~b | (~c AND (~d NEAR/2 ~e)))");
    assert_eq!(parsed("a NOT b AND c"), "((~a NOT ~b) AND ~c)");
    assert_eq!(parsed("a AND NOT b"), "(~a NOT ~b)");
    assert_eq!(parsed("a NEAR/3 b THEN/4 c"), "((~a NEAR/3 ~b) THEN/4 ~c)");
    assert_eq!(parsed("a OR (b | c)"), "(~a | ~b | ~c)");
    assert_eq!(parsed("(a | b) AND (c NOT d)"), "((~a | ~b) AND (~c NOT ~d))");
}

#[test]
fn words_are_cut_as_texts_are() {
    assert_eq!(parsed("I-94 \"I-94\" =I-94"), "~i+~94+i+94+=I+=94");
    assert_eq!(parsed("=ICE =\"May\" \"Niño\""), "=ICE+=May+nino");
    assert_eq!(parsed("immigra* organi?e"), "*immigra*+*organi?e");
    assert_eq!(parsed("\u{201c}green card\u{201d}"), "green+card");
    assert_eq!(parsed("patient\u{2019}s"), "~patient's");
    assert_eq!(parsed("(apply | petition) for asylum"), "[~apply|~petition]+~for+~asylum");
    assert_eq!(parsed(r"what\? a\*"), "~what+~a");
    assert_eq!(parsed("\"NEAR\" and not"), "near+~and+~not");
}

#[test]
fn mistakes_say_where_and_what_to_do() {
    insta::assert_snapshot!(mistake("lawyer NEAR fear"), @r#"7–11: NEAR needs a number of words, 1 to 999; write NEAR/8 for "at most 8 words apart"; "NEAR" in quotes is the word"#);
    let chain = |operator: &str, times: usize| format!("a{}", format!(" {operator} b").repeat(times));
    for operator in ["AND", "NOT", "NEAR/3", "THEN/2"] {
        assert!(parse_rule(&chain(operator, 500), false).is_ok());
        assert!(mistake(&chain(operator, 30_000)).contains("more than 500 operators in one expression"));
    }
    assert!(parse_rule(&chain("OR", 30_000), false).is_ok());
    insta::assert_snapshot!(mistake("lawyer NEER/3 fear"), @r#"7–13: `NEER/3` is no operator; did you mean NEAR/3? in quotes, "NEER/3", it is words"#);
    insta::assert_snapshot!(mistake("lawyer near/3 fear"), @r#"7–13: `near/3` is no operator; did you mean NEAR/3? in quotes, "near/3", it is words"#);
    assert!(parse_rule("I/94 | year/3 | AR/11 | 24/7 | \"NEER/3\"", false).is_ok());
    insta::assert_snapshot!(mistake("lawyer NEAR/1000 fear"), @r#"7–16: NEAR needs a number of words, 1 to 999; write NEAR/8 for "at most 8 words apart"; "NEAR" in quotes is the word"#);
    insta::assert_snapshot!(mistake("NOT fear"), @"0–3: NOT needs something before it; write A NOT B");
    insta::assert_snapshot!(mistake("fear AND"), @"8–8: a word is missing at the end");
    insta::assert_snapshot!(mistake("(fear"), @"0–1: this bracket is not closed; add a closing )");
    insta::assert_snapshot!(mistake("fear)"), @"4–5: this bracket closes nothing");
    insta::assert_snapshot!(mistake("\"fear"), @r#"0–5: this quotation is not closed; add a closing ""#);
    insta::assert_snapshot!(mistake("fear /I-\\d+/"), @"5–12: a regular expression cannot stand in a row of words; join it with THEN/1: word THEN/1 /…/");
    insta::assert_snapshot!(mistake("/x*/"), @"0–4: this regular expression matches the empty string; make it match at least one character, such as + for *");
    insta::assert_snapshot!(mistake("*ing"), @"0–4: a wildcard cannot be the first character; allow it with `leading_wildcards = true` under [codebook], or search --leading-wildcards");
    insta::assert_snapshot!(mistake("a ** b"), @"2–4: a wildcard needs at least one letter or digit");
    insta::assert_snapshot!(mistake("(a AND b) NEAR/3 c"), @"0–1: NEAR and THEN stand between words, not between AND or NOT groups; write (a NEAR/8 b) AND c");
    insta::assert_snapshot!(mistake("(a AND b) c"), @"0–1: a group inside a row can hold only words joined by OR; put the operator outside: (a | b) c AND d");
    insta::assert_snapshot!(mistake("lawyer site:East"), @"7–16: `site:` is a filter for search; a rule cannot hold one; for the words themselves write site East");
    insta::assert_snapshot!(mistake("?!"), @"0–2: a wildcard needs at least one letter or digit");
    insta::assert_snapshot!(mistake(""), @"0–0: there is nothing to look for; write a word");
}

#[test]
fn filters_stand_beside_the_words_of_a_search() {
    let search = parse_search("lawyer month:2018-03..2018-06 site:\"East Clinic\" fear", false).unwrap();
    let fields: Vec<String> = search.fields.iter().map(|field| format!("{} is {}", field.name, field.value)).collect();
    assert_eq!(fields, ["month is 2018-03..2018-06", "site is East Clinic"]);
    assert_eq!(structure(&search.expr.unwrap()), "~lawyer+~fear");
    assert!(parse_search("(lawyer site:East)", false).is_err());
    assert_eq!(parse_search("site:East", false).unwrap().expr, None);
}

#[test]
fn brackets_without_end_are_refused_not_a_crash() {
    let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(parse_rule(&deep, false).unwrap_err().message, "too many brackets inside brackets");
}

fn words() -> impl Strategy<Value = Word> {
    prop_oneof![
        "(b[a-zñé]{1,3}('s)?|[a-zñ]{1,3})".prop_map(Word::Inflected),
        "[a-z0-9]{1,4}".prop_map(Word::Exact),
        "[A-Za-z]{1,4}".prop_map(Word::Written),
        "[a-z]{1,3}[*?][a-z]{0,2}".prop_map(Word::Wildcard),
    ]
}

/// Items of a row; one that is only a group loses its brackets when it is printed, so that a word goes with it.
fn row_of(items: Vec<Item>, word: Word) -> Vec<Item> {
    let alone = matches!(items.as_slice(), [] | [Item::Group(_)]);
    items.into_iter().chain(alone.then_some(Item::Word(word))).collect()
}

fn rows() -> impl Strategy<Value = Vec<Item>> {
    let word = words().prop_map(Item::Word);
    let item = word.prop_recursive(2, 8, 3, |item| {
        let row = (prop::collection::vec(item, 0..3), words()).prop_map(|(items, word)| row_of(items, word));
        prop::collection::vec(row, 1..4).prop_map(Item::Group)
    });
    (prop::collection::vec(item, 0..4), words()).prop_map(|(items, word)| row_of(items, word))
}

/// Rows, regular expressions and groups of OR over them: what may stand beside NEAR and THEN.
fn operands() -> impl Strategy<Value = Expr> {
    let regex = ("[a-z]{1,3}(\\\\d|/|[+])?", any::<bool>())
        .prop_map(|(pattern, ignore_case)| Expr::Regex(RegexLiteral { pattern, ignore_case }));
    let plain = prop_oneof![4 => rows().prop_map(Expr::Row), 1 => regex];
    plain.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|any| {
                let flat = any.into_iter().flat_map(|one| match one {
                    Expr::Or(inner) => inner,
                    other => vec![other],
                });
                Expr::Or(flat.collect())
            }),
            (inner.clone(), inner.clone(), 1..=999_u16).prop_map(|(a, b, n)| Expr::Near(a.into(), b.into(), n)),
            (inner.clone(), inner, 1..=999_u16).prop_map(|(a, b, n)| Expr::Then(a.into(), b.into(), n)),
        ]
    })
}

fn expressions() -> impl Strategy<Value = Expr> {
    operands().prop_recursive(2, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::And(a.into(), b.into())),
            (inner.clone(), inner).prop_map(|(a, b)| Expr::Not(a.into(), b.into())),
        ]
    })
}

proptest! {
    #[test]
    fn a_tree_printed_reads_back_the_same(expr in expressions()) {
        let printed = expr.to_string();
        prop_assert_eq!(parse_rule(&printed, false), Ok(expr), "{}", printed);
    }
}

/// Heads of survey columns are sentences: they are names in quotes.
#[test]
fn a_name_with_blanks_or_signs_stands_in_quotes() {
    let search = parse_search("lawyer \"Which school?\":\"North School\" \"Site \\\"A\\\"\":yes", false).unwrap();
    let field = |name: &str, value: &str| Field { name: name.to_owned(), value: value.to_owned() };
    assert_eq!(search.fields, [field("which school?", "North School"), field("site \"a\"", "yes")]);
    assert!(search.expr.is_some());
    for words in ["\"green card\": lawyer", "\"green card\" :lawyer", "(\"green card\":) lawyer", "\"\":a"] {
        assert_eq!(parse_search(words, false).map(|search| search.fields).unwrap_or_default(), [], "{words}");
    }
    let error = parse_search("lawyer Which school?:\"North School\"", false).unwrap_err();
    assert_eq!(error.message, "`school?:\"North School\"` is no filter: this name stands in quotes");
    assert!(error.hint.is_some_and(|hint| hint.contains("\"Which school?\":")));
    assert!(
        parse_rule("\"Which school?\":North", false).unwrap_err().message.contains("`\"which school?\":` is a filter")
    );
}

proptest! {
    #[test]
    fn a_fields_name_written_reads_back_the_same(name in "\\PC{1,12}", value in "[a-z]{1,4}") {
        prop_assume!(!name.trim().is_empty());
        let search = parse_search(&format!("{}:{value}", field_name(&name)), false);
        let fields = search.map(|search| search.fields);
        prop_assert_eq!(fields, Ok(vec![Field { name: name.to_lowercase(), value }]), "{}", name);
    }
}

/// Folding makes `'n` of `ŉ`, and an apostrophe of the letter that looks like one: each is one word all the same.
#[test]
fn a_word_with_a_folded_apostrophe_stays_one_word() {
    for word in ["ŉ", "aŉ", "lŉa", "\u{2bc}n", "m\u{2bc}ap", "d\u{2bc}ŉ"] {
        for text in [word.to_owned(), format!("\"{word}\""), format!("=\"{word}\""), format!("{word}*")] {
            let expr = parse_rule(&text, false).unwrap();
            let Expr::Row(items) = &expr else { panic!("{expr:?}") };
            assert_eq!(items.len(), 1, "{text}");
            let printed = expr.to_string();
            assert_eq!(parse_rule(&printed, false), Ok(expr), "{text} {printed}");
        }
    }
}
