//! `themata excerpts`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ending, open_back, write_file};
use crate::{
    cli::{
        Ended,
        arguments::{Back, Place},
        bar::Bar,
        output::{Failure, Output},
    },
    report::excerpts as forms,
    workflow::{self, ExcerptChoice, ExcerptUnit, WorkflowError},
};

/// Excerpts for the manuscript
#[derive(Debug, Args)]
pub(crate) struct ExcerptsArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Write excerpts of a theme or code, verbatim, with attribution, spread over entries
    Export(ExportArgs),
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// Id of a theme; may be given more than once
    #[arg(long, value_name = "T")]
    theme: Vec<String>,
    /// Id of a code; may be given more than once
    #[arg(long, value_name = "C")]
    code: Vec<String>,
    /// How much of the text
    #[arg(long, value_enum, default_value_t = UnitWord::Sentence)]
    unit: UnitWord,
    /// At most so many of each theme or code
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Form; found from the file's ending when not given, else md
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// File to write; standard output when not given
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    back: Back,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitWord {
    Sentence,
    Paragraph,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Md,
    Csv,
    Docx,
}

/// Returns the form that was asked for, or else the one that the file's ending names.
fn form(arguments: &ExportArgs) -> Result<Form, WorkflowError> {
    if let Some(form) = arguments.format {
        return Ok(form);
    }
    match arguments.output.as_deref().and_then(ending) {
        None => Ok(Form::Md),
        Some(name) => Form::from_str(&name, true).map_err(|_| {
            let hint = "name the file .md, .csv or .docx, or say the form with --format".to_owned();
            WorkflowError::Unknown { what: "form of excerpts", name, hint }
        }),
    }
}

pub(super) fn execute(place: &Place, arguments: &ExcerptsArgs, output: &mut Output) -> Result<Ended, Failure> {
    let Deed::Export(arguments) = &arguments.deed;
    let form = form(arguments)?;
    let mut workspace = open_back(place, &arguments.back, output)?;
    let fresh = workflow::fresh(&mut workspace, &Bar::default())?;
    output.warnings(&fresh.warnings);
    let choice = ExcerptChoice {
        themes: arguments.theme.clone(),
        codes: arguments.code.clone(),
        unit: if arguments.unit == UnitWord::Paragraph { ExcerptUnit::Paragraph } else { ExcerptUnit::Sentence },
        limit: arguments.limit,
        longest: None,
    };
    let groups = workflow::excerpts(&workspace, &fresh, &choice)?;
    let banner = workflow::banner(&fresh)?;
    let bytes = match form {
        Form::Md => forms::markdown(&groups, banner.as_ref()).into_bytes(),
        Form::Csv => forms::csv(&groups).into_bytes(),
        Form::Docx => forms::docx(&groups, &workspace.study.title, banner.as_ref()).map_err(|reason| {
            WorkflowError::Document { what: "the document".to_owned(), reason: reason.to_string() }
        })?,
    };
    match &arguments.output {
        Some(path) => write_file(path, &bytes, output)?,
        None => output.bytes(&bytes)?,
    }
    output.say(
        "Excerpts are verbatim: names and places of people are in them. Read each one before it leaves this machine.",
    );
    Ok(Ended::Done)
}
