//! The codings behind a number, and the stretches of the unit that was counted.

use std::collections::BTreeMap;

use crate::{
    analysis::{Coded, TreeRow},
    corpus::{Entry, PartialDate},
    diagnostic::meant_or_known,
    table::{Evidence, EvidenceOf, Unit},
    text::{Outline, Span},
    workflow::{Fresh, WorkflowError},
};

/// Returns the codings behind a number, by entry in corpus order, each list by place, code and rule.
pub(in crate::workflow) fn behind(fresh: &Fresh, evidence: &Evidence) -> Result<Vec<(u32, Vec<Coded>)>, WorkflowError> {
    let row = match &evidence.of {
        EvidenceOf::Code(id) | EvidenceOf::Word(id, _) => row_of(fresh, id, "code")?,
        EvidenceOf::Theme(id) => row_of(fresh, id, "theme")?,
        _ => return Ok(Vec::new()),
    };
    behind_codes(fresh, evidence, &row.codes)
}

/// Returns the row of a theme or code.
pub(super) fn row_of<'f>(fresh: &'f Fresh, id: &str, what: &'static str) -> Result<&'f TreeRow, WorkflowError> {
    fresh.tree.row(id).ok_or_else(|| {
        let known: Vec<&str> = fresh.tree.rows.iter().map(|row| row.id.as_str()).collect();
        WorkflowError::Unknown { what, name: id.to_owned(), hint: meant_or_known(id, &known) }
    })
}

/// Returns the codings of some codes that an evidence counts, by entry in corpus order, each list by place, code and rule.
pub(super) fn behind_codes(
    fresh: &Fresh,
    evidence: &Evidence,
    codes: &[u32],
) -> Result<Vec<(u32, Vec<Coded>)>, WorkflowError> {
    let values: BTreeMap<u32, Option<String>> = match &evidence.split {
        Some((name, _)) if name != "section" => {
            let value = |entry: &Entry| match name.as_str() {
                // As in the tables by month: an attribute that happens to have this name does not stand for the date.
                "month" => entry.date.and_then(PartialDate::month_label),
                "entry" => Some(entry.id.to_string()),
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
    let counted = fresh.counted(evidence.counts, evidence.coder.as_deref());
    let mut coded = counted.select(codes, wanted)?;
    coded.retain(|one| order.contains_key(&one.entry) && counted.has(one.entry));
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
pub(super) fn in_units(evidence: &Evidence, coded: Vec<Coded>, parts: &Outline) -> Vec<(Span, Coded)> {
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
            Unit::Segment => vec![holding(&merged, one.span)],
            Unit::Entry | Unit::Case | Unit::Participant | Unit::Code => vec![one.span],
        };
        lines.extend(spans.into_iter().map(|span| (span, one.clone())));
    }
    if let Some((_, value)) = evidence.split.as_ref().filter(|(name, _)| name == "section") {
        let stands =
            |span: Span| parts.sections.get(parts.section_at(span.start) as usize).is_some_and(|at| at.title == *value);
        lines.retain(|(span, one)| match unit {
            Unit::Sentence | Unit::Paragraph => stands(*span),
            // An entry is in every section in which a sentence of the coding stands.
            Unit::Entry | Unit::Case | Unit::Participant | Unit::Code => {
                range(one.sentences).filter_map(|at| parts.sentences.get(at)).any(|sentence| stands(sentence.span))
            }
            // Chosen by the section of the coding before.
            Unit::Segment => true,
        });
    }
    in_order(&mut lines);
    lines
}

/// Returns the joined stretch that holds one: they do not overlap, so that the last that begins before it does.
fn holding(joined: &[Span], span: Span) -> Span {
    let after = joined.partition_point(|whole| whole.start <= span.start);
    joined.get(..after).and_then(<[Span]>::last).copied().unwrap_or(span)
}

/// Returns how to find the joined segment in which a stretch of some codings stands.
pub(in crate::workflow) fn joined_of(coded: &[Coded]) -> impl Fn(Span) -> Span + use<> {
    let joined = Span::joined(coded.iter().map(|one| one.span).collect());
    move |span| holding(&joined, span)
}

/// Puts lines in order, each once.
pub(super) fn in_order(lines: &mut Vec<(Span, Coded)>) {
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
}

pub(super) fn range((from, to): (u32, u32)) -> std::ops::Range<usize> {
    from as usize..to as usize
}
