//! How fast rules run over texts: `cargo bench --bench matching -- ENTRIES.jsonl TERMS.tsv [REPEAT]`.
//!
//! ENTRIES has a text in each line's `text`; TERMS has a category and its words in each line, separated by tabs.
//! Every figure is megabytes of text a second, from stored text to the number of coded words, the middle of five runs.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, fails by panicking, and looks at the clock"
)]

use std::{fmt::Write as _, time::Instant};

use rayon::prelude::*;
use themata::{
    codebook::{self, Codebook},
    matching::{Matcher, Scanners},
    text::{Language, for_each_token, outline},
};

/// Each category as a code, each word of it as an exact rule. Programs that count a dictionary's words do not look for negation
/// (`keep`); what it costs to mark it (`flag`) is measured beside.
fn dictionary(terms: &str, unit: &str, negation: &str) -> Codebook {
    let mut text = format!("[codebook]\nid = \"d\"\ntitle = \"D\"\nunit = \"{unit}\"\n");
    for line in terms.lines() {
        let mut words = line.split('\t');
        let name = words.next().unwrap();
        let rules: Vec<String> = words
            .filter(|word| !word.contains(['_', ' ']) && word.contains(char::is_alphanumeric))
            .map(|word| format!("\"\\\"{word}\\\"\""))
            .collect();
        write!(
            text,
            "[[code]]\nid = \"{name}\"\nlabel = \"{name}\"\nnegation = \"{negation}\"\nrules = [{}]\n",
            rules.join(", ")
        )
        .unwrap();
    }
    codebook::read(&text).unwrap().0
}

/// Three hundred rules of every kind from the words of the dictionary.
fn mixed(terms: &str, rules: usize) -> Codebook {
    let mut words: Vec<&str> = terms
        .lines()
        .flat_map(|line| line.split('\t').skip(1))
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .collect();
    words.sort_unstable();
    words.dedup();
    let word = |at: usize| words[(at * 7919) % words.len()];
    let rule = |at: usize| {
        let (a, b, c) = (word(at), word(at + 1000), word(at + 2000));
        match at % 10 {
            0..4 => a.to_owned(),
            4 => format!("\"{a}\""),
            5 => format!("{a} {b}"),
            6 => format!("({a} | {b}) NEAR/8 {c}"),
            7 => format!("{a} AND {b}"),
            8 => format!("{}*", a.get(..a.len().min(6)).unwrap_or(a)),
            _ => format!("/\\b{a}(s|ed|ing)?\\b/"),
        }
    };
    let mut text = "[codebook]\nid = \"m\"\ntitle = \"M\"\nunit = \"sentence\"\n".to_owned();
    for code in 0..rules / 10 {
        let rules: Vec<String> = (0..10).map(|at| toml_string(&rule(code * 10 + at))).collect();
        write!(text, "[[code]]\nid = \"c{code}\"\nlabel = \"c{code}\"\nrules = [{}]\n", rules.join(", ")).unwrap();
    }
    codebook::read(&text).unwrap().0
}

fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Runs a codebook over all texts; returns megabytes a second and the number of coded words.
fn speed(codebook: &Codebook, texts: &[String], threads: usize) -> (f64, usize) {
    let all: Vec<usize> = (0..codebook.codes.len()).collect();
    let matcher = Matcher::for_codes(codebook, &all);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut runs: Vec<(f64, usize)> = (0..5)
        .map(|_| {
            let start = Instant::now();
            let scanners = Scanners::new(&matcher);
            let count = |text: &String| {
                let outline = outline(text, Language::English);
                let suggestions = scanners.with(|scanner| scanner.scan(text, &outline));
                suggestions.iter().map(|one| one.evidence.len()).sum::<usize>()
            };
            let found = pool.install(|| texts.par_iter().map(count).sum());
            (bytes as f64 / 1e6 / start.elapsed().as_secs_f64(), found)
        })
        .collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    runs[2]
}

/// Cuts all texts into sentences, and into words, on one thread; returns megabytes a second of each.
fn cutting(texts: &[String]) -> [f64; 2] {
    let bytes: usize = texts.iter().map(String::len).sum();
    let timed = |work: &dyn Fn(&str) -> usize| {
        let start = Instant::now();
        let parts: usize = texts.iter().map(|text| work(text)).sum();
        assert!(parts > 0);
        bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
    };
    let words = |text: &str| {
        let mut count = 0;
        for_each_token(text, |_| count += 1);
        count
    };
    [timed(&|text| outline(text, Language::English).sentences.len()), timed(&words)]
}

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [entries, terms, rest @ ..] = arguments.as_slice() else {
        println!("skipped: cargo bench --bench matching -- ENTRIES.jsonl TERMS.tsv [REPEAT]");
        return;
    };
    let repeat: usize = rest.first().map_or(1, |number| number.parse().unwrap());
    let text =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
    let once: Vec<String> = std::fs::read_to_string(entries).unwrap().lines().map(text).collect();
    let texts: Vec<String> = once.iter().cycle().take(once.len() * repeat).cloned().collect();
    let terms = std::fs::read_to_string(terms).unwrap();
    let [sentences, words] = cutting(&texts);
    println!("cutting into sentences {sentences:.0} MB/s, into words {words:.0} MB/s");
    let books = [
        ("dictionary, unit entry", dictionary(&terms, "entry", "keep")),
        ("dictionary, unit sentence", dictionary(&terms, "sentence", "keep")),
        ("dictionary, sentence, flag", dictionary(&terms, "sentence", "flag")),
        ("300 mixed rules", mixed(&terms, 300)),
        ("600 mixed rules", mixed(&terms, 600)),
    ];
    for (name, book) in books {
        for threads in [1, 2] {
            let (rate, found) = speed(&book, &texts, threads);
            println!("{name:26} {threads} threads {rate:8.1} MB/s  {found} coded words");
        }
    }
}
