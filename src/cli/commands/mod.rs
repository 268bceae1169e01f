//! One file a command: its words and how its result is shown.

pub(crate) mod chart;
pub(crate) mod code;
pub(crate) mod codebook;
pub(crate) mod coders;
pub(crate) mod conflicts;
pub(crate) mod decide;
pub(crate) mod excerpts;
pub(crate) mod exemplar;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod forget;
pub(crate) mod ingest;
pub(crate) mod log;
pub(crate) mod matching;
pub(crate) mod memo;
pub(crate) mod merge;
pub(crate) mod new;
pub(crate) mod orphans;
pub(crate) mod read;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod segments;
pub(crate) mod table;
pub(crate) mod undo;
pub(crate) mod verify;

use std::path::Path;

use super::{
    Ended,
    arguments::{Arguments, Back, Command, Place},
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
        Command::Code(arguments) => code::execute(&place, &arguments, output),
        Command::Decide(arguments) => decide::execute(&place, &arguments, output),
        Command::Memo(arguments) => memo::execute(&place, &arguments, output),
        Command::Exemplar(arguments) => exemplar::execute(&place, &arguments, output),
        Command::Read(arguments) => read::execute(&place, &arguments, output),
        Command::Coders(arguments) => coders::execute(&place, &arguments, output),
        Command::Undo(arguments) => undo::undo(&place, &arguments, output),
        Command::Redo(arguments) => undo::redo(&place, &arguments, output),
        Command::Log(arguments) => log::execute(&place, &arguments, output),
        Command::Verify(arguments) => verify::execute(&place, &arguments, output),
        Command::Orphans(arguments) => orphans::execute(&place, &arguments, output),
        Command::Merge(arguments) => merge::execute(&place, &arguments, output),
        Command::Conflicts(arguments) => conflicts::execute(&place, &arguments, output),
        Command::Forget(arguments) => forget::execute(&place, &arguments, output),
        Command::Export(arguments) => export::execute(&place, &arguments, output),
    }
}

/// Opens the study that was named, or the one around here, and shows warnings about its settings.
pub(super) fn open(place: &Place, output: &Output) -> Result<Workspace, Failure> {
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

/// Opens a study to look at it as it is, or as it was.
fn open_back(place: &Place, back: &Back, output: &Output) -> Result<Workspace, Failure> {
    let Some(at) = &back.at else { return open_read(place, output) };
    let mut workspace = open(place, output)?;
    let past = workspace.look_back(at)?;
    output.say(&format!("as of event {}, {}", past.event, past.at));
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
