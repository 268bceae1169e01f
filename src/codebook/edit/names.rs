//! Whether an id may be given to a code.

use std::collections::BTreeSet;

use super::EditError;
use crate::{
    codebook::{Codebook, read::is_identifier},
    id::CodeId,
};

/// Refuses an id that cannot be one, that is taken, or that another code had before. A code may have its own back.
pub(super) fn check_new(codebook: &Codebook, new: &CodeId, own: Option<&CodeId>) -> Result<(), EditError> {
    let id = new.as_str();
    // `use = "none"` means that no code fits.
    if id.is_empty() || id == "none" || !is_identifier(id) {
        return Err(EditError::NotAnId(new.clone()));
    }
    if codebook.code(new).is_some() || codebook.themes.iter().any(|theme| theme.id.as_str() == id) {
        return Err(EditError::Taken(new.clone()));
    }
    let used = codebook.changes.iter().any(|change| change.code.as_deref() == Some(id));
    if used && !own.is_some_and(|own| earlier_names(codebook, own).contains(id)) {
        return Err(EditError::UsedBefore(new.clone()));
    }
    Ok(())
}

/// What the log says of a renaming, and how it is read again.
pub(super) const RENAMED: &str = "renamed to ";

/// Returns the ids that a code had before, as the log tells.
fn earlier_names<'c>(codebook: &'c Codebook, code: &'c CodeId) -> BTreeSet<&'c str> {
    let mut names = BTreeSet::from([code.as_str()]);
    for change in codebook.changes.iter().rev().filter(|change| change.action.as_deref() == Some("rename")) {
        let told = change.reason.as_deref().and_then(|reason| reason.strip_prefix(RENAMED));
        let to = told.and_then(|rest| rest.split([':', ' ']).next());
        if let (Some(from), Some(to)) = (change.code.as_deref(), to)
            && names.contains(to)
        {
            names.insert(from);
        }
    }
    names
}
