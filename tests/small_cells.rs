//! Small numbers of persons: what several tables tell together.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;
use themata::statistics::small_cells::bounds;

use crate::harness::{SETTINGS, Study};

const MIN_CELL: &str = "[privacy]\nmin_cell = 11\n";

/// A register of cases with two columns, `a` and `b`, so many of each pair.
fn register(rows: &[(&str, &str, usize)], privacy: &str) -> Study {
    let settings = format!("{SETTINGS}\n[cases]\npath = \"cases.csv\"\nid = \"case\"\n{privacy}");
    let cases = rows.iter().flat_map(|(a, b, times)| (0..*times).map(move |_| (a, b)));
    let lines: Vec<String> = cases.enumerate().map(|(case, (a, b))| format!("{case},{a},{b}\n")).collect();
    let study = Study::new()
        .file("themata.toml", settings)
        .file("cases.csv", format!("case,a,b\n{}", lines.concat()))
        .file("corpus/1.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    study
}

/// Entries of one person each: words, site (none when empty), and how many.
fn people(rows: &[(&str, &str, usize)]) -> Study {
    let persons = rows.iter().flat_map(|(words, site, times)| (0..*times).map(move |_| (words, site)));
    let line = |(at, (words, site)): (usize, (&&str, &&str))| match site.is_empty() {
        true => format!("{{\"id\":\"e{at}\",\"author\":\"p{at}\",\"text\":\"{words}\"}}\n"),
        false => format!("{{\"id\":\"e{at}\",\"author\":\"p{at}\",\"site\":\"{site}\",\"text\":\"{words}\"}}\n"),
    };
    let lines: Vec<String> = persons.enumerate().map(line).collect();
    let settings = format!("{}\n{MIN_CELL}", SETTINGS.replace("*.md", "*.jsonl"));
    let codebook = "[codebook]\nid = \"c\"\n[[theme]]\nid = \"t\"\n\
                    [[code]]\nid = \"x\"\ntheme = \"t\"\nrules = [\"alpha\"]\n[[code]]\nid = \"y\"\ntheme = \"t\"\nrules = [\"beta\"]\n";
    let study = Study::new()
        .file("themata.toml", settings)
        .file("codebooks/c.toml", codebook)
        .file("corpus/e.jsonl", lines.concat());
    let _ = study.run(&["ingest"]).ok();
    study
}

/// Rows as `id column n`, hidden numbers as their marks.
fn rows(table: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let n = row["n"].as_u64().map_or_else(|| row["suppressed"].as_str().unwrap().to_owned(), |n| n.to_string());
        [row["id"].as_str(), row["column"].as_str(), Some(n.as_str())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

fn table(study: &Study, words: &[&str]) -> Value {
    study.run(&[&["table"], words, &["--json"]].concat()).ok().json()
}

const OF_CASES: [&str; 2] = ["--of", "cases"];

#[test]
fn those_without_a_value_protect_nobody() {
    // Without the 13 there would be one hidden number in the column x.
    let all = [("u", "x", 5), ("u", "y", 30), ("u", "z", 30), ("v", "x", 40), ("v", "y", 40), ("v", "z", 30)];
    let with = |none: [usize; 3]| {
        let none = [("", "x", none[0]), ("", "y", none[1]), ("", "z", none[2])];
        register(&[all.as_slice(), &none].concat(), MIN_CELL)
    };
    let study = with([13, 25, 20]);
    let shown = rows(&table(&study, &[&["attribute", "a", "--by", "b"], OF_CASES.as_slice()].concat()));
    assert_eq!(
        shown,
        ["u x primary", "u y 30", "u z complementary", "v x complementary", "v y 40", "v z complementary"]
    );
    let few = with([13, 25, 3]);
    let ran = few.run(&["table", "attribute", "b", "--of", "cases", "--by", "a"]).fails();
    assert!(ran.stderr().contains("fewer than 11 of one value have none of the other"), "{}", ran.stderr());
}

#[test]
fn columns_of_persons_do_not_tell_a_small_one_by_subtraction() {
    let study = people(&[("alpha", "N", 20), ("none", "N", 15), ("alpha", "S", 5), ("none", "S", 25)]);
    assert_eq!(rows(&table(&study, &["frequency", "--unit", "participant"])), ["t 25", "x 25", "y 0"]);
    let by_site = table(&study, &["crosstab", "site", "--unit", "participant"]);
    assert_eq!(rows(&by_site)[..4], ["t N complementary", "t S primary", "x N complementary", "x S primary"]);
    let study = people(&[("alpha", "N", 40), ("none", "S", 20), ("none", "", 3)]);
    let ran = study.run(&["table", "crosstab", "site", "--unit", "participant"]).fails();
    assert!(ran.stderr().contains("fewer than 11 have no value"), "{}", ran.stderr());
}

#[test]
fn a_theme_does_not_tell_its_small_code() {
    let study = people(&[("alpha", "N", 12), ("beta", "N", 10), ("none", "N", 30)]);
    let shown = table(&study, &["frequency", "--unit", "participant"]);
    assert_eq!(rows(&shown), ["t 22", "x complementary", "y primary"]);
}

#[test]
fn several_values_do_not_tell_a_small_one() {
    let study = register(&[("p;q", "X", 11), ("p", "X", 40), ("q", "X", 39), ("r", "X", 10)], MIN_CELL);
    let shown = table(&study, &[&["attribute", "a"], OF_CASES.as_slice()].concat());
    assert_eq!(rows(&shown), ["p 51", "q complementary", "r primary"]);
    let study = register(
        &[("p;q", "X", 20), ("p", "X", 35), ("q", "Y", 25), ("r", "X", 12), ("r", "Y", 5), ("p", "Y", 15)],
        MIN_CELL,
    );
    let shown = rows(&table(&study, &[&["attribute", "a", "--by", "b"], OF_CASES.as_slice()].concat()));
    assert!(shown.contains(&"r Y primary".to_owned()) && shown.contains(&"r X complementary".to_owned()), "{shown:?}");
}

/// Whether shown percentages add up to 100 would tell of those that are hidden.
#[test]
fn no_note_is_made_of_hidden_numbers() {
    let notes = |last: [usize; 2]| {
        let rows = [("d", "X", 28), ("c", "X", 6), ("e", "X", last[0]), ("f", "X", last[1])];
        let table = register(&rows, "[privacy]\nmin_cell = 5\n");
        table.run(&["table", "attribute", "a", "--of", "cases"]).ok().stdout()
    };
    assert_eq!(notes([3, 3]), notes([2, 4]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    /// Of two attributes that not every case has, all tables together leave every hidden number open.
    #[test]
    fn tables_of_two_attributes_leave_hidden_numbers_open(
        cells in prop::collection::vec(prop_oneof![3 => 5_usize..30, 1 => 1_usize..5, 1 => Just(0)], 9),
        without in prop::collection::vec(prop_oneof![Just(0), 5_usize..20], 7),
    ) {
        let (values, others) = (["a0", "a1", "a2", ""], ["b0", "b1", "b2", ""]);
        let count = |line: usize, column: usize| match (line < 3, column < 3) {
            (true, true) => cells[line * 3 + column],
            (true, false) => without[line],
            (false, true) => without[3 + column],
            (false, false) => without[6],
        };
        let places = || (0..4).flat_map(|line| (0..4).map(move |column| (line, column)));
        let rows: Vec<_> = places().map(|(line, column)| (values[line], others[column], count(line, column))).collect();
        let study = register(&rows, "[privacy]\nmin_cell = 5\n");
        let mut hidden: BTreeMap<(String, String), bool> = BTreeMap::new();
        for (name, by) in [("a", "b"), ("b", "a")] {
            let ran = study.run(&["table", "attribute", name, "--of", "cases", "--by", by, "--json"]);
            if ran.stdout().is_empty() {
                continue;
            }
            let table = ran.json();
            for row in table["rows"].as_array().unwrap() {
                let (own, other) = (row["id"].as_str().unwrap().to_owned(), row["column"].as_str().unwrap().to_owned());
                let place = if name == "a" { (own, other) } else { (other, own) };
                let before = hidden.insert(place, row["n"].is_null());
                prop_assert!(before.is_none_or(|before| before == row["n"].is_null()));
            }
        }
        // How many have none of the other attribute is known: from N of each line and the table of each attribute.
        let counts: Vec<Vec<u64>> = (0..4).map(|line| (0..4).map(|column| count(line, column) as u64).collect()).collect();
        let is_hidden = |line: usize, column: usize| {
            hidden.get(&(values[line].to_owned(), others[column].to_owned())).copied().unwrap_or_default()
        };
        let flags: Vec<Vec<bool>> = (0..4).map(|line| (0..4).map(|column| is_hidden(line, column)).collect()).collect();
        for bound in bounds(&counts, &flags) {
            prop_assert!(bound.least < bound.most, "{bound:?} {counts:?}");
        }
    }
}
