//! `themata codebook rename`.

use crate::harness::{coded, nameless};

#[test]
fn codings_follow_their_code() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "waiting", "--all", "--coder", "ana"]).ok();
    let file = study.read("codebooks/c.toml");
    let tried = study.run(&["codebook", "rename", "waiting", "delay", "--dry-run", "--coder", "ana"]).ok();
    insta::assert_snapshot!(tried.stdout(), @"
    renamed waiting to delay (only tried: nothing was changed)
        3 codings of ana move
        codebooks/c.toml would get version 2.0.0
    ");
    assert_eq!(study.read("codebooks/c.toml"), file);
    let done = study.run(&["codebook", "rename", "waiting", "delay", "--label", "Delays", "--coder", "ana"]).ok();
    insta::assert_snapshot!(nameless(&done.stdout()), @"
    renamed waiting to delay
        3 codings of ana move
        codebooks/c.toml is now version 2.0.0
    event [event]
    ");
    let lines =
        |code: &str| study.run(&["segments", &format!("code={code},counts=accepted"), "--json"]).ok().json_lines();
    assert_eq!(lines("delay").len(), 3);
    let _ = study.run(&["segments", "code=waiting"]).fails();
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    assert_eq!(lines("waiting").len(), 3);
    assert_eq!(study.read("codebooks/c.toml"), file);
    let _ = study.run(&["verify"]).ok();
}

#[test]
fn ids_that_cannot_be_given_are_refused() {
    let study = coded();
    let told =
        |words: &[&str]| study.run(&[&["codebook", "rename"], words, &["--coder", "ana"]].concat()).fails().stderr();
    insta::assert_snapshot!(told(&["wating", "delay"]), @"
    error: there is no code `wating`
    hint: did you mean `waiting`?
    ");
    insta::assert_snapshot!(told(&["waiting", "lawyer"]), @"
    error: id `lawyer` is taken
    hint: themes and codes share their ids' room; choose another id
    ");
    insta::assert_snapshot!(told(&["waiting", "a b"]), @"
    error: `a b` cannot be an id
    hint: use letters, digits, - and _; the label can be anything
    ");
    let other = study
        .run(&["codebook", "rename", "waiting", "delay", "--codebook", "codebooks/c.toml", "--coder", "ana"])
        .fails();
    insta::assert_snapshot!(other.stderr(), @"
    error: only the study's own codebook can be changed by a command
    hint: leave out --codebook, or edit that file by hand
    ");
}
