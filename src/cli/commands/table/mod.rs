//! `themata table`.

mod check;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use check::CheckArgs;

use super::{ending, open_back, write_file};
use crate::{
    cli::{
        Ended,
        arguments::{Back, Place},
        bar::Bar,
        kinds::Kind,
        output::{Failure, Output},
    },
    report::format::{FORMATS, Format, TEXT, by_ending, by_name, words_around},
    table::Table,
    workflow::{self, TableOptions, WorkflowError},
};

/// Count: themes and codes, whole or by month, section or attribute; attributes of entries or cases
#[derive(Debug, Args)]
pub(crate) struct TableArgs {
    #[command(subcommand)]
    asked: Asked,
}

#[derive(Debug, Subcommand)]
enum Asked {
    #[command(flatten)]
    Table(Kind<How>),
    Check(CheckArgs),
}

/// How a table is shown.
#[derive(Debug, Args)]
pub(super) struct How {
    /// Percentages even when there are fewer than 20 units
    #[arg(long)]
    percent: bool,
    /// Form of the table; found from the file's ending when not given, else text
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// File to write; standard output when not given
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    back: Back,
}

fn formats() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().into()
}

/// Returns the form that was asked for, or else the one that the file's ending names.
fn format(how: &How) -> Result<&'static Format, WorkflowError> {
    let asked = if how.json { Some("json") } else { how.format.as_deref() }.and_then(by_name);
    let ending = how.output.as_deref().and_then(ending);
    let by_ending = ending.as_deref().and_then(by_ending);
    match (asked, by_ending, ending) {
        // Any text may stand in a file that says no more than that it is text.
        (Some(asked), Some(named), _) if asked.name != named.name && (asked.binary || named.name != "text") => {
            Err(WorkflowError::Refused {
                what: format!("the form is {}, but the file's ending says {}", asked.name, named.name),
                hint: format!("name the file .{}, or leave out --format", asked.ending),
            })
        }
        (Some(format), ..) | (None, Some(format), _) => Ok(format),
        (None, None, None) => Ok(&TEXT),
        (None, None, Some(name)) => {
            let endings: Vec<String> = FORMATS.iter().map(|format| format!(".{}", format.ending)).collect();
            let hint = format!("name the file {}, or say the form with --format", alternatives(&endings));
            Err(WorkflowError::Unknown { what: "form of a table", name, hint })
        }
    }
}

/// Returns words joined by commas and `or`.
fn alternatives(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// Refuses what is no text for a terminal.
fn not_on_a_terminal(format: &Format, file: Option<&Path>, terminal: bool) -> Result<(), WorkflowError> {
    if !format.binary || file.is_some() || !terminal {
        return Ok(());
    }
    let hint = format!("write it to a file: -o table.{}", format.ending);
    Err(WorkflowError::Refused { what: format!("{} is no text for a terminal", format.name), hint })
}

/// Writes what belongs around a table beside a file that cannot hold it; a file of that name that somebody else wrote stays.
fn write_words_around(path: &Path, table: &Table, output: &mut Output) -> Result<(), Failure> {
    let Some(name) = path.file_name() else { return Ok(()) };
    let beside = path.with_extension("notes.txt");
    let first = format!("What belongs to {}", name.to_string_lossy());
    let theirs = match std::fs::read(&beside) {
        Ok(bytes) => !bytes.starts_with(first.as_bytes()),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    if theirs {
        output.say(&format!(
            "note: {} is there already and stays; the notes of the table are not written",
            beside.display()
        ));
        return Ok(());
    }
    write_file(&beside, format!("{first}\n\n{}", words_around(table)).as_bytes(), output)
}

pub(super) fn execute(place: &Place, arguments: &TableArgs, output: &mut Output) -> Result<Ended, Failure> {
    let kind = match &arguments.asked {
        Asked::Table(kind) => kind,
        Asked::Check(asked) => return check::execute(asked, output),
    };
    let (kind, options, how) = kind.asked();
    let options = TableOptions { always_percent: how.percent, ..options };
    let format = format(how)?;
    let file = how.output.as_deref().filter(|path| *path != Path::new("-"));
    not_on_a_terminal(format, file, output.is_terminal())?;
    let mut workspace = open_back(place, &how.back, output)?;
    let table = workflow::table(&mut workspace, &kind, &options, &Bar::default())?;
    let bytes = (format.write)(&table)
        .map_err(|reason| WorkflowError::Document { what: "the table".to_owned(), reason: reason.to_string() })?;
    match file {
        Some(path) => {
            write_file(path, &bytes, output)?;
            if format.bare {
                write_words_around(path, &table, output)?;
            }
        }
        None => output.bytes(&bytes)?,
    }
    Ok(Ended::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_bytes_that_are_no_text() {
        let refused = |name: &str, file: Option<&str>, terminal: bool| {
            by_name(name).is_some_and(|format| not_on_a_terminal(format, file.map(Path::new), terminal).is_err())
        };
        assert!(refused("docx", None, true) && refused("xlsx", None, true) && refused("parquet", None, true));
        assert!(
            !refused("latex", None, true) && !refused("docx", None, false) && !refused("docx", Some("t.docx"), true)
        );
        let told = by_name("xlsx").map(|format| not_on_a_terminal(format, None, true));
        let told = told.and_then(Result::err).map(|error| format!("{error}: {}", error.hint().unwrap_or_default()));
        assert_eq!(told.as_deref(), Some("xlsx is no text for a terminal: write it to a file: -o table.xlsx"));
    }
}
