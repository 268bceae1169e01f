//! `themata coders`.

use crate::harness::{Study, coded};

#[test]
fn coders_are_listed_with_what_they_did() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let _ = study.run(&["code", "add", "2018-02", "--quote", "Nobody", "--code", "waiting", "--coder", "ana"]).ok();
    let _ = study.run(&["memo", "add", "study", "Words", "--coder", "ana"]).ok();
    insta::assert_snapshot!(study.run(&["coders"]).ok().stdout(), @"
    ana: 1 coded, 2 accepted, 0 rejected, 0 entries read in full, 1 memo
    ben: 0 coded, 0 accepted, 0 rejected, 0 entries read in full, 0 memos
    ");
    insta::assert_snapshot!(study.run(&["coders", "--json"]).ok().stdout(), @r#"
    {"coder":"ana","name":null,"coded":1,"accepted":2,"rejected":0,"read":0,"memos":1}
    {"coder":"ben","name":null,"coded":0,"accepted":0,"rejected":0,"read":0,"memos":0}
    "#);
    assert!(Study::new().run(&["coders"]).ok().stderr().contains("nobody codes yet"));
}
