//! A code is no longer suggested. It stays in the file, because earlier codings name it.

use super::{
    EditError,
    document::{Draft, LogEntry},
};
use crate::{codebook::CodeStatus, id::CodeId};

/// Retires a code.
pub(super) fn retire<'n>(draft: &mut Draft<'_>, code: &'n CodeId) -> Result<LogEntry<'n>, EditError> {
    if draft.known(code)?.status == CodeStatus::Retired {
        return Err(EditError::Retired(code.clone()));
    }
    draft.set(code, "status", CodeStatus::Retired.word())?;
    Ok(LogEntry { code, action: "retire", what: String::new(), recode: false })
}
