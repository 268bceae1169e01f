//! Tables written as text, CSV, JSON and Markdown: one file a format, one line in [`FORMATS`].

mod csv;
mod grid;
mod json;
mod markdown;
mod text;

#[cfg(test)]
mod sample;

pub use csv::csv;
pub(super) use csv::write;
pub(super) use grid::{Column, Grid, Line, caption, cell, column_total, even_blocks, notes, percentage, title};
pub use json::json;
pub use markdown::markdown;
pub use text::{text, text_within};

use crate::table::Table;

/// Writes a table as one text.
pub type Format = fn(&Table) -> String;

/// The formats by the name that `--format` takes.
pub const FORMATS: &[(&str, Format)] = &[("text", text), ("csv", csv), ("json", json), ("md", markdown)];

/// Returns the format of that name.
pub fn by_name(name: &str) -> Option<Format> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_ends_its_last_line() {
        let table = sample::frequency();
        for (name, _) in FORMATS {
            let written = by_name(name).map(|format| format(&table)).unwrap_or_default();
            assert!(written.ends_with('\n') && !written.ends_with("\n\n"), "{name}: {written:?}");
        }
        assert!(by_name("pdf").is_none());
    }
}
