//! `themata table`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{ending, open_back, write_file};
use crate::{
    cli::{
        Ended,
        arguments::{Back, CountsWord, Of, Place, UnitWord},
        bar::Bar,
        output::{Failure, Output},
    },
    report::format::{FORMATS, Format, by_name, text},
    workflow::{self, TableKind, TableOptions, WorkflowError},
};

/// Count: themes and codes, whole or by month, section or attribute; attributes of entries or cases
#[derive(Debug, Args)]
pub(crate) struct TableArgs {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Themes and codes: n of N
    Frequency {
        /// A column for each value: month, section, or an attribute of entries
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Values of an attribute, such as `attribute need --of cases`
    Attribute {
        /// Name of the attribute
        name: String,
        /// Of what
        #[arg(long, value_enum, default_value_t = Of::Entries)]
        of: Of,
        #[command(flatten)]
        how: How,
    },
    /// Themes and codes by the values of an attribute of entries
    Crosstab {
        /// Name of the attribute, or `section`
        name: String,
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Themes and codes by month, with every month of the range
    Trend {
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
}

/// What is counted of themes and codes.
#[derive(Debug, Clone, Args)]
pub(super) struct What {
    /// What is counted
    #[arg(long, value_enum, default_value_t = UnitWord::Entry)]
    unit: UnitWord,
    /// Which codings are counted
    #[arg(long, value_enum)]
    counts: Option<CountsWord>,
    /// Whose codings are counted: a coder's id, any, or consensus [default: consensus where something was adjudicated, else any]
    #[arg(long, value_name = "ID")]
    coder: Option<String>,
}

impl What {
    /// Returns how to count.
    pub(super) fn options(&self, always_percent: bool) -> TableOptions {
        TableOptions {
            unit: self.unit.into(),
            counts: self.counts.map(Into::into),
            coder: self.coder.clone(),
            always_percent,
        }
    }
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
    let (kind, what, how) = match &arguments.kind {
        Kind::Frequency { by: None, what, how } => (TableKind::Frequency, Some(what), how),
        Kind::Frequency { by: Some(name), what, how } | Kind::Crosstab { name, what, how } => {
            (TableKind::Crosstab(name.clone()), Some(what), how)
        }
        Kind::Trend { what, how } => (TableKind::Trend, Some(what), how),
        Kind::Attribute { name, of, how } => {
            let of = (*of).into();
            (TableKind::Attribute { name: name.clone(), of }, None, how)
        }
    };
    let options = match what {
        Some(what) => what.options(how.percent),
        // Entries or cases are counted, and no codings.
        None => TableOptions { always_percent: how.percent, ..TableOptions::default() },
    };
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
