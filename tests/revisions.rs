//! Sources that are edited after people coded: no coding ever stands on other words without being listed.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use themata::{
    id::CoderId,
    table::Evidence,
    text::normalise,
    workflow::{self, Line, Silent, Target, Workspace},
};

use crate::harness::{SETTINGS, Study};

/// Words that come again and again, so that quotes are rarely alone, with signs that more than one byte holds.
const WORDS: [&str; 14] = [
    "we",
    "waited",
    "Niño",
    "😊",
    "the",
    "lawyer",
    "came",
    "e\u{301}l",
    "afraid",
    "of",
    "ICE.",
    "Nobody",
    "\n\n",
    "help,",
];

/// An edit of the source, as a person makes it.
#[derive(Debug, Clone)]
enum Edit {
    Insert {
        at: usize,
        words: Vec<usize>,
    },
    Delete {
        at: usize,
        count: usize,
    },
    Replace {
        at: usize,
        word: usize,
    },
    /// A typo: a letter of a word is gone.
    Typo {
        at: usize,
    },
    /// The first part and the rest change places.
    Swap {
        at: usize,
    },
    Double {
        at: usize,
        count: usize,
    },
    Anew {
        words: Vec<usize>,
    },
    LineEnds,
}

fn words() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..WORDS.len(), 1..30)
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0..60_usize, prop::collection::vec(0..WORDS.len(), 1..5)).prop_map(|(at, words)| Edit::Insert { at, words }),
        3 => (0..60_usize, 1..5_usize).prop_map(|(at, count)| Edit::Delete { at, count }),
        3 => (0..60_usize, 0..WORDS.len()).prop_map(|(at, word)| Edit::Replace { at, word }),
        3 => (0..60_usize).prop_map(|at| Edit::Typo { at }),
        2 => (0..60_usize).prop_map(|at| Edit::Swap { at }),
        1 => (0..60_usize, 1..9_usize).prop_map(|(at, count)| Edit::Double { at, count }),
        1 => words().prop_map(|words| Edit::Anew { words }),
        1 => Just(Edit::LineEnds),
    ]
}

fn told(words: &[usize]) -> Vec<String> {
    words.iter().map(|word| WORDS[*word].to_owned()).collect()
}

fn change(text: &mut Vec<String>, line_ends: &mut bool, edit: &Edit) {
    let place = |at: usize, text: &Vec<String>| at % (text.len() + 1);
    match edit {
        Edit::Insert { at, words } => {
            let at = place(*at, text);
            text.splice(at..at, told(words));
        }
        Edit::Delete { at, count } => {
            let at = place(*at, text);
            text.drain(at..(at + count).min(text.len()));
        }
        Edit::Replace { at, word } => {
            let at = place(*at, text);
            if let Some(old) = text.get_mut(at) {
                WORDS[*word].clone_into(old);
            }
        }
        Edit::Typo { at } => {
            let at = place(*at, text);
            if let Some(old) = text.get_mut(at).filter(|old| old.chars().count() > 3) {
                *old = old.chars().enumerate().filter(|(number, _)| *number != 1).map(|(_, c)| c).collect();
            }
        }
        Edit::Swap { at } => {
            let at = place(*at, text);
            text.rotate_left(at);
        }
        Edit::Double { at, count } => {
            let at = place(*at, text);
            let again: Vec<String> = text[at..(at + count).min(text.len())].to_vec();
            text.extend(again);
        }
        Edit::Anew { words } => *text = told(words),
        Edit::LineEnds => *line_ends = !*line_ends,
    }
}

/// Writes the entry as its source has it: with either kind of line ends, and a mark of byte order with one of them.
fn write(study: &Study, text: &[String], line_ends: bool) {
    let text = format!("We begin. {} The end.", text.join(" "));
    let text = if line_ends { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text };
    study.write("corpus/2018-01.md", text);
}

/// What was coded: coder, code and the words.
type Made = BTreeMap<(String, String, u32, u32), String>;

/// Accounts for every coding: it is listed as orphaned; or listed as edited, and stands there; or it stands on exactly its words,
/// each on a stretch of its own. Nothing else stands.
fn check(workspace: &mut Workspace, text: &str, made: &Made) -> Result<(), TestCaseError> {
    let mut quiet: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for ((coder, code, ..), words) in made {
        *quiet.entry((coder.clone(), code.clone(), words.clone())).or_default() += 1;
    }
    let mut edited: BTreeSet<(String, String, u32, u32)> = BTreeSet::new();
    for one in workflow::orphans(workspace).unwrap() {
        let key = (one.coder.clone(), one.code.clone(), one.before.clone().unwrap());
        let left = quiet.get_mut(&key).filter(|left| **left > 0);
        prop_assert!(left.is_some(), "{key:?} is listed and was not made, or is listed twice");
        left.into_iter().for_each(|left| *left -= 1);
        if let ("edited", Some(start), Some(end)) = (one.status, one.start, one.end) {
            edited.insert((one.coder, one.code, start, end));
        } else {
            prop_assert_eq!((one.status, one.start), ("orphaned", None));
        }
    }
    let points: Vec<char> = text.chars().collect();
    let mut standing: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut seen: BTreeSet<(String, String, u32, u32)> = BTreeSet::new();
    for code in ["lawyer", "waiting"] {
        for coder in ["ana", "ben"] {
            let evidence = Evidence::parse(&format!("code={code},unit=entry,counts=accepted,coder={coder}")).unwrap();
            for line in workflow::segments(workspace, &evidence, &Silent).unwrap() {
                let Line::Segment { start, end, text: words, .. } = line else { continue };
                let here: String = points[start as usize..end as usize].iter().collect();
                prop_assert_eq!(&here, &words);
                let place = (coder.to_owned(), code.to_owned(), start, end);
                prop_assert!(seen.insert(place.clone()), "{place:?} stands twice");
                let key = (coder.to_owned(), code.to_owned(), words);
                let owed = quiet.get(&key).is_some_and(|left| *left > 0);
                prop_assert!(owed || edited.contains(&place), "{key:?} stands on other words and is not listed");
                *standing.entry(key).or_default() += 1;
            }
        }
    }
    for place in &edited {
        prop_assert!(seen.contains(place), "{place:?} is listed as edited and stands nowhere");
    }
    for (key, count) in &quiet {
        let found = standing.get(key).copied().unwrap_or_default();
        prop_assert!(*count <= found, "{count} of {key:?} are not listed, and {found} stand");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_coding_stands_on_other_words_without_being_listed(
        first in prop::collection::vec(0..WORDS.len(), 8..40),
        codings in prop::collection::vec((0..120_u32, 1..25_u32, 0..2_usize, 0..2_usize), 1..8),
        rounds in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..4),
    ) {
        let settings = SETTINGS.replace("[[source]]", "[[coder]]\nid = \"ana\"\n[[coder]]\nid = \"ben\"\n[[source]]");
        let study = Study::new().file("themata.toml", settings);
        let (mut text, mut line_ends) = (told(&first), false);
        write(&study, &text, line_ends);
        let mut workspace = Workspace::open(study.root(), None).unwrap();
        workflow::ingest(&mut workspace, &[], &Silent).unwrap();
        let now = |study: &Study| normalise(study.read("corpus/2018-01.md").trim_start_matches('\u{feff}')).trim().to_owned();
        let begun = now(&study);
        let mut made = Made::new();
        for (start, length, code, coder) in codings {
            let (code, coder) = (["lawyer", "waiting"][code], ["ana", "ben"][coder]);
            let target = Target { entry: "2018-01".to_owned(), at: Some((start, start + length)), ..Target::default() };
            if let Ok(done) = workflow::add_code(&mut workspace, &target, code, &CoderId::new(coder)) {
                for line in done.lines {
                    let Line::Segment { start, end, text, .. } = line else { continue };
                    made.insert((coder.to_owned(), code.to_owned(), start, end), text);
                }
            }
        }
        check(&mut workspace, &begun, &made)?;
        for round in rounds {
            round.iter().for_each(|edit| change(&mut text, &mut line_ends, edit));
            write(&study, &text, line_ends);
            workflow::ingest(&mut workspace, &[], &Silent).unwrap();
            check(&mut workspace, &now(&study), &made)?;
        }
        // The edits are taken back: every coding stands where it was made.
        write(&study, &told(&first), false);
        workflow::ingest(&mut workspace, &[], &Silent).unwrap();
        prop_assert_eq!(workflow::orphans(&workspace).unwrap().len(), 0);
        for ((coder, code, start, end), words) in &made {
            let evidence = Evidence::parse(&format!("code={code},unit=entry,counts=accepted,coder={coder}")).unwrap();
            let lines = workflow::segments(&mut workspace, &evidence, &Silent).unwrap();
            let stands = |line: &Line| matches!(line, Line::Segment { start: from, end: to, text, .. } if (from, to, text) == (start, end, words));
            prop_assert!(lines.iter().any(stands), "{words:?}");
        }
        let found = workflow::verify(&workspace, &Silent).unwrap();
        prop_assert_eq!(found.problems, Vec::<String>::new());
    }
}
