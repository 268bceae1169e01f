//! `themata forget`.

use crate::harness::{coded, tree};

fn holds(study: &crate::harness::Study, words: &str) -> Vec<String> {
    let found = tree(&study.path(".themata"));
    let is = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    found.into_iter().filter(|(_, bytes)| is(bytes)).map(|(name, _)| name).collect()
}

#[test]
fn a_participants_words_are_gone_and_the_log_stays() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let _ = study.run(&["memo", "add", "entry=2018-02", "Zebrawords", "--coder", "ana"]).ok();
    let _ = study.run(&["search", "lawyer"]).ok();
    assert!(!holds(&study, "lawyer called").is_empty() && !holds(&study, "Zebrawords").is_empty());
    insta::assert_snapshot!(study.run(&["forget", "2018-02", "--coder", "ana"]).ok().stdout(), @"would be forgotten: 2018-02 (1 text, 1 memo). Nothing was done; add --yes to do it. It cannot be undone.");
    assert!(!holds(&study, "lawyer called").is_empty());
    insta::assert_snapshot!(study.run(&["forget", "2018-02", "--yes", "--coder", "ana"]).ok().stdout(), @"
    forgotten: 2018-02 (1 text, 1 memo)
    words may still be in:
        corpus/2018-02.md
        memos on other things, which may quote these words: themata memo list
        other copies of the study, backups, and files that were exported
    ");
    assert_eq!((holds(&study, "lawyer called"), holds(&study, "Zebrawords")), (vec![], vec![]));
    insta::assert_snapshot!(study.run(&["verify"]).ok().stdout(), @"
    8 events, 5 texts and records; 3 withheld, 0 in other copies
    the study file is what its log says
    ");
    // The source still has the words: they do not come back.
    let refused = study.run(&["ingest"]).finds_problems();
    insta::assert_snapshot!(refused.stderr(), @"
    refused: corpus/2018-02.md:1: these words were forgotten, because their participant withdrew
      hint: take them out of the source
    ");
    assert_eq!(holds(&study, "lawyer called"), Vec::<String>::new());
    let table = study.run(&["table", "frequency", "--json"]).ok().json();
    assert_eq!(table["N"], 1);
    let _ = study.run(&["verify"]).ok();
}

#[test]
fn an_earlier_text_can_be_forgotten_alone() {
    let study = coded();
    study.write("corpus/2018-02.md", "The lawyer wrote. Nobody came.");
    let _ = study.run(&["ingest"]).ok();
    let events = study.run(&["log", "--entry", "2018-02", "--json"]).ok().json_lines();
    let added = format!("2018-02@{}", events[0]["event"].as_str().unwrap());
    let now = format!("2018-02@{}", events[1]["event"].as_str().unwrap());
    let _ = study.run(&["forget", &now, "--yes", "--coder", "ana"]).fails();
    let _ = study.run(&["forget", &added, "--yes", "--coder", "ana"]).ok();
    assert_eq!(holds(&study, "lawyer called"), Vec::<String>::new());
    assert!(!holds(&study, "lawyer wrote").is_empty());
    let _ = study.run(&["verify"]).ok();
    assert_eq!(study.run(&["table", "frequency", "--json"]).ok().json()["N"], 2);
}

#[test]
fn the_same_words_of_another_entry_are_told() {
    let study = coded();
    study.write("corpus/2018-03.md", "The lawyer called. Nobody came.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["forget", "2018-03", "--coder", "ana"]).fails().stderr(), @"
    error: entry 2018-02 has the same words
    hint: they are gone only when it is forgotten too: name both, 2018-03 2018-02
    ");
    let _ = study.run(&["forget", "2018-03", "2018-02", "--yes", "--coder", "ana"]).ok();
    assert_eq!(holds(&study, "lawyer called"), Vec::<String>::new());
}
