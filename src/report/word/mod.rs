//! Word documents: the parts of the file, its styles, paragraphs, tables and pictures, and the documents made of them.
//!
//! The XML is written here, in the order of ECMA-376 Part 1, §17: so that the heads of tables can be repeated on every
//! page, and the same values give the same bytes: no clock, no ids by chance, and fixed dates in the package.

mod codebook;
mod document;
mod package;
mod paragraph;
mod picture;
mod study;
mod styles;
mod table;
mod widths;

#[cfg(test)]
mod tests;

use thiserror::Error;

pub(super) use document::Document;
pub(super) use paragraph::{Paragraph, Style};
pub use study::word;

use crate::table::Table;

/// Tells that the document could not be packed.
#[derive(Debug, Error)]
#[error("the Word document could not be written: {0}")]
pub struct WordError(#[from] zip::result::ZipError);

/// Writes a table as a Word document: numbered caption above, three rules, notes below.
///
/// # Errors
/// When the document cannot be packed.
pub fn docx(table: &Table) -> Result<Vec<u8>, WordError> {
    let mut document = Document::default();
    document.turn(widths::is_wide(table));
    document.table(table);
    document.packed(super::format::title(table))
}
