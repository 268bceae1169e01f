//! A program killed, and one that finds the disk full: what was acknowledged is kept, and the file opens.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use themata::{
    coding::{MemoKind, MemoOn},
    id::CoderId,
    workflow::{self, Workspace},
};

use crate::harness::{SETTINGS, Study, coded, tree};

const KILLS: usize = 200;

/// What is killed or runs out of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Code,
    Decide,
    Memo,
    Undo,
    Redo,
    Rename,
    RenameBack,
    Ingest,
    Merge,
}

const DEEDS: [Deed; 9] = [
    Deed::Code,
    Deed::Decide,
    Deed::Memo,
    Deed::Undo,
    Deed::Redo,
    Deed::Rename,
    Deed::RenameBack,
    Deed::Ingest,
    Deed::Merge,
];

/// A study, a copy that goes its own way, and a number that gives every deed something new to do.
pub struct Work {
    pub study: Study,
    other: Study,
    number: usize,
    /// The codebook's file before a change that is going to be taken back.
    earlier: String,
}

impl Work {
    /// Everybody may code in this study.
    pub fn new() -> Self {
        let study = coded().file("themata.toml", SETTINGS);
        let _ = study.run(&["match"]).ok();
        let other = Study::nothing();
        tree(study.root()).into_iter().for_each(|(name, bytes)| other.write(&name, bytes));
        Self { study, other, number: 0, earlier: String::new() }
    }

    /// Makes sure that there is something to do, and returns the words of the command that does it.
    pub fn prepare(&mut self, deed: Deed) -> Vec<String> {
        self.number += 1;
        let number = self.number;
        let coder = format!("coder-{number}");
        let words = match deed {
            Deed::Code => format!("code add 2018-02 --at {}..31 --code lawyer --coder {coder} --json", number % 30),
            Deed::Decide => format!("decide accept --code lawyer --all --coder {coder} --json"),
            Deed::Memo => format!("memo add study words-{number} --coder {coder} --json"),
            Deed::Undo | Deed::Redo => {
                let mut workspace = Workspace::open(self.study.root(), None).unwrap();
                let by = CoderId::new(&coder);
                for _ in 0..3 {
                    drop(workflow::write_memo(&mut workspace, &MemoOn::Study, MemoKind::Reflexive, "Words", &by));
                }
                for _ in 0..if deed == Deed::Redo { 3 } else { 0 } {
                    drop(workflow::undo(&mut workspace, &by).unwrap());
                }
                format!("{} -n 3 --coder {coder} --json", if deed == Deed::Redo { "redo" } else { "undo" })
            }
            Deed::Rename => self.rename(&coder),
            Deed::RenameBack => {
                let rename = self.rename(&coder);
                self.earlier = self.codebook();
                let _ = self.study.run(&rename.split(' ').collect::<Vec<_>>()).ok();
                format!("undo --coder {coder} --json")
            }
            Deed::Ingest => {
                self.study.write("corpus/2018-01.md", format!("We waited {number} days. A lawyer came."));
                "ingest --json".to_owned()
            }
            Deed::Merge => {
                let _ = self.other.run(&["memo", "add", "study", &coder, "--coder", "ben"]).ok();
                let bundle = self.study.path("ben.jsonl");
                let _ = self.other.run(&["export", "log", bundle.to_str().unwrap()]).ok();
                "merge ben.jsonl --json".to_owned()
            }
        };
        words.split(' ').map(str::to_owned).collect()
    }

    /// The words that give the second code its other id.
    fn rename(&self, coder: &str) -> String {
        let (from, to) =
            if self.codebook().contains("id = \"waiting\"") { ("waiting", "wait") } else { ("wait", "waiting") };
        format!("codebook rename {from} {to} --coder {coder} --json")
    }

    fn codebook(&self) -> String {
        self.study.read("codebooks/c.toml")
    }

    fn command(&self, words: &[String]) -> Command {
        self.study.command(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Events of the log, oldest first: id and kind.
pub fn log(study: &Study) -> Vec<(String, String)> {
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    let lines = study.run(&["log", "--all", "--json"]).ok().json_lines();
    lines.iter().map(|line| (text(line, "event"), text(line, "kind"))).collect()
}

/// The events that a command says it kept; only whole lines count.
pub fn acknowledged(printed: &str) -> Vec<String> {
    let lines = printed.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let values = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
    values.filter_map(|value| Some(value.get("event").or(value.get("memo"))?.as_str()?.to_owned())).collect()
}

/// The events of a bundle.
fn bundled(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap();
    let values = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    values.filter_map(|value| Some(value.get("id")?.as_str()?.to_owned())).collect()
}

/// Compares what was printed with the log, and the codebook's file with what the log says of it.
pub fn nothing_is_lost(work: &Work, deed: Deed, printed: &str, before: &[(String, String)], file: &str) {
    let found = work.codebook();
    let after = log(&work.study);
    assert!(before.iter().all(|event| after.contains(event)), "{deed:?}: an event is gone");
    let new: Vec<&(String, String)> = after.iter().filter(|event| !before.contains(event)).collect();
    for event in acknowledged(printed) {
        assert!(new.iter().any(|(id, _)| id.starts_with(&event)), "{deed:?}: {event} is lost of\n{printed}\n{new:?}");
    }
    let told = printed.ends_with('\n');
    match deed {
        Deed::Ingest if told => {
            assert!(new.iter().any(|(_, kind)| kind == "entry.revised"), "{printed}\n{new:?}");
        }
        Deed::Merge => {
            let bundle = bundled(&work.study.path("ben.jsonl"));
            let missing = bundle.iter().filter(|id| !after.iter().any(|(known, _)| known == *id)).count();
            assert!(missing == 0 || !told && new.is_empty(), "{missing} of the bundle are missing\n{printed}\n{new:?}");
        }
        Deed::Rename | Deed::RenameBack => {
            let decided = after.iter().rfind(|(_, kind)| kind == "code.renamed");
            let shown = decided.map(|(id, _)| work.study.run(&["log", "--event", id, "--file"]).ok().stdout());
            let shown = shown.unwrap_or_default();
            let _ = work.study.run(&["codebook", "check"]).ok();
            // That a codebook was seen is an event of its own.
            let changed = |kind: &str| new.iter().any(|(_, new)| new == kind);
            let goal = match deed {
                Deed::Rename if changed("code.renamed") => &shown,
                Deed::RenameBack if changed("act.undone") => &work.earlier,
                _ => file,
            };
            assert!([file, goal].contains(&found.as_str()), "neither before nor after:\n{found}");
            assert_eq!(work.codebook(), goal, "the file is not what the log says");
            let left: Vec<_> = fs::read_dir(work.study.path("codebooks")).unwrap().collect();
            assert_eq!(left.len(), 1, "{left:?}");
        }
        _ => {}
    }
}

pub fn sound(study: &Study) {
    let _ = study.run(&["verify"]).ok();
}

/// A sequence without order that is the same every time.
struct Shuffled(u64);

impl Shuffled {
    /// A number below `end`.
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % end
    }
}

#[allow(clippy::disallowed_methods, reason = "kills are spread over as long as a command takes here")]
fn how_long(mut command: Command) -> Duration {
    let begun = Instant::now();
    let ended = command.output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    begun.elapsed()
}

pub fn started(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Kills the program after a while, or as soon as it said something; returns what it printed.
fn killed(command: Command, after: Option<Duration>) -> String {
    let mut child = started(command);
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    match after {
        Some(delay) => std::thread::sleep(delay),
        None => assert!(output.read_line(&mut printed).unwrap() > 0, "it said nothing"),
    }
    child.kill().unwrap();
    output.read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    printed
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut work = Work::new();
    let lengths: Vec<Duration> = DEEDS
        .iter()
        .map(|deed| {
            let words = work.prepare(*deed);
            how_long(work.command(&words))
        })
        .collect();
    let mut shuffled = Shuffled(20_180_917);
    let mut told = 0;
    for kill in 0..KILLS {
        let place = kill % DEEDS.len();
        let (deed, length) = (DEEDS[place], lengths[place]);
        let words = work.prepare(deed);
        let (before, file) = (log(&work.study), work.codebook());
        // Now and then right after the first words, so that acts are acknowledged on any machine.
        let after = (kill % 8 != 7).then(|| length * shuffled.below(1300) / 1000);
        let printed = killed(work.command(&words), after);
        told += acknowledged(&printed).len();
        nothing_is_lost(&work, deed, &printed, &before, &file);
        if kill % 10 == 9 {
            sound(&work.study);
        }
    }
    sound(&work.study);
    let _ = work.study.run(&["table", "frequency"]).ok();
    assert!(told > 0);
}

fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok();
    if !found {
        println!("skipped: there is no {program} here");
    }
    found
}

/// Asserts that a command which ran out of room was done, or says so and what to do.
pub fn done_or_told(deed: Deed, ended: &Output) -> bool {
    let told = String::from_utf8_lossy(&ended.stderr);
    match ended.status.code() {
        Some(0) => true,
        Some(1) => {
            assert!(told.starts_with("error: ") && told.contains("\nhint: "), "{deed:?}:\n{told}");
            false
        }
        _ => panic!("{deed:?}: {:?}\n{told}", ended.status),
    }
}

/// A file that may not grow is how a full disk looks to each command.
#[test]
fn a_full_disk_loses_nothing() {
    if !is_there("prlimit") {
        return;
    }
    let mut work = Work::new();
    let limited = |work: &Work, words: &[String], most: usize| {
        // The signal that such a limit sends is for those who do not look at what a write says.
        let script = format!("trap '' XFSZ; exec prlimit --fsize={most} \"$0\" \"$@\"");
        let mut all = vec!["-c", &script, env!("CARGO_BIN_EXE_themata")];
        all.extend(words.iter().map(String::as_str));
        let mut command = work.study.command_of(Path::new("/bin/sh"), &all);
        command.output().unwrap()
    };
    for deed in [Deed::Code, Deed::Decide, Deed::Ingest, Deed::Merge, Deed::Rename, Deed::RenameBack] {
        let mut refused = 0;
        // The pages of the journal run out one after the other, then those of the file itself, then other files.
        for most in [0, 300, 1000, 5000, 32_768, 33_000, 40_000, 50_000, 62_000, 75_000, 100_000] {
            let words = work.prepare(deed);
            let (before, file) = (log(&work.study), work.codebook());
            let ended = limited(&work, &words, most);
            refused += usize::from(!done_or_told(deed, &ended));
            nothing_is_lost(&work, deed, &String::from_utf8_lossy(&ended.stdout), &before, &file);
            if log(&work.study) == before {
                let again = work.command(&words).output().unwrap();
                assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
            }
            sound(&work.study);
        }
        assert!(refused > 0, "{deed:?} never ran out of room");
    }
    let words = ["export", "log", "all.jsonl"].map(str::to_owned);
    let ended = limited(&work, &words, 40_000);
    assert!(!done_or_told(Deed::Merge, &ended));
    let names: Vec<String> = tree(work.study.root()).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains(".new") || name == "all.jsonl"), "{names:?}");
    let _ = work.study.run(&["export", "log", "all.jsonl"]).ok();
}

/// A disk of half a megabyte that is filled until so many kilobytes are free.
const FULL: &str = r#"
mkdir disk && mount -t tmpfs -o size=512k none disk 2>/dev/null || { echo skipped; exit; }
cp -R .themata codebooks corpus themata.toml disk && cd disk || exit
for free in 0 4 8 12 20 32 40 48 64 96; do
  for words in "code add 2018-02 --at 3..9 --code lawyer --coder a$free" "decide accept --code lawyer --all --coder a$free" \
               "memo add study words --coder a$free" "codebook rename waiting w$free --coder a$free" "table frequency"; do
    head -c ${free}k /dev/zero > kept; cat /dev/zero > fill 2>/dev/null; rm kept
    $PROGRAM $words >/dev/null 2>../told; ended=$?
    rm fill
    echo "$ended $words: $(tr '\n' ' ' < ../told)"
    $PROGRAM codebook check >/dev/null || echo "afterwards the codebook is broken"
    $PROGRAM verify >/dev/null || echo "afterwards it is not sound"
    case "$ended $words" in
      *codebook*) grep -q '"waiting"' codebooks/c.toml || $PROGRAM undo --coder a$free >/dev/null || echo "no undo";;
      1*) $PROGRAM $words >/dev/null || echo "not done the second time";;
    esac
  done
done
"#;

#[test]
fn a_disk_that_is_really_full_loses_nothing() {
    if !is_there("unshare") {
        return;
    }
    let study = coded().file("themata.toml", SETTINGS);
    let mut command = study.command_of(Path::new("/usr/bin/unshare"), &["-m", "/bin/sh", "-c", FULL]);
    command.env("PROGRAM", env!("CARGO_BIN_EXE_themata")).env("PATH", "/usr/bin:/bin");
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    if said.is_empty() || said.starts_with("skipped") {
        println!("skipped: no disk can be mounted here");
        return;
    }
    for line in said.lines() {
        let told = line.starts_with("1 ") && line.contains(": error: ") && line.contains(" hint: ");
        assert!(line.starts_with("0 ") || told, "{line}\nin\n{said}");
    }
    assert!(said.contains("\n0 ") && said.contains("1 code add"), "{said}");
}
