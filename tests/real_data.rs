//! Checks over real texts, in the folder that THEMATA_REAL_DATA names. They are not part of the repository.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde_json::json;
use themata::{
    codebook::Within,
    matching::{Matcher, Scanner},
    query::parse_rule,
    text::{Language, fold, normalise, outline, parts, stem_keys, tokens},
};

use crate::harness::Study;

#[allow(clippy::disallowed_methods, reason = "where real texts lie is said by the environment")]
fn texts() -> Option<PathBuf> {
    let folder = std::env::var("THEMATA_REAL_DATA").ok().map(|folder| PathBuf::from(folder).join("data/texts"));
    if folder.is_none() {
        println!("skipped: THEMATA_REAL_DATA is not set");
    }
    folder
}

fn settings(source: &str) -> String {
    format!("[study]\nid = \"real\"\ncodebook = \"codebooks/c.toml\"\n\n[[source]]\n{source}")
}

fn ids(study: &Study, attribute: &str) -> Vec<String> {
    let table = study.run(&["table", "attribute", attribute, "--json"]).ok().json();
    let mut ids: Vec<String> =
        table["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn a_nursing_sisters_diary_has_218_dated_entries() {
    let Some(texts) = texts() else { return };
    let source = "path = 'pg18910.txt'\npattern = '_.{0,30}day.{0,25}?(?P<date>(?:January|February|March|April|May|June|July|August|September|October|November|December) \\d+)(?:st|nd|rd|th)'\nfirst_year = 1914\n";
    let study = Study::new().file("themata.toml", settings(source));
    study.write("pg18910.txt", std::fs::read(texts.join("raw/pg18910.txt")).unwrap());
    let report = study.run(&["ingest", "--json"]).ok().json();
    assert_eq!(report["totals"], json!({ "added": 218, "duplicate": 1 }));
    assert_eq!(report["files"][0]["encoding"], "windows-1252 (detected)");
    // Only the pages before the first date are spoken of: no date runs backwards.
    assert_eq!(report["warnings"].as_array().unwrap().len(), 1, "{}", report["warnings"]);
    let dates = ids(&study, "date");
    assert_eq!((dates.first().unwrap().as_str(), dates.last().unwrap().as_str()), ("1914-08-18", "1915-05-26"));
}

#[test]
fn partial_dates_stay_partial() {
    let Some(texts) = texts() else { return };
    let source = "path = 'pg18398.txt'\npattern = '(?:(?P<place>[A-Z][^\\n,]{2,30}), )?(?P<date>(?:January|February|March|April|May|June|December)(?: \\d+)?)\\.--'\n";
    let study = Study::new().file("themata.toml", settings(source));
    study.write("pg18398.txt", std::fs::read(texts.join("raw/pg18398.txt")).unwrap());
    let _ = study.run(&["ingest"]).ok();
    let expected = [
        "--01", "--02", "--03", "--03-13", "--03-17", "--03-20", "--03-24", "--04", "--04-03", "--04-30", "--06",
        "--12", "--12-20",
    ];
    assert_eq!(ids(&study, "date"), expected);
    assert_eq!(study.run(&["table", "attribute", "year"]).fails().stdout(), "");
}

#[test]
fn pepys_with_the_navigators_codebook() {
    let Some(texts) = texts() else { return };
    let codebook =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("codebooks/navigator.toml")).unwrap();
    let study =
        Study::new().file("themata.toml", settings("path = 'pepys.jsonl'\n")).file("codebooks/c.toml", codebook);
    let diary = std::fs::read_to_string(texts.join("pepys_1660-1669_complete.jsonl")).unwrap();
    study.write("pepys.jsonl", &diary);
    let first = study.run(&["run", "--json"]).ok().json();
    assert_eq!(first["ingest"]["totals"], json!({ "added": 3407 }));
    let again = study.run(&["run", "--json"]).ok().json();
    assert_eq!((&again["read"], &again["report"]["changed"]), (&0.into(), &0.into()));
    study.write("pepys.jsonl", diary.replacen("great skirts", "greater skirts", 1));
    let edited = study.run(&["run", "--json"]).ok().json();
    assert_eq!(edited["ingest"]["totals"], json!({ "revised": 1, "unchanged": 3406 }));
    // Rules for a clinic's navigator fire rarely in a diary of the 1660s.
    let table = study.run(&["table", "frequency", "--unit", "sentence", "--json"]).ok().json();
    let all = table["N"].as_u64().unwrap();
    for row in table["rows"].as_array().unwrap() {
        let n = row["n"].as_u64().unwrap();
        let bound = if row["level"] == "code" { 100 } else { 60 };
        assert!(n * bound < all, "{}: {n} of {all}", row["id"]);
    }
    // All codes together: themes, and codes without one, hold every coded sentence.
    let mut coded = std::collections::BTreeSet::new();
    for row in table["rows"].as_array().unwrap().iter().filter(|row| row["parent"].is_null() && row["n"] != 0) {
        for line in study.run(&["segments", row["evidence"].as_str().unwrap(), "--json"]).ok().json_lines() {
            coded.insert(format!("{} {}", line["entry"], line["start"]));
        }
    }
    assert!(coded.len() as u64 * 20 < all, "{} of {all} sentences are coded", coded.len());
}

/// Words counted by an independent program: 20 categories of Empath over 78 texts, 1,560 numbers. That program lowers the case
/// and knows neither headings nor hyphens, so that each text is given as one paragraph in small letters.
#[test]
fn words_of_empath_are_counted_as_by_its_own_program() {
    let Some(texts) = texts() else { return };
    let folder = texts.join("../dictionaries/empath");
    let oracle = std::fs::read_to_string(folder.join("oracle_empath.csv")).unwrap();
    let mut lines = oracle.lines();
    let categories: Vec<&str> = lines.next().unwrap().split(',').skip(2).collect();
    let terms = std::fs::read_to_string(folder.join("categories.tsv")).unwrap();
    let mut codebook = "[codebook]\nid = \"e\"\ntitle = \"E\"\nunit = \"entry\"\n".to_owned();
    for category in &categories {
        let line = terms.lines().find(|line| line.split('\t').next() == Some(category)).unwrap();
        let usable = |word: &&str| word.contains(char::is_alphanumeric) && !word.contains(['_', ' ', '-']);
        let rules: BTreeSet<String> =
            line.split('\t').skip(1).filter(usable).map(|word| format!("'=\"{word}\"'")).collect();
        let rules: Vec<String> = rules.into_iter().collect();
        let id = category.replace('_', "-");
        codebook += &format!("[[code]]\nid = \"{id}\"\nlabel = \"{id}\"\nrules = [{}]\n", rules.join(", "));
    }
    let (codebook, _) = themata::codebook::read(&codebook).unwrap();
    let all: Vec<usize> = (0..categories.len()).collect();
    let matcher = Matcher::for_codes(&codebook, &all);
    let mut scanner = Scanner::new(&matcher);
    let mut compared = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let source = std::fs::read_to_string(texts.join(format!("{}.jsonl", cells[0]))).unwrap();
        let mut entries = source.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let entry = entries.find(|entry| entry["id"] == cells[1]).unwrap();
        let text = normalise(&entry["text"].as_str().unwrap().to_lowercase()).replace('\n', " ");
        let mut counts = vec![0; categories.len()];
        for one in scanner.scan(&text, &outline(&text, Language::English)) {
            counts[one.code as usize] += one.evidence.len();
        }
        for ((category, count), cell) in categories.iter().zip(counts).zip(&cells[2..]) {
            assert_eq!(count, cell.parse::<usize>().unwrap(), "{} {category}", cells[1]);
            compared += 1;
        }
    }
    assert_eq!(compared, 1560);
}

/// A file among the numbers to test against, beside the texts.
fn oracle(name: &str) -> Option<String> {
    let path = texts()?.join("../../oracles/text").join(name);
    let found = std::fs::read_to_string(&path).ok();
    if found.is_none() {
        println!("skipped: there is no {}", path.display());
    }
    found
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split(',').collect())
}

#[test]
fn letters_are_folded_as_the_oracle_says() {
    let Some(table) = oracle("fold.csv") else { return };
    for row in rows(&table) {
        assert_eq!(fold(row[0]), row[4], "{}", row[0]);
    }
}

#[test]
fn stems_are_those_of_the_oracle() {
    let Some(table) = oracle("stems.csv") else { return };
    for row in rows(&table) {
        let keys = stem_keys(row[1], Language::from_code(row[0]).unwrap());
        assert!(keys.contains(&fold(row[2]).into_owned()), "{row:?} gives {keys:?}");
    }
}

#[test]
fn haitian_contractions_are_those_of_the_oracle() {
    let Some(table) = oracle("haitian_contractions.csv") else { return };
    for row in rows(&table) {
        assert_eq!(parts(row[0], Language::HaitianCreole).join(" "), row[1], "{}", row[0]);
    }
}

/// Pairs of words by the places of both; `PRE/n` there is `THEN/n` here.
#[test]
fn words_are_near_each_other_as_the_oracle_counts() {
    let Some(oracle) = oracle("proximity.json") else { return };
    let oracle: serde_json::Value = serde_json::from_str(&oracle).unwrap();
    let text = oracle["text"].as_str().unwrap();
    let tokens = tokens(text);
    let parts = outline(text, Language::English);
    for (expression, expected) in oracle["near"].as_object().unwrap() {
        let expr = parse_rule(&expression.replace("PRE/", "THEN/"), false).unwrap();
        let matcher = Matcher::for_search(&expr, Within::Entry);
        let hits = Scanner::new(&matcher).hits(text, &parts);
        let place = |span: &themata::text::Span| tokens.iter().position(|token| token == span).unwrap();
        let found: BTreeSet<Vec<usize>> = hits.iter().map(|hit| hit.evidence.iter().map(place).collect()).collect();
        let expected: BTreeSet<Vec<usize>> = expected
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| {
                let mut pair: Vec<usize> =
                    pair.as_array().unwrap().iter().map(|place| place.as_u64().unwrap() as usize).collect();
                pair.sort_unstable();
                pair
            })
            .collect();
        assert_eq!(found, expected, "{expression}");
    }
}
