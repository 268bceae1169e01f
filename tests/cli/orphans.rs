//! `themata orphans`.

use crate::harness::{Study, coded, nameless};

fn edited() -> Study {
    let study = coded();
    for quote in ["We waited for the bus.", "A lawyer came.", "Niño 😊 waited too."] {
        let _ = study.run(&["code", "add", "2018-01", "--quote", quote, "--code", "waiting", "--coder", "ana"]).ok();
    }
    study
}

fn names(text: &str) -> String {
    let name = regex::Regex::new(r"\b[0-9a-f]{8}\b").unwrap();
    name.replace_all(text, "[coding]").into_owned()
}

#[test]
fn codings_stay_on_their_words_or_are_listed() {
    let study = edited();
    study.write("corpus/2018-01.md", "We rested. Niño 😊 waitd too. \n\nNew words here.\n\nWe waited for the bus.");
    let ingested = study.run(&["ingest"]).ok().stdout();
    insta::assert_snapshot!(names(&ingested), @"
    corpus/2018-01.md  UTF-8         1 entry
    revised    2018-01  corpus/2018-01.md:1
    codings on revised entries: 1 edited, 1 moved, 1 orphaned
    edited    [coding]  waiting by ana on 2018-01 11–28
        before: Niño 😊 waited too.
        now:    Niño 😊 waitd too.
    orphaned  [coding]  waiting by ana on 2018-01
        before: A lawyer came.
    moved     [coding]  waiting by ana on 2018-01 48–70
        We waited for the bus.
    entries: 1 revised, 1 unchanged
    ");
    insta::assert_snapshot!(names(&study.run(&["orphans"]).finds_problems().stdout()), @"
    edited    [coding]  waiting by ana on 2018-01 11–28
        before: Niño 😊 waited too.
        now:    Niño 😊 waitd too.
    orphaned  [coding]  waiting by ana on 2018-01
        before: A lawyer came.
    ");
    let listed = study.run(&["orphans", "--json"]).finds_problems().json_lines();
    let named = |status: &str| {
        let one = listed.iter().find(|one| one["status"] == status).unwrap();
        one["id"].as_str().unwrap().to_owned()
    };
    let (edited, orphan) = (named("edited"), named("orphaned"));
    let counted = || study.run(&["segments", "code=waiting,counts=accepted", "--json"]).ok().json_lines().len();
    assert_eq!(counted(), 2);
    let foreign = study.run(&["orphans", "confirm", &edited, "--coder", "ben"]).fails();
    insta::assert_snapshot!(names(&foreign.stderr()), @"
    error: coding [coding] is ana's
    hint: each coder decides on own codings: --coder ana
    ");
    let _ = study.run(&["orphans", "confirm", &edited, "--coder", "ana"]).ok();
    let gone = study.run(&["orphans", "confirm", &orphan, "--coder", "ana"]).fails();
    insta::assert_snapshot!(names(&gone.stderr()), @r#"
    error: the words of coding [coding] are gone from entry 2018-01
    hint: give it others: themata orphans place [coding] --quote "…"; or drop it
    "#);
    let placed = study.run(&["orphans", "place", &orphan, "--quote", "New words here.", "--coder", "ana"]).ok();
    insta::assert_snapshot!(nameless(&placed.stdout()), @"
    placed: waiting on 2018-01 31–46 by ana
        New words here.
    event [event]
    ");
    assert_eq!(counted(), 3);
    let _ = study.run(&["orphans"]).ok();
    let _ = study.run(&["verify"]).ok();
}

#[test]
fn an_edit_that_is_taken_back_brings_codings_back() {
    let study = edited();
    let text = study.read("corpus/2018-01.md");
    study.write("corpus/2018-01.md", "Quite other words.");
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(study.run(&["orphans", "--json"]).finds_problems().json_lines().len(), 3);
    let table = study.run(&["table", "frequency"]).ok().stdout();
    assert!(table.contains("3 codings whose words are gone are not counted"), "{table}");
    study.write("corpus/2018-01.md", text);
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["orphans"]).ok();
    assert_eq!(study.run(&["segments", "code=waiting,counts=accepted", "--json"]).ok().json_lines().len(), 3);
}
