//! Counts compared with sets made one coding at a time.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{
    CodeCounter, Coded, Codings, NO_RULE, Question, Split, Status, Tree, TreeRow, UnitPart, Units,
    parts::{read_columns, read_units, write_suggestions, write_units},
};
use crate::{
    table::{Counts, Level, Unit},
    text::Span,
};

/// Sections of every entry, two sentences and one paragraph each; the first and the last have one title.
const SECTIONS: [&str; 3] = ["a", "b", "a"];
const ENTRIES: u32 = 5;
const CODES: u32 = 3;

fn coding() -> impl Strategy<Value = Coded> {
    (0..ENTRIES, 0..CODES, 0..6_u32, 1..4_u32, 0..8_u32, 1..9_u32).prop_map(|(entry, code, from, long, shift, wide)| {
        let to = (from + long).min(6);
        let start = from * 10 + shift;
        Coded {
            entry,
            code,
            rule: NO_RULE,
            status: Status::Suggested,
            coder: None,
            span: Span { start, end: start + wide },
            sentences: (from, to),
            paragraphs: (from / 2, to.div_ceil(2)),
            section: SECTIONS[from as usize / 2].to_owned(),
            evidence: Vec::new(),
            negated: false,
        }
    })
}

fn tree() -> Tree {
    let row = |id: &str, codes: &[u32]| TreeRow {
        id: id.to_owned(),
        label: id.to_owned(),
        level: Level::Code,
        parent: None,
        codes: codes.to_vec(),
    };
    Tree { rows: vec![row("both", &[0, 1]), row("0", &[0]), row("1", &[1]), row("2", &[2])] }
}

fn sizes(folder: &std::path::Path) -> Units {
    let one = |entry: u32| {
        SECTIONS.map(|section| UnitPart {
            entry,
            mark: 0,
            section: section.to_owned(),
            sentences: 2,
            paragraphs: 1,
            words: 9,
        })
    };
    let path = folder.join("units");
    write_units(&path, &(0..ENTRIES).flat_map(one).collect::<Vec<_>>()).unwrap();
    read_units(&[path]).unwrap()
}

/// The parts on disk, read as a question asks.
fn read(folder: &std::path::Path, all: &[Coded], columns: &[&str]) -> Codings {
    let mut parts = Vec::new();
    for code in 0..CODES {
        let mut own: Vec<Coded> = all.iter().filter(|one| one.code == code).cloned().collect();
        own.sort_by_key(|one| one.entry);
        let path = folder.join(code.to_string());
        write_suggestions(&path, &own).unwrap();
        parts.push((code, path));
    }
    read_columns(&parts, columns).unwrap()
}

fn place_of(split: &Split, value: &str) -> Option<u32> {
    (0..).zip(&split.values).find(|(_, own)| *own == value).map(|(at, _)| at)
}

/// Counts of a row by column, one coding at a time.
fn by_hand(all: &[Coded], codes: &[u32], question: &Question<'_>) -> BTreeMap<u32, u64> {
    let section_of = |sentence: u32| SECTIONS[sentence as usize / 2];
    let column = |entry: u32, section: &str| match question.split {
        None => Some(0),
        Some(split) if split.name == "section" => place_of(split, section),
        Some(split) => split.of_entry.get(&entry).copied(),
    };
    let mut met: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
    let mut spans: BTreeMap<(u32, u32), Vec<Span>> = BTreeMap::new();
    let counted =
        |one: &&Coded| codes.contains(&one.code) && question.only.is_none_or(|only| only.contains(&one.entry));
    for one in all.iter().filter(counted) {
        let mut put = |section: &str, unit: u32| met.extend(column(one.entry, section).map(|at| (at, one.entry, unit)));
        match question.unit {
            Unit::Sentence => (one.sentences.0..one.sentences.1).for_each(|at| put(section_of(at), at)),
            Unit::Paragraph => (one.paragraphs.0..one.paragraphs.1).for_each(|at| put(SECTIONS[at as usize], at)),
            Unit::Segment => {
                let column = column(one.entry, &one.section);
                column.into_iter().for_each(|at| spans.entry((at, one.entry)).or_default().push(one.span));
            }
            _ => (one.sentences.0..one.sentences.1).for_each(|at| put(section_of(at), 0)),
        }
    }
    let mut n = BTreeMap::new();
    met.iter().for_each(|(column, ..)| *n.entry(*column).or_default() += 1);
    for ((column, _), mut spans) in spans {
        spans.sort();
        let mut until = 0;
        for (at, span) in spans.iter().enumerate() {
            *n.entry(column).or_default() += u64::from(at == 0 || span.start >= until);
            until = until.max(span.end);
        }
    }
    n
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn counts_are_those_of_sets(all in prop::collection::vec(coding(), 0..40), at in 0..4_usize, by in 0..3_usize, some in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let splits = [
            None,
            Some(Split { name: "section".into(), values: values(&["b", "a"]), of_entry: BTreeMap::new() }),
            // Entry 3 has no value.
            Some(Split { name: "site".into(), values: values(&["x", "y"]), of_entry: [(0, 1), (1, 0), (2, 1), (4, 0)].into() }),
        ];
        let only = BTreeSet::from([0, 1, 3]);
        let question = Question {
            in_tree_order: false,
            unit: [Unit::Sentence, Unit::Paragraph, Unit::Segment, Unit::Entry][at],
            counts: Counts::All,
            coder: "any".to_owned(),
            always_percent: true,
            split: splits[by].as_ref(),
            missing: 0,
            only: some.then_some(&only),
            participants: None,
        };
        let (tree, units) = (tree(), sizes(folder.path()));
        let mut counter = CodeCounter::new(&units, &tree, &question).unwrap();
        counter.add(&read(folder.path(), &all, &question.columns())).unwrap();
        let table = counter.table().unwrap();
        for spec in &tree.rows {
            let n = by_hand(&all, &spec.codes, &question);
            for row in table.rows.iter().filter(|row| row.id == spec.id) {
                let place = |split: &Split| place_of(split, row.column.as_deref().unwrap()).unwrap();
                let column = question.split.map_or(0, place);
                prop_assert_eq!(row.n, Some(n.get(&column).copied().unwrap_or_default()), "{} {}", spec.id, column);
            }
        }
    }

    #[test]
    fn different_segments_are_counted_once(all in prop::collection::vec(coding(), 0..40), negated in prop::collection::vec(any::<bool>(), 40)) {
        let folder = tempfile::tempdir().unwrap();
        let all: Vec<Coded> = all.into_iter().zip(negated).map(|(one, negated)| Coded { negated, ..one }).collect();
        let mut segments: BTreeMap<(u32, u32, Span), bool> = BTreeMap::new();
        for one in &all {
            *segments.entry((one.code, one.entry, one.span)).or_insert(true) &= one.negated;
        }
        let expected = (segments.len() as u64, segments.values().filter(|negated| **negated).count() as u64);
        let codings = read(folder.path(), &all, &["entry", "start", "end", "negated"]);
        prop_assert_eq!(codings.distinct().unwrap(), expected);
    }
}
