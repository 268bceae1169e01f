//! `themata report`.

use clap::Args;

use super::open_back;
use crate::{
    cli::{
        Ended,
        arguments::{Back, Place},
        bar::Bar,
        output::{Failure, Output},
    },
    table::counted,
    workflow,
};

/// Write the report of the codebook to reports/: page, tables, charts, excerpts, manifest
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    back: Back,
}

pub(super) fn execute(place: &Place, arguments: &ReportArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open_back(place, &arguments.back, output)?;
    let bar = Bar::default();
    let fresh = workflow::fresh(&mut workspace, &bar)?;
    output.warnings(&fresh.warnings);
    workflow::check_report_settings(&workspace, &fresh)?;
    let written = workflow::write_report(&workspace, &fresh, &bar)?;
    output.warnings(&written.warnings);
    let folder = written.folder.display().to_string();
    if arguments.json {
        output.json(&serde_json::json!({ "folder": folder, "files": written.files, "changed": written.changed }))?;
    } else {
        output.line(&format!(
            "{folder}/index.html ({}, {} new or changed)",
            counted(written.files, "file", "files"),
            written.changed
        ))?;
    }
    Ok(Ended::Done)
}
