//! A study in memory goes from ingest to ingest.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::corpus::PartialDate;

/// A study in memory: what the store would keep from one ingest to the next.
#[derive(Default)]
struct Kept {
    known: Vec<Known>,
    texts: BTreeMap<EntryId, String>,
}

/// `id:` in front declares an id, `date|` gives a date: `a.md 2018-03-04| words`.
fn entry(written: &str) -> ReadEntry {
    let (source, rest) = written.split_once(' ').unwrap();
    let stem = source.split('.').next().unwrap().rsplit('/').next().unwrap();
    let (head, text) = rest.split_once('|').unwrap_or(("", rest));
    let declared = head.strip_suffix(':').map(str::to_owned);
    let date = PartialDate::parse(head);
    let family =
        declared.clone().unwrap_or_else(|| date.map_or_else(|| stem.to_owned(), |date| format!("{stem}-{date}")));
    ReadEntry {
        declared,
        family,
        source: source.to_owned(),
        line: 1,
        date,
        language: None,
        attributes: BTreeMap::new(),
        text: text.trim().to_owned(),
    }
}

/// What the study keeps of an entry beside its text.
fn record(entry: &ReadEntry) -> Hash {
    Hash::of(format!("{:?} {:?} {:?}", entry.date, entry.language, entry.attributes))
}

impl Kept {
    /// Ingests all sources and returns one line for each entry, then what is missing, back and double.
    fn ingest(&mut self, written: &[&str]) -> String {
        let entries: Vec<ReadEntry> = written.iter().map(|line| entry(line)).collect();
        self.ingest_entries(&entries)
    }

    fn ingest_entries(&mut self, entries: &[ReadEntry]) -> String {
        let incoming: Vec<Incoming<'_>> =
            entries.iter().map(|entry| Incoming { entry, text: entry.text_hash(), record: record(entry) }).collect();
        let taken: BTreeSet<String> = self.known.iter().map(|known| known.id.to_string()).collect();
        let pairing = pair(&self.known, &incoming, &taken, |id| self.texts.get(id).cloned());
        let mut lines = Vec::new();
        for (new, outcome) in incoming.iter().zip(&pairing.outcomes) {
            lines.push(match outcome {
                Outcome::Refused { reason, .. } => format!("refused: {reason}"),
                other => {
                    let word = format!("{other:?}").split(' ').next().unwrap().to_lowercase();
                    format!("{word} {}", other.id().unwrap())
                }
            });
            let Some(id) = outcome.id() else { continue };
            self.known.retain(|known| known.id != *id);
            self.known.push(Known {
                id: id.clone(),
                family: new.entry.family.clone(),
                source: new.entry.source.clone(),
                text: new.text,
                record: new.record,
                missing: false,
            });
            self.texts.insert(id.clone(), new.entry.text.clone());
        }
        for known in self.known.iter_mut().filter(|known| pairing.missing.contains(&known.id)) {
            known.missing = true;
        }
        lines.extend(pairing.missing.iter().map(|id| format!("missing {id}")));
        lines.extend(pairing.returned.iter().map(|id| format!("back {id}")));
        lines.extend(pairing.duplicates.iter().map(|(later, earlier)| format!("duplicate {later} of {earlier}")));
        lines.join("\n")
    }
}

const MARCH: &str = "diary.txt 2018-03-04| We filled in the form for asylum.";
const APRIL: &str = "diary.txt 2018-04-01| The interpreter did not come today.";
const MAY: &str = "diary.txt 2018-05-09| A family of four came to the clinic.";

#[test]
fn first_ingest_names_entries() {
    let mut kept = Kept::default();
    let lines = kept.ingest(&[
        MARCH,
        "a/b.md p7:| With an id.",
        "b.md No date at all.",
        "diary.txt 2018-03-04| The same day again.",
    ]);
    insta::assert_snapshot!(lines, @"
    added diary-2018-03-04
    added p7
    added b-c973273df3aa
    added diary-2018-03-04-2
    ");
}

#[test]
fn an_entry_inserted_first_or_in_the_middle_changes_no_other() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH, MAY]);
    let first = "diary.txt 2018-01-02| The first day at work.";
    insta::assert_snapshot!(kept.ingest(&[first, MARCH, APRIL, MAY]), @"
    added diary-2018-01-02
    unchanged diary-2018-03-04
    added diary-2018-04-01
    unchanged diary-2018-05-09
    ");
}

#[test]
fn undated_entries_of_one_file_keep_their_ids_when_others_come() {
    let mut kept = Kept::default();
    let first = kept.ingest(&["n.txt One came.", "n.txt Two came."]);
    let second = kept.ingest(&["n.txt Zero came.", "n.txt One came.", "n.txt Three came.", "n.txt Two came."]);
    for line in first.lines() {
        let id = line.strip_prefix("added ").unwrap();
        assert!(second.contains(&format!("unchanged {id}")), "{second}");
    }
}

#[test]
fn swapped_entries_stay_themselves() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH, APRIL]);
    insta::assert_snapshot!(kept.ingest(&[APRIL, MARCH]), @"
    unchanged diary-2018-04-01
    unchanged diary-2018-03-04
    ");
}

#[test]
fn a_renamed_file_moves_its_entries() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH, APRIL]);
    let (march, april) = (MARCH.replace("diary.txt", "old/journal.txt"), APRIL.replace("diary.txt", "old/journal.txt"));
    insta::assert_snapshot!(kept.ingest(&[&march, &april]), @"
    moved diary-2018-03-04
    moved diary-2018-04-01
    ");
    insta::assert_snapshot!(kept.ingest(&[&march, &april]), @"
    unchanged diary-2018-03-04
    unchanged diary-2018-04-01
    ");
}

#[test]
fn a_corrected_date_keeps_the_id() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH, APRIL]);
    let corrected = MARCH.replace("03-04", "03-05");
    insta::assert_snapshot!(kept.ingest(&[&corrected, APRIL]), @"
    recorded diary-2018-03-04
    unchanged diary-2018-04-01
    ");
}

#[test]
fn an_edited_entry_is_revised() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH, APRIL]);
    insta::assert_snapshot!(kept.ingest(&[MARCH, "diary.txt 2018-04-01| Something wholly different."]), @"
    unchanged diary-2018-03-04
    revised diary-2018-04-01
    ");
}

#[test]
fn one_edited_and_one_inserted_at_the_same_date() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH]);
    let inserted = "diary.txt 2018-03-04| In the morning nobody was there.";
    let edited = "diary.txt 2018-03-04| We filled in the long form for asylum again.";
    insta::assert_snapshot!(kept.ingest(&[inserted, edited]), @"
    added diary-2018-03-04-2
    revised diary-2018-03-04
    ");
}

#[test]
fn two_of_one_date_edited_at_once() {
    let mut kept = Kept::default();
    let morning = "diary.txt 2018-03-04| In the morning nobody was there.";
    kept.ingest(&[MARCH, morning]);
    let (a, b) = (
        "diary.txt 2018-03-04| In the morning nobody at all was there.",
        "diary.txt 2018-03-04| We filled in a form for asylum.",
    );
    insta::assert_snapshot!(kept.ingest(&[a, b]), @"
    revised diary-2018-03-04-2
    revised diary-2018-03-04
    ");
}

#[test]
fn an_undated_entry_is_not_taken_for_another_by_elimination() {
    let mut kept = Kept::default();
    kept.ingest(&["n.txt We filled in the form for asylum.", "n.txt The interpreter did not come."]);
    let lines = kept.ingest(&["n.txt The interpreter did not come.", "n.txt A family of four."]);
    assert!(
        lines.starts_with("unchanged n-") && lines.contains("\nadded n-") && lines.contains("\nmissing n-"),
        "{lines}"
    );
}

#[test]
fn a_file_of_one_entry_may_be_rewritten() {
    let mut kept = Kept::default();
    kept.ingest(&["n.txt We filled in the form for asylum."]);
    let lines = kept.ingest(&["n.txt Wholly new words stand here."]);
    assert!(lines.starts_with("revised n-") && lines.lines().count() == 1, "{lines}");
}

#[test]
fn deleted_and_later_back() {
    let mut kept = Kept::default();
    kept.ingest(&[MARCH, APRIL]);
    insta::assert_snapshot!(kept.ingest(&[MARCH]), @"
    unchanged diary-2018-03-04
    missing diary-2018-04-01
    ");
    insta::assert_snapshot!(kept.ingest(&[MARCH]), @"unchanged diary-2018-03-04");
    insta::assert_snapshot!(kept.ingest(&[APRIL, MARCH]), @"
    unchanged diary-2018-04-01
    unchanged diary-2018-03-04
    back diary-2018-04-01
    ");
    kept.ingest(&[MARCH]);
    insta::assert_snapshot!(kept.ingest(&[MARCH, "other.txt The interpreter did not come today."]), @"
    unchanged diary-2018-03-04
    moved diary-2018-04-01
    back diary-2018-04-01
    ");
}

#[test]
fn duplicates_of_a_short_text_are_told_apart_by_their_ids() {
    let mut kept = Kept::default();
    insta::assert_snapshot!(kept.ingest(&["s.csv r1:| None.", "s.csv r2:| None.", "s.csv r3:| A lot."]), @"
    added r1
    added r2
    added r3
    duplicate r2 of r1
    ");
    insta::assert_snapshot!(kept.ingest(&["s.csv r2:| None.", "s.csv r4:| None.", "s.csv r3:| A lot."]), @"
    unchanged r2
    added r4
    unchanged r3
    missing r1
    duplicate r4 of r2
    ");
    insta::assert_snapshot!(kept.ingest(&["s.csv r1:| None.", "s.csv r2:| None.", "s.csv r3:| A lot.", "s.csv r4:| None."]), @"
    unchanged r1
    unchanged r2
    unchanged r3
    unchanged r4
    back r1
    duplicate r2 of r1
    duplicate r4 of r1
    ");
}

#[test]
fn a_short_text_does_not_bring_back_another_days_entry() {
    let mut kept = Kept::default();
    kept.ingest(&["d.txt 2018-01-03| Nothing today.", MARCH]);
    kept.ingest(&[MARCH]);
    insta::assert_snapshot!(kept.ingest(&[MARCH, "d.txt 2019-05-05| Nothing today."]), @"
    unchanged diary-2018-03-04
    added d-2019-05-05
    ");
}

#[test]
fn an_id_that_stands_twice_is_refused() {
    let mut kept = Kept::default();
    insta::assert_snapshot!(kept.ingest(&["s.csv r1:| First words.", "s.csv r1:| Other words."]), @"
    added r1
    refused: id `r1` stands twice: it names the entry at s.csv:1 too
    ");
    insta::assert_snapshot!(kept.ingest(&["s.csv r1:| Changed words.", "s.csv r1:| Other things here."]), @"
    revised r1
    refused: id `r1` stands twice: it names the entry at s.csv:1 too
    ");
    let mut taken = BTreeSet::new();
    taken.insert("r9".to_owned());
    let entry = entry("s.csv r9:| Words.");
    let incoming = Incoming { entry: &entry, text: Hash::of("Words."), record: Hash::of("") };
    let pairing = pair(&[], &[incoming], &taken, |_| None);
    assert_eq!(
        pairing.outcomes,
        [Outcome::Refused {
            reason: "id `r9` already names another entry of the study".to_owned(),
            hint: "give it an id of its own".to_owned()
        }]
    );
}

#[test]
fn a_renamed_id_scheme_keeps_entries_with_telling_texts() {
    let mut kept = Kept::default();
    kept.ingest(&["s.csv r1:| We filled in the form for asylum.", "s.csv r2:| The interpreter did not come today."]);
    insta::assert_snapshot!(kept.ingest(&["s.csv R01:| We filled in the form for asylum.", "s.csv R02:| The interpreter did not come today."]), @"
    recorded r1
    recorded r2
    ");
}

fn ids(lines: &str) -> Vec<(&str, &str)> {
    lines.lines().filter_map(|line| line.split_once(' ')).collect()
}

/// Entries with distinct texts, dated or not, in one of two files; few dates, so that they repeat.
fn written(number: usize, kind: u8) -> String {
    let source = if kind & 1 == 0 { "a.txt" } else { "b/c.md" };
    let head = match kind & 6 {
        0 => String::new(),
        2 => "2018-03-04|".to_owned(),
        4 => format!("r{number}:|"),
        _ => "--12|".to_owned(),
    };
    format!("{source} {head} entry {number}")
}

proptest! {
    #[test]
    fn any_order_and_any_neighbours_leave_an_entry_itself(
        kinds in proptest::collection::vec(0_u8..8, 1..14),
        shuffled in proptest::collection::vec(any::<u32>(), 14),
        kept_back in proptest::collection::vec(any::<bool>(), 14),
    ) {
        let all: Vec<String> = kinds.iter().enumerate().map(|(number, kind)| written(number, *kind)).collect();
        let mut kept = Kept::default();
        let before: Vec<&str> = all.iter().zip(&kept_back).filter(|(_, back)| !**back).map(|(line, _)| line.as_str()).collect();
        let lines = kept.ingest(&before);
        let named: BTreeMap<&str, String> = before.iter().copied().zip(ids(&lines).into_iter().map(|(_, id)| id.to_owned())).collect();
        let distinct: BTreeSet<&String> = named.values().collect();
        prop_assert_eq!(distinct.len(), before.len());

        let mut now: Vec<&String> = all.iter().collect();
        now.sort_by_key(|line| shuffled[all.iter().position(|other| other == *line).unwrap()]);
        // Some of those that were there go, and those kept back come.
        let gone = usize::try_from(shuffled[0] % 3).unwrap();
        let now: Vec<&str> = now.into_iter().skip(gone).map(String::as_str).collect();
        let lines = kept.ingest(&now);
        for (line, (word, id)) in now.iter().zip(ids(&lines)) {
            if let Some(old) = named.get(line) {
                prop_assert_eq!((word, id), ("unchanged", old.as_str()));
            }
        }
    }
}
