//! `themata new`.

use crate::harness::Study;

#[test]
fn a_new_study_in_the_folder_at_hand_has_its_name() {
    let study = Study::nothing();
    std::fs::create_dir(study.path("diaries")).unwrap();
    let mut command = study.command(&["new", "."]);
    let _ = command.current_dir(study.path("diaries"));
    let made = study.ran(command).ok();
    insta::assert_snapshot!(made.stdout() + &made.stderr(), @"
    themata.toml
    codebooks/first.toml
    corpus/2024-01.md
    .gitignore

    Now: themata run. Your codes go into codebooks/first.toml, your own entries into corpus: delete the sample there, corpus/2024-01.md, before the first run, or it is kept as missing.
    ");
    assert!(study.read("diaries/themata.toml").contains("id = \"diaries\""));
}

#[test]
fn a_new_study_runs_at_once() {
    let place = Study::nothing();
    let made = place.run(&["new", "my-study"]).ok();
    assert!(made.stdout().contains("my-study/themata.toml"), "{}", made.stdout());
    assert!(made.stderr().contains("delete the sample there"), "{}", made.stderr());
    let ran = place.run(&["run", "--study", "my-study"]).ok();
    assert!(ran.stdout().contains("entries: 1 added"), "{}", ran.stdout());
    assert!(ran.stdout().contains("Being heard  1 of 1"), "{}", ran.stdout());
    assert!(place.path("my-study/reports/first/index.html").exists());
    let _ = place.run(&["codebook", "check", "my-study/codebooks/first.toml"]).ok();
}

#[test]
fn nothing_is_overwritten() {
    let place = Study::nothing().file("full/note.txt", "mine");
    let refused = place.run(&["new", "full"]).fails();
    insta::assert_snapshot!(refused.stderr(), @r"
    error: full is there already and is not empty
    hint: choose another name
    ");
    assert_eq!(place.read("full/note.txt"), "mine");
}

/// A number that is 0 because nothing was read is not a finding.
#[test]
fn commands_that_count_say_that_nothing_was_read() {
    let place = Study::nothing();
    let _ = place.run(&["new", "s"]).ok();
    let said = |words: &[&str]| place.run(&[&["--study", "s"], words].concat()).ok().stderr();
    let counting: &[&[&str]] = &[
        &["match"],
        &["search", "wait"],
        &["search", "wait", "--by", "month"],
        &["table", "frequency"],
        &["chart", "frequency", "-o", "f.svg"],
        &["segments", "code=being-heard"],
        &["excerpts", "export"],
        &["report"],
        &["codebook", "terms", "being-heard"],
    ];
    for words in counting {
        let told = said(words);
        assert!(told.contains("note: nothing has been read yet\n  hint: themata run reads"), "{words:?}: {told}");
    }
    let _ = place.run(&["run", "--study", "s"]).ok();
    // A study whose sources are all gone was read: its entries are missing.
    std::fs::remove_file(place.path("s/corpus/2024-01.md")).unwrap();
    let _ = place.run(&["ingest", "--study", "s"]);
    for words in counting {
        let told = said(words);
        assert!(!told.contains("nothing has been read"), "{words:?}: {told}");
    }
}
