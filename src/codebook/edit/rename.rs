//! A code gets another id, and is called by it wherever it is named.

use super::{
    EditError,
    document::{Draft, LogEntry},
    names::{RENAMED, check_new},
    references::redirect,
};
use crate::id::CodeId;

/// Renames a code.
pub(super) fn rename<'n>(
    draft: &mut Draft<'_>,
    from: &'n CodeId,
    to: &CodeId,
    label: Option<&str>,
) -> Result<LogEntry<'n>, EditError> {
    draft.known(from)?;
    check_new(draft.before, to, Some(from))?;
    if let Some(label) = label {
        draft.set(from, "label", label)?;
    }
    draft.set(from, "id", to.as_str())?;
    for code in draft.codes.iter_mut() {
        redirect(code, from.as_str(), to.as_str());
    }
    Ok(LogEntry { code: from, action: "rename", what: format!("{RENAMED}{to}"), recode: false })
}
