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
fn a_filter_whose_name_is_a_sentence() {
    let study = Study::new().file("themata.toml", crate::harness::SETTINGS.replace("*.md", "*.csv")).file(
        "corpus/s.csv",
        "id,Which school?,text\na,North School,A lawyer came.\nb,South School,The lawyer left.\n",
    );
    let _ = study.run(&["ingest"]).ok();
    let found = study.run(&["search", "lawyer \"Which school?\":\"north school\"", "--json"]).ok().json_lines();
    assert_eq!(found.iter().map(|line| line["entry"].clone()).collect::<Vec<_>>(), ["a"]);
    insta::assert_snapshot!(study.run(&["search", "lawyer \"Which schol?\":North"]).fails().stderr(), @r#"
      lawyer "Which schol?":North
             ^^^^^^^^^^^^^^^ column 8

    error: no entry has an attribute `which schol?`
    hint: did you mean `"which school?"`?
    "#);
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

#[test]
fn hits_in_other_orders() {
    let study = Study::new()
        .file("corpus/b.md", "+++\ndate = \"2018-01\"\n+++\nA good lawyer left. The bad lawyer came and went, and so on, for a long while.")
        .file("corpus/a.md", "+++\ndate = \"2018-03\"\n+++\nGood! A Zambian lawyer agreed.")
        .file("corpus/c.md", "+++\ndate = \"2019-01\"\n+++\nA LAWYER. A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    let hits = |order: &[&str]| -> Vec<String> {
        let ran = study.run(&[&["search", "lawyer", "--json"], order].concat()).ok();
        let shown = |line: &serde_json::Value| {
            let words = |key: &str| line[key].as_str().unwrap().trim().to_owned();
            let (left, right) = (words("left"), words("right"));
            let near = |context: &str, last: bool| {
                let mut words = context.split_whitespace();
                if last { words.next_back() } else { words.next() }.unwrap_or_default().to_owned()
            };
            format!("{} {}|{}", line["entry"].as_str().unwrap(), near(&left, true), near(&right, false))
        };
        ran.json_lines().iter().map(shown).collect()
    };
    let (good, bad, zambian) = ("b-2018-01 good|left.", "b-2018-01 bad|came", "a-2018-03 Zambian|agreed.");
    let short = "c-2019-01 A|.";
    assert_eq!(hits(&[]), [zambian, good, bad, short, short].map(str::to_owned));
    assert_eq!(hits(&["--sort", "left"]), [short, short, bad, good, zambian].map(str::to_owned));
    assert_eq!(hits(&["--sort", "right"])[2..], [zambian, bad, good].map(str::to_owned));
    assert_eq!(hits(&["--sort", "date"])[..3], [good, bad, zambian].map(str::to_owned));
    assert_eq!(hits(&["--sort", "rank"])[0], short);
    // A limit cuts what is in order, not what comes first in the corpus.
    assert_eq!(hits(&["--sort", "date", "--limit", "1"]), [good]);
}

#[test]
fn counts_by_an_attribute_with_their_denominators() {
    let study = Study::new()
        .file("corpus/2018-01.md", "+++\nsite = \"East\"\n+++\nA lawyer. A lawyer.")
        .file("corpus/2018-02.md", "+++\nsite = \"West\"\n+++\nNobody.")
        .file("corpus/2018-03.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    insta::assert_snapshot!(study.run(&["search", "lawyer", "--by", "site"]).ok().stdout(), @"
    site      hits           entries
    East         2            1 of 1
    West         0            0 of 1
    (none)       1            1 of 1
    ");
    insta::assert_snapshot!(study.run(&["search", "lawyer site:East", "--by", "month", "--json"]).ok().stdout(), @r#"{"value":"2018-01","hits":2,"entries":1,"N":1}"#);
    insta::assert_snapshot!(study.run(&["search", "lawyer", "--by", "stie"]).fails().stderr(), @"
    error: there is no attribute of entries `stie`
    hint: known: date, language, month, site, source, year
    ");
    let _ = study.run(&["search", "lawyer", "--by", "section"]).fails();
}

#[test]
fn hits_inside_segments_of_a_code() {
    let study = study();
    let _ = study.run(&["ingest"]).ok();
    // Sentences with `wait` have the code.
    let hits = |expression: &str| study.run(&["search", expression, "--json"]).ok().json_lines().len();
    assert_eq!(
        (hits("lawyer"), hits("lawyer code:waiting"), hits("lawyer code:help"), hits("card code:waiting")),
        (2, 1, 2, 0)
    );
    insta::assert_snapshot!(study.run(&["search", "lawyer code:wating"]).fails().stderr(), @"
      lawyer code:wating
             ^^^^^ column 8

    error: there is no code or theme `wating`
    hint: did you mean `waiting`?
    ");
    insta::assert_snapshot!(study.run(&["search", "lawyer coder:ana"]).fails().stderr(), @"
      lawyer coder:ana
             ^^^^^^ column 8

    error: there is no coder `ana`
    hint: did you mean `any`?
    ");
}

/// Signs are found by the word before them, and headings by nothing, also where an entry is looked at as a whole.
#[test]
fn regular_expressions_for_signs_and_over_headings() {
    let text = "## Why success?\n\nWhy? Who knows? Nobody.\n\n## Success\n\nThe mother came.\n";
    let study = Study::new().file("corpus/a.md", text);
    let _ = study.run(&["ingest"]).ok();
    let hits = |words: &[&str]| -> Vec<String> {
        let found = study.run(&[&["search", "--json"], words].concat()).ok().json_lines();
        found.iter().map(|hit| hit["hit"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(hits(&[r"/\?/"]), ["Why", "knows"]);
    assert_eq!(hits(&[r"/\?/", "--within", "entry"]), ["Why", "knows"]);
    assert_eq!(hits(&[r"/[Ss]uccess\s+[A-Z]/", "--within", "entry"]), [""; 0]);
    assert_eq!(hits(&[r"/Nobody\.\s/", "--within", "entry"]), ["Nobody"]);
}

/// All words in one sentence, as machines write down speech: time and memory stay bounded.
#[test]
fn near_in_an_endless_sentence() {
    let study = Study::new().file("corpus/a.md", "judge lawyer ".repeat(3000));
    let _ = study.run(&["ingest"]).ok();
    let found = study.run(&["search", "judge NEAR/999 lawyer", "--limit", "1"]).ok();
    assert!(found.stderr().contains("1 of "), "{}", found.stderr());
}
