//! `themata chart`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{ending, open_back, table::What, write_file};
use crate::{
    cli::{
        Ended,
        arguments::{Back, Of, Place},
        bar::Bar,
        output::{Failure, Output},
    },
    workflow::{self, TableKind, TableOptions, WorkflowError},
};

/// Draw a table: bars, or a line over the months
#[derive(Debug, Args)]
pub(crate) struct ChartArgs {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Bars of themes and codes
    Frequency {
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        picture: Picture,
    },
    /// Themes over the months
    Trend {
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        picture: Picture,
    },
    /// Bars of an attribute's values
    Attribute {
        /// Name of the attribute
        name: String,
        /// Of what
        #[arg(long, value_enum, default_value_t = Of::Entries)]
        of: Of,
        #[command(flatten)]
        picture: Picture,
    },
}

/// Where the picture goes.
#[derive(Debug, Args)]
struct Picture {
    /// The picture: a file ending in .svg or .png
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    back: Back,
}

pub(super) fn execute(place: &Place, arguments: &ChartArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (kind, options, Picture { output: path, back }) = match &arguments.kind {
        Kind::Frequency { what, picture } => (TableKind::Frequency, what.options(false), picture),
        Kind::Trend { what, picture } => (TableKind::Trend, what.options(false), picture),
        Kind::Attribute { name, of, picture } => {
            (TableKind::Attribute { name: name.clone(), of: (*of).into() }, TableOptions::default(), picture)
        }
    };
    let ending = ending(path).unwrap_or_default();
    if !["svg", "png"].contains(&ending.as_str()) {
        let hint = "name the file .svg or .png".to_owned();
        return Err(WorkflowError::Unknown { what: "kind of picture", name: ending, hint }.into());
    }
    let mut workspace = open_back(place, back, output)?;
    let table = workflow::table(&mut workspace, &kind, &options, &Bar::default())?;
    let svg = workflow::chart_of(&table);
    let lost = workflow::lost_characters(&svg)?;
    if !lost.is_empty() {
        output.say(&format!("warning: {lost}"));
    }
    let bytes = if ending == "png" { workflow::figure_png(&svg)? } else { svg.into_bytes() };
    write_file(path, &bytes, output)?;
    Ok(Ended::Done)
}
