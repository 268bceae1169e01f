//! `themata segments`.

use crate::harness::{CODEBOOK, SETTINGS, Study};

#[test]
fn a_row_opens_its_words() {
    let study = Study::new().file("corpus/2018-01.md", "We waited. A lawyer waited.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["segments", "code=waiting"]).ok().stdout(), @"
    2018-01 0–10  waiting
        We waited.
        by: wait
    2018-01 11–27  waiting
        A lawyer waited.
        by: wait
    ");
    let ran = study.run(&["segments", "code=wating"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
    error: there is no code `wating`
    hint: did you mean `waiting`?
    ");
    let _ = study.run(&["segments", "nonsense"]).fails();
}

#[test]
fn a_segment_stands_once_with_its_codes_and_rules() {
    let codebook = CODEBOOK.replace("[\"wait\"]", "[\"wait\", \"we THEN/2 wait\"]\ntheme = \"help\"");
    let study =
        Study::new().file("codebooks/c.toml", codebook).file("corpus/a.md", "We waited with a lawyer. We waited.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["segments", "theme=help,unit=sentence"]).ok().stdout(), @"
    a-0e4aff6d9dac 0–24  lawyer, waiting
        We waited with a lawyer.
        lawyer by: lawyer
        waiting by: wait; we THEN/2 wait
    a-0e4aff6d9dac 25–35  waiting
        We waited.
        by: wait; we THEN/2 wait
    ");
    assert_eq!(study.run(&["segments", "theme=help,unit=sentence", "--json"]).ok().json_lines().len(), 5);
}

#[test]
fn names_and_values_that_nothing_has_are_slips() {
    let study = Study::new()
        .file("themata.toml", format!("{SETTINGS}[cases]\npath = \"cases.csv\"\nid = \"case\"\n"))
        .file("cases.csv", "case,need\n1,asylum\n2,visa\n")
        .file("corpus/2018-01.md", "+++\nsite = \"East\"\n+++\n## Good\n\nWe waited.\n\n## Bad\n\nNobody.");
    let _ = study.run(&["ingest"]).ok();
    for (evidence, error, hint) in [
        ("cases=nede:visa", "there is no column of the case register `nede`", "known: need"),
        ("cases=need:vise", "nothing has `vise` as need", "did you mean `visa`?"),
        (
            "entries=sight:East",
            "there is no attribute of entries `sight`",
            "known: date, language, month, site, source, year",
        ),
        ("entries=site:Nowhere", "nothing has `Nowhere` as site", "known: East"),
        (
            "code=waiting,by=sight:East",
            "there is no attribute of entries `sight`",
            "known: date, language, month, section, site, source, year",
        ),
        ("code=waiting,by=site:Nowhere", "nothing has `Nowhere` as site", "known: East"),
        ("code=waiting,by=section:Best", "nothing has `Best` as section", "known: Bad, Good"),
        ("code=waiting,by=month:2018-99", "nothing has `2018-99` as month", "did you mean `2018-01`?"),
    ] {
        let ran = study.run(&["segments", evidence]).fails();
        assert_eq!(ran.stderr(), format!("error: {error}\nhint: {hint}\n"), "{evidence}");
    }
    // A value that is there, and has nothing behind it, is no slip.
    assert_eq!(study.run(&["segments", "code=waiting,unit=sentence,by=section:Bad"]).ok().stdout(), "");
}
