//! `themata report`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

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

/// Write the report of the codebook to reports/: page, Word document, workbook, tables, charts, excerpts, checklists, manifest
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ReportArgs {
    #[command(subcommand)]
    verify: Option<Verify>,
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    back: Back,
}

#[derive(Debug, Subcommand)]
enum Verify {
    /// Make a report again, in memory, and compare it with a folder byte for byte; ends with 3 when something differs
    Verify {
        /// The folder of the report
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        back: Back,
    },
}

pub(super) fn execute(place: &Place, arguments: &ReportArgs, output: &mut Output) -> Result<Ended, Failure> {
    if let Some(Verify::Verify { folder, json, back }) = &arguments.verify {
        return verify(place, (folder, *json, back), output);
    }
    let mut workspace = open_back(place, &arguments.back, output)?;
    let bar = Bar::default();
    let mut fresh = workflow::fresh(&mut workspace, &bar)?;
    output.warnings(&fresh.warnings);
    let written = workflow::write_report(&workspace, &mut fresh, &bar)?;
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

/// Compares a folder with what the study gives.
fn verify(place: &Place, (folder, json, back): (&Path, bool, &Back), output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open_back(place, back, output)?;
    let mut fresh = workflow::fresh(&mut workspace, &Bar::default())?;
    output.warnings(&fresh.warnings);
    let found = workflow::verify_report(&workspace, &mut fresh, folder)?;
    let equal = found.is_equal();
    if json {
        let mut value = serde_json::to_value(&found).unwrap_or_default();
        if let Some(map) = value.as_object_mut() {
            map.insert("equal".to_owned(), equal.into());
        }
        output.json(&value)?;
    } else if equal {
        output.line(&format!("equal: {}, byte for byte", counted(found.files, "file", "files")))?;
    } else {
        let lists = [
            ("made from something else", &found.inputs),
            ("the study gives it otherwise", &found.differ),
            ("changed since it was written", &found.changed),
            ("not in the folder", &found.missing),
            ("given by the study, not named by the manifest", &found.new),
        ];
        for (words, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            output.line(&format!("{words}:"))?;
            list.iter().try_for_each(|one| output.line(&format!("  {one}")))?;
        }
        if !found.inputs.is_empty() {
            output.say("hint: the report as it was: themata report verify DIR --at EVENT (themata log lists events)");
        }
    }
    Ok(if equal { Ended::Done } else { Ended::WithProblems })
}
