//! A program killed, two at once, a full disk, a folder that may not be written: what was acknowledged is kept, and the file opens.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader, Read as _},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use themata::{
    coding::{Event, MemoKind, MemoOn},
    id::CoderId,
    workflow::{self, Workspace},
};

use crate::harness::{SETTINGS, Study, another_user, coded, tree};

const KILLS: usize = 200;

/// What is killed or runs out of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
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
struct Work {
    study: Study,
    other: Study,
    number: usize,
    /// The codebook's file before a change that is going to be taken back.
    earlier: String,
}

impl Work {
    /// Everybody may code in this study.
    fn new() -> Self {
        let study = coded().file("themata.toml", SETTINGS);
        let _ = study.run(&["match"]).ok();
        let other = Study::nothing();
        tree(study.root()).into_iter().for_each(|(name, bytes)| other.write(&name, bytes));
        Self { study, other, number: 0, earlier: String::new() }
    }

    /// Makes sure that there is something to do, and returns the words of the command that does it.
    fn prepare(&mut self, deed: Deed) -> Vec<String> {
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
fn log(study: &Study) -> Vec<(String, String)> {
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    let lines = study.run(&["log", "--all", "--json"]).ok().json_lines();
    lines.iter().map(|line| (text(line, "event"), text(line, "kind"))).collect()
}

/// The events that a command says it kept; only whole lines count.
fn acknowledged(printed: &str) -> Vec<String> {
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
fn nothing_is_lost(work: &Work, deed: Deed, printed: &str, before: &[(String, String)], file: &str) {
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

fn sound(study: &Study) {
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

fn started(mut command: Command) -> Child {
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
    let mut phases = [0; 3];
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
        phases[if !printed.is_empty() {
            2
        } else if log(&work.study).len() > before.len() {
            1
        } else {
            0
        }] += 1;
        if kill % 10 == 9 {
            sound(&work.study);
        }
    }
    println!("TOLD {told} PHASES {phases:?}");
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
fn done_or_told(deed: Deed, ended: &Output) -> bool {
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

#[test]
fn a_study_that_may_not_be_written_can_be_looked_at() {
    if !another_user::possible() {
        return;
    }
    let study = coded();
    let _ = study.run(&["code", "add", "2018-02", "--at", "4..10", "--code", "lawyer", "--coder", "ana"]).ok();
    let _ = study.run(&["memo", "add", "study", "A memo", "--coder", "ana"]).ok();
    let _ = study.run(&["run"]).ok();
    let looks: &[&[&str]] = &[
        &["table", "frequency"],
        &["segments", "code=lawyer"],
        &["log", "--all"],
        &["verify"],
        &["orphans"],
        &["memo", "list"],
        &["coders"],
        &["conflicts"],
        &["search", "wait"],
    ];
    let seen: Vec<String> = looks.iter().map(|words| study.run(words).ok().stdout()).collect();
    for (name, mode) in [(".themata", 0o555), (".themata/study.db", 0o444)] {
        fs::set_permissions(study.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    for derived in ["cache", "index"] {
        fs::set_permissions(study.path(".themata").join(derived), fs::Permissions::from_mode(0o555)).unwrap();
    }
    let before = tree(&study.path(".themata"));
    for (words, seen) in looks.iter().zip(&seen) {
        assert_eq!(&another_user::run(&study, words).ok().stdout(), seen, "{words:?}");
    }
    let deeds: &[&str] = &[
        "code add 2018-02 --at 0..3 --code lawyer",
        "code remove 2018-02 --at 4..10 --code lawyer",
        "decide accept --code lawyer --all",
        "memo add study words",
        "read 2018-01",
        "codebook rename lawyer law",
        "undo",
    ];
    for deed in deeds {
        let words: Vec<&str> = deed.split(' ').chain(["--coder", "ana"]).collect();
        let told = another_user::run(&study, &words).fails().stderr();
        assert!(told.contains("cannot use the study file [STUDY]/.themata/study.db"), "{deed}: {told}");
        assert!(told.contains("hint: check that you may write"), "{deed}: {told}");
    }
    assert!(tree(&study.path(".themata")) == before, "something was written");
}

/// Runs commands at once; those that were refused say why and are done when they are repeated.
fn at_once(study: &Study, commands: &[Vec<String>]) -> Vec<String> {
    let command = |words: &Vec<String>| study.command(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let children: Vec<Child> = commands.iter().map(|words| started(command(words))).collect();
    let mut kept = Vec::new();
    for (child, words) in children.into_iter().zip(commands) {
        let mut ended = child.wait_with_output().unwrap();
        if !done_or_told(Deed::Code, &ended) {
            ended = command(words).output().unwrap();
            assert_eq!(ended.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&ended.stderr));
        }
        kept.extend(acknowledged(&String::from_utf8_lossy(&ended.stdout)));
    }
    kept
}

/// Asserts that each event follows the one before it.
fn is_one_chain(study: &Study) {
    let file = rusqlite::Connection::open(study.path(".themata/study.db")).unwrap();
    let mut statement = file.prepare("SELECT content FROM event ORDER BY lamport, id").unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let events: Vec<Event> = rows.map(|content| Event::parse(&content.unwrap()).unwrap()).collect();
    for pair in events.windows(2) {
        assert_eq!(pair[1].parents, [pair[0].id()], "{pair:?}");
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn ten_at_once_make_one_log() {
    for _ in 0..4 {
        let study = coded();
        let add = |n: usize| words(&format!("code add 2018-02 --at {n}..20 --code lawyer --coder ana --json"));
        let kept = at_once(&study, &(0..10).map(add).collect::<Vec<_>>());
        let events = log(&study);
        assert_eq!(kept.iter().filter(|event| events.iter().any(|(id, _)| id == *event)).count(), 10);
        assert_eq!(events.iter().filter(|(_, kind)| kind == "coding.added").count(), 10);
        is_one_chain(&study);
        sound(&study);
    }
}

#[test]
fn merges_reading_and_renaming_at_once_fit_together() {
    let mut work = Work::new();
    for round in 0..6 {
        let merge = work.prepare(Deed::Merge);
        let kept = at_once(&work.study, &[merge.clone(), merge]);
        assert_eq!(kept, Vec::<String>::new());
        nothing_is_lost(&work, Deed::Merge, "\n", &[], "");
        let mut all = vec![work.prepare(Deed::Ingest)];
        all.extend(
            (0..5).map(|n| words(&format!("code add 2018-02 --at {n}..9 --code lawyer --coder c{round} --json"))),
        );
        all.push(work.prepare(Deed::Rename));
        all.extend(["table frequency", "match"].map(words));
        let kept = at_once(&work.study, &all);
        let events = log(&work.study);
        assert_eq!(kept.len(), 6);
        assert!(kept.iter().all(|event| events.iter().any(|(id, _)| id.starts_with(event))), "{kept:?}");
        let _ = work.study.run(&["codebook", "check"]).ok();
        sound(&work.study);
    }
}

#[test]
fn a_study_is_for_its_owner_only() {
    let place = Study::nothing();
    let _ = place.run(&["new", "x"]).ok();
    let _ = place.run(&["run", "--study", "x"]).ok();
    let mode = |name: &str| fs::metadata(place.path("x").join(name)).unwrap().permissions().mode() & 0o777;
    for folder in ["", "codebooks", "corpus", ".themata", ".themata/cache", ".themata/index"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    let files = ["themata.toml", "codebooks/first.toml", "corpus/2024-01.md", ".gitignore", ".themata/study.db"];
    for file in files {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    let _ = place.run(&["--study", "x", "codebook", "rename", "waiting", "wait", "--coder", "ana"]).ok();
    assert_eq!(mode("codebooks/first.toml"), 0o600, "a file that is replaced keeps its mode");
    let _ = place.run(&["--study", "x", "table", "frequency"]).ok();
    // While it is open, the files beside it are as private.
    let workspace = Workspace::open(&place.path("x"), None).unwrap();
    for name in [".themata/study.db-wal", ".themata/study.db-shm"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    drop(workspace);
}
