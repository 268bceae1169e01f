//! `themata log`.

use crate::harness::{coded, nameless};

#[test]
fn what_happened_is_listed_and_filtered() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let _ = study.run(&["code", "add", "2018-02", "--quote", "Nobody", "--code", "waiting", "--coder", "ben"]).ok();
    let _ = study.run(&["undo", "--coder", "ben"]).ok();
    insta::assert_snapshot!(nameless(&study.run(&["log"]).ok().stdout()), @"
    [event]  [time]  entry added 2018-01
    [event]  [time]  entry added 2018-02
    [event]  [time]  read a source
    [event]  [time]  read a source
    [event]  [time]  codebook [event]
    [event]  [time]  accepted lawyer in 2 entries (2 segments) by ana
    [event]  [time]  coded waiting in 2018-02 by ben  (taken back)
    [event]  [time]  took back [event] by ben
    ");
    let count = |words: &[&str]| study.run(&[&["log", "--json"], words].concat()).ok().json_lines().len();
    assert_eq!(count(&["--coder", "ben"]), 2);
    assert_eq!(count(&["--kind", "entry"]), 2);
    assert_eq!(count(&["--kind", "suggestion.accepted"]), 1);
    assert_eq!(count(&["--entry", "2018-02"]), 3);
    assert_eq!(count(&["--code", "waiting"]), 1);
    assert_eq!(count(&["--since", "2999"]), 0);
    assert_eq!(count(&["--last", "2"]), 2);
    let wrong = study.run(&["log", "--kind", "suggestion.acepted"]).fails();
    insta::assert_snapshot!(wrong.stderr(), @"
    error: there is no kind of event `suggestion.acepted`
    hint: did you mean `suggestion.accepted`?
    ");
    // Words of entries and memos are in no event.
    let _ = study.run(&["memo", "add", "study", "Zebra", "--coder", "ana"]).ok();
    let all = study.run(&["log", "--all", "--json"]).ok().stdout();
    assert!(!all.contains("Zebra") && !all.contains("Nobody") && !all.contains("😊"), "{all}");
}

/// Tables of the past count what held then, in the texts and under the codebook of then.
#[test]
fn the_past_can_be_looked_at() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let then = study.run(&["log", "--kind", "suggestion", "--json"]).ok().json()["event"].as_str().unwrap().to_owned();
    let table = |words: &[&str]| study.run(&[&["table", "frequency", "--json"], words].concat()).ok().json();
    let before = table(&[]);
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    study.write("corpus/2018-02.md", "Nobody came at all.");
    study.write("codebooks/c.toml", study.read("codebooks/c.toml").replace("Lawyers", "Barristers"));
    let _ = study.run(&["ingest"]).ok();
    assert_ne!(table(&[]), before);
    assert_eq!(table(&["--at", &then]), before);
    let lines = study.run(&["segments", "code=lawyer", "--json", "--at", &then]).ok().json_lines();
    assert_eq!(lines[1]["text"], "The lawyer called.");
    let report = study.run(&["report", "--at", &then, "--json"]).ok().json();
    assert!(report["folder"].as_str().unwrap().contains("c-at-"), "{report}");
    let _ = study.run(&["table", "frequency", "--at", "2999-01-01"]).ok();
    let wrong = study.run(&["table", "frequency", "--at", "1999-01-01"]).fails();
    insta::assert_snapshot!(wrong.stderr(), @"
    error: there is no moment of this study `1999-01-01`
    hint: write a time as 2026-03-31 or 2026-03-31T14:05, or an event as themata log shows it
    ");
}

/// Also in a study whose codebook another copy named first, such as the worked example with its bundle.
#[test]
fn the_past_of_a_joined_study_can_be_looked_at() {
    let study = crate::harness::example();
    let _ = study.run(&["run"]).ok();
    let events = study.run(&["log", "--json"]).ok().json_lines();
    let last = events.last().unwrap()["event"].as_str().unwrap().to_owned();
    let then = study.run(&["table", "frequency", "--at", &last, "--json"]).ok().json();
    assert_eq!(then, study.run(&["table", "frequency", "--json"]).ok().json());
    let _ = study.run(&["verify"]).ok();
}
