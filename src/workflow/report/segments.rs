//! The words behind the numbers of the report.

use std::collections::{BTreeMap, BTreeSet};

use super::covered;
use crate::{
    analysis::{Coded, Status},
    codebook::Code,
    corpus::{Entry, PartialDate},
    report::{Segment, SegmentList},
    table::{EvidenceOf, Unit},
    text::{CodePoints, Span},
    workflow::{Fresh, WorkflowError, Workspace, segments::each_behind, texts::Texts},
};

/// Lists the segments of every code, up to the number that the settings allow.
pub(super) fn segment_lists(
    workspace: &Workspace,
    fresh: &Fresh,
    texts: &Texts<'_>,
) -> Result<Vec<SegmentList>, WorkflowError> {
    let limit = workspace.study.report.segments_per_number;
    let counted = fresh.counted(None, None);
    let mut lists = Vec::new();
    for (index, code) in (0_u32..).zip(&fresh.codebook.codes) {
        let of = EvidenceOf::Code(code.id.to_string());
        let evidence = counted.evidence(of, Unit::Entry);
        let mut list = SegmentList {
            code: code.id.to_string(),
            total: 0,
            command: format!("themata segments {evidence}"),
            segments: Vec::new(),
        };
        if fresh.tree.row(code.id.as_str()).is_some() {
            list.total = counted.distinct_ranges(&[index], ["start", "end"])?;
            each_behind(fresh, &evidence, &[&[index]], &|_| true, |entry, coded| {
                add_segments(workspace, texts, code, (entry, coded), limit, &mut list)?;
                Ok(list.segments.len() < limit)
            })?;
        }
        lists.push(list);
    }
    Ok(lists)
}

fn add_segments(
    workspace: &Workspace,
    texts: &Texts<'_>,
    code: &Code,
    (entry, coded): (&Entry, Vec<Coded>),
    limit: usize,
    list: &mut SegmentList,
) -> Result<(), WorkflowError> {
    let mut by_span: BTreeMap<Span, Vec<Coded>> = BTreeMap::new();
    for one in coded {
        by_span.entry(one.span).or_default().push(one);
    }
    let room = limit.saturating_sub(list.segments.len());
    if room == 0 || by_span.is_empty() {
        return Ok(());
    }
    let read = texts.read(entry)?;
    let text = read.text.as_str();
    let points = CodePoints::new(text);
    for (span, coded) in by_span.into_iter().take(room) {
        let marks = Span::joined(coded.iter().flat_map(|one| one.evidence.iter().copied()).collect());
        let inside = |mark: &Span| {
            (mark.start.saturating_sub(span.start) as usize, mark.end.saturating_sub(span.start) as usize)
        };
        let joined = marks.iter().map(inside).collect();
        let rules: BTreeSet<u32> = coded.iter().map(|one| one.rule).collect();
        let rules: Vec<&str> =
            rules.iter().filter_map(|rule| code.rules.get(*rule as usize)).map(|rule| rule.text.as_str()).collect();
        let section = coded.first().map(|one| one.section.clone()).unwrap_or_default();
        let given = [("section".to_owned(), section.clone()), ("entry".to_owned(), entry.id.to_string())];
        let mut attributes = BTreeMap::from(given);
        // As in the tables: attributes that happen to be called so stand for neither section nor month.
        attributes.extend(entry.date.and_then(PartialDate::month_label).map(|month| ("month".to_owned(), month)));
        for name in
            workspace.study.report.by.iter().filter(|name| !["month", "section", "entry"].contains(&name.as_str()))
        {
            attributes.extend(entry.attribute(name).map(|value| (name.clone(), value)));
        }
        let (shown, joined) = cut(span.of(text), joined);
        list.segments.push(Segment {
            entry: entry.id.to_string(),
            date: entry.date.and_then(PartialDate::in_words).unwrap_or_default(),
            section,
            place: points.of_span(span),
            text: shown,
            marks: joined,
            negated: coded.iter().all(|one| one.negated),
            rule: rules.join("; "),
            status: status(&coded),
            sentences: coded.first().map(|one| covered::sentences(&read.outline, one)).unwrap_or_default(),
            paragraphs: coded.first().map(|one| covered::paragraphs(&read.outline, one)).unwrap_or_default(),
            attributes,
        });
    }
    Ok(())
}

/// Says where a segment stands between rules and people: `accepted by coder-a, coder-b; coded by coder-c`.
fn status(coded: &[Coded]) -> String {
    let mut by_status: BTreeMap<Status, BTreeSet<&str>> = BTreeMap::new();
    for one in coded {
        by_status.entry(one.status).or_default().extend(one.coder.as_ref().map(|coder| coder.as_str()));
    }
    let words = |(status, coders): (Status, BTreeSet<&str>)| match coders.into_iter().collect::<Vec<_>>() {
        nobody if nobody.is_empty() => status.word().to_owned(),
        coders => format!("{} by {}", status.word(), coders.join(", ")),
    };
    by_status.into_iter().map(words).collect::<Vec<_>>().join("; ")
}

/// Longer segments are shown on the page from their beginning on to about here; `themata segments` has all of them.
pub(super) const LONGEST_SHOWN: usize = 4000;

/// Cuts an unusually long segment for the page, between characters, and leaves out the marks behind the cut.
fn cut(text: &str, mut marks: Vec<(usize, usize)>) -> (String, Vec<(usize, usize)>) {
    if text.len() <= LONGEST_SHOWN {
        return (text.to_owned(), marks);
    }
    let mut end = LONGEST_SHOWN;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    marks.retain(|(_, to)| *to <= end);
    let left = text.get(end..).unwrap_or_default().chars().count();
    (format!("{} … [{left} more characters]", text.get(..end).unwrap_or_default()), marks)
}
