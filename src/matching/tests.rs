//! What expressions match: words, rows, operators, units and exceptions, each with a text in which it is seen.

use std::collections::BTreeMap;

use super::{Matcher, Scanner};
use crate::{
    codebook::{self, Within},
    query::parse_rule,
    text::{Language, outline},
};

fn found(expression: &str, text: &str, within: Within, language: Language) -> String {
    let expr = parse_rule(expression, false).unwrap();
    let matcher = Matcher::for_search(&expr, within);
    let hits = Scanner::new(&matcher).hits(text, &outline(text, language));
    hits.iter().map(|hit| hit.span().of(text)).collect::<Vec<_>>().join(" / ")
}

fn in_sentence(expression: &str, text: &str) -> String {
    found(expression, text, Within::Sentence, Language::English)
}

/// `span [evidence, …]` of every suggestion of a codebook with one code.
fn suggested(code: &str, text: &str) -> Vec<String> {
    let source = format!("[codebook]\nid = \"c\"\ntitle = \"C\"\n\n[[code]]\nid = \"a\"\nlabel = \"A\"\n{code}\n");
    let (codebook, _) = codebook::read(&source).unwrap();
    let matcher = Matcher::for_codes(&codebook, &[0]);
    let suggestions = Scanner::new(&matcher).scan(text, &outline(text, Language::English));
    let shown = |one: &crate::coding::Suggestion| {
        let evidence: Vec<&str> = one.evidence.iter().map(|span| span.of(text)).collect();
        format!("{} [{}]", one.span.of(text), evidence.join(", "))
    };
    suggestions.iter().map(shown).collect()
}

#[test]
fn a_word_stands_for_its_inflections() {
    assert_eq!(in_sentence("lawyer", "Two LAWYERS, a lawyer's desk."), "LAWYERS / lawyer's");
    assert_eq!(in_sentence("lawyers", "One lawyer."), "lawyer");
    assert_eq!(in_sentence("patient", "The patient\u{2019}s patients."), "patient\u{2019}s / patients");
    assert_eq!(in_sentence("deportacion", "La deportación."), "deportación");
    let spanish = found("abogado", "Los abogados y la abogada.", Within::Sentence, Language::Spanish);
    assert_eq!(spanish, "abogados / abogada");
    // Words of a heading are in no sentence.
    assert_eq!(in_sentence("lawyer", "# Lawyers\n\nA judge."), "");
}

#[test]
fn quoted_and_written_words_are_not_inflected() {
    assert_eq!(in_sentence("\"patient\"", "The patient's Patient, patients."), "Patient");
    assert_eq!(in_sentence("\"nino\"", "El Niño."), "Niño");
    assert_eq!(in_sentence("=ICE | =\"May\"", "ICE, ice; may, May."), "ICE / May");
    assert_eq!(in_sentence("=\"don't\"", "Don't, don\u{2019}t."), "don\u{2019}t");
    assert_eq!(
        in_sentence("immigra*", "Immigrants emigrate; immigration, immigra."),
        "Immigrants / immigration / immigra"
    );
    assert_eq!(in_sentence("organi?e", "Organise, organize, organizes."), "Organise / organize");
    assert_eq!(in_sentence("d?pt*", "A dépt, depot, depth."), "dépt / depth");
}

#[test]
fn a_row_crosses_lines_and_marks_but_no_sentence_end() {
    let text = "Green\ncards. A green, card. Green. Card.";
    assert_eq!(in_sentence("green card", text), "Green\ncards / green, card");
    // Also where the stretch is the entry.
    assert_eq!(found("green card", text, Within::Entry, Language::English), "Green\ncards / green, card");
    assert_eq!(in_sentence("I-94", "An I-94, an i 94, not I 95."), "I-94 / i 94");
    assert_eq!(in_sentence("the the", "The the the."), "The the / the the");
}

#[test]
fn groups_stand_in_rows() {
    let text = "She applied for asylum; petitions for asylum; asked for asylum.";
    assert_eq!(in_sentence("(apply | petition) for asylum", text), "applied for asylum / petitions for asylum");
    assert_eq!(
        in_sentence("for (asylum | political asylum)", "For asylum, for political asylum."),
        "For asylum / for political asylum"
    );
    // Each way of reading it is a hit of its own.
    assert_eq!(in_sentence("a (b | b c) c", "a b c c"), "a b c / a b c c");
}

#[test]
fn the_rarest_word_of_a_row_may_stand_anywhere() {
    // The search begins at the longest word; what stands before it must still be there, in the same sentence.
    assert_eq!(in_sentence("of immigration", "Of. Immigration of immigration."), "of immigration");
    assert_eq!(in_sentence("a b immigration c", "a b immigration. c a b immigration c"), "a b immigration c");
    assert_eq!(in_sentence("immigration", "Immigration"), "Immigration");
}

#[test]
fn distances_are_those_of_the_oracle() {
    // Positions: afraid 2, police 5 and 22, court 12 and 20, fear 18; sentences end after 7 and 20.
    let text = "She was afraid that the police would come. Her lawyer said the court date had moved, and the fear of court returned. Police were not called.";
    let entry = |expression| found(expression, text, Within::Entry, Language::English);
    assert_eq!(entry("afraid NEAR/5 police"), "afraid that the police");
    assert_eq!(entry("afraid NEAR/3 police"), "afraid that the police");
    assert_eq!(entry("afraid NEAR/2 police"), "");
    assert_eq!(entry("police NEAR/4 afraid"), "afraid that the police");
    assert_eq!(entry("afraid THEN/5 police"), "afraid that the police");
    assert_eq!(entry("police THEN/5 afraid"), "");
    assert_eq!(entry("court NEAR/5 fear"), "fear of court");
    assert_eq!(entry("fear THEN/2 court"), "fear of court");
    // Sentence ends break rows, not the distance within an entry.
    assert_eq!(entry("court NEAR/2 police"), "court returned. Police");
    assert_eq!(in_sentence("court NEAR/2 police", text), "");
}

#[test]
fn near_is_a_stretch_and_never_uses_a_word_twice() {
    assert_eq!(in_sentence("wait NEAR/3 wait", "We wait."), "");
    assert_eq!(in_sentence("wait NEAR/1 wait", "We wait, waited, waiting."), "wait, waited / waited, waiting");
    assert_eq!(in_sentence("green card NEAR/5 card", "A green card."), "");
    assert_eq!(in_sentence("a NEAR/2 b NEAR/2 c", "c x a b"), "c x a b");
    assert_eq!(in_sentence("(a NEAR/1 b) THEN/1 c", "b a c, c a b"), "b a c");
    // The distance is from the last token of the earlier to the first of the later.
    assert_eq!(in_sentence("green card THEN/2 denied", "The green card was denied."), "green card was denied");
}

#[test]
fn near_equals_all_pairs() {
    // The windows that NEAR looks at leave nothing out: by hand over every pair of places.
    let words: Vec<&str> = "a b a a c b a b b c a".split(' ').collect();
    for distance in 1..6 {
        for (operator, ordered) in [("NEAR", false), ("THEN", true)] {
            let mut expected: Vec<(usize, usize)> = Vec::new();
            for (i, one) in words.iter().enumerate() {
                for (j, other) in words.iter().enumerate() {
                    let pair = *one == "a" && *other == "b";
                    if pair && i.abs_diff(j) <= distance && (!ordered || i < j) {
                        expected.push((i.min(j), i.max(j)));
                    }
                }
            }
            expected.sort_unstable();
            let of = |(i, j): &(usize, usize)| words[*i..=*j].join(" ");
            let expected: Vec<String> = expected.iter().map(of).collect();
            let expression = format!("=a {operator}/{distance} =b");
            assert_eq!(in_sentence(&expression, &words.join(" ")), expected.join(" / "), "{expression}");
        }
    }
}

#[test]
fn and_and_not_look_where_they_are_told() {
    let text = "We waited. The lawyer waited. Nobody spoke.\n\nThe lawyer spoke.";
    assert_eq!(in_sentence("wait AND lawyer", text), "lawyer waited");
    assert_eq!(in_sentence("wait NOT lawyer", text), "waited");
    let paragraph = |expression| found(expression, text, Within::Paragraph, Language::English);
    assert_eq!(paragraph("lawyer AND speak"), "");
    assert_eq!(paragraph("lawyer AND spoke"), "lawyer waited. Nobody spoke / lawyer spoke");
    assert_eq!(paragraph("spoke NOT wait"), "spoke");
    let entry = |expression| found(expression, text, Within::Entry, Language::English);
    assert_eq!(entry("spoke NOT wait"), "");
    assert_eq!(entry("nobody AND lawyer"), "lawyer waited. Nobody spoke.\n\nThe lawyer");
}

#[test]
fn regular_expressions_see_the_stretch_and_count_as_words() {
    assert_eq!(in_sentence("/I-\\d{3}/", "Form I-130, i-131."), "I-130");
    assert_eq!(in_sentence("/I-\\d{3}/i", "Form I-130, i-131."), "I-130 / i-131");
    assert_eq!(in_sentence("/^we/i", "We wait. We, and then we."), "We / We");
    assert_eq!(in_sentence("/\\d+$/", "In 2018, not 2019"), "2019");
    assert_eq!(in_sentence("/a\\/b/", "Use a/b."), "a/b");
    assert_eq!(in_sentence("form THEN/2 /I-\\d+/", "Form G, form I-130."), "form I-130");
    assert_eq!(in_sentence("/[?!]/", "Really?! No."), "Really");
}

#[test]
fn what_a_suggestion_covers_is_the_codes_unit() {
    let text = "We waited. The lawyer\nwaited and waited.\n\nRain.";
    assert_eq!(
        suggested("rules = [\"wait\"]", text),
        ["We waited. [waited]", "The lawyer\nwaited and waited. [waited, waited]"]
    );
    assert_eq!(
        suggested("rules = [\"wait\"]\nunit = \"hit\"", text),
        ["waited [waited]", "waited [waited]", "waited [waited]"]
    );
    assert_eq!(
        suggested("rules = [\"wait\"]\nunit = \"paragraph\"", text),
        ["We waited. The lawyer\nwaited and waited. [waited, waited, waited]"]
    );
    assert_eq!(suggested("rules = [\"rain\"]\nunit = \"entry\"", text), [format!("{text} [Rain]")]);
    // `within` follows the unit; here the two words are in different sentences.
    let rule = "rules = [\"we AND lawyer\"]";
    assert_eq!(suggested(rule, text), Vec::<String>::new());
    assert_eq!(suggested(&format!("{rule}\nunit = \"paragraph\""), text).len(), 1);
    assert_eq!(suggested(&format!("{rule}\nunit = \"entry\"\nwithin = \"sentence\""), text), Vec::<String>::new());
    // Found in the paragraph, marked sentence by sentence.
    assert_eq!(
        suggested(&format!("{rule}\nwithin = \"paragraph\""), text),
        ["We waited. [We]", "The lawyer\nwaited and waited. [lawyer]"]
    );
}

#[test]
fn exceptions_take_evidence_away_and_the_rule_must_hold_without_it() {
    let text = "The interpreter award went to an interpreter. An interpreter award.";
    let code = "rules = [\"interpreter\"]\nexcept = [\"interpreter award\"]";
    assert_eq!(suggested(code, text), ["The interpreter award went to an interpreter. [interpreter]"]);
    let pair = "rules = [\"interpreter AND went\"]\nexcept = [\"interpreter award\"]";
    assert_eq!(suggested(pair, "The interpreter award went to us."), Vec::<String>::new());
    assert_eq!(suggested(code, "An interpreter. The award."), ["An interpreter. [interpreter]"]);
    // Only the words of the exception count, not its sentence; a regular expression takes whole words.
    let waiting = "rules = [\"wait\"]\nexcept = [";
    assert_eq!(suggested(&format!("{waiting}\"list\"]"), "A waiting list."), ["A waiting list. [waiting]"]);
    assert_eq!(suggested(&format!("{waiting}'/[Ww]ait/']"), "Wait, we waited."), Vec::<String>::new());
}

#[test]
fn rules_of_one_code_are_suggestions_of_their_own() {
    let (codebook, _) = codebook::read(
        "[codebook]\nid = \"c\"\ntitle = \"C\"\n[[code]]\nid = \"a\"\nlabel = \"A\"\nrules = [\"wait\", \"lawyer\"]\n[[code]]\nid = \"b\"\nlabel = \"B\"\nrules = [\"lawyer\"]\n",
    )
    .unwrap();
    let matcher = Matcher::for_codes(&codebook, &[0, 1]);
    let text = "The lawyer waited.";
    let suggestions = Scanner::new(&matcher).scan(text, &outline(text, Language::English));
    let places: Vec<(u32, u32)> = suggestions.iter().map(|one| (one.code, one.rule)).collect();
    assert_eq!(places, [(0, 0), (0, 1), (1, 0)]);
}

#[test]
fn a_scanner_forgets_the_text_before() {
    let expr = parse_rule("lawyer NEAR/3 wait", false).unwrap();
    let matcher = Matcher::for_search(&expr, Within::Sentence);
    let mut scanner = Scanner::new(&matcher);
    let mut counts = BTreeMap::new();
    for text in ["The lawyer waited.", "Nothing.", "", "A lawyer waited; they waited.", "The lawyer waited."] {
        for language in [Language::English, Language::Spanish, Language::English] {
            let hits = scanner.hits(text, &outline(text, language)).len();
            assert_eq!(*counts.entry((text, language)).or_insert(hits), hits, "{text}");
        }
    }
    let english = |text| counts.get(&(text, Language::English)).copied();
    assert_eq!(english("The lawyer waited."), Some(1));
    assert_eq!(english("A lawyer waited; they waited."), Some(2));
    assert_eq!(english(""), Some(0));
}

#[test]
fn a_contraction_is_one_word_and_those_that_it_stands_for() {
    let creole = |expression: &str, text: &str| found(expression, text, Within::Sentence, Language::HaitianCreole);
    // `text/haitian_contractions.csv`: each word of the expansion, and the row of them, is found in the token.
    let reference = "lap,li ap\nyap,yo ap\nnap,nou ap\nkap,ki ap\nsakap,sa ki ap\npap,pa ap\npat,pa te\npata,pa ta\ntap,t ap\ntaka,ta ka\nsete,se te";
    for (token, expansion) in reference.lines().filter_map(|line| line.split_once(',')) {
        let text = format!("Wi, {token} vini.");
        for expression in expansion.split(' ').chain([token, expansion]) {
            assert_eq!(creole(expression, &text), token, "{expression}");
            let row = format!("wi {expression}");
            let begins = expression == token || expansion.starts_with(expression);
            assert_eq!(creole(&row, &text), if begins { format!("Wi, {token}") } else { String::new() }, "{row}");
            let row = format!("{expression} vini");
            let ends = expression == token || expansion.ends_with(expression);
            assert_eq!(creole(&row, &text), if ends { format!("{token} vini") } else { String::new() }, "{row}");
        }
        assert_eq!(creole(&format!("wi {expansion} vini"), &text), format!("Wi, {token} vini"));
        let first = expansion.split(' ').next().unwrap();
        assert_eq!(found(first, &text, Within::Sentence, Language::English), "");
    }
    assert_eq!(creole("m ap", "M ap vini, m'ap vini, map vini, m\u{2019}ap vini."), "M ap / m'ap / map / m\u{2019}ap");
    // Quoted and written words and wildcards are compared with what is written.
    assert_eq!(creole("\"li\" | =li | l?", "Lap vini."), "");
    assert_eq!(creole("\"lap\" | =Lap | l?p", "Lap vini."), "Lap");
    // One token never has a distance to itself, and counts as one word.
    assert_eq!(creole("li NEAR/3 ap", "Lap vini."), "");
    assert_eq!(creole("li THEN/1 vini", "Lap vini."), "Lap vini");
    assert_eq!(
        creole("(li | yo) (ap | te) vini", "Yap vini; lap vini; li te vini."),
        "Yap vini / lap vini / li te vini"
    );
    assert_eq!(creole("pa t", "Li pat vini."), "");
}
