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
    report::chart::{Width, with_font},
    workflow::{self, TableKind, WorkflowError},
};

/// Draw a table: bars, grouped bars, lines over the months, maps of pairs, strips of entries, a saturation curve
#[derive(Debug, Args)]
pub(crate) struct ChartArgs {
    #[command(subcommand)]
    kind: Kind<Picture>,
}

/// Where the picture goes.
#[derive(Debug, Args)]
struct Picture {
    /// The picture: a file ending in .svg, .png (300 dots an inch) or .pdf
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Columns of a journal's page that it takes: 1 (3.5 inches) or 2 (7 inches)
    #[arg(long, value_name = "COLUMNS", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    columns: u8,
    #[command(flatten)]
    back: Back,
}

pub(super) fn execute(place: &Place, arguments: &ChartArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (kind, options, Picture { output: path, columns, back }) = arguments.kind.asked();
    if options.test.is_some() {
        let what = "a picture shows no tests".to_owned();
        return Err(WorkflowError::Refused { what, hint: "ask for them with themata table".to_owned() }.into());
    }
    let ending = ending(path).unwrap_or_default();
    if !["svg", "png", "pdf"].contains(&ending.as_str()) {
        let hint = "name the file .svg, .png or .pdf".to_owned();
        return Err(WorkflowError::Unknown { what: "kind of picture", name: ending, hint }.into());
    }
    let width = if *columns == 1 { Width::OneColumn } else { Width::TwoColumns };
    let kind = match kind {
        // A map shows pairs that never meet, too.
        TableKind::Cooccurrence { level, of, .. } => TableKind::Cooccurrence { level, of, all: true },
        kind => kind,
    };
    let mut workspace = open_back(place, back, output)?;
    let (table, order) = workflow::table_to_draw(&mut workspace, &kind, &options, &Bar::default())?;
    let is_whole = table.rows.iter().all(|row| row.column.is_none() && row.month.is_none());
    if options.interval.is_some() && !is_whole {
        let what = "only bars without columns show intervals".to_owned();
        return Err(WorkflowError::Refused { what, hint: "ask for them with themata table".to_owned() }.into());
    }
    let svg = workflow::chart_of(&table, &order, width)?;
    let lost = workflow::lost_characters(&svg)?;
    if !lost.is_empty() {
        output.say(&format!("warning: {lost}"));
    }
    let bytes = match ending.as_str() {
        "png" => workflow::figure_png(&svg, width)?,
        "pdf" => workflow::figure_pdf(&svg)?,
        _ => with_font(&svg).into_bytes(),
    };
    write_file(path, &bytes, output)?;
    Ok(Ended::Done)
}
