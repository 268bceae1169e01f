//! `themata code`.

use crate::harness::{coded, nameless};

#[test]
fn a_stretch_is_coded_moved_and_taken_away() {
    let study = coded();
    let run = |words: &[&str]| nameless(&study.run(words).ok().stdout());
    let add = ["code", "add", "2018-01", "--quote", "Niño 😊", "--code", "lawyer", "--coder", "ana"];
    insta::assert_snapshot!(run(&add), @"
    coded: lawyer on 2018-01 11–17 by ana
        Niño 😊
    event [event]
    ");
    assert!(run(&add).contains("it was so already"));
    insta::assert_snapshot!(run(&["code", "move", "2018-01", "--at", "11..17", "--to", "😊 waited", "--code", "lawyer", "--coder", "ana"]), @"
    moved: lawyer on 2018-01 16–24 by ana
        😊 waited
    event [event]
    ");
    insta::assert_snapshot!(run(&["segments", "code=lawyer,counts=accepted", "--json"]), @r#"{"entry":"2018-01","start":16,"end":24,"text":"😊 waited","code":"lawyer","coder":"ana","status":"coded","rule":null}"#);
    insta::assert_snapshot!(run(&["code", "remove", "2018-01", "--at", "16..24", "--code", "lawyer", "--coder", "ana", "--json"]), @r#"{"event":"[event]","segments":[{"entry":"2018-01","start":16,"end":24,"text":"😊 waited","code":"lawyer","coder":"ana","status":"removed","rule":null}]}"#);
    assert_eq!(run(&["segments", "code=lawyer,counts=accepted"]), "");
}

#[test]
fn what_cannot_be_found_is_told_with_its_cure() {
    let study = coded();
    let told = |words: &[&str]| study.run(words).fails().stderr();
    let add = |quote: &str| told(&["code", "add", "2018-01", "--quote", quote, "--code", "waiting", "--coder", "ana"]);
    insta::assert_snapshot!(add("waited"), @"
    error: these words stand 3 times in entry 2018-01: 3..9, 18..24, 49..55
    hint: quote more words, or say which with --occurrence 2, or --at START..END
    ");
    insta::assert_snapshot!(add("wated"), @"
    error: these words do not stand in entry 2018-01
    hint: the quote must be as the entry has it, letter by letter; `themata search` finds words
    ");
    insta::assert_snapshot!(told(&["code", "add", "2018-1", "--quote", "x", "--code", "waiting", "--coder", "ana"]), @"
    error: there is no entry `2018-1`
    hint: did you mean `2018-01`?
    ");
    insta::assert_snapshot!(told(&["code", "add", "2018-01", "--at", "0..999", "--code", "waiting", "--coder", "ana"]), @"
    error: 0..999 is no stretch of entry 2018-01
    hint: it has code points 0..68; the end must be after the start
    ");
    insta::assert_snapshot!(told(&["code", "add", "2018-01", "--at", "0..9", "--code", "wating", "--coder", "ana"]), @"
    error: there is no code `wating`
    hint: did you mean `waiting`?
    ");
    insta::assert_snapshot!(told(&["code", "add", "2018-01", "--at", "0..9", "--code", "waiting", "--coder", "anna"]), @"
    error: there is no coder `anna`
    hint: did you mean `ana`? (a new coder needs a [[coder]] in themata.toml)
    ");
    insta::assert_snapshot!(told(&["code", "add", "2018-01", "--at", "0..9", "--code", "waiting"]), @r#"
    error: who is coding? no coder is named
    hint: say who with --coder ID, or for good: me = "your-id" under [study] in themata.toml (or THEMATA_CODER)
    "#);
    study.write("corpus/2018-03.md", "## A heading\n\nWords.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(told(&["code", "add", "2018-03", "--at", "0..12", "--code", "waiting", "--coder", "ana"]), @"
    error: there are only headings or blanks in this stretch
    hint: headings are not counted: code sentences below them
    ");
    insta::assert_snapshot!(told(&["code", "add", "2018-01", "--at", "0..9", "--code", "help", "--coder", "ana"]), @"
    error: `help` is a theme, and stretches are given codes
    hint: themata codebook list shows the codes that it gathers
    ");
    insta::assert_snapshot!(told(&["code", "remove", "2018-01", "--at", "0..9", "--code", "waiting", "--coder", "ana"]), @"
    error: ana has no coding `waiting` on 0..9 of entry 2018-01
    hint: themata segments code=waiting,coder=ana lists the stretches
    ");
}

#[test]
fn who_acts_is_named_by_option_environment_or_settings() {
    let study = coded().env("THEMATA_CODER", "ben");
    let by = |words: &[&str]| study.run(words).ok().json()["segments"][0]["coder"].clone();
    let add = ["code", "add", "2018-02", "--quote", "Nobody", "--code", "waiting", "--json"];
    assert_eq!(by(&add), "ben");
    assert_eq!(by(&[&add[..], &["--coder", "ana"]].concat()), "ana");
    let study = coded();
    study.write("themata.toml", study.read("themata.toml").replace("title", "me = \"ana\"\ntitle"));
    assert_eq!(study.run(&add).ok().json()["segments"][0]["coder"], "ana");
}
