//! `themata chart`.

use std::path::PathBuf;

use clap::Args;

use super::{ending, open_back, write_file};
use crate::{
    cli::{
        Ended,
        arguments::{Back, Place},
        bar::Bar,
        kinds::Kind,
        output::{Failure, Output},
    },
    workflow::{self, WorkflowError},
};

/// Draw a table: bars, or a line over the months
#[derive(Debug, Args)]
pub(crate) struct ChartArgs {
    #[command(subcommand)]
    kind: Kind<Picture>,
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
    let (kind, options, Picture { output: path, back }) = arguments.kind.asked();
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
