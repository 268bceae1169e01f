//! How fast codings become tables: `cargo bench --bench tables [-- CODINGS [ENTRIES]]`, at first 5,000,000 in 100,000.
//!
//! Suggestions of forty codes of six themes are written as the cache holds them, in a temporary folder, and counted: by the library,
//! by the same query written in polars over the same files, and by pandas where python3 has it (`benches/tables.py`; another
//! interpreter: `PYTHON=…`). Every count runs in a process of its own, in turn, so that its peak memory is its own. All print the same numbers, or it panics.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "a benchmark prints, fails by panicking, and looks at the clock"
)]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use polars::prelude::*;
use polars_io::parquet::read::ParquetReader;
use rayon::prelude::*;
use themata::{
    analysis::{
        CodeCounter, Coded, Question, SEAL, Split, Status, Suggested, Tree, UnitPart, read_units, write_suggestions,
        write_units,
    },
    codebook,
    table::{Counts, Unit},
    text::Span,
};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const THEMES: u32 = 6;
const CODES: u32 = 40;
/// As in the program.
const BLOCK: u32 = 1 << 14;
/// Sentences of an entry, in sections of twelve and paragraphs of four.
const SENTENCES: u32 = 36;
const SECTIONS: [&str; 3] = ["", "Successes", "Challenges"];
/// Values of the attribute that splits the entries.
const SITES: u32 = 5;
const QUERIES: [&str; 4] = ["entry", "sentence", "segment", "site"];
/// Rounds, of which the middle one is shown.
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["count", who, query, folder] => count(who, query, Path::new(folder)),
        [] => compare(5_000_000, 100_000),
        [codings] => compare(codings.parse().unwrap(), 100_000),
        [codings, entries, ..] => compare(codings.parse().unwrap(), entries.parse().unwrap()),
    }
}

// ---- the codings -----------------------------------------------------------------------------------

/// Returns a number that looks like chance and is the same in every run (Steele, Lea & Flood 2014, SplitMix64).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Returns one coding; the first codes are far more frequent than the last. One of eight covers two sentences.
fn coding(entry: u32, at: u64) -> Coded {
    let chance = mixed((u64::from(entry) << 20) | at);
    let spread = ((chance & 0xffff) * ((chance >> 16) & 0xffff)) >> 16;
    let code = ((spread * u64::from(CODES)) >> 16) as u32;
    let sentence = (chance >> 32) as u32 % (SENTENCES - 1);
    let sentences = (sentence, sentence + 1 + u32::from(chance >> 60 < 2));
    let span = Span { start: sentences.0 * 90, end: sentences.1 * 90 };
    Coded {
        entry,
        code,
        rule: (chance >> 50) as u32 % 4,
        status: Status::Suggested,
        coder: None,
        span,
        sentences,
        paragraphs: (sentences.0 / 4, (sentences.1 - 1) / 4 + 1),
        section: SECTIONS[(sentence / 12) as usize].to_owned(),
        evidence: vec![Span { start: span.start + 7, end: span.start + 15 }],
        negated: chance >> 58 == 0,
    }
}

/// Writes suggestions and sizes block by block as the program does, and returns how many there are.
fn write_all(folder: &Path, codings: u64, entries: u32) -> u64 {
    let an_entry = codings / u64::from(entries);
    let mut written = 0;
    for block in 0..entries.div_ceil(BLOCK) {
        let numbers = block * BLOCK..entries.min((block + 1) * BLOCK);
        let mut by_code: BTreeMap<u32, Vec<Coded>> = BTreeMap::new();
        for one in numbers.clone().flat_map(|entry| (0..an_entry).map(move |at| coding(entry, at))) {
            by_code.entry(one.code).or_default().push(one);
            written += 1;
        }
        for (code, mut rows) in by_code {
            rows.sort_by_key(|one| (one.entry, one.rule, one.span));
            write_suggestions(&folder.join(format!("suggestions-{block:05}-{code:02}.part")), &rows).unwrap();
        }
        let sizes = |entry: u32| {
            SECTIONS.map(|section| UnitPart {
                entry,
                mark: 0,
                section: section.to_owned(),
                sentences: SENTENCES / 3,
                paragraphs: SENTENCES / 12,
                words: SENTENCES / 3 * 15,
            })
        };
        let sizes: Vec<UnitPart> = numbers.flat_map(sizes).collect();
        write_units(&folder.join(format!("units-{block:05}.part")), &sizes).unwrap();
    }
    unsealed(folder);
    written
}

/// Writes the parts as mere Parquet, for programs that do not know the checksum behind it.
fn unsealed(folder: &Path) {
    let plain = folder.join("plain");
    fs::create_dir(&plain).unwrap();
    for path in parts(folder).into_values().flatten().map(|(_, path)| path) {
        let bytes = fs::read(&path).unwrap();
        let name = path.with_extension("parquet").file_name().unwrap().to_owned();
        fs::write(plain.join(name), &bytes[..bytes.len() - SEAL]).unwrap();
    }
}

/// Returns the parts by block, each with its code.
fn parts(folder: &Path) -> BTreeMap<u32, Vec<(u32, PathBuf)>> {
    let mut parts: BTreeMap<u32, Vec<(u32, PathBuf)>> = BTreeMap::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if let ["suggestions", block, code] = name.split('-').collect::<Vec<_>>().as_slice() {
            parts.entry(block.parse().unwrap()).or_default().push((code.parse().unwrap(), path));
        }
    }
    parts
}

fn units(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with("units"));
    files.sort();
    files
}

fn tree() -> Tree {
    let mut text = "[codebook]\nid = \"b\"\ntitle = \"B\"\n".to_owned();
    for theme in 0..THEMES {
        writeln!(text, "[[theme]]\nid = \"theme-{theme}\"\nlabel = \"Theme {theme}\"").unwrap();
    }
    for code in 0..CODES {
        writeln!(text, "[[code]]\nid = \"code-{code}\"\nlabel = \"Code {code}\"\ntheme = \"theme-{}\"", code % THEMES)
            .unwrap();
    }
    Tree::of(&codebook::read(&text).unwrap().0)
}

// ---- one count, in a process of its own ------------------------------------------------------------

/// Counts, and prints seconds, megabytes at most, and the counts by row and column.
fn count(who: &str, query: &str, folder: &Path) {
    let start = Instant::now();
    let counts = match who {
        "themata" => library(query, folder),
        _ => directly(query, folder),
    };
    let seconds = start.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<f64>().ok());
    println!("{seconds} {} {}", peak.unwrap_or_default() / 1e3, shown(&counts));
}

fn shown(counts: &BTreeMap<(String, u32), u64>) -> String {
    counts.iter().map(|((row, column), n)| format!("{row}/{column}={n}")).collect::<Vec<_>>().join(",")
}

fn library(query: &str, folder: &Path) -> BTreeMap<(String, u32), u64> {
    let tree = tree();
    let blocks = parts(folder).into_iter().map(|(block, parts)| (block * BLOCK..(block + 1) * BLOCK, parts));
    let suggested = Suggested::open(blocks.collect()).unwrap();
    let units = read_units(&units(folder)).unwrap();
    let mut of_entry = BTreeMap::new();
    units
        .each(Unit::Entry, |entry, _, _| {
            of_entry.insert(entry, entry % SITES);
        })
        .unwrap();
    let split = Split { name: "site".to_owned(), values: (0..SITES).map(|site| site.to_string()).collect(), of_entry };
    let question = Question {
        in_tree_order: false,
        unit: match query {
            "sentence" => Unit::Sentence,
            "segment" => Unit::Segment,
            _ => Unit::Entry,
        },
        counts: Counts::All,
        coder: "any".to_owned(),
        always_percent: false,
        split: (query == "site").then_some(&split),
        missing: 0,
        only: None,
        participants: None,
    };
    let mut counter = CodeCounter::new(&units, &tree, &question).unwrap();
    for at in 0..suggested.blocks().count() {
        counter.add(&suggested.block(at, None, &question.columns()).unwrap()).unwrap();
    }
    let rows = counter.table().unwrap().rows.into_iter();
    rows.map(|row| ((row.id, row.column.map_or(0, |site| site.parse().unwrap())), row.n.unwrap())).collect()
}

/// Reads the columns that a query needs of all parts, on all threads, into one frame.
fn all_at_once(query: &str, folder: &Path) -> DataFrame {
    let wanted: &[&str] = match query {
        "sentence" => &["entry", "sentence_from", "sentence_to"],
        "segment" => &["entry", "start", "end"],
        _ => &["entry"],
    };
    let files: Vec<(u32, PathBuf)> = parts(&folder.join("plain")).into_values().flatten().collect();
    let read = |(code, path): &(u32, PathBuf)| {
        let columns = Some(wanted.iter().map(|name| (*name).to_owned()).collect());
        let mut frame = ParquetReader::new(File::open(path).unwrap()).with_columns(columns).finish().unwrap();
        frame.with_column(Column::new_scalar("code".into(), Scalar::from(*code), frame.height())).unwrap();
        frame
    };
    let frames: Vec<DataFrame> = files.par_iter().map(read).collect();
    let mut all = frames[0].clone();
    for frame in &frames[1..] {
        all.vstack_mut(frame).unwrap();
    }
    drop(frames);
    all
}

/// The same, as somebody would write it who knows polars: the columns that are needed, all at once, in one lazy query.
fn directly(query: &str, folder: &Path) -> BTreeMap<(String, u32), u64> {
    let tree = tree();
    let all = all_at_once(query, folder);
    let (mut codes, mut rows): (Vec<u32>, Vec<u32>) = Default::default();
    for (row, spec) in (0_u32..).zip(&tree.rows) {
        codes.extend(&spec.codes);
        rows.extend(vec![row; spec.codes.len()]);
    }
    let map = df!("code" => codes, "row" => rows).unwrap().lazy();
    let joined =
        |frame: LazyFrame| frame.join(map.clone(), [col("code")], [col("code")], JoinArgs::new(JoinType::Inner));
    let counted = grouped(query, all, joined);
    let counted = counted.collect().unwrap();
    let number = |name: &str| -> Vec<u64> {
        counted.column(name).unwrap().cast(&DataType::UInt64).unwrap().u64().unwrap().into_no_null_iter().collect()
    };
    let sites = if query == "site" { number("site") } else { vec![0; counted.height()] };
    let rows = number("row").into_iter().zip(sites).zip(number("n"));
    rows.map(|((row, site), n)| ((tree.rows[row as usize].id.clone(), site as u32), n)).collect()
}

/// Counts units by row, and by site where they are split.
fn grouped(query: &str, all: DataFrame, joined: impl Fn(LazyFrame) -> LazyFrame) -> LazyFrame {
    let wide = |name: &str| col(name).cast(DataType::UInt64);
    match query {
        "sentence" => {
            let key = |from: Expr| (wide("entry") * lit(1_u64 << 32) + from.cast(DataType::UInt64)).alias("key");
            let ends = all.column("sentence_to").unwrap().u32().unwrap();
            let starts = all.column("sentence_from").unwrap().u32().unwrap();
            let longest = ends.iter().zip(starts.iter()).map(|(to, from)| to.unwrap() - from.unwrap()).max().unwrap();
            let stretch = |at: u32| {
                let here = all.clone().lazy().filter((col("sentence_from") + lit(at)).lt(col("sentence_to")));
                here.select([col("code"), key(col("sentence_from") + lit(at))])
            };
            let each = concat((0..longest).map(stretch).collect::<Vec<_>>(), UnionArgs::default()).unwrap();
            joined(each).group_by([col("row")]).agg([col("key").n_unique().alias("n")])
        }
        "segment" => {
            // Row, entry and place in one number: what starts before the furthest end so far goes on a segment.
            let key = |place: &str| wide("row") * lit(1_u64 << 52) + wide("entry") * lit(1_u64 << 28) + wide(place);
            let keys = joined(all.lazy()).select([col("row"), key("start").alias("from"), key("end").alias("to")]);
            let sorted = keys.sort(["from"], SortMultipleOptions::default());
            let before = col("to").cum_max(false).shift_and_fill(lit(1), lit(0_u64));
            sorted.filter(col("from").gt_eq(before)).group_by([col("row")]).agg([len().alias("n")])
        }
        "site" => {
            let keyed = joined(all.lazy()).with_column((col("entry") % lit(SITES)).alias("site"));
            keyed.group_by([col("row"), col("site")]).agg([col("entry").n_unique().alias("n")])
        }
        _ => joined(all.lazy()).group_by([col("row")]).agg([col("entry").n_unique().alias("n")]),
    }
}

// ---- all of them, side by side ---------------------------------------------------------------------

struct Ran {
    seconds: f64,
    megabytes: f64,
    counts: String,
}

fn ran(command: &mut Command) -> Option<Ran> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut words = text.split_whitespace();
    Some(Ran {
        seconds: words.next()?.parse().ok()?,
        megabytes: words.next()?.parse().ok()?,
        counts: words.next()?.to_owned(),
    })
}

fn compare(codings: u64, entries: u32) {
    let folder = tempfile::tempdir().unwrap();
    let written = write_all(folder.path(), codings, entries);
    let own = std::env::current_exe().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/tables.py");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    println!("{written} codings in {entries} entries, {CODES} codes, {THEMES} themes; the middle of {ROUNDS} rounds");
    for query in QUERIES {
        let mut rounds: Vec<(Ran, Ran, Option<Ran>)> = Vec::new();
        for _ in 0..ROUNDS {
            let [library, directly] = ["themata", "polars"]
                .map(|who| ran(Command::new(&own).args(["count", who, query]).arg(folder.path())).unwrap());
            let pandas = ran(Command::new(&python).arg(&script).arg(query).arg(folder.path().join("plain")));
            assert_eq!(library.counts, directly.counts, "{query}: polars counts otherwise");
            if let Some(pandas) = &pandas {
                assert_eq!(library.counts, pandas.counts, "{query}: pandas counts otherwise");
            }
            rounds.push((library, directly, pandas));
        }
        // The middle by ratio, of which each was measured in the same seconds.
        rounds.sort_by(|a, b| (a.0.seconds / a.1.seconds).total_cmp(&(b.0.seconds / b.1.seconds)));
        let (library, directly, pandas) = &rounds[ROUNDS / 2];
        let pandas = match pandas {
            None => "pandas left out: not installed".to_owned(),
            Some(pandas) => format!(
                "pandas {:.2} s {:.0} MB, ratio {:.3}",
                pandas.seconds,
                pandas.megabytes,
                library.seconds / pandas.seconds
            ),
        };
        println!(
            "{query:<9} {:.2} s {:.0} MB | polars {:.2} s {:.0} MB, ratio {:.2} | {pandas}",
            library.seconds,
            library.megabytes,
            directly.seconds,
            directly.megabytes,
            library.seconds / directly.seconds
        );
    }
}
