//! `themata ingest`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{open, orphans::show_changed};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    corpus::EntryStatus,
    table::{counted, number},
    workflow::{self, IngestReport},
};

/// Read the sources: what is new, changed, moved or gone, file by file and entry by entry
#[derive(Debug, Args)]
pub(crate) struct IngestArgs {
    /// Only these files or folders, among the sources of themata.toml
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// List every entry, also when there are many
    #[arg(long)]
    all: bool,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

/// So many added entries are listed one by one; more are only counted.
const LISTED: usize = 40;

/// Longer names of files push their own line to the right, not all lines.
const WIDEST: usize = 60;

pub(super) fn execute(place: &Place, arguments: &IngestArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open(place, output)?;
    let report = workflow::ingest(&mut workspace, &arguments.paths, &Bar::default())?;
    if arguments.json {
        output.json(&json(&report, arguments.all))?;
    } else {
        show(&report, arguments.all, output)?;
    }
    show_problems(&report, output);
    Ok(ended(&report))
}

/// Returns 3 when something was refused.
pub(super) fn ended(report: &IngestReport) -> Ended {
    if report.refusals.is_empty() { Ended::Done } else { Ended::WithProblems }
}

/// Shows files, entries that changed, and totals.
pub(super) fn show(report: &IngestReport, all: bool, output: &mut Output) -> Result<(), Failure> {
    let changed: Vec<_> = report.files.iter().filter(|file| !file.unchanged).collect();
    let width = changed.iter().map(|file| one_line(&file.file).chars().count()).max().unwrap_or_default().min(WIDEST);
    for file in changed.iter().take(if all { usize::MAX } else { LISTED }) {
        let entries = counted(file.entries, "entry", "entries");
        let name = one_line(&file.file);
        output.line(&format!("{name:width$}  {:<12}  {entries}", file.encoding))?;
    }
    if !all && changed.len() > LISTED {
        output.line(&format!("… and {}", counted(changed.len() - LISTED, "more file", "more files")))?;
    }
    let added = report.entries.iter().filter(|(_, status, _)| *status == EntryStatus::Added).count();
    let from_many = report.files.iter().any(|file| file.entries > 1);
    for (id, status, place) in &report.entries {
        let quiet = *status == EntryStatus::Added && (added > LISTED || !from_many) && !all;
        if !quiet {
            list_entry(status.word(), id, place, output)?;
        }
    }
    for (id, place) in report.unchanged.iter().filter(|_| all) {
        list_entry(EntryStatus::Unchanged.word(), id, place, output)?;
    }
    if report.kept_codings > 0 || !report.codings.is_empty() {
        let of = |status: &str| report.codings.iter().filter(|one| one.status == status).count() as u64;
        let counts =
            [("kept", report.kept_codings)].into_iter().chain(["edited", "moved", "orphaned"].map(|s| (s, of(s))));
        let some: Vec<String> =
            counts.filter(|(_, n)| *n > 0).map(|(status, n)| format!("{} {status}", number(n))).collect();
        output.line(&format!("codings on revised entries: {}", some.join(", ")))?;
        report.codings.iter().try_for_each(|coding| show_changed(coding, output))?;
    }
    let totals: Vec<String> =
        report.totals.iter().map(|(status, count)| format!("{count} {}", status.word())).collect();
    output.line(&format!("entries: {}", if totals.is_empty() { "none".to_owned() } else { totals.join(", ") }))?;
    if let Some(cases) = &report.cases {
        let unchanged = if cases.unchanged { ", unchanged" } else { "" };
        output.line(&format!("cases: {} ({}{unchanged})", cases.cases, one_line(&cases.file)))?;
    }
    Ok(())
}

/// Names and ids come from files: what would steer a terminal is not sent to one.
fn list_entry(status: &str, id: &str, place: &str, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("{status:<10} {}  {}", one_line(id), one_line(place)))
}

/// Lists what was refused and what needs a look, with the cure.
pub(super) fn show_problems(report: &IngestReport, output: &Output) {
    for (word, list) in [("warning", &report.warnings), ("refused", &report.refusals)] {
        for item in list {
            output.say(&one_line(&format!("{word}: {}: {}", item.place, item.reason)));
            if let Some(hint) = &item.hint {
                output.say(&format!("  hint: {hint}"));
            }
        }
    }
}

/// Returns the report as JSON, with the unchanged entries where `all` are asked for.
pub(super) fn json(report: &IngestReport, all: bool) -> Value {
    let items = |list: &[crate::workflow::Refusal]| -> Vec<Value> {
        list.iter().map(|item| json!({ "place": item.place, "reason": item.reason, "hint": item.hint })).collect()
    };
    let changed = report.entries.iter().map(|(id, status, place)| (id, *status, place));
    let unchanged = report.unchanged.iter().filter(|_| all).map(|(id, place)| (id, EntryStatus::Unchanged, place));
    let entries: Vec<Value> = changed
        .chain(unchanged)
        .map(|(id, status, detail)| json!({ "entry": id, "status": status.word(), "detail": detail }))
        .collect();
    let totals: serde_json::Map<String, Value> =
        report.totals.iter().map(|(status, count)| (status.word().to_owned(), json!(count))).collect();
    json!({
        "files": report.files,
        "entries": entries,
        "totals": totals,
        "refused": items(&report.refusals),
        "warnings": items(&report.warnings),
        "cases": report.cases,
        "codings": { "kept": report.kept_codings, "changed": report.codings },
    })
}
