//! `themata codebook split`.

use crate::harness::{coded, nameless};

#[test]
fn codings_go_by_rule_or_by_words() {
    let study = coded();
    study.write("codebooks/c.toml", study.read("codebooks/c.toml").replace("[\"wait\"]", "[\"wait\", \"wait for\"]"));
    let _ = study.run(&["decide", "accept", "--code", "waiting", "--all", "--coder", "ana"]).ok();
    let split = ["codebook", "split", "waiting", "bus", "--label", "The bus", "--coder", "ana"];
    let lines = |code: &str| {
        study.run(&["segments", &format!("code={code},counts=accepted"), "--json"]).ok().json_lines().len()
    };
    let done = study.run(&[&split[..], &["--matching", "bus"]].concat()).ok();
    insta::assert_snapshot!(nameless(&done.stdout()), @"
    split bus off waiting
        1 coding of ana moves
        2 codings of ana stay
        codebooks/c.toml is now version 2.0.0
    event [event]
    ");
    assert_eq!((lines("waiting"), lines("bus")), (2, 1));
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    assert_eq!(lines("waiting"), 3);
    let _ = study.run(&[&split[..], &["--rules", "1"]].concat()).ok();
    assert_eq!((lines("waiting"), lines("bus")), (0, 3));
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    let wrong = study.run(&[&split[..], &["--rules", "7"]].concat()).fails();
    insta::assert_snapshot!(wrong.stderr(), @"
    error: code `waiting` has no rule 6, counted from 0
    hint: it has 2, from 0 to 1
    ");
    let _ = study.run(&["verify"]).ok();
}
