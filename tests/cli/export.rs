//! `themata export`.

use crate::harness::coded;

#[test]
fn the_log_goes_out_with_the_words_that_were_asked_for() {
    let study = coded();
    study.write("corpus/2018-02.md", "The lawyer wrote. Nobody came.");
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["match"]).ok();
    let _ = study.run(&["memo", "add", "study", "A memo", "--coder", "ana"]).ok();
    let text = |with: &str| study.run(&["export", "log", "-", "--with-texts", with]).ok().stdout();
    let has = |text: &str| ["lawyer called", "lawyer wrote", "A memo", "rules ="].map(|words| text.contains(words));
    assert_eq!(has(&text("none")), [false, false, true, false]);
    assert_eq!(has(&text("current")), [false, true, true, true]);
    assert_eq!(has(&text("all")), [true, true, true, true]);
    assert_eq!(study.run(&["export", "log", "-"]).ok().stdout(), text("current"));
    let said = study.run(&["export", "log", "out.jsonl"]).ok();
    assert!(said.stderr().contains("for nobody else"), "{}", said.stderr());
    assert_eq!(study.read("out.jsonl"), text("current"));
    let _ = study.run(&["export", "log", "nowhere/out.jsonl"]).fails();
}
