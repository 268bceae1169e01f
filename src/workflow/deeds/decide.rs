//! Decisions on suggestions: accepted, rejected, or looked at again and confirmed.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{code, removed, write};
use crate::{
    analysis::{Coded, Personal, Status},
    coding::{EventKind, Mark, Place, Verdict},
    id::{CoderId, Hash},
    text::{CodePoints, Span},
    workflow::{
        Fresh, Line, Progress, WorkflowError, Workspace,
        deeds::{
            Done,
            code::held,
            target::{Target, stretch},
        },
        fresh,
        people::Codes,
        texts::Texts,
    },
};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The suggestions are right.
    Accept,
    /// The suggestions are wrong.
    Reject,
    /// Own codings, which a changed definition or an edited text made doubtful, still hold.
    Confirm,
}

/// Which suggestions, or own codings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecisionFilter {
    /// Of one entry.
    pub entry: Option<String>,
    /// Of one code.
    pub code: Option<String>,
    /// Of one rule, as the codebook writes it.
    pub rule: Option<String>,
    /// On the stretch of exactly these words.
    pub quote: Option<String>,
    /// On exactly these code points.
    pub at: Option<(u32, u32)>,
    /// All that fit, not only one.
    pub all: bool,
    /// The verdict is meant for all coders, after they talked about it.
    pub adjudicated: bool,
}

type Spot = (u32, u32, Span);

/// Decides on the suggestions, or confirms the codings, that a filter finds.
///
/// # Errors
/// Fails when none fit, or several do and `all` was not said.
pub fn decide(
    workspace: &mut Workspace,
    decision: Decision,
    filter: &DecisionFilter,
    coder: &CoderId,
    progress: &dyn Progress,
) -> Result<Done, WorkflowError> {
    let fresh = fresh(workspace, progress)?;
    if let Some(id) = &filter.code {
        code(&fresh.codebook, id)?;
    }
    let wanted = Wanted::new(workspace, &fresh, filter)?;
    match decision {
        Decision::Confirm => confirm(workspace, &fresh, &wanted, coder),
        Decision::Accept => judge(workspace, &fresh, &wanted, coder, Verdict::Accepted),
        Decision::Reject => judge(workspace, &fresh, &wanted, coder, Verdict::Rejected),
    }
}

/// So many are named when more fit than were meant.
const NAMED: usize = 8;

/// A filter with its names found.
struct Wanted<'f> {
    filter: &'f DecisionFilter,
    entry: Option<u32>,
    span: Option<Span>,
}

impl<'f> Wanted<'f> {
    fn new(workspace: &Workspace, fresh: &Fresh, filter: &'f DecisionFilter) -> Result<Self, WorkflowError> {
        if filter.entry.is_none() && filter.code.is_none() && filter.rule.is_none() {
            return Err(WorkflowError::Refused {
                what: "nothing says which suggestions are meant".to_owned(),
                hint: "name an entry, --code or --rule; themata segments code=ID,counts=suggested lists them"
                    .to_owned(),
            });
        }
        let mut wanted = Self { filter, entry: None, span: None };
        if let Some(rule) = &filter.rule {
            let all = || fresh.codebook.codes.iter().flat_map(|code| &code.rules).map(|rule| rule.text.as_str());
            if !all().any(|known| known == rule) {
                let known: Vec<&str> = all().collect();
                let hint = match crate::diagnostic::did_you_mean(rule, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write it as the codebook does; themata codebook show CODE lists rules".to_owned(),
                };
                return Err(WorkflowError::Unknown { what: "rule", name: rule.clone(), hint });
            }
        }
        if let Some(entry) = &filter.entry {
            let head = super::target::entry(workspace, entry)?;
            wanted.entry = Some(head.entry.number);
            if filter.quote.is_some() || filter.at.is_some() {
                let target =
                    Target { entry: entry.clone(), quote: filter.quote.clone(), at: filter.at, occurrence: None };
                wanted.span = Some(stretch(workspace, &target)?.span);
            }
        } else if filter.quote.is_some() || filter.at.is_some() {
            return Err(WorkflowError::Refused {
                what: "--quote and --at need the entry".to_owned(),
                hint: "themata decide accept ENTRY --quote \"…\"".to_owned(),
            });
        }
        Ok(wanted)
    }

    fn fits(&self, entry: u32, span: Span) -> bool {
        self.entry.is_none_or(|wanted| wanted == entry) && self.span.is_none_or(|wanted| wanted == span)
    }

    fn codes(&self, fresh: &Fresh) -> Vec<u32> {
        let codes = (0_u32..).zip(&fresh.codebook.codes);
        let named = codes.filter(|(_, code)| self.filter.code.as_deref().is_none_or(|id| code.id.as_str() == id));
        named.map(|(index, _)| index).collect()
    }

    /// Refuses to do more at a time than was meant.
    fn check(&self, found: &[Spot], what: &str, (texts, fresh): (&Texts<'_>, &Fresh)) -> Result<(), WorkflowError> {
        match found.len() {
            0 => Err(WorkflowError::Refused {
                what: format!("no {what} fits"),
                hint: "themata segments code=ID,counts=suggested lists what is undecided; `themata code add` codes any stretch".to_owned(),
            }),
            1 => Ok(()),
            _ if self.filter.all => Ok(()),
            several => Err(WorkflowError::Refused {
                what: format!(
                    "{several} {what}s fit: {}{}",
                    named(&found[..found.len().min(NAMED)], texts, fresh)?,
                    if several > NAMED { "; …" } else { "" }
                ),
                hint: "add --all to take them all, or say which with ENTRY and --quote or --at".to_owned(),
            }),
        }
    }
}

/// Says which stretches these are: `2018-03 240..269 material-needs`.
fn named(spots: &[Spot], texts: &Texts<'_>, fresh: &Fresh) -> Result<String, WorkflowError> {
    let mut named = Vec::new();
    for (entry, code, span) in spots {
        let Some(found) = Found::of(texts, fresh, *entry, *span)? else { continue };
        let code = fresh.codebook.codes.get(*code as usize).map(|code| code.id.as_str()).unwrap_or_default();
        named.push(format!("{} {}..{} {code}", found.entry, found.at.0, found.at.1));
    }
    Ok(named.join("; "))
}

fn judge(
    workspace: &mut Workspace,
    fresh: &Fresh,
    wanted: &Wanted<'_>,
    coder: &CoderId,
    verdict: Verdict,
) -> Result<Done, WorkflowError> {
    let order = fresh.order();
    let adjudicated = wanted.filter.adjudicated;
    let mut own: BTreeMap<Spot, Verdict> = BTreeMap::new();
    fresh.people.stated.each(|one| {
        if one.is_of(coder) && one.adjudicated == adjudicated {
            own.insert((one.coded.entry, one.coded.code, one.coded.span), one.verdict());
        }
    })?;
    let mut spots: BTreeMap<(Option<usize>, Span, u32), Coded> = BTreeMap::new();
    for one in
        fresh.suggested.select(&wanted.codes(fresh), |entry, _| wanted.entry.is_none_or(|wanted| wanted == entry))?
    {
        let rule = fresh.codebook.codes.get(one.code as usize).and_then(|code| code.rules.get(one.rule as usize));
        let of_rule = wanted.filter.rule.as_deref().is_none_or(|text| rule.is_some_and(|rule| rule.text == text));
        let before = own.get(&(one.entry, one.code, one.span));
        // What the coder has decided already is changed only when exactly it is named.
        let open = before.is_none() || (wanted.span.is_some() && before.is_some_and(|before| *before != verdict));
        if of_rule && open && wanted.fits(one.entry, one.span) && order.contains_key(&one.entry) {
            spots.entry((order.get(&one.entry).copied(), one.span, one.code)).or_insert(one);
        }
    }
    let texts = Texts::of(workspace);
    let found: Vec<Spot> = spots.values().map(|one| (one.entry, one.code, one.span)).collect();
    wanted.check(&found, "undecided suggestion", (&texts, fresh))?;
    let (mut marks, mut lines) = (Vec::new(), Vec::new());
    let status = if verdict == Verdict::Accepted { Status::Accepted } else { Status::Rejected };
    for one in spots.into_values() {
        let Some(found) = Found::of(&texts, fresh, one.entry, one.span)? else { continue };
        let rule = found.rule(fresh, one.code, one.rule);
        let mut mark = found.mark(fresh, one.code, verdict);
        (mark.rule, mark.adjudicated) = (rule.as_deref().map(Hash::of), adjudicated);
        lines.push(found.line(&mark, coder, status.word(), rule));
        marks.push(mark);
    }
    let kind = if verdict == Verdict::Accepted { EventKind::SuggestionAccepted } else { EventKind::SuggestionRejected };
    let event = write(workspace, coder, kind, &marks, fresh.codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines })
}

/// A stretch with its entry's text.
struct Found {
    entry: crate::id::EntryId,
    text: Hash,
    words: String,
    at: (u32, u32),
}

impl Found {
    fn of(texts: &Texts<'_>, fresh: &Fresh, number: u32, span: Span) -> Result<Option<Self>, WorkflowError> {
        let Some(head) = fresh.head(number) else { return Ok(None) };
        let read = texts.read(&head.entry)?;
        let at = CodePoints::new(&read.text).of_span(span);
        Ok(Some(Self { entry: head.entry.id.clone(), text: head.text, words: span.of(&read.text).to_owned(), at }))
    }

    fn rule(&self, fresh: &Fresh, code: u32, rule: u32) -> Option<String> {
        let code = fresh.codebook.codes.get(code as usize)?;
        code.rules.get(rule as usize).map(|rule| rule.text.clone())
    }

    fn mark(&self, fresh: &Fresh, code: u32, verdict: Verdict) -> Mark {
        let id = fresh.codebook.codes.get(code as usize).map(|code| code.id.clone());
        let place = Place {
            entry: self.entry.clone(),
            text: self.text,
            start: self.at.0,
            end: self.at.1,
            code: id.unwrap_or_else(|| crate::id::CodeId::new("")),
        };
        Mark { place, verdict, rule: None, adjudicated: false }
    }

    fn line(&self, mark: &Mark, coder: &CoderId, status: &'static str, rule: Option<String>) -> Line {
        Line::Segment {
            entry: self.entry.to_string(),
            start: self.at.0,
            end: self.at.1,
            text: self.words.clone(),
            code: mark.place.code.to_string(),
            coder: Some(coder.to_string()),
            status,
            rule,
            participant: None,
            negated: false,
        }
    }
}

/// Says again what was said before a definition or the words changed.
fn confirm(
    workspace: &mut Workspace,
    fresh: &Fresh,
    wanted: &Wanted<'_>,
    coder: &CoderId,
) -> Result<Done, WorkflowError> {
    let codes_wanted: BTreeSet<u32> = wanted.codes(fresh).into_iter().collect();
    let mut doubtful: Vec<Personal> = Vec::new();
    fresh.people.stated.each(|one| {
        let fits = codes_wanted.contains(&one.coded.code) && wanted.fits(one.coded.entry, one.coded.span);
        if one.is_of(coder) && (one.stale || one.edited) && fits {
            doubtful.push(one);
        }
    })?;
    let order = fresh.order();
    doubtful.sort_by_key(|one| (order.get(&one.coded.entry), one.coded.span, one.coded.code, one.adjudicated));
    let texts = Texts::of(workspace);
    let found: Vec<Spot> = doubtful.iter().map(|one| (one.coded.entry, one.coded.code, one.coded.span)).collect();
    wanted.check(&found, "doubtful coding", (&texts, fresh))?;
    let codes = Codes::new(workspace, &fresh.codebook)?;
    let (mut marks, mut lines) = (Vec::new(), Vec::new());
    for said in &doubtful {
        let (one, adjudicated) = (&said.coded, said.adjudicated);
        let Some(head) = fresh.head(one.entry) else { continue };
        let Some(found) = Found::of(&texts, fresh, one.entry, one.span)? else { continue };
        let mut mark = found.mark(fresh, one.code, said.verdict());
        mark.adjudicated = adjudicated;
        let id = mark.place.code.to_string();
        if let Some(held) = held(workspace, &codes, head, coder, |span, code| span == one.span && code == id)? {
            mark.rule = held.places.iter().find_map(|(_, rule, _)| *rule);
            // The same words in an earlier text, or under an earlier code, are said here from now on.
            marks.extend(
                removed(held).into_iter().filter(|old| old.place != mark.place && old.adjudicated == adjudicated),
            );
        }
        let rule = found.rule(fresh, one.code, one.rule);
        lines.push(found.line(&mark, coder, one.status.word(), rule));
        marks.push(mark);
    }
    let event = write(workspace, coder, EventKind::CodingConfirmed, &marks, fresh.codebook.fingerprint)?;
    Ok(Done { event: Some(event), lines })
}
