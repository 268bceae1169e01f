//! A codebook file looked through: what its reader says, what it most likely does not mean, and its examples.

use std::{collections::BTreeSet, path::Path};

use super::lint::lint_study;
use crate::{
    codebook::{Codebook, lint},
    diagnostic::{Diagnostic, Severity},
    text::Language,
    workflow::{
        ExampleFailure, Progress, WorkflowError, Workspace, check_examples,
        workspace::{read_with_findings, shown_findings},
    },
};

/// What a check found.
#[derive(Debug)]
pub struct CodebookCheck {
    /// The codebook.
    pub codebook: Codebook,
    /// Warnings and notes in the order of the file, rendered; those about the whole file last.
    pub findings: Vec<String>,
    /// How many of them are warnings.
    pub warnings: usize,
    /// Examples that the rules do not treat as the codebook says.
    pub failures: Vec<ExampleFailure>,
}

impl CodebookCheck {
    /// Returns how many things a person must mend.
    pub fn problems(&self) -> usize {
        self.warnings + self.failures.len()
    }
}

/// Looks through a codebook file; with a study, also at what its rules find there. `notes` also asks for small matters.
///
/// # Errors
/// Fails when the file cannot be read or has errors, or the study cannot be brought up to date.
pub fn check_codebook(
    (path, shown): (&Path, &str),
    workspace: Option<&Workspace>,
    notes: bool,
    progress: &dyn Progress,
) -> Result<CodebookCheck, WorkflowError> {
    let (codebook, source, mut findings) = read_with_findings(path, shown)?;
    let mut languages: BTreeSet<Language> = codebook.languages.iter().collect();
    if let Some(workspace) = workspace {
        let heads = workspace.store.heads(codebook.languages)?;
        languages.extend(heads.iter().flat_map(|head| head.entry.languages.iter()));
        findings.extend(lint_study(workspace, codebook.clone(), notes, progress)?);
    }
    let languages: Vec<Language> = languages.into_iter().collect();
    findings.extend(lint(&codebook, &source, &languages, notes));
    findings.sort_by_key(|finding| finding.span.as_ref().map_or(usize::MAX, |span| span.start));
    let is_warning = |finding: &&Diagnostic| finding.severity == Severity::Warning;
    let warnings = findings.iter().filter(is_warning).count();
    let failures = check_examples(&codebook);
    Ok(CodebookCheck { findings: shown_findings(&findings, shown, &source), codebook, warnings, failures })
}
