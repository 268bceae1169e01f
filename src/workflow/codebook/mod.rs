//! Deeds about the codebook itself: what is in it, what its rules find, what a change of it moves.

mod list;
mod show;

pub use list::{CodebookLine, list_codebook};
pub use show::{CodeView, Named, NotFor, Shown, show_code};
