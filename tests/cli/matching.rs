//! `themata match`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn only_what_a_change_touches_is_matched_again() {
    let study = Study::new().file("corpus/a.md", "We waited for a lawyer.").file("corpus/b.md", "Nothing.");
    let _ = study.run(&["ingest"]).ok();
    // Two codes and the sizes of the one block of entries.
    let first = study.run(&["match", "--json"]).ok().json();
    assert_eq!((first["renewed"].as_u64(), first["suggestions"].as_u64()), (Some(3), Some(2)));
    assert_eq!(study.run(&["match", "--json"]).ok().json()["renewed"], 0);
    study.write("codebooks/c.toml", CODEBOOK.replace("\"wait\"", "\"wait\", \"nothing\""));
    let changed = study.run(&["match", "--json"]).ok().json();
    assert_eq!((changed["renewed"].as_u64(), changed["suggestions"].as_u64()), (Some(2), Some(3)));
    // A better label changes no suggestion.
    study.write(
        "codebooks/c.toml",
        CODEBOOK.replace("\"wait\"", "\"wait\", \"nothing\"").replace("\"Waiting\"", "\"Time\""),
    );
    assert_eq!(study.run(&["match", "--json"]).ok().json()["renewed"], 0);
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
    assert_eq!(study.run(&["match", "--json"]).ok().json()["renewed"], 0);
}
