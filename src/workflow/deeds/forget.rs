//! A participant withdraws: her words are removed, and the log, which held none, stays.

use std::{collections::BTreeSet, fs};

use serde::Serialize;
use serde_json::Value;

use super::target::entry;
use crate::{
    coding::EventKind,
    id::{CoderId, EntryId, Hash},
    text::Languages,
    workflow::{WorkflowError, Workspace},
};

/// What would be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    /// The entries; with a text, only that earlier text of it.
    pub entries: Vec<EntryId>,
    /// Names of the words.
    names: BTreeSet<Hash>,
    /// Texts among them.
    pub texts: usize,
    /// Memos among them.
    pub memos: usize,
}

/// What was forgotten, and where words may still be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forgotten {
    /// The entries.
    pub entries: Vec<String>,
    /// Texts that are gone.
    pub texts: usize,
    /// Memos that are gone.
    pub memos: usize,
    /// Files that still hold words, which only a person may delete.
    pub still: Vec<String>,
}

/// Finds what belongs to entries, or to one earlier text: `ENTRY` or `ENTRY@EVENT`, the event that brought the text.
///
/// # Errors
/// Fails when an entry or text is not there, or another entry has the same words.
pub fn what_to_forget(workspace: &Workspace, wanted: &[String]) -> Result<Forgetting, WorkflowError> {
    let mut forgetting = Forgetting { entries: Vec::new(), names: BTreeSet::new(), texts: 0, memos: 0 };
    let mut revisions: Vec<(EntryId, String)> = Vec::new();
    let mut whole: BTreeSet<EntryId> = BTreeSet::new();
    for one in wanted {
        match one.rsplit_once('@').filter(|(id, _)| entry(workspace, one).is_err() && entry(workspace, id).is_ok()) {
            Some((id, event)) => revisions.push((EntryId::new(id), event.to_lowercase())),
            None => drop(whole.insert(entry(workspace, one)?.entry.id)),
        }
    }
    let (mut texts, mut records, mut others) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut memos = BTreeSet::new();
    workspace.store.each_event(|logged| {
        let event = logged.event()?;
        let text = |name: &str| event.body.get(name).and_then(Value::as_str);
        let named = |name: &str| text(name).and_then(Hash::from_hex);
        let of = text("entry").map(EntryId::new);
        let is_whole = of.as_ref().is_some_and(|id| whole.contains(id));
        let is_revision = of
            .as_ref()
            .is_some_and(|id| revisions.iter().any(|(of, event)| of == id && logged.id.to_string().starts_with(event)));
        match event.kind {
            EventKind::MemoWritten => {
                let on = text("on").unwrap_or_default();
                let about = |id: &EntryId| on == format!("entry={id}") || on.starts_with(&format!("segment={id}:"));
                memos.extend(named("words").filter(|_| whole.iter().any(about)));
            }
            EventKind::EntryForgotten => {}
            _ if is_whole => {
                texts.extend(named("text"));
                records.extend(named("record"));
            }
            _ if is_revision => texts.extend(named("text")),
            _ => others.extend([named("text"), named("record")].into_iter().flatten()),
        }
        Ok(())
    })?;
    refuse_current(workspace, &revisions, &texts)?;
    refuse_shared(workspace, wanted, &whole, &texts)?;
    forgetting.texts = texts.len();
    forgetting.memos = memos.len();
    forgetting.names = texts.into_iter().chain(records.difference(&others).copied()).chain(memos).collect();
    forgetting.entries = whole.into_iter().chain(revisions.into_iter().map(|(id, _)| id)).collect();
    Ok(forgetting)
}

/// Refuses to forget the text as it is now alone, and events that brought no text.
fn refuse_current(
    workspace: &Workspace,
    revisions: &[(EntryId, String)],
    texts: &BTreeSet<Hash>,
) -> Result<(), WorkflowError> {
    for (id, event) in revisions {
        let now = entry(workspace, id.as_str())?.text;
        if texts.is_empty() || texts.contains(&now) {
            let what = if texts.is_empty() { "no event that brought a text" } else { "the text as it is now" };
            return Err(WorkflowError::Refused {
                what: format!("{event} is {what} of entry {id}"),
                hint: format!(
                    "themata log --entry {id} lists its events; to forget the whole entry: themata forget {id}"
                ),
            });
        }
    }
    Ok(())
}

/// Refuses to forget words that another entry has too: they would still be there.
fn refuse_shared(
    workspace: &Workspace,
    wanted: &[String],
    whole: &BTreeSet<EntryId>,
    texts: &BTreeSet<Hash>,
) -> Result<(), WorkflowError> {
    let texts_of_others = |head: &crate::store::Head| texts.contains(&head.text) && !whole.contains(&head.entry.id);
    if let Some(same) = workspace.store.heads(Languages::default())?.into_iter().find(texts_of_others) {
        let same = same.entry.id;
        return Err(WorkflowError::Refused {
            what: format!("entry {same} has the same words"),
            hint: format!("they are gone only when it is forgotten too: name both, {} {same}", wanted.join(" ")),
        });
    }
    Ok(())
}

/// Forgets words: in the study file, its older copies, the index and the cache.
///
/// # Errors
/// Fails when the study file cannot be written; then nothing is forgotten.
pub fn forget(workspace: &mut Workspace, what: &Forgetting, coder: &CoderId) -> Result<Forgotten, WorkflowError> {
    let names: Vec<Hash> = what.names.iter().copied().collect();
    workspace.store.forget(&what.entries, &names, coder.as_str())?;
    let folder = workspace.folder();
    for derived in ["index", "cache"] {
        let path = folder.join(derived);
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(WorkflowError::File { doing: "delete", path, source });
            }
            _ => {}
        }
    }
    for file in fs::read_dir(&folder).into_iter().flatten().flatten() {
        if file.file_name().to_string_lossy().starts_with("study.db.form-") {
            let path = file.path();
            fs::remove_file(&path).map_err(|source| WorkflowError::File { doing: "delete", path, source })?;
        }
    }
    let mut still: BTreeSet<String> = workspace.store.readings_of(&what.entries)?.into_iter().collect();
    if workspace.root.join("reports").is_dir() {
        still.insert("reports/ (themata run makes them anew; files of your own there stay)".to_owned());
    }
    still.extend(workspace.study.merge.iter().cloned());
    if !workspace.store.memos()?.is_empty() {
        still.insert("memos on other things, which may quote these words: themata memo list".to_owned());
    }
    still.insert("other copies of the study, backups, and files that were exported".to_owned());
    Ok(Forgotten {
        entries: what.entries.iter().map(ToString::to_string).collect(),
        texts: what.texts,
        memos: what.memos,
        still: still.into_iter().collect(),
    })
}
