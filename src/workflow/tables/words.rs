//! The words with which a code's segments show it, as they are written.

use std::collections::{BTreeMap, BTreeSet};

use super::TableOptions;
use crate::{
    analysis::Coded,
    table::{Basis, Evidence, EvidenceOf, FEW_UNITS, Level, Precision, Row, Table, Unit, number, percent, plural},
    text::Span,
    workflow::{
        Counted, Fresh, WorkflowError, Workspace, counting,
        segments::{codes_of, each_behind, joined_of},
        texts::Texts,
    },
};

/// Returns the words of a stretch as one line in small letters: forms that differ in case alone are one.
fn form(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Returns the forms that are evidence of codings.
pub(in crate::workflow) fn forms_in<'c>(coded: impl IntoIterator<Item = &'c Coded>, text: &str) -> BTreeSet<String> {
    coded.into_iter().flat_map(|one| one.evidence.iter().map(|mark| form(mark.of(text)))).collect()
}

/// The forms of a code's segments.
#[derive(Default)]
struct Found {
    /// In how many segments each is.
    forms: BTreeMap<String, u64>,
    /// All segments.
    total: u64,
    /// Segments without any.
    without: u64,
}

fn found(workspace: &Workspace, fresh: &Fresh, evidence: &Evidence) -> Result<Found, WorkflowError> {
    let texts = Texts::of(workspace);
    let mut all = Found::default();
    each_behind(fresh, evidence, &[codes_of(fresh, evidence)?], &|_| true, |entry, coded| {
        let read = texts.read(entry)?;
        let mut by_segment: BTreeMap<Span, Vec<&Coded>> = BTreeMap::new();
        let joined = joined_of(&coded);
        for one in &coded {
            by_segment.entry(joined(one.span)).or_default().push(one);
        }
        for coded in by_segment.values() {
            let forms = forms_in(coded.iter().copied(), &read.text);
            all.total += 1;
            all.without += u64::from(forms.is_empty());
            forms.into_iter().for_each(|form| *all.forms.entry(form).or_default() += 1);
        }
        Ok(true)
    })?;
    Ok(all)
}

pub(super) fn table(
    workspace: &Workspace,
    fresh: &Fresh,
    code: &str,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let counted = fresh.counted(options.counts, options.coder.as_deref());
    let Found { forms, total, without } =
        found(workspace, fresh, &counted.evidence(EvidenceOf::Code(code.to_owned()), Unit::Segment))?;
    let label = fresh.tree.row(code).map_or(code, |row| row.label.as_str());
    let precision = Precision::for_total(total, options.always_percent);
    let mut ordered: Vec<(String, u64)> = forms.into_iter().collect();
    ordered.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let row = |(form, n): (String, u64)| {
        let evidence = counted.evidence(EvidenceOf::Word(code.to_owned(), form.clone()), Unit::Segment);
        let row = Row::of(Level::Value, (form.clone(), form), Unit::Segment, (n, total), &evidence);
        row.share(percent(n, total, precision), FEW_UNITS)
    };
    let notes = notes(fresh, &counted, without)?;
    Ok(Table {
        table: format!("words {code}"),
        title: format!("Words of {label}: segments"),
        unit: Unit::Segment,
        counts: Some(counted.counts),
        coder: Some(counted.coder.clone()),
        total,
        basis: Basis { only_read: counted.only.is_some(), ..Basis::default() },
        parameters: BTreeMap::from([("code".to_owned(), code.to_owned())]),
        notes,
        rows: ordered.into_iter().map(row).collect(),
        tests: Vec::new(),
    })
}

fn notes(fresh: &Fresh, counted: &Counted<'_>, without: u64) -> Result<Vec<String>, WorkflowError> {
    let mut notes = counting::which_and_whose(counted)?;
    notes.push(
        "n: segments of the code in which the words stand as evidence of one of its rules; case is not told apart. N: the segments of the code. A segment can have several.".to_owned(),
    );
    if without > 0 {
        notes.push(format!(
            "{} {} no words that a rule matched: a person coded {}.",
            number(without),
            plural(without, "segment has", "segments have"),
            plural(without, "it", "them")
        ));
    }
    notes.extend(counting::others(fresh, counted)?);
    Ok(notes)
}
