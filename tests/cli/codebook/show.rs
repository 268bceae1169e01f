//! `themata codebook show`.

use crate::harness::{CODEBOOK, Study};

const FULL: &str = r#"
[[code]]
id = "court"
parent = "lawyer"
label = "In court"
short = "Court days."
definition = "A day in court,\nor the wait for it."
include = ["hearings"]
exclude = [{ text = "waiting at home", use = "waiting" }, { text = "tennis", use = "none" }]
origin = "in_vivo"
rules = ['court | "judge"', "hearing NEAR/5 date"]
except = ["tennis court"]
negation = "block"
unit = "paragraph"
related = ["waiting"]
since = "1.0.0"
source = "Somebody 2018."
memo = ["Ask about dates."]

[[code.example]]
text = "The judge was ill."
ref = "2018-01"
note = "short"

[[code.example]]
text = "We waited."
kind = "close_but_no"
use = "waiting"
"#;

#[test]
fn a_code_is_shown_as_a_coder_needs_it() {
    let study = Study::new().file("codebooks/c.toml", format!("{CODEBOOK}{FULL}"));
    insta::assert_snapshot!(study.run(&["codebook", "show", "court"]).ok().stdout(), @r#"
    In court (court)
    theme     Help (help)
    parent    Lawyers (lawyer)
    status    active
    origin    in vivo
    since     1.0.0
    rules     unit paragraph, within paragraph, negation block

    In brief
      Court days.

    Definition
      A day in court, or the wait for it.

    Use it for
      - hearings

    Not for
      - waiting at home → waiting
      - tennis

    Rules
      court | "judge"
      hearing NEAR/5 date

    Except
      tennis court

    Examples
      typical: The judge was ill. [2018-01]
        note: short
      close but no → waiting: We waited.

    Look at beside it
      - Waiting (waiting)

    Source
      Somebody 2018.

    Memo
      - Ask about dates.
    "#);
    let json = study.run(&["codebook", "show", "court", "--json"]).ok().json();
    assert_eq!(json["theme"]["id"], "help");
    assert_eq!(json["exclude"][0]["use"], "waiting");
    assert_eq!(json["exclude"][1]["use"], serde_json::Value::Null);
    assert_eq!(json["examples"][1]["kind"], "close_but_no");
    assert_eq!(json["within"], "paragraph");
    let above = study.run(&["codebook", "show", "lawyer", "--json"]).ok().json();
    assert_eq!(above["children"][0]["label"], "In court");
}

#[test]
fn an_unknown_code_is_answered_with_the_one_that_was_meant() {
    let study = Study::new();
    let ran = study.run(&["codebook", "show", "layer"]).fails();
    assert_eq!(ran.stderr(), "error: there is no code `layer`\nhint: did you mean `lawyer`?\n");
    let theme = study.run(&["codebook", "show", "help"]).fails();
    assert!(theme.stderr().contains("`help` is a theme; its codes: lawyer"), "{}", theme.stderr());
}
