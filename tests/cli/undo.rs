//! `themata undo` and `themata redo`.

use crate::harness::{Study, coded, nameless};

fn codings(study: &Study) -> usize {
    study.run(&["segments", "code=waiting,counts=accepted", "--json"]).ok().json_lines().len()
}

#[test]
fn acts_are_taken_back_and_given_back_without_limit() {
    let study = coded();
    let nothing = study.run(&["undo", "--coder", "ana"]).fails();
    insta::assert_snapshot!(nothing.stderr(), @"
    error: ana has nothing to undo
    hint: each coder undoes own acts; themata log shows whose they are
    ");
    for at in ["0..2", "3..9", "0..9"] {
        let _ = study.run(&["code", "add", "2018-01", "--at", at, "--code", "waiting", "--coder", "ana"]).ok();
    }
    let _ = study.run(&["code", "add", "2018-02", "--at", "0..3", "--code", "waiting", "--coder", "ben"]).ok();
    assert_eq!(codings(&study), 4);
    insta::assert_snapshot!(nameless(&study.run(&["undo", "-n", "3", "--coder", "ana"]).ok().stdout()), @"
    undone: coded waiting in 2018-01 ([event], [time])
    undone: coded waiting in 2018-01 ([event], [time])
    undone: coded waiting in 2018-01 ([event], [time])
    ");
    assert_eq!(codings(&study), 1);
    let _ = study.run(&["undo", "--coder", "ana"]).fails();
    insta::assert_snapshot!(nameless(&study.run(&["redo", "-n", "2", "--coder", "ana", "--json"]).ok().stdout()), @r#"
    {"act":"[event]","at":"[time]","what":"coded waiting in 2018-01","event":"[event]"}
    {"act":"[event]","at":"[time]","what":"coded waiting in 2018-01","event":"[event]"}
    "#);
    assert_eq!(codings(&study), 3);
    // Something new cuts what could be given back.
    let _ = study.run(&["code", "add", "2018-01", "--at", "3..5", "--code", "waiting", "--coder", "ana"]).ok();
    let cut = study.run(&["redo", "--coder", "ana"]).fails();
    insta::assert_snapshot!(cut.stderr(), @"
    error: ana has nothing to redo
    hint: a redo follows an undo, with nothing new in between
    ");
    let _ = study.run(&["undo", "-n", "3", "--coder", "ana"]).ok();
    let _ = study.run(&["redo", "-n", "3", "--coder", "ana"]).ok();
    assert_eq!(codings(&study), 4);
    let _ = study.run(&["verify"]).ok();
}

#[test]
fn a_change_of_the_codebook_is_taken_back_unless_the_file_was_edited() {
    let study = coded();
    let before = study.read("codebooks/c.toml");
    let _ = study.run(&["codebook", "rename", "waiting", "delay", "--coder", "ana"]).ok();
    let after = study.read("codebooks/c.toml");
    assert_ne!(before, after);
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    assert_eq!(study.read("codebooks/c.toml"), before);
    let _ = study.run(&["redo", "--coder", "ana"]).ok();
    assert_eq!(study.read("codebooks/c.toml"), after);
    study.write("codebooks/c.toml", format!("{after}# mine\n"));
    let refused = study.run(&["undo", "--coder", "ana"]).fails();
    insta::assert_snapshot!(nameless(&refused.stderr()), @"
    error: codebooks/c.toml was edited since event [event]: undo would lose those edits
    hint: change the file by hand or with themata codebook rename, merge, split, retire; what was coded is not touched. The file as it was: themata log --event [event] --file
    ");
    assert_eq!(study.read("codebooks/c.toml"), format!("{after}# mine\n"));
    let event = study.run(&["log", "--kind", "code.renamed", "--json"]).ok().json()["event"].clone();
    assert_eq!(study.run(&["log", "--event", event.as_str().unwrap(), "--file"]).ok().stdout(), after);
}

/// A change that somebody else made to the codebook later is named: it has to be taken back first.
#[test]
fn another_coders_later_change_is_named() {
    let study = coded();
    let _ = study.run(&["codebook", "rename", "waiting", "delay", "--coder", "ana"]).ok();
    let _ = study.run(&["codebook", "retire", "lawyer", "--coder", "ben"]).ok();
    let refused = study.run(&["undo", "--coder", "ana"]).fails();
    insta::assert_snapshot!(nameless(&refused.stderr()), @"
    error: the codebook was changed since by ben, who retired lawyer (event [event]): undo would lose that
    hint: first that is taken back: themata undo --coder ben
    ");
    let _ = study.run(&["undo", "--coder", "ben"]).ok();
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
}
