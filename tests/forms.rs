//! Study files as every released form of the program wrote them: they open, are brought up to date, and are kept as they were.

use std::{fs, path::PathBuf};

use crate::harness::{Study, copy, tree};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/studies").join(name)
}

/// The tiny study with a study file of a form.
fn of_form(form: u8) -> Study {
    let study = Study::nothing();
    copy(&fixture("study"), study.root());
    study.write(".themata/study.db", fs::read(fixture(&format!("form-{form}.db"))).unwrap());
    study
}

fn kept(study: &Study, name: &str) -> Vec<u8> {
    fs::read(study.path(&format!(".themata/{name}"))).unwrap()
}

/// The names of a table's rows with n and N.
fn counted(study: &Study, words: &[&str]) -> String {
    let table = study.run(&[&["table", "frequency", "--json"], words].concat()).ok().json();
    let rows = table["rows"].as_array().unwrap().iter();
    let rows: Vec<String> =
        rows.map(|row| format!("{} {}/{}", row["id"].as_str().unwrap(), row["n"], row["N"])).collect();
    format!("{}: {}", table["counts"].as_str().unwrap(), rows.join(", "))
}

#[test]
fn every_form_opens_and_is_kept_as_it_was() {
    let newest = fs::read_dir(fixture("study").parent().unwrap()).unwrap().count() - 1;
    for form in 1..=u8::try_from(newest).unwrap() {
        let study = of_form(form);
        let before = kept(&study, "study.db");
        let seen = counted(&study, &["--counts", "all"]);
        assert!(seen.starts_with("all: waiting 2/2, bus"), "form {form}: {seen}");
        assert!(study.run(&["ingest"]).ok().stdout().contains("2 unchanged"), "form {form}");
        let _ = study.run(&["verify"]).ok();
        let copy = format!("study.db.form-{form}");
        if usize::from(form) < newest {
            // The copy holds what the file held; the pages may lie otherwise.
            let rows = |bytes: &[u8]| {
                let file = tempfile::NamedTempFile::new().unwrap();
                fs::write(file.path(), bytes).unwrap();
                let connection = rusqlite::Connection::open(file.path()).unwrap();
                let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
                let events: i64 = connection.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap();
                (version, events)
            };
            assert_eq!(rows(&kept(&study, &copy)), rows(&before), "form {form}");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = fs::metadata(study.path(&format!(".themata/{copy}"))).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600);
            }
            // Opened again, it is up to date, and no second copy is made.
            let first = kept(&study, &copy);
            let _ = study.run(&["log"]).ok();
            assert!(kept(&study, &copy) == first, "form {form}");
        } else {
            assert!(!study.path(&format!(".themata/{copy}")).exists());
        }
        let _ = study.run(&["decide", "accept", "2018-01", "--code", "bus", "--coder", "ana"]).ok();
        let _ = study.run(&["undo", "--coder", "ana"]).ok();
        let _ = study.run(&["verify"]).ok();
    }
}

/// Programs that open an older file at once bring it up to date once, and copy only what it was.
#[test]
fn programs_at_once_make_one_copy() {
    for _ in 0..4 {
        let study = of_form(2);
        let started: Vec<_> = (0..8)
            .map(|_| {
                let mut command = study.command(&["log"]);
                let _ = command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
                command.spawn().unwrap()
            })
            .collect();
        for mut child in started {
            assert_eq!(child.wait().unwrap().code(), Some(0));
        }
        let names: Vec<String> = tree(&study.path(".themata")).into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"study.db.form-2".to_owned()), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("form-3") || name.ends_with(".new")), "{names:?}");
        let _ = study.run(&["verify"]).ok();
    }
}

/// What a stopped copying left is no copy: it is made whole.
#[test]
fn half_a_copy_is_none() {
    let study = of_form(2);
    study.write(".themata/study.db.form-2.new", "half");
    let _ = study.run(&["log"]).ok();
    let connection = rusqlite::Connection::open(study.path(".themata/study.db.form-2")).unwrap();
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 2);
    assert!(!study.path(".themata/study.db.form-2.new").exists());
}

/// What people did under an earlier program counts as it did.
#[test]
fn acts_of_form_3_count() {
    let study = of_form(3);
    assert_eq!(counted(&study, &[]), "accepted: waiting 1/1, bus 0/1");
    assert_eq!(
        study.run(&["segments", "code=waiting,unit=entry,counts=accepted", "--json"]).ok().json_lines().len(),
        2
    );
    assert_eq!(study.run(&["log", "--kind", "act", "--json"]).ok().json_lines().len(), 1);
    assert!(study.run(&["memo", "list"]).ok().stdout().contains("A memo"));
    assert_eq!(study.run(&["redo", "--coder", "ana", "--json"]).ok().json()["what"], "coded bus in 2018-02");
}

#[test]
fn older_copies_and_bundles_join() {
    let study = of_form(3);
    let _ = study.run(&["export", "log", "all.jsonl"]).ok();
    for form in [1, 2] {
        // A copy of an older form is read as it is.
        let other = of_form(form);
        let before = kept(&other, "study.db");
        let one = of_form(3);
        let _ = one.run(&["merge", other.path(".themata/study.db").to_str().unwrap()]).ok();
        assert!(kept(&other, "study.db") == before, "form {form}");
        assert_eq!(counted(&one, &[]), "accepted: waiting 1/1, bus 0/1");
        let _ = one.run(&["verify"]).ok();
        // And acts join a study of an older form.
        let bundle = study.path("all.jsonl");
        let _ = other.run(&["merge", bundle.to_str().unwrap()]).ok();
        assert_eq!(counted(&other, &[]), "accepted: waiting 1/1, bus 0/1");
        let _ = other.run(&["verify"]).ok();
    }
}

#[test]
fn a_file_that_is_not_understood_stays_as_it_is() {
    let refused = |bytes: &[u8], words: &str| {
        let study = of_form(3);
        study.write(".themata/study.db", bytes);
        for command in [&["table", "frequency"][..], &["verify"], &["ingest"], &["undo", "--coder", "ana"]] {
            let told = study.run(command).fails().stderr();
            assert!(told.contains(words) && told.contains("hint: "), "{told}");
        }
        assert!(kept(&study, "study.db") == bytes, "the file was touched");
        let names: Vec<String> = tree(&study.path(".themata")).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["study.db"]);
    };
    let changed = |sql: &str| {
        let study = of_form(3);
        rusqlite::Connection::open(study.path(".themata/study.db")).unwrap().execute_batch(sql).unwrap();
        kept(&study, "study.db")
    };
    refused(&changed("PRAGMA user_version = 99"), "was written by a newer themata (format 99");
    refused(&changed("PRAGMA application_id = 0"), "is not a study file of themata");
    refused(b"This is a text and no study file, and long enough to be read as one.\n", "is damaged");
}
