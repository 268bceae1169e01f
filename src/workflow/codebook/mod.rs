//! Deeds about the codebook itself: what is in it, what its rules find, what a change of it moves.

mod list;

pub use list::{CodebookLine, list_codebook};
