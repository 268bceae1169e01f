//! Codes renamed, merged, split and retired in the text of a codebook file, comments, order and layout kept.

mod document;
mod error;
mod lists;
mod merge;
mod names;
mod references;
mod rename;
mod retire;
mod split;
mod tables;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use error::EditError;

use super::read::read;
use crate::{
    diagnostic::{Diagnostic, Severity},
    id::CodeId,
};
use document::Draft;

/// What is said about an operation in the codebook's own log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeNote {
    /// Day, as `2018-05-02`.
    pub date: String,
    /// Who changes it.
    pub who: String,
    /// Why.
    pub reason: Option<String>,
}

/// Something done to one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Gives a code another id.
    Rename {
        /// The code.
        from: CodeId,
        /// Its new id.
        to: CodeId,
        /// Its new label; `None` leaves it.
        label: Option<String>,
    },
    /// Makes one code of two.
    Merge {
        /// The code that goes.
        from: CodeId,
        /// The code that takes in what it had.
        into: CodeId,
    },
    /// Makes two codes of one.
    Split {
        /// The code.
        from: CodeId,
        /// Id of the new one.
        new: CodeId,
        /// Label of the new one.
        label: String,
        /// Which rules go to the new one, counted from 0.
        rules: Vec<usize>,
    },
    /// Takes a code out of use.
    Retire {
        /// The code.
        code: CodeId,
    },
}

/// A codebook file after an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The whole file.
    pub text: String,
    /// What a person should look at, in lower case without a full stop.
    pub warnings: Vec<String>,
}

/// Applies an operation to the text of a codebook file. [`read`] accepts the text that comes out.
///
/// The version takes a major step and the log gets a line. A byte order mark and the kind of line ends stay.
///
/// # Errors
/// Returns why the operation makes no sense here, or the findings when the file before or after it has errors.
pub fn edit(source: &str, operation: &Operation, note: &ChangeNote) -> Result<Edited, EditError> {
    let (before, known) = read(source).map_err(EditError::Unreadable)?;
    let plain = source.strip_prefix(MARK).unwrap_or(source).replace("\r\n", "\n");
    let mut draft = Draft::of(&plain, &before)?;
    let entry = match operation {
        Operation::Rename { from, to, label } => rename::rename(&mut draft, from, to, label.as_deref())?,
        Operation::Merge { from, into } => merge::merge(&mut draft, from, into)?,
        Operation::Split { from, new, label, rules } => split::split(&mut draft, from, new, label, rules)?,
        Operation::Retire { code } => retire::retire(&mut draft, code)?,
    };
    draft.log(note, &entry);
    let (edited, mut warnings) = draft.finish();
    warnings.extend(lost_comments(&plain, &edited));
    let text = written_like(source, edited);
    let (_, findings) = read(&text).map_err(|findings| EditError::Refused(refused(findings)))?;
    let new = |finding: &&Diagnostic| {
        finding.severity != Severity::Note && known.iter().all(|other| other.message != finding.message)
    };
    warnings.extend(findings.iter().filter(new).map(|finding| finding.message.clone()));
    Ok(Edited { text, warnings })
}

/// The byte order mark that some programs put at the beginning of a text file.
const MARK: char = '\u{feff}';

/// Writes a text with the mark and the line ends of the file that it was.
fn written_like(source: &str, text: String) -> String {
    let ends = source.matches('\n').count();
    let text = if source.matches("\r\n").count() * 2 > ends { text.replace('\n', "\r\n") } else { text };
    if source.starts_with(MARK) { format!("{MARK}{text}") } else { text }
}

/// Keeps the errors, without the places in a text that is not handed out.
fn refused(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| Diagnostic { span: None, ..finding }).collect()
}

/// Names the comments on lines of their own that went with a block.
fn lost_comments(before: &str, after: &str) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for comment in comments(after) {
        *left.entry(comment).or_default() += 1;
    }
    let gone = comments(before).filter(|comment| match left.get_mut(comment) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    gone.map(|comment| format!("a comment is gone: {comment}")).collect()
}

fn comments(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| line.starts_with('#'))
}
