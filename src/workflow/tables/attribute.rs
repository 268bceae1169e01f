//! Attributes of entries and of cases.

use super::{TableOptions, capital, no_attribute};
use crate::{
    analysis::{AttributeQuestion, attribute_table, responses},
    corpus::{Case, CaseRegister},
    table::{Table, Unit},
    workflow::{Fresh, WorkflowError, Workspace, cases::register},
};

/// Splits cells of the case register, or an attribute of entries, into their values, when some cell holds several; else the whole
/// cell is the value.
pub(in crate::workflow) fn values_of(cells: &[Option<String>]) -> Vec<Vec<String>> {
    let several = cells.iter().flatten().any(|cell| responses(cell).len() > 1);
    let split = |cell: &Option<String>| match cell {
        None => Vec::new(),
        Some(cell) if several => responses(cell),
        Some(cell) => vec![cell.clone()],
    };
    cells.iter().map(split).collect()
}

/// Returns the value of an attribute of every entry.
pub(in crate::workflow) fn entry_values(fresh: &Fresh, name: &str) -> Result<Vec<Option<String>>, WorkflowError> {
    let values: Vec<Option<String>> = fresh.heads.iter().map(|head| head.entry.attribute(name)).collect();
    if values.iter().any(Option::is_some) {
        return Ok(values);
    }
    if name == "section" {
        let hint = "codes are counted by section: themata table crosstab section".to_owned();
        return Err(WorkflowError::Unknown { what: "attribute of entries", name: name.to_owned(), hint });
    }
    Err(no_attribute(fresh.heads.iter().map(|head| &head.entry), name, false))
}

pub(super) fn of_entries(
    fresh: &Fresh,
    name: &str,
    by: Option<&str>,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let values = values_of(&entry_values(fresh, name)?);
    let groups = by.map(|by| entry_values(fresh, by)).transpose()?;
    let mut table = counted((name, Unit::Entry), &values, by.zip(groups.as_deref()), options)?;
    table.notes.insert(0, format!("N: entries with a value of {name}."));
    Ok(table)
}

fn counted(
    (name, unit): (&str, Unit),
    values: &[Vec<String>],
    by: Option<(&str, &[Option<String>])>,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let question = AttributeQuestion { name, unit, values, by, always_percent: options.always_percent };
    let mut table = attribute_table(&question)?;
    let by = by.map(|(by, _)| format!(" by {by}")).unwrap_or_default();
    table.title = format!("{}{by}: {}", capital(name), unit.word(2));
    Ok(table)
}

fn cells(register: &CaseRegister, name: &str) -> Result<Vec<Option<String>>, WorkflowError> {
    if !register.columns.iter().any(|column| column == name) {
        let hint = format!("known: {}", register.columns.join(", "));
        return Err(WorkflowError::Unknown { what: "column of the case register", name: name.to_owned(), hint });
    }
    let value = |case: &Case| case.attributes.get(name).filter(|value| !value.is_empty()).cloned();
    Ok(register.cases.iter().map(value).collect())
}

/// Returns the value of an attribute of every case of the register, as it was last ingested.
pub(in crate::workflow) fn case_values(
    workspace: &Workspace,
    name: &str,
) -> Result<Vec<Option<String>>, WorkflowError> {
    let Some((register, _)) = register(workspace)? else {
        let hint = match workspace.study.cases {
            None => "name one in themata.toml under [cases] with path and id, then `themata ingest`",
            Some(_) => "it was not read yet, or could not be: `themata ingest` says why",
        };
        return Err(WorkflowError::Unknown { what: "case register", name: "cases".to_owned(), hint: hint.to_owned() });
    };
    cells(&register, name)
}

pub(super) fn of_cases(
    workspace: &Workspace,
    name: &str,
    by: Option<&str>,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let values = values_of(&case_values(workspace, name)?);
    let groups = by.map(|by| case_values(workspace, by)).transpose()?;
    if let (Some(by), true) = (by, groups.iter().flatten().flatten().any(|cell| responses(cell).len() > 1)) {
        return Err(WorkflowError::Refused {
            what: format!("cases have several values of `{by}`: it cannot be columns"),
            hint: format!("themata table attribute {by} --of cases --by {name}"),
        });
    }
    let mut table = counted((name, Unit::Case), &values, by.zip(groups.as_deref()), options)?;
    let one = if values.iter().any(|values| values.len() > 1) { "" } else { "; one value a case" };
    table.notes.insert(0, format!("N: cases of the register with a value of {name}{one}."));
    Ok(table)
}
