//! All integration tests, one binary. Each runs the real program on a study of its own.

#![allow(
    unreachable_pub,
    let_underscore_drop,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, and the harness is used by every module of this one binary"
)]

/// A study in a temporary folder, and the program run on it.
mod harness;

/// The shape of the repository: layers, fences, files, dependencies.
mod architecture;
/// Several programs at work on one study at once.
#[cfg(unix)]
mod at_once;
/// What must hold in every study, tried on random ones.
mod at_random;
/// Input that is wrong, hostile, huge or out of reach.
mod bad_input;
/// What is said of rules without a text, tried on random ones.
mod certain;
/// One file a command: what its user sees.
mod cli;
/// A study that may not be written, and one that nobody else may read.
#[cfg(unix)]
mod closed;
/// What the outside may rely on: keys, types, exit codes.
mod contract;
/// A study of five entries, counted by hand, in every table; every number opens its words.
mod counted_by_hand;
/// A program killed, and one that finds the disk full: nothing that was acknowledged is lost.
#[cfg(unix)]
mod crashes;
/// Files that the program keeps: damaged, gone, in use.
mod derived;
/// Study files of every released form.
mod forms;
/// Names and words that try to get out of their place.
mod hostile;
/// Which entry is which after sources changed.
mod identity;
/// Words in the language of their sentence.
mod languages;
/// Copies of a study that went apart and meet again.
mod merging;
/// Negated hits: counted and marked, left out, or kept.
mod negation;
/// What a rule matches is what a search finds, with and without the index.
mod one_evaluator;
/// Every number of the page opens as many units as it says.
mod page_numbers;
/// Checks over real texts, when the folder with them is there.
mod real_data;
/// Sources that are edited after people coded.
mod revisions;
/// Same input, same bytes; the committed example is what the program gives.
mod same_bytes;
mod small_cells;
