//! `themata match`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn only_what_a_change_touches_is_read_again() {
    let study = Study::new().file("corpus/a.md", "We waited for a lawyer.").file("corpus/b.md", "Nothing.");
    let counted = |study: &Study| {
        let done = study.run(&["match", "--json"]).ok().json();
        (done["read"].as_u64().unwrap(), done["suggestions"].as_u64().unwrap())
    };
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(counted(&study), (2, 2));
    assert_eq!(counted(&study), (0, 2));
    // A rule that only one entry can match, and one that none can.
    study.write("codebooks/c.toml", CODEBOOK.replace("\"wait\"", "\"wait\", \"nothing\""));
    assert_eq!(counted(&study), (1, 3));
    study.write("codebooks/c.toml", CODEBOOK.replace("\"wait\"", "\"nobody\", \"wait\", \"nothing\""));
    assert_eq!(counted(&study), (0, 3));
    // A better label changes no suggestion; a rule that is gone takes its own with it.
    study.write("codebooks/c.toml", CODEBOOK.replace("\"wait\"", "\"nothing\"").replace("\"Waiting\"", "\"Time\""));
    assert_eq!(counted(&study), (0, 2));
    // An exception decides about every rule of its code.
    study.write("codebooks/c.toml", CODEBOOK.replace("\"wait\"", "\"nothing\"]\nexcept = [\"nothing\""));
    assert_eq!(counted(&study), (1, 1));
    study.write("corpus/b.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(counted(&study), (1, 2));
    std::fs::remove_file(study.path("corpus/a.md")).unwrap();
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(counted(&study), (0, 1));
}

#[test]
fn the_cache_comes_back_the_same() {
    let study = Study::new().file("corpus/a.md", "We waited for a lawyer.");
    let _ = study.run(&["ingest"]).ok();
    let before = study.run(&["table", "frequency", "--json"]).ok().stdout();
    std::fs::remove_dir_all(study.path(".themata/cache")).unwrap();
    assert_eq!(study.run(&["table", "frequency", "--json"]).ok().stdout(), before);
}

#[test]
fn another_codebook_leaves_the_studys_own_alone() {
    let study =
        Study::new().file("corpus/a.md", "We waited.").file("other.toml", CODEBOOK.replace("\"wait\"", "\"we\""));
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["match"]).ok();
    let other = study.run(&["match", "--codebook", "other.toml", "--json"]).ok().json();
    assert_eq!(other["suggestions"], 1);
    assert_eq!(study.run(&["match", "--json"]).ok().json()["read"], 0);
}
