//! The words behind a number: every row of every table lists its segments, or its cases.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Fresh, Progress, WorkflowError, Workspace,
    cases::register,
    coders::known_coder,
    fresh,
    tables::{case_values, entry_values, split},
};
use crate::{
    analysis::Coded,
    corpus::{Entry, PartialDate},
    diagnostic::{did_you_mean, meant_or_known},
    table::{Evidence, EvidenceOf, Unit},
    text::{CodePoints, Outline, Span, outline},
};

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
        /// All evidence of the code in it is negated; said in words, and no key of the lines.
        #[serde(skip)]
        negated: bool,
    },
    /// A case.
    Case {
        /// Its id.
        case: String,
    },
    /// An entry, in tables of an attribute of entries.
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
        let values = case_values(workspace, name)?;
        known_value(name, value, values.iter().flatten().map(String::as_str))?;
        let register = register(workspace)?.map(|(register, _)| register).unwrap_or_default();
        let fitting = register.cases.into_iter().filter(|case| case.attributes.get(name) == Some(value));
        return Ok(fitting.map(|case| Line::Case { case: case.id }).collect());
    }
    if let Some(coder) = &evidence.coder {
        known_coder(workspace, coder)?;
    }
    let fresh = fresh(workspace, progress)?;
    if let EvidenceOf::Entries(name, value) = &evidence.of {
        let values = entry_values(&fresh, name)?;
        known_value(name, value, values.iter().flatten().map(String::as_str))?;
        let fitting = fresh.heads.iter().filter(|head| head.entry.attribute(name).as_deref() == Some(value));
        return Ok(fitting.map(|head| Line::Entry { entry: head.entry.id.to_string() }).collect());
    }
    if let Some((name, value)) = &evidence.split {
        let split = split(&fresh, name)?;
        known_value(name, value, split.values.iter().map(String::as_str))?;
    }
    let by_entry = behind(&fresh, evidence)?;
    let mut lines = Vec::new();
    for (number, coded) in by_entry {
        let Some(entry) = fresh.entry(number) else { continue };
        let text = workspace.store.text(number)?;
        let parts = outline(&text, entry.languages);
        let points = CodePoints::new(&text);
        for (span, one) in in_units(evidence, coded, &parts) {
            let (start, end) = points.of_span(span);
            let code = fresh.codebook.codes.get(one.code as usize);
            lines.push(Line::Segment {
                entry: entry.id.to_string(),
                start,
                end,
                text: span.of(&text).to_owned(),
                code: code.map(|code| code.id.to_string()).unwrap_or_default(),
                coder: one.coder.as_ref().map(ToString::to_string),
                status: one.status.word(),
                rule: code.and_then(|code| code.rules.get(one.rule as usize)).map(|rule| rule.text.clone()),
                negated: one.negated,
            });
        }
    }
    Ok(lines)
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

/// Returns the codings behind a number, by entry in corpus order, each list by place, code and rule.
pub(super) fn behind(fresh: &Fresh, evidence: &Evidence) -> Result<Vec<(u32, Vec<Coded>)>, WorkflowError> {
    let (id, what) = match &evidence.of {
        EvidenceOf::Code(id) => (id, "code"),
        EvidenceOf::Theme(id) => (id, "theme"),
        EvidenceOf::Cases(..) | EvidenceOf::Entries(..) => return Ok(Vec::new()),
    };
    let Some(row) = fresh.tree.row(id) else {
        let known: Vec<&str> = fresh.tree.rows.iter().map(|row| row.id.as_str()).collect();
        return Err(WorkflowError::Unknown { what, name: id.clone(), hint: meant_or_known(id, &known) });
    };
    let values: BTreeMap<u32, Option<String>> = match &evidence.split {
        Some((name, _)) if name != "section" => {
            let value = |entry: &Entry| match name.as_str() {
                // As in the tables by month: an attribute that happens to have this name does not stand for the date.
                "month" => entry.date.and_then(PartialDate::month_label),
                _ => entry.attribute(name),
            };
            fresh.heads.iter().map(|head| (head.entry.number, value(&head.entry))).collect()
        }
        _ => BTreeMap::new(),
    };
    let wanted = |entry: u32, section: &str| match &evidence.split {
        None => true,
        // Units are looked at one by one where the text is known: a coding may reach over several sections.
        Some((name, _)) if name == "section" && evidence.unit != Unit::Segment => true,
        Some((name, value)) if name == "section" => section == value,
        Some((_, value)) => values.get(&entry).and_then(Option::as_ref) == Some(value),
    };
    let order = fresh.order();
    let counted = fresh.counted(evidence.counts, evidence.coder.as_deref())?;
    let mut coded = counted.select(&row.codes, wanted)?;
    coded.retain(|one| {
        order.contains_key(&one.entry) && counted.only.as_ref().is_none_or(|only| only.contains(&one.entry))
    });
    coded.sort_by(|a, b| key(order, a).cmp(&key(order, b)));
    let mut by_entry: Vec<(u32, Vec<Coded>)> = Vec::new();
    for one in coded {
        match by_entry.last_mut() {
            Some((entry, list)) if *entry == one.entry => list.push(one),
            _ => by_entry.push((one.entry, vec![one])),
        }
    }
    Ok(by_entry)
}

/// What decides the order of codings: entry, place, code, rule, and coder.
fn key<'c>(order: &BTreeMap<u32, usize>, one: &'c Coded) -> impl Ord + 'c {
    (order.get(&one.entry).copied(), one.span, one.code, one.rule, &one.coder)
}

/// Gives every coding the stretches of the unit that was counted.
fn in_units(evidence: &Evidence, coded: Vec<Coded>, parts: &Outline) -> Vec<(Span, Coded)> {
    let unit = evidence.unit;
    let mut lines: Vec<(Span, Coded)> = Vec::new();
    let merged = Span::joined(coded.iter().map(|one| one.span).collect());
    for one in coded {
        let spans: Vec<Span> = match unit {
            Unit::Sentence => {
                range(one.sentences).filter_map(|at| parts.sentences.get(at)).map(|sentence| sentence.span).collect()
            }
            Unit::Paragraph => range(one.paragraphs)
                .filter_map(|at| parts.paragraphs.get(at))
                .map(|paragraph| paragraph.span)
                .collect(),
            // The joined stretches do not overlap: the last that begins before this one holds it.
            Unit::Segment => {
                let after = merged.partition_point(|whole| whole.start <= one.span.start);
                merged.get(..after).and_then(<[Span]>::last).copied().into_iter().collect()
            }
            Unit::Entry | Unit::Case => vec![one.span],
        };
        lines.extend(spans.into_iter().map(|span| (span, one.clone())));
    }
    if let Some((_, value)) = evidence.split.as_ref().filter(|(name, _)| name == "section") {
        let stands =
            |span: Span| parts.sections.get(parts.section_at(span.start) as usize).is_some_and(|at| at.title == *value);
        lines.retain(|(span, one)| match unit {
            Unit::Sentence | Unit::Paragraph => stands(*span),
            // An entry is in every section in which a sentence of the coding stands.
            Unit::Entry | Unit::Case => {
                range(one.sentences).filter_map(|at| parts.sentences.get(at)).any(|sentence| stands(sentence.span))
            }
            // Chosen by the section of the coding before.
            Unit::Segment => true,
        });
    }
    lines.sort_by(|(a, one), (b, other)| {
        (a, one.code, one.rule, &one.coder).cmp(&(b, other.code, other.rule, &other.coder))
    });
    // As the tables count them: a code's segment is negated when all its codings are.
    for same in lines.chunk_by_mut(|(a, one), (b, other)| (a, one.code) == (b, other.code)) {
        let negated = same.iter().all(|(_, one)| one.negated);
        same.iter_mut().for_each(|(_, one)| one.negated = negated);
    }
    lines.dedup_by(|(a, one), (b, other)| {
        (a, one.code, one.rule, &one.coder) == (b, other.code, other.rule, &other.coder)
    });
    lines
}

fn range((from, to): (u32, u32)) -> std::ops::Range<usize> {
    from as usize..to as usize
}
