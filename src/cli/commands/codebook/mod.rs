//! `themata codebook`: a file a deed.

mod check;
mod diff;
mod list;
mod merge;
mod rename;
mod retire;
mod show;
mod split;
mod terms;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output},
        people::Who,
    },
    codebook::{Code, Codebook, Operation},
    table::{counted, number, plural},
    workflow::{self, Refactored, Workspace, find_study, is_begun, read_codebook},
};

/// Look at the codebook: its codes, what is wrong with it, what its rules find, what a change moves; or change its codes
#[derive(Debug, Args)]
pub(crate) struct CodebookArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    Check(check::CheckArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Terms(terms::TermsArgs),
    Diff(diff::DiffArgs),
    Rename(rename::RenameArgs),
    Merge(merge::MergeArgs),
    Split(split::SplitArgs),
    Retire(retire::RetireArgs),
}

pub(super) fn execute(place: &Place, arguments: &CodebookArgs, output: &mut Output) -> Result<Ended, Failure> {
    match &arguments.deed {
        Deed::Check(arguments) => check::execute(place, arguments, output),
        Deed::List(arguments) => list::execute(place, arguments, output),
        Deed::Show(arguments) => show::execute(place, arguments, output),
        Deed::Terms(arguments) => terms::execute(place, arguments, output),
        Deed::Diff(arguments) => diff::execute(place, arguments, output),
        Deed::Rename(arguments) => rename::execute(place, arguments, output),
        Deed::Merge(arguments) => merge::execute(place, arguments, output),
        Deed::Split(arguments) => split::execute(place, arguments, output),
        Deed::Retire(arguments) => retire::execute(place, arguments, output),
    }
}

/// Returns how much is in a codebook: `3 themes, 16 codes, 512 rules, 81 examples`.
fn size(codebook: &Codebook) -> String {
    let sum = |of_code: fn(&Code) -> usize| codebook.codes.iter().map(of_code).sum();
    let parts = [
        counted(codebook.themes.len(), "theme", "themes"),
        counted(codebook.codes.len(), "code", "codes"),
        counted(sum(|code| code.rules.len()), "rule", "rules"),
        counted(sum(|code| code.examples.len()), "example", "examples"),
    ];
    parts.join(", ")
}

/// Returns where the codebook lies and how messages call it: the one that was named, else the study's.
fn file(place: &Place, named: Option<&PathBuf>, output: &Output) -> Result<(PathBuf, String), Failure> {
    match named.or(place.codebook.as_ref()) {
        Some(path) => Ok((path.clone(), path.display().to_string())),
        None => Ok(open(place, output)?.codebook_path()),
    }
}

/// Reads the codebook and shows warnings about it.
fn read(place: &Place, output: &Output) -> Result<Codebook, Failure> {
    let (path, shown) = file(place, None, output)?;
    let (codebook, _, warnings) = read_codebook(&path, &shown)?;
    output.warnings(&warnings);
    Ok(codebook)
}

/// Opens the study that was named, or the one around here if it has been used already: a file can be looked at outside of one.
fn study_if_begun(place: &Place, output: &Output) -> Result<Option<Workspace>, Failure> {
    let begun = || find_study(Path::new(".")).is_ok_and(|root| is_begun(&root));
    if place.study.is_some() || begun() { open(place, output).map(Some) } else { Ok(None) }
}

/// What all changes of the codebook take.
#[derive(Debug, Args)]
struct How {
    /// Why, for the codebook's own log
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
    /// Only show what would happen
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    who: Who,
}

/// Changes the codebook, or shows what would happen.
fn change(
    place: &Place,
    operation: &Operation,
    matching: Option<&str>,
    how: &How,
    output: &mut Output,
) -> Result<Ended, Failure> {
    let (mut workspace, coder) = how.who.open(place, output)?;
    let reason = how.reason.clone();
    let bar = Bar::default();
    let done = workflow::refactor(&mut workspace, operation, (matching, reason), how.dry_run, &coder, &bar)?;
    if how.who.json {
        output.json(&done)?;
    } else {
        show(&done, output)?;
    }
    Ok(Ended::Done)
}

fn show(done: &Refactored, output: &mut Output) -> Result<(), Failure> {
    let tried = done.event.is_none();
    output.line(&format!("{}{}", done.what, if tried { " (only tried: nothing was changed)" } else { "" }))?;
    for (word, counts) in [(("moves", "move"), &done.moved), (("stays", "stay"), &done.stay)] {
        for (coder, count) in counts {
            let (codings, word) = (plural(*count, "coding", "codings"), plural(*count, word.0, word.1));
            output.line(&format!("    {} {codings} of {coder} {word}", number(*count)))?;
        }
    }
    if done.moved.is_empty() && done.stay.is_empty() {
        output.line("    nobody has coded with it")?;
    }
    output.line(&format!(
        "    {} {} version {}",
        done.file,
        if tried { "would get" } else { "is now" },
        done.version
    ))?;
    for warning in &done.warnings {
        output.say(&format!("warning: {warning}"));
    }
    if let Some(event) = &done.event {
        output.line(&format!("event {event}"))?;
    }
    Ok(())
}
