//! `themata new`.

use crate::harness::Study;

#[test]
fn a_new_study_runs_at_once() {
    let place = Study::nothing();
    let made = place.run(&["new", "my-study"]).ok();
    assert!(made.stdout().contains("my-study/themata.toml"), "{}", made.stdout());
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
