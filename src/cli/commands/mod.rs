//! One file a command: its words and how its result is shown.

pub(crate) mod chart;
pub(crate) mod codebook;
pub(crate) mod excerpts;
pub(crate) mod explain;
pub(crate) mod ingest;
pub(crate) mod matching;
pub(crate) mod new;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod segments;
pub(crate) mod table;

use std::path::Path;

use super::{
    Ended,
    arguments::{Arguments, Command, Place},
    output::{Failure, Output},
};
use crate::workflow::{Workspace, find_study};

/// Does what the command line says.
pub(super) fn dispatch(arguments: Arguments, output: &mut Output) -> Result<Ended, Failure> {
    let place = arguments.place;
    match arguments.command {
        Command::New(arguments) => new::execute(&arguments, output),
        Command::Run(arguments) => run::execute(&place, &arguments, output),
        Command::Ingest(arguments) => ingest::execute(&place, &arguments, output),
        Command::Match(arguments) => matching::execute(&place, &arguments, output),
        Command::Codebook(arguments) => codebook::execute(&place, &arguments, output),
        Command::Explain(arguments) => explain::execute(&place, &arguments, output),
        Command::Search(arguments) => search::execute(&place, &arguments, output),
        Command::Table(arguments) => table::execute(&place, &arguments, output),
        Command::Segments(arguments) => segments::execute(&place, &arguments, output),
        Command::Chart(arguments) => chart::execute(&place, &arguments, output),
        Command::Excerpts(arguments) => excerpts::execute(&place, &arguments, output),
        Command::Report(arguments) => report::execute(&place, &arguments, output),
    }
}

/// Opens the study that was named, or the one around here, and shows warnings about its settings.
fn open(place: &Place, output: &Output) -> Result<Workspace, Failure> {
    let root = match &place.study {
        Some(folder) if folder.join(crate::study::FILE).is_file() => folder.clone(),
        Some(folder) => find_study(folder)?,
        None => find_study(Path::new("."))?,
    };
    let workspace = Workspace::open(&root, place.codebook.clone())?;
    output.warnings(&workspace.warnings);
    Ok(workspace)
}

/// Opens a study to look at what was read, and says so when nothing was.
fn open_read(place: &Place, output: &Output) -> Result<Workspace, Failure> {
    let workspace = open(place, output)?;
    note_unread(&workspace, output)?;
    Ok(workspace)
}

/// Says so when nothing was read: every number is 0 then.
fn note_unread(workspace: &Workspace, output: &Output) -> Result<(), Failure> {
    if workspace.is_unread()? {
        output.say("note: nothing has been read yet\n  hint: themata run reads the sources that themata.toml names");
    }
    Ok(())
}

/// Returns the ending of a file's name in lower case, without the stop.
fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// Writes a file that the user named; `-` is standard output.
fn write_file(path: &Path, bytes: &[u8], output: &mut Output) -> Result<(), Failure> {
    if path == Path::new("-") {
        return output.bytes(bytes);
    }
    std::fs::write(path, bytes).map_err(|source| {
        Failure::Because(crate::workflow::WorkflowError::File { doing: "write", path: path.to_path_buf(), source })
    })
}
