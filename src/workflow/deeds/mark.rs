//! Marks: an exemplar of a code, and an entry that was read in full.

use super::{
    Done,
    code::{code, line, mark},
    target::{Target, entry, stretch},
};
use crate::{
    coding::Verdict,
    id::{CoderId, Hash},
    workflow::{WorkflowError, Workspace},
};

/// Marks a stretch as one that shows a code well, or takes the mark away.
///
/// # Errors
/// Fails when entry, words or code are not there, or the study file cannot be written.
pub fn mark_exemplar(
    workspace: &mut Workspace,
    target: &Target,
    id: &str,
    on: bool,
    coder: &CoderId,
) -> Result<Done, WorkflowError> {
    let (codebook, _) = workspace.codebook()?;
    code(&codebook, id)?;
    let found = stretch(workspace, target)?;
    let place = mark(&found, id, Verdict::Coded).place;
    let lines = vec![line(&found, id, coder, if on { "exemplar" } else { "no exemplar" })];
    let known = workspace.store.exemplars()?.iter().any(|(by, known)| by == coder && *known == place);
    if known == on {
        return Ok(Done { event: None, lines });
    }
    let mut writing = workspace.store.write(coder.as_str())?;
    let event = writing.exemplar(&place, on)?;
    writing.commit()?;
    Ok(Done { event: Some(event), lines })
}

/// Says of entries that a coder has read them in full, or has not; returns the event of each that changed.
///
/// # Errors
/// Fails when an entry is not there, before any is marked, or when the study file cannot be written.
pub fn mark_read(
    workspace: &mut Workspace,
    entries: &[String],
    on: bool,
    coder: &CoderId,
) -> Result<Vec<(String, Option<Hash>)>, WorkflowError> {
    let mut heads = Vec::new();
    for id in entries {
        heads.push(entry(workspace, id)?);
    }
    let known = workspace.store.entries_read()?;
    let is_read = |head: &crate::store::Head| {
        known.iter().any(|one| one.coder == *coder && one.entry == head.entry.id && one.text == head.text)
    };
    let open: Vec<bool> = heads.iter().map(|head| is_read(head) != on).collect();
    let mut done = Vec::new();
    let mut writing = workspace.store.write(coder.as_str())?;
    for (head, open) in heads.iter().zip(open) {
        let event = if open { Some(writing.entry_read(&head.entry.id, head.text, on)?) } else { None };
        done.push((head.entry.id.to_string(), event));
    }
    writing.commit()?;
    Ok(done)
}
