//! `themata report`.

use crate::harness::{CODEBOOK, SETTINGS, Study};

#[test]
fn the_report_follows_the_codebook_without_reading_sources() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    std::fs::remove_file(study.path("corpus/2018-01.md")).unwrap();
    let ran = study.run(&["report", "--json"]).ok().json();
    assert!(ran["changed"].as_u64().unwrap() > 10);
    let manifest: serde_json::Value = serde_json::from_str(&study.read("reports/c/manifest.json")).unwrap();
    assert_eq!(manifest["codebook"]["id"], "c");
    assert_eq!(manifest["texts"].as_object().unwrap().len(), 1);
    for (name, hash) in manifest["files"].as_object().unwrap() {
        let bytes = std::fs::read(study.path("reports/c").join(name)).unwrap();
        assert_eq!(themata::id::Hash::of(bytes).to_string(), hash.as_str().unwrap(), "{name}");
    }
}

#[test]
fn a_name_that_nothing_has_is_shown_in_the_settings() {
    let settings = "[cases]\npath = \"cases.csv\"\nid = \"case\"\n\n[report]\nby = [\"site\", \"sight\"]\ncase_attributes = [\"nede\"]\n";
    let study = Study::new()
        .file("themata.toml", format!("{SETTINGS}\n{settings}"))
        .file("cases.csv", "case,need\n1,visa\n")
        .file("corpus/2018-01.md", "+++\nsite = \"East\"\n+++\nWe waited.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["report"]).fails();
    insta::assert_snapshot!(ran.stderr(), @r#"
    error: there is no attribute of entries `sight` for `by` under [report]
      --> themata.toml:14:15
       |
    14 | by = ["site", "sight"]
       |               ^^^^^^^
       |
       = hint: known: date, language, month, section, site, source, year

    error: there is no column of the case register `nede` for `case_attributes` under [report]
      --> themata.toml:15:20
       |
    15 | case_attributes = ["nede"]
       |                    ^^^^^^
       |
       = hint: known: need

    error: themata.toml cannot be used: 2 errors
    hint: mend the places shown above and try again
    "#);
    let told = study.run(&["run"]).fails().stderr();
    assert!(told.contains(" --> themata.toml:14:15"), "{told}");
}

/// Rules alone do not give the numbers: what takes evidence away, and what a suggestion covers, stands beside them.
#[test]
fn the_codebook_chapter_has_all_that_decides_about_numbers() {
    let keys = "rules = [\"wait\"]\nexcept = [\"wait `list`\"]\nunit = \"paragraph\"\nwithin = \"entry\"\nnegation = \"block\"";
    let codebook = CODEBOOK.replace("rules = [\"wait\"]", keys);
    let study = Study::new().file("codebooks/c.toml", codebook).file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    let (page, written) = (study.read("reports/c/index.html"), study.read("reports/c/report.md"));
    let matching = "unit paragraph, within entry, negation block";
    assert!(page.contains("<dt>Except</dt><dd><ul class=\"rules\"><li><code>wait `list`</code></li></ul></dd>"));
    assert!(page.contains(&format!("<dt>Matching</dt><dd>{matching}</dd>")));
    assert!(written.contains(&format!("- **Except:** `` wait `list` ``\n- **Matching:** {matching}\n")), "{written}");
    // A code without `except` has no empty line for it.
    assert_eq!((written.matches("**Except:**").count(), written.matches("**Matching:**").count()), (1, 2));
}

/// A report that a reviewer can make again: equal, or what differs, and what it was made from.
#[test]
fn a_report_is_made_again_and_compared() {
    let study = Study::new().file("corpus/2018-01.md", "We waited. A lawyer came.");
    let _ = study.run(&["run"]).ok();
    let verify = ["report", "verify", "reports/c"];
    assert!(study.run(&verify).ok().stdout().starts_with("equal: "), "{}", study.run(&verify).stdout());
    study.write("reports/c/report.md", "mine");
    std::fs::remove_file(study.path("reports/c/methods.md")).unwrap();
    let found = study.run(&["report", "verify", "reports/c", "--json"]).finds_problems().json();
    assert_eq!(found["equal"], false);
    assert_eq!(
        (&found["changed"], &found["missing"]),
        (&serde_json::json!(["report.md"]), &serde_json::json!(["methods.md"]))
    );
    assert_eq!(found["differ"], serde_json::json!([]));
    let _ = study.run(&["report"]).ok();
    study.write("corpus/2018-02.md", "We waited again.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&verify).finds_problems();
    assert!(ran.stdout().contains("the entries' texts: 1 added, 0 gone, 0 changed"), "{}", ran.stdout());
    // A picture that was painted over is found though its manifest was changed too.
    let _ = study.run(&["report"]).ok();
    let picture = "reports/c/figures/frequency-entries.png";
    let before = themata::id::Hash::of(std::fs::read(study.path(picture)).unwrap()).to_string();
    study.write(picture, "painted");
    let after = themata::id::Hash::of("painted").to_string();
    study.write("reports/c/manifest.json", study.read("reports/c/manifest.json").replace(&before, &after));
    let ran = study.run(&verify).finds_problems();
    assert!(ran.stdout().contains("figures/frequency-entries.png"), "{}", ran.stdout());
    // Not a report, and names that lead out of the folder.
    assert!(study.run(&["report", "verify", "corpus"]).fails().stderr().contains("is no report"));
    study.write("reports/c/manifest.json", "{\"files\": {\"../../themata.toml\": \"0\"}}");
    assert!(study.run(&verify).finds_problems().stdout().contains("not in the folder:\n  ../../themata.toml"));
}

/// The settings choose the tables, their order, words and pictures.
#[test]
fn the_settings_choose_the_tables() {
    let settings = "\n[report]\npercent = true\ncolumns = 1\nlabels = { waiting = \"Waits\" }\n\n[[report.table]]\nkind = \"cooccurrence\"\nlevel = \"entry\"\n\n[[report.table]]\nkind = \"frequency\"\nunit = \"sentence\"\ntitle = \"Our themes\"\nfigure = false\ninterval = \"wilson\"\n";
    let study = Study::new()
        .file("themata.toml", format!("{SETTINGS}{settings}"))
        .file("corpus/2018-01.md", "We waited for a lawyer.");
    let _ = study.run(&["run"]).ok();
    let tables: Vec<String> = std::fs::read_dir(study.path("reports/c/tables"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(tables.len(), 2, "{tables:?}");
    let report = study.read("reports/c/report.md");
    let (pairs, ours) = (report.find("## Codes that stand together").unwrap(), report.find("## Our themes").unwrap());
    assert!(pairs < ours && report.contains("Waits") && report.contains("95% CI"), "{report}");
    assert!(!study.path("reports/c/figures/frequency-sentences.svg").exists());
    assert!(study.read("reports/c/figures/cooccurrence-entry.svg").contains("width=\"3.5in\""));
    study.write("themata.toml", format!("{SETTINGS}\n[report]\nlabels = {{ wating = \"Waits\" }}\n"));
    let told = study.run(&["report"]).fails().stderr();
    assert!(told.contains("there is no theme or code `wating` for `labels`") && told.contains("waiting"), "{told}");
    for (wrong, words) in [
        ("kind = \"frequencies\"", "did you mean `frequency`?"),
        ("kind = \"crosstab\"", "needs the name of an attribute"),
        ("kind = \"crosstab\"\nname = \"sight\"", "there is no attribute of entries `sight`"),
        ("kind = \"words\"\nname = \"wait\"", "there is no code `wait`"),
        ("kind = \"frequency\"\ninterval = \"wald\"", "there is no interval `wald`"),
    ] {
        study.write("themata.toml", format!("{SETTINGS}\n[[report.table]]\n{wrong}\n"));
        let told = study.run(&["report"]).fails().stderr();
        assert!(told.contains(words) && told.contains("themata.toml:"), "{wrong}: {told}");
    }
}

/// Labels are for themes and codes, wherever the report names them; words and values that are written alike stay as they are.
#[test]
fn labels_of_the_report_stand_for_themes_and_codes_only() {
    let settings = format!(
        "{}\n[report.labels]\nwaiting = \"Time that passes\"\n\n{}",
        SETTINGS,
        ["words\"\nname = \"waiting", "attribute\"\nname = \"place", "cooccurrence", "saturation"]
            .map(|kind| format!("[[report.table]]\nkind = \"{kind}\"\n"))
            .concat()
    );
    let study = Study::new()
        .file("themata.toml", &settings)
        .file("codebooks/c.toml", CODEBOOK.replace("[\"wait\"]", "[\"waiting\"]"))
        .file("corpus/1.md", "+++\nplace = \"waiting\"\n+++\nWaiting for a lawyer.")
        .file("corpus/2.md", "+++\nplace = \"other\"\n+++\nNothing.");
    let _ = study.run(&["run"]).ok();
    let report = study.read("reports/c/report.md");
    assert!(report.contains("Words of Time that passes") && report.contains("| waiting | 1 of 1 |"), "{report}");
    assert!(
        report.contains("| Time that passes | Lawyers |") || report.contains("| Lawyers | Time that passes |"),
        "{report}"
    );
    assert!(report.contains("Lawyers; Time that passes"), "{report}");
    study.write("themata.toml", settings.replace("waiting = \"Time", "wating = \"Time"));
    let ran = study.run(&["run"]).fails();
    assert!(ran.stderr().contains("there is no theme or code `wating` for `labels`"), "{}", ran.stderr());
    study.write("themata.toml", settings.replace("Time that passes", " "));
    assert!(study.run(&["run"]).fails().stderr().contains("the label of `waiting` is empty"));
    study.write("themata.toml", settings.replace("kind = \"saturation\"", "kind = \"saturation\"\nbase = 3"));
    assert!(study.run(&["run"]).fails().stderr().contains("unknown key `base` in [[report.table]]"));
    study.write(
        "themata.toml",
        settings.replace("[report.labels]", "[report]\ncase_attributes = [\"x\"]\n[report.labels]"),
    );
    assert!(study.run(&["report"]).fails().stderr().contains("case register"));
}

/// What a coder marked is quoted before longer words, and of the others that with most evidence.
#[test]
fn the_overview_quotes_exemplars_first() {
    let study = Study::new()
        .file(
            "corpus/2018-01.md",
            "A lawyer came to the clinic in the morning and stayed until the evening of that day.",
        )
        .file(
            "corpus/2018-02.md",
            "A lawyer. The lawyer, the other lawyer and a third lawyer sat around one table and talked about her.",
        );
    let _ = study.run(&["ingest"]).ok();
    let quote = || {
        let table = study.run(&["table", "overview", "--counts", "all", "--json"]).ok().json();
        table["rows"][0]["quote"].as_str().unwrap().to_owned()
    };
    assert!(quote().contains("the other lawyer"), "{}", quote());
    let _ = study.run(&["exemplar", "2018-02", "--at", "0..9", "--code", "lawyer", "--coder", "ana"]).ok();
    assert!(quote().starts_with("“A lawyer.”"), "{}", quote());
}

/// A verdict for all coders is no verdict of one of them, nor a sign that they disagreed.
#[test]
fn methods_count_what_was_adjudicated_apart() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    for words in [["--coder", "ana", "--adjudicate"].as_slice(), &["--coder", "ana"], &["--coder", "ben"]] {
        let _ = study.run(&[&["decide", "accept", "--code", "waiting", "--all"], words].concat()).ok();
    }
    let _ = study.run(&["report"]).ok();
    let methods = study.read("reports/c/methods.md");
    assert!(
        methods.contains("2 acceptances") && methods.contains("1 segment has a verdict for all coders"),
        "{methods}"
    );
    assert!(!methods.contains("disagreement"), "{methods}");
}
