//! Copies of a study that went apart and meet again: whatever the order, the result is the same.

use std::path::Path;

use proptest::prelude::*;
use themata::{
    id::CoderId,
    workflow::{self, Decision, DecisionFilter, Silent, Target, Workspace},
};

use crate::harness::{Study, coded, tree};

/// Something that one of the copies does.
#[derive(Debug, Clone)]
enum Step {
    Code { copy: usize, coder: usize, entry: usize, start: u32, length: u32, code: usize },
    Decide { copy: usize, coder: usize, accept: bool, code: usize },
    Undo { copy: usize, coder: usize },
    Redo { copy: usize, coder: usize },
    Read { copy: usize, coder: usize, entry: usize },
    Memo { copy: usize, coder: usize },
    Edit { copy: usize, entry: usize, text: usize },
    Meet { copy: usize, other: usize },
    Wrong { copy: usize },
}

const COPIES: usize = 3;
const CODERS: [&str; 2] = ["ana", "ben"];
const ENTRIES: [&str; 2] = ["2018-01", "2018-02"];
const CODES: [&str; 2] = ["lawyer", "waiting"];
const TEXTS: [&str; 3] =
    ["We waited. A lawyer came 😊.", "We waited. Nobody came. A lawyer came 😊.", "The lawyer called. We waited."];

fn step() -> impl Strategy<Value = Step> {
    let (copy, coder, entry, code) = (0..COPIES, 0..2_usize, 0..2_usize, 0..2_usize);
    prop_oneof![
        4 => (copy.clone(), coder.clone(), entry.clone(), 0_u32..12, 1_u32..9, code.clone())
            .prop_map(|(copy, coder, entry, start, length, code)| Step::Code { copy, coder, entry, start, length, code }),
        3 => (copy.clone(), coder.clone(), any::<bool>(), code)
            .prop_map(|(copy, coder, accept, code)| Step::Decide { copy, coder, accept, code }),
        3 => (copy.clone(), coder.clone()).prop_map(|(copy, coder)| Step::Undo { copy, coder }),
        2 => (copy.clone(), coder.clone()).prop_map(|(copy, coder)| Step::Redo { copy, coder }),
        1 => (copy.clone(), coder.clone(), entry.clone()).prop_map(|(copy, coder, entry)| Step::Read { copy, coder, entry }),
        1 => (copy.clone(), coder).prop_map(|(copy, coder)| Step::Memo { copy, coder }),
        2 => (copy.clone(), entry, 0..TEXTS.len()).prop_map(|(copy, entry, text)| Step::Edit { copy, entry, text }),
        2 => (copy.clone(), 0..COPIES).prop_map(|(copy, other)| Step::Meet { copy, other }),
        1 => copy.prop_map(|copy| Step::Wrong { copy }),
    ]
}

fn open(study: &Study) -> Workspace {
    Workspace::open(study.root(), None).unwrap()
}

fn merge(study: &Study, other: &Study) {
    drop(workflow::merge(&mut open(study), &other.path(".themata/study.db"), &Silent).unwrap());
}

/// Does a step; one that cannot be done, as an undo of nothing, does nothing.
fn take(step: &Step, copies: &[Study]) {
    let coder = |coder: usize| CoderId::new(CODERS[coder]);
    match step.clone() {
        Step::Code { copy, coder: who, entry, start, length, code } => {
            let target =
                Target { entry: ENTRIES[entry].to_owned(), at: Some((start, start + length)), ..Target::default() };
            drop(workflow::add_code(&mut open(&copies[copy]), &target, CODES[code], &coder(who)));
        }
        Step::Decide { copy, coder: who, accept, code } => {
            let filter = DecisionFilter { code: Some(CODES[code].to_owned()), all: true, ..DecisionFilter::default() };
            let decision = if accept { Decision::Accept } else { Decision::Reject };
            drop(workflow::decide(&mut open(&copies[copy]), decision, &filter, &coder(who), &Silent));
        }
        Step::Undo { copy, coder: who } => drop(workflow::undo(&mut open(&copies[copy]), &coder(who))),
        Step::Redo { copy, coder: who } => drop(workflow::redo(&mut open(&copies[copy]), &coder(who))),
        Step::Read { copy, coder: who, entry } => {
            drop(workflow::mark_read(&mut open(&copies[copy]), &[ENTRIES[entry].to_owned()], true, &coder(who)));
        }
        Step::Memo { copy, coder: who } => {
            let (on, kind) = (themata::coding::MemoOn::Study, themata::coding::MemoKind::Reflexive);
            drop(workflow::write_memo(&mut open(&copies[copy]), &on, kind, "Words", &coder(who)).unwrap());
        }
        Step::Edit { copy, entry, text } => {
            copies[copy].write(&format!("corpus/{}.md", ENTRIES[entry]), TEXTS[text]);
            drop(workflow::ingest(&mut open(&copies[copy]), &[], &Silent).unwrap());
        }
        Step::Meet { copy, other } => merge(&copies[copy], &copies[other]),
        Step::Wrong { copy } => wrong_clock(&copies[copy].path(".themata/study.db")),
    }
}

/// Gives the last event another time, as a machine whose clock is wrong would have: its id changes with it.
fn wrong_clock(file: &Path) {
    let connection = rusqlite::Connection::open(file).unwrap();
    let last = "SELECT content FROM event ORDER BY lamport DESC, id DESC LIMIT 1";
    let content: String = connection.query_row(last, [], |row| row.get(0)).unwrap();
    let mut event = themata::coding::Event::parse(&content).unwrap();
    // Only an event that nothing follows and that no other copy has can be given another time.
    if event.at.starts_with("1999") || !event.kind.is_act() {
        return;
    }
    let old = event.id();
    let known: bool = connection
        .query_row("SELECT EXISTS (SELECT 1 FROM taken_back WHERE event = ?1)", [old.as_bytes()], |row| row.get(0))
        .unwrap();
    if known {
        return;
    }
    event.at = "1999-01-01T00:00:00.000Z".to_owned();
    let (new, content) = (event.id(), event.canonical());
    let bytes = |hash: &themata::id::Hash| hash.as_bytes().to_vec();
    connection.execute_batch("DROP TRIGGER event_stays").unwrap();
    let values = rusqlite::params![bytes(&new), content, bytes(&old)];
    connection.execute("UPDATE event SET id = ?1, content = ?2 WHERE id = ?3", values).unwrap();
    connection.execute("UPDATE head SET id = ?1 WHERE id = ?2", rusqlite::params![bytes(&new), bytes(&old)]).unwrap();
    let values = rusqlite::params![bytes(&new), bytes(&old), event.at];
    connection.execute("UPDATE act SET event = ?1, at = ?3 WHERE event = ?2", values).unwrap();
    connection
        .execute("UPDATE memo SET memo = ?1 WHERE memo = ?2", rusqlite::params![bytes(&new), bytes(&old)])
        .unwrap();
    let trigger =
        "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'the log is append-only'); END";
    connection.execute_batch(trigger).unwrap();
}

/// Everything that follows from a log: tables of counts, log, memos, conflicts, orphans.
fn all_of(study: &Study) -> String {
    let mut workspace = open(study);
    let filter = workflow::LogFilter::default();
    let log = workflow::log(&workspace, &filter).unwrap();
    let log: Vec<String> = log.iter().map(|line| format!("{} {} {}", line.event, line.kind, line.state)).collect();
    let memos = workflow::memos(&workspace, None, None, None).unwrap();
    let conflicts = workflow::conflicts(&workspace).unwrap();
    let orphans = workflow::orphans(&workspace).unwrap();
    let said = counted(&mut workspace);
    let found = workflow::verify(&workspace, &Silent).unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    format!("{log:#?}\n{memos:#?}\n{conflicts:#?}\n{orphans:#?}\n{said:#?}")
}

/// Every segment that counts in some way.
fn counted(workspace: &mut Workspace) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for counts in ["accepted", "suggested", "rejected"] {
        for code in CODES {
            let evidence =
                themata::table::Evidence::parse(&format!("code={code},unit=segment,counts={counts}")).unwrap();
            let lines = workflow::segments(workspace, &evidence, &Silent).unwrap();
            said.extend(lines.iter().map(|line| format!("{counts} {line:?}")));
        }
    }
    said
}

fn copy(study: &Study) -> Study {
    let other = Study::nothing();
    for (name, bytes) in tree(study.root()) {
        other.write(&name, bytes);
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn merging_is_commutative_associative_and_idempotent(steps in prop::collection::vec(step(), 1..24)) {
        let first = coded();
        // The codebook is in use before the copies go apart.
        drop(first.run(&["match"]).ok());
        let copies: Vec<Study> = (0..COPIES).map(|_| copy(&first)).collect();
        steps.iter().for_each(|step| take(step, &copies));
        let joined = |order: [usize; 3]| {
            let one = copy(&copies[order[0]]);
            merge(&one, &copies[order[1]]);
            merge(&one, &copies[order[2]]);
            one
        };
        let one = joined([0, 1, 2]);
        let result = all_of(&one);
        prop_assert_eq!(&all_of(&joined([2, 1, 0])), &result, "commutative");
        // (1 + 2) first, then 0.
        let pair = copy(&copies[1]);
        merge(&pair, &copies[2]);
        let other = copy(&copies[0]);
        merge(&other, &pair);
        prop_assert_eq!(&all_of(&other), &result, "associative");
        merge(&one, &copies[1]);
        merge(&one, &other);
        prop_assert_eq!(&all_of(&one), &result, "idempotent");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 200, ..ProptestConfig::default() })]
    /// Whatever was kept of earlier states, what people say stands where placing it from nothing puts it.
    #[test]
    fn verdicts_that_are_kept_equal_those_that_are_placed_anew(steps in prop::collection::vec(step(), 1..16)) {
        let first = coded();
        let copies = [copy(&first), copy(&first), first];
        for step in steps {
            take(&step, &copies);
            for study in &copies {
                let kept = counted(&mut open(study));
                prop_assert_eq!(&kept, &counted(&mut open(study)));
                std::fs::rename(study.path(".themata/cache"), study.path(".themata/kept")).unwrap();
                let anew = counted(&mut open(study));
                prop_assert_eq!(&kept, &anew, "after {:?}", step);
                std::fs::remove_dir_all(study.path(".themata/cache")).unwrap();
                std::fs::rename(study.path(".themata/kept"), study.path(".themata/cache")).unwrap();
            }
        }
    }
}
