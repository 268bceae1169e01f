//! `themata table`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{
    ending, open_back,
    table_check::{self, CheckArgs},
    write_file,
};
use crate::{
    cli::{
        Ended,
        arguments::{Back, Place},
        bar::Bar,
        kinds::Kind,
        output::{Failure, Output},
    },
    report::format::{FORMATS, Format, by_name, text},
    workflow::{self, TableOptions, WorkflowError},
};

/// Count: themes and codes, whole or by month, section or attribute; attributes of entries or cases
#[derive(Debug, Args)]
pub(crate) struct TableArgs {
    #[command(subcommand)]
    asked: Asked,
}

#[derive(Debug, Subcommand)]
enum Asked {
    #[command(flatten)]
    Table(Kind<How>),
    Check(CheckArgs),
}

/// How a table is shown.
#[derive(Debug, Args)]
pub(super) struct How {
    /// Percentages even when there are fewer than 20 units
    #[arg(long)]
    percent: bool,
    /// Form of the table; found from the file's ending when not given, else text
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// File to write; standard output when not given
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    back: Back,
}

fn formats() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|(name, _)| *name).collect::<Vec<_>>().into()
}

/// Returns the form that was asked for, or else the one that the file's ending names.
fn format(how: &How) -> Result<Format, WorkflowError> {
    if let Some(named) = if how.json { Some("json") } else { how.format.as_deref() } {
        return Ok(by_name(named).unwrap_or(text));
    }
    match how.output.as_deref().and_then(ending) {
        None => Ok(text),
        Some(name) if name == "txt" => Ok(text),
        Some(name) => by_name(&name).filter(|_| name != "text").ok_or_else(|| {
            let hint = "name the file .csv, .json, .md or .txt, or say the form with --format".to_owned();
            WorkflowError::Unknown { what: "form of a table", name, hint }
        }),
    }
}

pub(super) fn execute(place: &Place, arguments: &TableArgs, output: &mut Output) -> Result<Ended, Failure> {
    let kind = match &arguments.asked {
        Asked::Table(kind) => kind,
        Asked::Check(check) => return table_check::execute(check, output),
    };
    let (kind, options, how) = kind.asked();
    let options = TableOptions { always_percent: how.percent, ..options };
    let format = format(how)?;
    let mut workspace = open_back(place, &how.back, output)?;
    let table = workflow::table(&mut workspace, &kind, &options, &Bar::default())?;
    let text = format(&table);
    match &how.output {
        Some(path) => write_file(path, text.as_bytes(), output)?,
        None => output.bytes(text.as_bytes())?,
    }
    Ok(Ended::Done)
}
