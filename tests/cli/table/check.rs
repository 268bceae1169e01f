//! `themata table check`.

use crate::harness::Study;

/// Kimball et al. 2019: one need a patient, rows rounded to different precision.
#[test]
fn the_needs_of_271_patients() {
    let study = Study::nothing();
    let needs = ["35", "22.5", "21", "10", "5.2", "4", "1.5", "0.7"];
    let mut arguments = vec!["table", "check", "271"];
    arguments.extend(needs);
    let ran = study.run(&arguments).ok();
    insta::assert_snapshot!(ran.stdout(), @"
        35  94 to 96 of 271
      22.5  only 61 of 271
        21  56 to 58 of 271
        10  26 to 28 of 271
       5.2  only 14 of 271
         4  10 to 12 of 271
       1.5  only 4 of 271
       0.7  only 2 of 271

    Precision is mixed: rows have 0 and 1 decimals. One column has one precision.
    With the other rows' precision no count prints 35, 4: these were rounded to fewer decimals.
    The percentages add up to 99.9 as they are printed.
    The rows can add up to 271 in 19 ways, such as:
      95, 61, 57, 27, 14, 11, 4, 2 (nearest to each percentage)
      94, 61, 56, 28, 14, 12, 4, 2
      94, 61, 57, 27, 14, 12, 4, 2
    4 rows can stand for one count only.
    ");
    arguments.push("--json");
    let found = study.run(&arguments).ok().json();
    assert_eq!((&found["vectors"], &found["mixed_precision"]), (&19.into(), &true.into()));
    assert_eq!(found["rows"][1]["forced"], 61);
}

#[test]
fn what_cannot_be_is_named_and_ends_with_3() {
    let study = Study::nothing();
    let ran = study.run(&["table", "check", "12", "a=50", "b=13"]).finds_problems();
    insta::assert_snapshot!(ran.stdout(), @"
    a      50  only 6 of 12
    b      13  no count of 12 prints this: 1 prints 8, 2 prints 17

    The percentages add up to 63 as they are printed.
    The rows cannot add up to 12: either a unit can be in several rows (--multiple), or rows are missing, or a number is wrong.
    ");
    // A unit can be in several rows.
    let _ = study.run(&["table", "check", "12", "50", "58", "--multiple"]).ok();
    let _ = study.run(&["table", "check", "12", "50", "58"]).finds_problems();
    assert!(study.run(&["table", "check", "12", "half"]).fails().stderr().contains("half"));
    let _ = study.run(&["table", "check", "0", "50"]).fails();
}
