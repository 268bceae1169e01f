//! Words are stemmed in the language of their sentence, wherever that comes from, and all that is derived follows it.

use crate::harness::Study;

/// A codebook with one code that finds a Spanish and an English word by their inflections.
fn codebook(languages: &str) -> String {
    format!(
        "[codebook]\nid = \"c\"\ntitle = \"C\"\n{languages}\n\n[[code]]\nid = \"lawyer\"\nlabel = \"Lawyer\"\nrules = [\"abogado\", \"lawyer\"]\n"
    )
}

const MIXED: &str = "She waited for her lawyers. \"No tengo dinero para las abogadas.\" We said nothing.";

/// Entry and words of every segment of the code, which must be what a search for its rules finds.
fn found(study: &Study) -> Vec<String> {
    let lines = |arguments: &[&str], words: &str| -> Vec<String> {
        let lines = study.run(arguments).ok().json_lines();
        lines.iter().map(|line| format!("{} {}", line["entry"], line[words]).replace('"', "")).collect()
    };
    let segments = lines(&["segments", "code=lawyer", "--json"], "text").len();
    let hits = lines(&["search", "abogado | lawyer", "--json"], "hit");
    assert_eq!(segments, hits.len());
    hits
}

#[test]
fn a_sentence_that_declares_nothing_is_in_the_language_that_it_tells() {
    let study = Study::new()
        .file("codebooks/c.toml", codebook("languages = [\"en\", \"es\"]"))
        .file("corpus/2018-01.md", MIXED)
        .file("corpus/2018-02.md", format!("---\nlanguage: en\n---\n{MIXED}"))
        .file("corpus/2018-03.md", format!("---\nlanguage: es\n---\n{MIXED}"));
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(found(&study), ["2018-01 lawyers", "2018-01 abogadas", "2018-02 lawyers", "2018-03 abogadas"]);
}

#[test]
fn other_languages_of_the_codebook_renew_cache_and_index() {
    let study = Study::new().file("codebooks/c.toml", codebook("")).file("corpus/2018-01.md", MIXED);
    let _ = study.run(&["run"]).ok();
    assert_eq!(found(&study), ["2018-01 lawyers"]);
    let both = ["2018-01 lawyers", "2018-01 abogadas"];
    for (languages, expected) in [
        ("languages = [\"en\", \"es\"]", both.as_slice()),
        ("languages = [\"es\"]", &both[1..]),
        ("languages = [\"es\", \"en\"]", &both),
        ("languages = [\"en\", \"fr\"]", &both[..1]),
    ] {
        study.write("codebooks/c.toml", codebook(languages));
        assert_eq!(found(&study), expected, "{languages}");
    }
}

#[test]
fn a_search_for_a_language_keeps_entries_that_have_a_sentence_of_it() {
    let study = Study::new()
        .file("codebooks/c.toml", codebook("languages = [\"en\", \"es\"]"))
        .file("corpus/2018-01.md", MIXED)
        .file("corpus/2018-02.md", "She waited for her lawyers.")
        .file("corpus/2018-03.md", "---\nlanguage: es\n---\nLawyer.");
    let _ = study.run(&["ingest"]).ok();
    let entries = |filter: &str| -> Vec<String> {
        let lines = study.run(&["search", "lawyer*", filter, "--json"]).ok().json_lines();
        lines.iter().map(|line| line["entry"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(entries("lang:es"), ["2018-01", "2018-03"]);
    assert_eq!(entries("language:en"), ["2018-01", "2018-02"]);
    assert_eq!(entries("lang:fr"), [""; 0]);
}

#[test]
fn the_index_knows_the_words_that_a_haitian_word_stands_for() {
    let study = Study::new()
        .file("codebooks/c.toml", codebook("languages = [\"en\", \"ht\"]"))
        .file("corpus/2018-01.md", "He sat down. \"Manman m malad, lap kriye.\"")
        .file("corpus/2018-02.md", "The child sat on her lap.")
        .file("corpus/2018-03.md", "---\nlanguage: ht\n---\nLap vini.");
    let _ = study.run(&["ingest"]).ok();
    let lines = study.run(&["search", "li ap", "--json"]).ok().json_lines();
    let found: Vec<String> = lines.iter().map(|line| format!("{} {}", line["entry"], line["hit"])).collect();
    assert_eq!(found, ["\"2018-01\" \"lap\"", "\"2018-03\" \"Lap\""]);
}
