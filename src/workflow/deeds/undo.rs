//! Taking back and giving back: one act of the coder at a time, in the order in which they were done, without limit.

use serde::Serialize;

use super::log::describe;
use crate::{
    coding::EventKind,
    id::{CoderId, Hash},
    store::{Act, Logged, StoreError},
    workflow::{WorkflowError, Workspace},
};

/// An act that was taken back or given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The act's event.
    pub act: String,
    /// When it was done.
    pub at: String,
    /// What it was, in words.
    pub what: String,
    /// The event that took it back or gave it back.
    pub event: String,
}

/// Finds an event by its id or the beginning of it.
pub(super) fn named_event(workspace: &Workspace, beginning: &str) -> Result<Logged, WorkflowError> {
    let is_hex = beginning.len() >= 4 && beginning.chars().all(|c| c.is_ascii_hexdigit());
    let found = if is_hex { workspace.store.event_named(beginning)? } else { None };
    found.ok_or_else(|| WorkflowError::Unknown {
        what: "event",
        name: beginning.to_owned(),
        hint: "themata log lists events; at least four digits of one must be given, and fit no other".to_owned(),
    })
}

fn nothing(coder: &CoderId, what: &str, hint: &str) -> WorkflowError {
    WorkflowError::Refused { what: format!("{coder} has nothing to {what}"), hint: hint.to_owned() }
}

/// Takes back the coder's own latest act that holds.
///
/// # Errors
/// Fails when there is none, or when it changed the codebook and the file was edited since.
pub fn undo(workspace: &mut Workspace, coder: &CoderId) -> Result<Taken, WorkflowError> {
    let act = workspace.store.act_to_undo(coder)?;
    let act =
        act.ok_or_else(|| nothing(coder, "undo", "each coder undoes own acts; themata log shows whose they are"))?;
    let files = codebook_files(workspace, &act)?.map(|(before, after)| (after, before));
    check_file(workspace, files, &act, "undo")?;
    let latest = workspace.store.latest()?;
    if workspace.store.act_to_undo(coder)?.as_ref() != Some(&act) {
        return Err(StoreError::Overtaken.into());
    }
    let mut writing = workspace.store.write(coder.as_str())?.after(latest)?;
    let event = writing.undone(&[act.event])?;
    commit(writing, files)?;
    if files.is_some() {
        workspace.finish_pending()?;
    }
    taken(workspace, &act, event)
}

/// Gives back the act that was taken back last, unless the coder did something new since.
///
/// # Errors
/// Fails when there is none, or when it changed the codebook and the file was edited since.
pub fn redo(workspace: &mut Workspace, coder: &CoderId) -> Result<Taken, WorkflowError> {
    let found = workspace.store.act_to_redo(coder)?;
    let (act, undos) =
        found.clone().ok_or_else(|| nothing(coder, "redo", "a redo follows an undo, with nothing new in between"))?;
    let files = codebook_files(workspace, &act)?;
    check_file(workspace, files, &act, "redo")?;
    let latest = workspace.store.latest()?;
    if workspace.store.act_to_redo(coder)? != found {
        return Err(StoreError::Overtaken.into());
    }
    let mut writing = workspace.store.write(coder.as_str())?.after(latest)?;
    let event = writing.redone(&undos)?;
    commit(writing, files)?;
    if files.is_some() {
        workspace.finish_pending()?;
    }
    taken(workspace, &act, event)
}

fn taken(workspace: &Workspace, act: &Act, event: Hash) -> Result<Taken, WorkflowError> {
    let logged = named_event(workspace, &act.event.to_string())?;
    Ok(Taken { act: act.event.short(), at: act.at.clone(), what: describe(&logged.event()?), event: event.short() })
}

/// Fingerprints of the codebook before and after an operation.
type Files = Option<(Hash, Hash)>;

fn codebook_files(workspace: &Workspace, act: &Act) -> Result<Files, WorkflowError> {
    let changes = matches!(
        act.kind,
        EventKind::CodeRenamed | EventKind::CodeMerged | EventKind::CodeSplit | EventKind::CodeRetired
    );
    if !changes {
        return Ok(None);
    }
    let event = named_event(workspace, &act.event.to_string())?.event()?;
    let of = |name: &str| event.body.get(name).and_then(|value| Hash::from_hex(value.as_str()?));
    Ok(of("before").zip(of("after")))
}

/// Refuses when the file is not the one that would be replaced: what was edited since would be lost.
fn check_file(workspace: &mut Workspace, files: Files, act: &Act, what: &str) -> Result<(), WorkflowError> {
    let Some((from, _)) = files else { return Ok(()) };
    let (codebook, _) = workspace.codebook()?;
    if codebook.fingerprint == from {
        return Ok(());
    }
    let later = workspace.store.operations()?.into_iter().rev().find(|one| one.after == codebook.fingerprint);
    if let Some(later) = later.filter(|later| later.event != act.event) {
        let logged = named_event(workspace, &later.event.to_string())?;
        return Err(WorkflowError::Refused {
            what: format!(
                "the codebook was changed since by {}, who {} (event {}): {what} would lose that",
                later.coder,
                describe(&logged.event()?),
                later.event.short()
            ),
            hint: format!("first that is taken back: themata undo --coder {}", later.coder),
        });
    }
    let (_, file) = workspace.codebook_path();
    Err(WorkflowError::Refused {
        what: format!("{file} was edited since event {}: {what} would lose those edits", act.event.short()),
        hint: format!(
            "change the file by hand or with themata codebook rename, merge, split, retire; what was coded is not touched. \
             The file as it was: themata log --event {} --file",
            act.event.short()
        ),
    })
}

/// Commits, and notes which codebook file has to be written.
fn commit(mut writing: crate::store::Writing<'_>, files: Files) -> Result<(), WorkflowError> {
    if let Some((from, to)) = files {
        writing.pending(from, to)?;
    }
    Ok(writing.commit()?)
}
