//! `themata codebook diff`.

use crate::harness::{CODEBOOK, Study};

fn study() -> Study {
    let changed = CODEBOOK
        .replace("\"1.0.0\"", "\"1.0.1\"")
        .replace("label = \"Waiting\"", "label = \"The wait\"")
        .replace("rules = [\"wait\"]", "rules = [\"wait\", \"judge\"]\nexcept = [\"wait list\"]");
    let study = Study::new().file("new.toml", changed);
    let study =
        study.file("corpus/2018-01.md", "A lawyer waited. The judge spoke.").file("corpus/2018-02.md", "A judge.");
    study
        .file("corpus/2018-03.md", "She is on the wait list.")
        .file("corpus/2018-04.md", "Nothing. We waited.")
        .file("corpus/2018-05.md", "Judges.")
}

#[test]
fn what_changed_and_which_version_it_deserves() {
    let ran = study().run(&["codebook", "diff", "codebooks/c.toml", "new.toml"]).ok();
    insta::assert_snapshot!(ran.stdout(), @"
    ~ code waiting (The wait): minor
        ~ label (patch)
            - Waiting
            + The wait
        + rule (minor): judge
        + except (minor): wait list

    version 1.0.0 → 1.0.1: the changes deserve a minor step, 1.1.0 or higher; it is a patch one
    ");
    insta::assert_snapshot!(ran.stderr(), @"inside a study that has entries, diff shows what the change moves there");
}

#[test]
fn what_it_moves_among_the_entries() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["codebook", "diff", "codebooks/c.toml", "new.toml", "--percent"]).ok();
    let (_, moves) = ran.stdout().split_once("In 5 entries:").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    insta::assert_snapshot!(moves, @"


    waiting: segments +3 -1, entries +2 -1
      + 2018-01 17–33  by: judge
          The judge spoke.
      + 2018-02 0–8  by: judge
          A judge.
      - 2018-03 0–24  by: wait
          She is on the wait list.
      + 2018-05 0–7  by: judge
          Judges.

    Table of frequencies, entries:
      The wait  3 of 5 (60%) → 4 of 5 (80%)
    ");
    let few = study.run(&["codebook", "diff", "codebooks/c.toml", "new.toml", "--limit", "1"]).ok();
    assert!(few.stdout().contains("… and 3 more (--limit)"), "{}", few.stdout());
}

#[test]
fn json_has_both_parts() {
    let study = study();
    let outside = study.run(&["codebook", "diff", "codebooks/c.toml", "new.toml", "--json"]).ok().json();
    assert_eq!(outside["study"], serde_json::Value::Null);
    assert_eq!(outside["codebook"]["version"]["deserved"], "minor");
    assert_eq!(outside["codebook"]["version"]["said"], "patch");
    assert_eq!(outside["codebook"]["version"]["verdict"], "too_small");
    assert_eq!(outside["codebook"]["version"]["next"], "1.1.0");
    let _ = study.run(&["ingest"]).ok();
    let inside = study.run(&["codebook", "diff", "codebooks/c.toml", "new.toml", "--json"]).ok().json();
    let code = &inside["study"]["codes"][0];
    assert_eq!((&code["segments_gained"], &code["segments_lost"]), (&3.into(), &1.into()));
    assert_eq!((&code["entries_gained"], &code["entries_lost"]), (&2.into(), &1.into()));
    let row = &inside["study"]["rows"][0];
    assert_eq!(
        (&row["id"], &row["old"]["n"], &row["new"]["n"], &row["new"]["N"]),
        (&"waiting".into(), &3.into(), &4.into(), &5.into())
    );
    let back = study.run(&["codebook", "diff", "new.toml", "codebooks/c.toml", "--json"]).ok().json();
    assert_eq!(back["codebook"]["version"]["verdict"], "lower");
    assert_eq!(back["study"]["codes"][0]["segments_lost"], 3);
}

/// A comparison is a look: the study's own suggestions, its log and its codebook stay as they are.
#[test]
fn a_comparison_leaves_the_study_as_it_is() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let table = || study.run(&["table", "frequency", "--json"]).ok().stdout();
    let before = table();
    let log = std::fs::read(study.path(".themata/study.db")).unwrap();
    let _ = study.run(&["codebook", "diff", "codebooks/c.toml", "new.toml"]).ok();
    assert_eq!(std::fs::read(study.path(".themata/study.db")).unwrap(), log);
    assert_eq!(table(), before);
}

#[test]
fn a_file_with_errors_is_shown_as_check_does() {
    let study = study().file("bad.toml", "[codebook]\nid = \"x\"\nlable = \"y\"\n");
    let ran = study.run(&["codebook", "diff", "codebooks/c.toml", "bad.toml"]).fails();
    assert!(ran.stderr().contains("bad.toml:3:1"), "{}", ran.stderr());
}
