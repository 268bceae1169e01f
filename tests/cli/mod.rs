//! One file a command: what its user sees.

mod chart;
mod code;
mod codebook;
mod coders;
mod conflicts;
mod decide;
mod excerpts;
mod exemplar;
mod explain;
mod export;
mod forget;
mod ingest;
mod log;
mod matching;
mod memo;
mod merge;
mod new;
mod orphans;
mod read;
mod report;
mod run;
mod search;
mod segments;
mod table;
mod undo;
mod verify;
