//! `themata table`.

use crate::harness::Study;

#[test]
fn formats_carry_the_same_counts() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.").file("corpus/2018-02.md", "A lawyer.");
    let _ = study.run(&["ingest"]).ok();
    let csv = study.run(&["table", "frequency", "--format", "csv"]).ok().stdout();
    insta::assert_snapshot!(csv, @r#"
    id,label,level,parent,n,N,missing,percent,percent_reason,unit,evidence
    help,Help,theme,,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"theme=help,unit=entry,counts=all"
    lawyer,Lawyers,code,help,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"code=lawyer,unit=entry,counts=all"
    waiting,Waiting,code,,1,2,0,,fewer than 20 units: one of them would be more than 5 %,entry,"code=waiting,unit=entry,counts=all"
    "#);
    let markdown = study.run(&["table", "trend", "--format", "md"]).ok().stdout();
    assert!(markdown.contains("2018-01") && markdown.contains("2018-02"), "{markdown}");
    let _ = study.run(&["table", "frequency", "--format", "csv", "-o", "t.csv"]).ok();
    assert_eq!(study.read("t.csv"), csv);
}

#[test]
fn what_is_not_there_is_named() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    let ran = study.run(&["table", "crosstab", "sight"]).fails();
    insta::assert_snapshot!(ran.stderr(), @"
    error: there is no attribute of entries `sight`
    hint: known: month, section, source, year
    ");
    let _ = study.run(&["table", "attribute", "need", "--of", "cases"]).fails();
    let _ = study.run(&["table", "attribute", "need", "--of", "dogs"]).wrong_words();
}

#[test]
fn attributes_count_no_codings() {
    let study = Study::new().file("corpus/2018-01.md", "We waited.");
    let _ = study.run(&["ingest"]).ok();
    for option in ["--unit=sentence", "--counts=all"] {
        let ran = study.run(&["table", "attribute", "month", option]).wrong_words();
        assert!(
            ran.stderr().contains(&format!("unexpected argument '{}'", &option[..option.find('=').unwrap()])),
            "{}",
            ran.stderr()
        );
    }
}

#[test]
fn dates_stand_in_the_order_of_time() {
    let study = ["2018-03", "2017-12 a", "2018-01", "2018-03 b", "2018-03 c", "2018-01 d"]
        .iter()
        .fold(Study::new(), |study, name| study.file(&format!("corpus/{name}.md"), format!("We waited for {name}.")));
    let _ = study.run(&["ingest"]).ok();
    let values = |name: &str| -> Vec<String> {
        let table = study.run(&["table", "attribute", name, "--json"]).ok().json();
        table["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {}", row["id"].as_str().unwrap(), row["n"]))
            .collect()
    };
    assert_eq!(values("month"), ["2017-12 1", "2018-01 2", "2018-03 3"]);
    assert_eq!(values("year"), ["2017 1", "2018 5"]);
}
