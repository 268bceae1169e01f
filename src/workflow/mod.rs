//! What a user can do, one file a deed: joins the parts and passes values on. Both doors, command line and web, come through here.

mod cases;
mod charts;
mod check;
mod codebook;
mod coders;
mod counting;
mod deeds;
mod error;
mod excerpts;
mod explain;
mod fresh;
mod index;
mod ingest;
mod new;
mod people;
mod progress;
mod report;
mod run;
mod search;
mod segments;
mod settings;
mod tables;
mod texts;
mod workspace;

pub use crate::{ingest::Refusal, store::WithTexts};
pub use charts::{chart_of, codebook_order, figure_pdf, figure_png, lost_characters};
pub use check::{ExampleFailure, check_examples};
pub use codebook::{
    CodeMoves, CodeView, CodebookCheck, CodebookLine, DiffReport, Form, FormPlace, Move, Moves, Named, NotFor, Place,
    RowMove, RuleTerms, Share, Shown, Terms, check_codebook, diff_codebooks, list_codebook, places_of_form, show_code,
    terms,
};
pub use coders::{CoderLine, coders};
pub use deeds::{
    Bundles, ChangedCoding, Conflict, ConflictSide, Decision, DecisionFilter, Done, Forgetting, Forgotten, LogFilter,
    LogLine, MemoLine, MergeReport, Refactored, Taken, Target, VerifyReport, add_code, change_memo, codebook_after,
    confirm_orphan, conflicts, decide, drop_orphan, export_log, forget, keep_side, log, mark_exemplar, mark_read,
    memos, merge, merge_bundles, move_code, orphans, place_orphan, rebuild, redo, refactor, remove_code, remove_memo,
    undo, verify, what_to_forget, write_memo,
};
pub use error::WorkflowError;
pub use excerpts::{ExcerptChoice, ExcerptUnit, excerpts};
pub use explain::{Explained, ExplainedCode, ExplainedUnit, MissedRule, explain_entry, explain_text};
pub use fresh::{Fresh, fresh};
pub use ingest::{CasesStatus, FileStatus, IngestReport, ingest};
pub use new::new_study;
pub use people::{ANY, CONSENSUS, Counted, Part, People};
pub use progress::{Progress, Silent};
pub use report::{ComparedReport, WrittenReport, banner, verify_report, write_report};
pub use run::{RunReport, run};
pub use search::{Found, SearchOptions, SearchOrder, SearchReport, ValueCount, search, search_counts};
pub use segments::{Line, segments};
pub use tables::{SaturationOptions, TableKind, TableOptions, table, table_to_draw};
pub use workspace::{Past, Workspace, find_study, is_begun, read_codebook};
