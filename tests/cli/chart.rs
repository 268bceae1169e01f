//! `themata chart`.

use crate::harness::Study;

#[test]
fn a_table_becomes_a_picture() {
    let study = Study::new().file("corpus/2018-01.md", "We waited. A lawyer waited.");
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["chart", "frequency", "-o", "f.svg"]).ok();
    let svg = study.read("f.svg");
    assert!(svg.starts_with("<svg") && svg.contains("Lawyers") && svg.contains("1 of 1"), "{svg}");
    let _ = study.run(&["chart", "trend", "-o", "t.png"]).ok();
    let png = std::fs::read(study.path("t.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    let _ = study.run(&["chart", "trend", "-o", "t.gif"]).fails();
    let _ = study.run(&["chart", "attribute", "-o", "t.svg"]).wrong_words();
    // Nothing that was typed is passed over.
    let _ = study.run(&["chart", "frequency", "site", "-o", "t.svg"]).wrong_words();
    let _ = study.run(&["chart", "trend", "--of", "cases", "-o", "t.svg"]).wrong_words();
}

/// What a PNG cannot show is said where it is made, on the page, and in `report.md`.
#[test]
fn characters_that_the_typeface_lacks_are_named() {
    let codebook = crate::harness::CODEBOOK.replace("\"Lawyers\"", "\"弁護士\"");
    let study = Study::new().file("codebooks/c.toml", codebook).file("corpus/2018-01.md", "A lawyer waited.");
    let words = "The typeface of the figures has no 士 弁 護: a PNG shows □ in their place";
    let ran = study.run(&["run"]).ok();
    assert!(ran.stderr().contains(&format!("warning: figures/frequency-entries: {words}")), "{}", ran.stderr());
    assert!(study.read("reports/c/index.html").contains(words) && study.read("reports/c/report.md").contains(words));
    let ran = study.run(&["chart", "frequency", "-o", "f.png"]).ok();
    assert!(ran.stderr().contains(words), "{}", ran.stderr());
    let ran = study.run(&["chart", "trend", "-o", "f.svg"]).ok();
    assert!(!ran.stderr().contains("typeface"), "{}", ran.stderr());
}
