//! Why a codebook is not edited, and what to do instead.

use thiserror::Error;

use crate::{diagnostic::Diagnostic, id::CodeId};

/// Why an operation was not carried out. The file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The codebook has no such code.
    #[error("there is no code `{id}`")]
    Unknown {
        /// The id that was asked for.
        id: CodeId,
        /// The one that was most likely meant, or all.
        hint: String,
    },
    /// A code or theme has the id.
    #[error("id `{0}` is taken")]
    Taken(CodeId),
    /// The codebook's log names it: another code had it.
    #[error("id `{0}` was used before")]
    UsedBefore(CodeId),
    /// It has signs that an id cannot have.
    #[error("`{0}` cannot be an id")]
    NotAnId(CodeId),
    /// A code and itself.
    #[error("code `{0}` cannot be merged into itself")]
    Itself(CodeId),
    /// The code would become its own parent.
    #[error("code `{from}` cannot be merged into `{into}`, which is below it")]
    Below {
        /// The code to merge.
        from: CodeId,
        /// The code below it.
        into: CodeId,
    },
    /// The code has fewer rules.
    #[error("code `{code}` has no rule {rule}, counted from 0")]
    NoSuchRule {
        /// The code.
        code: CodeId,
        /// Index of the rule that is not there.
        rule: usize,
        /// How many there are.
        rules: usize,
    },
    /// There is nothing to do.
    #[error("code `{0}` is retired already")]
    Retired(CodeId),
    /// The file has errors of its own.
    #[error("the codebook cannot be read{}", first(.0))]
    Unreadable(Vec<Diagnostic>),
    /// The result would have errors; places are left out, because they are in a text that nobody has.
    #[error("the edited codebook would be refused{}", first(.0))]
    Refused(Vec<Diagnostic>),
}

impl EditError {
    /// Returns the next step, where there is one.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { hint, .. } => Some(hint.clone()).filter(|hint| !hint.is_empty()),
            Self::Taken(_) => Some("themes and codes share their ids' room; choose another id".to_owned()),
            Self::UsedBefore(_) => {
                Some("earlier codings and the log mean another code by it; choose a new id".to_owned())
            }
            Self::NotAnId(id) if id.as_str() == "none" => Some("`none` means that no code fits".to_owned()),
            Self::NotAnId(_) => Some("use letters, digits, - and _; the label can be anything".to_owned()),
            Self::Itself(_) => None,
            Self::Below { from, into } => {
                Some(format!("merge `{into}` into `{from}`, or give `{into}` another parent first"))
            }
            Self::NoSuchRule { rules: 0, .. } => Some("it has no rules".to_owned()),
            Self::NoSuchRule { rules, .. } => Some(format!("it has {rules}, from 0 to {}", rules.saturating_sub(1))),
            Self::Retired(_) => None,
            Self::Unreadable(_) => Some("themata codebook check shows what is wrong".to_owned()),
            Self::Refused(findings) => findings.first().and_then(|finding| finding.hint.clone()),
        }
    }
}

fn first(findings: &[Diagnostic]) -> String {
    findings.first().map(|finding| format!(": {}", finding.message)).unwrap_or_default()
}
