//! `themata explain`.

use std::{io::Write as _, process::Stdio};

use crate::harness::{CODEBOOK, Study};

const RULES: &str = r#"["green card", "afraid NEAR/3 police", "\"patients\"", "=ICE", "asylum AND lawyer", "lawyer NOT court", "interpreter THEN/2 needed", "deportasion", "(visa | permit) for work", "immigra* law"]"#;

fn study() -> Study {
    let codebook = CODEBOOK.replace("[\"wait\"]", &format!("{RULES}\nexcept = [\"free lawyer\"]"));
    Study::new().file("codebooks/c.toml", codebook).file("corpus/2018-01.md", "A green card came. A lawyer helped.")
}

#[test]
fn a_text_with_its_codes_rules_and_words() {
    let ran = study().run(&["explain", "The lawyers and a green\ncard. Nothing else."]).ok();
    insta::assert_snapshot!(ran.stdout(), @"
    0–29  The [lawyers] and a [green card].
        lawyer (help)  by lawyer: “lawyers”
        waiting  by green card: “green card”
        waiting  by lawyer NOT court: “lawyers”
    ");
    assert_eq!(study().run(&["explain", "Nothing."]).ok().stdout(), "No code.\n");
}

#[test]
fn a_code_that_was_not_given_says_what_each_rule_missed() {
    let text = "A green light; a card. She was afraid, they say, that soon the police would come. One patient saw ice. \
                Asylum takes time. They needed an interpreter. A free lawyer went. A lawyer in court. Deportation. Work permit.";
    let ran = study().run(&["explain", "--code", "waiting", "--limit", "9", text]).ok();
    insta::assert_snapshot!(ran.stdout(), @r#"
    Not waiting: 10 rules looked at, the nearest first.
        lawyer NOT court  1 of 1 word
            the rule matches, but `free lawyer` takes it away: “free lawyer” (152)
        green card  2 of 2 words
            the words of `green card` occur, but not one after the other; “green” (2) is as far as it goes
        afraid NEAR/3 police  2 of 2 words
            `afraid` and `police` are 6 words apart, and the rule allows 3: “afraid” (31), “police” (63)
        asylum AND lawyer  2 of 2 words
            `asylum` and `lawyer` both occur, but never in one sentence: “Asylum” (103) in sentence 4, “lawyer” (157) in sentence 6
        interpreter THEN/2 needed  2 of 2 words
            `interpreter` must come before `needed`: “interpreter” (137), “needed” (127)
        (visa | permit) for work  2 of 3 words
            `for` does not occur
        "patients"  0 of 1 word
            `"patients"` does not occur; “patient” (86) is another form of it, and the rule wants exactly this one
        =ICE  0 of 1 word
            `="ICE"` does not occur; “ice” (98) is there, but the rule wants capitals and accents as written
        deportasion  0 of 1 word
            `deportasion` does not occur; “Deportation” (189) is written much like it
        … and 1 rule further from it (--limit 10)
    "#);
    let given = study().run(&["explain", "--code", "waiting", "--json", "A green card."]).ok().json();
    assert_eq!((given["units"].as_array().unwrap().len(), given.get("missed")), (1, None));
}

/// Of two exceptions in the text the one that overlaps the evidence is the reason.
#[test]
fn the_exception_that_took_the_evidence_is_named() {
    let rules = "[\"lawyer\"]\nexcept = [\"free meal\", \"free lawyer\"]";
    let study = Study::new().file("codebooks/c.toml", CODEBOOK.replace("[\"wait\"]", rules));
    let ran = study.run(&["explain", "A free meal, and a free lawyer.", "--code", "waiting"]).ok();
    insta::assert_snapshot!(ran.stdout(), @"
    Not waiting: 1 rule looked at, the nearest first.
        lawyer  1 of 1 word
            the rule matches, but `free lawyer` takes it away: “free lawyer” (19)
    ");
}

#[test]
fn an_entry_and_a_text_from_standard_input() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let entry = study.run(&["explain", "--entry", "2018-01", "--code", "lawyer", "--json"]).ok().json();
    assert_eq!((&entry["units"][0]["start"], &entry["units"][0]["codes"][0]["theme"]), (&19.into(), &"help".into()));
    let mut command = study.command(&["explain", "-", "--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("Two lawyers.".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("\"evidence\":[[4,11]]"));
}

#[test]
fn what_is_not_known_is_said() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["explain", "--code", "lawyr", "x"]).fails().stderr(), @"
    error: there is no code `lawyr`
    hint: did you mean `lawyer`?
    ");
    insta::assert_snapshot!(study.run(&["explain", "--entry", "2018-02"]).fails().stderr(), @"
    error: there is no entry `2018-02`
    hint: did you mean `2018-01`?
    ");
    let _ = study.run(&["explain"]).wrong_words();
    let _ = Study::nothing().run(&["explain", "x"]).fails();
}
