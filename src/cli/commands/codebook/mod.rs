//! `themata codebook`: a file a deed.

mod check;
mod diff;
mod list;
mod show;
mod terms;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
    },
    codebook::{Code, Codebook},
    table::counted,
    workflow::{Workspace, find_study, is_begun, read_codebook},
};

/// Look at the codebook: its codes, what is wrong with it, what its rules find, what a change moves
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
}

pub(super) fn execute(place: &Place, arguments: &CodebookArgs, output: &mut Output) -> Result<Ended, Failure> {
    match &arguments.deed {
        Deed::Check(arguments) => check::execute(place, arguments, output),
        Deed::List(arguments) => list::execute(place, arguments, output),
        Deed::Show(arguments) => show::execute(place, arguments, output),
        Deed::Terms(arguments) => terms::execute(place, arguments, output),
        Deed::Diff(arguments) => diff::execute(place, arguments, output),
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
