//! What is read: entries with their attributes and dates, and the case register.

mod case;
mod date;
mod entry;

pub use case::{Case, CaseRegister};
pub use date::{DateFormat, PartialDate};
pub use entry::{Attributes, Entry, EntryStatus, GIVEN, given};
