//! How fast sources become a study with an index: `cargo bench --bench indexing -- ENTRIES.jsonl [REPEAT]`.
//!
//! ENTRIES has `id` and `text` in each line. The study is made in a temporary folder; what is timed is `ingest` (sources read,
//! words kept in the study file, made durable) and the index, as `themata run` makes them.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, fails by panicking, and looks at the clock"
)]

use std::{fmt::Write as _, fs, time::Instant};

use themata::workflow::{SearchOptions, Silent, Workspace, ingest, search};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [entries, rest @ ..] = arguments.as_slice() else {
        println!("skipped: cargo bench --bench indexing -- ENTRIES.jsonl [REPEAT]");
        return;
    };
    let repeat: usize = rest.first().map_or(1, |number| number.parse().unwrap());
    let once = fs::read_to_string(entries).unwrap();
    let (mut all, mut bytes) = (String::new(), 0);
    for copy in 0..repeat {
        for line in once.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            let (id, text) = (entry["id"].as_str().unwrap(), entry["text"].as_str().unwrap());
            bytes += text.len();
            writeln!(all, "{}", serde_json::json!({ "id": format!("{id}-{copy}"), "text": text })).unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("entries.jsonl"), all).unwrap();
    let settings = "[study]\nid = \"b\"\ntitle = \"B\"\ncodebook = \"c.toml\"\n[[source]]\npath = \"entries.jsonl\"\n";
    fs::write(folder.path().join("themata.toml"), settings).unwrap();
    let codebook = "[codebook]\nid = \"c\"\ntitle = \"C\"\n[[code]]\nid = \"a\"\nlabel = \"A\"\nrules = [\"lawyer\"]\n";
    fs::write(folder.path().join("c.toml"), codebook).unwrap();
    let mut workspace = Workspace::open(folder.path(), None).unwrap();
    let megabytes = bytes as f64 / 1e6;
    let start = Instant::now();
    let _report = ingest(&mut workspace, &[], &Silent).unwrap();
    let stored = start.elapsed().as_secs_f64();
    // The first search makes the index; looking for a word that does not occur costs nothing else.
    let found = search(&mut workspace, "zzzzzz", &SearchOptions::default(), &Silent).unwrap();
    let all = start.elapsed().as_secs_f64();
    assert!(found.found.is_empty() && found.index_problem.is_none());
    println!(
        "ingest {:.1} MB/s, index {:.1} MB/s, both {:.1} MB/s of {megabytes:.0} MB",
        megabytes / stored,
        megabytes / (all - stored),
        megabytes / all
    );
}
