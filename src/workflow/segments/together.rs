//! The units in which two codes or themes stand together.

use super::coded::{in_order, range, row_of};
use crate::{
    analysis::{Coded, Standing, TreeRow, shared_units},
    table::Together,
    text::{Outline, Span},
    workflow::{Fresh, WorkflowError},
};

/// Returns the rows of a pair.
pub(super) fn rows_of<'f>(fresh: &'f Fresh, (first, second): (&str, &str)) -> Result<[&'f TreeRow; 2], WorkflowError> {
    Ok([row_of(fresh, first, "theme or code")?, row_of(fresh, second, "theme or code")?])
}

fn standing(one: &Coded) -> Standing {
    Standing { span: one.span, sentences: one.sentences, paragraphs: one.paragraphs }
}

/// Returns the codings of both rows in the units that they share.
pub(super) fn in_shared(
    rows: [&TreeRow; 2],
    level: Together,
    coded: Vec<Coded>,
    parts: &Outline,
) -> Vec<(Span, Coded)> {
    let [first, second] =
        rows.map(|row| coded.iter().filter(|one| row.codes.contains(&one.code)).map(standing).collect::<Vec<_>>());
    let shared = shared_units(&first, &second, level);
    let mut lines: Vec<(Span, Coded)> = Vec::new();
    for one in coded {
        let spans: Vec<Span> = match level {
            Together::Entry if !shared.is_empty() => vec![one.span],
            Together::Entry => Vec::new(),
            Together::Segment => {
                shared.contains(&(one.span.start, one.span.end)).then_some(one.span).into_iter().collect()
            }
            Together::Overlap => {
                let stretches = shared.iter().map(|(start, end)| Span { start: *start, end: *end });
                stretches.filter(|stretch| stretch.overlaps(one.span)).collect()
            }
            Together::Sentence => {
                let at = |at: &usize| u32::try_from(*at).is_ok_and(|at| shared.contains(&(at, 0)));
                range(one.sentences).filter(at).filter_map(|at| parts.sentences.get(at)).map(|one| one.span).collect()
            }
            Together::Paragraph => {
                let at = |at: &usize| u32::try_from(*at).is_ok_and(|at| shared.contains(&(at, 0)));
                range(one.paragraphs).filter(at).filter_map(|at| parts.paragraphs.get(at)).map(|one| one.span).collect()
            }
        };
        lines.extend(spans.into_iter().map(|span| (span, one.clone())));
    }
    in_order(&mut lines);
    lines
}
