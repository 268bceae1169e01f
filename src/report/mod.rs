//! Tables, charts, excerpts and documents written out, from values to bytes.
//!
//! Nothing here reads the study or decides what is counted; `workflow` fills the values.

pub mod chart;
pub mod format;

mod document;
mod escape;

pub use document::{
    Banner, CodePage, CodebookPage, Excerpt, ExcerptGroup, Figure, Glance, Section, Segment, SegmentList, StudyReport,
    ThemePage,
};

/// Stands in until the documents are merged.
pub fn files(_: &StudyReport) -> Result<Vec<(String, Vec<u8>)>, String> {
    Ok(Vec::new())
}

/// Stands in until the documents are merged.
pub mod excerpts {
    /// Stub.
    pub fn markdown(_: &[super::ExcerptGroup]) -> String {
        String::new()
    }
    /// Stub.
    pub fn csv(_: &[super::ExcerptGroup]) -> String {
        String::new()
    }
    /// Stub.
    pub fn docx(_: &[super::ExcerptGroup], _: &str) -> Result<Vec<u8>, String> {
        Ok(Vec::new())
    }
}
