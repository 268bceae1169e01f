//! Several programs at work on one study at once.

use std::process::Child;

use themata::coding::Event;

use crate::{
    crashes::{Deed, Work, acknowledged, done_or_told, log, nothing_is_lost, sound, started},
    harness::{Study, coded},
};

/// Runs commands at once; those that were refused say why and are done when they are repeated.
fn at_once(study: &Study, commands: &[Vec<String>]) -> Vec<String> {
    let command = |words: &Vec<String>| study.command(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let children: Vec<Child> = commands.iter().map(|words| started(command(words))).collect();
    let mut kept = Vec::new();
    for (child, words) in children.into_iter().zip(commands) {
        let mut ended = child.wait_with_output().unwrap();
        if !done_or_told(Deed::Code, &ended) {
            ended = command(words).output().unwrap();
            assert_eq!(ended.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&ended.stderr));
        }
        kept.extend(acknowledged(&String::from_utf8_lossy(&ended.stdout)));
    }
    kept
}

/// Asserts that each event follows the one before it.
fn is_one_chain(study: &Study) {
    let file = rusqlite::Connection::open(study.path(".themata/study.db")).unwrap();
    let mut statement = file.prepare("SELECT content FROM event ORDER BY lamport, id").unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let events: Vec<Event> = rows.map(|content| Event::parse(&content.unwrap()).unwrap()).collect();
    for pair in events.windows(2) {
        assert_eq!(pair[1].parents, [pair[0].id()], "{pair:?}");
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn ten_at_once_make_one_log() {
    for _ in 0..4 {
        let study = coded();
        let add = |n: usize| words(&format!("code add 2018-02 --at {n}..20 --code lawyer --coder ana --json"));
        let kept = at_once(&study, &(0..10).map(add).collect::<Vec<_>>());
        let events = log(&study);
        assert_eq!(kept.iter().filter(|event| events.iter().any(|(id, _)| id == *event)).count(), 10);
        assert_eq!(events.iter().filter(|(_, kind)| kind == "coding.added").count(), 10);
        is_one_chain(&study);
        sound(&study);
    }
}

#[test]
fn merges_reading_and_renaming_at_once_fit_together() {
    let mut work = Work::new();
    for round in 0..6 {
        let merge = work.prepare(Deed::Merge);
        let kept = at_once(&work.study, &[merge.clone(), merge]);
        assert_eq!(kept, Vec::<String>::new());
        nothing_is_lost(&work, Deed::Merge, "\n", &[], "");
        let mut all = vec![work.prepare(Deed::Ingest)];
        all.extend(
            (0..5).map(|n| words(&format!("code add 2018-02 --at {n}..9 --code lawyer --coder c{round} --json"))),
        );
        all.push(work.prepare(Deed::Rename));
        all.extend(["table frequency", "match"].map(words));
        let kept = at_once(&work.study, &all);
        let events = log(&work.study);
        assert_eq!(kept.len(), 6);
        assert!(kept.iter().all(|event| events.iter().any(|(id, _)| id.starts_with(event))), "{kept:?}");
        let _ = work.study.run(&["codebook", "check"]).ok();
        sound(&work.study);
    }
}
