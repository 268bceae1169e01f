//! The codings behind a number, and the stretches of the unit that was counted.

use std::collections::{BTreeSet, HashMap};

use crate::{
    analysis::{Coded, TreeRow},
    corpus::{Entry, PartialDate},
    diagnostic::meant_or_known,
    table::{Evidence, EvidenceOf, Unit},
    text::{Outline, Span},
    workflow::{Fresh, Part, WorkflowError},
};

/// Returns the codes of the theme or code that an evidence is of.
pub(in crate::workflow) fn codes_of<'f>(fresh: &'f Fresh, evidence: &Evidence) -> Result<&'f [u32], WorkflowError> {
    let row = match &evidence.of {
        EvidenceOf::Code(id) | EvidenceOf::Word(id, _) => row_of(fresh, id, "code")?,
        EvidenceOf::Theme(id) => row_of(fresh, id, "theme")?,
        _ => return Ok(&[]),
    };
    Ok(&row.codes)
}

/// Returns the row of a theme or code.
pub(super) fn row_of<'f>(fresh: &'f Fresh, id: &str, what: &'static str) -> Result<&'f TreeRow, WorkflowError> {
    fresh.tree.row(id).ok_or_else(|| {
        let known: Vec<&str> = fresh.tree.rows.iter().map(|row| row.id.as_str()).collect();
        WorkflowError::Unknown { what, name: id.to_owned(), hint: meant_or_known(id, &known) }
    })
}

/// The codings of so many entries are got at first, and of more and more then: a few are often enough.
const AT_FIRST: usize = 256;
/// The codings of no more entries are got at a time.
const AT_MOST: usize = 1 << 14;

/// Hands over the codings that an evidence counts, entry by entry in corpus order, each list by place, code and rule, as long
/// as `visit` wants more. Codes come in sets, of each of which an entry has some; `among` takes entries by number.
pub(in crate::workflow) fn each_behind<'f>(
    fresh: &'f Fresh,
    evidence: &Evidence,
    sets: &[&[u32]],
    among: &dyn Fn(u32) -> bool,
    mut visit: impl FnMut(&'f Entry, Vec<Coded>) -> Result<bool, WorkflowError>,
) -> Result<(), WorkflowError> {
    let in_split = |entry: &Entry| match &evidence.split {
        // Units are looked at one by one where the text is known: a coding may reach over several sections.
        None => true,
        Some((name, _)) if name == "section" => true,
        // As in the tables by month: an attribute that happens to have this name does not stand for the date.
        Some((name, value)) if name == "month" => entry.date.and_then(PartialDate::month_label).as_ref() == Some(value),
        Some((name, value)) if name == "entry" => entry.id.as_str() == value,
        Some((name, value)) => entry.attribute(name).as_ref() == Some(value),
    };
    let wanted = |_: u32, section: &str| match &evidence.split {
        Some((name, value)) if name == "section" && evidence.unit == Unit::Segment => section == value,
        _ => true,
    };
    let counted = fresh.counted(evidence.counts, evidence.coder.as_deref());
    let met = counted.met()?;
    let has = |entry: &&Entry| {
        let number = entry.number;
        among(number) && counted.has(number) && sets.iter().all(|codes| met.has(codes, number)) && in_split(entry)
    };
    let entries: Vec<&Entry> = fresh.heads.iter().map(|head| &head.entry).filter(has).collect();
    let codes: BTreeSet<u32> = sets.iter().flat_map(|codes| codes.iter().copied()).collect();
    let codes: Vec<u32> = codes.into_iter().collect();
    let (mut rest, mut next) = (entries.as_slice(), AT_FIRST);
    while !rest.is_empty() {
        let (some, others) = rest.split_at(next.min(rest.len()));
        let numbers: BTreeSet<u32> = some.iter().map(|entry| entry.number).collect();
        let mut by_entry: HashMap<u32, Vec<Coded>> = HashMap::new();
        for one in counted.select(Part { codes: &codes, entries: Some(&numbers) }, wanted)? {
            by_entry.entry(one.entry).or_default().push(one);
        }
        for entry in some {
            let Some(mut coded) = by_entry.remove(&entry.number) else { continue };
            coded.sort_by(|a, b| key(a).cmp(&key(b)));
            if !visit(entry, coded)? {
                return Ok(());
            }
        }
        (rest, next) = (others, (next * 8).min(AT_MOST));
    }
    Ok(())
}

/// What decides the order of codings of an entry: place, code, rule, and coder.
fn key(one: &Coded) -> impl Ord + '_ {
    (one.span, one.code, one.rule, &one.coder)
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
