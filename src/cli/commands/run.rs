//! `themata run`.

use clap::Args;

use super::{ingest, merge::show_merge, open};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output},
    },
    report::format,
    table::counted,
    workflow,
};

/// Do the main job in one go: read sources, match, index, write tables, charts, excerpts and report
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &RunArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open(place, output)?;
    let done = workflow::run(&mut workspace, &Bar::default())?;
    output.warnings(&done.fresh.warnings);
    if !arguments.json {
        for (name, report) in &done.merged {
            show_merge(name, report, output)?;
        }
    }
    if arguments.json {
        let report = done.report.as_ref().ok();
        output.json(&serde_json::json!({
            "merged": done.merged,
            "ingest": ingest::json(&done.ingest, false),
            "entries": done.fresh.heads.len(),
            "suggestions": done.fresh.suggestions()?.0,
            "read": done.fresh.read,
            "report": report.map(|report| serde_json::json!({
                "folder": report.folder.display().to_string(), "files": report.files, "changed": report.changed,
            })),
        }))?;
    } else {
        ingest::show(&done.ingest, false, output)?;
        output.line("")?;
        output.bytes(format::text(&done.frequency).as_bytes())?;
    }
    ingest::show_problems(&done.ingest, output);
    if let Some(problem) = &done.index_problem {
        output.note(problem, "searches read every entry until it can be used");
    }
    match done.report {
        Ok(report) => {
            output.warnings(&report.warnings);
            let changed =
                if report.changed == 0 { "as before".to_owned() } else { format!("{} new or changed", report.changed) };
            let page = report.folder.join("index.html");
            output.say(&format!(
                "\nreport: {} ({}, {changed})",
                page.display(),
                counted(report.files, "file", "files")
            ));
        }
        Err(error) => {
            output.error(&error);
            output.say("Entries, suggestions and index are up to date; only the report could not be written.");
            output.flush()?;
            return Err(Failure::Told);
        }
    }
    Ok(ingest::ended(&done.ingest))
}
