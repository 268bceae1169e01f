//! Excerpts for the paper: as Markdown, CSV and Word.

mod csv;
mod docx;
mod markdown;

pub use csv::csv;
pub use docx::docx;
pub(super) use docx::word_groups;
pub use markdown::markdown;
pub(super) use markdown::{groups, scope};
