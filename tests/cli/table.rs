//! `themata table`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn formats_carry_the_same_counts() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.").file("corpus/2018-02.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    let csv = study.run(&["table", "frequency", "--format", "csv"]).ok().stdout();
    insta::assert_snapshot!(csv, @r#"
    id,label,level,parent,n,N,missing,percent,percent_reason,unit,evidence
    help,Help,theme,,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"theme=help,unit=entry,counts=all"
    lawyer,Lawyers,code,help,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"code=lawyer,unit=entry,counts=all"
    waiting,Waiting,code,,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"code=waiting,unit=entry,counts=all"
    "#);
    let markdown = study.run(&["table", "trend", "--format", "md"]).ok().stdout();
    assert!(markdown.contains("2018-01") && markdown.contains("2018-02"), "{markdown}");
    let _ = study.run(&["table", "frequency", "--format", "csv", "-o", "t.csv"]).ok();
    assert_eq!(study.read("t.csv"), csv);
}

/// Notes have no place in CSV, and go to a file beside it; what stands there already stays.
#[test]
fn the_notes_of_a_csv_stand_beside_it() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["table", "frequency", "-o", "t.csv"]).ok();
    insta::assert_snapshot!(study.read("t.notes.txt"), @"
    What belongs to t.csv

    Themes and codes: entries
    entries, N = 1; counts: all (accepted and not yet reviewed); coder: any
    Counts: all, that is suggestions of rules and people's codings; 0 of 1 suggestion reviewed.
    n: entries with the code at least once; N: all entries of the study. A row counts the union of what is below it, not the sum.
    No percentages: fewer than 20 units: one of them would be more than 5 %.
    ");
    // Its own file is written anew, and one that somebody else wrote is not.
    let _ = study.run(&["table", "trend", "-o", "t.csv"]).ok();
    assert!(study.read("t.notes.txt").contains("by month"), "{}", study.read("t.notes.txt"));
    std::fs::write(study.path("t.notes.txt"), "mine").unwrap();
    let told = study.run(&["table", "frequency", "-o", "t.csv"]).ok().stderr();
    assert!(told.contains("t.notes.txt is there already and stays"), "{told}");
    assert_eq!(study.read("t.notes.txt"), "mine");
}

#[test]
fn form_and_ending_agree() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["table", "frequency", "--format", "docx", "-o", "t.xlsx"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
    error: the form is docx, but the file's ending says xlsx
    hint: name the file .docx, or leave out --format
    ");
    let _ = study.run(&["table", "frequency", "--json", "-o", "t.csv"]).fails();
    assert!(!study.path("t.xlsx").exists() && !study.path("t.csv").exists());
    // A file that says only that it is text holds any text, and an unknown ending anything.
    let _ = study.run(&["table", "frequency", "--format", "latex", "-o", "t.txt"]).ok();
    assert!(study.read("t.txt").contains("\\toprule"));
    let _ = study.run(&["table", "frequency", "--format", "docx", "-o", "t.doc1"]).ok();
    assert!(std::fs::read(study.path("t.doc1")).unwrap().starts_with(b"PK"));
    let _ = study.run(&["table", "frequency", "--format", "docx", "-o", "t.txt"]).fails();
}

/// Every form of every kind of table, as files and through a pipe, and the same whatever the time zone and language are.
#[test]
fn every_kind_is_written_in_every_form_with_the_same_bytes() {
    let study = Study::new().file("corpus/2018-01.md", "## Best\n\nWe waited.").file("corpus/2018-02.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    for kind in [&["frequency"][..], &["crosstab", "section"], &["trend"], &["attribute", "month"]] {
        for (format, ending) in
            [("html", "html"), ("latex", "tex"), ("docx", "docx"), ("xlsx", "xlsx"), ("parquet", "parquet")]
        {
            let (first, second) = (format!("one.{ending}"), format!("two.{ending}"));
            let run = |file: &str, zone: &str, language: &str| {
                let arguments = [&["table"], kind, &["--format", format, "-o", file]].concat();
                let mut command = study.command(&arguments);
                command.env("TZ", zone).env("LANG", language).env("LC_ALL", language);
                let _ = study.ran(command).ok();
                std::fs::read(study.path(file)).unwrap()
            };
            let bytes = run(&first, "Pacific/Kiritimati", "de_DE.UTF-8");
            assert_eq!(bytes, run(&second, "America/Los_Angeles", "C"), "{kind:?} {format}");
        }
    }
}

/// Who writes a file names it by its form.
#[test]
fn the_ending_of_the_file_chooses_the_form() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    for (file, format) in
        [("t.csv", "csv"), ("t.CSV", "csv"), ("t.json", "json"), ("t.md", "md"), ("t.txt", "text"), ("t", "text")]
    {
        let asked = study.run(&["table", "frequency", "--format", format]).ok().stdout();
        let _ = study.run(&["table", "frequency", "-o", file]).ok();
        assert_eq!(study.read(file), asked, "{file}");
    }
    let ran = study.run(&["table", "frequency", "-o", "t.pdf"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
    error: there is no form of a table `pdf`
    hint: name the file .txt, .csv, .json, .md, .html, .tex, .docx, .xlsx or .parquet, or say the form with --format
    ");
    assert!(!study.path("t.pdf").exists());
    // What is asked for in words counts.
    let _ = study.run(&["table", "frequency", "--json", "-o", "t.data"]).ok();
    let told = study.run(&["table", "frequency", "-o", "corpus"]).fails().stderr();
    assert!(told.contains("hint: this is a folder: name a file in it"), "{told}");
}

#[test]
fn what_is_not_there_is_named() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["table", "crosstab", "sight"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
    error: there is no attribute of entries `sight`
    hint: known: date, language, month, section, source, year
    ");
    let _ = study.run(&["table", "attribute", "need", "--of", "cases"]).fails();
    let _ = study.run(&["table", "attribute", "need", "--of", "dogs"]).wrong_words();
}

/// A name is not called known and unknown in one message.
#[test]
fn without_dates_there_are_no_months() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let told = study.run(&["table", "attribute", "month"]).fails().stderr();
    assert_eq!(told, "error: there is no attribute of entries `month`\nhint: known: language, source\n");
}

#[test]
fn a_code_that_nothing_looks_for_is_named_below() {
    let codebook = CODEBOOK.replace("id = \"waiting\"", "id = \"waiting\"\nstatus = \"retired\"");
    let study = Study::new().file("codebooks/c.toml", codebook).file("corpus/a.md", "## Best\n\nWe waited.\n");
    let _ = study.run(&["ingest"]).ok();
    let words =
        |arguments: &[&str]| study.run(arguments).ok().stdout().split_whitespace().collect::<Vec<_>>().join(" ");
    let table = words(&["table", "frequency"]);
    assert!(table.contains("only people's codings count: Waiting (retired)."), "{table}");
    let _ = study.run(&["chart", "frequency", "-o", study.path("f.svg").to_str().unwrap()]).ok();
    assert!(study.read("f.svg").contains("Waiting (retired)."));
    let told = study.run(&["table", "attribute", "section"]).fails().stderr();
    insta::assert_snapshot!(told, @"
    error: there is no attribute of entries `section`
    hint: codes are counted by section: themata table crosstab section
    ");
    let columns = words(&["table", "crosstab", "section", "--unit", "sentence"]);
    assert!(columns.contains("N: all sentences of the column."), "{columns}");
}

/// December before January: without years the diary's own order is all that is known.
#[test]
fn months_without_years_stand_as_the_diary_has_them() {
    let settings = "[study]\nid = \"s\"\ncodebook = \"codebooks/c.toml\"\n\n[[source]]\npath = \"corpus/*.txt\"\npattern = '^(?P<date>[A-Z][a-z]+ \\d+)'\n";
    let study = Study::new()
        .file("themata.toml", settings)
        .file("corpus/d.txt", "December 30\nWe waited.\n\nJanuary 2\nWe waited.\n\nJanuary 3\nWe left.\n");
    let _ = study.run(&["ingest"]).ok();
    let rows = study.run(&["table", "trend", "--unit", "entry", "--format", "csv"]).ok().stdout();
    let months: Vec<&str> = rows
        .lines()
        .filter_map(|row| row.split(',').find_map(|cell| cell.strip_prefix('\'')).filter(|cell| cell.starts_with("--")))
        .collect();
    assert_eq!(months.first_chunk(), Some(&["--12", "--01"]), "{rows}");
    let svg = study.path("t.svg");
    let _ = study.run(&["chart", "trend", "-o", svg.to_str().unwrap()]).ok();
    let drawn = std::fs::read_to_string(svg).unwrap();
    assert!(drawn.find("--12 ") < drawn.find("--01 "), "{drawn}");
}

#[test]
fn attributes_count_no_codings() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    for option in ["--unit=sentence", "--counts=all"] {
        let ran = study.run(&["table", "attribute", "month", option]).wrong_words();
        assert!(
            ran.stderr().contains(&format!("unexpected argument '{}'", option.split('=').next().unwrap())),
            "{}",
            ran.stderr()
        );
    }
}

#[test]
fn dates_stand_in_the_order_of_time() {
    let study = ["2018-03", "2017-12 a", "2018-01", "2018-03 b", "2018-03 c", "2018-01 d"]
        .iter()
        .fold(Study::new(), |study, name| study.file(&format!("corpus/{name}.md"), format!("We waited for {name}.")));
    let _ = study.run(&["ingest"]).ok();
    let values = |name: &str| -> Vec<String> {
        let table = study.run(&["table", "attribute", name, "--json"]).ok().json();
        table["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {}", row["id"].as_str().unwrap(), row["n"]))
            .collect()
    };
    assert_eq!(values("month"), ["2017-12 1", "2018-01 2", "2018-03 3"]);
    assert_eq!(values("year"), ["2017 1", "2018 5"]);
}

/// A suggestion of a whole entry stands in each of its sections, counted by entries as by sentences.
#[test]
fn a_coding_over_several_sections_counts_in_each() {
    let codebook = CODEBOOK.replace("rules = [\"wait\"]", "rules = [\"wait\"]\nunit = \"entry\"");
    let study = Study::new()
        .file("codebooks/c.toml", codebook)
        .file("corpus/a.md", "We waited.\n\n## Good\n\nOne. Two.\n\n## Bad\n\nThree.\n\n## Good\n\nFour.")
        .file("corpus/b.md", "## Good\n\nNobody came.");
    let _ = study.run(&["ingest"]).ok();
    for (unit, counts) in [("entry", ["Good 1 of 2", "Bad 1 of 1"]), ("sentence", ["Good 3 of 4", "Bad 1 of 1"])] {
        let table = study.run(&["table", "crosstab", "section", "--unit", unit, "--json"]).ok().json();
        let rows: Vec<&serde_json::Value> =
            table["rows"].as_array().unwrap().iter().filter(|row| row["id"] == "waiting").collect();
        let shown: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {} of {}", row["column"].as_str().unwrap(), row["n"], row["N"]))
            .collect();
        assert_eq!(shown, counts, "{unit}");
        for row in rows {
            let lines = study.run(&["segments", row["evidence"].as_str().unwrap(), "--json"]).ok().json_lines();
            let units: std::collections::BTreeSet<String> = lines
                .iter()
                .map(|line| if unit == "entry" { line["entry"].to_string() } else { line["start"].to_string() })
                .collect();
            assert_eq!(units.len() as u64, row["n"].as_u64().unwrap(), "{}", row["evidence"]);
        }
    }
}
