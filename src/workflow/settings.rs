//! What the settings ask of the report, proved on the study as it is: names that nothing has.

use super::{
    Fresh, WorkflowError, Workspace,
    cases::register,
    tables::{case_values, split},
    workspace::refused,
};
use crate::{diagnostic::Diagnostic, study};

/// Finds names under `[report]` that no entry or case has.
///
/// # Errors
/// Fails with every such name, its key and its place in the file.
pub fn check_report_settings(workspace: &Workspace, fresh: &Fresh) -> Result<(), WorkflowError> {
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
    // Without a register the report has no tables of cases.
    let has_cases = register(workspace)?.is_some();
    for (name, place) in report.case_attributes.iter().flatten().zip(case_places).filter(|_| has_cases) {
        find("case_attributes", place, case_values(workspace, name).map(drop))?;
    }
    if findings.is_empty() { Ok(()) } else { Err(refused(study::FILE, &workspace.settings, &findings)) }
}
