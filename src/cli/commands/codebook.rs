//! `themata codebook`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
    },
    table::counted,
    workflow::{WorkflowError, check_examples, read_codebook},
};

/// Look at the codebook
#[derive(Debug, Args)]
pub(crate) struct CodebookArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Find what is wrong with a codebook file, and run its examples as tests; exit code 3 when there is something
    Check {
        /// The file; the study's codebook when not given
        file: Option<PathBuf>,
    },
}

pub(super) fn execute(place: &Place, arguments: &CodebookArgs, output: &mut Output) -> Result<Ended, Failure> {
    let Deed::Check { file } = &arguments.deed;
    let (path, shown) = match file.as_ref().or(place.codebook.as_ref()) {
        Some(path) => (path.clone(), path.display().to_string()),
        None => open(place, output)?.codebook_path(),
    };
    match read_codebook(&path, &shown) {
        Ok((codebook, _, warnings)) => {
            output.warnings(&warnings);
            let (examples, failures) = check_examples(&codebook);
            for failure in &failures {
                output.say(&format!("{shown}: code `{}`: {}\n    {}", failure.code, failure.problem, failure.text));
                if !failure.rules.is_empty() {
                    output.say(&format!("    by: {}", failure.rules.join("; ")));
                }
                output.say("");
            }
            let (themes, codes) = (codebook.themes.len(), codebook.codes.len());
            let rules: usize = codebook.codes.iter().map(|code| code.rules.len()).sum();
            let problems = warnings.len() + failures.len();
            let parts = [
                counted(themes, "theme", "themes"),
                counted(codes, "code", "codes"),
                counted(rules, "rule", "rules"),
                counted(examples, "example", "examples"),
            ];
            output.line(&format!("{shown}: {}; {}", parts.join(", "), counted(problems, "problem", "problems")))?;
            Ok(if problems == 0 { Ended::Done } else { Ended::WithProblems })
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
