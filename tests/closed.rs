//! A study that may not be written, and one that nobody else may read.

use std::{fs, os::unix::fs::PermissionsExt as _};

use themata::workflow::Workspace;

use crate::harness::{Study, another_user, coded, tree};

#[test]
fn a_study_that_may_not_be_written_can_be_looked_at() {
    if !another_user::possible() {
        return;
    }
    let study = coded();
    let _ = study.run(&["code", "add", "2018-02", "--at", "4..10", "--code", "lawyer", "--coder", "ana"]).ok();
    let _ = study.run(&["memo", "add", "study", "A memo", "--coder", "ana"]).ok();
    let _ = study.run(&["run"]).ok();
    let looks: &[&[&str]] = &[
        &["table", "frequency"],
        &["segments", "code=lawyer"],
        &["log", "--all"],
        &["verify"],
        &["orphans"],
        &["memo", "list"],
        &["coders"],
        &["conflicts"],
        &["search", "wait"],
    ];
    let seen: Vec<String> = looks.iter().map(|words| study.run(words).ok().stdout()).collect();
    for (name, mode) in [(".themata", 0o555), (".themata/study.db", 0o444)] {
        fs::set_permissions(study.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    for derived in ["cache", "index"] {
        fs::set_permissions(study.path(".themata").join(derived), fs::Permissions::from_mode(0o555)).unwrap();
    }
    let verdicts = |name: &str| name.starts_with("cache/verdicts-");
    let kept = tree(&study.path(".themata")).into_iter().map(|(name, _)| name).find(|name| verdicts(name)).unwrap();
    let before = tree(&study.path(".themata"));
    for (words, seen) in looks.iter().zip(&seen) {
        assert_eq!(&another_user::run(&study, words).ok().stdout(), seen, "{words:?}");
    }
    // What could not be kept of people's verdicts is held.
    fs::remove_file(study.path(".themata").join(&kept)).unwrap();
    let before: Vec<(String, Vec<u8>)> = before.into_iter().filter(|(name, _)| *name != kept).collect();
    assert_eq!(&another_user::run(&study, looks[0]).ok().stdout(), &seen[0]);
    let deeds: &[&str] = &[
        "code add 2018-02 --at 0..3 --code lawyer",
        "code remove 2018-02 --at 4..10 --code lawyer",
        "decide accept --code lawyer --all",
        "memo add study words",
        "read 2018-01",
        "codebook rename lawyer law",
        "undo",
    ];
    for deed in deeds {
        let words: Vec<&str> = deed.split(' ').chain(["--coder", "ana"]).collect();
        let told = another_user::run(&study, &words).fails().stderr();
        assert!(told.contains("cannot use the study file [STUDY]/.themata/study.db"), "{deed}: {told}");
        assert!(told.contains("hint: check that you may write"), "{deed}: {told}");
    }
    assert!(tree(&study.path(".themata")) == before, "something was written");
}

#[test]
fn a_study_is_for_its_owner_only() {
    let place = Study::nothing();
    let _ = place.run(&["new", "x"]).ok();
    let _ = place.run(&["run", "--study", "x"]).ok();
    let mode = |name: &str| fs::metadata(place.path("x").join(name)).unwrap().permissions().mode() & 0o777;
    for folder in ["", "codebooks", "corpus", ".themata", ".themata/cache", ".themata/index"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    let files = ["themata.toml", "codebooks/first.toml", "corpus/2024-01.md", ".gitignore", ".themata/study.db"];
    for file in files {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    let _ = place.run(&["--study", "x", "codebook", "rename", "waiting", "wait", "--coder", "ana"]).ok();
    assert_eq!(mode("codebooks/first.toml"), 0o600, "a file that is replaced keeps its mode");
    let _ = place.run(&["--study", "x", "table", "frequency"]).ok();
    // While it is open, the files beside it are as private.
    let workspace = Workspace::open(&place.path("x"), None).unwrap();
    for name in [".themata/study.db-wal", ".themata/study.db-shm"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    drop(workspace);
}
