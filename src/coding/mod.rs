//! Codings as values: what rules suggest, what people say about it, and what has happened to the study as events.

mod anchor;
mod event;
mod lineage;
mod mark;
mod memo;
mod suggestion;

pub use anchor::{ANCHOR, Anchored, Revised};
pub use event::{Event, EventKind};
pub use lineage::Lineage;
pub use mark::{Mark, Place, Said, Verdict, standing};
pub use memo::{Memo, MemoKind, MemoOn};
pub use suggestion::{Evidence, Suggestion};
