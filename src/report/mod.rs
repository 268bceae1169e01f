//! Tables, charts, excerpts and documents written out, from values to bytes.
//!
//! Nothing here reads the study or decides what is counted; `workflow` fills the values.

pub mod chart;
pub mod excerpts;
pub mod format;
pub mod html;
pub mod markdown;
pub mod spreadsheet;
pub mod word;

mod checklist;
mod document;
mod escape;
mod files;

#[cfg(test)]
mod sample;

pub use checklist::{COREQ, Checklist, ChecklistItem, Fill, SRQR};
pub use document::{
    Banner, CodePage, CodebookPage, Covered, Excerpt, ExcerptGroup, Figure, Glance, Section, Segment, SegmentList,
    StudyReport, ThemePage,
};
pub use files::{FilesError, figure_files, files};
pub use spreadsheet::workbook;
pub use word::word;
