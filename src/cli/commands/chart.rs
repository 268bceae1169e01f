//! `themata chart`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{open_read, write_file};
use crate::{
    cli::{
        Ended,
        arguments::{CountsWord, Of, Place, UnitWord},
        bar::Bar,
        output::{Failure, Output},
    },
    workflow::{self, TableKind, TableOptions, WorkflowError},
};

/// Draw a table: bars, or a line over the months
#[derive(Debug, Args)]
pub(crate) struct ChartArgs {
    /// What to draw
    #[arg(value_enum)]
    kind: Kind,
    /// Name of the attribute, for `attribute`
    name: Option<String>,
    /// The picture: a file ending in .svg or .png
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// What is counted
    #[arg(long, value_enum, default_value_t = UnitWord::Entry)]
    unit: UnitWord,
    /// Which codings are counted
    #[arg(long, value_enum)]
    counts: Option<CountsWord>,
    /// Of cases instead of entries, for `attribute`
    #[arg(long, value_enum, default_value_t = Of::Entries)]
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Bars of themes and codes
    Frequency,
    /// Themes over the months
    Trend,
    /// Bars of an attribute's values
    Attribute,
}

pub(super) fn execute(place: &Place, arguments: &ChartArgs, output: &mut Output) -> Result<Ended, Failure> {
    let kind = match (arguments.kind, &arguments.name) {
        (Kind::Frequency, _) => TableKind::Frequency,
        (Kind::Trend, _) => TableKind::Trend,
        (Kind::Attribute, Some(name)) => {
            let of = arguments.of.into();
            TableKind::Attribute { name: name.clone(), of }
        }
        (Kind::Attribute, None) => {
            let hint = "themata chart attribute need --of cases -o need.svg".to_owned();
            return Err(WorkflowError::Unknown { what: "attribute", name: String::new(), hint }.into());
        }
    };
    let ending = arguments.output.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !["svg", "png"].contains(&ending.as_str()) {
        let hint = "name the file .svg or .png".to_owned();
        return Err(WorkflowError::Unknown { what: "kind of picture", name: ending, hint }.into());
    }
    let options =
        TableOptions { unit: arguments.unit.into(), counts: arguments.counts.map(Into::into), always_percent: false };
    let mut workspace = open_read(place, output)?;
    let table = workflow::table(&mut workspace, &kind, &options, &Bar::default())?;
    let svg = workflow::chart_of(&table);
    let lost = workflow::lost_characters(&svg)?;
    if !lost.is_empty() {
        output.say(&format!("warning: {lost}"));
    }
    let bytes = if ending == "png" { workflow::figure_png(&svg)? } else { svg.into_bytes() };
    write_file(&arguments.output, &bytes, output)?;
    Ok(Ended::Done)
}
