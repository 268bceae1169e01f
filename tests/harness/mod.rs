//! A study in a temporary folder, and the program run on it with a known environment.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A study being set up and used.
pub struct Study {
    folder: TempDir,
    env: Vec<(String, String)>,
}

/// What a command printed and how it ended.
#[must_use = "say how the command should end: ok, fails or finds_problems"]
pub struct Ran {
    output: Output,
    root: PathBuf,
}

pub const SETTINGS: &str =
    "[study]\nid = \"s\"\ntitle = \"A study\"\ncodebook = \"codebooks/c.toml\"\n\n[[source]]\npath = \"corpus/*.md\"\n";

pub const CODEBOOK: &str = r#"[codebook]
id = "c"
title = "Codes"
version = "1.0.0"

[[theme]]
id = "help"
label = "Help"

[[code]]
id = "lawyer"
theme = "help"
label = "Lawyers"
rules = ["lawyer"]

[[code]]
id = "waiting"
label = "Waiting"
rules = ["wait"]
"#;

impl Study {
    /// A study with settings and a codebook, and no entries yet.
    pub fn new() -> Self {
        let study = Self { folder: TempDir::new().unwrap(), env: Vec::new() };
        study.file("themata.toml", SETTINGS).file("codebooks/c.toml", CODEBOOK)
    }

    /// An empty folder.
    pub fn nothing() -> Self {
        Self { folder: TempDir::new().unwrap(), env: Vec::new() }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file below the study.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The command, ready to run in the study's folder with nothing of the outside in its environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_themata")), arguments)
    }

    pub fn command_of(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.root()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.root()).env("TZ", "UTC").env("LANG", "C.UTF-8").env("NO_COLOR", "1");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.ran(self.command(arguments))
    }

    pub fn ran(&self, mut command: Command) -> Ran {
        Ran { output: command.output().unwrap(), root: self.root().canonicalize().unwrap() }
    }
}

impl Ran {
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.output.status.code(), Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout(), self.stderr());
        self
    }

    pub fn ok(self) -> Self {
        self.ends(0)
    }

    pub fn fails(self) -> Self {
        self.ends(1)
    }

    pub fn wrong_words(self) -> Self {
        self.ends(2)
    }

    pub fn finds_problems(self) -> Self {
        self.ends(3)
    }

    fn shown(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).replace(self.root.to_str().unwrap(), "[STUDY]")
    }

    pub fn stdout(&self) -> String {
        self.shown(&self.output.stdout)
    }

    pub fn stderr(&self) -> String {
        self.shown(&self.output.stderr)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.output.stdout).unwrap()
    }

    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Every file below a folder with its bytes, sorted by name.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn visit(top: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(top, &path, found);
            } else {
                found.push((path.strip_prefix(top).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    visit(folder, folder, &mut found);
    found.sort();
    found
}

/// Copies a folder of the repository into a study.
pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The worked example, copied.
pub fn example() -> Study {
    let study = Study::nothing();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["corpus", "codebooks"] {
        copy(&root.join(folder), &study.path(folder));
    }
    std::fs::copy(root.join("themata.toml"), study.path("themata.toml")).unwrap();
    study
}

/// A study of two entries that two people, ana and ben, code; read already.
pub fn coded() -> Study {
    let settings = SETTINGS.replace("[[source]]", "[[coder]]\nid = \"ana\"\n[[coder]]\nid = \"ben\"\n[[source]]");
    let study = Study::new()
        .file("themata.toml", settings)
        .file("corpus/2018-01.md", "We waited. Niño 😊 waited too. A lawyer came.\n\nWe waited for the bus.")
        .file("corpus/2018-02.md", "The lawyer called. Nobody came.");
    let _ = study.run(&["ingest"]).ok();
    study
}

/// Events and times, which differ from run to run, as `[event]` and `[time]`.
pub fn nameless(text: &str) -> String {
    let event = regex::Regex::new(r"\b[0-9a-f]{12,64}\b").unwrap();
    let time = regex::Regex::new(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d\.\d+Z)?").unwrap();
    time.replace_all(&event.replace_all(text, "[event]"), "[time]").into_owned()
}

/// The program run as somebody without rights.
#[cfg(unix)]
pub mod another_user {
    use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

    use super::{Ran, Study};

    /// Whether the system lets us run as somebody without rights; without it these tests have nothing to say.
    pub fn possible() -> bool {
        let tried = Command::new("setpriv").args(["--reuid", "65534", "--clear-groups", "true"]).status();
        let possible = tried.is_ok_and(|status| status.success());
        if !possible {
            println!("skipped: setpriv cannot change the user here");
        }
        possible
    }

    /// A copy of the program where everybody may run it.
    fn program(study: &Study) -> PathBuf {
        let path = study.path("program");
        // Copied by another process: while we hold a file open to write, a test beside us may start a program that holds it too.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_themata")).arg(&path).status().unwrap();
        assert!(copied.success());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(study.root(), fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    pub fn run(study: &Study, arguments: &[&str]) -> Ran {
        let program = program(study);
        let mut all = vec!["--reuid", "65534", "--regid", "65534", "--clear-groups", program.to_str().unwrap()];
        all.extend(arguments);
        study.ran(study.command_of(&PathBuf::from("/usr/bin/setpriv"), &all))
    }
}
