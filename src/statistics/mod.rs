//! Statistics of counts: intervals, tests, trends, co-occurrence, saturation, small cells and printed percentages.
//!
//! Numbers in, numbers out: which units are counted, and whether a statistic suits them, is decided elsewhere.
//! What cannot be computed is a value with a reason, never NaN or an infinity.

pub mod contingency;
pub mod cooccurrence;
mod distribution;
pub mod multiple;
pub mod printed;
pub mod proportion;
pub mod saturation;
pub mod small_cells;
pub mod trend;
mod value;

#[cfg(test)]
mod real_data;

pub use value::Value;
