//! Tables written out: one file a form, one line in [`FORMATS`].
//!
//! `grid` says what stands in the cells; the long forms for programs write `table::long`.

mod csv;
mod grid;
pub(super) mod html;
mod json;
mod latex;
mod markdown;
mod text;

#[cfg(test)]
pub(super) mod sample;

use thiserror::Error;

pub use csv::csv;
pub(super) use csv::write;
pub(super) use grid::{Cell, Column, Grid, Kind, Line, Shape, caption, even_blocks_of, notes, title};
pub use html::html;
pub use json::json;
pub use latex::latex;
pub use markdown::markdown;
pub use text::{text, text_within};

use super::{spreadsheet::xlsx, word::docx};
use crate::{
    analysis::{AnalysisError, parquet_of},
    table::Table,
};

/// Why a table could not be written in a form.
#[derive(Debug, Error)]
pub enum FormatError {
    /// The Word document.
    #[error(transparent)]
    Word(#[from] super::word::WordError),
    /// The workbook.
    #[error(transparent)]
    Workbook(#[from] super::spreadsheet::WorkbookError),
    /// The Parquet file.
    #[error(transparent)]
    Parquet(#[from] AnalysisError),
}

/// Writes a table.
pub type Write = fn(&Table) -> Result<Vec<u8>, FormatError>;

/// A form in which a table leaves the program.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// How names of its files end.
    pub ending: &'static str,
    /// It is no text, and says nothing on a terminal.
    pub binary: bool,
    /// It holds no words around the table: they go to a file beside it.
    pub bare: bool,
    /// Writes a table.
    pub write: Write,
}

const fn form(name: &'static str, ending: &'static str, write: Write) -> Format {
    Format { name, ending, binary: false, bare: false, write }
}

/// The form for people at a terminal, when nothing else is asked for.
pub const TEXT: Format = form("text", "txt", |table| Ok(text(table).into_bytes()));

/// The forms, in the order in which help names them.
pub const FORMATS: &[Format] = &[
    TEXT,
    Format { bare: true, ..form("csv", "csv", |table| Ok(csv(table).into_bytes())) },
    form("json", "json", |table| Ok(json(table).into_bytes())),
    form("md", "md", |table| Ok(markdown(table).into_bytes())),
    form("html", "html", |table| Ok(html(table).into_bytes())),
    form("latex", "tex", |table| Ok(latex(table).into_bytes())),
    Format { binary: true, ..form("docx", "docx", |table| Ok(docx(table)?)) },
    Format { binary: true, ..form("xlsx", "xlsx", |table| Ok(xlsx(table)?)) },
    Format { binary: true, ..form("parquet", "parquet", |table| Ok(parquet_of(table)?)) },
];

/// Returns the form of that name.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Returns the form whose files end so.
pub fn by_ending(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.ending == ending)
}

/// Returns the words around a table as a text of their own: title, what is counted, and the notes.
pub fn words_around(table: &Table) -> String {
    let head = [title(table).to_owned(), caption(table)];
    let lines = head.into_iter().chain(notes(table));
    lines.map(|line| format!("{}\n", super::escape::terminal(&line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_writes_every_table_the_same_twice() {
        for (name, table) in sample::all() {
            for format in FORMATS {
                let written = (format.write)(&table).unwrap();
                assert!(!written.is_empty() && written == (format.write)(&table).unwrap(), "{name} as {}", format.name);
            }
        }
    }

    #[test]
    fn texts_end_their_last_line() {
        let table = sample::frequency();
        for format in FORMATS.iter().filter(|format| !format.binary) {
            let written = String::from_utf8((format.write)(&table).unwrap()).unwrap();
            assert!(written.ends_with('\n') && !written.ends_with("\n\n"), "{}: {written:?}", format.name);
        }
    }

    #[test]
    fn forms_are_found_by_name_and_ending() {
        assert!(FORMATS.iter().all(|format| by_name(format.name).is_some_and(|found| found.ending == format.ending)));
        assert!(FORMATS.iter().all(|format| by_ending(format.ending).is_some_and(|found| found.name == format.name)));
        assert!(by_name("pdf").is_none() && by_ending("pdf").is_none());
    }

    #[test]
    fn notes_go_with_every_form_that_can_hold_them() {
        let table = sample::frequency();
        let note = table.notes.first().unwrap();
        for format in FORMATS.iter().filter(|format| !format.bare && !format.binary) {
            let written = String::from_utf8((format.write)(&table).unwrap()).unwrap();
            assert!(written.contains(note), "{}", format.name);
        }
        assert!(words_around(&table).contains(note));
    }
}
