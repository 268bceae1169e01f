//! Same input, same bytes: whatever the clock, the place, the threads; and the committed example is what the program gives.

use std::path::Path;

use crate::harness::{Study, example, tree};

#[track_caller]
fn assert_same(left: &Path, right: &Path, cure: &str) {
    let (left, right) = (tree(left), tree(right));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right), "{cure}");
    let differing: Vec<String> =
        left.iter().zip(&right).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0.clone()).collect();
    assert!(differing.is_empty(), "these files differ: {differing:?}. {cure}");
}

#[test]
fn the_committed_example_is_what_the_program_gives() {
    let study = example();
    let _ = study.run(&["run"]).ok();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/navigator");
    assert!(committed.join("manifest.json").exists(), "reports/navigator is not there: cargo run -- run");
    assert_same(&study.path("reports/navigator"), &committed, "Renew it with `cargo run -- run` and look at it.");
}

#[test]
fn neither_place_nor_clock_nor_threads_show() {
    let one = example().env("RAYON_NUM_THREADS", "1").env("POLARS_MAX_THREADS", "1");
    let other = example().env("TZ", "Asia/Kathmandu").env("LANG", "tr_TR.UTF-8").env("RAYON_NUM_THREADS", "2");
    let _ = one.run(&["run"]).ok();
    let _ = other.run(&["run"]).ok();
    assert_same(&one.path("reports"), &other.path("reports"), "");
    // From nothing, over a report that is there already.
    std::fs::remove_dir_all(one.path(".themata")).unwrap();
    let again = one.run(&["run", "--json"]).ok().json();
    assert_eq!(again["report"]["changed"], 0);
}

/// The corpus counts, not the way it came to be: order of arrival, edits taken back, entries gone and back.
#[test]
fn the_way_to_a_corpus_does_not_show() {
    let days = [
        ("corpus/2018-01.md", "+++\nsite = \"East\"\n+++\n## Good\n\nWe waited. A lawyer came.\n"),
        ("corpus/2018-02.md", "The lawyer waited, and we did.\n\n## Bad\n\nWaiting again.\n"),
        ("corpus/2018-04.md", "+++\nsite = \"West\"\n+++\nNobody came; the lawyers wait.\n"),
    ];
    let settings = format!("{}\n[report]\nby = [\"site\"]\n", crate::harness::SETTINGS);
    let at_once = Study::new().file("themata.toml", &settings);
    days.iter().for_each(|(name, text)| at_once.write(name, text));
    let _ = at_once.run(&["run"]).ok();
    let winding = Study::new().file("themata.toml", &settings);
    for (name, text) in days.iter().rev() {
        winding.write(name, text);
        let _ = winding.run(&["run"]).ok();
    }
    winding.write(days[0].0, "Something else entirely, for a while.");
    let _ = winding.run(&["run"]).ok();
    std::fs::remove_file(winding.path(days[1].0)).unwrap();
    let _ = winding.run(&["run"]).ok();
    assert!(winding.read("reports/c/report.md") != at_once.read("reports/c/report.md"));
    days.iter().for_each(|(name, text)| winding.write(name, text));
    let _ = winding.run(&["run"]).ok();
    assert_same(&at_once.path("reports"), &winding.path("reports"), "");
}

#[test]
fn the_needs_table_is_the_published_one() {
    // Kimball et al. 2019, with the counts nearest to the printed percentages, rounded half up.
    let study = example();
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "attribute", "need", "--of", "cases", "--json"]).ok().json();
    let rows: Vec<String> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}/{} {}", row["id"].as_str().unwrap(), row["n"], row["N"], row["percent"]))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    asylum support 95/271 35.1
    documentation 61/271 22.5
    green card 57/271 21
    general questions 27/271 10
    citizenship 14/271 5.2
    family reunification 11/271 4.1
    medical deferred action 4/271 1.5
    deportation defense 2/271 0.7
    ");
}

#[test]
fn the_examples_codebook_proves_itself() {
    let ran = example().run(&["codebook", "check"]).ok();
    assert!(ran.stdout().contains("; 0 problems"), "{}", ran.stdout());
}

/// What was wrong with a source is said by every report, not only by that of the run that met it.
#[test]
fn a_report_made_again_says_what_the_run_said() {
    let study =
        Study::new().file("corpus/2018-01.md", "We waited.").file("corpus/2018-02.md", [0_u8, 159, 146, 150, 0]);
    let _ = study.run(&["run"]).finds_problems();
    assert!(study.read("reports/c/index.html").contains("2018-02.md"));
    assert_eq!(study.run(&["report", "--json"]).ok().json()["changed"], 0);
    std::fs::remove_file(study.path("corpus/2018-02.md")).unwrap();
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["report"]).ok();
    assert!(!study.read("reports/c/index.html").contains("2018-02.md"));
}
