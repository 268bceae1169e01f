//! `themata table`.

use crate::harness::Study;

#[test]
fn formats_carry_the_same_counts() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.").file("corpus/2018-02.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    let csv = study.run(&["table", "frequency", "--format", "csv"]).ok().stdout();
    insta::assert_snapshot!(csv, @r"");
    let markdown = study.run(&["table", "trend", "--format", "md"]).ok().stdout();
    assert!(markdown.contains("2018-01") && markdown.contains("2018-02"), "{markdown}");
    let _ = study.run(&["table", "frequency", "--format", "csv", "-o", "t.csv"]).ok();
    assert_eq!(study.read("t.csv"), csv);
}

#[test]
fn what_is_not_there_is_named() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["table", "crosstab", "sight"]).fails();
    insta::assert_snapshot!(ran.stderr(), @r"");
    let _ = study.run(&["table", "attribute", "need", "--of", "cases"]).fails();
    let _ = study.run(&["table", "attribute", "need", "--of", "dogs"]).wrong_words();
}
