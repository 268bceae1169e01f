//! The shape of the repository, held: layers, fences, files, dependencies.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules by layer, lowest first. A module imports from lower layers only, never from its own.
const LAYERS: &[&[&str]] = &[
    &["ahead", "diagnostic", "disk", "id", "pool", "text"],
    &["corpus", "query", "statistics", "table"],
    &["codebook", "coding", "deidentify", "agreement", "study"],
    &["matching"],
    &["ingest", "interchange", "store", "search", "analysis"],
    &["report"],
    &["workflow"],
    &["web"],
    &["cli"],
];

/// What the doors reach through `workflow` only.
const BEHIND_WORKFLOW: &[&str] = &["matching", "ingest", "interchange", "store", "search", "analysis"];

/// Outside crates and the modules that may name them, so that each can be replaced in one place.
const FENCED: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("tantivy", &["search"]),
    ("polars", &["analysis"]),
    ("polars_io", &["analysis"]),
    ("plotters", &["report"]),
    ("resvg", &["report"]),
    ("rust_xlsxwriter", &["report"]),
    ("base64", &["report"]),
    ("krilla", &["report"]),
    ("maud", &["report"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("annotate_snippets", &["diagnostic"]),
    ("toml", &["diagnostic", "ingest"]),
    ("toml_edit", &["codebook"]),
    ("csv", &["ingest", "report"]),
    ("chardetng", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("glob", &["ingest"]),
    ("serde_saphyr", &["ingest"]),
    ("rust_stemmers", &["text"]),
    ("statrs", &["statistics"]),
    ("unicode_normalization", &["text"]),
    ("unicode_segmentation", &["text", "report"]),
];

/// File names that say nothing about what is inside.
const VAGUE: &[&str] = &["utils", "util", "helpers", "common", "misc", "manager", "stuff", "data"];

/// Long files that are one thing: catalogues and tables of cases.
const LONG: &[&str] = &["ingest/tests.rs", "text/abbreviations.rs"];

/// Crates that speak to a network.
const NETWORK: &[&str] =
    &["reqwest", "hyper", "ureq", "curl", "h2", "rustls", "native-tls", "openssl", "attohttpc", "isahc", "surf"];

/// Packages that are linked or build what is; a new dependency is a decision.
const MOST_PACKAGES: usize = 350;

struct Source {
    module: String,
    path: String,
    full: String,
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let top = root().join("src");
    let mut files = Vec::new();
    rust_files(&top, &mut files);
    let source = |file: PathBuf| {
        let path = file.strip_prefix(&top).unwrap().to_str().unwrap().replace('\\', "/");
        let module = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let full = fs::read_to_string(&file).unwrap();
        let lines = full.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        Source { module, path, full, code }
    };
    files.into_iter().map(source).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// Names that follow `crate::` in some code, also inside `crate::{a, b::c}`.
fn imported_modules(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            continue;
        };
        let (mut depth, mut name) = (0_usize, String::new());
        let mut taking = true;
        for c in group.chars() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    names.push(std::mem::take(&mut name));
                    taking = true;
                }
                c if depth == 0 && taking && (c.is_alphanumeric() || c == '_') => name.push(c),
                c if depth == 0 && !c.is_whitespace() => taking = false,
                _ => {}
            }
        }
        names.push(name);
    }
    names.retain(|name| !name.is_empty());
    names
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_groups() {
    let code = "use crate::{\n    a::{x, y},\n    b,\n    c::d,\n};\nuse crate::e::f; crate::g::h()";
    assert_eq!(imported_modules(code), ["a", "b", "c", "e", "g"]);
}

#[test]
fn modules_import_only_from_lower_layers() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(own) = layer(&source.module) else {
            if !["main", "lib"].contains(&source.module.as_str()) {
                broken.push(format!("{} is on no layer", source.path));
            }
            continue;
        };
        let door = ["web", "cli"].contains(&source.module.as_str());
        for name in imported_modules(&source.code) {
            let past_workflow = door && BEHIND_WORKFLOW.contains(&name.as_str());
            let not_below = name != source.module && layer(&name).is_some_and(|other| other >= own);
            if past_workflow || not_below {
                broken.push(format!("{} imports {name}", source.path));
            }
        }
    }
    assert_none("layers broken", &broken);
}

#[test]
fn outside_crates_stay_behind_their_fence() {
    let mut broken = Vec::new();
    for source in sources() {
        for (name, homes) in FENCED {
            let named = source.code.split(&format!("{name}::")).collect::<Vec<_>>();
            let outside = named
                .iter()
                .rev()
                .skip(1)
                .any(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            if outside && !homes.contains(&source.module.as_str()) {
                broken.push(format!("{} names {name}", source.path));
            }
        }
    }
    assert_none("fences broken", &broken);
}

#[test]
fn files_are_named_well_introduced_and_short() {
    let mut broken = Vec::new();
    for source in sources() {
        let stem = source.path.rsplit('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if VAGUE.contains(&stem.as_str()) {
            broken.push(format!("{}: choose a name that says what is inside", source.path));
        }
        if !source.full.starts_with("//!") {
            broken.push(format!("{} does not begin with a //! line", source.path));
        }
        if source.full.lines().count() > 420 && !LONG.contains(&source.path.as_str()) {
            broken.push(format!("{} is two things in one", source.path));
        }
    }
    assert_none("file rules broken", &broken);
}

#[test]
fn every_command_has_a_test_and_a_heading() {
    let documented = fs::read_to_string(root().join("docs/commands.md")).unwrap();
    let mut broken = Vec::new();
    for source in sources() {
        let Some(path) = source.path.strip_prefix("cli/commands/").filter(|path| *path != "mod.rs") else { continue };
        if !root().join("tests/cli").join(path).exists() {
            broken.push(format!("tests/cli/{path} is missing"));
        }
        // A command of several deeds is a folder with a file a deed.
        let name = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', " ");
        let marks = if name.contains(' ') { "###" } else { "##" };
        let name = if name == "matching" { "match" } else { &name };
        if !documented.lines().any(|line| line.trim() == format!("{marks} themata {name}")) {
            broken.push(format!("docs/commands.md has no heading \"{marks} themata {name}\""));
        }
    }
    assert_none("commands without", &broken);
}

#[test]
fn no_forgotten_test_file() {
    let mut broken = Vec::new();
    for (folder, list) in [
        ("tests", "tests/main.rs"),
        ("tests/cli", "tests/cli/mod.rs"),
        ("tests/cli/codebook", "tests/cli/codebook/mod.rs"),
    ] {
        let declared = fs::read_to_string(root().join(list)).unwrap();
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let rust = path.extension().is_some_and(|ending| ending == "rs");
            if rust && !["main", "mod"].contains(&stem.as_str()) && !declared.contains(&format!("mod {stem};")) {
                broken.push(format!("{} is not in {list}", path.display()));
            }
        }
    }
    assert_none("forgotten", &broken);
}

#[test]
fn paths_in_the_architecture_page_exist() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let quoted: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let looks_like_a_path = |text: &&&str| {
        let known = ["src/", "tests/", "docs/", "assets/", "corpus/", "codebooks/", "reports/", "benches/", ".ci/"];
        known.iter().any(|folder| text.starts_with(folder)) && !text.contains(['*', '<', '{', ' ', '…'])
    };
    let missing: Vec<String> = quoted
        .iter()
        .filter(looks_like_a_path)
        .filter(|path| !root().join(path).exists())
        .map(|path| (*path).to_owned())
        .collect();
    assert!(quoted.len() > 10);
    assert_none("named in ARCHITECTURE.md and not there", &missing);
}

/// Cargo.lock also names crates of options that are off; what is linked is what `cargo tree` says.
#[test]
fn nothing_in_the_binary_speaks_to_a_network() {
    let mut command = std::process::Command::new(env!("CARGO"));
    command.args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none"]);
    let output = command.current_dir(root()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut packages: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    packages.sort_unstable();
    packages.dedup();
    assert!(
        packages.contains(&"tantivy") && packages.contains(&"polars"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let found: Vec<String> =
        packages.iter().filter(|name| NETWORK.contains(name)).map(|name| (*name).to_owned()).collect();
    assert_none("network crates", &found);
    assert!(packages.len() <= MOST_PACKAGES, "{} packages are linked", packages.len());
}
