//! `themata codebook`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn every_mistake_is_shown_with_its_place_and_cure() {
    let broken = "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nlable = \"A\"\nrules = [\"wait NEAR ever\", '(a | b']\norigin = \"inductiv\"\ntheme = \"nobody\"\n";
    let study = Study::new().file("x.toml", broken);
    let ran = study.run(&["codebook", "check", "x.toml"]).finds_problems();
    insta::assert_snapshot!(ran.stderr(), @r#""#);
    assert_eq!(ran.stdout(), "x.toml: 5 errors\n");
}

#[test]
fn examples_are_tests() {
    let examples = "\n[[code.example]]\ntext = \"We waited.\"\nkind = \"typical\"\n\n[[code.example]]\ntext = \"Nothing of the kind.\"\nkind = \"atypical\"\n\n[[code.example]]\ntext = \"The waiter and the lawyer waited.\"\nkind = \"close_but_no\"\nuse = \"lawyer\"\n";
    let study = Study::new().file("codebooks/c.toml", format!("{CODEBOOK}{examples}"));
    let ran = study.run(&["codebook", "check"]).finds_problems();
    insta::assert_snapshot!(ran.stderr(), @r#""#);
    assert_eq!(ran.stdout(), "codebooks/c.toml: 1 themes, 2 codes, 2 rules, 3 examples; 2 problems\n");
    let _ = Study::new().run(&["codebook", "check"]).ok();
}

#[test]
fn a_ring_of_parents_ends() {
    let ring =
        "[codebook]\nid = \"x\"\n\n[[code]]\nid = \"a\"\nparent = \"b\"\n\n[[code]]\nid = \"b\"\nparent = \"a\"\n";
    let ran = Study::new().file("x.toml", ring).run(&["codebook", "check", "x.toml"]).finds_problems();
    assert!(ran.stderr().contains("is its own ancestor"), "{}", ran.stderr());
}
