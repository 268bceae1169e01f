//! `themata codebook`, a file a deed.

mod check;
mod list;
mod show;
mod terms;
