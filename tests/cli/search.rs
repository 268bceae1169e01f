//! `themata search`.

use crate::harness::Study;

fn study() -> Study {
    Study::new()
        .file("corpus/2018-01.md", "The lawyer spoke. Lawyers wait.\n\n## Later\n\nA green\ncard came.")
        .file("corpus/2018-02.md", "Green cards? The card is green.")
}

#[test]
fn words_in_context_hits_under_each_other() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["search", "lawyer"]).ok();
    let lines: Vec<String> = ran.stdout().lines().map(|line| line.trim_start().to_owned()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("The [lawyer] spoke."), "{lines:?}");
    assert!(lines[1].contains("spoke. [Lawyers] wait."), "{lines:?}");
    assert_eq!(
        ran.stdout().lines().map(|line| line.find('[').unwrap()).collect::<std::collections::BTreeSet<_>>().len(),
        1
    );
    assert_eq!(ran.stderr(), "2 hits in 1 entry\n");
    assert_eq!(study.run(&["search", "zebra"]).ok().stdout(), "");
}

#[test]
fn rows_cross_line_ends_and_filters_hold() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let hits = |expression: &str| -> Vec<String> {
        let lines = study.run(&["search", expression, "--json"]).ok().json_lines();
        lines
            .iter()
            .map(|line| format!("{} {}", line["entry"].as_str().unwrap(), line["hit"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(hits("green card"), ["2018-01 green\ncard", "2018-02 Green cards"]);
    assert_eq!(hits("\"green card\""), ["2018-01 green\ncard"]);
    assert_eq!(hits("=Green card"), ["2018-02 Green cards"]);
    assert_eq!(hits("green card month:2018-02"), ["2018-02 Green cards"]);
    assert_eq!(hits("green card month:2017-01..2018-01"), ["2018-01 green\ncard"]);
    assert_eq!(hits("green card section:later"), ["2018-01 green\ncard"]);
    assert_eq!(
        hits("gre* NEAR/3 card | lawyer THEN/1 wait"),
        ["2018-01 Lawyers wait", "2018-01 green\ncard", "2018-02 Green cards", "2018-02 card is green"]
    );
}

#[test]
fn a_mistake_is_marked() {
    let ran = Study::new().run(&["search", "lawyer AND (fear | )"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
      lawyer AND (fear | )
                         ^ column 20

    error: a word is missing before this bracket
    ");
}

#[test]
fn a_filter_that_no_entry_knows_is_a_slip_not_an_empty_answer() {
    let study = Study::new().file("corpus/2018-01.md", "+++\nSite = \"East\"\n+++\nThe lawyer spoke.");
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(study.run(&["search", "lawyer", "Site:east", "--json"]).ok().json_lines().len(), 1);
    assert_eq!(study.run(&["search", "lawyer", "year:1999"]).ok().stdout(), "");
    let ran = study.run(&["search", "lawyer", "stie:East"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
      lawyer stie:East
             ^^^^^ column 8

    error: no entry has an attribute `stie`
    hint: did you mean `site`?
    ");
}

#[test]
fn a_limit_says_of_how_many() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    let told = |limit: &str| study.run(&["search", "card", "--limit", limit]).ok().stderr();
    assert_eq!(told("2"), "2 of 3 hits, in 2 entries\n");
    assert_eq!(told("3"), "3 hits in 2 entries\n");
    // Enough was found before all entries were read.
    for number in 0..1100 {
        study.write(&format!("corpus/2019-{number}.md"), "A card.");
    }
    let _ = study.run(&["ingest"]).ok();
    assert_eq!(told("1"), "first 1 hit, in 1 entry; there may be more\n");
}
