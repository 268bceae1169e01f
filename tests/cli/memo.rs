//! `themata memo`.

use crate::harness::{coded, nameless};

#[test]
fn memos_are_written_changed_and_taken_away() {
    let study = coded();
    let run = |words: &[&str]| nameless(&study.run(words).ok().stdout());
    let add = |on: &str, kind: &str| {
        study.run(&["memo", "add", on, "Words <b>", "--kind", kind, "--coder", "ana", "--json"]).ok().json()
    };
    let first = add("code=lawyer", "reflexive");
    for on in ["study", "theme=help", "entry=2018-01", "segment=2018-01:0..9"] {
        assert_eq!(add(on, "negative-case")["on"], on);
    }
    let id = first["memo"].as_str().unwrap();
    let _ = study.run(&["memo", "change", id, "Other words", "--coder", "ben"]).ok();
    insta::assert_snapshot!(run(&["memo", "list", "code=lawyer"]), @"
    [event]  reflexive on code=lawyer, ben, [time]
        Other words
    ");
    assert_eq!(study.run(&["memo", "list", "--kind", "negative-case", "--json"]).ok().json_lines().len(), 4);
    let _ = study.run(&["memo", "remove", id, "--coder", "ben"]).ok();
    assert_eq!(run(&["memo", "list", "code=lawyer"]), "");
    let _ = study.run(&["undo", "--coder", "ben"]).ok();
    let _ = study.run(&["undo", "--coder", "ben"]).ok();
    assert!(run(&["memo", "list", "code=lawyer"]).contains("Words <b>"));
    insta::assert_snapshot!(study.run(&["memo", "add", "code=lawer", "x", "--coder", "ana"]).fails().stderr(), @"
    error: there is no code `lawer`
    hint: did you mean `lawyer`?
    ");
    let _ = study.run(&["memo", "add", "study", "  ", "--coder", "ana"]).fails();
    let _ = study.run(&["memo", "add", "page=3", "x", "--coder", "ana"]).wrong_words();
}
