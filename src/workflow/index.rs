//! The index of a study, brought up to date.

use std::collections::BTreeSet;

use super::{Progress, WorkflowError, Workspace};
use crate::{
    search::{Index, Indexed},
    store::Head,
    text::Language,
};

/// Opens the index and brings it up to date with the entries; returns it with the languages of the study.
pub(super) fn index(
    workspace: &Workspace,
    heads: &[Head],
    progress: &dyn Progress,
) -> Result<(Index, Vec<Language>), WorkflowError> {
    let indexed =
        |head: &Head| Indexed { number: head.entry.number, mark: head.mark(), languages: head.entry.languages };
    let entries: Vec<Indexed> = heads.iter().map(indexed).collect();
    let languages: BTreeSet<Language> = entries.iter().flat_map(|entry| entry.languages.iter()).collect();
    let index = Index::open(&workspace.folder())?;
    progress.begin("indexing", None);
    index.refresh(&entries, |number| -> Result<String, WorkflowError> {
        progress.advance(1);
        Ok(workspace.store.text(number)?)
    })?;
    progress.end();
    Ok((index, languages.into_iter().collect()))
}
