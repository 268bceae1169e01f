//! Negated hits in a study: counted and marked, left out, or kept, as their code says.

use crate::harness::Study;

/// Three codes with the same rules that treat negated hits in the three ways, over two entries in two languages.
fn study() -> Study {
    let mut codebook = "[codebook]\nid = \"c\"\ntitle = \"C\"\nlanguages = [\"en\", \"es\"]\n".to_owned();
    for negation in ["flag", "block", "keep"] {
        codebook += &format!(
            "[[code]]\nid = \"{negation}\"\nlabel = \"{negation}\"\nrules = ['afraid', 'afraid AND lawyer', 'miedo']\nnegation = \"{negation}\"\n"
        );
    }
    let study = Study::new()
        .file("codebooks/c.toml", codebook)
        .file("corpus/2018-01.md", "She was not afraid. We were afraid. The lawyer knew that she was not afraid.")
        .file("corpus/2018-02.md", "+++\nlanguage = \"es\"\n+++\nNo tenía miedo. No sólo miedo. Not miedo.");
    let _ = study.run(&["ingest"]).ok();
    study
}

#[test]
fn a_note_gives_the_number_of_negated_suggestions_that_count() {
    let study = study();
    let table = study.run(&["table", "frequency", "--unit", "sentence", "--json"]).ok().json();
    let n = |code: &str| table["rows"].as_array().unwrap().iter().find(|row| row["id"] == code).unwrap()["n"].clone();
    // The third sentence has a lawyer beside the fear, whom nothing negates: one rule's suggestion of it is not negated.
    assert_eq!([n("flag"), n("block"), n("keep")], [6, 4, 6]);
    let note = "2 of the 16 suggestions are negated (\"not afraid\"), and count.";
    assert_eq!(table["notes"][1], note);
    let crosstab = study.run(&["table", "crosstab", "source", "--counts", "suggested", "--json"]).ok().json();
    assert_eq!(crosstab["notes"][1], note);
    let accepted = study.run(&["table", "frequency", "--counts", "accepted"]).ok().stdout();
    assert!(!accepted.contains("negated"), "{accepted}");
}

#[test]
fn a_note_without_anything_negated_is_none() {
    let study = Study::new().file("corpus/a.md", "A lawyer. We did not sleep.");
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "frequency"]).ok().stdout();
    assert!(!table.contains("negated"), "{table}");
}

#[test]
fn segments_say_what_is_negated_in_words() {
    let study = study();
    let shown = study.run(&["segments", "code=flag,unit=sentence"]).ok().stdout();
    let marked: Vec<&str> = shown.lines().filter(|line| line.contains("negated")).collect();
    assert_eq!(marked, ["2018-01 0–19  flag (negated)", "2018-02 0–15  flag (negated)"], "{shown}");
    let of = |code: &str| study.run(&["segments", &format!("code={code}"), "--json"]).ok().json_lines();
    let places = |code: &str| -> Vec<String> {
        of(code).iter().map(|line| format!("{} {} {}", line["entry"], line["start"], line["rule"])).collect()
    };
    assert_eq!(places("flag"), places("keep"));
    assert_eq!((places("flag").len(), places("block").len()), (7, 4));
    assert!(of("flag").iter().all(|line| line.get("negated").is_none()));
    let kept = study.run(&["segments", "code=keep"]).ok().stdout();
    assert!(!kept.contains("negated"), "{kept}");
}

#[test]
fn the_page_says_it_and_a_search_finds_negated_words_like_others() {
    let study = study();
    let _ = study.run(&["report"]).ok();
    let page = study.read("reports/c/index.html");
    assert_eq!(page.matches("<span class=\"negated\">, negated</span>").count(), 2);
    assert_eq!(study.run(&["search", "afraid | miedo", "--json"]).ok().json_lines().len(), 6);
}

#[test]
fn explain_says_it_of_each_rule() {
    let study = study();
    let of = |code: &str, text: &str| study.run(&["explain", "--code", code, "--json", text]).ok().json();
    let text = "The lawyer knew that she was not afraid.";
    let codes = of("flag", text)["units"][0]["codes"].clone();
    assert_eq!([&codes[0]["negated"], &codes[1]["negated"]], [true, false]);
    assert_eq!(of("block", text)["units"][0]["codes"].as_array().unwrap().len(), 1);
    assert_eq!(of("block", "She was not afraid.")["units"].as_array().unwrap().len(), 0);
    let why = study.run(&["explain", "--code", "block", "She was not afraid."]).ok().stdout();
    assert!(why.contains("it is negated: “afraid”"), "{why}");
}

#[test]
fn a_code_that_changes_its_mind_is_worked_out_again() {
    let study = study();
    let counted = |study: &Study| study.run(&["match", "--json"]).ok().json()["suggestions"].as_u64().unwrap();
    assert_eq!(counted(&study), 16);
    let codebook = study.read("codebooks/c.toml").replace("negation = \"flag\"", "negation = \"block\"");
    study.write("codebooks/c.toml", codebook);
    assert_eq!(counted(&study), 14);
}
