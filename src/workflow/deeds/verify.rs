//! Whether the study file is what its log says.

use serde::Serialize;

use crate::workflow::{Progress, WorkflowError, Workspace};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Events in the log.
    pub events: u64,
    /// Texts, records, memos and codebook files that are here, each compared with its name.
    pub words: u64,
    /// Words that a participant withdrew.
    pub withheld: u64,
    /// Words that events name and that another copy has.
    pub elsewhere: u64,
    /// Predecessors that events name and the log does not have.
    pub predecessors: u64,
    /// What does not fit, the first event first.
    pub problems: Vec<String>,
}

/// Makes every table that follows from the log anew, when the log and its words are sound.
///
/// # Errors
/// Fails when they are not, or the study file cannot be written.
pub fn rebuild(workspace: &mut Workspace, progress: &dyn Progress) -> Result<VerifyReport, WorkflowError> {
    progress.begin("making tables anew", None);
    workspace.store.rebuild()?;
    progress.end();
    verify(workspace, progress)
}

/// Replays the log beside the study file and compares everything that follows from it.
///
/// # Errors
/// Fails when the study file cannot be read.
pub fn verify(workspace: &Workspace, progress: &dyn Progress) -> Result<VerifyReport, WorkflowError> {
    progress.begin("replaying the log", None);
    let found = workspace.store.verify(|| progress.advance(1))?;
    progress.end();
    Ok(VerifyReport {
        events: found.events,
        words: found.words,
        withheld: found.withheld,
        elsewhere: found.elsewhere,
        predecessors: found.predecessors,
        problems: found.problems,
    })
}
