//! `themata codebook merge`.

use crate::harness::{coded, nameless};

#[test]
fn rules_and_codings_go_to_the_other_code() {
    let study = coded();
    for (code, coder) in [("waiting", "ana"), ("lawyer", "ben")] {
        let _ = study.run(&["decide", "accept", "--code", code, "--all", "--coder", coder]).ok();
    }
    let done = study.run(&["codebook", "merge", "waiting", "lawyer", "--reason", "too near", "--coder", "ana"]).ok();
    insta::assert_snapshot!(nameless(&done.stdout()), @"
    merged waiting into lawyer
        3 codings of ana move
        codebooks/c.toml is now version 2.0.0
    event [event]
    ");
    assert!(study.read("codebooks/c.toml").contains("too near"));
    let lines = study.run(&["segments", "code=lawyer,counts=accepted", "--json"]).ok().json_lines();
    assert_eq!(lines.len(), 5);
    // Undo splits them again: codings keep their first code.
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    assert_eq!(study.run(&["segments", "code=lawyer,counts=accepted", "--json"]).ok().json_lines().len(), 2);
}
