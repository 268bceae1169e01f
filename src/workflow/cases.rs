//! The case register: read with the sources, kept in the study file, asked by tables.

use serde::{Deserialize, Serialize};

use super::{
    WorkflowError, Workspace,
    ingest::{CasesStatus, IngestReport},
};
use crate::{
    corpus::{Attributes, Case, CaseRegister},
    id::Hash,
    ingest,
};

/// The case register as it is kept: with the hash of its file, so that an unchanged one is not read again.
#[derive(Debug, Serialize, Deserialize)]
struct KeptRegister {
    path: String,
    id: String,
    sha256: String,
    columns: Vec<String>,
    cases: Vec<(String, Attributes)>,
}

/// Reads the case register, when the study has one and its file changed.
pub(super) fn cases(workspace: &mut Workspace, report: &mut IngestReport) -> Result<(), WorkflowError> {
    let Some(settings) = workspace.study.cases.clone() else { return Ok(()) };
    let kept: Option<KeptRegister> = workspace.store.register()?.and_then(|kept| serde_json::from_str(&kept).ok());
    let path = workspace.root.join(&settings.path);
    let bytes = std::fs::read(&path).map(Hash::of).map(|hash| hash.to_string()).unwrap_or_default();
    // A register that was not clean is kept without a hash, and one that cannot be read has none: these are not the same.
    let kept = kept.filter(|kept| !kept.sha256.is_empty());
    if let Some(kept) = kept.filter(|kept| kept.sha256 == bytes && kept.path == settings.path && kept.id == settings.id)
    {
        report.cases = Some(CasesStatus { file: settings.path, cases: kept.cases.len(), unchanged: true });
        return Ok(());
    }
    let (register, refusals) = match ingest::read_cases(&workspace.root, &settings) {
        Ok(read) => read,
        Err(refusal) => {
            report.refusals.push(refusal);
            return Ok(());
        }
    };
    let clean = refusals.is_empty();
    report.refusals.extend(refusals);
    report.cases = Some(CasesStatus { file: settings.path.clone(), cases: register.cases.len(), unchanged: false });
    let kept = KeptRegister {
        path: settings.path,
        id: settings.id,
        // With refused rows the file is read again next time, so that they are listed again.
        sha256: if clean { bytes } else { String::new() },
        columns: register.columns,
        cases: register.cases.into_iter().map(|case| (case.id, case.attributes)).collect(),
    };
    let json = serde_json::to_string(&kept).unwrap_or_default();
    if workspace.store.register()?.as_deref() == Some(json.as_str()) {
        return Ok(());
    }
    let by = workspace.me();
    let mut writing = workspace.store.write(&by)?;
    writing.cases_read(&json)?;
    writing.commit()?;
    Ok(())
}

/// Returns the case register as the study file holds it, with the hash of its file; none when the settings name none.
pub(super) fn register(workspace: &Workspace) -> Result<Option<(CaseRegister, String)>, WorkflowError> {
    if workspace.study.cases.is_none() {
        return Ok(None);
    }
    let kept: Option<KeptRegister> = workspace.store.register()?.and_then(|kept| serde_json::from_str(&kept).ok());
    Ok(kept.map(|kept| {
        let cases = kept.cases.into_iter().map(|(id, attributes)| Case { id, attributes }).collect();
        (CaseRegister { columns: kept.columns, cases }, kept.sha256)
    }))
}
