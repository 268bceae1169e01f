//! Thematic analysis of reflections: from a folder of entries and a codebook to tables, charts and excerpts.
//!
//! The modules are layers; each imports only from those above it in this list (`tests/architecture.rs` holds it).
//! The program in `main.rs` is thin: `cli` reads the words, `workflow` does the deeds.

pub mod ahead;
pub mod diagnostic;
pub mod disk;
pub mod id;
pub mod pool;
pub mod text;

pub mod corpus;
pub mod query;
pub mod statistics;
pub mod table;

pub mod codebook;
pub mod coding;
pub mod study;

pub mod matching;

pub mod analysis;
pub mod ingest;
pub mod search;
pub mod store;

pub mod report;

pub mod workflow;

pub mod cli;
