//! The words behind a number: every row of every table lists its segments, entries or cases.

mod coded;
mod together;
mod values;

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Fresh, Progress, WorkflowError, Workspace,
    coders::known_coder,
    fresh,
    tables::{first_entries, forms_in, split},
};
use crate::{
    analysis::Coded,
    corpus::Entry,
    diagnostic::{did_you_mean, meant_or_known},
    table::{Evidence, EvidenceOf, Unit},
    text::{CodePoints, Outline, Span, outline},
};
use coded::in_units;
pub(super) use coded::{codes_of, each_behind, joined_of};

/// More values than these are not listed in a hint.
const MOST_VALUES: usize = 30;

/// One line of what is behind a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Line {
    /// A coded stretch; offsets are code points.
    Segment {
        /// Id of the entry.
        entry: String,
        /// First code point.
        start: u32,
        /// Code point after the last.
        end: u32,
        /// The words.
        text: String,
        /// Id of the code.
        code: String,
        /// Who coded; `None` for a suggestion.
        coder: Option<String>,
        /// `coded`, `accepted`, `suggested` or `rejected`.
        status: &'static str,
        /// The rule that suggested it, as written.
        rule: Option<String>,
        /// Who wrote the entry, where participants are counted.
        #[serde(skip_serializing_if = "Option::is_none")]
        participant: Option<String>,
        /// All evidence of the code in it is negated; said in words, and no key of the lines.
        #[serde(skip)]
        negated: bool,
    },
    /// A case.
    Case {
        /// Its id.
        case: String,
    },
    /// An entry, in tables of an attribute of entries and of entries without a code.
    Entry {
        /// Its id.
        entry: String,
    },
}

/// Lists what is behind an `evidence` of a table.
///
/// # Errors
/// Fails when the evidence names something that is not there, or the study cannot be brought up to date.
pub fn segments(
    workspace: &mut Workspace,
    evidence: &Evidence,
    progress: &dyn Progress,
) -> Result<Vec<Line>, WorkflowError> {
    if let EvidenceOf::Cases(name, value) = &evidence.of {
        return values::cases(workspace, (name, value), evidence.split.as_ref());
    }
    if let Some(coder) = &evidence.coder {
        known_coder(workspace, coder)?;
    }
    let fresh = fresh(workspace, progress)?;
    lines_of(workspace, &fresh, evidence)
}

/// Lists what is behind an `evidence` of entries or codings.
fn lines_of(workspace: &Workspace, fresh: &Fresh, evidence: &Evidence) -> Result<Vec<Line>, WorkflowError> {
    let mut all = Vec::new();
    each_lines(workspace, fresh, evidence, &mut |lines| {
        all.extend(lines);
        true
    })?;
    Ok(all)
}

/// Hands over what is behind an `evidence` of entries or codings, some lines at a time, as long as `visit` wants more.
pub(super) fn each_lines(
    workspace: &Workspace,
    fresh: &Fresh,
    evidence: &Evidence,
    visit: &mut dyn FnMut(Vec<Line>) -> bool,
) -> Result<(), WorkflowError> {
    let whole = match &evidence.of {
        EvidenceOf::Entries(name, value) => Some(values::entries(fresh, (name, value), evidence.split.as_ref())?),
        EvidenceOf::Without(id) => Some(values::without(fresh, id, evidence)?),
        EvidenceOf::Unread => Some(values::unread(fresh, evidence)?),
        _ => None,
    };
    if let Some(lines) = whole {
        visit(lines);
        return Ok(());
    }
    if let Some((name, value)) = &evidence.split {
        let split = split(fresh, name)?;
        known_value(name, value, split.values.iter().map(String::as_str))?;
    }
    let mut list = |sets: &[&[u32]], only_first: bool, cut: &Cut<'_>| {
        each_behind(fresh, evidence, sets, &|_| true, |entry, coded| {
            let participant =
                entry.attribute(&workspace.study.participant).filter(|_| evidence.unit == Unit::Participant);
            if evidence.unit == Unit::Participant && participant.is_none() {
                return Ok(true);
            }
            let text = workspace.store.text(entry.number)?;
            let parts = outline(&text, entry.languages);
            let lines = shown(fresh, entry, &participant, &text, cut(coded, &text, &parts));
            Ok(visit(lines) && !only_first)
        })
    };
    match &evidence.of {
        EvidenceOf::Pair(first, second, level) => {
            let rows = together::rows_of(fresh, (first, second))?;
            let sets = rows.map(|row| row.codes.as_slice());
            list(&sets, false, &|coded, _, parts| together::in_shared(rows, *level, coded, parts))
        }
        EvidenceOf::New(id) => {
            // No entry before it has any of its new codes.
            let codes = new_codes(fresh, id, evidence)?;
            list(&[&codes], true, &|coded, _, parts| in_units(evidence, coded, parts))
        }
        EvidenceOf::Word(_, word) => list(&[codes_of(fresh, evidence)?], false, &|coded, text, parts| {
            with_word(evidence, word, coded, text, parts)
        }),
        _ => list(&[codes_of(fresh, evidence)?], false, &|coded, _, parts| in_units(evidence, coded, parts)),
    }
}

/// Cuts the codings of an entry into stretches of the unit that is counted.
type Cut<'c> = dyn Fn(Vec<Coded>, &str, &Outline) -> Vec<(Span, Coded)> + 'c;

/// Turns stretches of an entry into lines.
fn shown(
    fresh: &Fresh,
    entry: &Entry,
    participant: &Option<String>,
    text: &str,
    stretches: Vec<(Span, Coded)>,
) -> Vec<Line> {
    let points = CodePoints::new(text);
    let line = |(span, one): (Span, Coded)| {
        let (start, end) = points.of_span(span);
        let code = fresh.codebook.codes.get(one.code as usize);
        Line::Segment {
            entry: entry.id.to_string(),
            start,
            end,
            text: span.of(text).to_owned(),
            code: code.map(|code| code.id.to_string()).unwrap_or_default(),
            coder: one.coder.as_ref().map(ToString::to_string),
            status: one.status.word(),
            rule: code.and_then(|code| code.rules.get(one.rule as usize)).map(|rule| rule.text.clone()),
            participant: participant.clone(),
            negated: one.negated,
        }
    };
    stretches.into_iter().map(line).collect()
}

/// Returns the codes that are met first in an entry.
fn new_codes(fresh: &Fresh, id: &str, evidence: &Evidence) -> Result<Vec<u32>, WorkflowError> {
    let ids = || fresh.heads.iter().map(|head| head.entry.id.as_str());
    known_value("id", id, ids())?;
    let number = fresh.heads.iter().find(|head| head.entry.id.as_str() == id).map(|head| head.entry.number);
    let first = first_entries(fresh, &fresh.counted(evidence.counts, evidence.coder.as_deref()))?;
    Ok(first.into_iter().filter(|(_, entry)| Some(*entry) == number).map(|(code, _)| code).collect())
}

/// Returns the segments in which a word is evidence.
fn with_word(evidence: &Evidence, word: &str, coded: Vec<Coded>, text: &str, parts: &Outline) -> Vec<(Span, Coded)> {
    let joined = joined_of(&coded);
    let with = coded.iter().filter(|one| forms_in([*one], text).contains(word));
    let has: BTreeSet<Span> = with.map(|one| joined(one.span)).collect();
    let mut lines = in_units(evidence, coded, parts);
    lines.retain(|(span, _)| has.contains(span));
    lines
}

/// Refuses a value that no unit has: a slip of the pen, not a number without words.
fn known_value<'v>(name: &str, value: &str, known: impl Iterator<Item = &'v str>) -> Result<(), WorkflowError> {
    let known: BTreeSet<&str> = known.collect();
    if known.contains(value) {
        return Ok(());
    }
    let known: Vec<&str> = known.into_iter().collect();
    let hint = if known.len() > MOST_VALUES && did_you_mean(value, known.iter().copied()).is_none() {
        format!("`themata table attribute {name}` lists the values that there are")
    } else {
        meant_or_known(value, &known)
    };
    Err(WorkflowError::UnknownValue { name: name.to_owned(), value: value.to_owned(), hint })
}
