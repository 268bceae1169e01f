//! A study of five entries, counted by hand, in every table; every number opens its words.
//!
//! | entry   | month | site  | sentences (section)                                                                     |
//! |---------|-------|-------|-----------------------------------------------------------------------------------------|
//! | a       | Jan   | East  | 1 "The lawyer called." 2 "We waited for the lawyer." (Good) 3 "Nobody came." (Bad)      |
//! | b       | Jan   | West  | 1 "We waited and waited." (Good) 2 "Rain." (Bad, a paragraph of its own)                |
//! | c       | Mar   | –     | 1 "Judges wait." 2 "The attorney left." (no section; two paragraphs)                    |
//! | d       | Mar   | East  | 1 "Nothing." (no section)                                                               |
//! | e       | none  | East  | 1 "A lawyer and an attorney waited." (no section)                                       |
//!
//! Codes: `lawyer` (theme help; rule lawyer), `attorney` (below lawyer), `waiting` (theme time; rule wait).
//!
//! | row             | entries | sentences                | paragraphs | segments (sentences, merged by row) |
//! |-----------------|---------|--------------------------|------------|-------------------------------------|
//! | help            | a c e=3 | a1 a2 c2 e1 = 4          | aG c2 e =3 | 4                                   |
//! | lawyer (+below) | a c e=3 | a1 a2 c2 e1 = 4          | 3          | 4                                   |
//! | attorney        | c e =2  | c2 e1 = 2                | 2          | 2                                   |
//! | time, waiting   | a b c e=4 | a2 b1 c1 e1 = 4        | aG bG c1 e = 4 | 4                               |
//!
//! N: 5 entries, 9 sentences, 8 paragraphs (a 2, b 2, c 2, d 1, e 1).
//!
//! Pairs (lawyer counts attorney, and is no pair with it): lawyer and waiting meet in a2 e1, attorney and waiting in e1;
//! by paragraph in aG e and in e; by entry in a c e and in c e. New codes, in the order a b c d e: lawyer and waiting in a,
//! attorney in c. Characters of paragraphs: a 44 + 12, b 21 + 5, c 12 + 18, d 8, e 32 = 152; of attorney c2 18 + e1 32 = 50, of
//! waiting a2 25 + b1 21 + c1 12 + e1 32 = 90. Words: a 3 5 2, b 4 1, c 2 3, d 1, e 6 = 27.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::Study;

const CODEBOOK: &str = r#"[codebook]
id = "c"
title = "Codes"

[[theme]]
id = "help"
label = "Help"

[[theme]]
id = "time"
label = "Time"

[[code]]
id = "lawyer"
theme = "help"
label = "Lawyers"
rules = ["lawyer", "the lawyer"]

[[code]]
id = "attorney"
parent = "lawyer"
label = "Attorneys"
rules = ["attorney"]

[[code]]
id = "waiting"
theme = "time"
label = "Waiting"
rules = ["wait"]
"#;

const SETTINGS: &str = "[study]\nid = \"five\"\ncodebook = \"codebooks/c.toml\"\n\n[[source]]\npath = \"corpus/*.md\"\n\n[cases]\npath = \"cases.csv\"\nid = \"case\"\n";

fn five() -> Study {
    let study = Study::nothing()
        .file("themata.toml", SETTINGS)
        .file("codebooks/c.toml", CODEBOOK)
        .file("corpus/a.md", "---\ndate: 2018-01-05\nsite: East\n---\n## Good\nThe lawyer called. We waited\nfor the lawyer.\n\n## Bad\n\nNobody came.\n")
        .file("corpus/b.md", "---\ndate: 2018-01-20\nsite: West\n---\n## Good\nWe waited and waited.\n\n## Bad\nRain.\n")
        .file("corpus/c.md", "---\ndate: 2018-03\n---\nJudges wait.\n\nThe attorney left.\n")
        .file("corpus/d.md", "---\ndate: 2018-03-02\nsite: East\n---\nNothing.\n")
        .file("corpus/e.md", "---\nsite: East\n---\nA lawyer and an attorney waited.\n")
        .file("cases.csv", "case,need\n1,asylum\n2,asylum\n3,\n4,visa\n");
    let _ = study.run(&["ingest"]).ok();
    study
}

/// `id n/N` of every row, with the column in brackets.
fn counts(table: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let column = row.get("column").or(row.get("month")).and_then(Value::as_str);
        let column = column.map(|column| format!(" [{column}]")).unwrap_or_default();
        format!("{}{column} {}/{}", row["id"].as_str().unwrap(), row["n"], row["N"])
    };
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

fn table(study: &Study, arguments: &[&str]) -> Value {
    let mut all = vec!["table"];
    all.extend(arguments);
    all.push("--json");
    study.run(&all).ok().json()
}

#[test]
fn frequencies_of_every_unit() {
    let study = five();
    let entries = table(&study, &["frequency"]);
    assert_eq!(counts(&entries), ["time 4/5", "waiting 4/5", "help 3/5", "lawyer 3/5", "attorney 2/5"]);
    let sentences = table(&study, &["frequency", "--unit", "sentence"]);
    assert_eq!(counts(&sentences), ["help 4/9", "lawyer 4/9", "attorney 2/9", "time 4/9", "waiting 4/9"]);
    let paragraphs = table(&study, &["frequency", "--unit", "paragraph"]);
    assert_eq!(counts(&paragraphs), ["time 4/8", "waiting 4/8", "help 3/8", "lawyer 3/8", "attorney 2/8"]);
    // N, each code's own segments: lawyer a1 a2 e1, attorney c2 e1, waiting a2 b1 c1 e1.
    let segments = table(&study, &["frequency", "--unit", "segment"]);
    assert_eq!(counts(&segments), ["help 4/9", "lawyer 4/9", "attorney 2/9", "time 4/9", "waiting 4/9"]);
}

#[test]
fn months_have_gaps_and_entries_without_a_month_are_missing() {
    let study = five();
    let trend = table(&study, &["trend"]);
    let time: Vec<String> = counts(&trend).into_iter().filter(|row| row.starts_with("time")).collect();
    assert_eq!(time, ["time [2018-01] 2/2", "time [2018-02] 0/0", "time [2018-03] 1/2"]);
    assert_eq!(trend["N"], 5);
    assert!(trend["rows"].as_array().unwrap().iter().all(|row| row["missing"] == 1));
}

#[test]
fn sections_and_attributes_split_units_and_missing_is_not_absent() {
    let study = five();
    let sections = table(&study, &["crosstab", "section", "--unit", "sentence"]);
    let help: Vec<String> = counts(&sections).into_iter().filter(|row| row.starts_with("help")).collect();
    assert_eq!(help, ["help [Good] 2/3", "help [Bad] 0/2"]);
    assert_eq!(sections["rows"][0]["missing"], 4);
    let entries = table(&study, &["frequency", "--by", "section"]);
    let time: Vec<String> = counts(&entries).into_iter().filter(|row| row.starts_with("time")).collect();
    assert_eq!(time, ["time [Good] 2/2", "time [Bad] 0/2"]);
    // Entries c, d and e have no section, whatever the other two have: one with two sections does not make up for them.
    assert_eq!((&entries["rows"][0]["missing"], &entries["N"]), (&3.into(), &5.into()));
    // Of the nine segments, each code's own, four are in sections: lawyer a1 a2, waiting a2 b1.
    let segments = table(&study, &["crosstab", "section", "--unit", "segment"]);
    let lawyer: Vec<String> = counts(&segments).into_iter().filter(|row| row.starts_with("lawyer")).collect();
    assert_eq!(lawyer, ["lawyer [Good] 2/4", "lawyer [Bad] 0/0"]);
    assert_eq!((&segments["rows"][0]["missing"], &segments["N"]), (&5.into(), &9.into()));
    // Two are in the entry without a site: attorney c2, waiting c1.
    let segments = table(&study, &["crosstab", "site", "--unit", "segment"]);
    let waiting: Vec<String> = counts(&segments).into_iter().filter(|row| row.starts_with("waiting")).collect();
    assert_eq!(waiting, ["waiting [East] 2/6", "waiting [West] 1/1"]);
    assert_eq!((&segments["rows"][0]["missing"], &segments["N"]), (&2.into(), &9.into()));
    let sites = table(&study, &["crosstab", "site"]);
    let time: Vec<String> = counts(&sites).into_iter().filter(|row| row.starts_with("time")).collect();
    assert_eq!(time, ["time [East] 2/3", "time [West] 1/1"]);
    assert_eq!(sites["rows"][0]["missing"], 1);
    let attribute = table(&study, &["attribute", "site"]);
    assert_eq!(counts(&attribute), ["East 3/4", "West 1/4"]);
    assert_eq!(attribute["rows"][0]["missing"], 1);
    let cases = table(&study, &["attribute", "need", "--of", "cases"]);
    assert_eq!(counts(&cases), ["asylum 2/3", "visa 1/3"]);
    assert_eq!((&cases["rows"][0]["missing"], &cases["unit"]), (&1.into(), &"case".into()));
}

#[test]
fn percentages_need_twenty_units_or_a_wish() {
    let study = five();
    let row = &table(&study, &["frequency"])["rows"][0];
    assert!(row["percent"].is_null());
    assert_eq!(row["percent_reason"], "fewer than 20 units: one of them would be more than 5 %");
    let row = &table(&study, &["frequency", "--percent"])["rows"][0];
    assert_eq!((&row["percent"], &row["percent_reason"]), (&80.into(), &Value::Null));
}

/// `id+with n/N, n_a, n_b, …` of every pair.
fn pairs(table: &Value) -> Vec<String> {
    let two = |value: &Value| value.as_f64().map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let row = |row: &Value| {
        let measures = ["jaccard", "p_b_given_a", "p_a_given_b", "expected"].map(|key| two(&row[key])).join(" ");
        let name = format!("{}+{}", row["id"].as_str().unwrap(), row["with"].as_str().unwrap());
        format!("{name} {}/{} {} {} {measures}", row["n"], row["N"], row["n_a"], row["n_b"])
    };
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn pairs_at_every_level() {
    let study = five();
    let at = |level: &str| pairs(&table(&study, &["cooccurrence", "--level", level]));
    assert_eq!(
        at("sentence"),
        ["lawyer+waiting 2/9 4 4 0.33 0.50 0.50 1.78", "attorney+waiting 1/9 2 4 0.20 0.50 0.25 0.89"]
    );
    assert_eq!(
        at("paragraph"),
        ["lawyer+waiting 2/8 3 4 0.40 0.67 0.50 1.50", "attorney+waiting 1/8 2 4 0.20 0.50 0.25 1.00"]
    );
    assert_eq!(
        at("entry"),
        ["lawyer+waiting 3/5 3 4 0.75 1.00 0.75 2.40", "attorney+waiting 2/5 2 4 0.50 1.00 0.50 1.60"]
    );
    assert_eq!(at("segment"), ["lawyer+waiting 2/8 4 4 0.33 0.50 0.50 –", "attorney+waiting 1/6 2 4 0.20 0.50 0.25 –"]);
    assert_eq!(at("overlap"), at("segment"));
    let themes = pairs(&table(&study, &["cooccurrence", "--level", "entry", "--of", "themes"]));
    assert_eq!(themes, ["help+time 3/5 3 4 0.75 1.00 0.75 2.40"]);
}

#[test]
fn new_codes_by_entry() {
    let saturation = table(&five(), &["saturation", "--base", "1", "--run", "2"]);
    assert_eq!(
        counts(&saturation),
        ["a-2018-01-05 2/3", "b-2018-01-20 0/3", "c-2018-03 1/3", "d-2018-03-02 0/3", "e-e41ae65eccb2 0/3"]
    );
    let so_far: Vec<u64> =
        saturation["rows"].as_array().unwrap().iter().map(|row| row["cumulative"].as_u64().unwrap()).collect();
    assert_eq!(so_far, [2, 2, 3, 3, 3]);
    // b c brings one of the base's two codes; c d too; d e none.
    assert_eq!(saturation["parameters"]["guest"], "3+2");
    assert_eq!(saturation["parameters"]["francis"], "not met");
}

#[test]
fn shares_coverage_and_rate() {
    let coverage = table(&five(), &["coverage"]);
    let row = |id: &str| coverage["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
    assert_eq!((&coverage["N"], &coverage["parameters"]["characters"]), (&9.into(), &"152".into()));
    let (attorney, waiting) = (row("attorney"), row("waiting"));
    assert_eq!((&attorney["n"], &attorney["coverage"]), (&2.into(), &serde_json::json!(32.9)));
    assert_eq!((&waiting["n"], &waiting["coverage"]), (&4.into(), &serde_json::json!(59.2)));
    assert!((attorney["rate"].as_f64().unwrap() - 2000.0 / 27.0).abs() < 1e-9);
    assert!(attorney["share"].is_null() && attorney["share_reason"].is_string());
}

#[test]
fn entries_without_a_code_and_codes_by_entry() {
    let study = five();
    assert_eq!(
        counts(&table(&study, &["absent"])),
        ["time 1/5", "waiting 1/5", "help 2/5", "lawyer 2/5", "attorney 3/5"]
    );
    let entries = counts(&table(&study, &["entries", "--unit", "sentence"]));
    let help: Vec<&String> = entries.iter().filter(|row| row.starts_with("help")).collect();
    assert_eq!(
        help,
        [
            "help [a-2018-01-05] 2/3",
            "help [b-2018-01-20] 0/2",
            "help [c-2018-03] 1/2",
            "help [d-2018-03-02] 0/1",
            "help [e-e41ae65eccb2] 1/1"
        ]
    );
}

#[test]
fn words_of_a_code() {
    let words = counts(&table(&five(), &["words", "attorney"]));
    assert_eq!(words, ["attorney 2/2"]);
    let words = counts(&table(&five(), &["words", "waiting"]));
    assert_eq!(words, ["waited 3/4", "wait 1/4"]);
}

#[test]
fn counting_only_what_people_accepted_counts_nothing_yet() {
    let study = five();
    let accepted = table(&study, &["frequency", "--counts", "accepted"]);
    assert_eq!(counts(&accepted)[0], "help 0/5");
    assert_eq!(accepted["counts"], "accepted");
}

const KINDS: &[&[&str]] = &[
    &["frequency"],
    &["frequency", "--unit", "sentence"],
    &["frequency", "--unit", "paragraph"],
    &["frequency", "--unit", "segment"],
    &["frequency", "--counts", "suggested"],
    &["frequency", "--counts", "accepted"],
    &["frequency", "--by", "month"],
    &["crosstab", "section"],
    &["crosstab", "section", "--unit", "sentence"],
    &["crosstab", "section", "--unit", "paragraph"],
    &["crosstab", "section", "--unit", "segment"],
    &["crosstab", "site"],
    &["crosstab", "site", "--unit", "sentence"],
    &["crosstab", "site", "--unit", "segment"],
    &["trend"],
    &["trend", "--unit", "sentence"],
    &["trend", "--unit", "paragraph"],
    &["trend", "--unit", "segment"],
    &["attribute", "site"],
    &["attribute", "site", "--by", "month"],
    &["attribute", "need", "--of", "cases"],
    &["overview"],
    &["entries", "--unit", "sentence"],
    &["cooccurrence", "--level", "segment", "--all"],
    &["cooccurrence", "--level", "overlap", "--all"],
    &["cooccurrence", "--level", "sentence", "--all"],
    &["cooccurrence", "--level", "paragraph", "--of", "themes"],
    &["cooccurrence", "--level", "entry"],
    &["saturation"],
    &["coverage"],
    &["words", "lawyer"],
    &["absent"],
];

#[test]
fn every_number_opens_its_words() {
    let study = five();
    for kind in KINDS {
        for row in table(&study, kind)["rows"].as_array().unwrap() {
            let evidence = row["evidence"].as_str().unwrap();
            let lines = study.run(&["segments", evidence, "--json"]).ok().json_lines();
            let unit = |line: &Value| match row["unit"].as_str().unwrap() {
                "entry" => line["entry"].to_string(),
                "case" => line["case"].to_string(),
                "code" => line["code"].to_string(),
                _ => format!("{} {} {}", line["entry"], line["start"], line["end"]),
            };
            let distinct: BTreeSet<String> = lines.iter().map(unit).collect();
            assert_eq!(distinct.len() as u64, row["n"].as_u64().unwrap(), "{kind:?} {evidence}");
        }
    }
}
