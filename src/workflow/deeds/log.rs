//! The log: what happened to the study, event by event, and written out for others.

use std::{io::Write, path::Path};

use serde::Serialize;
use serde_json::Value;

use crate::{
    coding::{Event, EventKind, Verdict},
    id::Hash,
    store::{ExportError, Exported, WithTexts},
    workflow::{WorkflowError, Workspace},
};

/// Which events are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogFilter {
    /// By one coder.
    pub coder: Option<String>,
    /// Of a kind, or of all kinds that begin so: `coding`, `suggestion.accepted`.
    pub kind: Option<String>,
    /// About one entry.
    pub entry: Option<String>,
    /// About one code.
    pub code: Option<String>,
    /// Not before this time, in its written form or the beginning of it.
    pub since: Option<String>,
    /// Not after this time.
    pub until: Option<String>,
    /// One event by its id or the beginning of it.
    pub event: Option<String>,
    /// The last so many that fit.
    pub last: Option<usize>,
}

/// An event as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// Its id.
    pub event: String,
    /// Its counter.
    pub lamport: u64,
    /// When, by the clock of that machine.
    pub at: String,
    /// Who; empty when nobody was named.
    pub by: String,
    /// What kind.
    pub kind: &'static str,
    /// What it says, in words; never the words of an entry.
    pub what: String,
    /// Whether it holds, was taken back, or cannot be taken back.
    pub state: &'static str,
    /// All that it says.
    pub body: Value,
}

impl LogFilter {
    fn fits(&self, id: &Hash, event: &Event) -> bool {
        let has =
            |wanted: &Option<String>, key: &str| wanted.as_ref().is_none_or(|wanted| mentions(event, key, wanted));
        self.coder.as_ref().is_none_or(|coder| event.by == *coder)
            && self.kind.as_ref().is_none_or(|kind| is_kind(event.kind, kind))
            && self.event.as_ref().is_none_or(|named| id.to_string().starts_with(&named.to_lowercase()))
            && self.since.as_ref().is_none_or(|since| event.at >= *since)
            && self.until.as_ref().is_none_or(|until| event.at <= *until || event.at.starts_with(until))
            && has(&self.entry, "entry")
            && (has(&self.code, "code") || has(&self.code, "into"))
    }
}

fn is_kind(kind: EventKind, wanted: &str) -> bool {
    let name = kind.name();
    name == wanted || name.split('.').next() == Some(wanted)
}

/// Tells whether an event, or a mark or place in it, names something.
fn mentions(event: &Event, key: &str, wanted: &str) -> bool {
    let is = |value: Option<&Value>| value.and_then(Value::as_str) == Some(wanted);
    let inside = |list: &str| {
        let items = event.body.get(list).and_then(Value::as_array).into_iter().flatten();
        items.into_iter().any(|item| is(item.get(key)))
    };
    is(event.body.get(key)) || inside("marks") || inside("places")
}

/// Lists events in the order of replay.
///
/// # Errors
/// Fails when the kind is not known or the study file cannot be read.
pub fn log(workspace: &Workspace, filter: &LogFilter) -> Result<Vec<LogLine>, WorkflowError> {
    if let Some(kind) = &filter.kind {
        let known = EventKind::NAMES.iter().any(|(_, known)| is_kind(*known, kind));
        if !known {
            let names: Vec<&str> = EventKind::NAMES.iter().map(|(name, _)| *name).collect();
            let hint = crate::diagnostic::meant_or_known(kind, &names);
            return Err(WorkflowError::Unknown { what: "kind of event", name: kind.clone(), hint });
        }
    }
    let taken_back = workspace.store.not_live()?;
    let mut lines = std::collections::VecDeque::new();
    workspace.store.each_event(|logged| {
        let event = logged.event()?;
        if !filter.fits(&logged.id, &event) {
            return Ok(());
        }
        let state = match event.kind {
            EventKind::ActUndone | EventKind::ActRedone => "final",
            kind if !kind.is_act() => "final",
            _ if taken_back.contains(&logged.id) => "taken back",
            _ => "holds",
        };
        lines.push_back(LogLine {
            event: logged.id.to_string(),
            lamport: logged.lamport,
            what: describe(&event),
            state,
            kind: event.kind.name(),
            at: event.at,
            by: event.by,
            body: Value::Object(event.body),
        });
        if filter.last.is_some_and(|last| lines.len() > last) {
            lines.pop_front();
        }
        Ok(())
    })?;
    Ok(lines.into())
}

/// Says what an event did, without words of an entry.
pub(super) fn describe(event: &Event) -> String {
    let text = |name: &str| event.body.get(name).and_then(Value::as_str).unwrap_or_default();
    let on = event.body.get("on").and_then(Value::as_bool).unwrap_or_default();
    match event.kind {
        kind if kind.has_marks() => marks(event),
        EventKind::MemoWritten => {
            format!("{} memo on {}", if event.body.contains_key("memo") { "changed" } else { "wrote" }, text("on"))
        }
        EventKind::MemoRemoved => format!("removed memo {}", text("memo").get(..12).unwrap_or_default()),
        EventKind::ExemplarMarked => {
            format!("{} {} as exemplar of {}", if on { "marked" } else { "unmarked" }, text("entry"), text("code"))
        }
        EventKind::EntryRead => format!("entry {} {} in full", text("entry"), if on { "read" } else { "not read" }),
        EventKind::CodeRenamed => format!("renamed {} to {}", text("code"), text("into")),
        EventKind::CodeMerged => format!("merged {} into {}", text("code"), text("into")),
        EventKind::CodeSplit => format!("split {} off {}", text("into"), text("code")),
        EventKind::CodeRetired => format!("retired {}", text("code")),
        EventKind::ActUndone | EventKind::ActRedone => {
            let acts = event.body.get("acts").and_then(Value::as_array).into_iter().flatten();
            let acts: Vec<&str> = acts.filter_map(|act| act.as_str()?.get(..12)).collect();
            let what = if event.kind == EventKind::ActUndone { "took back" } else { "gave back what was taken by" };
            format!("{what} {}", acts.join(", "))
        }
        EventKind::EntryForgotten => format!("forgot words of entry {}", text("entry")),
        EventKind::CodebookSeen => format!("codebook {}", text("codebook").get(..12).unwrap_or_default()),
        EventKind::SourceRead => "read a source".to_owned(),
        EventKind::SourceGone => "a source is gone".to_owned(),
        EventKind::CasesRead => "read the case register".to_owned(),
        kind => format!("{} {}", kind.name().replace('.', " "), text("entry")),
    }
}

/// Says what verdicts an event gives: `accepted fear in 3 entries (12 segments)`.
fn marks(event: &Event) -> String {
    let marks = || event.body.get("marks").and_then(Value::as_array).into_iter().flatten();
    let distinct = |key: &str| -> Vec<String> {
        let mut all: Vec<String> = marks().filter_map(|mark| mark.get(key)?.as_str()).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    };
    let (codes, entries) = (distinct("code"), distinct("entry"));
    let verb = match event.kind {
        EventKind::CodingAdded => "coded",
        EventKind::CodingRemoved => "removed",
        EventKind::CodingMoved => "moved",
        EventKind::CodingConfirmed => "confirmed",
        EventKind::SuggestionAccepted => Verdict::Accepted.word(),
        _ => Verdict::Rejected.word(),
    };
    let named = |all: &[String], many: &str| match all {
        [one] => one.clone(),
        several => format!("{} {many}", several.len()),
    };
    let count = if event.kind == EventKind::CodingMoved { 1 } else { marks().count() };
    let segments = if count > 1 { format!(" ({count} segments)") } else { String::new() };
    format!("{verb} {} in {}{segments}", named(&codes, "codes"), named(&entries, "entries"))
}

/// Returns the codebook file as it was after an operation on it, or when it came into use.
///
/// # Errors
/// Fails when there is no such event, or its file is not here.
pub fn codebook_after(workspace: &Workspace, event: &str) -> Result<String, WorkflowError> {
    let event = super::undo::named_event(workspace, event)?.event()?;
    let named = |name: &str| event.body.get(name).and_then(|value| Hash::from_hex(value.as_str()?));
    let file = match named("after").or_else(|| named("codebook")) {
        Some(fingerprint) => workspace.store.codebook_file(fingerprint)?,
        None => None,
    };
    file.ok_or_else(|| WorkflowError::Refused {
        what: "no codebook file goes with this event".to_owned(),
        hint: "themata log --kind code and --kind codebook list the events that have one".to_owned(),
    })
}

/// Writes the log as JSON lines.
///
/// # Errors
/// Fails when the study file cannot be read or `out` not written.
pub fn export_log(
    workspace: &Workspace,
    with: WithTexts,
    path: &Path,
    out: &mut dyn Write,
) -> Result<Exported, WorkflowError> {
    workspace.store.export_log(with, out).map_err(|error| match error {
        ExportError::Store(error) => error.into(),
        ExportError::Write(source) => WorkflowError::File { doing: "write", path: path.to_path_buf(), source },
    })
}
