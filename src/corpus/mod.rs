//! What is read: entries with their attributes and dates, and the case register.

mod attributes;
mod case;
mod date;
mod entry;

pub use attributes::{Attributes, PackedAttributes};
pub use case::{Case, CaseRegister};
pub use date::{DateFormat, PartialDate};
pub use entry::{Entry, EntryStatus, GIVEN, given};
