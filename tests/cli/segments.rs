//! `themata segments`.

use crate::harness::Study;

#[test]
fn a_row_opens_its_words() {
    let study = Study::new().file("corpus/2018-01.md", "We waited. A lawyer waited.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["segments", "code=waiting"]).ok().stdout(), @r"");
    let ran = study.run(&["segments", "code=wating"]).fails();
    insta::assert_snapshot!(ran.stderr(), @r"");
    let _ = study.run(&["segments", "nonsense"]).fails();
}
