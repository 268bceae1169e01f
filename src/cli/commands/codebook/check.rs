//! `themata codebook check`.

use std::path::PathBuf;

use clap::Args;

use super::{file, size, study_if_begun};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output},
    },
    table::counted,
    workflow::{self, CodebookCheck, WorkflowError},
};

/// Find what is wrong with a codebook file, and run its examples as tests; exit code 3 when there is something
///
/// In a study that has entries it also says which rules find nearly everything or nothing there.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The file; the study's codebook when not given
    file: Option<PathBuf>,
    /// Also note each rule that finds nothing, and words of definitions that no rule has
    #[arg(long)]
    notes: bool,
}

pub(super) fn execute(place: &Place, arguments: &CheckArgs, output: &mut Output) -> Result<Ended, Failure> {
    let workspace = study_if_begun(place, output)?;
    let (path, shown) = match &workspace {
        Some(workspace) if arguments.file.is_none() => workspace.codebook_path(),
        _ => file(place, arguments.file.as_ref(), output)?,
    };
    match workflow::check_codebook((&path, &shown), workspace.as_ref(), arguments.notes, &Bar::default()) {
        Ok(check) => {
            output.warnings(&check.findings);
            show(&check, &shown, output)?;
            Ok(if check.problems() == 0 { Ended::Done } else { Ended::WithProblems })
        }
        Err(WorkflowError::Findings { text, count, file }) => {
            output.say(&text);
            output.say("");
            output.line(&format!("{file}: {}", counted(count, "error", "errors")))?;
            Ok(Ended::WithProblems)
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows examples that fail, and the sum of it all.
fn show(check: &CodebookCheck, shown: &str, output: &mut Output) -> Result<(), Failure> {
    for failure in &check.failures {
        output.say(&format!("{shown}: code `{}`: {}\n    {}", failure.code, failure.problem, failure.text));
        if !failure.rules.is_empty() {
            output.say(&format!("    by: {}", failure.rules.join("; ")));
        }
        output.say("");
    }
    let notes = match check.findings.len() - check.warnings {
        0 => String::new(),
        notes => format!(", {}", counted(notes, "note", "notes")),
    };
    let problems = counted(check.problems(), "problem", "problems");
    output.line(&format!("{shown}: {}; {problems}{notes}", size(&check.codebook)))
}
