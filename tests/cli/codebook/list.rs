//! `themata codebook list`.

use crate::harness::{CODEBOOK, Study};

#[test]
fn codes_stand_under_their_themes() {
    let more = "status = \"draft\"\nshort = \"Time spent on waiting.\"\n\n[[code]]\nid = \"court\"\nparent = \"lawyer\"\n\n[[code.example]]\ntext = \"In court.\"\n";
    let study = Study::new().file("codebooks/c.toml", format!("{CODEBOOK}{more}"));
    let ran = study.run(&["codebook", "list"]).ok();
    insta::assert_snapshot!(ran.stdout(), @"
    Help (help)
      lawyer   Lawyers     1 rule   0 examples
        court  court      0 rules    1 example

    waiting    Waiting     1 rule   0 examples  draft
        Time spent on waiting.
    ");
    assert_eq!(ran.stderr(), "1 theme, 3 codes, 2 rules, 1 example\n");
}

#[test]
fn json_has_a_line_for_each() {
    let lines = Study::new().run(&["codebook", "list", "--json"]).ok().stdout();
    insta::assert_snapshot!(lines, @r#"
    {"id":"help","label":"Help","level":"theme","parent":null,"rules":null,"examples":null,"status":null,"short":null}
    {"id":"lawyer","label":"Lawyers","level":"code","parent":"help","rules":1,"examples":0,"status":"active","short":null}
    {"id":"waiting","label":"Waiting","level":"code","parent":null,"rules":1,"examples":0,"status":"active","short":null}
    "#);
}
