//! `themata table`.

mod check;

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

/// A study of cases alone: need and language, one line a case.
fn register(rows: &[(&str, &str, usize)], min_cell: &str) -> Study {
    let settings = format!("{}\n[cases]\npath = \"cases.csv\"\nid = \"case\"\n{min_cell}", crate::harness::SETTINGS);
    let mut csv = "case,need,language\n".to_owned();
    let mut case = 0;
    for (need, language, times) in rows {
        for _ in 0..*times {
            case += 1;
            csv += &format!("{case},{need},{language}\n");
        }
    }
    let study = Study::new().file("themata.toml", settings).file("cases.csv", csv).file("corpus/a.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    study
}

const MIN_CELL: &str = "[privacy]\nmin_cell = 11\n";

/// Small numbers are gone from every form, with all from which they could be worked out; what is large stays.
#[test]
fn small_cells_are_hidden_in_every_form() {
    let rows = [
        ("asylum", "es", 95),
        ("work", "es", 57),
        ("visa", "es", 14),
        ("appeal", "es", 11),
        ("bond", "es", 4),
        ("tps", "es", 2),
    ];
    let study = register(&rows, MIN_CELL);
    let table = study.run(&["table", "attribute", "need", "--of", "cases", "--interval", "--json"]).ok().json();
    let row = |row: &serde_json::Value| {
        format!("{} {} {} {}", row["id"].as_str().unwrap(), row["n"], row["suppressed"], row["ci"])
    };
    let rows: Vec<String> = table["rows"].as_array().unwrap().iter().map(row).collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    asylum 95 null [44.70900705697971,59.03748477849546]
    work 57 null [24.88361493242652,38.18667983217542]
    visa 14 null [4.611535309228653,12.430431190964097]
    appeal null "complementary" null
    bond null "primary" null
    tps null "primary" null
    "#);
    assert!(
        table["rows"].as_array().unwrap().iter().filter(|row| row["n"].is_null()).all(|row| row["percent"].is_null())
    );
    insta::assert_snapshot!(study.run(&["table", "attribute", "need", "--of", "cases"]).ok().stdout(), @"
    Need: cases
    cases, N = 183

                n of N     %
    ────────────────────────
    asylum   95 of 183  51.9
    work     57 of 183  31.1
    visa     14 of 183   7.7
    appeal    — of 183     —
    bond    <11 of 183     —
    tps     <11 of 183     —

    N: cases of the register with a value of need; one value a case.
    <11: hidden, since fewer than 11 persons could be recognised. —: hidden, since a
    small number could be worked out from it. Zero is shown.
    ");
    let svg = {
        let _ = study.run(&["chart", "attribute", "need", "--of", "cases", "-o", "f.svg"]).ok();
        study.read("f.svg")
    };
    assert!(
        svg.contains("&lt;11")
            && !svg.contains(" 4 of")
            && !svg.contains(" 2 of")
            && !svg.contains(">4 of")
            && !svg.contains(">2 of"),
        "{svg}"
    );
    let _ = study.run(&["run"]).ok();
    let page = study.read("reports/c/index.html");
    assert!(page.contains("&lt;11") && !page.contains("cases=need:bond\" data-n"), "hidden rows open nothing");
}

/// Where a total is itself small nothing can be hidden: the table is refused, and left out of the report with a remark.
#[test]
fn a_table_that_cannot_be_protected_is_refused() {
    let study = register(&[("asylum", "es", 30), ("asylum", "ht", 4), ("work", "es", 20)], MIN_CELL);
    let ran = study.run(&["table", "attribute", "need", "--of", "cases", "--by", "language"]).fails();
    assert!(ran.stderr().contains("cannot be shown without giving small numbers of persons away"), "{}", ran.stderr());
    let study = register(&[("asylum", "es", 5), ("work", "ht", 4)], MIN_CELL);
    let _ = study.run(&["run"]).ok();
    let report = study.read("reports/c/report.md");
    assert!(report.contains("Left out: Cases: Language") && !report.contains("| ht |"), "{report}");
}

#[test]
fn nothing_is_hidden_unless_it_is_asked_for() {
    let study = register(&[("asylum", "es", 30), ("work", "ht", 4)], "");
    let table = study.run(&["table", "attribute", "need", "--of", "cases", "--json"]).ok().json();
    assert_eq!((&table["rows"][1]["n"], table["rows"][1].get("suppressed")), (&4.into(), None));
    let wrong = format!("{}\n[privacy]\nmin_cell = 1\n", crate::harness::SETTINGS);
    study.write("themata.toml", wrong);
    assert!(study.run(&["table", "frequency"]).fails().stderr().contains("smallest number of persons"));
}

/// Several values in one cell: two denominators, each said.
#[test]
fn multiple_responses_are_found_and_said() {
    let study = register(&[("asylum; work", "es", 10), ("asylum", "es", 10), ("work", "ht", 5)], "");
    let table = study.run(&["table", "attribute", "need", "--of", "cases", "--json"]).ok().json();
    let row = |row: &serde_json::Value| {
        format!(
            "{} {}/{} {} {}",
            row["id"].as_str().unwrap(),
            row["n"],
            row["N"],
            row["percent"],
            row["percent_of_responses"]
        )
    };
    let rows: Vec<String> = table["rows"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(rows, ["asylum 20/25 80 57", "work 15/25 60 43"]);
    assert_eq!(table["parameters"]["response"], "multiple");
    assert!(
        table["notes"][1].as_str().unwrap().starts_with("Multiple response: 25 cases gave 35 responses."),
        "{}",
        table["notes"]
    );
    let lines = study.run(&["segments", "cases=need:work", "--json"]).ok().json_lines();
    assert_eq!(lines.len(), 15);
}

#[test]
fn attributes_of_entries_can_have_several_values() {
    let study = Study::new()
        .file("corpus/1.md", "+++\ntags = [\"p\", \"q\"]\n+++\nWe waited.")
        .file("corpus/2.md", "+++\ntags = [\"p\"]\n+++\nWe waited.");
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "attribute", "tags", "--json"]).ok().json();
    let rows: Vec<_> =
        table["rows"].as_array().unwrap().iter().map(|row| (row["id"].clone(), row["n"].clone())).collect();
    assert_eq!(rows, [("p".into(), 2.into()), ("q".into(), 1.into())]);
    assert_eq!(table["parameters"]["response"], "multiple");
    assert_eq!(study.run(&["segments", "entries=tags:q", "--json"]).ok().json_lines().len(), 1);
}

#[test]
fn a_trend_without_months_says_why_it_is_empty() {
    let study = Study::new().file("corpus/a.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "trend", "--test", "--json"]).ok().json();
    let notes = table["notes"].to_string();
    assert!(notes.contains("1 entry without month is not in the columns") && notes.contains("No tests"), "{notes}");
}

/// [[8, 2], [1, 5]] is the example of SciPy's documentation: p = .035.
#[test]
fn rows_are_tested_across_columns_when_asked() {
    let codebook = CODEBOOK;
    let mut study = Study::new().file("codebooks/c.toml", codebook);
    for (site, waited, other) in [("East", 8, 2), ("West", 1, 5)] {
        for number in 0..waited + other {
            let words = if number < waited { "We waited." } else { "Nothing." };
            study = study.file(&format!("corpus/{site}-{number}.md"), format!("+++\nsite = \"{site}\"\n+++\n{words}"));
        }
    }
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "crosstab", "site", "--test", "--json"]).ok().json();
    let test = table["tests"].as_array().unwrap().iter().find(|test| test["id"] == "waiting").unwrap();
    assert_eq!(test["test"], "Fisher");
    assert!((test["p"].as_f64().unwrap() - 0.034965034965).abs() < 1e-9);
    assert!((test["p_adjusted"].as_f64().unwrap() - 0.034965034965).abs() < 1e-9, "only one row can be tested: {test}");
    assert!((test["cramers_v"].as_f64().unwrap() - 0.61807).abs() < 1e-4);
    let notes = table["notes"].to_string();
    assert!(notes.contains("All entries are of one writer") && notes.contains("No stars"), "{notes}");
    let ran = study.run(&["table", "crosstab", "site", "--unit", "sentence", "--test"]).fails();
    assert!(ran.stderr().contains("are not independent"), "{}", ran.stderr());
    let _ = study.run(&["table", "frequency", "--test"]).fails();
}

#[test]
fn participants_count_once_and_one_alone_is_refused() {
    let entry = |author: &str, words: &str| format!("+++\nauthor = \"{author}\"\n+++\n{words}");
    let study = Study::new()
        .file("corpus/2018-01.md", entry("ana", "We waited."))
        .file("corpus/2018-02.md", entry("ana", "We waited again."))
        .file("corpus/2018-03.md", entry("ben", "A lawyer."))
        .file("corpus/2018-04.md", "We waited too.");
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "frequency", "--unit", "participant", "--json"]).ok().json();
    let row = table["rows"].as_array().unwrap().iter().find(|row| row["id"] == "waiting").unwrap();
    assert_eq!((&row["n"], &row["N"], &row["unit"]), (&1.into(), &2.into(), &"participant".into()));
    let lines = study.run(&["segments", row["evidence"].as_str().unwrap(), "--json"]).ok().json_lines();
    assert!(lines.len() == 2 && lines.iter().all(|line| line["participant"] == "ana"), "{lines:?}");
    std::fs::remove_file(study.path("corpus/2018-03.md")).unwrap();
    let _ = study.run(&["ingest"]).ok();
    let refused = study.run(&["table", "frequency", "--unit", "participant"]).fails();
    assert!(refused.stderr().contains("participants cannot be counted: all are of `ana`"), "{}", refused.stderr());
}

/// How many responses there were, less those that are shown, would be the hidden ones.
#[test]
fn responses_do_not_give_hidden_counts_away() {
    let study = register(&[("asylum", "es", 40), ("asylum; work", "es", 20), ("bond", "es", 4)], MIN_CELL);
    let table = study.run(&["table", "attribute", "need", "--of", "cases", "--json"]).ok().json();
    assert!(
        !table.to_string().contains("responses.") && !table.to_string().contains("percent_of_responses"),
        "{table}"
    );
    let hidden: Vec<&str> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["n"].is_null())
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    // 60 of 64 have asylum: the four others would be known.
    assert_eq!(hidden, ["asylum", "bond"]);
    let small = register(&[("asylum; work", "es", 20), ("work", "ht", 4)], MIN_CELL);
    let refused = small.run(&["table", "attribute", "need", "--of", "cases", "--by", "language"]).fails();
    assert!(refused.stderr().contains("a column holds fewer than 11"), "{}", refused.stderr());
}

/// A test supposes that each unit stands in one column.
#[test]
fn columns_that_share_units_are_not_tested() {
    let study = Study::new()
        .file("corpus/2018-01.md", "## Good\n\nWe waited.\n\n## Bad\n\nA lawyer.")
        .file("corpus/2018-02.md", "## Good\n\nA lawyer.\n\n## Bad\n\nWe waited.");
    let _ = study.run(&["ingest"]).ok();
    let refused = study.run(&["table", "crosstab", "section", "--test"]).fails();
    assert!(refused.stderr().contains("a unit can be in several columns"), "{}", refused.stderr());
    let cases = register(&[("asylum", "es", 30), ("asylum", "ht", 20), ("work", "es", 10), ("work", "ht", 30)], "");
    let tested = cases.run(&["table", "attribute", "need", "--of", "cases", "--by", "language", "--test", "bh"]).ok();
    // chi-squared of [[20, 30], [30, 10]] is 11.025 (1 df); Cramér's V is √(11.025 / 90).
    let joined = tested.stdout().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("chi-squared, statistic 11.03, df 1, p <.001, Cramér's V 0.35"), "{}", tested.stdout());
    let several = register(&[("asylum; work", "es", 20), ("work", "ht", 20)], "");
    let _ = several.run(&["table", "attribute", "need", "--of", "cases", "--by", "language", "--test"]).fails();
}

/// Two tables of one report, and lists of ids, tell no more than one table.
#[test]
fn tables_of_one_register_do_not_give_each_other_away() {
    let rows = [("a", "x", 30), ("a", "y", 12), ("a", "z", 10), ("b", "x", 40), ("b", "y", 14), ("b", "z", 10)];
    let rows: Vec<_> = rows.into_iter().chain([("c", "x", 30), ("c", "y", 12), ("c", "z", 30)]).collect();
    let study = register(&rows, MIN_CELL);
    let hidden = |name: &str, by: &str| -> std::collections::BTreeSet<(String, String)> {
        let table = study.run(&["table", "attribute", name, "--of", "cases", "--by", by, "--json"]).ok().json();
        let rows = table["rows"].as_array().unwrap().clone();
        let pair = |row: &serde_json::Value| {
            let mut pair = [row["id"].as_str().unwrap().to_owned(), row["column"].as_str().unwrap().to_owned()];
            pair.sort();
            pair
        };
        rows.iter().filter(|row| row["n"].is_null()).map(pair).map(|pair: [String; 2]| pair.into()).collect()
    };
    assert_eq!(hidden("need", "language"), hidden("language", "need"));
    assert!(!hidden("need", "language").is_empty());
    // Their order by count would tell which hidden number is the larger.
    let table = register(&[("z", "x", 9), ("m", "x", 10), ("a", "x", 50), ("k", "x", 40)], MIN_CELL)
        .run(&["table", "attribute", "need", "--of", "cases", "--json"])
        .ok()
        .json();
    let ids: Vec<&str> = table["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a", "k", "m", "z"]);
    let _ = study.run(&["run"]).ok();
    let page = study.read("reports/c/index.html");
    assert!(page.contains("Which cases these are") && !page.contains("<li>1</li>"), "ids of two lists can be compared");
}
