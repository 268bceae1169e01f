//! The report of a codebook: tables, figures, excerpts, and the words behind every number, in a folder.

mod codebook;
mod covered;
mod files;
mod segments;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use codebook::codebook_page;
use files::{kept_png, manifest, manifest_files, remove_stale, write_files};
use segments::{LONGEST_SHOWN, segment_lists};

use super::{
    Fresh, Progress, WorkflowError, Workspace,
    cases::register,
    charts::{chart_of, figure_png, lost_characters},
    deeds::conflicts,
    excerpts::{ExcerptChoice, excerpts_of},
    tables::{TableKind, TableOptions, capital, case_table, section_titles, table_of},
    texts::Texts,
};
use crate::{
    coding::ANCHOR,
    corpus::PartialDate,
    id::Hash,
    matching::EVALUATOR,
    report::{self, Banner, Figure, Glance, Section, StudyReport},
    table::{Table, Unit, counted, number, plural},
    text::{SEGMENTATION, STEMMER},
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
    /// What its figures cannot show, one line a figure.
    pub warnings: Vec<String>,
}

/// Makes the report and writes what changed.
///
/// # Errors
/// Fails when a table cannot be made or the folder cannot be written.
pub fn write_report(
    workspace: &Workspace,
    fresh: &Fresh,
    progress: &dyn Progress,
) -> Result<WrittenReport, WorkflowError> {
    progress.begin("report", None);
    let contents = study_report(workspace, fresh)?;
    let id = &fresh.codebook.id;
    // A look back is a report of its own; what it holds does not say when that was, since same input gives same bytes.
    let name = workspace.past.as_ref().map_or_else(|| id.clone(), |past| format!("{id}-at-{}", past.event));
    let folder = workspace.root.join("reports").join(name);
    let before = manifest_files(&folder);
    let mut all: BTreeMap<String, Vec<u8>> = report::files(&contents)
        .map_err(|reason| WorkflowError::Document { what: "the report".to_owned(), reason: reason.to_string() })?
        .into_iter()
        .collect();
    for section in &contents.sections {
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
    remove_stale(&folder, &before, &all);
    progress.end();
    let figures = contents.sections.iter().filter_map(|section| section.figure.as_ref());
    let noted = figures.filter(|figure| !figure.note.is_empty());
    let warnings = noted.map(|figure| format!("warning: figures/{}: {}", figure.name, figure.note)).collect();
    Ok(WrittenReport { folder, files: all.len(), changed, warnings })
}

/// Returns what must stand over all that holds codings: which count, and how many suggestions a person has looked at.
///
/// # Errors
/// Fails when the cache does not have the columns it should have.
pub fn banner(fresh: &Fresh) -> Result<Option<Banner>, WorkflowError> {
    let counted = fresh.counted(None, None)?;
    let is_empty = counted.sums.suggestions == 0 && counted.sums.people == 0;
    Ok((!is_empty).then(|| Banner {
        counts: counted.counts.word().to_owned(),
        reviewed: counted.sums.reviewed,
        suggestions: counted.sums.suggestions,
    }))
}

/// Puts everything that the report shows into one value.
fn study_report(workspace: &Workspace, fresh: &Fresh) -> Result<StudyReport, WorkflowError> {
    let limit = Some(workspace.study.report.excerpts_per_code);
    let choice = ExcerptChoice { limit, longest: Some(LONGEST_SHOWN), ..ExcerptChoice::default() };
    let texts = Texts::of(workspace);
    let synthetic =
        fresh.heads.iter().all(|head| head.entry.attributes.get("synthetic").is_some()) && !fresh.heads.is_empty();
    let subtitle =
        if synthetic { "The reflections are synthetic: written for this example, about nobody." } else { "" };
    let mut remarks = workspace.store.remarks()?;
    remarks.extend(
        fresh.missing.iter().map(|head| format!("Entry {} is out of N: its source no longer holds it.", head.entry.id)),
    );
    let decisions = fresh.decisions();
    let open = conflicts(workspace)?.len();
    if open > 0 {
        remarks.push(format!(
            "{} between copies of the study: the last word counts until someone chooses (themata conflicts).",
            counted(open, "open conflict", "open conflicts")
        ));
    }
    Ok(StudyReport {
        title: workspace.study.title.clone(),
        subtitle: subtitle.to_owned(),
        banner: banner(fresh)?,
        glance: glance(workspace, fresh)?,
        sections: sections(workspace, fresh)?,
        excerpts: excerpts_of(workspace, fresh, &texts, &choice)?,
        codebook: codebook_page(&fresh.codebook),
        segments: segment_lists(workspace, fresh, &texts)?,
        remarks,
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
            ("rules".to_owned(), format!("{SEGMENTATION}, {EVALUATOR}, {STEMMER}, {ANCHOR}")),
        ]
        .into_iter()
        .chain(decisions.map(|hash| ("decisions".to_owned(), format!("SHA-256 {hash} over every coder's verdicts"))))
        .collect(),
    })
}

fn glance(workspace: &Workspace, fresh: &Fresh) -> Result<Vec<Glance>, WorkflowError> {
    let [sentences, paragraphs, words] = fresh.units.sums()?;
    let fact = |name: &str, value: String| Glance { name: name.to_owned(), value };
    let mut facts = vec![fact("Entries", fresh.heads.len().to_string())];
    let dates: BTreeSet<PartialDate> =
        fresh.heads.iter().filter_map(|head| head.entry.date).filter(|date| date.year.is_some()).collect();
    if let (Some(first), Some(last)) =
        (dates.first().and_then(|date| date.in_words()), dates.last().and_then(|date| date.in_words()))
    {
        facts.push(fact("Written", if first == last { first } else { format!("{first} to {last}") }));
    }
    facts.push(fact(
        "Size",
        format!(
            "{} {}, {} {}, {} {}",
            number(words),
            plural(words, "word", "words"),
            number(sentences),
            Unit::Sentence.word(sentences),
            number(paragraphs),
            Unit::Paragraph.word(paragraphs)
        ),
    ));
    if let Some((register, _)) = register(workspace)? {
        facts.push(fact("Cases", number(register.cases.len() as u64)));
    }
    if let Some(role) = &workspace.study.author_role {
        facts.push(fact("Written by", role.clone()));
    }
    let coders = fresh.people.coders();
    if !coders.is_empty() {
        facts.push(fact("Coders", number(coders.len() as u64)));
    }
    let codebook = &fresh.codebook;
    facts.push(fact("Codebook", format!("{}, version {}", codebook.title, codebook.version)));
    facts.push(fact("Approach", codebook.approach.word().replace('_', " ")));
    let themes = counted(codebook.themes.len(), "theme", "themes");
    facts.push(fact("Themes and codes", format!("{themes}, {}", counted(codebook.codes.len(), "code", "codes"))));
    Ok(facts)
}

fn sections(workspace: &Workspace, fresh: &Fresh) -> Result<Vec<Section>, WorkflowError> {
    let mut sections = Vec::new();
    let make =
        |name: &str, heading: &str, kind: &TableKind, unit: Unit, figure: bool| -> Result<Section, WorkflowError> {
            let options = TableOptions { unit, ..TableOptions::default() };
            let table = table_of(workspace, fresh, kind, &options)?;
            section(name, heading, table, figure)
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
    if section_titles(fresh)?.len() > 1 {
        let kind = TableKind::Crosstab("section".to_owned());
        sections.push(make("section-sentences", "By section, by sentences", &kind, Unit::Sentence, false)?);
    }
    for name in &workspace.study.report.by {
        let heading = format!("By {name}, by entries");
        let kind = TableKind::Crosstab(name.clone());
        sections.push(make(&format!("by-{}", stem(name)), &heading, &kind, Unit::Entry, false)?);
    }
    sections.extend(case_sections(workspace)?);
    name_apart(&mut sections);
    Ok(sections)
}

/// Numbers sections whose names are the same as file names, such as those of `a b` and `a-b`, or of `Site` and `site`.
fn name_apart(sections: &mut [Section]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for section in sections {
        let numbered = (2..).map(|number| format!("{}-{number}", section.name));
        let name = std::iter::once(section.name.clone()).chain(numbered).find(|name| taken.insert(name.to_lowercase()));
        section.name = name.unwrap_or_default();
        if let Some(figure) = &mut section.figure {
            figure.name.clone_from(&section.name);
        }
    }
}

/// Returns a word as part of a file name.
fn stem(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

fn section(name: &str, heading: &str, table: Table, figure: bool) -> Result<Section, WorkflowError> {
    let figure = if figure { Some(self::figure(name, &table)?) } else { None };
    Ok(Section { name: name.to_owned(), heading: heading.to_owned(), table, figure, cases: BTreeMap::new() })
}

fn figure(name: &str, table: &Table) -> Result<Figure, WorkflowError> {
    let rows = table.rows.iter().take(3).map(|row| format!("{} {} of {}", row.label, row.count(), row.total));
    let description = format!("{}. First rows: {}.", table.title, rows.collect::<Vec<_>>().join("; "));
    let svg = chart_of(table);
    Ok(Figure { name: name.to_owned(), note: lost_characters(&svg)?, svg, description })
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
        let table = case_table(workspace, &column, None, &TableOptions::default())?;
        let mut section = section(&format!("cases-{}", stem(&column)), &format!("Cases by {column}"), table, true)?;
        for row in &section.table.rows {
            let fitting = register.cases.iter().filter(|case| case.attributes.get(&column) == Some(&row.id));
            section.cases.insert(row.evidence.clone(), fitting.map(|case| case.id.clone()).collect());
        }
        section.heading = format!("Cases: {}", capital(&column));
        sections.push(section);
    }
    Ok(sections)
}
