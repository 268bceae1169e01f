//! What the program keeps: derived files that are damaged or gone come back the same, and a study file in use is respected.

use std::fs;

use crate::harness::{Study, tree};

fn study() -> Study {
    let study = Study::new()
        .file("corpus/2018-01.md", "We waited. A lawyer came.")
        .file("corpus/2018-02.md", "The lawyer waited.");
    let _ = study.run(&["run"]).ok();
    study
}

/// The same, with verdicts of two people.
fn judged() -> Study {
    let study = study();
    let deeds: [&[&str]; 3] = [
        &["decide", "accept", "--code", "waiting", "--all", "--coder", "ana"],
        &["decide", "reject", "2018-01", "--code", "lawyer", "--all", "--coder", "ben"],
        &["code", "add", "2018-02", "--quote", "waited", "--code", "lawyer", "--coder", "ben"],
    ];
    for deed in deeds {
        let _ = study.run(deed).ok();
    }
    study
}

/// What a user sees of the derived files.
fn seen(study: &Study) -> [String; 5] {
    [
        study.run(&["segments", "code=lawyer,counts=all", "--json"]).ok().stdout(),
        study.run(&["segments", "code=lawyer,counts=rejected", "--json"]).ok().stdout(),
        study.run(&["table", "frequency", "--unit", "sentence", "--json"]).ok().stdout(),
        study.run(&["segments", "code=waiting", "--json"]).ok().stdout(),
        study.run(&["search", "wait", "--json"]).ok().stdout(),
    ]
}

#[test]
fn damaged_files_of_cache_and_index_come_back_the_same() {
    let study = judged();
    let before = seen(&study);
    for folder in [".themata/cache", ".themata/index"] {
        let files = tree(&study.path(folder));
        assert!(!files.is_empty(), "{folder}");
        for (name, bytes) in &files {
            let half = &bytes[..bytes.len() / 2];
            let mut flipped = bytes.clone();
            flipped.iter_mut().skip(bytes.len() / 3).take(1).for_each(|byte| *byte ^= 1);
            let others = files.iter().filter(|(other, _)| other.get(..8) == name.get(..8));
            let swapped = others.map(|(_, bytes)| bytes).find(|other| *other != bytes);
            // The index only proposes entries, and makes itself anew when it cannot be opened.
            let believable = [Some(&flipped), swapped].into_iter().flatten().filter(|_| name.ends_with(".part"));
            let all = [b"garbage".as_slice(), b"", half].into_iter().chain(believable.map(Vec::as_slice));
            for damaged in all {
                fs::write(study.path(folder).join(name), damaged).unwrap();
                assert_eq!(seen(&study), before, "{folder}/{name} with {} bytes", damaged.len());
            }
        }
        fs::remove_dir_all(study.path(folder)).unwrap();
        assert_eq!(seen(&study), before, "{folder}");
    }
}

/// What people say is placed once, and again when somebody says something else; what nobody needs any more is deleted.
#[test]
fn verdicts_are_kept_until_they_change() {
    let study = judged();
    let parts = || -> Vec<String> {
        let names = tree(&study.path(".themata/cache")).into_iter().map(|(name, _)| name);
        names.filter(|name| name.starts_with("verdicts-")).collect()
    };
    let before = seen(&study);
    let kept = parts();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((seen(&study), parts()), (before.clone(), kept.clone()));
    let _ = study.run(&["memo", "add", "study", "A memo", "--coder", "ana"]).ok();
    assert_eq!((seen(&study), parts()), (before.clone(), kept.clone()));
    let _ = study.run(&["undo", "--coder", "ben"]).ok();
    assert_ne!(seen(&study), before);
    assert_eq!(parts().len(), 1);
    assert_ne!(parts(), kept);
    let _ = study.run(&["redo", "--coder", "ben"]).ok();
    assert_eq!((seen(&study), parts()), (before, kept));
}

#[test]
fn a_study_file_that_another_program_writes_can_still_be_read() {
    let study = study();
    let before = seen(&study);
    let other = rusqlite::Connection::open(study.path(".themata/study.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(seen(&study), before);
    study.write("corpus/2018-03.md", "Nobody waited.");
    let ran = study.run(&["ingest"]).fails();
    insta::assert_snapshot!(ran.stderr(), @r"
    error: cannot use the study file [STUDY]/.themata/study.db: database is locked
    hint: another themata is working on this study; wait until it is done
    ");
    assert_eq!(ran.stdout(), "");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(seen(&study), before, "nothing of the deed was kept");
    assert_eq!(study.run(&["ingest", "--json"]).ok().json()["totals"]["added"], 1);
}

/// Who does not get the index after some seconds reads every entry, and finds the same.
#[test]
fn an_index_that_another_holds_is_done_without() {
    let study = study();
    let before = seen(&study);
    let held = fs::File::create(study.path(".themata/index.lock")).unwrap();
    held.lock().unwrap();
    let ran = study.run(&["search", "wait", "--json"]).ok();
    assert_eq!(ran.stdout(), before[4]);
    insta::assert_snapshot!(ran.stderr(), @r"
    note: another themata is using the index; every entry was read instead
      hint: nothing to do: the index is brought up to date when it is free
    ");
    let ran = study.run(&["run"]).ok();
    assert!(ran.stderr().contains("note: another themata is using the index"), "{}", ran.stderr());
}

/// What a report vouches for must be what it shows.
#[test]
fn a_text_that_is_not_the_one_that_was_read_is_refused() {
    let study = study();
    let other = rusqlite::Connection::open(study.path(".themata/study.db")).unwrap();
    let changed = other
        .execute("UPDATE blob SET content = CAST('We hasted. A lawyer came.' AS BLOB) WHERE content = CAST('We waited. A lawyer came.' AS BLOB)", [])
        .unwrap();
    assert_eq!(changed, 1);
    drop(other);
    let ran = study.run(&["segments", "code=lawyer"]).fails();
    assert!(ran.stderr().contains("the text of entry 2018-01"), "{}", ran.stderr());
    assert!(!ran.stdout().contains("hasted"), "{}", ran.stdout());
}

#[test]
fn only_the_study_file_is_precious() {
    let study = judged();
    let before = seen(&study);
    for (name, _) in tree(&study.path(".themata")) {
        if name != "study.db" {
            fs::remove_file(study.path(".themata").join(name)).unwrap();
        }
    }
    // Without its sources too: only ingest and run read them.
    fs::remove_dir_all(study.path("corpus")).unwrap();
    assert_eq!(seen(&study), before);
}

/// Several at once over a study that none has read yet: each does the whole job, and what they leave is what one leaves.
#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let entries = |study: Study| {
        (0..40).fold(study, |study, number| {
            study.file(&format!("corpus/2018-{number:02}.md"), format!("We waited {number} days. A lawyer came."))
        })
    };
    let (alone, together) = (entries(Study::new()), entries(Study::new()));
    let _ = alone.run(&["run"]).ok();
    let mut running: Vec<_> = (0..4)
        .map(|_| {
            let mut command = together.command(&["run", "--json"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running.drain(..) {
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !told.contains("error"), "{told}");
    }
    assert!(tree(&alone.path("reports")) == tree(&together.path("reports")));
    assert_eq!(together.run(&["ingest", "--json"]).ok().json()["totals"], serde_json::json!({ "unchanged": 40 }));
    assert_eq!(seen(&together), seen(&alone));
}

/// Whose suggestion it is does not depend on what the codebook said before.
#[test]
fn a_rule_that_stands_twice_is_two_after_an_edit_too() {
    let codebook = |last: &str| {
        format!("[codebook]\nid = \"c\"\n\n[[code]]\nid = \"waiting\"\nrules = [\"wait\", \"wait\", \"{last}\"]\n")
    };
    let study = Study::new().file("codebooks/c.toml", codebook("judge")).file("corpus/1.md", "We waited. A judge.");
    let _ = study.run(&["ingest"]).ok();
    let terms = || study.run(&["codebook", "terms", "waiting", "--json"]).ok().stdout();
    let _ = terms();
    study.write("codebooks/c.toml", codebook("lawyer"));
    let edited = terms();
    std::fs::remove_dir_all(study.path(".themata/cache")).unwrap();
    assert_eq!(edited, terms());
}
