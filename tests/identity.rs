//! Which entry is which after sources changed: by text first, then by name, never by position.

use serde_json::{Value, json};

use crate::harness::Study;

const HEAD: &str = "[study]\nid = \"s\"\ncodebook = \"codebooks/c.toml\"\n\n[[source]]\n";
const ROWS: &str = "path = \"corpus/*.csv\"\n";
const FILES: &str = "path = \"corpus/*.md\"\n";
const DIARY: &str = "path = \"corpus/*.txt\"\npattern = '^(?P<date>\\w+ \\d+)\\.'\n";

fn study(source: &str) -> Study {
    Study::new().file("themata.toml", format!("{HEAD}{source}"))
}

fn ingest(study: &Study) -> Value {
    study.run(&["ingest", "--json"]).ok().json()
}

/// `id: first words` of all entries, in corpus order.
fn entries(study: &Study) -> Vec<String> {
    let lines = study.run(&["search", "/\\w+/", "--json"]).ok().json_lines();
    let mut seen = Vec::new();
    for line in lines {
        let id = line["entry"].as_str().unwrap().to_owned();
        if !seen.iter().any(|(known, _)| *known == id) {
            seen.push((id, line["hit"].as_str().unwrap().to_owned()));
        }
    }
    seen.into_iter().map(|(id, word)| format!("{id}: {word}")).collect()
}

#[test]
fn insertions_and_swaps_change_no_other_entry() {
    let diary = |days: &[&str]| days.iter().map(|day| format!("{day}\n\n")).collect::<String>();
    let (one, two, three) =
        ("August 18. First words here.", "August 19. Second words there.", "August 21. Third words again.");
    let study = study(&format!("{DIARY}first_year = 1914\n")).file("corpus/d.txt", diary(&[one, two, three]));
    assert_eq!(ingest(&study)["totals"], json!({ "added": 3 }));
    let before = ["d-1914-08-18: First", "d-1914-08-19: Second", "d-1914-08-21: Third"];
    assert_eq!(entries(&study), before);
    // First, in the middle, and a second of one day before the first of that day.
    let (zero, middle, same) = ("August 1. Zero.", "August 20. Between them.", "August 19. Another on that day.");
    study.write("corpus/d.txt", diary(&[zero, one, same, two, middle, three]));
    let report = ingest(&study);
    assert_eq!(report["totals"], json!({ "added": 3, "unchanged": 3 }));
    let added: Vec<&str> =
        report["entries"].as_array().unwrap().iter().map(|entry| entry["entry"].as_str().unwrap()).collect();
    assert_eq!(added, ["d-1914-08-01", "d-1914-08-19-2", "d-1914-08-20"]);
    // Two swapped: dates run backwards, which is said, and nothing changes.
    study.write("corpus/d.txt", diary(&[zero, two, same, one, middle, three]));
    let report = ingest(&study);
    assert_eq!(report["totals"], json!({ "unchanged": 6 }));
    assert!(report["warnings"].to_string().contains("1914-08-18"), "{report}");
}

/// What the pattern matched marks the entry: it is in no sentence, whether a blank line follows or words do.
#[test]
fn a_date_line_is_not_counted() {
    let settings = "path = \"corpus/*.txt\"\npattern = '^(?P<date>May \\d+)'\n";
    let study = study(settings)
        .file("corpus/d.txt", "May 3\nWe waited. It rained.\nMay 4\n\nThe lawyer came.\nMay 5. Nobody.\n");
    assert_eq!(ingest(&study)["totals"], json!({ "added": 3 }));
    let table = study.run(&["table", "frequency", "--unit", "sentence", "--json"]).ok().json();
    assert_eq!(table["N"], 4);
    let lines = study.run(&["segments", "code=waiting", "--json"]).ok().json_lines();
    assert_eq!(lines[0]["text"], "We waited.");
    assert_eq!(study.run(&["search", "May"]).ok().stdout(), "");
    assert_eq!(entries(&study), ["d---05-03: We", "d---05-04: The", "d---05-05: Nobody"]);
}

#[test]
fn a_renamed_file_keeps_its_entry() {
    let study = study(FILES).file("corpus/a.md", "Words of a.").file("corpus/b.md", "Words of b.");
    let first = ingest(&study);
    let ids = |report: &Value| {
        report["entries"].as_array().unwrap().iter().map(|entry| entry["entry"].clone()).collect::<Vec<_>>()
    };
    std::fs::rename(study.path("corpus/a.md"), study.path("corpus/z.md")).unwrap();
    let moved = ingest(&study);
    assert_eq!(moved["totals"], json!({ "moved": 1, "unchanged": 1 }));
    assert_eq!(ids(&moved)[0], ids(&first)[0]);
}

#[test]
fn edited_gone_and_back() {
    let study = study(FILES).file("corpus/a.md", "We waited for an answer.").file("corpus/b.md", "Nobody came at all.");
    let _ = ingest(&study);
    let count = |study: &Study| study.run(&["table", "frequency", "--json"]).ok().json()["N"].clone();
    study.write("corpus/a.md", "We waited for the answer.");
    // Only ingest reads sources.
    assert_eq!(study.run(&["search", "\"the answer\""]).ok().stdout(), "");
    assert_eq!(ingest(&study)["totals"], json!({ "revised": 1, "unchanged": 1 }));
    assert_ne!(study.run(&["search", "\"the answer\""]).ok().stdout(), "");
    std::fs::remove_file(study.path("corpus/a.md")).unwrap();
    assert_eq!(ingest(&study)["totals"], json!({ "missing": 1, "unchanged": 1 }));
    assert_eq!(count(&study), 1);
    assert_eq!(study.run(&["search", "wait"]).ok().stdout(), "");
    study.write("corpus/a.md", "We waited for the answer.");
    assert_eq!(ingest(&study)["totals"], json!({ "unchanged": 2 }));
    assert_eq!(count(&study), 2);
}

#[test]
fn short_answers_that_are_the_same_are_kept_apart_by_their_ids() {
    let study = study(ROWS).file("corpus/s.csv", "id,text\n1,none\n2,none\n3,a long answer\n");
    let report = ingest(&study);
    assert_eq!(report["totals"], json!({ "added": 3, "duplicate": 1 }));
    study.write("corpus/s.csv", "id,text\n0,none\n2,none\n3,a longer answer\n");
    let report = ingest(&study);
    let statuses: Vec<String> = report["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["status"] != "duplicate")
        .map(|entry| format!("{} {}", entry["entry"].as_str().unwrap(), entry["status"].as_str().unwrap()))
        .collect();
    assert_eq!(statuses, ["0 added", "3 revised", "1 missing"]);
}

/// A copy is listed, whether it comes with its original or after it; the original never is.
#[test]
fn a_copy_of_an_earlier_entry_is_a_duplicate() {
    let study = study(FILES).file("corpus/b.md", "+++\nid = \"first\"\n+++\nWe waited for an answer all day.");
    let _ = ingest(&study);
    study.write("corpus/a.md", "We waited for an answer all day.");
    let report = ingest(&study);
    assert_eq!(report["totals"], json!({ "added": 1, "duplicate": 1, "unchanged": 1 }));
    let duplicate = &report["entries"][1];
    assert_eq!(duplicate["status"], "duplicate");
    assert_eq!(duplicate["detail"], "corpus/a.md:1 has the same text as entry first; both are kept");
    // The original is read again alone: it is not a copy of what came after it.
    study.write("corpus/b.md", "+++\nid = \"first\"\nsite = \"East\"\n+++\nWe waited for an answer all day.");
    assert_eq!(ingest(&study)["totals"], json!({ "unchanged": 2 }));
    // A missing entry is there for nobody to be a copy of.
    std::fs::remove_file(study.path("corpus/a.md")).unwrap();
    assert_eq!(ingest(&study)["totals"], json!({ "missing": 1, "unchanged": 1 }));
}

#[test]
fn an_id_that_stands_twice_is_refused_once() {
    let study = study(ROWS).file("corpus/s.csv", "id,text\n1,one thing\n1,another thing\n2,third\n");
    let report = study.run(&["ingest", "--json"]).finds_problems().json();
    assert_eq!(report["totals"], json!({ "added": 2, "refused": 1 }));
    // Said again as long as it is so.
    let _ = study.run(&["ingest"]).finds_problems();
}

#[test]
fn dates_are_never_invented() {
    let study = study(DIARY).file("corpus/d.txt", "December 20. Snow fell.\n\nJanuary 2. It melted.\n");
    let _ = ingest(&study);
    let months = study.run(&["table", "attribute", "month", "--json"]).ok().json();
    let ids: Vec<&str> = months["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["--12", "--01"]);
}

/// Statuses as a person reads them; what did not change keeps its id, its place and its numbers.
#[test]
fn statuses_are_printed_and_the_rest_stays() {
    let study = study(&format!("{DIARY}first_year = 1914\n"));
    study.write("corpus/d.txt", "May 3. We waited for it.\n\nMay 4. The lawyer came.\n\nMay 6. Nothing new today.\n");
    let first = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(first.stdout(), @r"
    corpus/d.txt  UTF-8         3 entries
    added      d-1914-05-03  corpus/d.txt:1
    added      d-1914-05-04  corpus/d.txt:3
    added      d-1914-05-06  corpus/d.txt:5
    entries: 3 added
    ");
    let segments = |study: &Study| study.run(&["segments", "code=lawyer", "--json"]).ok().stdout();
    let before = segments(&study);
    study.write(
        "corpus/d.txt",
        "May 1. All is new.\n\nMay 3. We waited for them.\n\nMay 4. The lawyer came.\n\nMay 5. Nothing new today.\n",
    );
    let second = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(second.stdout(), @r"
    corpus/d.txt  UTF-8         4 entries
    added      d-1914-05-01  corpus/d.txt:1
    revised    d-1914-05-03  corpus/d.txt:3
    added      d-1914-05-05  corpus/d.txt:7
    missing    d-1914-05-06  its source no longer holds it; kept, and out of N
    entries: 2 added, 1 revised, 1 unchanged, 1 missing
    ");
    assert_eq!(segments(&study), before);
    insta::assert_snapshot!(study.run(&["ingest"]).ok().stdout(), @"entries: 4 unchanged");
}
