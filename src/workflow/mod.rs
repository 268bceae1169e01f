//! What a user can do, one file a deed: joins the parts and passes values on. Both doors, command line and web, come through here.

mod cases;
mod charts;
mod check;
mod codebook;
mod error;
mod excerpts;
mod explain;
mod fresh;
mod index;
mod ingest;
mod new;
mod progress;
mod report;
mod run;
mod search;
mod segments;
mod settings;
mod tables;
mod texts;
mod workspace;

pub use crate::ingest::Refusal;
pub use charts::{chart_of, figure_png, lost_characters};
pub use check::{ExampleFailure, check_examples};
pub use codebook::{
    CodeMoves, CodeView, CodebookCheck, CodebookLine, DiffReport, Form, FormPlace, Move, Moves, Named, NotFor, Place,
    RowMove, RuleTerms, Share, Shown, Terms, check_codebook, diff_codebooks, list_codebook, places_of_form, show_code,
    terms,
};
pub use error::WorkflowError;
pub use excerpts::{ExcerptChoice, ExcerptUnit, excerpts};
pub use explain::{Explained, ExplainedCode, ExplainedUnit, MissedRule, explain_entry, explain_text};
pub use fresh::{Fresh, fresh};
pub use ingest::{CasesStatus, FileStatus, IngestReport, ingest};
pub use new::new_study;
pub use progress::{Progress, Silent};
pub use report::{WrittenReport, banner, write_report};
pub use run::{RunReport, run};
pub use search::{Found, SearchOptions, SearchOrder, SearchReport, ValueCount, search, search_counts};
pub use segments::{Line, segments};
pub use settings::check_report_settings;
pub use tables::{TableKind, TableOptions, table};
pub use workspace::{Workspace, find_study, is_begun, read_codebook};
