//! `themata decide`.

use crate::harness::{coded, nameless};

#[test]
fn suggestions_are_accepted_and_rejected() {
    let study = coded();
    let run = |words: &[&str]| nameless(&study.run(words).ok().stdout());
    let several = study.run(&["decide", "accept", "2018-01", "--code", "waiting", "--coder", "ana"]).fails();
    insta::assert_snapshot!(several.stderr(), @"
    error: 3 undecided suggestions fit: 2018-01 0..10 waiting; 2018-01 11..29 waiting; 2018-01 46..68 waiting
    hint: add --all to take them all, or say which with ENTRY and --quote or --at
    ");
    insta::assert_snapshot!(run(&["decide", "accept", "2018-01", "--code", "waiting", "--quote", "We waited.", "--coder", "ana"]), @"
    accepted: waiting on 2018-01 0–10 by ana
        We waited.
    event [event]
    ");
    insta::assert_snapshot!(run(&["decide", "reject", "--rule", "wait", "--all", "--coder", "ana"]), @"
    rejected: waiting on 2018-01 11–29 by ana
        Niño 😊 waited too.
    rejected: waiting on 2018-01 46–68 by ana
        We waited for the bus.
    event [event]
    ");
    // What she has decided is not decided again.
    let none = study.run(&["decide", "reject", "--rule", "wait", "--all", "--coder", "ana"]).fails();
    assert!(none.stderr().starts_with("error: no undecided suggestion fits"), "{}", none.stderr());
    insta::assert_snapshot!(run(&["segments", "code=waiting,counts=rejected"]), @"
    2018-01 11–29  waiting
        Niño 😊 waited too.
        by: wait
    2018-01 46–68  waiting
        We waited for the bus.
        by: wait
    ");
    insta::assert_snapshot!(run(&["table", "frequency", "--unit", "sentence"]), @"
    Themes and codes: sentences
    sentences, N = 6; counts: accepted; coder: any

               n of N
    ─────────────────
    Help       0 of 6
      Lawyers  0 of 6
    Waiting    1 of 6

    Counts: accepted suggestions and people's codings; 3 of 5 suggestions reviewed.
    Coder: any; what several coded counts once.
    n: sentences with the code at least once; N: all sentences of the study. A row
    counts the union of what is below it, not the sum.
    No entry is marked as read in full, so that a code that is absent may also be
    one that nobody has looked for.
    No percentages: fewer than 20 units: one of them would be more than 5 %.
    ");
    // A decision is changed when exactly its stretch is named.
    let _ = study.run(&["decide", "accept", "2018-01", "--quote", "Niño 😊 waited too.", "--coder", "ana"]).ok();
    assert_eq!(study.run(&["segments", "code=waiting,counts=accepted", "--json"]).ok().json_lines().len(), 2);
}

#[test]
fn coders_stand_side_by_side_and_what_is_adjudicated_is_the_consensus() {
    let study = coded();
    let decide = |words: &[&str]| drop(study.run(&[&["decide"], words].concat()).ok());
    decide(&["accept", "--code", "lawyer", "--all", "--coder", "ana"]);
    decide(&["reject", "--code", "lawyer", "--all", "--coder", "ben"]);
    let counted = |coder: &[&str]| {
        let table = study.run(&[&["table", "frequency", "--json"], coder].concat()).ok().json();
        let row = table["rows"].as_array().unwrap().iter().find(|row| row["id"] == "lawyer").unwrap().clone();
        format!("{} {} of {}", table["coder"], row["n"], row["N"])
    };
    assert_eq!(counted(&[]), "\"any\" 2 of 2");
    assert_eq!(counted(&["--coder", "ana"]), "\"ana\" 2 of 2");
    assert_eq!(counted(&["--coder", "ben"]), "\"ben\" 0 of 2");
    decide(&["reject", "2018-01", "--code", "lawyer", "--adjudicate", "--coder", "ben"]);
    assert_eq!(counted(&[]), "\"consensus\" 1 of 2");
    assert_eq!(counted(&["--coder", "any"]), "\"any\" 2 of 2");
    let wrong = study.run(&["table", "frequency", "--coder", "anna"]).fails();
    insta::assert_snapshot!(wrong.stderr(), @"
    error: there is no coder `anna`
    hint: did you mean `ana`?
    ");
}

/// A rejection covers suggestions whose evidence lies inside the rejected stretch, also of rules that come later.
#[test]
fn a_rejection_covers_what_stands_inside() {
    let study = coded();
    let _ = study.run(&["decide", "reject", "2018-02", "--code", "lawyer", "--coder", "ana"]).ok();
    study.write(
        "codebooks/c.toml",
        study.read("codebooks/c.toml").replace("[\"lawyer\"]", "[\"lawyer\", \"lawyer call\", \"nobody\"]"),
    );
    let open = study.run(&["segments", "code=lawyer,counts=suggested", "--json"]).ok().json_lines();
    let left: Vec<_> = open.iter().map(|line| format!("{} {}", line["entry"], line["rule"])).collect();
    assert_eq!(left, ["\"2018-01\" \"lawyer\"", "\"2018-02\" \"nobody\""]);
}

/// A changed definition makes codings doubtful until they are confirmed; an accepted coding outlives its rule.
#[test]
fn a_changed_definition_makes_codings_stale() {
    let study = coded();
    let _ = study.run(&["decide", "accept", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    let codebook = study.read("codebooks/c.toml");
    study.write("codebooks/c.toml", codebook.replace("rules = [\"lawyer\"]", "definition = \"Only own lawyers.\""));
    let notes = || study.run(&["table", "frequency"]).ok().stdout();
    assert!(notes().contains("2 codings were made under another definition"), "{}", notes());
    assert_eq!(study.run(&["segments", "code=lawyer,counts=accepted", "--json"]).ok().json_lines().len(), 2);
    let _ = study.run(&["decide", "confirm", "--code", "lawyer", "--all", "--coder", "ana"]).ok();
    assert!(!notes().contains("another definition"), "{}", notes());
    let _ = study.run(&["undo", "--coder", "ana"]).ok();
    assert!(notes().contains("another definition"), "{}", notes());
    let _ = study.run(&["verify"]).ok();
}
