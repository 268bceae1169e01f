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

/// A memo on a stretch follows its words when the entry is edited.
#[test]
fn a_memo_stays_on_its_words() {
    let study = coded();
    for (at, words) in [("30..45", "on the lawyer"), ("0..10", "on waiting")] {
        let _ = study.run(&["memo", "add", &format!("segment=2018-01:{at}"), words, "--coder", "ana"]).ok();
    }
    study.write("corpus/2018-01.md", "At last. Niño 😊 waited too. A lawyer came.\n\nWe waited for the bus.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(nameless(&study.run(&["memo", "list"]).ok().stdout()), @"
    [event]  theoretical on segment=2018-01:28..43, ana, [time]
        on the lawyer
    [event]  theoretical on segment=2018-01:0..10 (its words are gone), ana, [time]
        on waiting
    ");
}
