//! What two copies of a study say differently: listed for a person, who chooses; until then the last in the order of replay counts.
//!
//! Different coders' verdicts stand side by side and are no conflict.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{Done, log::describe};
use crate::{
    coding::{Event, EventKind, Lineage, Mark, MemoKind},
    id::{CoderId, EntryId, Hash},
    workflow::{WorkflowError, Workspace},
};

/// Something that two copies say differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Names it.
    pub id: String,
    /// `decision`, `code`, `text`, `attribute` or `memo`.
    pub kind: &'static str,
    /// What it is about.
    pub about: String,
    /// What each copy says, in the order of replay: the last counts until a person chooses.
    pub sides: Vec<ConflictSide>,
}

/// What one copy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConflictSide {
    /// The event.
    pub event: String,
    /// Who.
    pub by: String,
    /// When, by the clock of that machine.
    pub at: String,
    /// What.
    pub says: String,
}

/// What can be said differently: one coder's verdict on a place, a code, an entry's text or record, a memo.
type Subject = (&'static str, String);

/// Everything that was said about a subject: the event, and what it says, so that equal words are no conflict.
type Words = BTreeMap<Subject, Vec<(Hash, String)>>;

fn text<'e>(event: &'e Event, name: &str) -> &'e str {
    event.body.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Notes what an event says about which subjects.
fn note(id: Hash, event: &Event, words: &mut Words) {
    let mut say = |kind: &'static str, about: String, says: String| {
        words.entry((kind, about)).or_default().push((id, says));
    };
    match event.kind {
        kind if kind.has_marks() => {
            let marks = event.body.get("marks").and_then(Value::as_array).into_iter().flatten();
            for mark in marks.filter_map(Mark::from_json) {
                let place = &mark.place;
                let adjudicated = if mark.adjudicated { ", adjudicated" } else { "" };
                let about = format!(
                    "{}: {} on {}..{} of entry {} (text {}){adjudicated}",
                    event.by,
                    place.code,
                    place.start,
                    place.end,
                    place.entry,
                    place.text.short()
                );
                // A coding by hand and an accepted suggestion say the same about the stretch.
                let says = if mark.verdict.holds() { "holds" } else { mark.verdict.word() };
                say("decision", about, says.to_owned());
            }
        }
        EventKind::CodeRenamed | EventKind::CodeMerged | EventKind::CodeSplit | EventKind::CodeRetired => {
            say("code", text(event, "code").to_owned(), format!("{} {}", event.kind.name(), text(event, "into")));
        }
        EventKind::EntryAdded | EventKind::EntryRevised | EventKind::RevisionChosen => {
            say("text", text(event, "entry").to_owned(), text(event, "text").to_owned());
            say("attribute", text(event, "entry").to_owned(), text(event, "record").to_owned());
        }
        EventKind::EntryRecorded | EventKind::EntryFound => {
            say("attribute", text(event, "entry").to_owned(), text(event, "record").to_owned());
        }
        EventKind::MemoWritten => {
            let memo = if event.body.contains_key("memo") { text(event, "memo").to_owned() } else { id.to_string() };
            say("memo", memo, text(event, "words").to_owned());
        }
        EventKind::MemoRemoved => say("memo", text(event, "memo").to_owned(), "removed".to_owned()),
        _ => {}
    }
}

/// A conflict with the events of its sides. What the same two acts say about several stretches is one.
struct Found {
    kind: &'static str,
    /// What it is about; for decisions each stretch.
    subjects: Vec<String>,
    sides: Vec<Hash>,
}

/// Names a conflict by what it is about and by its sides: when another copy brings a further side, it is another conflict.
fn name(found: &Found) -> String {
    let parts = std::iter::once(found.kind.as_bytes().to_vec())
        .chain(found.subjects.iter().map(|subject| subject.as_bytes().to_vec()))
        .chain(found.sides.iter().map(|side| side.as_bytes().to_vec()));
    Hash::of_parts(parts).to_string().chars().take(8).collect()
}

/// Puts what the same acts say differently about several stretches into one conflict.
fn grouped(all: Vec<(Subject, Vec<Hash>)>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for ((kind, subject), sides) in all {
        match found.iter_mut().find(|one| kind == "decision" && one.kind == kind && one.sides == sides) {
            Some(one) => one.subjects.push(subject),
            None => found.push(Found { kind, subjects: vec![subject], sides }),
        }
    }
    found
}

fn find(workspace: &Workspace) -> Result<(Vec<Found>, BTreeMap<Hash, Event>), WorkflowError> {
    if !workspace.store.is_forked()? {
        return Ok(Default::default());
    }
    let taken_back = workspace.store.not_live()?;
    let (mut lineage, mut words) = (Lineage::default(), Words::new());
    let same = |name: &str| workspace.store.words_hash(name);
    workspace.store.each_event(|logged| {
        let event = logged.event()?;
        lineage.add(logged.id, &event.parents);
        if !taken_back.contains(&logged.id) {
            note(logged.id, &event, &mut words);
        }
        Ok(())
    })?;
    let mut found = Vec::new();
    let mut wanted = BTreeSet::new();
    for (subject, said) in words {
        if said.len() < 2 {
            continue;
        }
        let events: Vec<Hash> = said.iter().map(|(event, _)| *event).collect();
        let last = lineage.last_words(&events);
        let differ: BTreeSet<String> = said
            .iter()
            .filter(|(event, _)| last.contains(event))
            .map(|(_, says)| same(says).unwrap_or_else(|| says.clone()))
            .collect();
        if differ.len() > 1 {
            wanted.extend(last.iter().copied());
            found.push((subject, last));
        }
    }
    let mut events = BTreeMap::new();
    for id in wanted {
        if let Some(logged) = workspace.store.event(id)? {
            events.insert(id, logged.event()?);
        }
    }
    Ok((grouped(found), events))
}

/// Lists what copies say differently.
///
/// # Errors
/// Fails when the study file cannot be read.
pub fn conflicts(workspace: &Workspace) -> Result<Vec<Conflict>, WorkflowError> {
    let (found, events) = find(workspace)?;
    let side = |id: &Hash, kind: &str| {
        let event = events.get(id)?;
        let says = match kind {
            "text" | "memo" | "attribute" => {
                let name = if kind == "text" {
                    "text"
                } else if kind == "memo" {
                    "words"
                } else {
                    "record"
                };
                let name = Hash::from_hex(text(event, name));
                let words = name.and_then(|name| workspace.store.text_named(name).ok().flatten());
                words.map_or_else(|| describe(event), |words| beginning(&words))
            }
            _ => describe(event),
        };
        Some(ConflictSide { event: id.short(), by: event.by.clone(), at: event.at.clone(), says })
    };
    let about = |one: &Found| match (one.kind, one.subjects.as_slice()) {
        ("memo", [memo, ..]) => memo.chars().take(12).collect(),
        (_, [only]) => only.clone(),
        (_, several) => format!("{} and {} more", several.first().map_or("", String::as_str), several.len() - 1),
    };
    let conflict = |one: Found| Conflict {
        id: name(&one),
        kind: one.kind,
        about: about(&one),
        sides: one.sides.iter().filter_map(|id| side(id, one.kind)).collect(),
    };
    Ok(found.into_iter().map(conflict).collect())
}

/// Returns the beginning of some words, on one line.
fn beginning(words: &str) -> String {
    let line: String = words.chars().take(80).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if words.chars().count() > 80 { format!("{line} …") } else { line }
}

/// Lets one side of a conflict count; sides are numbered from 1 on, as they are listed.
///
/// # Errors
/// Fails when there is no such conflict or side, or a verdict of another coder would have to be given.
pub fn keep_side(workspace: &mut Workspace, id: &str, side: usize, coder: &CoderId) -> Result<Done, WorkflowError> {
    let (found, events) = find(workspace)?;
    let listed = "themata conflicts lists them, each with its sides".to_owned();
    let unknown = |what, name: String| WorkflowError::Unknown { what, name, hint: listed.clone() };
    let one = found.iter().find(|one| name(one) == id.to_lowercase());
    let one = one.ok_or_else(|| unknown("conflict", id.to_owned()))?;
    let chosen = side.checked_sub(1).and_then(|at| one.sides.get(at));
    let (chosen_id, chosen) = chosen
        .and_then(|id| Some((*id, events.get(id)?)))
        .ok_or_else(|| unknown("side of the conflict", side.to_string()))?;
    let event = match one.kind {
        "decision" => keep_decision(workspace, &one.subjects, chosen, coder)?,
        "code" => {
            has_code(workspace, chosen_id, chosen)?;
            let others: Vec<Hash> = one.sides.iter().filter(|other| **other != chosen_id).copied().collect();
            let mut writing = workspace.store.write(coder.as_str())?;
            let event = writing.undone(&others)?;
            writing.commit()?;
            event
        }
        "memo" => {
            let memo = one.subjects.first().and_then(|memo| Hash::from_hex(memo)).unwrap_or(chosen_id);
            let words = Hash::from_hex(text(chosen, "words"));
            let words = words.map(|name| workspace.store.text_named(name)).transpose()?.flatten();
            let kind = MemoKind::from_word(text(chosen, "kind")).unwrap_or(MemoKind::Theoretical);
            let mut writing = workspace.store.write(coder.as_str())?;
            let event = match words {
                Some(words) => writing.memo(
                    Some(memo),
                    (text(chosen, "on"), Hash::from_hex(text(chosen, "text"))),
                    kind,
                    &words,
                )?,
                None => writing.memo_removed(memo)?,
            };
            writing.commit()?;
            event
        }
        _ => keep_revision(workspace, one.kind, chosen, coder)?,
    };
    Ok(Done { event: Some(event), lines: Vec::new() })
}

/// Makes sure that the codebook has the code that a chosen change leads to: else what was coded with it would not count.
fn has_code(workspace: &mut Workspace, id: Hash, chosen: &Event) -> Result<(), WorkflowError> {
    let code = if text(chosen, "into").is_empty() { text(chosen, "code") } else { text(chosen, "into") };
    let (codebook, _) = workspace.codebook()?;
    if codebook.code(&crate::id::CodeId::new(code)).is_some() {
        return Ok(());
    }
    let (_, file) = workspace.codebook_path();
    Err(WorkflowError::Refused {
        what: format!("the codebook has no code `{code}`, which this side leads to"),
        hint: format!(
            "take that side's file first: themata log --event {} --file > other.toml, compare it with themata codebook diff, \
             and put it in the place of {file}",
            id.short()
        ),
    })
}

/// Gives the chosen verdict once more, so that it comes after both.
fn keep_decision(
    workspace: &mut Workspace,
    about: &[String],
    chosen: &Event,
    coder: &CoderId,
) -> Result<Hash, WorkflowError> {
    if chosen.by != coder.as_str() {
        return Err(WorkflowError::Refused {
            what: format!("this verdict is {}'s", chosen.by),
            hint: format!("each coder decides on own verdicts: --coder {}", chosen.by),
        });
    }
    let mut words = Words::new();
    let all = chosen.body.get("marks").and_then(Value::as_array).into_iter().flatten();
    let one = |mark: &&Value| {
        let mut body = chosen.body.clone();
        body.insert("marks".to_owned(), Value::Array(vec![(*mark).clone()]));
        words.clear();
        note(Hash::of([]), &Event { body, ..chosen.clone() }, &mut words);
        words.keys().any(|subject| about.contains(&subject.1))
    };
    let marks: Vec<Mark> = all.filter(one).filter_map(Mark::from_json).collect();
    let codebook = Hash::from_hex(text(chosen, "codebook")).unwrap_or_else(|| Hash::of([]));
    super::code::write(workspace, coder, EventKind::CodingConfirmed, &marks, codebook)
}

/// Chooses a text, or a record, of an entry.
fn keep_revision(
    workspace: &mut Workspace,
    kind: &str,
    chosen: &Event,
    coder: &CoderId,
) -> Result<Hash, WorkflowError> {
    let id = EntryId::new(text(chosen, "entry"));
    let head = super::target::entry(workspace, id.as_str())?;
    let named = |name: &str| Hash::from_hex(text(chosen, name));
    let now = workspace.store.record_name(&id)?;
    let (text, record) = match kind {
        "text" => (named("text"), named("record")),
        _ => (Some(head.text), named("record")),
    };
    let (Some(text), Some(record)) = (text, record.or(now)) else {
        return Err(WorkflowError::Refused {
            what: "what this side says is not here".to_owned(),
            hint: "it is withheld, or in another copy; choose another side".to_owned(),
        });
    };
    let mut writing = workspace.store.write(coder.as_str())?;
    let event = writing.revision_chosen(&id, text, record)?;
    writing.commit()?;
    Ok(event)
}
