//! Files whose names fit a pattern: folder by folder, each real folder once.

use std::{
    collections::{BTreeSet, VecDeque},
    fs, io,
    path::{Path, PathBuf, is_separator},
};

use glob::{MatchOptions, Pattern, PatternError};

/// `*` does not find hidden files.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// A part of a pattern between two separators.
enum Part {
    /// A name as it is; `.` and `..` too.
    Name(String),
    /// A name with `*`, `?` or `[…]` in it.
    Fits(Pattern),
    /// `**`: this folder and all below it.
    Folders,
}

/// What was found: paths that fit and are no folders, and folders that cannot be read.
pub(super) type Found = Vec<Result<PathBuf, (PathBuf, io::Error)>>;

/// Finds the files that fit a pattern, sorted by name within each folder; `root` is where a relative pattern begins.
///
/// A name that is not Unicode is compared with its odd bytes as `�`, so that it is found and can be refused by name. A
/// folder that is reached in several ways, as through a link to a folder above it, is visited once.
pub(super) fn walk(root: &Path, pattern: &str) -> Result<Found, PatternError> {
    Pattern::new(pattern)?;
    if pattern.ends_with(is_separator) {
        return Ok(Vec::new());
    }
    let mut parts = Vec::new();
    for part in pattern.split(is_separator).filter(|part| !part.is_empty()) {
        parts.push(match part {
            "**" => Part::Folders,
            _ if part.contains(['*', '?', '[']) => Part::Fits(Pattern::new(part)?),
            _ => Part::Name(part.to_owned()),
        });
    }
    let absolute = Path::new(pattern).is_absolute();
    // Of an absolute path on Windows the first name is the drive.
    let start = if absolute && pattern.starts_with(is_separator) { PathBuf::from("/") } else { root.to_owned() };
    let mut walk = Walk { parts, visited: BTreeSet::new(), links: VecDeque::new(), found: Vec::new() };
    walk.go(&start, 0);
    while let Some((link, at)) = walk.links.pop_front() {
        walk.below(&link, at);
    }
    Ok(walk.found)
}

struct Walk {
    parts: Vec<Part>,
    /// Folders below `**` with every link resolved, each with the place in the pattern.
    visited: BTreeSet<(usize, PathBuf)>,
    /// Links to folders below `**`, which come after all real folders, so that what they lead to has its own name.
    links: VecDeque<(PathBuf, usize)>,
    found: Found,
}

impl Walk {
    /// Finds what fits the pattern from a part of it on, in a folder.
    fn go(&mut self, folder: &Path, at: usize) {
        match self.parts.get(at) {
            None => {}
            Some(Part::Name(name)) => {
                // `C:` alone is a folder on that drive, `C:/` its root.
                let name = if name.ends_with(':') { format!("{name}/") } else { name.clone() };
                let path = folder.join(name);
                if fs::symlink_metadata(&path).is_ok() {
                    self.fits(path, at);
                }
            }
            Some(Part::Fits(_)) => {
                for (name, path) in self.names(folder) {
                    if matches!(self.parts.get(at), Some(Part::Fits(pattern)) if pattern.matches_with(&name, OPTIONS)) {
                        self.fits(path, at);
                    }
                }
            }
            Some(Part::Folders) => self.below(folder, at),
        }
    }

    /// Takes a path that fits the pattern up to a part of it.
    fn fits(&mut self, path: PathBuf, at: usize) {
        let is_folder = path.is_dir();
        if at + 1 < self.parts.len() {
            if is_folder {
                self.go(&path, at + 1);
            }
        } else if !is_folder {
            self.found.push(Ok(path));
        }
    }

    /// Finds what fits the rest of the pattern in a folder and in all below it.
    fn below(&mut self, folder: &Path, at: usize) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        if !self.visited.insert((at, real)) {
            return;
        }
        let before = self.found.len();
        self.go(folder, at + 1);
        // A folder that cannot be read is told once.
        if self.found.iter().skip(before).any(|found| matches!(found, Err((path, _)) if path == folder)) {
            return;
        }
        let shown = self.names(folder).into_iter().filter(|(name, path)| !name.starts_with('.') && path.is_dir());
        let (links, folders): (Vec<_>, Vec<_>) = shown.map(|(_, path)| path).partition(|path| path.is_symlink());
        self.links.extend(links.into_iter().map(|path| (path, at)));
        for path in folders {
            self.below(&path, at);
        }
    }

    /// Returns what lies in a folder, sorted by name.
    fn names(&mut self, folder: &Path) -> Vec<(String, PathBuf)> {
        let read = fs::read_dir(folder).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| (entry.file_name(), entry.path()))).collect::<io::Result<Vec<_>>>()
        });
        match read {
            Ok(mut entries) => {
                entries.sort();
                entries.into_iter().map(|(name, path)| (name.to_string_lossy().into_owned(), path)).collect()
            }
            // What is no folder has no files.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Vec::new(),
            Err(error) => {
                self.found.push(Err((folder.to_owned(), error)));
                Vec::new()
            }
        }
    }
}
