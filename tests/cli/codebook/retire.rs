//! `themata codebook retire`.

use crate::harness::{coded, nameless};

#[test]
fn a_retired_code_is_suggested_no_more_and_keeps_its_codings() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "2018-02", "--code", "lawyer", "--coder", "ana"]).ok();
    let done = study.run(&["codebook", "retire", "lawyer", "--coder", "ana"]).ok();
    insta::assert_snapshot!(nameless(&done.stdout()), @"
    retired lawyer
        1 coding of ana stays
        codebooks/c.toml is now version 2.0.0
    event [event]
    ");
    let lines = |counts: &str| {
        study.run(&["segments", &format!("code=lawyer,counts={counts}"), "--json"]).ok().json_lines().len()
    };
    assert_eq!((lines("accepted"), lines("suggested")), (1, 0));
    let refused = study.run(&["code", "add", "2018-01", "--at", "0..2", "--code", "lawyer", "--coder", "ana"]).fails();
    insta::assert_snapshot!(refused.stderr(), @r#"
    error: code `lawyer` is retired
    hint: choose another code, or take `status = "retired"` out of the codebook
    "#);
}
