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

/// Every kind of table has its picture, at both widths and in every form.
#[test]
fn every_kind_is_drawn() {
    let study = crate::harness::example();
    let _ = study.run(&["run"]).ok();
    let pictures: &[(&[&str], &str)] = &[
        (&["frequency"], "Horizontal bars"),
        (&["frequency", "--interval"], "% to "),
        (&["crosstab", "site"], "East Clinic (N ="),
        (&["entries", "--unit", "sentence"], "2018-01"),
        (&["trend"], "2018-01"),
        (&["cooccurrence"], "with both"),
        (&["saturation"], "saturation at"),
        (&["coverage"], "Horizontal bars"),
        (&["words", "fear-enforcement"], " of N = "),
        (&["absent"], "Horizontal bars"),
        (&["attribute", "need", "--of", "cases"], "95 of 271 (35.1%)"),
        (&["attribute", "need", "--of", "cases", "--by", "language"], "N = 113"),
    ];
    for (kind, words) in pictures {
        for columns in ["1", "2"] {
            let arguments: Vec<&str> = ["chart"].into_iter().chain(kind.iter().copied()).collect();
            let with = |file| arguments.iter().copied().chain(["--columns", columns, "-o", file]).collect::<Vec<_>>();
            let _ = study.run(&with("f.svg")).ok();
            let svg = study.read("f.svg");
            assert!(svg.contains(words), "{kind:?}: {svg}");
            assert!(svg.contains(&format!("width=\"{}in\"", if columns == "1" { "3.5" } else { "7" })), "{kind:?}");
            assert!(svg.contains("<title>") && svg.contains("<desc>"), "{kind:?}");
        }
    }
    let _ = study.run(&["chart", "cooccurrence", "-o", "f.pdf"]).ok();
    assert!(std::fs::read(study.path("f.pdf")).unwrap().starts_with(b"%PDF"));
    let _ = study.run(&["chart", "saturation", "--columns", "3", "-o", "f.svg"]).wrong_words();
}

/// A month whose entries nobody has read is not one without entries, and N is what was read.
#[test]
fn a_trend_tells_what_nobody_has_read_from_what_is_not_there() {
    let study = Study::new()
        .file("corpus/2018-01.md", "We waited. A lawyer came.")
        .file("corpus/2018-02.md", "A lawyer waited.")
        .file("corpus/2018-04.md", "Nothing came.");
    let _ = study.run(&["ingest"]).ok();
    let svg = |arguments: &[&str]| {
        let asked = ["chart", "trend", "-o", "t.svg"].into_iter().chain(arguments.iter().copied());
        let _ = study.run(&asked.collect::<Vec<_>>()).ok();
        study.read("t.svg").replace('\u{a0}', " ")
    };
    let all = svg(&[]);
    assert!(all.contains("2018-02 1, 2018-03 no entries, 2018-04 0") && !all.contains("not read"), "{all}");
    assert!(all.contains("N, all entries of each month: 2018-01: 1, 2018-02: 1, 2018-03: 0"), "{all}");
    // A month of which nothing is coded has no segments, but entries.
    let segments = svg(&["--unit", "segment"]);
    assert!(segments.contains("2018-03 no entries, 2018-04 0"), "{segments}");
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ann"]).ok();
    let _ = study.run(&["read", "2018-01", "2018-04", "--coder", "ann"]).ok();
    let read = svg(&["--counts", "accepted"]);
    assert!(read.contains("2018-02 not read, 2018-03 no entries, 2018-04 0"), "{read}");
    assert!(read.contains(">not read<") && read.contains(">no entries<"), "{read}");
    assert!(read.contains("N, all entries of each month that are marked as read: 2018-01: 1, 2018-02: 0"), "{read}");
}

/// What is a row beside the themes in the table has its panel beside theirs in the picture, in a colour of its own.
#[test]
fn a_trend_has_a_panel_for_a_code_without_a_theme() {
    let study = Study::new().file("corpus/2018-01.md", "We waited. A lawyer came.");
    let _ = study.run(&["ingest"]).ok();
    let _ = study.run(&["chart", "trend", "-o", "t.svg"]).ok();
    let svg = study.read("t.svg");
    assert!(svg.contains("Help: 2018-01 1; Waiting: 2018-01 1") && !svg.contains("Lawyers"), "{svg}");
    assert!(svg.contains("#0072B2") && svg.contains("#D55E00"), "{svg}");
}

/// Two coders' figures are not the same, and say whose they are.
#[test]
fn a_figure_says_whose_codings_it_shows() {
    let study = Study::new()
        .file("corpus/2018-01.md", "We waited. A lawyer came.")
        .file("corpus/2018-02.md", "A lawyer waited.");
    let _ = study.run(&["ingest"]).ok();
    let subtitle = |arguments: &[&str]| {
        let asked = ["chart"].into_iter().chain(arguments.iter().copied()).chain(["-o", "f.svg"]);
        let _ = study.run(&asked.collect::<Vec<_>>()).ok();
        let svg = study.read("f.svg");
        let words = |line: &str| Some(line.split_once('>')?.1.split_once('<')?.0.to_owned());
        svg.lines().filter_map(words).find(|line| line.contains("counts: ")).unwrap()
    };
    insta::assert_snapshot!(subtitle(&["frequency"]), @"n of N = 2 entries; counts: all");
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ann"]).ok();
    insta::assert_snapshot!(subtitle(&["frequency", "--coder", "ann"]), @"n of N = 2 entries; counts: accepted; coder: ann");
    insta::assert_snapshot!(subtitle(&["frequency", "--coder", "any"]), @"n of N = 2 entries; counts: accepted");
    let _ = study.run(&["read", "2018-01", "--coder", "ann"]).ok();
    for (arguments, words) in [
        (
            ["frequency", "--coder", "ann"],
            "n of N = 1 entry; counts: accepted; coder: ann; only entries marked as read",
        ),
        (["coverage", "--coder", "any"], "Coded segments; counts: accepted; only entries marked as read"),
        (
            ["cooccurrence", "--coder", "consensus"],
            "n of N = 2 sentences; counts: accepted; coder: consensus; only entries marked as read",
        ),
        (
            ["saturation", "--coder", "ann"],
            "n of N = 2 codes; counts: accepted; coder: ann; only entries marked as read",
        ),
        (["frequency", "--counts", "suggested"], "n of N = 2 entries; counts: suggested"),
    ] {
        assert_eq!(subtitle(&arguments), words, "{arguments:?}");
    }
}
