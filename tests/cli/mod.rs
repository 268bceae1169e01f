//! One file a command: what its user sees.

mod chart;
mod codebook;
mod excerpts;
mod explain;
mod ingest;
mod matching;
mod new;
mod report;
mod run;
mod search;
mod segments;
mod table;
