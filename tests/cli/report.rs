//! `themata report`.

use crate::harness::Study;

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
