//! Names and words that try to get out: of the report's folder, of the terminal, of one table into another's file.

use crate::harness::{CODEBOOK, SETTINGS, Study};

#[test]
fn a_codebooks_id_does_not_lead_out_of_reports() {
    for id in ["../../evil", "..", "/evil", "a/b", "."] {
        let codebook = CODEBOOK.replacen("id = \"c\"", &format!("id = \"{id}\""), 1);
        let study = Study::new().file("corpus/a.md", "We waited.").file("codebooks/c.toml", codebook);
        let ran = study.run(&["run"]).fails();
        assert!(ran.stderr().contains(&format!("`{id}` cannot be an id")), "{}", ran.stderr());
        assert!(!study.path("reports").exists());
    }
}

#[test]
fn a_manifest_deletes_only_what_the_program_wrote() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    let trend = study.read("reports/c/tables/trend-sentences.csv");
    study.write("mine.txt", "mine");
    study.write("reports/c/note.md", "mine");
    let hash = themata::id::Hash::of("mine");
    let manifest = study.read("reports/c/manifest.json");
    let names =
        format!("\"files\": {{ \"../../mine.txt\": \"{hash}\", \"note.md\": \"{}\",", themata::id::Hash::of("x"));
    assert!(manifest.contains("\"files\": {"));
    study.write("reports/c/manifest.json", manifest.replacen("\"files\": {", &names, 1));
    // Without a date the report has no trend any more; the file of the old one goes.
    std::fs::rename(study.path("corpus/2018-01.md"), study.path("corpus/undated.md")).unwrap();
    std::fs::remove_dir_all(study.path(".themata")).unwrap();
    let _ = study.run(&["run"]).ok();
    assert_eq!((study.read("mine.txt"), study.read("reports/c/note.md")), ("mine".to_owned(), "mine".to_owned()));
    assert!(!study.path("reports/c/tables/trend-sentences.csv").exists());
    assert!(!trend.is_empty());
}

#[test]
fn tables_whose_names_differ_only_in_marks_have_files_of_their_own() {
    let settings =
        format!("{}[report]\nby = [\"a b\", \"a-b\", \"../x\"]\n", SETTINGS.replace("corpus/*.md", "corpus/*.csv"));
    let study = Study::new()
        .file("themata.toml", settings)
        .file("corpus/s.csv", "id,a b,a-b,../x,text\n1,one,two,three,We waited.\n");
    let _ = study.run(&["run"]).ok();
    let column = |file: &str| {
        let table = study.read(&format!("reports/c/tables/{file}.csv"));
        table.lines().nth(1).unwrap().split(',').nth(4).unwrap().to_owned()
    };
    assert_eq!((column("by-a-b"), column("by-a-b-2"), column("by----x")), ("one".into(), "two".into(), "three".into()));
}

#[test]
fn words_do_not_steer_a_terminal() {
    let text = format!("We waited \u{1b}[31m\u{7}here. {}", "Many words stand here. ".repeat(200));
    let study = Study::new().file("corpus/a.md", text);
    let _ = study.run(&["ingest"]).ok();
    for arguments in [["search", "wait"], ["segments", "code=waiting"]] {
        let shown = study.run(&arguments).ok().stdout();
        assert!(shown.contains("waited"), "{shown}");
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    }
    // A program gets the text as it is.
    let line = &study.run(&["search", "wait", "--json"]).ok().json_lines()[0];
    assert!(line["right"].as_str().unwrap().starts_with(" \u{1b}[31m\u{7}here."), "{line}");
}

#[test]
fn a_register_that_the_settings_name_no_more_is_in_no_report() {
    let study = Study::new()
        .file("themata.toml", format!("{SETTINGS}[cases]\npath = \"cases.csv\"\nid = \"id\"\n"))
        .file("cases.csv", "id,need\n1,asylum\n2,visa\n")
        .file("corpus/a.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    assert!(study.path("reports/c/tables/cases-need.csv").exists());
    study.write("themata.toml", SETTINGS);
    let _ = study.run(&["run"]).ok();
    assert!(!study.path("reports/c/tables/cases-need.csv").exists());
    assert!(!study.read("reports/c/index.html").contains("asylum"));
    let _ = study.run(&["table", "attribute", "need", "--of", "cases"]).fails();
}

/// All pairs of 60,000 words would take minutes; the time limit is far above what a window takes, and below that.
#[test]
fn distances_in_one_endless_sentence_end() {
    let study = Study::new().file("corpus/a.md", "words without end ".repeat(60_000));
    let _ = study.run(&["ingest"]).ok();
    let mut command = study.command(&["search", "words THEN/2 end", "--limit", "1"]);
    let quiet = std::process::Stdio::null;
    let mut child = command.stdout(quiet()).stderr(quiet()).spawn().unwrap();
    let limit = 200;
    let ended = (0..limit).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        child.try_wait().unwrap().is_some()
    });
    if !ended {
        child.kill().unwrap();
    }
    assert!(ended, "still at it after {} seconds", limit / 10);
}
