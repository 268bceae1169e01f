//! `themata table`.

use crate::harness::Study;

#[test]
fn formats_carry_the_same_counts() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.").file("corpus/2018-02.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    let csv = study.run(&["table", "frequency", "--format", "csv"]).ok().stdout();
    insta::assert_snapshot!(csv, @r#"
    id,label,level,parent,n,N,missing,percent,percent_reason,unit,evidence
    help,Help,theme,,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"theme=help,unit=entry,counts=all"
    lawyer,Lawyers,code,help,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"code=lawyer,unit=entry,counts=all"
    waiting,Waiting,code,,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"code=waiting,unit=entry,counts=all"
    "#);
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
    insta::assert_snapshot!(ran.stderr(), @"
    error: there is no attribute of entries `sight`
    hint: known: month, section, source, year
    ");
    let _ = study.run(&["table", "attribute", "need", "--of", "cases"]).fails();
    let _ = study.run(&["table", "attribute", "need", "--of", "dogs"]).wrong_words();
}
