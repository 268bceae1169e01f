//! Tables, charts, excerpts and documents written out, from values to bytes.
//!
//! Nothing here reads the study or decides what is counted; `workflow` fills the values.

pub mod chart;
mod document;

pub use document::{
    Banner, CodebookPage, CodePage, Excerpt, ExcerptGroup, Figure, Glance, Section, Segment, SegmentList, StudyReport,
    ThemePage,
};

/// Stands in until the documents are merged.
pub fn files(_: &StudyReport) -> Result<Vec<(String, Vec<u8>)>, String> {
    Ok(Vec::new())
}
