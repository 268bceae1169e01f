//! `themata ingest`.

use crate::harness::Study;

#[test]
fn lists_files_entries_and_what_was_refused() {
    let study = Study::new()
        .file("corpus/a.md", "+++\nid = \"first\"\n+++\nWords.")
        .file("corpus/b.md", "")
        .file("corpus/c.md", b"caf\xe9 was closed".as_slice());
    let ran = study.run(&["ingest"]).finds_problems();
    insta::assert_snapshot!(ran.stdout(), @r"
    corpus/a.md  UTF-8         1 entry
    corpus/b.md  UTF-8         0 entries
    corpus/c.md  windows-1252 (detected)  1 entry
    entries: 2 added, 1 refused
    ");
    insta::assert_snapshot!(ran.stderr(), @r"
    refused: corpus/b.md: is empty
      hint: a source without words is missing, not a day without events
    ");
}

#[test]
fn one_file_can_be_read_alone() {
    let study = Study::new().file("corpus/a.md", "One.").file("corpus/b.md", "Two.");
    let one = study.run(&["ingest", "corpus/a.md", "--json"]).ok().json();
    assert_eq!(one["totals"], serde_json::json!({ "added": 1 }));
    let other = study.run(&["ingest", "--json"]).ok().json();
    assert_eq!(other["totals"], serde_json::json!({ "added": 1, "unchanged": 1 }));
    let _ = study.run(&["ingest", "corpus/zzz.md"]).finds_problems();
}
