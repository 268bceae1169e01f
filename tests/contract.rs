//! What the outside may rely on (the design's section on commands and JSON shapes), as far as it is built:
//! changing a key, a type or an exit code here is a commit of its own with a line in CHANGELOG.md.

use serde_json::Value;

use crate::harness::{Ran, Study};

/// `key: type` of an object, in its order.
fn shape(value: &Value) -> String {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "decimal",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    let pairs = value.as_object().unwrap().iter().map(|(key, value)| format!("{key}: {}", kind(value)));
    pairs.collect::<Vec<_>>().join(", ")
}

fn study() -> Study {
    let study = Study::new()
        .file("themata.toml", format!("{}\n[cases]\npath = \"cases.csv\"\nid = \"id\"\n", crate::harness::SETTINGS))
        .file("cases.csv", "id,need\np1,asylum\n")
        .file("corpus/2018-01.md", "Niño 😊 waited. A lawyer came.");
    let _ = study.run(&["ingest"]).ok();
    study
}

#[test]
fn table() {
    let study = study();
    let frequency = study.run(&["table", "frequency", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&frequency), @"table: string, unit: string, counts: string, coder: string, N: number, parameters: object, notes: list, rows: list");
    insta::assert_snapshot!(shape(&frequency["rows"][0]), @"id: string, label: string, level: string, parent: null, n: number, N: number, missing: number, percent: null, percent_reason: string, unit: string, evidence: string");
    let crosstab = study.run(&["table", "crosstab", "source", "--json"]).ok().json();
    assert!(crosstab["rows"][0]["column"].is_string() && crosstab["rows"][0].get("month").is_none());
    let trend = study.run(&["table", "trend", "--json"]).ok().json();
    assert!(trend["rows"][0]["month"].is_string() && trend["rows"][0].get("column").is_none());
    let cases = study.run(&["table", "attribute", "need", "--of", "cases", "--percent", "--json"]).ok().json();
    assert_eq!((&cases["counts"], &cases["coder"], &cases["unit"]), (&Value::Null, &Value::Null, &"case".into()));
    assert_eq!((&cases["rows"][0]["level"], &cases["rows"][0]["percent"]), (&"value".into(), &100.into()));
    assert_eq!(study.run(&["table", "frequency", "--format", "json"]).ok().json(), frequency);
}

/// Keys that only some tables have: pairs, hidden cells, further measures, tests of lines.
#[test]
fn further_keys_of_tables() {
    let study = study();
    let pairs = study.run(&["table", "cooccurrence", "--level", "entry", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&pairs["rows"][0]), @"id: string, label: string, level: string, parent: null, with: string, n: number, N: number, missing: number, percent: null, percent_reason: string, unit: string, evidence: string, with_label: string, n_a: number, n_b: number, jaccard: decimal, p_b_given_a: decimal, p_a_given_b: decimal, expected: decimal");
    let saturation = study.run(&["table", "saturation", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&saturation["rows"][0]), @"id: string, label: string, level: string, parent: null, n: number, N: number, missing: number, percent: null, percent_reason: string, unit: string, evidence: string, cumulative: number, codes: string");
    let coverage = study.run(&["table", "coverage", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&coverage["rows"][0]), @"id: string, label: string, level: string, parent: null, n: number, N: number, missing: number, percent: null, percent_reason: string, unit: string, evidence: string, share: null, share_reason: string, coverage: number, rate: decimal");
    let tested = study.run(&["table", "crosstab", "source", "--test", "--interval", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&tested), @"table: string, unit: string, counts: string, coder: string, N: number, parameters: object, notes: list, rows: list, tests: list");
    assert!(tested["rows"][0]["ci"].as_array().is_some_and(|ends| ends.len() == 2));
    // Undefined is null with its reason beside it; `percent` too.
    let test = &tested["tests"][0];
    assert!(test["p"].is_null() && test["p_reason"].is_string() && tested["rows"][0]["percent"].is_null());
    // A hidden cell has neither count nor percentage, and says why.
    study.write("themata.toml", study.read("themata.toml") + "\n[privacy]\nmin_cell = 3\n");
    study.write("cases.csv", "id,need\n1,a\n2,b\n3,c\n4,c\n5,c\n6,c\n7,d\n8,d\n9,d\n");
    let _ = study.run(&["ingest"]).ok();
    let hidden = study.run(&["table", "attribute", "need", "--of", "cases", "--json"]).ok().json();
    let rows = hidden["rows"].as_array().unwrap();
    let of = |why: &str| rows.iter().filter(|row| row["suppressed"] == why).collect::<Vec<_>>();
    assert_eq!((of("primary").len(), of("complementary").len()), (2, 1), "{hidden}");
    assert!(rows.iter().all(|row| row.get("suppressed").is_none() || (row["n"].is_null() && row["percent"].is_null())));
}

/// `report verify`: 0 when equal, 3 when something differs; `table check`: 3 when a percentage cannot be.
#[test]
fn checks_end_with_3() {
    let study = study();
    let _ = study.run(&["report"]).ok();
    insta::assert_snapshot!(shape(&study.run(&["report", "verify", "reports/c", "--json"]).ok().json()), @"files: number, inputs: list, differ: list, changed: list, missing: list, new: list, equal: bool");
    study.write("reports/c/report.md", "");
    let _ = study.run(&["report", "verify", "reports/c"]).finds_problems();
    let _ = study.run(&["table", "check", "12", "13"]).finds_problems();
    insta::assert_snapshot!(shape(&study.run(&["table", "check", "10", "50", "50", "--json"]).ok().json()), @"n: number, rows: list, decimals: list, mixed_precision: bool, forced: list, impossible: list, can_sum_to_n: bool, vectors: number, first_vectors: list, nearest_sum: number, printed_sum: string");
}

#[test]
fn search_and_segments_speak_in_code_points() {
    let study = study();
    let line = &study.run(&["search", "waited", "--json"]).ok().json_lines()[0];
    insta::assert_snapshot!(line, @r#"{"entry":"2018-01","start":7,"end":13,"left":"Niño 😊 ","hit":"waited","right":". A lawyer came."}"#);
    let line = &study.run(&["segments", "code=waiting", "--json"]).ok().json_lines()[0];
    insta::assert_snapshot!(line, @r#"{"entry":"2018-01","start":0,"end":14,"text":"Niño 😊 waited.","code":"waiting","coder":null,"status":"suggested","rule":"wait"}"#);
    let line = &study.run(&["segments", "cases=need:asylum", "--json"]).ok().json_lines()[0];
    insta::assert_snapshot!(line, @r#"{"case":"p1"}"#);
}

/// Each distinct stretch once, those without codes left out; one item per code and rule; the text is normalised first.
#[test]
fn explain() {
    let study = Study::new().file(
        "c.toml",
        crate::harness::CODEBOOK.to_owned()
            + "[[code]]\nid = \"court\"\nparent = \"lawyer\"\nlabel = \"Court\"\nrules = [\"court\", \"court came\"]\nunit = \"hit\"\n",
    );
    let explained = |text: &str| study.run(&["explain", "--codebook", "c.toml", "--json", text]).ok().stdout();
    insta::assert_snapshot!(
        explained("Nin\u{303}o 😊 waited.\r\nNothing. A lawyer; the court came."),
        @r#"{"units":[{"start":0,"end":14,"text":"Niño 😊 waited.","codes":[{"code":"waiting","theme":null,"rule":"wait","evidence":[[7,13]],"negated":false}]},{"start":24,"end":49,"text":"A lawyer; the court came.","codes":[{"code":"lawyer","theme":"help","rule":"lawyer","evidence":[[26,32]],"negated":false}]},{"start":38,"end":43,"text":"court","codes":[{"code":"court","theme":"help","rule":"court","evidence":[[38,43]],"negated":false}]},{"start":38,"end":48,"text":"court came","codes":[{"code":"court","theme":"help","rule":"court came","evidence":[[38,48]],"negated":false}]}]}"#
    );
    assert_eq!(explained("Nothing."), "{\"units\":[]}\n");
}

/// Numbers 0–100: none below 20 units, whole up to 99, one decimal from 100 on, rounded half up from integers.
#[test]
fn percentages() {
    let percent = |all: usize, waiting: usize| {
        let row = |n: usize| format!("{n},{}\n", if n < waiting { "We waited." } else { "Nothing." });
        let settings = crate::harness::SETTINGS.replace("*.md", "*.csv");
        let rows: String = (0..all).map(row).collect();
        let study = Study::new().file("themata.toml", settings).file("corpus/s.csv", format!("id,text\n{rows}"));
        let _ = study.run(&["ingest"]).ok();
        let table = study.run(&["table", "frequency", "--json"]).ok().json();
        let rows = table["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["id"] == "waiting").unwrap();
        assert_eq!(row["percent"].is_null(), row["percent_reason"].is_string());
        format!("{} of {}: {}", row["n"], row["N"], row["percent"])
    };
    assert_eq!(percent(19, 1), "1 of 19: null");
    assert_eq!(percent(20, 1), "1 of 20: 5");
    assert_eq!(percent(40, 1), "1 of 40: 3");
    assert_eq!(percent(99, 98), "98 of 99: 99");
    assert_eq!(percent(128, 1), "1 of 128: 0.8");
    assert_eq!(percent(160, 1), "1 of 160: 0.6");
    assert_eq!(percent(100, 100), "100 of 100: 100");
}

/// Attribute tables of entries list entries; values with any characters find their way through `evidence`.
#[test]
fn evidence_carries_any_value() {
    let study = study();
    let odd = ["East, Clinic=1%", "ñ| 😊 x:y", "a/b 'c' \"d\""];
    for (number, value) in odd.iter().enumerate() {
        study.write(&format!("corpus/2018-1{number}.md"), format!("+++\nsite = {value:?}\n+++\nWe waited."));
    }
    let _ = study.run(&["ingest"]).ok();
    let table = study.run(&["table", "attribute", "site", "--json"]).ok().json();
    let rows = table["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &table["unit"], &rows[0]["missing"]), (3, &"entry".into(), &1.into()));
    for row in rows {
        assert!(odd.contains(&row["id"].as_str().unwrap()), "{row}");
        let lines = study.run(&["segments", row["evidence"].as_str().unwrap(), "--json"]).ok().json_lines();
        assert_eq!((lines.len(), shape(&lines[0])), (1, "entry: string".to_owned()), "{row}");
    }
    let crosstab = study.run(&["table", "crosstab", "site", "--json"]).ok().json();
    for row in crosstab["rows"].as_array().unwrap().iter().filter(|row| row["id"] == "waiting") {
        let lines = study.run(&["segments", row["evidence"].as_str().unwrap(), "--json"]).ok().json_lines();
        assert_eq!(lines.len(), 1, "{row}");
    }
}

/// Data to standard output, everything else to standard error, in every command that has both to say.
#[test]
fn data_and_words_do_not_mix() {
    let study = study();
    study.write("corpus/empty.md", "");
    for arguments in [["run", "--json"], ["ingest", "--json"], ["match", "--json"], ["report", "--json"]] {
        let ended = if ["run", "ingest"].contains(&arguments[0]) { Ran::finds_problems } else { Ran::ok };
        assert!(ended(study.run(&arguments)).json().is_object(), "{arguments:?}");
    }
    let wrong = study.run(&["table", "crosstab", "nothing", "--json"]).fails();
    assert_eq!(wrong.stdout(), "");
    assert!(wrong.stderr().starts_with("error: "), "{}", wrong.stderr());
    assert!(!wrong.stderr().contains('\u{1b}'));
}

#[test]
fn exit_codes() {
    let study = study();
    // 0: done, also when nothing was found.
    let _ = study.run(&["search", "zebra"]).ok();
    let _ = study.run(&["--help"]).ok();
    // 1: could not be done.
    let _ = Study::nothing().run(&["table", "frequency"]).fails();
    study.write("codebooks/c.toml", "[codebook]\nid = 1\n");
    let broken = study.run(&["table", "frequency"]).fails();
    assert_eq!(broken.stdout(), "");
    assert!(broken.stderr().contains("codebooks/c.toml:2:6"), "{}", broken.stderr());
    // 2: wrong command line.
    let _ = study.run(&["tables"]).wrong_words();
    let _ = study.run(&["table", "frequency", "--unit", "word"]).wrong_words();
    // 3: a check found problems, or some items were refused.
    let _ = study.run(&["codebook", "check"]).finds_problems();
    study.write("corpus/2018-02.md", "");
    let _ = study.run(&["ingest"]).finds_problems();
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    use std::io::Read as _;
    let study = Study::new().file("corpus/2018-01.md", "We waited. ".repeat(20_000));
    let _ = study.run(&["ingest"]).ok();
    let mut command = study.command(&["search", "wait", "--json"]);
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// What people do, and what is kept of it.
#[test]
fn people() {
    let study = crate::harness::coded();
    let done = study.run(&["decide", "accept", "2018-02", "--code", "lawyer", "--coder", "ana", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&done), @"event: string, segments: list");
    insta::assert_snapshot!(shape(&done["segments"][0]), @"entry: string, start: number, end: number, text: string, code: string, coder: string, status: string, rule: string");
    let line = &study.run(&["segments", "code=lawyer", "--json"]).ok().json_lines()[0];
    insta::assert_snapshot!(line, @r#"{"entry":"2018-02","start":0,"end":18,"text":"The lawyer called.","code":"lawyer","coder":"ana","status":"accepted","rule":"lawyer"}"#);
    let again = study
        .run(&["exemplar", "2018-02", "--at", "0..3", "--code", "lawyer", "--remove", "--coder", "ana", "--json"])
        .ok();
    insta::assert_snapshot!(shape(&again.json()), @"event: null, segments: list");
    let read = study.run(&["read", "2018-02", "--coder", "ana", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&read), @"entry: string, read: bool, event: string");
    let memo = study.run(&["memo", "add", "study", "Words", "--coder", "ana", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&memo), @"memo: string, on: string, place: null, kind: string, coder: string, at: string, text: string");
    let taken = study.run(&["undo", "--coder", "ana", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&taken), @"act: string, at: string, what: string, event: string");
    let log = &study.run(&["log", "--json"]).ok().json_lines()[0];
    insta::assert_snapshot!(shape(log), @"event: string, lamport: number, at: string, by: string, kind: string, what: string, state: string, body: object");
    insta::assert_snapshot!(shape(&study.run(&["coders", "--json"]).ok().json_lines()[0]), @"coder: string, name: null, coded: number, accepted: number, rejected: number, read: number, memos: number");
    insta::assert_snapshot!(shape(&study.run(&["verify", "--json"]).ok().json()), @"events: number, words: number, withheld: number, elsewhere: number, predecessors: number, problems: list");
    let changed =
        study.run(&["codebook", "rename", "waiting", "delay", "--coder", "ana", "--dry-run", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&changed), @"what: string, moved: object, stay: object, warnings: list, version: string, file: string, event: null");
    let _ = study.run(&["export", "log", "log.jsonl"]).ok();
    insta::assert_snapshot!(shape(&study.run(&["merge", "log.jsonl", "--json"]).ok().json()), @"events: object, known: number, words: number, refused: list, revised: list, codings: list, codebook: null, conflicts: list");
    study.write("corpus/2018-02.md", "The lawer called. Nobody came.");
    let ingest = study.run(&["ingest", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&ingest["codings"]), @"kept: number, changed: list");
    // Somebody has to look: exit code 3.
    let orphan = &study.run(&["orphans", "--json"]).finds_problems().json_lines()[0];
    insta::assert_snapshot!(shape(orphan), @"id: string, entry: string, code: string, coder: string, status: string, before: string, now: string, start: number, end: number");
    let forgotten = study.run(&["forget", "2018-02", "--yes", "--coder", "ana", "--json"]).ok().json();
    insta::assert_snapshot!(shape(&forgotten), @"entries: list, texts: number, memos: number, still: list");
}
