//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::commands::{
    chart, codebook, excerpts, explain, ingest, matching, new, report, run, search, segments, table,
};

/// Thematic analysis of reflections: codebook rules, honest counts, tables, charts and excerpts, offline.
///
/// Begin with `themata new my-study`, put your entries into its corpus folder, and type `themata run` there.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which study, and which codebook.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// The study's folder; found upwards from here when not given
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) study: Option<PathBuf>,
    /// Another codebook than the study's own
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
}

/// The commands, in the order of a study's life.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(new::NewArgs),
    Run(run::RunArgs),
    Ingest(ingest::IngestArgs),
    Match(matching::MatchArgs),
    Codebook(codebook::CodebookArgs),
    Explain(explain::ExplainArgs),
    Search(search::SearchArgs),
    Table(table::TableArgs),
    Segments(segments::SegmentsArgs),
    Chart(chart::ChartArgs),
    Excerpts(excerpts::ExcerptsArgs),
    Report(report::ReportArgs),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitWord {
    Segment,
    Sentence,
    Paragraph,
    Entry,
}

impl From<UnitWord> for crate::table::Unit {
    fn from(word: UnitWord) -> Self {
        match word {
            UnitWord::Segment => Self::Segment,
            UnitWord::Sentence => Self::Sentence,
            UnitWord::Paragraph => Self::Paragraph,
            UnitWord::Entry => Self::Entry,
        }
    }
}

/// Whose attribute is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    Entries,
    Cases,
}

impl From<Of> for crate::table::Unit {
    fn from(of: Of) -> Self {
        match of {
            Of::Entries => Self::Entry,
            Of::Cases => Self::Case,
        }
    }
}

/// Which codings are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountsWord {
    Accepted,
    Suggested,
    All,
}

impl From<CountsWord> for crate::table::Counts {
    fn from(word: CountsWord) -> Self {
        match word {
            CountsWord::Accepted => Self::Accepted,
            CountsWord::Suggested => Self::Suggested,
            CountsWord::All => Self::All,
        }
    }
}
