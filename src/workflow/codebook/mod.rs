//! Deeds about the codebook itself: what is in it, what its rules find, what a change of it moves.

mod check;
mod diff;
mod lint;
mod list;
mod show;
mod terms;

pub use check::{CodebookCheck, check_codebook};
pub use diff::{CodeMoves, DiffReport, Move, Moves, Place, RowMove, Share, diff_codebooks};
pub use list::{CodebookLine, list_codebook};
pub(super) use show::known_code;
pub use show::{CodeView, Named, NotFor, Shown, show_code};
pub use terms::{Form, FormPlace, RuleTerms, Terms, places_of_form, terms};
