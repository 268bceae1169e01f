//! Codings as values: what rules suggest, and what has happened to the study as events.

mod event;
mod suggestion;

pub use event::{Event, EventKind};
pub use suggestion::{Evidence, Suggestion};
