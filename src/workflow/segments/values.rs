//! Cases and entries behind a number: those with a value, those without a code, those that nobody has read.

use super::{Line, coded::row_of, known_value};
use crate::{
    table::Evidence,
    workflow::{
        Fresh, WorkflowError, Workspace,
        cases::register,
        tables::{case_values, entry_values, values_of},
    },
};

/// Name and value of an attribute.
type Pair = (String, String);

/// Returns for every unit whether it has a value, and stands in the column.
fn fitting(
    (name, value): (&str, &str),
    values: &[Vec<String>],
    column: Option<(&Pair, Vec<Option<String>>)>,
) -> Result<Vec<bool>, WorkflowError> {
    known_value(name, value, values.iter().flatten().map(String::as_str))?;
    if let Some(((by, group), groups)) = &column {
        known_value(by, group, groups.iter().flatten().map(String::as_str))?;
    }
    let in_column = |at: usize| {
        column.as_ref().is_none_or(|((_, group), groups)| groups.get(at).is_some_and(|own| own.as_ref() == Some(group)))
    };
    let has = |(at, values): (usize, &Vec<String>)| values.iter().any(|own| own == value) && in_column(at);
    Ok(values.iter().enumerate().map(has).collect())
}

pub(super) fn cases(
    workspace: &Workspace,
    (name, value): (&str, &str),
    split: Option<&Pair>,
) -> Result<Vec<Line>, WorkflowError> {
    let column = split.map(|split| Ok::<_, WorkflowError>((split, case_values(workspace, &split.0)?))).transpose()?;
    let fits = fitting((name, value), &values_of(&case_values(workspace, name)?), column)?;
    let register = register(workspace)?.map(|(register, _)| register).unwrap_or_default();
    let cases = register.cases.into_iter().zip(fits).filter(|(_, fits)| *fits);
    Ok(cases.map(|(case, _)| Line::Case { case: case.id }).collect())
}

pub(super) fn entries(
    fresh: &Fresh,
    (name, value): (&str, &str),
    split: Option<&Pair>,
) -> Result<Vec<Line>, WorkflowError> {
    let column = split.map(|split| Ok::<_, WorkflowError>((split, entry_values(fresh, &split.0)?))).transpose()?;
    let values = values_of(&entry_values(fresh, name)?);
    let fits = fitting((name, value), &values, column)?;
    let entries = fresh.heads.iter().zip(fits).filter(|(_, fits)| *fits);
    Ok(entries.map(|(head, _)| Line::Entry { entry: head.entry.id.to_string() }).collect())
}

/// Lists the entries in N that do not have a theme or code.
pub(super) fn without(fresh: &Fresh, id: &str, evidence: &Evidence) -> Result<Vec<Line>, WorkflowError> {
    let codes = &row_of(fresh, id, "theme or code")?.codes;
    let counted = fresh.counted(evidence.counts, evidence.coder.as_deref());
    let met = counted.met()?;
    let numbers =
        fresh.heads.iter().filter(|head| counted.has(head.entry.number) && !met.has(codes, head.entry.number));
    Ok(numbers.map(|head| Line::Entry { entry: head.entry.id.to_string() }).collect())
}

/// Lists the entries that the counted coders have not marked as read in full; none when nobody marks any.
pub(super) fn unread(fresh: &Fresh, evidence: &Evidence) -> Result<Vec<Line>, WorkflowError> {
    let counted = fresh.counted(evidence.counts, evidence.coder.as_deref());
    let Some(read) = counted.only else { return Ok(Vec::new()) };
    let unread = fresh.heads.iter().filter(|head| !read.contains(&head.entry.number));
    Ok(unread.map(|head| Line::Entry { entry: head.entry.id.to_string() }).collect())
}
