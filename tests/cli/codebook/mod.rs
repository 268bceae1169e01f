//! `themata codebook`, a file a deed.

mod check;
mod diff;
mod list;
mod show;
mod terms;
