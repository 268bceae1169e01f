//! Tables, charts, excerpts and documents written out, from values to bytes.
//!
//! Nothing here reads the study or decides what is counted; `workflow` fills the values.

mod document;

pub use document::{
    Banner, CodebookPage, CodePage, Excerpt, ExcerptGroup, Figure, Glance, Section, Segment, SegmentList, StudyReport,
    ThemePage,
};
