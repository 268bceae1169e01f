//! `themata codebook`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn every_mistake_is_shown_with_its_place_and_cure() {
    let broken = "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nlable = \"A\"\nrules = [\"wait NEAR ever\", '(a | b']\norigin = \"inductiv\"\ntheme = \"nobody\"\n";
    let study = Study::new().file("x.toml", broken);
    let ran = study.run(&["codebook", "check", "x.toml"]).finds_problems();
    insta::assert_snapshot!(ran.stderr(), @r#"
    error: unknown key `lable` in [[code]]
     --> x.toml:6:1
      |
    6 | lable = "A"
      | ^^^^^
      |
      = hint: did you mean `label`?

    error: NEAR needs a number of words, 1 to 999
     --> x.toml:7:16
      |
    7 | rules = ["wait NEAR ever", '(a | b']
      |                ^^^^
      |
      = hint: write NEAR/8 for "at most 8 words apart"; "NEAR" in quotes is the word

    error: this bracket is not closed
     --> x.toml:7:29
      |
    7 | rules = ["wait NEAR ever", '(a | b']
      |                             ^
      |
      = hint: add a closing )

    error: `inductiv` is not a value of `origin`
     --> x.toml:8:10
      |
    8 | origin = "inductiv"
      |          ^^^^^^^^^^
      |
      = hint: did you mean `inductive`? Possible: deductive, inductive, in_vivo, structural

    error: there is no theme `nobody`
     --> x.toml:9:10
      |
    9 | theme = "nobody"
      |          ^^^^^^
      |
      = hint: ids of the themes:
    "#);
    assert_eq!(ran.stdout(), "x.toml: 5 errors\n");
}

#[test]
fn examples_are_tests() {
    let examples = "\n[[code.example]]\ntext = \"We waited.\"\nkind = \"typical\"\n\n[[code.example]]\ntext = \"Nothing of the kind.\"\nkind = \"atypical\"\n\n[[code.example]]\ntext = \"The waiter and the lawyer waited.\"\nkind = \"close_but_no\"\nuse = \"lawyer\"\n";
    let study = Study::new().file("codebooks/c.toml", format!("{CODEBOOK}{examples}"));
    let ran = study.run(&["codebook", "check"]).finds_problems();
    insta::assert_snapshot!(ran.stderr(), @"
    codebooks/c.toml: code `waiting`: an atypical example that no rule of `waiting` finds
        Nothing of the kind.

    codebooks/c.toml: code `waiting`: a close_but_no example that rules of `waiting` find
        The waiter and the lawyer waited.
        by: wait
    ");
    assert_eq!(ran.stdout(), "codebooks/c.toml: 1 theme, 2 codes, 2 rules, 3 examples; 2 problems\n");
    let _ = Study::new().run(&["codebook", "check"]).ok();
}

#[test]
fn a_ring_of_parents_ends() {
    let ring =
        "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nparent = \"b\"\n\n[[code]]\nid = \"b\"\nparent = \"a\"\n";
    let ran = Study::new().file("x.toml", ring).run(&["codebook", "check", "x.toml"]).finds_problems();
    assert!(ran.stderr().contains("is its own ancestor"), "{}", ran.stderr());
}
