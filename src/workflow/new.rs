//! A study to start from: small, complete, and `run` works on it at once.

use std::{fs, path::Path};

use super::WorkflowError;
use crate::disk::{private_folder, write_private};

/// The files of a new study, with `{id}` for the folder's name.
const FILES: [(&str, &str); 4] = [
    ("themata.toml", include_str!("new_files/themata.toml")),
    ("codebooks/first.toml", include_str!("new_files/first.toml")),
    ("corpus/2024-01.md", include_str!("new_files/2024-01.md")),
    (".gitignore", ".themata/\n"),
];

/// Makes a study in a folder that is not there yet or is empty. Returns the files made.
///
/// # Errors
/// Fails when the folder holds something already or cannot be written.
pub fn new_study(folder: &Path) -> Result<Vec<&'static str>, WorkflowError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| WorkflowError::File { doing: "write", path, source }
    };
    if folder.exists() && fs::read_dir(folder).map_err(failed(folder))?.next().is_some() {
        return Err(WorkflowError::NotEmpty { path: folder.to_path_buf() });
    }
    // `.` has no name of its own.
    let named = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    let name = named.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id: String = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let id = if id.trim_matches('-').is_empty() { "study".to_owned() } else { id };
    for (file, content) in FILES {
        let path = folder.join(file);
        if let Some(parent) = path.parent() {
            private_folder(parent).map_err(failed(parent))?;
        }
        write_private(&path, content.replace("{id}", &id).as_bytes()).map_err(failed(&path))?;
    }
    Ok(FILES.iter().map(|(file, _)| *file).collect())
}
