//! `themata run`.

use crate::harness::Study;

#[test]
fn prints_what_it_did_and_writes_the_report() {
    let study = Study::new().file("corpus/2018-01.md", "We waited for the lawyer.\n\nNothing else.");
    let ran = study.run(&["run"]).ok();
    insta::assert_snapshot!(ran.stdout(), @r"
    corpus/2018-01.md  UTF-8         1 entry
    entries: 1 added

    Themes and codes: entries
    entries, N = 1; counts: all (accepted and not yet reviewed); coder: any

               n of N
    ─────────────────
    Help       1 of 1
      Lawyers  1 of 1
    Waiting    1 of 1

    Counts: all, that is suggestions of rules and people's codings; 0 of 2
    suggestions reviewed.
    n: entries with the code at least once; N: all entries of the study. A row
    counts the union of what is below it, not the sum.
    No percentages: fewer than 20 units: one of them would be more than 5 %.
    ");
    for file in
        ["index.html", "report.md", "manifest.json", "tables/frequency-entries.csv", "figures/frequency-entries.png"]
    {
        assert!(study.path("reports/c").join(file).exists(), "{file}");
    }
    let page = study.read("reports/c/index.html");
    assert!(page.contains("0 of 2 suggestions reviewed"));
    assert!(page.contains("<mark>waited</mark>") || page.contains("waited</mark>"), "evidence is marked");
}

#[test]
fn again_changes_nothing() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    let again = study.run(&["run", "--json"]).ok();
    let done = again.json();
    assert_eq!(done["read"], 0);
    assert_eq!(done["report"]["changed"], 0);
    assert_eq!(done["ingest"]["totals"]["unchanged"], 1);
}

#[test]
fn stale_files_of_an_earlier_report_go() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    assert!(study.path("reports/c/tables/trend-sentences.csv").exists());
    std::fs::rename(study.path("corpus/2018-01.md"), study.path("corpus/undated.md")).unwrap();
    std::fs::remove_dir_all(study.path(".themata")).unwrap();
    let _ = study.run(&["run"]).ok();
    assert!(!study.path("reports/c/tables/trend-sentences.csv").exists());
}
