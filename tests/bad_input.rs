//! Input that is wrong, hostile, huge or out of reach: it is named with its cure, and the rest is done.

use crate::harness::{CODEBOOK, SETTINGS, Study};

#[test]
fn every_encoding_says_the_same() {
    let text = "Niño \u{2018}waited\u{2019} \u{1f60a}\r\nfor the lawyer.";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let study = Study::new()
        .file("corpus/1.md", text)
        .file("corpus/2.md", format!("\u{feff}{text}"))
        .file("corpus/3.md", utf16)
        .file("corpus/4.md", b"Ni\xf1o \x91waited\x92 here\r\nfor the lawyer.".as_slice());
    let report = study.run(&["ingest", "--json"]).ok().json();
    assert_eq!(report["totals"]["added"], 4);
    assert_eq!(report["totals"]["duplicate"], 2);
    let hits = study.run(&["search", "\"nino\"", "--json"]).ok().json_lines();
    assert_eq!(hits.len(), 4);
    assert!(hits.iter().all(|hit| hit["hit"] == "Niño"), "{hits:?}");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let binary: Vec<u8> = (0..2000_u32).map(|n| (n * 7919 % 256) as u8).collect();
    let settings = format!(
        "{SETTINGS}\n[[source]]\npath = \"corpus/*.csv\"\ncolumns = {{ text = \"answer\" }}\n\n[[source]]\npath = \"nowhere/*.md\"\n"
    );
    let study = Study::new()
        .file("themata.toml", settings)
        .file("corpus/bad.md", binary)
        .file("corpus/empty.md", " \n")
        .file("corpus/front.md", "+++\ndate = [1, 2\n+++\nWords.")
        .file("corpus/good.md", "We waited.")
        .file("corpus/table.csv", "id,text\n1,hello\n");
    let ran = study.run(&["run"]).finds_problems();
    assert!(ran.stdout().contains("1 added"), "{}", ran.stdout());
    assert!(ran.stdout().contains("Waiting    1 of 1"), "{}", ran.stdout());
    let told = ran.stderr();
    for part in [
        "corpus/bad.md: looks like a binary file",
        "corpus/empty.md: is empty",
        "corpus/front.md:",
        "has no column `answer`",
        "nowhere/*.md",
    ] {
        assert!(told.contains(part), "{part} in\n{told}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let evil = "<script>alert(1)</script>";
    let codebook = CODEBOOK.replace("\"Waiting\"", "'<script>alert(2)</script>'").replace("\"Lawyers\"", "'=cmd()|x'");
    let study = Study::new().file("codebooks/c.toml", codebook).file(
        "corpus/2018-01.md",
        format!("+++\nsite = '{evil}'\n+++\n## {evil}\n\nWe waited {evil} for the lawyer.\n\n## Two\n\nWaiting."),
    );
    let _ = study.run(&["run"]).ok();
    let page = study.read("reports/c/index.html");
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("<script>alert"), "a script of an entry would run");
    assert!(!study.read("reports/c/report.md").contains("<script>alert"));
    let csv = study.run(&["table", "frequency", "--format", "csv"]).ok().stdout();
    assert!(csv.contains("'=cmd()|x"), "{csv}");
}

#[test]
fn a_long_line_is_read() {
    let study = Study::new().file("corpus/long.md", "words without end ".repeat(300_000) + "waited");
    let ran = study.run(&["run"]).ok();
    assert!(ran.stdout().contains("Waiting    1 of 1"), "{}", ran.stdout());
    assert!(study.read("reports/c/index.html").len() < 500_000);
}

#[test]
fn settings_show_their_mistakes() {
    let study = Study::new().file(
        "themata.toml",
        "[study]\nid = \"s\"\ncodebok = \"x\"\n[[source]]\npath = \"*.md\"\nsplit = \"blanks\"\n",
    );
    let ran = study.run(&["run"]).fails();
    insta::assert_snapshot!(ran.stderr(), @r#"
    error: [study] has no `codebook`
     --> themata.toml:1:1
      |
    1 | [study]
      | ^^^^^^^
      |
      = hint: add `codebook = "…"`

    error: unknown key `codebok` in [study]
     --> themata.toml:3:1
      |
    3 | codebok = "x"
      | ^^^^^^^
      |
      = hint: did you mean `codebook`?

    error: `blanks` is not a value of `split`
     --> themata.toml:6:9
      |
    6 | split = "blanks"
      |         ^^^^^^^^
      |
      = hint: possible: none, heading, blank:2 (a new entry after two blank lines), pattern

    error: themata.toml cannot be used: 3 errors
    hint: mend the places shown above and try again
    "#);
}

/// A slip in the syntax may hide keys: nothing is said to be missing because of it.
#[test]
fn after_a_syntax_error_only_syntax_errors_are_told() {
    let study = Study::new().file("themata.toml", SETTINGS.replacen("id = \"s\"", "id = \"s", 1));
    let told = study.run(&["run"]).fails().stderr();
    assert!(told.contains("themata.toml:2:"), "{told}");
    assert!(!told.contains("has no") && !told.contains("unknown key"), "{told}");
    let study = Study::new().file("codebooks/c.toml", CODEBOOK.replacen("label = \"Help\"", "label = \"Help", 1));
    let told = study.run(&["codebook", "check"]).finds_problems().stderr();
    assert!(told.contains("codebooks/c.toml:8:"), "{told}");
    assert!(!told.contains("has no") && !told.contains("there is no"), "{told}");
}

#[test]
fn a_missing_codebook_is_named() {
    let study = Study::new().file("corpus/a.md", "Words.");
    std::fs::remove_file(study.path("codebooks/c.toml")).unwrap();
    let ran = study.run(&["run"]).fails();
    assert!(ran.stderr().contains("codebooks/c.toml"), "{}", ran.stderr());
    assert!(ran.stderr().contains("hint: check the path"), "{}", ran.stderr());
}

#[test]
fn a_damaged_index_is_built_again() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    study.write(".themata/index/meta.json", "garbage");
    assert_eq!(study.run(&["search", "wait", "--json"]).ok().json_lines().len(), 1);
    std::fs::remove_dir_all(study.path(".themata/index")).unwrap();
    assert_eq!(study.run(&["search", "wait", "--json"]).ok().json_lines().len(), 1);
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let study = Study::new()
        .file("corpus/a.md", "Words.")
        .file(".themata/study.db", "not a database at all, but some notes of mine");
    let ran = study.run(&["run"]).fails();
    assert!(ran.stderr().contains("study.db"), "{}", ran.stderr());
    assert!(study.read(".themata/study.db").starts_with("not a database"));
}

/// A file that is there but is not understood any more: nothing is known of its entries, so nothing happens to them.
#[test]
fn entries_of_a_source_that_cannot_be_understood_stay() {
    let study = Study::new().file("corpus/a.md", "We waited.").file("corpus/b.md", "A lawyer came.");
    let _ = study.run(&["ingest"]).ok();
    for unreadable in [&[0, 1, 2, 3, 0, 255][..], b"---\nsite: East\nA lawyer came."] {
        study.write("corpus/b.md", unreadable);
        for arguments in [&["ingest"][..], &["ingest"], &["ingest", "corpus/b.md"]] {
            let ran = study.run(arguments).finds_problems();
            assert!(ran.stderr().contains("; its 1 entry stays as it was read last"), "{}", ran.stderr());
            assert!(ran.stdout().contains("entries: 2 unchanged, 1 refused"), "{}", ran.stdout());
        }
        assert_eq!(study.run(&["table", "frequency", "--json"]).ok().json()["N"], 2);
    }
    // One that is empty holds no entry any more.
    study.write("corpus/b.md", "");
    let ran = study.run(&["ingest"]).finds_problems();
    assert!(ran.stdout().contains("1 unchanged, 1 missing, 1 refused"), "{}", ran.stdout());
}

/// An entry that is not found may be in the part that was refused; then it is not said to be gone.
#[test]
fn an_entry_may_be_in_a_refused_part() {
    let settings = SETTINGS.replace("*.md", "*.csv");
    let study =
        Study::new().file("themata.toml", settings).file("corpus/s.csv", "id,text\n1,We waited.\n2,A lawyer.\n");
    let _ = study.run(&["ingest"]).ok();
    study.write("corpus/s.csv", "id,text\n1,We waited.\n2,A lawyer,\"but\n");
    let told = study.run(&["ingest"]).finds_problems().stdout();
    assert!(
        told.contains("missing    2  its source no longer holds it, or holds it in a part that was refused;"),
        "{told}"
    );
}

/// A study file that was cut off, overwritten or emptied: it is named, left as it is, and the cure is told.
#[test]
fn a_damaged_study_file_is_named_with_its_cure() {
    let study = (0..60).fold(Study::new(), |study, number| {
        study.file(&format!("corpus/{number}.md"), format!("We waited {number} days. {}", "Many words. ".repeat(80)))
    });
    let _ = study.run(&["run"]).ok();
    let whole = std::fs::read(study.path(".themata/study.db")).unwrap();
    assert!(whole.len() > 40_000, "{}", whole.len());
    for damaged in [b"garbage".repeat(999), whole[..whole.len() / 2].to_vec(), whole[..5000].to_vec(), Vec::new()] {
        for journal in ["-wal", "-shm"] {
            std::fs::remove_file(study.path(&format!(".themata/study.db{journal}"))).unwrap_or_default();
        }
        study.write(".themata/study.db", &damaged);
        let ran = study.run(&["run"]).fails();
        let told = ran.stderr();
        assert!(told.starts_with("error: the study file [STUDY]/.themata/study.db is "), "{told}");
        assert!(told.contains("hint: keep it as it is, under another name, and put your last copy"), "{told}");
        assert!(std::fs::read(study.path(".themata/study.db")).unwrap() == damaged, "it was touched");
    }
    study.write(".themata/study.db", &whole);
    let _ = study.run(&["run"]).ok();
}

/// Damage in a cell, which SQLite itself does not see.
#[test]
fn damage_inside_the_study_file_has_its_cure() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    let other = rusqlite::Connection::open(study.path(".themata/study.db")).unwrap();
    assert_eq!(other.execute("UPDATE reading SET entries = '['", []), Ok(1));
    drop(other);
    let told = study.run(&["run"]).fails().stderr();
    assert!(told.contains("is damaged"), "{told}");
    assert!(told.contains("hint: keep it as it is, under another name"), "{told}");
}

#[test]
fn a_colour_is_a_colour() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    for (color, works) in [("#1f77b4", true), ("red;}</style><script>", false), ("#12345g", false), ("#fff", false)] {
        study.write(
            "codebooks/c.toml",
            CODEBOOK.replace("label = \"Waiting\"", &format!("label = \"W\"\ncolor = \"{color}\"")),
        );
        let ran = study.run(&["match"]);
        if works {
            let _ = ran.ok();
        } else {
            let told = ran.fails().stderr();
            assert!(told.contains("is not a colour"), "{told}");
        }
    }
}

/// Names of files are shown without what would turn a line around.
#[test]
fn names_do_not_steer_the_terminal() {
    let study = Study::new().file("corpus/a\u{202e}dm.md", "We waited.").file("corpus/b.md", "");
    let ran = study.run(&["ingest"]).finds_problems();
    let all = ran.stdout() + &ran.stderr();
    assert!(all.contains("corpus/adm.md") && !all.contains('\u{202e}'), "{all}");
}

/// A register that is refused is refused as long as it is so, and the one read last still counts.
#[test]
fn the_case_register_says_what_is_wrong_until_it_is_right() {
    let study = Study::new()
        .file("themata.toml", format!("{SETTINGS}\n[cases]\npath = \"cases.csv\"\nid = \"patient\"\n"))
        .file("corpus/a.md", "Words.");
    let refused = |content: Option<&str>, part: &str| {
        match content {
            Some(content) => study.write("cases.csv", content),
            None => std::fs::remove_file(study.path("cases.csv")).unwrap_or_default(),
        }
        for _ in 0..2 {
            let ran = study.run(&["ingest"]).finds_problems();
            assert!(ran.stderr().contains(part), "{part} in\n{}", ran.stderr());
        }
    };
    refused(None, "refused: cases.csv: cannot be read");
    refused(Some("id,need\n1,asylum\n"), "has no column `patient`; there are `id`, `need`");
    refused(Some("patient,need\n1,asylum\n1,visa\n"), "cases.csv:3: case `1` stands twice: it is on line 2 too");
    refused(Some("patient,need\n1,asylum\n,visa\n"), "cases.csv:3: the case has no `patient`");
    refused(None, "refused: cases.csv: cannot be read");
    let table = study.run(&["table", "attribute", "need", "--of", "cases", "--json"]).ok().json();
    assert_eq!((&table["N"], &table["rows"][0]["id"]), (&1.into(), &"asylum".into()));
    study.write("cases.csv", "patient,need\n1,asylum\n2,visa\n");
    assert!(study.run(&["ingest"]).ok().stdout().contains("cases: 2 (cases.csv)"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_or_passed_over() {
    let study = Study::new().file("corpus/a.md", "We waited.").file("corpus/folder.md/b.txt", "A folder.");
    std::os::unix::fs::symlink("loop.md", study.path("corpus/loop.md")).unwrap();
    let ran = study.run(&["ingest"]).finds_problems();
    assert!(ran.stderr().contains("corpus/loop.md: cannot be read"), "{}", ran.stderr());
    assert!(ran.stdout().contains("1 added, 1 refused"), "{}", ran.stdout());
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_in_another_encoding_and_a_pipe_are_refused_and_the_rest_is_read() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let study = Study::new().file("corpus/a.md", "We waited.");
    std::fs::write(study.path("corpus").join(OsStr::from_bytes(b"caf\xe9.md")), "We waited.").unwrap();
    let made = std::process::Command::new("mkfifo").arg(study.path("corpus/pipe.md")).status();
    assert!(made.unwrap().success());
    let ran = study.run(&["ingest"]).finds_problems();
    assert!(ran.stdout().contains("1 added, 2 refused"), "{}", ran.stdout());
    for part in ["corpus/caf\u{fffd}.md: the name of the file is not Unicode", "corpus/pipe.md: is a pipe"] {
        assert!(ran.stderr().contains(part), "{part} in\n{}", ran.stderr());
    }
}

#[cfg(unix)]
#[test]
fn a_device_is_no_codebook() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    let ran = study.run(&["--codebook", "/dev/zero", "codebook", "check"]).fails();
    assert!(ran.stderr().contains("it is a pipe, a device or a socket, not a file"), "{}", ran.stderr());
}

#[test]
fn a_codebook_of_other_bytes() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    study.write("codebooks/c.toml", format!("\u{feff}{}", CODEBOOK.replace('\n', "\r\n")));
    assert!(study.run(&["run"]).ok().stdout().contains("Waiting    1 of 1"));
    study.write("codebooks/c.toml", b"[codebook]\nid = \"caf\xe9\"\n");
    let ran = study.run(&["table", "frequency"]).fails();
    assert!(ran.stderr().contains("codebooks/c.toml: it is not UTF-8"), "{}", ran.stderr());
    study.write("codebooks/c.toml", "[codebook\nid = 1\n");
    let ran = study.run(&["codebook", "check"]).finds_problems();
    assert!(ran.stderr().contains("codebooks/c.toml:1:10"), "{}", ran.stderr());
}

#[test]
fn expressions_out_of_bounds() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    for (expression, part) in [
        ("(".repeat(100_000), "too many brackets inside brackets"),
        ("/(a{1000}){1000}/".to_owned(), "not a regular expression"),
        ("/x*/".to_owned(), "matches the empty string"),
        ("*ing".to_owned(), "--leading-wildcards"),
        ("wait NEAR/1000 x".to_owned(), "1 to 999"),
        ("\u{1f60a}".to_owned(), "no letter or digit"),
        ("\"wait".to_owned(), "add a closing"),
    ] {
        let ran = study.run(&["search", &expression]).fails();
        assert!(ran.stderr().contains(part), "{part} in\n{}", ran.stderr());
        assert_eq!(ran.stdout(), "");
    }
    assert_eq!(study.run(&["search", "--leading-wildcards", "*ited", "--json"]).ok().json_lines().len(), 1);
}

#[cfg(unix)]
mod as_another_user {
    use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

    use super::*;
    use crate::harness::another_user::{possible, run};

    #[test]
    fn a_study_that_may_not_be_written() {
        if !possible() {
            return;
        }
        let study = Study::new().file("corpus/a.md", "We waited.");
        let ran = run(&study, &["run"]).fails();
        assert!(ran.stderr().contains("cannot make [STUDY]/.themata: Permission denied"), "{}", ran.stderr());
        assert!(ran.stderr().contains("hint: check that you may write in the study's folder"), "{}", ran.stderr());
    }

    #[test]
    fn reports_that_may_not_be_written() {
        if !possible() {
            return;
        }
        let study = Study::new().file("corpus/a.md", "We waited.").file("reports/keep.txt", "");
        let _ = Command::new("chown").arg("65534").arg(study.root()).status().unwrap();
        let ran = run(&study, &["run"]).fails();
        assert!(ran.stdout().contains("Waiting    1 of 1"), "{}", ran.stdout());
        assert!(ran.stderr().contains("cannot write [STUDY]/reports/c/"), "{}", ran.stderr());
        assert!(run(&study, &["search", "wait"]).ok().stdout().contains("[waited]"));
    }

    #[test]
    fn a_source_that_may_not_be_read() {
        if !possible() {
            return;
        }
        let study = Study::new().file("corpus/a.md", "We waited.").file("corpus/b.md", "Secret.");
        fs::set_permissions(study.path("corpus/b.md"), fs::Permissions::from_mode(0o600)).unwrap();
        let _ = Command::new("chown").arg("65534").arg(study.root()).status().unwrap();
        let ran = run(&study, &["ingest"]).finds_problems();
        assert!(ran.stdout().contains("entries: 1 added, 1 refused"), "{}", ran.stdout());
        assert!(ran.stderr().contains("corpus/b.md: cannot be read: Permission denied"), "{}", ran.stderr());
    }

    /// Ways to shut a source; what is opened again is as it was, nothing is added or revised.
    #[test]
    fn a_source_that_is_shut_for_a_while_is_no_loss() {
        if !possible() {
            return;
        }
        let study = Study::new().file("corpus/a.md", "We waited.").file("corpus/b.md", "A lawyer.");
        let _ = Command::new("chown").arg("-R").arg("65534").arg(study.root()).status().unwrap();
        let _ = run(&study, &["ingest"]).ok();
        let before = run(&study, &["table", "frequency", "--json"]).ok().stdout();
        for (place, open) in [("corpus/b.md", 0o644), ("corpus", 0o755)] {
            fs::set_permissions(study.path(place), fs::Permissions::from_mode(0o000)).unwrap();
            let ran = run(&study, &["ingest"]).finds_problems();
            let told = ran.stderr();
            assert!(told.contains(&format!("refused: {place}: cannot be read")), "{told}");
            assert!(told.contains(if open == 0o644 { "its 1 entry stays" } else { "its 2 entries stay" }), "{told}");
            assert!(ran.stdout().contains("entries: 2 unchanged, 1 refused"), "{}", ran.stdout());
            assert_eq!(run(&study, &["table", "frequency", "--json"]).ok().stdout(), before, "{place} is shut");
            fs::set_permissions(study.path(place), fs::Permissions::from_mode(open)).unwrap();
            let report = run(&study, &["ingest", "--json"]).ok().json();
            assert_eq!(report["totals"], serde_json::json!({ "unchanged": 2 }), "{place}");
            assert_eq!(run(&study, &["table", "frequency", "--json"]).ok().stdout(), before, "{place}");
        }
    }

    #[test]
    fn a_study_file_that_may_not_be_written() {
        if !possible() {
            return;
        }
        let study = Study::new().file("corpus/a.md", "We waited.");
        let _ = study.run(&["run"]).ok();
        for folder in [".themata", ".themata/cache", ".themata/index"] {
            fs::set_permissions(study.path(folder), fs::Permissions::from_mode(0o555)).unwrap();
        }
        fs::set_permissions(study.path(".themata/study.db"), fs::Permissions::from_mode(0o444)).unwrap();
        // What was read and matched can be looked at.
        let table = run(&study, &["table", "frequency"]).ok();
        assert!(table.stdout().contains("Waiting    1 of 1"), "{}", table.stdout());
        assert!(run(&study, &["search", "wait"]).ok().stdout().contains("[waited]"));
        assert!(run(&study, &["ingest"]).ok().stdout().contains("entries: 1 unchanged"));
        // What would be new cannot be kept, and that is said.
        fs::write(study.path("corpus/a.md"), "We waited again.").unwrap();
        let ran = run(&study, &["ingest"]).fails();
        assert!(ran.stderr().contains("cannot use the study file [STUDY]/.themata/study.db"), "{}", ran.stderr());
        assert!(ran.stderr().contains("hint: check that you may write"), "{}", ran.stderr());
    }
}
