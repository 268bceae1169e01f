//! The folder of a report: what is written, kept and named in the manifest.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path},
};

use serde_json::{Value, json};

use crate::{
    coding::ANCHOR,
    id::Hash,
    matching::EVALUATOR,
    text::{SEGMENTATION, STEMMER},
    workflow::{Fresh, WorkflowError, Workspace, cases::register},
};

/// Writes the files that changed; returns how many.
pub(super) fn write_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<usize, WorkflowError> {
    let mut changed = 0;
    for (name, bytes) in files {
        let path = folder.join(name);
        let failed = |source| WorkflowError::File { doing: "write", path: path.clone(), source };
        if fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::write(&path, bytes).map_err(failed)?;
        changed += 1;
    }
    Ok(changed)
}

/// Returns the files and hashes that an earlier manifest of the same program names.
pub(super) fn manifest_files(folder: &Path) -> BTreeMap<String, String> {
    let manifest: Option<Value> =
        fs::read(folder.join("manifest.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let manifest = manifest.unwrap_or_default();
    let files = manifest.get("files").and_then(Value::as_object).cloned().unwrap_or_default();
    files.into_iter().filter_map(|(name, hash)| Some((name, hash.as_str()?.to_owned()))).collect()
}

/// Deletes what an earlier report wrote and this one does not have; a file that a person changed since is theirs.
///
/// The manifest lies in a folder that anyone may have sent, so that a name which leads out of it deletes nothing.
pub(super) fn remove_stale(folder: &Path, before: &BTreeMap<String, String>, now: &BTreeMap<String, Vec<u8>>) {
    for (name, hash) in before.iter().filter(|(name, _)| !now.contains_key(*name)) {
        let path = folder.join(name);
        if inside(name) && fs::read(&path).is_ok_and(|bytes| Hash::of(bytes).to_string() == *hash) {
            // One that cannot be deleted is no reason to fail.
            fs::remove_file(path).unwrap_or_default();
        }
    }
}

/// Tells whether a name of a manifest stays in its folder.
pub(super) fn inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Returns the PNG of the last report when its SVG is the same: drawing is the slowest part of a report.
pub(super) fn kept_png(
    folder: &Path,
    before: &BTreeMap<String, String>,
    svg: &str,
    png: &str,
    picture: &str,
) -> Option<Vec<u8>> {
    let bytes = fs::read(folder.join(png)).ok()?;
    let same = before.get(svg)? == &Hash::of(picture).to_string() && before.get(png)? == &Hash::of(&bytes).to_string();
    let program = fs::read(folder.join("manifest.json")).ok()?;
    let program: Value = serde_json::from_slice(&program).ok()?;
    (same && program.get("themata")?.as_str()? == env!("CARGO_PKG_VERSION")).then_some(bytes)
}

pub(super) fn manifest(
    workspace: &Workspace,
    fresh: &Fresh,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<String, WorkflowError> {
    let texts: serde_json::Map<String, Value> =
        fresh.heads.iter().map(|head| (head.entry.id.to_string(), Value::from(head.sha256.to_string()))).collect();
    let hashes: serde_json::Map<String, Value> =
        files.iter().map(|(name, bytes)| (name.clone(), Value::from(Hash::of(bytes).to_string()))).collect();
    let cases = register(workspace)?.map(|(_, sha256)| sha256);
    let manifest = json!({
        "themata": env!("CARGO_PKG_VERSION"),
        "study": workspace.study.id,
        "settings": Hash::of(&workspace.settings).to_string(),
        "codebook": {
            "id": fresh.codebook.id,
            "version": fresh.codebook.version,
            "sha256": fresh.codebook.fingerprint.to_string(),
        },
        "segmentation": SEGMENTATION,
        "stemmer": STEMMER,
        "evaluator": EVALUATOR,
        "parameters": { "counts": fresh.usual_counts().word(), "coder": fresh.usual_coder() },
        "anchoring": ANCHOR,
        "decisions": fresh.decisions()?.map(|hash| hash.to_string()),
        "cases": cases,
        "texts": texts,
        "files": hashes,
    });
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    Ok(text)
}
