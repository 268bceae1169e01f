//! `themata segments`.

use clap::Args;

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    table::Evidence,
    workflow::{self, Line, WorkflowError},
};

/// List the words behind a number: the segments, or cases, of a row's `evidence`
///
/// Every row of every table has an `evidence`, such as code=language-barrier,unit=entry,counts=all. `code=ID` or `theme=ID`
/// alone lists all segments.
#[derive(Debug, Args)]
pub(crate) struct SegmentsArgs {
    /// The evidence of a row
    #[arg(value_name = "EVIDENCE")]
    evidence: String,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &SegmentsArgs, output: &mut Output) -> Result<Ended, Failure> {
    let evidence = Evidence::parse(&arguments.evidence).ok_or_else(|| WorkflowError::Unknown {
        what: "evidence",
        name: arguments.evidence.clone(),
        hint: "copy it from a table's JSON or CSV, or write code=ID or theme=ID".to_owned(),
    })?;
    let mut workspace = open(place, output)?;
    for line in workflow::segments(&mut workspace, &evidence, &Bar::default())? {
        if arguments.json {
            output.json(&line)?;
            continue;
        }
        match &line {
            Line::Segment { entry, start, end, text, code, .. } => {
                let text = one_line(text);
                output.line(&format!("{entry} {start}–{end}  {code}\n    {text}"))?;
            }
            Line::Case { case } => output.line(case)?,
            Line::Entry { entry } => output.line(entry)?,
        }
    }
    Ok(Ended::Done)
}
