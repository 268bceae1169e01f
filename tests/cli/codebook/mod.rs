//! `themata codebook`, a file a deed.

mod check;
mod diff;
mod list;
mod merge;
mod rename;
mod retire;
mod show;
mod split;
mod terms;
