//! Operations on the codebook: rename, merge, split, retire. The file is changed, comments kept, and codings follow.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    codebook::{self, ChangeNote, Codebook, Operation, Within},
    coding::{EventKind, Place, standing},
    id::{CodeId, CoderId, Hash},
    matching::{Matcher, Scanners},
    query::parse_search,
    text::{Span, outline},
    workflow::{
        Progress, WorkflowError, Workspace,
        people::{Codes, Texts, placed},
        workspace::refused,
    },
};

/// What an operation did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refactored {
    /// Renamed, merged, split or retired, in words.
    pub what: String,
    /// Codings of each coder that move to another code.
    pub moved: BTreeMap<String, u64>,
    /// Codings of each coder that stay with the code.
    pub stay: BTreeMap<String, u64>,
    /// What a person should look at.
    pub warnings: Vec<String>,
    /// Version of the codebook afterwards.
    pub version: String,
    /// The codebook file.
    pub file: String,
    /// The event; `null` when it was only tried.
    pub event: Option<String>,
}

fn kind(operation: &Operation) -> (EventKind, &CodeId, Option<&CodeId>) {
    match operation {
        Operation::Rename { from, to, .. } => (EventKind::CodeRenamed, from, Some(to)),
        Operation::Merge { from, into } => (EventKind::CodeMerged, from, Some(into)),
        Operation::Split { from, new, .. } => (EventKind::CodeSplit, from, Some(new)),
        Operation::Retire { code } => (EventKind::CodeRetired, code, None),
    }
}

/// Changes the codebook; with `only_try` it says what would happen. A split gives the new code the codings in which `matching`, an
/// expression, finds something; without one those of the rules that move.
///
/// # Errors
/// Fails when the operation is not possible, or file or study file cannot be written.
pub fn refactor(
    workspace: &mut Workspace,
    operation: &Operation,
    (matching, reason): (Option<&str>, Option<String>),
    only_try: bool,
    coder: &CoderId,
    progress: &dyn Progress,
) -> Result<Refactored, WorkflowError> {
    if workspace.codebook_override.is_some() {
        return Err(WorkflowError::Refused {
            what: "only the study's own codebook can be changed by a command".to_owned(),
            hint: "leave out --codebook, or edit that file by hand".to_owned(),
        });
    }
    let (before, _) = workspace.codebook()?;
    let latest = workspace.store.latest()?;
    let (path, shown) = workspace.codebook_path();
    let source = super::super::workspace::read_text(&path)?;
    let date = workspace.store.today()?;
    let note = ChangeNote { date, who: coder.to_string(), reason };
    let edited = codebook::edit(&source, operation, &note).map_err(|error| WorkflowError::Refused {
        hint: error.hint().unwrap_or_else(|| "nothing was changed".to_owned()),
        what: error.to_string(),
    })?;
    let (after, _) = codebook::read(&edited.text).map_err(|findings| refused(&shown, &edited.text, &findings))?;
    let places = places(workspace, &before, operation, matching, progress)?;
    let mut done = Refactored {
        what: describe(operation),
        moved: BTreeMap::new(),
        stay: BTreeMap::new(),
        warnings: edited.warnings,
        version: after.version.clone(),
        file: shown,
        event: None,
    };
    count(workspace, &before, operation, &places, &mut done)?;
    if only_try {
        return Ok(done);
    }
    let (kind, code, into) = kind(operation);
    let mut writing = workspace.store.write(coder.as_str())?.after(latest)?;
    writing.codebook_seen(after.fingerprint, &edited.text, false)?;
    let event = writing.operation(kind, code, into, (before.fingerprint, after.fingerprint), &places)?;
    writing.pending(before.fingerprint, after.fingerprint)?;
    writing.commit()?;
    workspace.finish_pending()?;
    done.event = Some(event.short());
    Ok(done)
}

fn describe(operation: &Operation) -> String {
    match operation {
        Operation::Rename { from, to, .. } => format!("renamed {from} to {to}"),
        Operation::Merge { from, into } => format!("merged {from} into {into}"),
        Operation::Split { from, new, .. } => format!("split {new} off {from}"),
        Operation::Retire { code } => format!("retired {code}"),
    }
}

/// Counts the codings that move and stay.
fn count(
    workspace: &Workspace,
    before: &Codebook,
    operation: &Operation,
    places: &[Place],
    done: &mut Refactored,
) -> Result<(), WorkflowError> {
    let codes = Codes::new(workspace, before)?;
    let (kind, code, into) = kind(operation);
    let split: BTreeSet<&Place> = places.iter().collect();
    for one in standing(workspace.store.said(None)?) {
        let now = codes.id_now(&one.mark.place, one.codebook);
        if now.is_none_or(|(id, _)| id != *code) || !one.mark.verdict.holds() {
            continue;
        }
        let here = Place { code: code.clone(), ..one.mark.place };
        let moves = into.is_some() && (kind != EventKind::CodeSplit || split.contains(&here));
        let counts = if moves { &mut done.moved } else { &mut done.stay };
        *counts.entry(one.coder.to_string()).or_default() += 1;
    }
    Ok(())
}

/// Returns the places of a split whose codings go to the new code.
fn places(
    workspace: &mut Workspace,
    before: &Codebook,
    operation: &Operation,
    matching: Option<&str>,
    progress: &dyn Progress,
) -> Result<Vec<Place>, WorkflowError> {
    let Operation::Split { from, rules, .. } = operation else { return Ok(Vec::new()) };
    let by_words = matching.map(expression).transpose()?;
    let moved: BTreeSet<Hash> = before
        .code(from)
        .map(|code| rules.iter().filter_map(|rule| code.rules.get(*rule)).map(|rule| Hash::of(&rule.text)).collect())
        .unwrap_or_default();
    let codes = Codes::new(workspace, before)?;
    let heads = workspace.store.heads(before.languages)?;
    let mut by_entry: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in standing(workspace.store.said(None)?) {
        if codes.id_now(&one.mark.place, one.codebook).is_some_and(|(id, _)| id == *from) {
            by_entry.entry(one.mark.place.entry.clone()).or_default().push(one);
        }
    }
    let matcher = by_words.as_ref().map(|expr| Matcher::for_search(expr, Within::Sentence));
    let scanners = matcher.as_ref().map(Scanners::new);
    let mut places = BTreeSet::new();
    progress.begin("splitting", Some(by_entry.len() as u64));
    for head in &heads {
        let Some(said) = by_entry.get(&head.entry.id) else { continue };
        progress.advance(1);
        let texts = Texts::read(&workspace.store, head, said)?;
        let parts = outline(&texts.now, head.entry.languages);
        let hits: Vec<Span> = scanners.as_ref().map_or_else(Vec::new, |scanners| {
            scanners.with(|scanner| scanner.hits(&texts.now, &parts)).into_iter().flat_map(|hit| hit.evidence).collect()
        });
        for one in placed(said, head.text, &texts) {
            let by_rule = one.said.mark.rule.is_some_and(|rule| moved.contains(&rule));
            let by_words = one.span.is_some_and(|span| hits.iter().any(|hit| span.contains(*hit)));
            if if scanners.is_some() { by_words } else { by_rule } {
                places.insert(Place { code: from.clone(), ..one.said.mark.place.clone() });
            }
        }
    }
    progress.end();
    Ok(places.into_iter().collect())
}

fn expression(text: &str) -> Result<crate::query::Expr, WorkflowError> {
    let wrong = |error| WorkflowError::Query { expression: text.to_owned(), error };
    let search = parse_search(text, false).map_err(wrong)?;
    match search.expr {
        Some(expr) if search.fields.is_empty() => Ok(expr),
        _ => Err(WorkflowError::Refused {
            what: format!("`{text}` is not an expression without filters"),
            hint: "write words as in a rule: --matching 'court | judge'".to_owned(),
        }),
    }
}
