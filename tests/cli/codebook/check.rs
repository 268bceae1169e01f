//! `themata codebook check`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn every_mistake_is_shown_with_its_place_and_cure() {
    let broken = "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nlable = \"A\"\nrules = [\"wait NEAR ever\", '(a | b']\norigin = \"inductiv\"\ntheme = \"nobody\"\n";
    let study = Study::new().file("x.toml", broken);
    let ran = study.run(&["codebook", "check", "x.toml"]).finds_problems();
    insta::assert_snapshot!(ran.stderr(), @r#"
    error: unknown key `lable` in [[code]]
     --> x.toml:6:1
      |
    6 | lable = "A"
      | ^^^^^
      |
      = hint: did you mean `label`?

    error: NEAR needs a number of words, 1 to 999
     --> x.toml:7:16
      |
    7 | rules = ["wait NEAR ever", '(a | b']
      |                ^^^^
      |
      = hint: write NEAR/8 for "at most 8 words apart"; "NEAR" in quotes is the word

    error: this bracket is not closed
     --> x.toml:7:29
      |
    7 | rules = ["wait NEAR ever", '(a | b']
      |                             ^
      |
      = hint: add a closing )

    error: `inductiv` is not a value of `origin`
     --> x.toml:8:10
      |
    8 | origin = "inductiv"
      |          ^^^^^^^^^^
      |
      = hint: did you mean `inductive`? Possible: deductive, inductive, in_vivo, structural

    error: there is no theme `nobody`
     --> x.toml:9:10
      |
    9 | theme = "nobody"
      |          ^^^^^^
      |
      = hint: ids of the themes:
    "#);
    assert_eq!(ran.stdout(), "x.toml: 5 errors\n");
}

#[test]
fn examples_are_tests() {
    let examples = "\n[[code.example]]\ntext = \"We waited.\"\nkind = \"typical\"\n\n[[code.example]]\ntext = \"Nothing of the kind.\"\nkind = \"atypical\"\n\n[[code.example]]\ntext = \"The waiter and the lawyer waited.\"\nkind = \"close_but_no\"\nuse = \"lawyer\"\n";
    let study = Study::new().file("codebooks/c.toml", format!("{CODEBOOK}{examples}"));
    let ran = study.run(&["codebook", "check"]).finds_problems();
    insta::assert_snapshot!(ran.stderr(), @"
    codebooks/c.toml: code `waiting`: an atypical example that no rule of `waiting` finds
        Nothing of the kind.

    codebooks/c.toml: code `waiting`: a close_but_no example that rules of `waiting` find
        The waiter and the lawyer waited.
        by: wait
    ");
    assert_eq!(ran.stdout(), "codebooks/c.toml: 1 theme, 2 codes, 2 rules, 3 examples; 2 problems\n");
    let _ = Study::new().run(&["codebook", "check"]).ok();
}

#[test]
fn a_ring_of_parents_ends() {
    let ring =
        "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nparent = \"b\"\n\n[[code]]\nid = \"b\"\nparent = \"a\"\n";
    let ran = Study::new().file("x.toml", ring).run(&["codebook", "check", "x.toml"]).finds_problems();
    assert!(ran.stderr().contains("is its own ancestor"), "{}", ran.stderr());
}

const DOUBTFUL: &str = r#"[codebook]
id = "x"
version = "1.0.0"

[[theme]]
id = "nothing"

[[code]]
id = "lawyer"
definition = "A lawyer, or the notary who stands in for one."
rules = ["lawyer", "good lawyer", "attorney | new attorneys", "LAWYER"]

[[code]]
id = "judge"
rules = ["judge NOT judges", "court and judge", '"immigra*"', "the", "tennis court", "immigra*", '"immigrant"']
except = ["tennis"]

[[code]]
id = "by-hand"
"#;

#[test]
fn what_is_probably_not_meant_is_named() {
    let study = Study::new().file("x.toml", DOUBTFUL);
    let ran = study.run(&["codebook", "check", "x.toml"]).finds_problems();
    let told = ran.stderr();
    let lines: Vec<&str> = told.lines().collect();
    let heads = lines.windows(2).filter(|pair| pair[1].trim_start().starts_with("-->"));
    let found: Vec<String> = heads.map(|pair| format!("{} {}", pair[1].trim(), pair[0])).collect();
    insta::assert_snapshot!(found.join("\n"), @"
    --> x.toml:5:1 warning[theme-without-code]: theme `nothing` gathers no code
    --> x.toml:11:20 note[subsumed-rule]: this rule adds no segment: `lawyer` in line 11 finds it all
    --> x.toml:11:35 note[subsumed-alternative]: `new attorneys` adds no segment here: `attorney` finds it all
    --> x.toml:11:63 warning[duplicate-rule]: this rule stands twice in code `lawyer`: `lawyer` in line 11 is the same
    --> x.toml:15:10 warning[never-matches]: this rule never matches
    --> x.toml:15:37 note[lower-case-operator]: `and` in lower case is the word itself
    --> x.toml:15:49 note[subsumed-rule]: this rule adds no segment: `immigra*` in line 15 finds it all
    --> x.toml:15:50 note[wildcard-in-quotes]: `*` and `?` in quotes are punctuation, which is ignored
    --> x.toml:15:63 note[stop-words-alone]: `the` stands in nearly every sentence
    --> x.toml:15:70 warning[never-matches]: this rule never matches: `tennis` of `except` takes away what it finds
    --> x.toml:15:98 note[subsumed-rule]: this rule adds no segment: `immigra*` in line 15 finds it all
    --> x.toml:18:1 note[code-without-rules]: code `by-hand` has no rules: nothing suggests it
    ");
    assert_eq!(ran.stdout(), "x.toml: 1 theme, 3 codes, 11 rules, 0 examples; 4 problems, 8 notes\n");
    let noted = study.run(&["codebook", "check", "x.toml", "--notes"]).finds_problems().stderr();
    assert!(noted.contains("note[uncovered-word]: `notary` in the definition of `lawyer`"), "{noted}");
    assert!(!noted.contains("`lawyer` in the definition"), "{noted}");
}

#[test]
fn notes_alone_are_no_problem() {
    let study = Study::new().file("x.toml", "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\n");
    let ran = study.run(&["codebook", "check", "x.toml"]).ok();
    assert!(ran.stderr().starts_with("note[code-without-rules]"), "{}", ran.stderr());
    assert_eq!(ran.stdout(), "x.toml: 0 themes, 1 code, 0 rules, 0 examples; 0 problems, 1 note\n");
}

#[test]
fn in_a_study_rules_are_judged_by_what_they_find() {
    let codebook = "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nrules = [\"day\", \"never\"]\n\n[[code]]\nid = \"b\"\n\
                    rules = [\"today\", \"lawyer\"]\n\n[[code]]\nid = \"c\"\nunit = \"hit\"\nrules = [\"lawyer | attorney\", \"today\"]\n";
    let text = "This day. A day. ".repeat(14) + &"Today a lawyer and a day. ".repeat(6);
    let study = Study::new().file("codebooks/c.toml", codebook).file("corpus/1.md", text);
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["codebook", "check"]).ok();
    insta::assert_snapshot!(ran.stderr(), @r#"
    note[matches-nearly-all]: this rule matches 34 of 34 sentences
     --> codebooks/c.toml:6:10
      |
    6 | rules = ["day", "never"]
      |          ^^^^^
      |
      = hint: a code that is nearly everywhere tells nothing apart; make the rule narrower

    note[always-together]: codes `b` and `c` stand in the same 6 sentences and in no other
      --> codebooks/c.toml:12:1
       |
    12 | [[code]]
       | ^^^^^^^^
       |
       = hint: they may be one code, or one of them needs narrower rules

    note[finds-nothing]: 1 of 6 rules find nothing in the study's 1 entry
    --> codebooks/c.toml
     = hint: themata codebook check --notes names them
    "#);
    let each = study.run(&["codebook", "check", "--notes"]).ok().stderr();
    assert!(
        each.contains("finds-nothing]: this rule finds nothing in the study's 1 entry\n --> codebooks/c.toml:6:17"),
        "{each}"
    );
}
