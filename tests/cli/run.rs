//! `themata run`.

use crate::harness::{SETTINGS, Study};

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

/// One of each: every word beside a 1 is singular, on the terminal, in notes and in the report.
#[test]
fn one_is_singular() {
    let codebook = "[codebook]\nid = \"c\"\ntitle = \"C\"\n\n[[theme]]\nid = \"t\"\nlabel = \"T\"\n\n[[code]]\nid = \"w\"\n\
                    theme = \"t\"\nlabel = \"W\"\nrules = [\"wait\"]\n[[code.example]]\nkind = \"typical\"\ntext = \"Nothing.\"\n";
    let settings = format!(
        "{SETTINGS}\n[[source]]\npath = \"corpus/*.txt\"\nsplit = \"heading\"\n[cases]\npath = \"cases.csv\"\nid = \"case\"\n"
    );
    let study = Study::new()
        .file("themata.toml", settings)
        .file("codebooks/c.toml", codebook)
        .file("cases.csv", "case,need\n1,visa\n2,\n")
        .file("corpus/a.md", "Waited")
        .file("corpus/b.md", "+++\nsite = \"East\"\n+++\nGone")
        .file("corpus/h.txt", "x\n# A\n\nThere.\n\n# B\n\nHere.\n");
    study.write("corpus/c.md", "Gone too");
    let mut told = study.run(&["run"]).ok().stderr();
    std::fs::remove_file(study.path("corpus/c.md")).unwrap();
    for arguments in [
        &["run"][..],
        &["match"],
        &["codebook", "check"],
        &["search", "wait"],
        &["report"],
        &["table", "frequency"],
        &["table", "crosstab", "site"],
        &["table", "attribute", "site"],
        &["table", "attribute", "need", "--of", "cases"],
        &["excerpts", "export"],
    ] {
        let ran = study.run(arguments);
        told += &(ran.stdout() + &ran.stderr());
    }
    told += &(study.read("reports/c/index.html") + &study.read("reports/c/report.md"));
    let joined = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = regex::Regex::new(
        r"\b1 (themes|codes|rules|examples|problems|errors|files|entries|cases|segments|sentences|paragraphs|words|hits|lines|characters|suggestions)\b|\b1 [a-z]+ (without|whose)[a-z ]* are\b",
    )
    .unwrap();
    let found: Vec<&str> = wrong.find_iter(&joined).map(|found| found.as_str()).collect();
    assert!(found.is_empty(), "{found:?}");
    for right in [
        "belongs to none: 1 line, 1 character",
        "0 of 1 suggestion reviewed",
        "1 entry whose source is gone is not in N",
        "1 case without a value is not in N",
        "1 theme, 1 code, 1 rule, 1 example; 1 problem",
    ] {
        assert!(joined.contains(right), "{right}");
    }
}
