//! What people do to a study, one file a deed. Each deed is one act of one coder, which can be taken back.

mod code;
mod conflicts;
mod decide;
mod forget;
mod log;
mod mark;
mod memo;
mod merge;
mod orphans;
mod refactor;
mod target;
mod undo;
mod verify;

pub use code::{Done, add_code, move_code, remove_code};
pub use conflicts::{Conflict, ConflictSide, conflicts, keep_side};
pub use decide::{Decision, DecisionFilter, decide};
pub use forget::{Forgetting, Forgotten, forget, what_to_forget};
pub use log::{LogFilter, LogLine, codebook_after, export_log, log};
pub use mark::{mark_exemplar, mark_read};
pub use memo::{MemoLine, change_memo, memos, remove_memo, write_memo};
pub use merge::{Bundles, MergeReport, merge, merge_bundles};
pub(super) use orphans::changed_codings;
pub use orphans::{ChangedCoding, confirm_orphan, drop_orphan, orphans, place_orphan};
pub use refactor::{Refactored, refactor};
pub use target::Target;
pub use undo::{Taken, redo, undo};
pub use verify::{VerifyReport, rebuild, verify};
