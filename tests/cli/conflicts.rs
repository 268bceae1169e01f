//! `themata conflicts`.

use crate::harness::{Study, coded, nameless, tree};

fn copy(study: &Study) -> Study {
    let other = Study::nothing();
    for (name, bytes) in tree(study.root()) {
        other.write(&name, bytes);
    }
    other
}

fn short(text: &str) -> String {
    let name = regex::Regex::new(r"conflict [0-9a-f]{8}").unwrap();
    nameless(&name.replace_all(text, "conflict [name]"))
}

fn keep(study: &Study, side: &str, coder: &str) {
    let conflict = study.run(&["conflicts", "--json"]).finds_problems().json_lines()[0]["id"].clone();
    let _ = study.run(&["conflicts", "keep", conflict.as_str().unwrap(), side, "--coder", coder]).ok();
}

#[test]
fn one_coders_verdicts_from_two_copies_are_listed_and_chosen() {
    let one = coded();
    let other = copy(&one);
    let decide = |study: &Study, what: &str, coder: &str| {
        drop(study.run(&["decide", what, "2018-02", "--code", "lawyer", "--coder", coder]).ok());
    };
    decide(&one, "accept", "ana");
    decide(&other, "reject", "ana");
    // Different coders' verdicts are no conflict.
    decide(&other, "accept", "ben");
    let merged = one.run(&["merge", other.root().to_str().unwrap()]).finds_problems();
    assert!(merged.stdout().contains("conflict"), "{}", merged.stdout());
    insta::assert_snapshot!(short(&one.run(&["conflicts"]).finds_problems().stdout()).lines().next().unwrap(), @"conflict [name] (decision): ana: lawyer on 0..18 of entry 2018-02 (text [event])");
    let sides = one.run(&["conflicts", "--json"]).finds_problems().json_lines()[0]["sides"].clone();
    let accepted = sides
        .as_array()
        .unwrap()
        .iter()
        .position(|side| side["says"].as_str().unwrap().starts_with("accepted"))
        .unwrap();
    keep(&one, &(accepted + 1).to_string(), "ana");
    let _ = one.run(&["conflicts"]).ok();
    let mine = one.run(&["segments", "code=lawyer,counts=accepted,coder=ana", "--json"]).ok().json_lines();
    assert_eq!(mine.len(), 1);
    // The choice is an act like others.
    let _ = one.run(&["undo", "--coder", "ana"]).ok();
    let _ = one.run(&["conflicts"]).finds_problems();
}

#[test]
fn two_texts_of_an_entry_are_both_kept() {
    let one = coded();
    let other = copy(&one);
    one.write("corpus/2018-02.md", "The lawyer called twice. Nobody came.");
    other.write("corpus/2018-02.md", "The lawyer called once. Nobody came.");
    for study in [&one, &other] {
        let _ = study.run(&["ingest"]).ok();
    }
    let _ = one.run(&["merge", other.root().to_str().unwrap()]).finds_problems();
    let found = one.run(&["conflicts", "--json"]).finds_problems().json_lines();
    assert_eq!((found.len(), &found[0]["kind"], &found[0]["about"]), (1, &"text".into(), &"2018-02".into()));
    let texts: Vec<&str> =
        found[0]["sides"].as_array().unwrap().iter().map(|side| side["says"].as_str().unwrap()).collect();
    assert!(
        texts.iter().any(|text| text.contains("twice")) && texts.iter().any(|text| text.contains("once")),
        "{texts:?}"
    );
    keep(&one, "1", "ana");
    let _ = one.run(&["conflicts"]).ok();
    let chosen = one.run(&["segments", "code=lawyer", "--json"]).ok().stdout();
    assert!(chosen.contains(texts[0].split('.').next().unwrap()), "{chosen}");
    // What the sources here say counts from the next ingest on.
    let _ = one.run(&["ingest"]).ok();
    assert!(one.run(&["segments", "code=lawyer", "--json"]).ok().stdout().contains("twice"));
    let _ = one.run(&["verify"]).ok();
}

#[test]
fn a_code_that_two_copies_changed_differently() {
    let one = coded();
    let _ = one.run(&["decide", "accept", "--code", "waiting", "--all", "--coder", "ana"]).ok();
    let other = copy(&one);
    let _ = one.run(&["codebook", "rename", "waiting", "delay", "--coder", "ana"]).ok();
    let _ = other.run(&["codebook", "rename", "waiting", "queue", "--coder", "ben"]).ok();
    let apart = copy(&one);
    let _ = one.run(&["merge", other.root().to_str().unwrap()]).finds_problems();
    let _ = other.run(&["merge", apart.root().to_str().unwrap()]).finds_problems();
    // Whichever copy was merged into which: the codings count under the name that the codebook there has.
    let counted = |study: &Study, code: &str| {
        study.run(&["segments", &format!("code={code},counts=accepted"), "--json"]).ok().json_lines().len()
    };
    assert_eq!((counted(&one, "delay"), counted(&other, "queue")), (3, 3));
    let found = one.run(&["conflicts", "--json"]).finds_problems().json_lines();
    assert_eq!((found.len(), &found[0]["kind"], &found[0]["about"]), (1, &"code".into(), &"waiting".into()));
    let says = |side: &serde_json::Value, name: &str| side["says"].as_str().unwrap().ends_with(name);
    let sides = found[0]["sides"].as_array().unwrap();
    let side = |name: &str| (sides.iter().position(|side| says(side, name)).unwrap() + 1).to_string();
    // A side whose code the codebook does not have would lose the codings.
    let refused =
        one.run(&["conflicts", "keep", found[0]["id"].as_str().unwrap(), &side("queue"), "--coder", "ana"]).fails();
    assert!(refused.stderr().contains("the codebook has no code `queue`"), "{}", refused.stderr());
    keep(&one, &side("delay"), "ana");
    let _ = one.run(&["conflicts"]).ok();
    assert_eq!(counted(&one, "delay"), 3);
    let _ = one.run(&["verify"]).ok();
}

/// What two acts say about many stretches is one conflict, and one choice.
#[test]
fn what_two_acts_say_is_one_conflict() {
    let one = coded();
    let other = copy(&one);
    let _ = one.run(&["decide", "accept", "--code", "waiting", "--all", "--coder", "ana"]).ok();
    let _ = other.run(&["decide", "reject", "--code", "waiting", "--all", "--coder", "ana"]).ok();
    let _ = one.run(&["merge", other.root().to_str().unwrap()]).finds_problems();
    let found = one.run(&["conflicts", "--json"]).finds_problems().json_lines();
    assert_eq!((found.len(), found[0]["about"].as_str().unwrap().ends_with("and 2 more")), (1, true), "{found:?}");
    let accepted = found[0]["sides"]
        .as_array()
        .unwrap()
        .iter()
        .position(|side| side["says"].as_str().unwrap().starts_with("accepted"));
    keep(&one, &(accepted.unwrap() + 1).to_string(), "ana");
    let _ = one.run(&["conflicts"]).ok();
    assert_eq!(one.run(&["segments", "code=waiting,counts=accepted", "--json"]).ok().json_lines().len(), 3);
}
