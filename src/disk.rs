//! How files come onto the disk: for their owner only, and whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Makes a folder, and those above it, so that only its owner can look inside: these are words about people. One that is there
/// stays as it is.
///
/// # Errors
/// Fails when the folder cannot be made.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Lets only the owner read and write a file; where the system has no such modes the folder's own rules hold.
pub fn keep_private(path: &Path) {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        // The folder is private already; a file system without modes is no reason to stop.
        fs::set_permissions(path, mode).unwrap_or_default();
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Writes a file that only its owner can read from the first byte on.
///
/// # Errors
/// Fails when the file cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

/// A file written beside its place and then moved there, so that nobody ever finds half of it. Dropped before, it is gone.
#[derive(Debug)]
pub struct Beside {
    place: PathBuf,
    path: PathBuf,
}

impl Beside {
    /// Where it lies until it is moved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file of this process alone.
    pub fn own(place: &Path) -> Self {
        Self::named(place, &format!(".{}.new", std::process::id()))
    }

    /// A file that a program which was stopped may have left: only for one who knows that no other writes it now.
    pub fn only(place: &Path) -> Self {
        Self::named(place, ".new")
    }

    fn named(place: &Path, ending: &str) -> Self {
        // A link stays a link, to the new file.
        let place = fs::canonicalize(place).unwrap_or_else(|_| place.to_path_buf());
        let mut name: OsString = place.as_os_str().to_owned();
        name.push(ending);
        Self { place, path: name.into() }
    }

    /// Begins the file, with the permissions of the one that it will replace.
    ///
    /// # Errors
    /// Fails when it cannot be made.
    pub fn create(&self) -> io::Result<File> {
        let file = File::create(&self.path)?;
        if let Ok(there) = fs::metadata(&self.place) {
            // A file system without permissions is no reason to stop.
            file.set_permissions(there.permissions()).unwrap_or_default();
        }
        Ok(file)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// Fails when it cannot be moved.
    pub fn put(self) -> io::Result<()> {
        fs::rename(&self.path, &self.place)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After it was put there is none; else only room is lost when this fails.
        fs::remove_file(&self.path).unwrap_or_default();
    }
}
