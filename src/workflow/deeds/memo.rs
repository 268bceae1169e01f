//! Memos: notes of coders on the study, codes, themes, entries, stretches and decisions.

use serde::Serialize;

use super::{orphans::status, target, undo::named_event};
use crate::{
    coding::{Mark, Memo, MemoKind, MemoOn, Place, Said, Verdict},
    diagnostic::meant_or_known,
    id::{CodeId, CoderId, EntryId, Hash},
    text::{CodePoints, Languages},
    workflow::{
        WorkflowError, Workspace,
        people::{Texts, placed},
    },
};

/// A memo as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemoLine {
    /// Names it.
    pub memo: String,
    /// What it is on; a stretch in the entry's text as it is now, where its words are still there.
    pub on: String,
    /// For a stretch: `kept`, `moved`, `edited` or `orphaned`, as codings are; else `null`.
    pub place: Option<&'static str>,
    /// What it is for.
    pub kind: &'static str,
    /// Who wrote it last.
    pub coder: String,
    /// When, by the clock of that machine.
    pub at: String,
    /// The words; `null` when they are withheld or in another copy.
    pub text: Option<String>,
}

fn line(workspace: &Workspace, memo: Memo) -> Result<MemoLine, WorkflowError> {
    let (on, place) = place_now(workspace, &memo)?.map_or((memo.on, None), |(on, place)| (on, Some(place)));
    Ok(MemoLine {
        memo: memo.id.short(),
        on,
        place,
        kind: memo.kind.word(),
        coder: memo.coder.to_string(),
        at: memo.at,
        text: memo.words,
    })
}

/// Finds the stretch of a memo in its entry's text as it is now.
fn place_now(workspace: &Workspace, memo: &Memo) -> Result<Option<(String, &'static str)>, WorkflowError> {
    let (Some(MemoOn::Segment(entry, start, end)), Some(text)) = (MemoOn::parse(&memo.on), memo.text) else {
        return Ok(None);
    };
    let Some(head) = workspace.store.head(&EntryId::new(entry.as_str()), Languages::default())? else {
        return Ok(Some((memo.on.clone(), "orphaned")));
    };
    let place = Place { entry: head.entry.id.clone(), text, start, end, code: CodeId::new("") };
    let mark = Mark { place, verdict: Verdict::Coded, rule: None, adjudicated: false };
    let said = [Said { act: 0, coder: memo.coder.clone(), mark, codebook: text }];
    let texts = Texts::read(&workspace.store, &head, &said)?;
    let found = placed(&said, head.text, &texts);
    let Some(one) = found.first() else { return Ok(None) };
    let on = one.span.map(|span| {
        let (start, end) = CodePoints::new(&texts.now).of_span(span);
        MemoOn::Segment(entry.clone(), start, end).to_string()
    });
    Ok(Some((on.unwrap_or_else(|| memo.on.clone()), status(one.anchored))))
}

/// Lists memos, oldest first; those on one thing, of one kind or by one coder.
///
/// # Errors
/// Fails when the study file cannot be read.
pub fn memos(
    workspace: &Workspace,
    on: Option<&MemoOn>,
    kind: Option<MemoKind>,
    coder: Option<&str>,
) -> Result<Vec<MemoLine>, WorkflowError> {
    let on = on.map(ToString::to_string);
    let fits = |memo: &Memo| {
        on.as_ref().is_none_or(|on| memo.on == *on)
            && kind.is_none_or(|kind| memo.kind == kind)
            && coder.is_none_or(|coder| memo.coder.as_str() == coder)
    };
    workspace.store.memos()?.into_iter().filter(fits).map(|memo| line(workspace, memo)).collect()
}

/// Writes a memo.
///
/// # Errors
/// Fails when what it is on is not there, there are no words, or the study file cannot be written.
pub fn write_memo(
    workspace: &mut Workspace,
    on: &MemoOn,
    kind: MemoKind,
    words: &str,
    coder: &CoderId,
) -> Result<MemoLine, WorkflowError> {
    let on = known(workspace, on)?;
    let words = some(words)?;
    let text = match MemoOn::parse(&on) {
        Some(MemoOn::Segment(entry, ..)) => Some(target::entry(workspace, &entry)?.text),
        _ => None,
    };
    keep(workspace, None, (&on, text), kind, &words, coder)
}

/// Gives a memo other words.
///
/// # Errors
/// Fails when there is no such memo, no words, or the study file cannot be written.
pub fn change_memo(
    workspace: &mut Workspace,
    id: &str,
    words: &str,
    coder: &CoderId,
) -> Result<MemoLine, WorkflowError> {
    let memo = find(workspace, id)?;
    let words = some(words)?;
    keep(workspace, Some(memo.id), (&memo.on, memo.text), memo.kind, &words, coder)
}

/// Takes a memo away.
///
/// # Errors
/// Fails when there is no such memo, or the study file cannot be written.
pub fn remove_memo(workspace: &mut Workspace, id: &str, coder: &CoderId) -> Result<MemoLine, WorkflowError> {
    let memo = find(workspace, id)?;
    let mut writing = workspace.store.write(coder.as_str())?;
    writing.memo_removed(memo.id)?;
    writing.commit()?;
    line(workspace, memo)
}

fn keep(
    workspace: &mut Workspace,
    id: Option<Hash>,
    on: (&str, Option<Hash>),
    kind: MemoKind,
    words: &str,
    coder: &CoderId,
) -> Result<MemoLine, WorkflowError> {
    let mut writing = workspace.store.write(coder.as_str())?;
    let event = writing.memo(id, on, kind, words)?;
    writing.commit()?;
    let id = id.unwrap_or(event);
    let memo = find(workspace, &id.to_string())?;
    line(workspace, memo)
}

fn some(words: &str) -> Result<String, WorkflowError> {
    let words = crate::text::normalise(words).trim().to_owned();
    if words.is_empty() {
        return Err(WorkflowError::Refused {
            what: "the memo has no words".to_owned(),
            hint: "write them after the command, or - to read them from standard input".to_owned(),
        });
    }
    Ok(words)
}

fn find(workspace: &Workspace, id: &str) -> Result<Memo, WorkflowError> {
    let id = id.to_lowercase();
    let mut fitting: Vec<Memo> = workspace.store.memos()?;
    fitting.retain(|memo| memo.id.to_string().starts_with(&id));
    match fitting.len() {
        1 => Ok(fitting.remove(0)),
        _ => Err(WorkflowError::Unknown { what: "memo", name: id, hint: "themata memo list shows them".to_owned() }),
    }
}

/// Makes sure that what a memo is on is there; returns its written form.
fn known(workspace: &mut Workspace, on: &MemoOn) -> Result<String, WorkflowError> {
    match on {
        MemoOn::Study => {}
        MemoOn::Entry(id) => drop(target::entry(workspace, id)?),
        MemoOn::Segment(entry, start, end) => {
            let at = Some((*start, *end));
            target::stretch(workspace, &target::Target { entry: entry.clone(), at, ..Default::default() })?;
        }
        MemoOn::Decision(event) => return Ok(MemoOn::Decision(named_event(workspace, event)?.id.short()).to_string()),
        MemoOn::Code(id) | MemoOn::Theme(id) => {
            let (codebook, _) = workspace.codebook()?;
            let (what, known): (_, Vec<&str>) = if matches!(on, MemoOn::Code(_)) {
                ("code", codebook.codes.iter().map(|code| code.id.as_str()).collect())
            } else {
                ("theme", codebook.themes.iter().map(|theme| theme.id.as_str()).collect())
            };
            if !known.contains(&id.as_str()) {
                let hint = meant_or_known(id, &known);
                return Err(WorkflowError::Unknown { what, name: id.clone(), hint });
            }
        }
    }
    Ok(on.to_string())
}
