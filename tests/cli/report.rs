//! `themata report`.

use crate::harness::{SETTINGS, Study};

#[test]
fn the_report_follows_the_codebook_without_reading_sources() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    std::fs::remove_file(study.path("corpus/2018-01.md")).unwrap();
    let ran = study.run(&["report", "--json"]).ok().json();
    assert!(ran["changed"].as_u64().unwrap() > 10);
    let manifest: serde_json::Value = serde_json::from_str(&study.read("reports/c/manifest.json")).unwrap();
    assert_eq!(manifest["codebook"]["id"], "c");
    assert_eq!(manifest["texts"].as_object().unwrap().len(), 1);
    for (name, hash) in manifest["files"].as_object().unwrap() {
        let bytes = std::fs::read(study.path("reports/c").join(name)).unwrap();
        assert_eq!(themata::id::Hash::of(bytes).to_string(), hash.as_str().unwrap(), "{name}");
    }
}

#[test]
fn a_name_that_nothing_has_is_shown_in_the_settings() {
    let settings = "[cases]\npath = \"cases.csv\"\nid = \"case\"\n\n[report]\nby = [\"site\", \"sight\"]\ncase_attributes = [\"nede\"]\n";
    let study = Study::new()
        .file("themata.toml", format!("{SETTINGS}\n{settings}"))
        .file("cases.csv", "case,need\n1,visa\n")
        .file("corpus/2018-01.md", "+++\nsite = \"East\"\n+++\nWe waited.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["report"]).fails();
    insta::assert_snapshot!(ran.stderr(), @r#"
    error: there is no attribute of entries `sight` for `by` under [report]
      --> themata.toml:14:15
       |
    14 | by = ["site", "sight"]
       |               ^^^^^^^
       |
       = hint: known: date, language, month, section, site, source, year

    error: there is no column of the case register `nede` for `case_attributes` under [report]
      --> themata.toml:15:20
       |
    15 | case_attributes = ["nede"]
       |                    ^^^^^^
       |
       = hint: known: need

    error: themata.toml cannot be used: 2 errors
    hint: mend the places shown above and try again
    "#);
    let told = study.run(&["run"]).fails().stderr();
    assert!(told.contains(" --> themata.toml:14:15"), "{told}");
}

/// Rules alone do not give the numbers: what takes evidence away, and what a suggestion covers, stands beside them.
#[test]
fn the_codebook_chapter_has_all_that_decides_about_numbers() {
    let keys = "rules = [\"wait\"]\nexcept = [\"wait `list`\"]\nunit = \"paragraph\"\nwithin = \"entry\"\nnegation = \"block\"";
    let codebook = crate::harness::CODEBOOK.replace("rules = [\"wait\"]", keys);
    let study = Study::new().file("codebooks/c.toml", codebook).file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["run"]).ok();
    let (page, written) = (study.read("reports/c/index.html"), study.read("reports/c/report.md"));
    let matching = "unit paragraph, within entry, negation block";
    assert!(page.contains("<dt>Except</dt><dd><ul class=\"rules\"><li><code>wait `list`</code></li></ul></dd>"));
    assert!(page.contains(&format!("<dt>Matching</dt><dd>{matching}</dd>")));
    assert!(written.contains(&format!("- **Except:** `` wait `list` ``\n- **Matching:** {matching}\n")), "{written}");
    // A code without `except` has no empty line for it.
    assert_eq!((written.matches("**Except:**").count(), written.matches("**Matching:**").count()), (1, 2));
}
