//! `themata excerpts`.

use crate::harness::{SETTINGS, Study};

fn study() -> Study {
    let settings = SETTINGS.replace("[[source]]", "author_role = \"Nurse\"\n\n[[source]]");
    Study::new()
        .file("themata.toml", settings)
        .file("corpus/2018-01.md", "We waited at the door. The lawyer waited\nwith us. Then we waited.")
        .file("corpus/2018-02.md", "They waited too. Nobody came.")
}

#[test]
fn whole_sentences_verbatim_spread_over_entries() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["excerpts", "export", "--code", "waiting"]).ok();
    insta::assert_snapshot!(ran.stdout(), @"
    # Excerpts

    > **Unreviewed: 0 of 5 suggestions reviewed; excerpts include rules' suggestions that nobody has decided on.**

    ## Waiting

    4 of 4 excerpts.

    > We waited at the door.
    >
    > (Nurse, January 2018, entry 2018-01)

    <sub>Entry 2018-01, characters 0–22; codes: waiting</sub>

    > They waited too.
    >
    > (Nurse, February 2018, entry 2018-02)

    <sub>Entry 2018-02, characters 0–16; codes: waiting</sub>

    > The lawyer waited with us.
    >
    > (Nurse, January 2018, entry 2018-01)

    <sub>Entry 2018-01, characters 23–49; codes: waiting</sub>

    > Then we waited.
    >
    > (Nurse, January 2018, entry 2018-01)

    <sub>Entry 2018-01, characters 50–65; codes: waiting</sub>
    ");
    let one =
        study.run(&["excerpts", "export", "--theme", "help", "--unit", "paragraph", "--limit", "1"]).ok().stdout();
    assert!(one.contains("We waited at the door. The lawyer waited with us. Then we waited."), "{one}");
}

#[test]
fn csv_and_docx_hold_the_same() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["excerpts", "export", "--code", "waiting", "-o", "e.csv"]).ok();
    assert_eq!(study.read("e.csv").lines().count(), 5);
    let _ = study.run(&["excerpts", "export", "--code", "waiting", "-o", "e.docx"]).ok();
    assert!(std::fs::read(study.path("e.docx")).unwrap().starts_with(b"PK"));
    let told = |words: &[&str]| study.run(&[&["excerpts", "export"], words].concat()).fails().stderr();
    assert_eq!(told(&["--code", "nobody"]), "error: there is no code `nobody`\nhint: known: lawyer, waiting\n");
    assert_eq!(told(&["--code", "help"]), "error: there is no code `help`\nhint: that is a theme: --theme help\n");
    assert_eq!(
        told(&["--theme", "lawyer"]),
        "error: there is no theme `lawyer`\nhint: that is a code: --code lawyer\n"
    );
    let told = study.run(&["excerpts", "export", "-o", "e.pdf"]).fails().stderr();
    assert!(told.contains("no form of excerpts `pdf`\nhint: name the file .md, .csv or .docx"), "{told}");
}

#[test]
fn an_excerpt_says_that_it_is_negated() {
    let study = Study::new().file("corpus/a.md", "We did not wait. We waited, and did not wait.");
    let _ = study.run(&["run"]).ok();
    let csv = study.run(&["excerpts", "export", "--code", "waiting", "--format", "csv"]).ok().stdout();
    let negated: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(negated, ["false", "true"], "{csv}");
    let page = study.read("reports/c/index.html");
    assert_eq!(page.matches("; negated").count(), 1);
}
