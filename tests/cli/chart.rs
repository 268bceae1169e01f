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
    let _ = study.run(&["chart", "attribute", "-o", "t.svg"]).fails();
}
