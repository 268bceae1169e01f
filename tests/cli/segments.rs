//! `themata segments`.

use crate::harness::Study;

#[test]
fn a_row_opens_its_words() {
    let study = Study::new().file("corpus/2018-01.md", "We waited. A lawyer waited.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["segments", "code=waiting"]).ok().stdout(), @"
    2018-01 0–10  waiting
        We waited.
    2018-01 11–27  waiting
        A lawyer waited.
    ");
    let ran = study.run(&["segments", "code=wating"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
    error: there is no code `wating`
    hint: did you mean `waiting`?
    ");
    let _ = study.run(&["segments", "nonsense"]).fails();
}
