//! Codings whose words were edited or are gone: listed, placed anew, confirmed or dropped by whoever made them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Done,
    code::{line, mark, write},
    target::{Stretch, Target, stretch},
};
use crate::{
    coding::{Anchored, EventKind, Mark, Said, Verdict, standing},
    id::{CoderId, EntryId, Hash},
    store::Head,
    text::{CodePoints, Languages, Span},
    workflow::{
        WorkflowError, Workspace,
        people::{Placed, Texts, bytes_of, placed},
    },
};

/// A coding that does not stand where and as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedCoding {
    /// Names it for `themata orphans`.
    pub id: String,
    /// The entry.
    pub entry: String,
    /// The code, under the id that it had.
    pub code: String,
    /// Whose it is.
    pub coder: String,
    /// `moved`, `edited` or `orphaned`.
    pub status: &'static str,
    /// The words that were coded; `null` when they are withheld or in another copy.
    pub before: Option<String>,
    /// The words where it stands now; `null` for an orphan.
    pub now: Option<String>,
    /// First code point now.
    pub start: Option<u32>,
    /// Code point after the last now.
    pub end: Option<u32>,
}

/// Returns the name of a verdict: short, and the same wherever it is listed.
fn name(said: &Said) -> String {
    let place = &said.mark.place;
    let numbers = [place.start.to_le_bytes(), place.end.to_le_bytes()].concat();
    let parts: [&[u8]; 5] = [
        said.coder.as_str().as_bytes(),
        place.entry.as_str().as_bytes(),
        place.text.as_bytes(),
        place.code.as_str().as_bytes(),
        &numbers,
    ];
    Hash::of_parts(parts).to_string().chars().take(8).collect()
}

pub(super) fn status(anchored: Anchored) -> &'static str {
    match anchored {
        Anchored::Kept => "kept",
        Anchored::Moved(_) => "moved",
        Anchored::Edited(_) => "edited",
        Anchored::Orphaned => "orphaned",
    }
}

fn changed(one: &Placed<'_>, head: &Head, texts: &Texts) -> ChangedCoding {
    let place = &one.said.mark.place;
    let before = texts.before.get(&place.text).and_then(Option::as_ref).and_then(|text| {
        let span = bytes_of(&CodePoints::new(text), place.start, place.end)?;
        Some(span.of(text).to_owned())
    });
    let at = one.span.map(|span| CodePoints::new(&texts.now).of_span(span));
    ChangedCoding {
        id: name(one.said),
        entry: head.entry.id.to_string(),
        code: place.code.to_string(),
        coder: one.said.coder.to_string(),
        status: status(one.anchored),
        before,
        now: one.span.map(|span| span.of(&texts.now).to_owned()),
        start: at.map(|at| at.0),
        end: at.map(|at| at.1),
    }
}

/// Visits every coding that holds and was made on an earlier text, with its entry.
fn each_earlier(
    workspace: &Workspace,
    wanted: impl Fn(&EntryId) -> bool,
    mut visit: impl FnMut(&Placed<'_>, &Head, &Texts),
) -> Result<(), WorkflowError> {
    if !workspace.store.has_decisions()? {
        return Ok(());
    }
    let mut by_entry: BTreeMap<EntryId, Vec<Said>> = BTreeMap::new();
    for one in standing(workspace.store.said(None)?) {
        if one.mark.verdict.holds() && wanted(&one.mark.place.entry) {
            by_entry.entry(one.mark.place.entry.clone()).or_default().push(one);
        }
    }
    for head in workspace.store.heads(Languages::default())? {
        let Some(mut said) = by_entry.remove(&head.entry.id) else { continue };
        said.retain(|one| one.mark.place.text != head.text);
        if said.is_empty() {
            continue;
        }
        let texts = Texts::read(&workspace.store, &head, &said)?;
        placed(&said, head.text, &texts).iter().for_each(|one| visit(one, &head, &texts));
    }
    Ok(())
}

/// Returns how many codings of some entries stand where they stood, and those that do not.
pub(in crate::workflow) fn changed_codings(
    workspace: &Workspace,
    entries: &std::collections::BTreeSet<String>,
) -> Result<(u64, Vec<ChangedCoding>), WorkflowError> {
    let (mut kept, mut all) = (0, Vec::new());
    each_earlier(
        workspace,
        |id| entries.contains(id.as_str()),
        |one, head, texts| match one.anchored {
            Anchored::Kept => kept += 1,
            _ => all.push(changed(one, head, texts)),
        },
    )?;
    Ok((kept, all))
}

/// Lists codings whose words were edited since or are gone, in corpus order.
///
/// # Errors
/// Fails when the study file cannot be read.
pub fn orphans(workspace: &Workspace) -> Result<Vec<ChangedCoding>, WorkflowError> {
    let mut all = Vec::new();
    each_earlier(
        workspace,
        |_| true,
        |one, head, texts| {
            if matches!(one.anchored, Anchored::Edited(_) | Anchored::Orphaned) {
                all.push(changed(one, head, texts));
            }
        },
    )?;
    Ok(all)
}

/// One of the listed codings, with its place now if it has one.
struct Listed {
    said: Said,
    head: Head,
    span: Option<Span>,
}

fn find(workspace: &Workspace, id: &str, coder: &CoderId) -> Result<Listed, WorkflowError> {
    let mut found = None;
    each_earlier(
        workspace,
        |_| true,
        |one, head, _| {
            if name(one.said) == id.to_lowercase() {
                found = Some(Listed { said: one.said.clone(), head: head.clone(), span: one.span });
            }
        },
    )?;
    let hint = "themata orphans lists them with their names".to_owned();
    let found = found.ok_or(WorkflowError::Unknown { what: "edited or orphaned coding", name: id.to_owned(), hint })?;
    if found.said.coder != *coder {
        return Err(WorkflowError::Refused {
            what: format!("coding {id} is {}'s", found.said.coder),
            hint: format!("each coder decides on own codings: --coder {}", found.said.coder),
        });
    }
    Ok(found)
}

/// Gives a coding a stretch of its entry as it is now.
///
/// # Errors
/// Fails when there is no such coding or stretch, or it is another coder's.
pub fn place_orphan(
    workspace: &mut Workspace,
    id: &str,
    target: Target,
    coder: &CoderId,
) -> Result<Done, WorkflowError> {
    let listed = find(workspace, id, coder)?;
    let target = Target { entry: listed.head.entry.id.to_string(), ..target };
    let found = stretch(workspace, &target)?;
    settle(workspace, listed, &found, EventKind::CodingMoved, coder)
}

/// Says that a coding holds although its words were edited.
///
/// # Errors
/// Fails when there is no such coding, its words are gone, or it is another coder's.
pub fn confirm_orphan(workspace: &mut Workspace, id: &str, coder: &CoderId) -> Result<Done, WorkflowError> {
    let listed = find(workspace, id, coder)?;
    let Some(span) = listed.span else {
        return Err(WorkflowError::Refused {
            what: format!("the words of coding {id} are gone from entry {}", listed.head.entry.id),
            hint: format!("give it others: themata orphans place {id} --quote \"…\"; or drop it"),
        });
    };
    let text = workspace.store.text(listed.head.entry.number)?;
    let at = CodePoints::new(&text).of_span(span);
    let found = Stretch { head: listed.head.clone(), text, span, at };
    settle(workspace, listed, &found, EventKind::CodingConfirmed, coder)
}

fn settle(
    workspace: &mut Workspace,
    listed: Listed,
    found: &Stretch,
    kind: EventKind,
    coder: &CoderId,
) -> Result<Done, WorkflowError> {
    let (codebook, _) = workspace.codebook()?;
    let old = listed.said.mark;
    let new = Mark { place: mark(found, old.place.code.as_str(), old.verdict).place, ..old.clone() };
    let lines = vec![line(found, old.place.code.as_str(), coder, old.verdict.word())];
    let marks = [Mark { verdict: Verdict::Removed, ..old }, new];
    let event = write(workspace, coder, kind, &marks, codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines })
}

/// Takes a coding away whose words were edited or are gone.
///
/// # Errors
/// Fails when there is no such coding, or it is another coder's.
pub fn drop_orphan(workspace: &mut Workspace, id: &str, coder: &CoderId) -> Result<Done, WorkflowError> {
    let listed = find(workspace, id, coder)?;
    let (codebook, _) = workspace.codebook()?;
    let marks = [Mark { verdict: Verdict::Removed, ..listed.said.mark }];
    let event = write(workspace, coder, EventKind::CodingRemoved, &marks, codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines: Vec::new() })
}
