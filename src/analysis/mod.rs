//! Codings to tables, a block of entries at a time; all Parquet is read and written here, through polars.
//!
//! Counts are distinct units; a parent counts the union of what is below it, never a sum.

mod attribute;
mod batch;
#[cfg(test)]
mod batch_test;
mod bits;
mod codings;
mod columns;
mod counts;
mod met;
mod pairs;
mod parquet;
mod parts;
mod suggested;
mod tree;
mod units;
mod verdicts;

use std::path::PathBuf;

use thiserror::Error;

pub use attribute::{AttributeQuestion, MULTIPLE, ROUNDED, attribute_table, responses};
pub use codings::{Coded, Codings, Located, NO_RULE, Status};
pub use counts::{CodeCounter, Question, Split};
pub use met::Met;
pub use pairs::{PairCounter, PairCounts, Standing, shared_units};
pub use parquet::parquet_of;
pub use parts::{SEAL, UnitPart, read_suggestions, read_units, write_suggestions, write_units};
pub use suggested::{BlockParts, Suggested};
pub use tree::{Tree, TreeRow};
pub use units::Units;
pub use verdicts::{Personal, Stated, Statement, VerdictFacts, VerdictPart, Verdicts};

/// Why a table could not be made.
#[derive(Debug, Error)]
pub enum AnalysisError {
    /// A file of the cache could not be read or written.
    #[error("cannot use {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Polars refused.
    #[error("cannot tabulate: {0}")]
    Polars(#[from] polars::error::PolarsError),
}
