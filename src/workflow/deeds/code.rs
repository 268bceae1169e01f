//! Codings by hand: a code on a stretch, taken away, or given another stretch.

use super::target::{Stretch, Target, stretch};
use crate::{
    codebook::{Code, CodeStatus, Codebook},
    coding::{EventKind, Mark, Place, Verdict, standing},
    diagnostic::meant_or_known,
    id::{CodeId, CoderId, Hash},
    store::Head,
    text::{Span, outline},
    workflow::{
        Line, WorkflowError, Workspace,
        people::{Codes, Texts, placed, under},
    },
};

/// A deed that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The event; `None` when all was so already.
    pub event: Option<Hash>,
    /// What it is about, as it is now.
    pub lines: Vec<Line>,
}

/// Finds a code that can be given to a stretch.
pub(super) fn code<'c>(codebook: &'c Codebook, id: &str) -> Result<&'c Code, WorkflowError> {
    let found = codebook.code(&CodeId::new(id));
    match found {
        Some(code) if code.status == CodeStatus::Retired => Err(WorkflowError::Refused {
            what: format!("code `{id}` is retired"),
            hint: "choose another code, or take `status = \"retired\"` out of the codebook".to_owned(),
        }),
        Some(code) => Ok(code),
        None if codebook.themes.iter().any(|theme| theme.id.as_str() == id) => Err(WorkflowError::Refused {
            what: format!("`{id}` is a theme, and stretches are given codes"),
            hint: "themata codebook list shows the codes that it gathers".to_owned(),
        }),
        None => {
            let known: Vec<&str> = codebook.codes.iter().map(|code| code.id.as_str()).collect();
            Err(WorkflowError::Unknown { what: "code", name: id.to_owned(), hint: meant_or_known(id, &known) })
        }
    }
}

/// Describes a coding as `segments` does.
pub(super) fn line(found: &Stretch, code: &str, coder: &CoderId, status: &'static str) -> Line {
    Line::Segment {
        entry: found.head.entry.id.to_string(),
        start: found.at.0,
        end: found.at.1,
        text: found.words(),
        code: code.to_owned(),
        coder: Some(coder.to_string()),
        status,
        rule: None,
        participant: None,
        negated: false,
    }
}

/// A coder's verdicts on one stretch and code as they stand, with the places where they were given: earlier texts too.
pub(super) struct Held {
    pub(super) verdict: Verdict,
    pub(super) places: Vec<(Place, Option<Hash>, bool)>,
}

/// Finds what a coder says about stretches of an entry with a code.
pub(super) fn held(
    workspace: &Workspace,
    codes: &Codes<'_>,
    head: &Head,
    coder: &CoderId,
    wanted: impl Fn(Span, &str) -> bool,
) -> Result<Option<Held>, WorkflowError> {
    let said = standing(workspace.store.said(Some(&head.entry.id))?);
    let texts = Texts::read(&workspace.store, head, &said)?;
    let mut held: Option<(u32, Held)> = None;
    for one in placed(&said, head.text, &texts) {
        let (Some(span), true) = (one.span, one.said.coder == *coder) else { continue };
        let Some((id, _)) = codes.id_now(&one.said.mark.place, one.said.codebook) else { continue };
        if !wanted(span, id.as_str()) {
            continue;
        }
        let mark = &one.said.mark;
        let place = (mark.place.clone(), mark.rule, mark.adjudicated);
        let (last, all) = held.get_or_insert((one.said.act, Held { verdict: mark.verdict, places: Vec::new() }));
        if one.said.act >= *last {
            (*last, all.verdict) = (one.said.act, mark.verdict);
        }
        all.places.push(place);
    }
    Ok(held.map(|(_, held)| held))
}

pub(super) fn mark(found: &Stretch, code: &str, verdict: Verdict) -> Mark {
    let place = Place {
        entry: found.head.entry.id.clone(),
        text: found.head.text,
        start: found.at.0,
        end: found.at.1,
        code: CodeId::new(code),
    };
    Mark { place, verdict, rule: None, adjudicated: false }
}

pub(super) fn removed(held: Held) -> Vec<Mark> {
    let remove = |(place, rule, adjudicated)| Mark { place, verdict: Verdict::Removed, rule, adjudicated };
    held.places.into_iter().map(remove).collect()
}

/// Refuses a stretch of which no sentence is part: headings are not counted.
fn not_only_heading(found: &Stretch) -> Result<(), WorkflowError> {
    let parts = outline(&found.text, found.head.entry.languages);
    let ((from, to), _) = under(found.span, &parts);
    if from < to {
        return Ok(());
    }
    Err(WorkflowError::Refused {
        what: "there are only headings or blanks in this stretch".to_owned(),
        hint: "headings are not counted: code sentences below them".to_owned(),
    })
}

/// Codes a stretch.
///
/// # Errors
/// Fails when entry, words or code are not there, or the study file cannot be written.
pub fn add_code(workspace: &mut Workspace, target: &Target, id: &str, coder: &CoderId) -> Result<Done, WorkflowError> {
    let (codebook, _) = workspace.codebook()?;
    code(&codebook, id)?;
    let found = stretch(workspace, target)?;
    not_only_heading(&found)?;
    let codes = Codes::new(workspace, &codebook)?;
    let held = held(workspace, &codes, &found.head, coder, |span, code| span == found.span && code == id)?;
    let lines = vec![line(&found, id, coder, "coded")];
    if held.is_some_and(|held| held.verdict.holds()) {
        return Ok(Done { event: None, lines });
    }
    let event =
        write(workspace, coder, EventKind::CodingAdded, &[mark(&found, id, Verdict::Coded)], codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines })
}

/// Takes a code from a stretch: the coder's own coding, acceptance or rejection of exactly that stretch.
///
/// # Errors
/// Fails when there is none.
pub fn remove_code(
    workspace: &mut Workspace,
    target: &Target,
    id: &str,
    coder: &CoderId,
) -> Result<Done, WorkflowError> {
    let (codebook, _) = workspace.codebook()?;
    let found = stretch(workspace, target)?;
    let codes = Codes::new(workspace, &codebook)?;
    let held = held(workspace, &codes, &found.head, coder, |span, code| span == found.span && code == id)?;
    let held = held.ok_or_else(|| nothing_there(&found, id, coder))?;
    let event = write(workspace, coder, EventKind::CodingRemoved, &removed(held), codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines: vec![line(&found, id, coder, "removed")] })
}

/// Gives a coding another stretch of the same entry.
///
/// # Errors
/// Fails when there is no such coding, or the new stretch is not there.
pub fn move_code(
    workspace: &mut Workspace,
    from: &Target,
    to: &Target,
    id: &str,
    coder: &CoderId,
) -> Result<Done, WorkflowError> {
    let (codebook, _) = workspace.codebook()?;
    code(&codebook, id)?;
    let (old, new) = (stretch(workspace, from)?, stretch(workspace, to)?);
    not_only_heading(&new)?;
    let codes = Codes::new(workspace, &codebook)?;
    let held = held(workspace, &codes, &old.head, coder, |span, code| span == old.span && code == id)?;
    let held = held.filter(|held| held.verdict.holds()).ok_or_else(|| nothing_there(&old, id, coder))?;
    let lines = vec![line(&new, id, coder, "coded")];
    if old.span == new.span {
        return Ok(Done { event: None, lines });
    }
    let mut marks = removed(held);
    marks.push(mark(&new, id, Verdict::Coded));
    let event = write(workspace, coder, EventKind::CodingMoved, &marks, codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines })
}

fn nothing_there(found: &Stretch, id: &str, coder: &CoderId) -> WorkflowError {
    let (entry, (start, end)) = (&found.head.entry.id, found.at);
    WorkflowError::Refused {
        what: format!("{coder} has no coding `{id}` on {start}..{end} of entry {entry}"),
        hint: format!("themata segments code={id},coder={coder} lists the stretches"),
    }
}

/// Writes marks as one act.
pub(super) fn write(
    workspace: &mut Workspace,
    coder: &CoderId,
    kind: EventKind,
    marks: &[Mark],
    codebook: Hash,
) -> Result<Hash, WorkflowError> {
    let mut writing = workspace.store.write(coder.as_str())?;
    let event = writing.marks(kind, marks, codebook)?;
    writing.commit()?;
    Ok(event)
}
