//! `themata exemplar`.

use crate::harness::{coded, nameless};

#[test]
fn a_stretch_is_marked_and_unmarked() {
    let study = coded();
    let mark = ["exemplar", "2018-01", "--quote", "A lawyer came.", "--code", "lawyer", "--coder", "ana"];
    insta::assert_snapshot!(nameless(&study.run(&mark).ok().stdout()), @"
    exemplar: lawyer on 2018-01 30–44 by ana
        A lawyer came.
    event [event]
    ");
    assert!(study.run(&mark).ok().stdout().contains("it was so already"));
    let _ = study.run(&[&mark[..], &["--remove"]].concat()).ok();
    assert!(study.run(&[&mark[..], &["--remove"]].concat()).ok().stdout().contains("it was so already"));
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    assert!(study.run(&mark).ok().stdout().contains("it was so already"));
}
