//! The report of a codebook: tables, figures, excerpts, and the words behind every number, in a folder.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{
    Fresh, Progress, WorkflowError, Workspace,
    charts::{chart_of, figure_png},
    excerpts::{ExcerptChoice, excerpts, month_of},
    ingest::register,
    segments::behind,
    tables::{TableKind, TableOptions, capital, case_table, table_of},
};
use crate::{
    analysis::Coded,
    codebook::{Code, Codebook, ExampleKind},
    corpus::PartialDate,
    id::Hash,
    matching::EVALUATOR,
    report::{
        Banner, CodePage, CodebookPage, Figure, Glance, Section, Segment, SegmentList, StudyReport, ThemePage, files,
    },
    table::{Counts, Evidence, EvidenceOf, Table, Unit},
    text::{CodePoints, SEGMENTATION, STEMMER, Span},
};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenReport {
    /// The folder.
    pub folder: PathBuf,
    /// Files in it.
    pub files: usize,
    /// How many of them are new or changed.
    pub changed: usize,
}

/// Makes the report and writes what changed.
///
/// # Errors
/// Fails when a table cannot be made or the folder cannot be written.
pub fn write_report(
    workspace: &Workspace,
    fresh: &Fresh,
    remarks: &[String],
    progress: &dyn Progress,
) -> Result<WrittenReport, WorkflowError> {
    progress.begin("report", None);
    let report = study_report(workspace, fresh, remarks)?;
    let folder = workspace.root.join("reports").join(&fresh.codebook.id);
    let before = manifest_files(&folder);
    let mut all: BTreeMap<String, Vec<u8>> = files(&report)
        .map_err(|reason| WorkflowError::Document { what: "the report".to_owned(), reason: reason.to_string() })?
        .into_iter()
        .collect();
    for section in &report.sections {
        let Some(figure) = &section.figure else { continue };
        let (svg, png) = (format!("figures/{}.svg", figure.name), format!("figures/{}.png", figure.name));
        let picture = match kept_png(&folder, &before, &svg, &png, &figure.svg) {
            Some(bytes) => bytes,
            None => figure_png(&figure.svg)?,
        };
        all.insert(png, picture);
    }
    let manifest = manifest(workspace, fresh, &all)?;
    all.insert("manifest.json".to_owned(), manifest.into_bytes());
    let changed = write_files(&folder, &all)?;
    for stale in before.keys().filter(|name| !all.contains_key(*name)) {
        // A file of an earlier report; one that cannot be deleted is no reason to fail.
        fs::remove_file(folder.join(stale)).unwrap_or_default();
    }
    progress.end();
    Ok(WrittenReport { folder, files: all.len(), changed })
}

fn write_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<usize, WorkflowError> {
    let mut changed = 0;
    for (name, bytes) in files {
        let path = folder.join(name);
        let failed = |source| WorkflowError::File { doing: "write", path: path.clone(), source };
        if fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::write(&path, bytes).map_err(failed)?;
        changed += 1;
    }
    Ok(changed)
}

/// Returns the files and hashes that an earlier manifest of the same program names.
fn manifest_files(folder: &Path) -> BTreeMap<String, String> {
    let manifest: Option<Value> =
        fs::read(folder.join("manifest.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let manifest = manifest.unwrap_or_default();
    let files = manifest.get("files").and_then(Value::as_object).cloned().unwrap_or_default();
    files.into_iter().filter_map(|(name, hash)| Some((name, hash.as_str()?.to_owned()))).collect()
}

/// Returns the PNG of the last report when its SVG is the same: drawing is the slowest part of a report.
fn kept_png(folder: &Path, before: &BTreeMap<String, String>, svg: &str, png: &str, picture: &str) -> Option<Vec<u8>> {
    let bytes = fs::read(folder.join(png)).ok()?;
    let same = before.get(svg)? == &Hash::of(picture).to_string() && before.get(png)? == &Hash::of(&bytes).to_string();
    let program = fs::read(folder.join("manifest.json")).ok()?;
    let program: Value = serde_json::from_slice(&program).ok()?;
    (same && program.get("themata")?.as_str()? == env!("CARGO_PKG_VERSION")).then_some(bytes)
}

fn manifest(workspace: &Workspace, fresh: &Fresh, files: &BTreeMap<String, Vec<u8>>) -> Result<String, WorkflowError> {
    let texts: serde_json::Map<String, Value> =
        fresh.heads.iter().map(|head| (head.entry.id.to_string(), Value::from(head.sha256.to_string()))).collect();
    let hashes: serde_json::Map<String, Value> =
        files.iter().map(|(name, bytes)| (name.clone(), Value::from(Hash::of(bytes).to_string()))).collect();
    let cases = register(workspace)?.map(|(_, sha256)| sha256);
    let manifest = json!({
        "themata": env!("CARGO_PKG_VERSION"),
        "study": workspace.study.id,
        "settings": Hash::of(&workspace.settings).to_string(),
        "codebook": {
            "id": fresh.codebook.id,
            "version": fresh.codebook.version,
            "sha256": fresh.codebook.fingerprint.to_string(),
        },
        "segmentation": SEGMENTATION,
        "stemmer": STEMMER,
        "evaluator": EVALUATOR,
        "parameters": { "counts": Counts::All.word(), "coder": "any" },
        "cases": cases,
        "texts": texts,
        "files": hashes,
    });
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    Ok(text)
}

/// Puts everything that the report shows into one value.
fn study_report(workspace: &Workspace, fresh: &Fresh, remarks: &[String]) -> Result<StudyReport, WorkflowError> {
    let mut choice =
        ExcerptChoice { limit: Some(workspace.study.report.excerpts_per_code), ..ExcerptChoice::default() };
    choice.limit = choice.limit.filter(|limit| *limit > 0).or(Some(0));
    let synthetic =
        fresh.heads.iter().all(|head| head.entry.attributes.contains_key("synthetic")) && !fresh.heads.is_empty();
    let subtitle =
        if synthetic { "The reflections are synthetic: written for this example, about nobody." } else { "" };
    let suggestions = fresh.codings.distinct()?;
    let mut all_remarks: Vec<String> = remarks.to_vec();
    all_remarks.extend(
        fresh.missing.iter().map(|head| format!("Entry {} is out of N: its source no longer holds it.", head.entry.id)),
    );
    Ok(StudyReport {
        title: workspace.study.title.clone(),
        subtitle: subtitle.to_owned(),
        banner: (suggestions > 0).then(|| Banner { counts: Counts::All.word().to_owned(), reviewed: 0, suggestions }),
        glance: glance(workspace, fresh)?,
        sections: sections(workspace, fresh)?,
        excerpts: excerpts(workspace, fresh, &choice)?,
        codebook: codebook_page(&fresh.codebook),
        segments: segment_lists(workspace, fresh)?,
        remarks: all_remarks,
        origin: vec![
            ("themata".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            (
                "codebook".to_owned(),
                format!("{} {}, SHA-256 {}", fresh.codebook.id, fresh.codebook.version, fresh.codebook.fingerprint),
            ),
            (
                "texts".to_owned(),
                format!(
                    "SHA-256 {} over the texts' own",
                    Hash::of_parts(fresh.heads.iter().map(|head| head.sha256.as_bytes().to_vec()))
                ),
            ),
            ("rules".to_owned(), format!("{SEGMENTATION}, {EVALUATOR}, {STEMMER}")),
        ],
    })
}

fn glance(workspace: &Workspace, fresh: &Fresh) -> Result<Vec<Glance>, WorkflowError> {
    let [sentences, paragraphs, words] = fresh.units.sums()?;
    let fact = |name: &str, value: String| Glance { name: name.to_owned(), value };
    let mut facts = vec![fact("Entries", fresh.heads.len().to_string())];
    let dates: BTreeSet<PartialDate> =
        fresh.heads.iter().filter_map(|head| head.entry.date).filter(|date| date.year.is_some()).collect();
    if let (Some(first), Some(last)) =
        (dates.first().and_then(|date| month_of(*date)), dates.last().and_then(|date| month_of(*date)))
    {
        facts.push(fact("Written", if first == last { first } else { format!("{first} to {last}") }));
    }
    facts.push(fact(
        "Size",
        format!("{} words, {} sentences, {} paragraphs", grouped(words), grouped(sentences), grouped(paragraphs)),
    ));
    if let Some((register, _)) = register(workspace)? {
        facts.push(fact("Cases", grouped(register.cases.len() as u64)));
    }
    if let Some(role) = &workspace.study.author_role {
        facts.push(fact("Written by", role.clone()));
    }
    let codebook = &fresh.codebook;
    facts.push(fact("Codebook", format!("{}, version {}", codebook.title, codebook.version)));
    facts.push(fact("Approach", codebook.approach.word().replace('_', " ")));
    facts.push(fact("Themes and codes", format!("{} themes, {} codes", codebook.themes.len(), codebook.codes.len())));
    Ok(facts)
}

/// Writes a number with a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn sections(workspace: &Workspace, fresh: &Fresh) -> Result<Vec<Section>, WorkflowError> {
    let mut sections = Vec::new();
    let make =
        |name: &str, heading: &str, kind: &TableKind, unit: Unit, figure: bool| -> Result<Section, WorkflowError> {
            let options = TableOptions { unit, ..TableOptions::default() };
            let table = table_of(fresh, kind, &options)?;
            Ok(section(name, heading, table, figure))
        };
    sections.push(make("frequency-entries", "Themes and codes, by entries", &TableKind::Frequency, Unit::Entry, true)?);
    sections.push(make(
        "frequency-sentences",
        "Themes and codes, by sentences",
        &TableKind::Frequency,
        Unit::Sentence,
        true,
    )?);
    sections.push(make(
        "frequency-paragraphs",
        "Themes and codes, by paragraphs",
        &TableKind::Frequency,
        Unit::Paragraph,
        false,
    )?);
    sections.push(make(
        "frequency-segments",
        "Themes and codes, by coded segments",
        &TableKind::Frequency,
        Unit::Segment,
        false,
    )?);
    if fresh.heads.iter().any(|head| head.entry.attribute("month").is_some()) {
        sections.push(make(
            "trend-sentences",
            "Over the months, by sentences",
            &TableKind::Trend,
            Unit::Sentence,
            true,
        )?);
    }
    if fresh.units.sections()?.iter().filter(|(title, _)| !title.is_empty()).count() > 1 {
        let kind = TableKind::Crosstab("section".to_owned());
        sections.push(make("section-sentences", "By section, by sentences", &kind, Unit::Sentence, false)?);
    }
    for name in &workspace.study.report.by {
        let heading = format!("By {name}, by entries");
        let kind = TableKind::Crosstab(name.clone());
        sections.push(make(&format!("by-{}", stem(name)), &heading, &kind, Unit::Entry, false)?);
    }
    sections.extend(case_sections(workspace)?);
    Ok(sections)
}

/// Returns a word as part of a file name.
fn stem(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

fn section(name: &str, heading: &str, table: Table, figure: bool) -> Section {
    let figure = figure.then(|| {
        let top = table
            .rows
            .iter()
            .take(3)
            .map(|row| format!("{} {} of {}", row.label, row.n, row.total))
            .collect::<Vec<_>>()
            .join("; ");
        let description = format!("{}. First rows: {top}.", table.title);
        Figure { name: name.to_owned(), svg: chart_of(&table), description }
    });
    Section { name: name.to_owned(), heading: heading.to_owned(), table, figure, cases: BTreeMap::new() }
}

/// Makes a table of every attribute of cases that was asked for, else of those with 2 to 20 values.
fn case_sections(workspace: &Workspace) -> Result<Vec<Section>, WorkflowError> {
    let Some((register, _)) = register(workspace)? else { return Ok(Vec::new()) };
    let values = |column: &String| -> BTreeSet<&String> {
        register.cases.iter().filter_map(|case| case.attributes.get(column)).filter(|value| !value.is_empty()).collect()
    };
    let usual = || register.columns.iter().filter(|column| (2..=20).contains(&values(column).len())).cloned().collect();
    let columns: Vec<String> = workspace.study.report.case_attributes.clone().unwrap_or_else(usual);
    let mut sections = Vec::new();
    for column in columns {
        let table = case_table(workspace, &column, false)?;
        let mut section = section(&format!("cases-{}", stem(&column)), &format!("Cases by {column}"), table, true);
        for row in &section.table.rows {
            let fitting = register.cases.iter().filter(|case| case.attributes.get(&column) == Some(&row.id));
            section.cases.insert(row.evidence.clone(), fitting.map(|case| case.id.clone()).collect());
        }
        section.heading = format!("Cases: {}", capital(&column));
        sections.push(section);
    }
    Ok(sections)
}

fn segment_lists(workspace: &Workspace, fresh: &Fresh) -> Result<Vec<SegmentList>, WorkflowError> {
    let limit = workspace.study.report.segments_per_number;
    let mut lists = Vec::new();
    for (index, code) in (0_u32..).zip(&fresh.codebook.codes) {
        let of = EvidenceOf::Code(code.id.to_string());
        let evidence =
            Evidence { of, unit: Unit::Entry, counts: Some(Counts::All), coder: Some("any".to_owned()), split: None };
        let mut list = SegmentList {
            code: code.id.to_string(),
            total: 0,
            command: format!("themata segments {evidence}"),
            segments: Vec::new(),
        };
        if fresh.tree.row(code.id.as_str()).is_some() {
            for (number, coded) in behind(fresh, &evidence)? {
                let own: Vec<Coded> = coded.into_iter().filter(|one| one.code == index).collect();
                add_segments(workspace, fresh, code, (number, own), limit, &mut list)?;
            }
        }
        lists.push(list);
    }
    Ok(lists)
}

fn add_segments(
    workspace: &Workspace,
    fresh: &Fresh,
    code: &Code,
    (number, coded): (u32, Vec<Coded>),
    limit: usize,
    list: &mut SegmentList,
) -> Result<(), WorkflowError> {
    let Some(entry) = fresh.entry(number) else { return Ok(()) };
    let mut by_span: BTreeMap<Span, Vec<Coded>> = BTreeMap::new();
    for one in coded {
        by_span.entry(one.span).or_default().push(one);
    }
    list.total += by_span.len() as u64;
    let room = limit.saturating_sub(list.segments.len());
    if room == 0 || by_span.is_empty() {
        return Ok(());
    }
    let text = workspace.store.text(number)?;
    let points = CodePoints::new(&text);
    for (span, coded) in by_span.into_iter().take(room) {
        let mut marks: Vec<Span> = coded.iter().flat_map(|one| one.evidence.iter().copied()).collect();
        marks.sort();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for mark in marks {
            let (from, to) =
                (mark.start.saturating_sub(span.start) as usize, mark.end.saturating_sub(span.start) as usize);
            match joined.last_mut() {
                Some(last) if from < last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        let rules: BTreeSet<u32> = coded.iter().map(|one| one.rule).collect();
        let rules: Vec<&str> =
            rules.iter().filter_map(|rule| code.rules.get(*rule as usize)).map(|rule| rule.text.as_str()).collect();
        let section = coded.first().map(|one| one.section.clone()).unwrap_or_default();
        let mut attributes = BTreeMap::from([("section".to_owned(), section.clone())]);
        for name in ["month"].into_iter().chain(workspace.study.report.by.iter().map(String::as_str)) {
            attributes.extend(entry.attribute(name).map(|value| (name.to_owned(), value)));
        }
        let (shown, joined) = cut(span.of(&text), joined);
        list.segments.push(Segment {
            entry: entry.id.to_string(),
            date: entry.date.and_then(month_of).unwrap_or_default(),
            section,
            place: points.of_span(span),
            text: shown,
            marks: joined,
            rule: rules.join("; "),
            status: "suggested".to_owned(),
            attributes,
        });
    }
    Ok(())
}

/// Longer segments are shown on the page from their beginning on to about here; `themata segments` has all of them.
const LONGEST_SHOWN: usize = 4000;

/// Cuts an unusually long segment for the page, between characters, and leaves out the marks behind the cut.
fn cut(text: &str, mut marks: Vec<(usize, usize)>) -> (String, Vec<(usize, usize)>) {
    if text.len() <= LONGEST_SHOWN {
        return (text.to_owned(), marks);
    }
    let mut end = LONGEST_SHOWN;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    marks.retain(|(_, to)| *to <= end);
    let left = text.get(end..).unwrap_or_default().chars().count();
    (format!("{} … [{left} more characters]", text.get(..end).unwrap_or_default()), marks)
}

fn codebook_page(codebook: &Codebook) -> CodebookPage {
    let page = |code: &Code| CodePage {
        id: code.id.to_string(),
        parent: code.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
        label: code.label.clone(),
        definition: code.definition.clone().or_else(|| code.short.clone()).unwrap_or_default(),
        include: code.include.clone(),
        exclude: code
            .exclude
            .iter()
            .map(|exclusion| match &exclusion.instead {
                Some(instead) => format!("{} → {instead}", exclusion.text),
                None => exclusion.text.clone(),
            })
            .collect(),
        rules: code.rules.iter().map(|rule| rule.text.clone()).collect(),
        examples: code
            .examples
            .iter()
            .map(|example| {
                let kind = match (example.kind, &example.instead) {
                    (ExampleKind::CloseButNo, Some(instead)) => format!("close, but no → {instead}"),
                    (ExampleKind::CloseButNo, None) => "close, but no".to_owned(),
                    (kind, _) => kind.word().to_owned(),
                };
                (kind, example.text.clone())
            })
            .collect(),
        apart: !code.aggregate,
        origin: code.origin.map(|origin| origin.word().replace('_', " ")).unwrap_or_default(),
    };
    let mut themes: Vec<ThemePage> = codebook
        .themes
        .iter()
        .map(|theme| ThemePage {
            id: theme.id.to_string(),
            label: theme.label.clone(),
            concept: theme.concept.clone().unwrap_or_default(),
            not_this: theme.not_this.clone().unwrap_or_default(),
            codes: codebook.codes.iter().filter(|code| codebook.theme_of(code) == Some(theme)).map(page).collect(),
        })
        .collect();
    let loose: Vec<CodePage> =
        codebook.codes.iter().filter(|code| codebook.theme_of(code).is_none()).map(page).collect();
    if !loose.is_empty() {
        themes.push(ThemePage { label: "Codes without a theme".to_owned(), codes: loose, ..ThemePage::default() });
    }
    CodebookPage { title: codebook.title.clone(), version: codebook.version.clone(), themes }
}
