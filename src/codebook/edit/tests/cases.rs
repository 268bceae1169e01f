//! Readable cases: what goes from the file and what comes.

use super::*;

/// Shows what changes, save the version and the log, and the warnings.
fn shown(operation: &Operation) -> String {
    let edited = edited(SMALL, operation);
    let warnings: String = edited.warnings.iter().map(|warning| format!("! {warning}\n")).collect();
    let changes = changes(SMALL, &edited.text);
    let (changes, _) = changes.split_once("+[[change]]").unwrap();
    let version = "-version = \"1.2.0\" # raised by hand\n+version = \"2.0.0\" # raised by hand\n";
    changes.strip_prefix(version).unwrap().to_owned() + &warnings
}

/// Shows the log's new line.
fn logged(operation: &Operation) -> String {
    let after = edited(SMALL, operation).text;
    let line = after.rsplit_once("[[change]]\n").unwrap().1;
    line.split_once("\n\n").unwrap().0.replace('\n', ", ")
}

#[test]
fn a_renamed_code_is_called_so_everywhere() {
    let operation = Operation::Rename { from: id("fear"), to: id("dread"), label: Some("Dread".to_owned()) };
    insta::assert_snapshot!(shown(&operation), @r#"
    -id = "fear"
    +id = "dread"
    -label = "Fear"
    +label = "Dread"
    -parent = "fear"
    +parent = "dread"
    -related = "fear"
    +related = "dread"
    -exclude = [{ text = "dread of bills", use = "fear" }]
    +exclude = [{ text = "dread of bills", use = "dread" }]
    -use = "fear"
    +use = "dread"
    "#);
    insta::assert_snapshot!(shown(&rename_to("grief", "loss")), @r#"
    -  { text = "grief", use = 'grief' },
    +  { text = "grief", use = 'loss' },
    -related = ["grief", "cost"]
    +related = ["loss", "cost"]
    -id = "grief"
    +id = "loss"
    "#);
}

#[test]
fn a_merged_code_brings_what_it_had() {
    insta::assert_snapshot!(shown(&merge("cost", "fear")), @r#"
    -  { text = "worry about money", use = "cost" }, # settled in May
    +  "fee",
    -related = ["grief", "cost"]
    +except = ["coffee"]
    +related = ["grief"]
    -# a strange one
    -text = "It costs a lot."
    -kind = "close_but_no"
    -use = "cost"
    +text = "The fee is high."
    -[[code]]
    -id = "cost"
    -theme = "papers"
    -unit = "paragraph"
    -rules = ["fee"]
    -except = ["coffee"]
    -exclude = [{ text = "dread of bills", use = "fear" }]
    -[[code.example]]
    -text = "The fee is high."
    -[[code.example]]
    -text = "She is scared of it."
    -kind = "close_but_no"
    -use = "fear"
    -
    ! the rules of `cost` had unit = "paragraph"; under `fear` it is "sentence"
    ! the rules of `cost` had within = "paragraph"; under `fear` it is "sentence"
    ! `except` of `cost` and `fear` now holds for the rules of both
    ! an example that told the two codes apart is gone: “She is scared of it.”
    ! an example that told the two codes apart is gone: “It costs a lot.”
    ! a comment is gone: # a strange one
    ! theme `papers` gathers no code
    "#);
}

#[test]
fn a_merged_code_brings_its_comments_and_those_below_it() {
    insta::assert_snapshot!(shown(&merge("fear", "cost")), @r#"
    -# Fear is the first code.
    -id = "fear"
    -theme = "feeling"
    -label = "Fear"
    -include = ["dread"]
    -exclude = [
    -  { text = "worry about money", use = "cost" }, # settled in May
    -  { text = "grief", use = 'grief' },
    -]
    -rules = [
    -  'afraid', # the plain word
    -  # From the second reading.
    -  'scared',
    -  'terrified', # strong
    -  # what is still to come
    -]
    -related = ["grief", "cost"]
    -[[code.example]]
    -text = "She is afraid."
    -# a strange one
    -[[code.example]]
    -text = "It costs a lot."
    -kind = "close_but_no"
    -use = "cost"
    -
    -[[code]]
    -parent = "fear"
    +parent = "cost"
    -related = "fear"
    +related = "cost"
    +include = ["dread"]
    -rules = ["fee"]
    +rules = [
    +  "fee",
    +  'afraid', # the plain word
    +  # From the second reading.
    +  'scared',
    +  'terrified', # strong
    +]
    -exclude = [{ text = "dread of bills", use = "fear" }]
    +exclude = [
    +  { text = "grief", use = 'grief' },
    +]
    +related = ["grief"]
    -text = "She is scared of it."
    -kind = "close_but_no"
    -use = "fear"
    +text = "She is afraid."
    ! the rules of `fear` had unit = "sentence"; under `cost` it is "paragraph"
    ! the rules of `fear` had within = "sentence"; under `cost` it is "paragraph"
    ! `except` of `fear` and `cost` now holds for the rules of both
    ! below `fear` come under theme `papers`: `grief`
    ! an example that told the two codes apart is gone: “It costs a lot.”
    ! an example that told the two codes apart is gone: “She is scared of it.”
    ! a comment is gone: # Fear is the first code.
    ! a comment is gone: # what is still to come
    ! a comment is gone: # a strange one
    ! theme `feeling` gathers no code
    "#);
}

#[test]
fn a_code_merges_into_the_one_above_it() {
    insta::assert_snapshot!(shown(&merge("grief", "fear")), @r#"
    -  { text = "grief", use = 'grief' },
    +  "mourn",
    -related = ["grief", "cost"]
    +related = ["cost"]
    -[[code]]
    -id = "grief"
    -parent = "fear"
    -rules = "mourn"
    -related = "fear"
    -status = "draft"
    -
    "#);
}

#[test]
fn chosen_rules_go_to_a_new_code_with_their_comments() {
    insta::assert_snapshot!(shown(&split("fear", "terror", &[1, 2])), @r#"
    -  # From the second reading.
    -  'scared',
    -  'terrified', # strong
    +id = "terror"
    +theme = "feeling"
    +label = "New"
    +origin = "inductive"
    +rules = [
    +  # From the second reading.
    +  'scared',
    +  'terrified', # strong
    +]
    +
    +[[code]]
    "#);
    insta::assert_snapshot!(shown(&split("grief", "mourning", &[0])), @r#"
    -rules = "mourn"
    +rules = []
    +[[code]]
    +id = "mourning"
    +parent = "fear"
    +label = "New"
    +origin = "inductive"
    +rules = "mourn"
    +status = "draft"
    +
    "#);
    insta::assert_snapshot!(shown(&split("cost", "fees", &[])), @r#"
    +[[code]]
    +id = "fees"
    +theme = "papers"
    +label = "New"
    +origin = "inductive"
    +except = ["coffee"]
    +unit = "paragraph"
    +
    "#);
}

#[test]
fn a_retired_code_stays() {
    insta::assert_snapshot!(shown(&Operation::Retire { code: id("fear") }), @r#"
    +status = "retired"
    "#);
    insta::assert_snapshot!(shown(&Operation::Retire { code: id("grief") }), @r#"
    -status = "draft"
    +status = "retired"
    "#);
}

#[test]
fn each_operation_is_a_line_of_the_log() {
    let retire = Operation::Retire { code: id("fear") };
    let all = [rename_to("fear", "dread"), merge("cost", "fear"), split("fear", "terror", &[1]), retire];
    insta::assert_snapshot!(all.iter().map(logged).collect::<Vec<_>>().join("\n"), @r#"
    version = "2.0.0", date = 2019-04-01, who = "coder-a", code = "fear", action = "rename", reason = "renamed to dread", recode = "done"
    version = "2.0.0", date = 2019-04-01, who = "coder-a", code = "cost", action = "merge", reason = "merged into fear", recode = "required"
    version = "2.0.0", date = 2019-04-01, who = "coder-a", code = "fear", action = "split", reason = "split, new code terror", recode = "required"
    version = "2.0.0", date = 2019-04-01, who = "coder-a", code = "fear", action = "retire", reason = "no longer used", recode = "done"
    "#);
}
