//! What is not done, and what is said then.

use super::*;

fn refused(operation: &Operation) -> String {
    let error = edit(SMALL, operation, &note()).unwrap_err();
    format!("{error} / {}", error.hint().unwrap_or_default())
}

#[test]
fn what_makes_no_sense_is_refused() {
    let all = [
        rename_to("faer", "dread"),
        rename_to("fear", "cost"),
        rename_to("fear", "papers"),
        rename_to("fear", "worry"),
        rename_to("fear", "of fear"),
        rename_to("fear", "none"),
        merge("fear", "fear"),
        merge("fear", "grief"),
        split("fear", "terror", &[3]),
        split("fear", "cost", &[0]),
    ];
    insta::assert_snapshot!(all.iter().map(refused).collect::<Vec<_>>().join("\n"), @r#"
    there is no code `faer` / did you mean `fear`?
    id `cost` is taken / themes and codes share their ids' room; choose another id
    id `papers` is taken / themes and codes share their ids' room; choose another id
    id `worry` was used before / earlier codings and the log mean another code by it; choose a new id
    `of fear` cannot be an id / use letters, digits, - and _; the label can be anything
    `none` cannot be an id / `none` means that no code fits
    code `fear` cannot be merged into itself / 
    code `fear` cannot be merged into `grief`, which is below it / merge `grief` into `fear`, or give `grief` another parent first
    code `fear` has no rule 3, counted from 0 / it has 3, from 0 to 2
    id `cost` is taken / themes and codes share their ids' room; choose another id
    "#);
    let retired = edited(SMALL, &Operation::Retire { code: id("fear") }).text;
    let again = edit(&retired, &Operation::Retire { code: id("fear") }, &note()).unwrap_err();
    assert_eq!(again, EditError::Retired(id("fear")));
    let unreadable = edit("[codebook]\nid = 1\n", &merge("a", "b"), &note()).unwrap_err();
    assert!(matches!(unreadable, EditError::Unreadable(findings) if !findings.is_empty()));
}

#[test]
fn a_code_may_have_its_own_name_back_and_no_other() {
    let reasoned = ChangeNote { reason: Some(" The writers' word. ".to_owned()), ..note() };
    let once = edit(SMALL, &rename_to("fear", "dread"), &reasoned).unwrap().text;
    assert!(once.contains("reason = \"renamed to dread: The writers' word.\""), "{once}");
    let twice = edited(&once, &rename_to("dread", "terror")).text;
    assert!(edit(&twice, &rename_to("terror", "fear"), &note()).is_ok());
    assert_eq!(edit(&twice, &rename_to("cost", "fear"), &note()), Err(EditError::UsedBefore(id("fear"))));
    assert_eq!(edit(&twice, &split("cost", "dread", &[0]), &note()), Err(EditError::UsedBefore(id("dread"))));
}
