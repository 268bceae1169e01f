//! Tables, charts, excerpts and documents written out, from values to bytes.
//!
//! Nothing here reads the study or decides what is counted; `workflow` fills the values.

pub mod format;

mod document;
mod escape;

pub use document::{
    Banner, CodePage, CodebookPage, Excerpt, ExcerptGroup, Figure, Glance, Section, Segment, SegmentList, StudyReport,
    ThemePage,
};
