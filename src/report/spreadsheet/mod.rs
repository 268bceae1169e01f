//! Tables as a workbook for spreadsheets: one sheet a table, numbers as numbers, words never as formulas.
//!
//! Same values, same bytes: the date in the file is fixed.

mod names;
mod sheet;
mod study;

#[cfg(test)]
mod tests;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use thiserror::Error;

pub use study::workbook;

use crate::{report::escape, table::Table};

/// Tells that the workbook could not be written.
#[derive(Debug, Error)]
#[error("the workbook could not be written: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// Writes a table as a workbook of one sheet: title above, notes below.
///
/// # Errors
/// When the table has more lines or columns than a sheet can hold.
pub fn xlsx(table: &Table) -> Result<Vec<u8>, WorkbookError> {
    let mut book = new(super::format::title(table))?;
    let name = names::unique([table.table.as_str()]).pop().unwrap_or_default();
    sheet::write(book.add_worksheet().set_name(name)?, table)?;
    Ok(book.save_to_buffer()?)
}

/// Returns an empty workbook whose date is not today's.
fn new(title: &str) -> Result<Workbook, WorkbookError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(escape::xml(&escape::one_line(title)))
        .set_author("themata")
        .set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}
