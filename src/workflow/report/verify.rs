//! A report compared with what the study gives now: equal, or what differs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Serialize;
use serde_json::Value;

use super::{all_files, files::inside, relabelled};
use crate::{
    id::Hash,
    workflow::{Fresh, WorkflowError, Workspace},
};

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ComparedReport {
    /// Files that were compared.
    pub files: usize,
    /// What the report was made from and is different now, in words.
    pub inputs: Vec<String>,
    /// Files that the study gives otherwise now.
    pub differ: Vec<String>,
    /// Files that were changed since the report was written: they have another hash than the manifest says.
    pub changed: Vec<String>,
    /// Files that the manifest names and the folder does not have.
    pub missing: Vec<String>,
    /// Files that the study gives and the manifest does not name.
    pub new: Vec<String>,
}

impl ComparedReport {
    /// Tells whether all is equal, byte for byte.
    pub fn is_equal(&self) -> bool {
        [&self.inputs, &self.differ, &self.changed, &self.missing, &self.new].iter().all(|list| list.is_empty())
    }
}

/// Makes the report again, in memory, and compares it with a folder.
///
/// # Errors
/// Fails when the folder has no manifest of a report, or the report cannot be made.
pub fn verify_report(workspace: &Workspace, fresh: &mut Fresh, folder: &Path) -> Result<ComparedReport, WorkflowError> {
    let path = folder.join("manifest.json");
    let no_report = |reason: String| WorkflowError::Refused {
        what: format!("{} is no report: {reason}", folder.display()),
        hint: "name a folder that `themata report` or `themata run` wrote, such as reports/navigator".to_owned(),
    };
    let bytes = fs::read(&path).map_err(|_| no_report("it has no manifest.json that can be read".to_owned()))?;
    let before: Value =
        serde_json::from_slice(&bytes).map_err(|error| no_report(format!("manifest.json is broken ({error})")))?;
    let now = relabelled(workspace, fresh, all_files)?;
    let manifest = now.get("manifest.json").map(Vec::as_slice).unwrap_or_default();
    let today: Value = serde_json::from_slice(manifest).unwrap_or_default();
    let named: BTreeMap<&str, &str> = before
        .get("files")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(name, hash)| Some((name.as_str(), hash.as_str()?)))
        .collect();
    let mut found =
        ComparedReport { files: named.len() + 1, inputs: inputs(&before, &today), ..ComparedReport::default() };
    for (name, hash) in &named {
        // The manifest may be anybody's: a name that leads out of the folder is not followed.
        let path = folder.join(name);
        let is_file = inside(name) && fs::metadata(&path).is_ok_and(|about| about.is_file());
        let there = is_file.then(|| fs::read(&path).ok()).flatten();
        match there {
            None => found.missing.push((*name).to_owned()),
            Some(bytes) if Hash::of(&bytes).to_string() != **hash => found.changed.push((*name).to_owned()),
            Some(_) => {}
        }
        let given = now.get(*name).map(|bytes| Hash::of(bytes).to_string());
        if given.as_deref() != Some(*hash) {
            found.differ.push((*name).to_owned());
        }
    }
    let known: BTreeSet<&str> = named.keys().copied().collect();
    found.new = now.keys().filter(|name| *name != "manifest.json" && !known.contains(name.as_str())).cloned().collect();
    Ok(found)
}

/// Names what the report was made from that is different now.
fn inputs(before: &Value, now: &Value) -> Vec<String> {
    const NAMES: [(&str, &str); 12] = [
        ("themata", "the program"),
        ("study", "the study"),
        ("settings", "themata.toml"),
        ("codebook", "the codebook"),
        ("segmentation", "the rules of segmentation"),
        ("stemmer", "the stemmer"),
        ("evaluator", "the evaluation of rules"),
        ("parameters", "which codings count"),
        ("anchoring", "the anchoring of codings"),
        ("decisions", "the coders' verdicts"),
        ("cases", "the case register"),
        ("texts", "the entries' texts"),
    ];
    let mut found = Vec::new();
    for (key, name) in NAMES {
        let (old, new) = (before.get(key), now.get(key));
        if old == new {
            continue;
        }
        let short = |value: Option<&Value>| match value {
            Some(Value::String(text)) => text.chars().take(12).collect(),
            Some(Value::Object(map)) if key == "codebook" => map
                .get("version")
                .and_then(Value::as_str)
                .map(|version| format!("version {version}"))
                .unwrap_or_default(),
            _ => String::new(),
        };
        let (old_words, new_words) = (short(old), short(new));
        found.push(match key {
            "texts" => format!("{name}: {}", texts(old, new)),
            _ if old_words.is_empty() || new_words.is_empty() || old_words == new_words => format!("{name}: another"),
            _ => format!("{name}: {old_words} then, {new_words} now"),
        });
    }
    found
}

/// Says how many entries were added, are gone, or have another text.
fn texts(old: Option<&Value>, new: Option<&Value>) -> String {
    let map = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let (old, new) = (map(old), map(new));
    let gone = old.keys().filter(|id| !new.contains_key(*id)).count();
    let added = new.keys().filter(|id| !old.contains_key(*id)).count();
    let changed = old.iter().filter(|(id, hash)| new.get(*id).is_some_and(|now| now != *hash)).count();
    format!("{added} added, {gone} gone, {changed} changed")
}
