//! An open study: settings, study file, and where things lie.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::WorkflowError;
use crate::{
    codebook::{self, Codebook},
    diagnostic::{Diagnostic, Severity},
    disk::Beside,
    id::Hash,
    store::{self, FOLDER, Store},
    study::{self, Study},
    text::Languages,
};

/// A study that is being worked on.
#[derive(Debug)]
pub struct Workspace {
    /// The folder with `themata.toml`.
    pub root: PathBuf,
    /// What that file says.
    pub study: Study,
    /// What that file says, as it is.
    pub settings: String,
    /// Warnings about that file, rendered.
    pub warnings: Vec<String>,
    /// The codebook that was asked for instead of the study's own, as a path from where the program runs.
    pub codebook_override: Option<PathBuf>,
    /// The event up to which the study is looked at; `None` for now.
    pub(super) past: Option<Past>,
    pub(super) store: Store,
}

/// A moment of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The last event that counts, by its beginning.
    pub event: String,
    /// When it was, by the clock of that machine.
    pub at: String,
}

/// Finds the study's folder: `from` itself or the nearest folder above it with a `themata.toml`.
///
/// # Errors
/// Fails when there is none.
pub fn find_study(from: &Path) -> Result<PathBuf, WorkflowError> {
    let start = fs::canonicalize(from).unwrap_or_else(|_| from.to_path_buf());
    let mut folders = start.ancestors();
    let found = folders.find(|folder| folder.join(study::FILE).is_file());
    found.map(Path::to_path_buf).ok_or_else(|| WorkflowError::NoStudy { from: start.clone() })
}

/// Tells whether a study has entries to look at: whether its study file is there.
pub fn is_begun(root: &Path) -> bool {
    root.join(FOLDER).join(store::FILE).is_file()
}

/// Reads a file that a person wrote; a byte order mark and CRLF are no fault.
pub(super) fn read_text(path: &Path) -> Result<String, WorkflowError> {
    let failed = |source| WorkflowError::File { doing: "read", path: path.to_path_buf(), source };
    // A device never ends, and a pipe may never begin.
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(failed(std::io::Error::other("it is a pipe, a device or a socket, not a file")));
    }
    let bytes = fs::read(path).map_err(failed)?;
    let text =
        String::from_utf8(bytes).map_err(|error| failed(std::io::Error::other(format!("it is not UTF-8: {error}"))))?;
    Ok(crate::text::normalise(&text).into_owned())
}

/// Turns findings of which one is an error into the reason why the file cannot be used.
pub(super) fn refused(file: &str, source: &str, findings: &[Diagnostic]) -> WorkflowError {
    let text = findings.iter().map(|finding| finding.render(file, source)).collect::<Vec<_>>().join("\n\n");
    let count = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    WorkflowError::Findings { file: file.to_owned(), count, text }
}

/// Reads a codebook file: the codebook, its text, and warnings, rendered.
///
/// # Errors
/// Fails when the file cannot be read or has errors; all of them are in the error.
pub fn read_codebook(path: &Path, shown: &str) -> Result<(Codebook, String, Vec<String>), WorkflowError> {
    let (codebook, source, findings) = read_with_findings(path, shown)?;
    let warnings = shown_findings(&findings, shown, &source);
    Ok((codebook, source, warnings))
}

/// Reads a codebook file: the codebook, its text, and what is to be said about it.
pub(super) fn read_with_findings(
    path: &Path,
    shown: &str,
) -> Result<(Codebook, String, Vec<Diagnostic>), WorkflowError> {
    let source = read_text(path)?;
    match codebook::read(&source) {
        Ok((codebook, findings)) => Ok((codebook, source, findings)),
        Err(findings) => Err(refused(shown, &source, &findings)),
    }
}

/// Renders findings about a file.
pub(super) fn shown_findings(findings: &[Diagnostic], file: &str, source: &str) -> Vec<String> {
    findings.iter().map(|finding| finding.render(file, source)).collect()
}

/// Writes a file anew while no other process does.
fn replace(path: &Path, content: &str) -> std::io::Result<()> {
    let beside = Beside::only(path);
    let mut file = beside.create()?;
    file.write_all(content.as_bytes())?;
    // The study file forgets that this was to be done; then it must be done, also when the power fails.
    file.sync_all()?;
    drop(file);
    beside.put()
}

impl Workspace {
    /// Opens the study in a folder, and makes its study file when there is none.
    ///
    /// # Errors
    /// Fails when the settings have errors or the study file cannot be opened.
    pub fn open(root: &Path, codebook_override: Option<PathBuf>) -> Result<Self, WorkflowError> {
        let settings = read_text(&root.join(study::FILE))?;
        let (study, findings) =
            study::read(&settings).map_err(|findings| refused(study::FILE, &settings, &findings))?;
        let warnings = findings.iter().map(|finding| finding.render(study::FILE, &settings)).collect();
        let store = Store::open(root)?;
        let workspace =
            Self { root: root.to_path_buf(), study, settings, warnings, codebook_override, past: None, store };
        // Whoever only reads the file sees it as it should be. What cannot be done now is told to who needs it.
        workspace.finish_pending().unwrap_or_default();
        Ok(workspace)
    }

    /// Looks at the study as it was after an event, or at a time, from now on; nothing can be written then.
    ///
    /// # Errors
    /// Fails when there is no such event or nothing had happened by then.
    pub fn look_back(&mut self, at: &str) -> Result<Past, WorkflowError> {
        let is_time = at.get(4..5) == Some("-");
        let moment = if is_time {
            // A day, month or minute means all of it.
            self.store.last_before(&format!("{at}~"))?
        } else {
            let long_enough = at.len() >= 4 && at.chars().all(|c| c.is_ascii_hexdigit());
            let found = if long_enough { self.store.event_named(at)? } else { None };
            found.map(|logged| logged.moment())
        };
        let moment = moment.ok_or_else(|| WorkflowError::Unknown {
            what: "moment of this study",
            name: at.to_owned(),
            hint: "write a time as 2026-03-31 or 2026-03-31T14:05, or an event as themata log shows it".to_owned(),
        })?;
        let event = self.store.event(moment.1)?.map(|logged| logged.event()).transpose()?;
        self.store = self.store.scratch(Some(moment))?;
        let past = Past { event: moment.1.short(), at: event.map(|event| event.at).unwrap_or_default() };
        self.past = Some(past.clone());
        Ok(past)
    }

    /// Reads the codebook that was in use then.
    fn past_codebook(&self) -> Result<(Codebook, Vec<String>), WorkflowError> {
        let nothing = || WorkflowError::Refused {
            what: "no codebook was in use by then".to_owned(),
            hint: "name one with --codebook FILE".to_owned(),
        };
        let fingerprint = self.store.codebook_in_use()?.ok_or_else(nothing)?;
        let file = self.store.codebook_file(fingerprint)?.ok_or_else(nothing)?;
        let shown = format!("codebook {} of then", fingerprint.short());
        match codebook::read(&file) {
            Ok((codebook, findings)) => Ok((codebook, shown_findings(&findings, &shown, &file))),
            Err(findings) => Err(refused(&shown, &file, &findings)),
        }
    }

    /// Returns where the codebook lies and how messages call it.
    pub fn codebook_path(&self) -> (PathBuf, String) {
        match &self.codebook_override {
            Some(path) => (path.clone(), path.display().to_string()),
            None => (self.root.join(&self.study.codebook), self.study.codebook.clone()),
        }
    }

    /// Reads the codebook in use, and notes in the study file when it is met for the first time.
    ///
    /// # Errors
    /// Fails when the codebook has errors or the study file cannot be written.
    pub fn codebook(&mut self) -> Result<(Codebook, Vec<String>), WorkflowError> {
        match (&self.codebook_override, &self.past) {
            (None, Some(_)) => return self.past_codebook(),
            (Some(path), Some(_)) => {
                let (codebook, _, warnings) = read_codebook(path, &path.display().to_string())?;
                return Ok((codebook, warnings));
            }
            (None, None) => self.finish_pending()?,
            (Some(_), None) => {}
        }
        let (path, shown) = self.codebook_path();
        let (codebook, source, warnings) = read_codebook(&path, &shown)?;
        let aside = self.codebook_override.is_some();
        let is_known = if aside {
            self.store.knows_codebook(codebook.fingerprint)?
        } else {
            self.store.codebook_in_use()? == Some(codebook.fingerprint)
        };
        if !is_known {
            let by = self.me();
            let mut writing = self.store.write(&by)?;
            writing.codebook_seen(codebook.fingerprint, &source, aside)?;
            writing.commit()?;
        } else if self.store.codebook_file(codebook.fingerprint)?.is_none() {
            let by = self.me();
            let mut writing = self.store.write(&by)?;
            writing.codebook_found(codebook.fingerprint, &source)?;
            writing.commit()?;
        }
        Ok((codebook, warnings))
    }

    /// Replaces the codebook file as a deed on it has decided. A file that was edited meanwhile is left alone.
    ///
    /// # Errors
    /// Fails when the file cannot be written; then the next command that needs it tries again.
    pub(super) fn finish_pending(&self) -> Result<(), WorkflowError> {
        self.store.settle_pending(|before, after| self.replace_codebook(before, after))
    }

    fn replace_codebook(&self, before: Hash, after: Hash) -> Result<(), WorkflowError> {
        let path = self.root.join(&self.study.codebook);
        let failed = |doing, source| WorkflowError::File { doing, path: path.clone(), source };
        let raw = fs::read_to_string(&path).map_err(|source| failed("read", source))?;
        if let Some(file) =
            self.store.codebook_file(after)?.filter(|_| Hash::of(crate::text::normalise(&raw).as_bytes()) == before)
        {
            let file = if raw.contains("\r\n") { file.replace('\n', "\r\n") } else { file };
            let mark = if raw.starts_with('\u{feff}') { "\u{feff}" } else { "" };
            replace(&path, &format!("{mark}{file}")).map_err(|source| failed("replace", source))?;
        }
        Ok(())
    }

    /// Tells whether no entry and no case was ever read.
    ///
    /// # Errors
    /// Fails when the study file cannot be read.
    pub fn is_unread(&self) -> Result<bool, WorkflowError> {
        // Entries whose sources are all gone were read: they are missing.
        Ok(self.store.readings()?.is_empty()
            && self.store.register()?.is_none()
            && self.store.heads(Languages::default())?.is_empty())
    }

    /// Returns who acts when nobody is named.
    pub(super) fn me(&self) -> String {
        self.study.me.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// Returns the folder for all that the program keeps.
    pub(super) fn folder(&self) -> PathBuf {
        self.root.join(FOLDER)
    }
}
