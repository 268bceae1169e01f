//! `themata codebook terms`.

use crate::harness::Study;

const CODEBOOK: &str = r#"[codebook]
id = "c"

[[code]]
id = "papers"
label = "Papers"
rules = ["document", "speak NEAR/3 english", '/I-\d+/', "immigra*", "passport"]
except = ["document camera"]
"#;

fn study() -> Study {
    let study = Study::new().file("codebooks/c.toml", CODEBOOK).file(
        "corpus/2018-01.md",
        "The documents came. Her Document is lost, and so is my document. He speaks no English. Form I-94 is here.",
    );
    let study = study.file(
        "corpus/2018-02.md",
        "Documentation is late. An immigrant came. The document\ncamera is new. A nurse who speaks\nenglish spoke.",
    );
    let _ = study.run(&["ingest"]).ok();
    study
}

#[test]
fn forms_are_counted_by_rule_as_they_stand() {
    let ran = study().run(&["codebook", "terms", "papers"]).ok();
    insta::assert_snapshot!(ran.stdout(), @r"
    Papers (papers): 2 entries

    document
        document           2 in 1 entry
      ~ documentation      1 in 1 entry
      ~ documents          1 in 1 entry

    speak NEAR/3 english
        english            2 in 2 entries
      ~ speaks             2 in 2 entries

    /I-\d+/
        i-94               1 in 1 entry

    immigra*
      ~ immigrant          1 in 1 entry

    Found nothing:
      passport
    ");
    insta::assert_snapshot!(ran.stderr(), @"
    ~ is not what the rule says: an inflection, or what a wildcard found
    the places of a form: themata codebook terms papers --form 'document'
    ");
}

#[test]
fn every_number_opens_its_words() {
    let study = study();
    let terms = study.run(&["codebook", "terms", "papers", "--json"]).ok().json();
    assert_eq!(terms["N"], 2);
    let mut opened = 0;
    for rule in terms["rules"].as_array().unwrap() {
        for form in rule["forms"].as_array().unwrap() {
            let name = form["form"].as_str().unwrap();
            let places = study.run(&["codebook", "terms", "papers", "--form", name, "--json"]).ok().json_lines();
            let of_rule: Vec<_> = places.iter().filter(|place| place["rule"] == rule["rule"]).collect();
            assert_eq!(of_rule.len() as u64, form["n"].as_u64().unwrap(), "{name}");
            let entries: std::collections::BTreeSet<_> = of_rule.iter().map(|place| place["entry"].as_str()).collect();
            assert_eq!(entries.len() as u64, form["entries"].as_u64().unwrap(), "{name}");
            opened += of_rule.len();
        }
    }
    assert_eq!(opened, 10);
    let missing = study.run(&["codebook", "terms", "papers", "--form", "documentatoin"]).fails();
    assert!(missing.stderr().contains("did you mean `documentation`?"), "{}", missing.stderr());
    let _ = study.run(&["codebook", "terms", "paper"]).fails();
}
