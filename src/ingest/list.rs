//! Which files the sources name.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{
    Refusal, SourceFile,
    unreadable::{MAX_FILE, Unreadable},
    walk::walk,
};
use crate::{
    id::Hash,
    study::{self, Study},
};

/// The files that the sources name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Files that can be read, sorted by path.
    pub files: Vec<SourceFile>,
    /// What cannot be listed or read.
    pub refusals: Vec<Refusal>,
    /// Files and folders that are there but cannot be read, named as in [`SourceFile`]: what they hold is not known.
    pub unread: Vec<String>,
}

/// Lists the files of all sources, sorted by path; a file that two sources name belongs to the first.
///
/// Hidden files and folders, the study's settings and codebook and the program's reports are skipped, and what lies outside the study is refused unless the setting is an absolute path.
/// A pattern that finds nothing and a file that cannot be read are refusals; the rest is listed.
pub fn list(root: &Path, study: &Study) -> Listed {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let own = [root.join(study::FILE), root.join(&study.codebook)];
    let own = own.into_iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut listing = Listing { root, own, seen: BTreeSet::new(), listed: Listed::default() };
    for (rank, source) in study.sources.iter().enumerate() {
        listing.add_source(rank, &source.path);
    }
    listing.listed.files.sort_by(|a, b| a.path.cmp(&b.path));
    listing.listed
}

struct Listing {
    root: PathBuf,
    /// The study's settings and codebook: words about reflections, and none of them.
    own: BTreeSet<PathBuf>,
    /// Files with every symlink resolved, so that two ways to a file are one.
    seen: BTreeSet<PathBuf>,
    listed: Listed,
}

impl Listing {
    fn add_source(&mut self, rank: usize, written: &str) {
        let absolute = Path::new(written).is_absolute();
        let found = match walk(&self.root, written) {
            Ok(found) => found,
            Err(problem) => {
                let reason = format!("is not a pattern of files: {}", problem.msg);
                self.refuse(written, reason, Some("`*` stands for any name, `**` for any folders"));
                return;
            }
        };
        if found.is_empty() {
            self.refuse_empty(written, absolute);
        }
        for path in found {
            match path {
                Ok(path) => self.add_file(rank, &path, absolute),
                Err((folder, error)) => self.refuse_unreadable(&folder, absolute, &Unreadable::from(error)),
            }
        }
    }

    fn refuse(&mut self, place: &str, reason: String, hint: Option<&str>) {
        self.listed.refusals.push(Refusal { place: place.to_owned(), reason, hint: hint.map(str::to_owned) });
    }

    fn refuse_unreadable(&mut self, path: &Path, absolute: bool, unreadable: &Unreadable) {
        self.listed.refusals.push(unreadable.refuse(&shown(&self.root, path)));
        if unreadable.is_there() {
            self.listed.unread.extend(self.named(path, absolute));
        }
    }

    /// Names a file as messages and the study file call it; nothing when its name is not Unicode.
    fn named(&self, path: &Path, absolute: bool) -> Option<String> {
        with_slashes(if absolute { path } else { path.strip_prefix(&self.root).unwrap_or(path) })
    }

    fn refuse_empty(&mut self, written: &str, absolute: bool) {
        // A folder that may not be entered looks like one without files.
        let plain = written.split('/').take_while(|part| !part.contains(['*', '?', '['])).collect::<Vec<_>>().join("/");
        let beginning = self.root.join(&plain);
        if let Err(error) = fs::metadata(&beginning)
            && error.kind() == io::ErrorKind::PermissionDenied
        {
            self.refuse_unreadable(&beginning, absolute, &Unreadable::from(error));
            return;
        }
        let folder = written.trim_end_matches("**").trim_end_matches('/');
        let is_folder = self.root.join(folder).is_dir();
        let hint = if is_folder {
            format!(
                "to read the files of a folder, write `{folder}/*.md`, or `{folder}/**/*.md` with those of its folders"
            )
        } else {
            "paths start at the study's folder; upper and lower case count, and hidden files are left out".to_owned()
        };
        self.refuse(written, "no file matches".to_owned(), Some(&hint));
    }

    fn add_file(&mut self, rank: usize, path: &Path, absolute: bool) {
        match self.file(rank, path, absolute) {
            Ok(Some(file)) => self.listed.files.push(file),
            Ok(None) => {}
            Err(unreadable) => self.refuse_unreadable(path, absolute, &unreadable),
        }
    }

    /// Returns the file, or nothing when it is on the list already.
    fn file(&mut self, rank: usize, path: &Path, absolute: bool) -> Result<Option<SourceFile>, Unreadable> {
        let real = path.canonicalize()?;
        if !absolute && !real.starts_with(&self.root) {
            return Err(Unreadable::Outside);
        }
        // To open a pipe would be to wait for its other end.
        if !fs::metadata(&real)?.is_file() {
            return Err(Unreadable::NoFile);
        }
        if self.own.contains(&real) || is_report(&self.root, &real) || !self.seen.insert(real) {
            return Ok(None);
        }
        let name = self.named(path, absolute).ok_or(Unreadable::Name)?;
        Ok(Some(SourceFile { path: name, rank, bytes: hash(path)? }))
    }
}

/// Tells whether a file is part of a report that the program wrote: what it found is not to be found again.
fn is_report(root: &Path, file: &Path) -> bool {
    let reports = root.join("reports");
    let folder = file.strip_prefix(&reports).ok().and_then(|below| below.components().next());
    folder.is_some_and(|folder| reports.join(folder).join("manifest.json").is_file())
}

/// Hashes a file without holding it in memory.
fn hash(path: &Path) -> Result<Hash, Unreadable> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() > MAX_FILE {
        return Err(Unreadable::FileTooLarge);
    }
    let mut hasher = Sha256::new();
    io::copy(&mut file, &mut hasher)?;
    Ok(Hash::from_bytes(&hasher.finalize()).unwrap_or_else(|| Hash::of("")))
}

fn with_slashes(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if std::path::MAIN_SEPARATOR == '/' { text.to_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") })
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study;

    fn study(sources: &[&str]) -> Study {
        let tables: String = sources.iter().map(|path| format!("[[source]]\npath = '{path}'\n")).collect();
        let settings = format!("[study]\nid = \"s\"\ncodebook = \"c.toml\"\n{tables}");
        study::read(&settings).unwrap().0
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        root
    }

    fn lines(root: &Path, sources: &[&str]) -> String {
        let Listed { files, refusals, .. } = list(root, &study(sources));
        let files = files.iter().map(|file| format!("{} {}", file.rank, file.path));
        let refusals =
            refusals.iter().map(|refusal| format!("{}: {} | {:?}", refusal.place, refusal.reason, refusal.hint));
        files.chain(refusals).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lists_each_file_once_sorted_without_hidden_ones() {
        let root = folder(&["n/b.md", "n/a.md", "n/.c.md", ".h/d.md", "n/deep/e.md", "n/f.txt", "[x].md"]);
        insta::assert_snapshot!(lines(root.path(), &["n/a.md", "./n/**/*.md", "n/*", "**/*.md"]), @"
        3 [x].md
        0 n/a.md
        1 n/b.md
        1 n/deep/e.md
        2 n/f.txt
        ");
    }

    #[test]
    fn what_the_program_reads_and_writes_is_no_source() {
        let files =
            ["themata.toml", "c.toml", "a.md", "reports/c/report.md", "reports/c/manifest.json", "reports/march.md"];
        let root = folder(&files);
        assert_eq!(lines(root.path(), &["**/*"]), "0 a.md\n0 reports/march.md");
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let root = folder(&["a.md"]);
        let listed = list(root.path(), &study(&["a.md"]));
        assert_eq!(listed.files[0].bytes, Hash::of("a.md"));
    }

    #[test]
    fn a_pattern_that_finds_nothing_is_refused_and_the_rest_goes_on() {
        let root = folder(&["n/a.md"]);
        insta::assert_snapshot!(lines(root.path(), &["m/*.md", "n", "n/**", "n/***", "n/*.md"]), @r#"
        4 n/a.md
        m/*.md: no file matches | Some("paths start at the study's folder; upper and lower case count, and hidden files are left out")
        n: no file matches | Some("to read the files of a folder, write `n/*.md`, or `n/**/*.md` with those of its folders")
        n/**: no file matches | Some("to read the files of a folder, write `n/*.md`, or `n/**/*.md` with those of its folders")
        n/***: is not a pattern of files: wildcards are either regular `*` or recursive `**` | Some("`*` stands for any name, `**` for any folders")
        "#);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_in_another_encoding_is_refused_and_the_rest_is_read() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
        let root = folder(&["n/a.txt"]);
        fs::write(root.path().join("n").join(OsStr::from_bytes(b"caf\xe9.txt")), "x").unwrap();
        insta::assert_snapshot!(lines(root.path(), &["n/*.txt", "**/*.txt"]), @r#"
        0 n/a.txt
        n/caf�.txt: the name of the file is not Unicode | Some("rename it in letters that every program reads, such as `cafe.txt`")
        "#);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_socket_is_refused_unopened() {
        let root = folder(&["n/a.md"]);
        let _socket = std::os::unix::net::UnixListener::bind(root.path().join("n/b.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(root.path().join("n/c.md")).status();
        assert!(made.unwrap().success());
        insta::assert_snapshot!(lines(root.path(), &["n/*.md"]), @r#"
        0 n/a.md
        n/b.md: is a pipe, a device or a socket, not a file | Some("take it away, or write `path` in [[source]] so that it does not fit")
        n/c.md: is a pipe, a device or a socket, not a file | Some("take it away, or write `path` in [[source]] so that it does not fit")
        "#);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_links_to_one_above_it_is_visited_once() {
        let root = folder(&["n/a.md", "n/d/b.md", "m/c.md"]);
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).unwrap();
        link(".", "n/loop");
        link("../..", "n/d/up");
        link("../m", "n/other");
        let found = walk(root.path(), "n/**/*.md").unwrap();
        let found = found.into_iter().map(|path| shown(root.path(), &path.unwrap())).collect::<Vec<_>>();
        assert_eq!(found, ["n/a.md", "n/d/b.md", "n/other/c.md"]);
        insta::assert_snapshot!(lines(root.path(), &["n/**/*.md", "n/other/*.md"]), @"
        0 n/a.md
        0 n/d/b.md
        0 n/other/c.md
        ");
    }

    #[cfg(unix)]
    #[test]
    fn symlinks_stay_inside() {
        let outside = folder(&["secret.md", "d/e.md"]);
        let root = folder(&["n/a.md"]);
        let link = |to: PathBuf, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).unwrap();
        link(outside.path().join("secret.md"), "n/out.md");
        link(outside.path().join("d"), "n/folder");
        link(root.path().join("n/a.md"), "n/z.md");
        link(root.path().join("nowhere"), "n/broken.md");
        insta::assert_snapshot!(lines(root.path(), &["n/**/*.md", "n/folder/*.md"]), @r#"
        0 n/a.md
        n/broken.md: cannot be read: No such file or directory (os error 2) | None
        n/out.md: leads outside the study | Some("copy it into the study, or give its absolute path in [[source]]")
        n/folder/e.md: leads outside the study | Some("copy it into the study, or give its absolute path in [[source]]")
        n/folder/e.md: leads outside the study | Some("copy it into the study, or give its absolute path in [[source]]")
        "#);
        let absolute = outside.path().join("*.md");
        let found = lines(root.path(), &[absolute.to_str().unwrap()]);
        assert!(found.starts_with("0 /") && found.ends_with("/secret.md"), "{found}");
    }
}
