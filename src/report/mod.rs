//! Tables, charts, excerpts and documents written out.

pub mod chart;
