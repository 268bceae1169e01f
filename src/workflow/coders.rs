//! Who codes: the people that the settings name, and those of the log.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ANY, CONSENSUS, WorkflowError, Workspace};
use crate::{
    coding::{Verdict, standing},
    diagnostic::meant_or_known,
    id::CoderId,
};

/// What there is to say about a coder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoderLine {
    /// Id.
    pub coder: String,
    /// Name, when themata.toml has one.
    pub name: Option<String>,
    /// Codings by hand.
    pub coded: u64,
    /// Suggestions accepted.
    pub accepted: u64,
    /// Suggestions rejected.
    pub rejected: u64,
    /// Entries read in full.
    pub read: u64,
    /// Memos.
    pub memos: u64,
}

/// Lists coders: those of themata.toml first, in its order, then others that the log knows.
///
/// # Errors
/// Fails when the study file cannot be read.
pub fn coders(workspace: &Workspace) -> Result<Vec<CoderLine>, WorkflowError> {
    let mut lines: Vec<CoderLine> = Vec::new();
    let line = |coder: &CoderId, name: Option<String>| CoderLine {
        coder: coder.to_string(),
        name,
        coded: 0,
        accepted: 0,
        rejected: 0,
        read: 0,
        memos: 0,
    };
    for (coder, name) in &workspace.study.coders {
        lines.push(line(coder, Some(name.clone()).filter(|name| !name.is_empty() && name != coder.as_str())));
    }
    let mut counts: BTreeMap<CoderId, CoderLine> = BTreeMap::new();
    let said = standing(workspace.store.said(None)?);
    for one in &said {
        let of = counts.entry(one.coder.clone()).or_insert_with(|| line(&one.coder, None));
        match one.mark.verdict {
            Verdict::Coded => of.coded += 1,
            Verdict::Accepted => of.accepted += 1,
            Verdict::Rejected => of.rejected += 1,
            Verdict::Removed => {}
        }
    }
    for one in workspace.store.entries_read()? {
        counts.entry(one.coder.clone()).or_insert_with(|| line(&one.coder, None)).read += 1;
    }
    for memo in workspace.store.memos()? {
        counts.entry(memo.coder.clone()).or_insert_with(|| line(&memo.coder, None)).memos += 1;
    }
    for known in &mut lines {
        if let Some(counted) = counts.remove(&CoderId::new(known.coder.clone())) {
            *known = CoderLine { name: known.name.take(), ..counted };
        }
    }
    lines.extend(counts.into_values());
    Ok(lines)
}

/// Returns the ids of all coders that settings or log know.
fn known_ids(workspace: &Workspace) -> Result<BTreeSet<String>, WorkflowError> {
    let mut known: BTreeSet<String> = workspace.study.coders.iter().map(|(id, _)| id.to_string()).collect();
    known.extend(workspace.store.coders()?);
    Ok(known)
}

/// Refuses a coder whose codings are asked for and whom nobody knows.
pub(super) fn known_coder(workspace: &Workspace, coder: &str) -> Result<(), WorkflowError> {
    let known = known_ids(workspace)?;
    if known.contains(coder) || [ANY, CONSENSUS].contains(&coder) {
        return Ok(());
    }
    let known: Vec<&str> = known.iter().map(String::as_str).chain([ANY, CONSENSUS]).collect();
    Err(WorkflowError::Unknown { what: "coder", name: coder.to_owned(), hint: meant_or_known(coder, &known) })
}

impl Workspace {
    /// Returns who acts: the coder who was named, else `me` of the settings.
    ///
    /// # Errors
    /// Fails when nobody is named, or somebody whom the settings, which name some, do not.
    pub fn acting(&self, named: Option<&str>) -> Result<CoderId, WorkflowError> {
        let coder = match named {
            Some(named) => CoderId::new(named.trim()),
            None => self.study.me.clone().ok_or(WorkflowError::Nobody)?,
        };
        let known: Vec<&str> = self.study.coders.iter().map(|(id, _)| id.as_str()).collect();
        let usable = |id: &str| {
            !id.is_empty()
                && id.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
                && ![ANY, CONSENSUS].contains(&id)
        };
        if !usable(coder.as_str()) {
            let hint = "letters, digits, - _ . make an id; `any` and `consensus` mean something else".to_owned();
            return Err(WorkflowError::Unknown { what: "coder that could be called", name: coder.to_string(), hint });
        }
        if !known.is_empty() && !known.contains(&coder.as_str()) {
            let hint =
                format!("{} (a new coder needs a [[coder]] in themata.toml)", meant_or_known(coder.as_str(), &known));
            return Err(WorkflowError::Unknown { what: "coder", name: coder.to_string(), hint });
        }
        Ok(coder)
    }
}
