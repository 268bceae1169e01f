//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::commands::{
    chart, code, codebook, coders, conflicts, decide, excerpts, exemplar, explain, export, forget, ingest, log,
    matching, memo, merge, new, orphans, read, report, run, search, segments, table, undo, verify,
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
    Code(code::CodeArgs),
    Decide(decide::DecideArgs),
    Memo(memo::MemoArgs),
    Exemplar(exemplar::ExemplarArgs),
    Read(read::ReadArgs),
    Coders(coders::CodersArgs),
    Undo(undo::UndoArgs),
    Redo(undo::RedoArgs),
    Log(log::LogArgs),
    Verify(verify::VerifyArgs),
    Orphans(orphans::OrphansArgs),
    Merge(merge::MergeArgs),
    Conflicts(conflicts::ConflictsArgs),
    Forget(forget::ForgetArgs),
    Export(export::ExportArgs),
}

/// Which moment of the study.
#[derive(Debug, Clone, Args)]
pub(crate) struct Back {
    /// The study as it was: at a time (2026-03-31, 2026-03-31T14:05) or after an event of `themata log`
    #[arg(long, value_name = "TIME|EVENT")]
    pub(crate) at: Option<String>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitWord {
    Segment,
    Sentence,
    Paragraph,
    Entry,
    /// Who wrote the entries, where several did
    Participant,
}

impl From<UnitWord> for crate::table::Unit {
    fn from(word: UnitWord) -> Self {
        match word {
            UnitWord::Segment => Self::Segment,
            UnitWord::Sentence => Self::Sentence,
            UnitWord::Paragraph => Self::Paragraph,
            UnitWord::Entry => Self::Entry,
            UnitWord::Participant => Self::Participant,
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
