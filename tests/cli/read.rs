//! `themata read`.

use crate::harness::coded;

/// Once somebody says what was read, N is that: what is absent there was looked for.
#[test]
fn entries_read_in_full_are_the_denominator() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let row = |coder: &str| {
        let table = study.run(&["table", "frequency", "--json", "--coder", coder]).ok().json();
        let row = table["rows"].as_array().unwrap().iter().find(|row| row["id"] == "lawyer").unwrap().clone();
        let lines = study.run(&["segments", row["evidence"].as_str().unwrap(), "--json"]).ok().json_lines();
        assert_eq!(row["n"], lines.len());
        format!("{} of {}", row["n"], row["N"])
    };
    assert_eq!(row("any"), "2 of 2");
    let _ = study.run(&["read", "2018-02", "--coder", "ana"]).ok();
    assert_eq!((row("any"), row("ana"), row("ben")), ("1 of 1".to_owned(), "1 of 1".to_owned(), "0 of 2".to_owned()));
    let notes = study.run(&["table", "frequency"]).ok().stdout();
    insta::assert_snapshot!(notes.rsplit_once("\n\n").unwrap().1, @"
    Counts: accepted suggestions and people's codings; 2 of 5 suggestions reviewed.
    Coder: any; what several coded counts once.
    n: entries with the code at least once; N: 1 entry that the counted coders have
    marked as read in full. A row counts the union of what is below it, not the sum.
    1 entry not marked as read is not in N, and what was coded there is not in n.
    No percentages: fewer than 20 units: one of them would be more than 5 %.
    ");
    let _ = study.run(&["read", "2018-02", "--not", "--coder", "ana"]).ok();
    assert_eq!(row("any"), "2 of 2");
    // None is marked when one is not there.
    let _ = study.run(&["read", "2018-01", "2018-09", "--coder", "ana"]).fails();
    assert_eq!(row("any"), "2 of 2");
}
