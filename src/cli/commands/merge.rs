//! `themata merge`.

use std::path::PathBuf;

use clap::Args;

use super::{conflicts::show_conflict, open, orphans::show_changed};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    table::{counted, number},
    workflow::{self, MergeReport},
};

/// Join another copy of the study: its folder, its study.db, or a file of `themata export log`
///
/// The order does not matter, and doing it twice changes nothing.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// The other copies
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Print what was joined as JSON, one object a file
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &MergeArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open(place, output)?;
    let mut ended = Ended::Done;
    for file in &arguments.files {
        let report = workflow::merge(&mut workspace, file, &Bar::default())?;
        if arguments.json {
            output.json(&report)?;
        } else {
            show_merge(&file.display().to_string(), &report, output)?;
        }
        output.flush()?;
        if !report.refused.is_empty() || !report.conflicts.is_empty() {
            ended = Ended::WithProblems;
        }
    }
    Ok(ended)
}

/// Shows what a merge brought, and what a person has to look at.
pub(super) fn show_merge(name: &str, report: &MergeReport, output: &mut Output) -> Result<(), Failure> {
    let brought: u64 = report.events.values().flat_map(|kinds| kinds.values()).sum();
    if brought == 0 && report.words == 0 {
        output.line(&format!("{}: nothing new", one_line(name)))?;
    } else {
        output.line(&format!(
            "{}: {} new events, {} known; {} new",
            one_line(name),
            number(brought),
            number(report.known),
            counted(usize::try_from(report.words).unwrap_or(usize::MAX), "text or record", "texts and records")
        ))?;
    }
    for (coder, kinds) in &report.events {
        let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {}", number(*n))).collect();
        let coder = if coder.is_empty() { "(nobody named)" } else { coder };
        output.line(&format!("  {}: {}", one_line(coder), kinds.join(", ")))?;
    }
    for entry in &report.revised {
        output.line(&format!("  entry {} has another text now", one_line(entry)))?;
    }
    report.codings.iter().try_for_each(|coding| show_changed(coding, output))?;
    if let Some(codebook) = &report.codebook {
        output.line(&format!(
            "  the other copy's codebook differs: it is written to {codebook}; compare with themata codebook diff"
        ))?;
    }
    for (place, reason) in &report.refused {
        output.say(&one_line(&format!("refused: {place}: {reason}")));
    }
    report.conflicts.iter().take(SHOWN).try_for_each(|conflict| show_conflict(conflict, output))?;
    if report.conflicts.len() > SHOWN {
        output.line(&format!(
            "… and {}: themata conflicts lists them",
            counted(report.conflicts.len() - SHOWN, "more conflict", "more conflicts")
        ))?;
    }
    Ok(())
}

/// So many conflicts are shown after a merge.
const SHOWN: usize = 5;
