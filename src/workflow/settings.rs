//! What the settings ask of the report, proved on the study as it is: names that nothing has.

use super::{
    Fresh, WorkflowError, Workspace,
    cases::register,
    report::requested,
    tables::{TableKind, case_values, entry_values, split},
    workspace::refused,
};
use crate::{diagnostic::Diagnostic, study, table::Unit};

/// Finds names under `[report]` that no entry or case has.
///
/// # Errors
/// Fails with every such name, its key and its place in the file.
pub(super) fn check_report_settings(workspace: &Workspace, fresh: &Fresh) -> Result<(), WorkflowError> {
    let report = &workspace.study.report;
    let [by_places, case_places] = &report.places;
    let mut findings = Vec::new();
    let mut find = |key: &str, place: &std::ops::Range<usize>, known: Result<(), WorkflowError>| match known {
        Err(WorkflowError::Unknown { what, name, hint }) => {
            let message = format!("there is no {what} `{name}` for `{key}` under [report]");
            findings.push(Diagnostic::error(message, Some(place.clone())).hint(hint));
            Ok(())
        }
        other => other,
    };
    for (name, place) in report.by.iter().zip(by_places) {
        find("by", place, split(fresh, name).map(drop))?;
    }
    // A register that could not be read is told when it is read; the report has no tables of cases then.
    let can_be_known = workspace.study.cases.is_none() || register(workspace)?.is_some();
    for (name, place) in report.case_attributes.iter().flatten().zip(case_places).filter(|_| can_be_known) {
        find("case_attributes", place, case_values(workspace, name).map(drop))?;
    }
    let known: Vec<&str> = fresh.tree.rows.iter().map(|row| row.id.as_str()).collect();
    for (id, place) in report.label_places.iter().filter(|(id, _)| !known.contains(&id.as_str())) {
        let message = format!("there is no theme or code `{id}` for `labels` under [report]");
        let hint = crate::diagnostic::meant_or_known(id, &known);
        findings.push(Diagnostic::error(message, Some(place.clone())).hint(hint));
    }
    for request in report.tables.iter().flatten() {
        let asked = requested(request).and_then(|(kind, _)| match kind {
            TableKind::Crosstab(name) => split(fresh, &name).map(drop),
            TableKind::Words(code) => match fresh.tree.row(&code) {
                Some(_) => Ok(()),
                None => {
                    let hint = crate::diagnostic::meant_or_known(&code, &known);
                    Err(WorkflowError::Unknown { what: "code", name: code, hint })
                }
            },
            TableKind::Attribute { name, of: Unit::Case, by } => {
                std::iter::once(&name).chain(&by).try_for_each(|name| case_values(workspace, name).map(drop))
            }
            TableKind::Attribute { name, by, .. } => {
                std::iter::once(&name).chain(&by).try_for_each(|name| entry_values(fresh, name).map(drop))
            }
            _ => Ok(()),
        });
        match asked {
            Err(WorkflowError::Unknown { what, name, hint }) => {
                let message = format!("there is no {what} `{name}` for [[report.table]]");
                findings.push(Diagnostic::error(message, Some(request.place.clone())).hint(hint));
            }
            Err(WorkflowError::Refused { what, hint }) => {
                findings.push(Diagnostic::error(what, Some(request.place.clone())).hint(hint));
            }
            other => other?,
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(refused(study::FILE, &workspace.settings, &findings)) }
}
