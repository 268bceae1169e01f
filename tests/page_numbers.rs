//! Law 1 on the report's page: every number of every table opens as many distinct units as it says.
//!
//! Reads the page as its script does: tables name their unit and attribute, rows their codes, segments what they lie in.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde_json::Value;

use crate::harness::Study;

/// What the page says of one segment.
struct Segment {
    entry: String,
    start: u64,
    end: u64,
    attributes: Value,
    sentences: Value,
    paragraphs: Value,
}

/// A page's segments by code, and how many numbers were looked at by unit.
struct Page<'a> {
    html: &'a str,
    segments: BTreeMap<String, Vec<Segment>>,
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Returns what the pattern's first group holds, wherever it matches.
fn all(pattern: &str, html: &str) -> Vec<String> {
    let found = Regex::new(pattern).unwrap();
    found.captures_iter(html).map(|part| plain(&part[1])).collect()
}

/// Returns an attribute of the first tag in the text.
fn data(name: &str, html: &str) -> Option<String> {
    let tag = html.split_once('>').map_or(html, |(tag, _)| tag);
    all(&format!(r#" data-{name}="([^"]*)""#), tag).into_iter().next()
}

impl<'a> Page<'a> {
    fn read(html: &'a str) -> Self {
        let mut segments: BTreeMap<String, Vec<Segment>> = BTreeMap::new();
        for list in html.split("<ol class=\"segments\"").skip(1) {
            let code = data("code", list).unwrap();
            let of_code = segments.entry(code).or_default();
            for item in list.split("<li data-entry").skip(1).map(|item| format!(" data-entry{item}")) {
                let number = |name| data(name, &item).unwrap().parse().unwrap();
                let value = |name| serde_json::from_str(&data(name, &item).unwrap()).unwrap();
                of_code.push(Segment {
                    entry: data("entry", &item).unwrap(),
                    start: number("start"),
                    end: number("end"),
                    attributes: value("attributes"),
                    sentences: value("sentences"),
                    paragraphs: value("paragraphs"),
                });
            }
        }
        Self { html, segments }
    }

    /// Returns the distinct units under some codes, where the attribute has the value.
    fn units(&self, codes: &[String], unit: &str, split: Option<(&str, &str)>) -> usize {
        let mut units: BTreeSet<(&str, u64)> = BTreeSet::new();
        let mut stretches: BTreeSet<(&str, u64, u64)> = BTreeSet::new();
        for segment in codes.iter().filter_map(|code| self.segments.get(code)).flatten() {
            let reaches =
                |value: &str| segment.sentences.as_array().unwrap().iter().any(|part| part[2].as_str() == Some(value));
            let here = match split {
                // An entry is in every section in which one of the segment's sentences stands.
                Some(("section", value)) if unit == "entry" => reaches(value),
                split => split.is_none_or(|(name, value)| segment.attributes[name].as_str() == Some(value)),
            };
            let covered = match unit {
                "sentence" => &segment.sentences,
                "paragraph" => &segment.paragraphs,
                _ => {
                    units.extend((here && unit == "entry").then_some((segment.entry.as_str(), 0)));
                    stretches.extend((here && unit == "segment").then_some((
                        &*segment.entry,
                        segment.start,
                        segment.end,
                    )));
                    continue;
                }
            };
            for part in covered.as_array().unwrap() {
                let here = match split {
                    Some(("section", value)) => part[2].as_str() == Some(value),
                    _ => here,
                };
                let numbers = part[0].as_u64().unwrap()..part[1].as_u64().unwrap();
                units.extend(numbers.filter(|_| here).map(|number| (segment.entry.as_str(), number)));
            }
        }
        let mut reached = ("", 0);
        for (entry, start, end) in stretches {
            if reached.0 != entry || start >= reached.1 {
                units.insert((entry, start));
                reached = (entry, end);
            }
            reached.1 = reached.1.max(end);
        }
        units.len()
    }

    /// Compares every number with what is behind it; returns how many numbers there were, by unit.
    fn check(&self) -> BTreeMap<String, usize> {
        let mut seen = BTreeMap::new();
        for table in self.html.split("<table data-unit").skip(1).map(|table| format!(" data-unit{table}")) {
            let table = table.split("</table>").next().unwrap();
            let (unit, attribute) = (data("unit", table).unwrap(), data("attribute", table));
            let columns = all(r#"<th scope="col" data-value="([^"]*)""#, table);
            for row in table.split("<tr").skip(2) {
                let cells: Vec<&str> = row.split("<td").skip(1).collect();
                for (at, cell) in cells.into_iter().enumerate() {
                    let Some(link) = cell.split("<a class=\"n\"").nth(1) else { continue };
                    let split = attribute.as_deref().map(|name| (name, columns[at].as_str()));
                    let opened = match data("codes", row) {
                        Some(codes) => self.units(&serde_json::from_str::<Vec<String>>(&codes).unwrap(), &unit, split),
                        None => self.listed(link),
                    };
                    let evidence = data("evidence", link).unwrap();
                    assert_eq!(opened.to_string(), data("n", link).unwrap(), "{evidence}");
                    *seen.entry(unit.clone()).or_default() += 1;
                }
            }
        }
        seen
    }

    /// Counts the ids in the list that a number of cases leads to.
    fn listed(&self, link: &str) -> usize {
        let place = all(r##" href="#([^"]*)""##, link).remove(0);
        let list = self.html.split(&format!("<div id=\"{place}\">")).nth(1).unwrap();
        let ids: BTreeSet<String> = all("<li>(.*?)</li>", list.split("</div>").next().unwrap()).into_iter().collect();
        ids.len()
    }
}

#[test]
fn of_the_worked_example() {
    let html = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/reports/navigator/index.html")).unwrap();
    let seen = Page::read(&html).check();
    let units: Vec<&str> = seen.keys().map(String::as_str).collect();
    assert_eq!(units, ["case", "code", "entry", "paragraph", "segment", "sentence"]);
}

/// Segments that reach over sections, that overlap, that lie in one paragraph; codes under others, one apart; attributes
/// with the names of the program's own, and values with every kind of character.
#[test]
fn of_a_study_in_which_segments_units_and_sections_cross() {
    let settings = crate::harness::SETTINGS.to_owned()
        + "[cases]\npath = \"cases.csv\"\nid = \"id\"\n[report]\nby = [\"site\", \"section\", \"month\"]\n";
    let codebook = crate::harness::CODEBOOK.to_owned()
        + "[[code]]\nid = \"court\"\nparent = \"lawyer\"\nlabel = \"Court\"\nrules = [\"court\"]\nunit = \"paragraph\"\n\
           [[code]]\nid = \"letter\"\ntheme = \"help\"\nlabel = \"Letters\"\nrules = [\"letter\"]\naggregate = false\nunit = \"hit\"\n\
           [[code]]\nid = \"stamp\"\nparent = \"letter\"\nlabel = \"Stamps\"\nrules = [\"letter THEN/3 stamp\"]\nunit = \"hit\"\n\
           [[code]]\nid = \"whole\"\ntheme = \"help\"\nlabel = \"Whole entries\"\nrules = [\"lawyer AND wait\"]\nunit = \"entry\"\nwithin = \"entry\"\n";
    let text = |site: &str, month: &str| {
        format!(
            "+++\nsite = {site:?}\nmonth = {month:?}\nsection = \"none\"\n+++\nWe waited. A lawyer waited. Court. Nothing.\n\n\
             ## Greatest \"success\" & more\n\nA letter with a stamp. The lawyer went to court. We waited.\n\nNothing. A letter.\n\n\
             ## Limits\n\nA court waited. A lawyer waited."
        )
    };
    let study = Study::new()
        .file("themata.toml", settings)
        .file("codebooks/c.toml", codebook)
        .file("cases.csv", "id,need\np1,asylum\np2,asylum\np3,visa\n")
        .file("corpus/2018-03.md", text("East; \"Clinic\" <1>", "never"))
        .file("corpus/2018-01.md", text("West", "2018-03"))
        .file("corpus/2018-02.md", "Nothing of it.");
    let _ = study.run(&["run"]).ok();
    let seen = Page::read(&study.read("reports/c/index.html")).check();
    assert!(seen.len() == 6 && seen.values().sum::<usize>() > 90, "{seen:?}");
}
