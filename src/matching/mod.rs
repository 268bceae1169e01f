//! Expressions run over texts: each distinct word is judged once, then a text is a stream of small integers.
//!
//! Both the rules of a codebook and a search go through [`Scanner::scan`]: there is one evaluator.

mod compile;
mod cue_rows;
mod cues;
mod evaluate;
mod letters;
#[cfg(test)]
mod negated_sentences;
mod negation;
mod pool;
mod scan;
mod stream;
#[cfg(test)]
mod tests;
mod vocabulary;
mod why;
mod widen;

pub use compile::{Matcher, Task};
pub use pool::Scanners;
pub use scan::{Hit, Scanner};
pub use why::{Looked, Miss, Reason, Unlike, places, why_not};

/// Names the rules by which expressions match; part of every result's origin.
pub const EVALUATOR: &str = "themata-match-4";
