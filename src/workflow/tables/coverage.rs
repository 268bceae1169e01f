//! How much of the coding, of the text and of a thousand words each theme and code takes.

use std::collections::BTreeMap;

use super::{TableOptions, codes::reflexive};
use crate::{
    analysis::{Codings, TreeRow},
    table::{
        Basis, EvidenceOf, Further, Level, Measure, NO_DENOMINATOR, Precision, Row, Table, Unit, Value, number, percent,
    },
    text::{CodePoints, Outline, Span},
    workflow::{Counted, Fresh, WorkflowError, Workspace, counting, texts::Texts},
};

/// What is known of one row.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    segments: u64,
    characters: u64,
}

/// Sizes of all entries in N.
#[derive(Debug, Clone, Copy, Default)]
struct Whole {
    characters: u64,
    words: u64,
    segments: u64,
}

pub(super) fn table(workspace: &Workspace, fresh: &Fresh, options: &TableOptions) -> Result<Table, WorkflowError> {
    let counted = fresh.counted(options.counts, options.coder.as_deref());
    let (extents, whole) = measured(workspace, fresh, &counted)?;
    let mut table = Table {
        table: "coverage".to_owned(),
        title: "Share of coding, coverage and rate of themes and codes".to_owned(),
        unit: Unit::Segment,
        counts: Some(counted.counts),
        coder: Some(counted.coder.clone()),
        total: whole.segments,
        basis: Basis { only_read: counted.only.is_some(), ..Basis::default() },
        parameters: BTreeMap::from([
            ("characters".to_owned(), whole.characters.to_string()),
            ("words".to_owned(), whole.words.to_string()),
        ]),
        notes: counting::which_and_whose(&counted)?,
        rows: Vec::new(),
        tests: Vec::new(),
    };
    for (row, spec) in (0_u32..).zip(&fresh.tree.rows) {
        let extent = extents.get(&row).copied().unwrap_or_default();
        table.rows.push(self::row(spec, &counted, (extent, whole), options.always_percent));
    }
    table.notes.push(format!(
        "n: coded segments; overlapping segments of one row count once. % of segments: of all {} coded segments, each code's own; it says how the coding is shared out, not how much of the data a code takes.",
        number(whole.segments)
    ));
    table.notes.push(format!(
        "% of text: characters that the row's segments cover, of {} characters in paragraphs; headings are not counted. Rate: segments per 1,000 of {} words.",
        number(whole.characters),
        number(whole.words)
    ));
    table.notes.extend(counting::others(fresh, &counted)?);
    table.notes.extend(reflexive(&fresh.codebook));
    Ok(table)
}

/// Measures every row of the tree, and all entries in N.
fn measured(
    workspace: &Workspace,
    fresh: &Fresh,
    counted: &Counted<'_>,
) -> Result<(BTreeMap<u32, Extent>, Whole), WorkflowError> {
    let texts = Texts::of(workspace);
    let mut whole = Whole::default();
    for part in fresh.units.parts()?.iter().filter(|part| counted.has(part.entry)) {
        whole.words += u64::from(part.words);
    }
    for head in fresh.heads.iter().filter(|head| counted.has(head.entry.number)) {
        let read = texts.read(&head.entry)?;
        whole.characters += length(&CodePoints::new(&read.text), &read.outline, None);
    }
    let mut extents: BTreeMap<u32, Extent> = BTreeMap::new();
    counted.each(Codings::COUNTED, |codings| {
        let mut by_entry: BTreeMap<u32, BTreeMap<u32, Vec<Span>>> = BTreeMap::new();
        codings.each_span(|entry, code, span| {
            if counted.has(entry) {
                by_entry.entry(entry).or_default().entry(code).or_default().push(span);
            }
        })?;
        for (number, by_code) in by_entry {
            let Some(entry) = fresh.entry(number) else { continue };
            let read = texts.read(entry)?;
            let points = CodePoints::new(&read.text);
            whole.segments += by_code.values().map(|spans| Span::joined(spans.clone()).len() as u64).sum::<u64>();
            for (row, spec) in (0_u32..).zip(&fresh.tree.rows) {
                let own = spec.codes.iter().filter_map(|code| by_code.get(code)).flatten().copied().collect();
                let spans = Span::joined(own);
                if !spans.is_empty() {
                    let extent = extents.entry(row).or_default();
                    extent.segments += spans.len() as u64;
                    extent.characters += length(&points, &read.outline, Some(&spans));
                }
            }
        }
        Ok(())
    })?;
    Ok((extents, whole))
}

fn row(spec: &TreeRow, counted: &Counted<'_>, (extent, whole): (Extent, Whole), always_percent: bool) -> Row {
    let id = spec.id.clone();
    let of = if spec.level == Level::Theme { EvidenceOf::Theme(id) } else { EvidenceOf::Code(id) };
    let evidence = counted.evidence(of, Unit::Segment);
    let named = (spec.id.clone(), spec.label.clone());
    let row = Row::of(spec.level, named, Unit::Segment, (extent.segments, whole.segments), &evidence);
    Row {
        parent: spec.parent.clone(),
        further: further(extent, whole, always_percent),
        ..row.share(None, NO_DENOMINATOR)
    }
}

/// Returns the code points of some stretches, or all, that stand in paragraphs.
fn length(points: &CodePoints<'_>, outline: &Outline, spans: Option<&[Span]>) -> u64 {
    let size = |span: Span| {
        let (start, end) = points.of_span(span);
        u64::from(end - start)
    };
    let paragraphs = outline.paragraphs.iter().map(|paragraph| paragraph.span);
    match spans {
        None => paragraphs.map(size).sum(),
        Some(spans) => paragraphs
            .flat_map(|paragraph| {
                let from = spans.partition_point(|span| span.end <= paragraph.start);
                let near = spans.get(from..).unwrap_or_default().iter();
                near.take_while(move |span| span.start < paragraph.end)
                    .map(move |span| Span { start: span.start.max(paragraph.start), end: span.end.min(paragraph.end) })
            })
            .map(size)
            .sum(),
    }
}

fn further(extent: Extent, whole: Whole, always_percent: bool) -> Further {
    let share = |n, total, always| match percent(n, total, Precision::for_total(total, always)) {
        Some(percent) => Value::Percent(percent),
        None if total == 0 => Value::Undefined("there is nothing to count".to_owned()),
        None => Value::Undefined("fewer than 20 segments: one of them would be more than 5 %".to_owned()),
    };
    #[allow(clippy::cast_precision_loss, reason = "a rate is shown with one decimal")]
    let rate = match whole.words {
        0 => Value::Undefined("there are no words".to_owned()),
        words => Value::Number(1000.0 * extent.segments as f64 / words as f64, 1),
    };
    Further(vec![
        (Measure::Share, share(extent.segments, whole.segments, always_percent)),
        (Measure::Coverage, share(extent.characters, whole.characters, true)),
        (Measure::Rate, rate),
    ])
}
