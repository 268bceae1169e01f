//! What the outside may rely on (the design's section on commands and JSON shapes), as far as it is built:
//! changing a key, a type or an exit code here is a commit of its own with a line in CHANGELOG.md.

use serde_json::Value;

use crate::harness::Study;

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
