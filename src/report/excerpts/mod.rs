//! Excerpts for the paper: as Markdown, CSV and Word.

mod csv;
mod docx;
mod markdown;

pub use csv::csv;
pub use docx::{DocxError, docx};
pub use markdown::markdown;
pub(super) use markdown::{groups, scope};
