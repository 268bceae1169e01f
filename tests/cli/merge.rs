//! `themata merge`.

use std::fs;

use crate::harness::{Study, coded, nameless, tree};

/// A copy of a study as a colleague takes it along.
fn copy(study: &Study) -> Study {
    let other = Study::nothing();
    for (name, bytes) in tree(study.root()) {
        other.write(&name, bytes);
    }
    other
}

fn accept(study: &Study, entry: &str, coder: &str) {
    let _ = study.run(&["decide", "accept", entry, "--code", "lawyer", "--all", "--coder", coder]).ok();
}

fn table(study: &Study) -> String {
    study.run(&["table", "frequency", "--unit", "sentence", "--json"]).ok().stdout()
}

#[test]
fn copies_join_in_any_order_and_twice_is_once() {
    let one = coded();
    let other = copy(&one);
    accept(&one, "2018-01", "ana");
    accept(&other, "2018-02", "ben");
    let bundle = one.path("ana.jsonl");
    let _ = one.run(&["export", "log", "ana.jsonl"]).ok();
    let joined = one.run(&["merge", other.root().to_str().unwrap()]).ok().stdout();
    let shown = joined.replace(other.root().to_str().unwrap(), "[other]");
    insta::assert_snapshot!(nameless(&shown), @"
    [other]: 2 new events, 4 known; 0 texts and records new
      (nobody named): codebook.seen 1
      ben: suggestion.accepted 1
    ");
    let _ = other.run(&["merge", bundle.to_str().unwrap()]).ok();
    assert_eq!(table(&one), table(&other));
    assert!(
        one.run(&["merge", other.path(".themata/study.db").to_str().unwrap()]).ok().stdout().contains("nothing new")
    );
    for study in [&one, &other] {
        let _ = study.run(&["verify"]).ok();
    }
}

/// Studies that began apart, each reading the same sources, have other secrets and other events: codings find their words.
#[test]
fn copies_that_began_apart_join_without_texts() {
    let (one, other) = (coded(), coded());
    accept(&one, "2018-01", "ana");
    accept(&other, "2018-02", "ben");
    let _ = other.run(&["memo", "add", "study", "A memo goes along", "--coder", "ben"]).ok();
    let bundle = one.path("ben.jsonl");
    let _ = other.run(&["export", "log", bundle.to_str().unwrap(), "--with-texts", "none"]).ok();
    let text = fs::read_to_string(&bundle).unwrap();
    assert!(!text.contains("Nobody came") && text.contains("A memo goes along"));
    let _ = one.run(&["merge", "ben.jsonl"]).ok();
    let row = one.run(&["table", "frequency", "--json"]).ok().json()["rows"][1].clone();
    assert_eq!((&row["id"], &row["n"], &row["N"]), (&"lawyer".into(), &2.into(), &2.into()));
    let _ = one.run(&["verify"]).ok();
    // Whoever merges before reading the sources gets the same.
    let late = Study::nothing();
    for (name, bytes) in tree(one.root()).into_iter().filter(|(name, _)| !name.starts_with(".themata")) {
        late.write(&name, bytes);
    }
    let _ = late.run(&["merge", "ben.jsonl"]).ok();
    let _ = late.run(&["ingest"]).ok();
    let row = late.run(&["table", "frequency", "--json"]).ok().json()["rows"][1].clone();
    assert_eq!((&row["id"], &row["n"], &row["N"]), (&"lawyer".into(), &1.into(), &2.into()));
    let _ = late.run(&["verify"]).ok();
}

#[test]
fn another_codebook_is_written_beside() {
    let one = coded();
    let other = copy(&one);
    let _ = other.run(&["code", "add", "2018-02", "--quote", "Nobody", "--code", "waiting", "--coder", "ben"]).ok();
    let _ = other.run(&["codebook", "rename", "waiting", "delay", "--coder", "ben"]).ok();
    let joined = one.run(&["merge", other.root().to_str().unwrap()]).ok().stdout();
    assert!(joined.contains("codebooks/c.theirs.toml"), "{joined}");
    assert_eq!(one.read("codebooks/c.theirs.toml"), other.read("codebooks/c.toml"));
    assert!(!one.read("codebooks/c.toml").contains("delay"));
    // As long as the own codebook has the old name, the coding counts there; then under the new.
    let row = |id: &str| {
        let lines = one.run(&["segments", &format!("code={id},counts=accepted"), "--json"]).ok().json_lines();
        lines.iter().map(|line| line["coder"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(row("waiting"), ["ben"]);
    one.write("codebooks/c.toml", other.read("codebooks/c.toml"));
    assert_eq!(row("delay"), ["ben"]);
}

#[test]
fn lines_that_do_not_fit_are_refused_and_the_rest_is_joined() {
    let (one, other) = (coded(), coded());
    accept(&other, "2018-02", "ben");
    let _ = other.run(&["export", "log", "all.jsonl"]).ok();
    let text = other.read("all.jsonl");
    let changed =
        text.replacen("suggestion.accepted", "suggestion.rejected", 1).replacen("Nobody came", "Somebody came", 1);
    one.write("all.jsonl", format!("\u{feff}{changed}not json\r\n{{\"event\":\"{{}}\"}}\n").replace('\n', "\r\n"));
    let joined = one.run(&["merge", "all.jsonl"]).finds_problems();
    assert_eq!(joined.stderr().lines().filter(|line| line.starts_with("refused")).count(), 4, "{}", joined.stderr());
    let _ = one.run(&["verify"]).ok();
    for (name, content) in [
        ("a.txt", "no log"),
        ("b.db", "SQLite format 3\0 nothing"),
        ("c.jsonl", ""),
        ("d.jsonl", "{\"themata_log\":9}\n"),
    ] {
        one.write(name, content);
        let _ = one.run(&["merge", name]).fails();
    }
    let _ = one.run(&["merge", "nowhere.db"]).fails();
}

/// Nothing in common: a slip of the hand, which would count somebody else's entries.
#[test]
fn another_study_is_refused() {
    let one = coded();
    let other = Study::new().file("corpus/x.md", "Quite other words about a lawyer.");
    let _ = other.run(&["run"]).ok();
    let _ = other.run(&["export", "log", "x.jsonl", "--with-texts", "none"]).ok();
    let before = table(&one);
    for path in [other.root().to_owned(), other.path("x.jsonl")] {
        let refused = one.run(&["merge", path.to_str().unwrap()]).fails().stderr();
        assert!(refused.contains("is another study"), "{refused}");
    }
    assert_eq!(table(&one), before);
    let _ = one.run(&["verify"]).ok();
}

#[test]
fn each_colleagues_codebook_is_kept() {
    let one = coded();
    for new in ["delay", "queue"] {
        let other = copy(&one);
        let _ = other.run(&["codebook", "rename", "waiting", new, "--coder", "ben"]).ok();
        drop(one.run(&["merge", other.root().to_str().unwrap()]));
    }
    assert!(one.read("codebooks/c.theirs.toml").contains("delay"));
    assert!(one.read("codebooks/c.theirs-2.toml").contains("queue"));
}
