//! The report of a codebook: tables, figures, excerpts, and the words behind every number, in a folder.

mod checklists;
mod codebook;
mod covered;
mod facts;
mod files;
mod methods;
mod sections;
mod segments;
mod verify;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use checklists::checklists;
use codebook::codebook_page;
use facts::{Facts, dates};
use files::{kept_png, manifest, manifest_files, remove_stale, write_files};
use methods::methods;
pub(super) use sections::requested;
use sections::{figure_width, sections};
use segments::{LONGEST_SHOWN, segment_lists};
pub use verify::{ComparedReport, verify_report};

use super::{
    Fresh, Progress, WorkflowError, Workspace,
    cases::register,
    charts::figure_png,
    deeds::conflicts,
    excerpts::{ExcerptChoice, excerpts_of},
    settings::check_report_settings,
    texts::Texts,
};
use crate::{
    coding::ANCHOR,
    id::Hash,
    matching::EVALUATOR,
    report::{
        self, Banner, Glance, StudyReport,
        chart::{Width, with_font},
    },
    table::{Unit, counted, number, plural},
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
    fresh: &mut Fresh,
    progress: &dyn Progress,
) -> Result<WrittenReport, WorkflowError> {
    progress.begin("report", None);
    let written = relabelled(workspace, fresh, write);
    progress.end();
    written
}

/// Proves what the settings ask for, and does something with a study that has the report's own words wherever a theme or code
/// is named.
fn relabelled<T>(
    workspace: &Workspace,
    fresh: &mut Fresh,
    make: impl FnOnce(&Workspace, &Fresh) -> Result<T, WorkflowError>,
) -> Result<T, WorkflowError> {
    check_report_settings(workspace, fresh)?;
    let labels = fresh.relabel(&workspace.study.report.labels);
    let made = make(workspace, fresh);
    fresh.relabel(&labels);
    made
}

fn write(workspace: &Workspace, fresh: &Fresh) -> Result<WrittenReport, WorkflowError> {
    let id = &fresh.codebook.id;
    // A look back is a report of its own; what it holds does not say when that was, since same input gives same bytes.
    let name = workspace.past.as_ref().map_or_else(|| id.clone(), |past| format!("{id}-at-{}", past.event));
    let folder = workspace.root.join("reports").join(name);
    let before = manifest_files(&folder);
    let contents = study_report(workspace, fresh)?;
    let pictures = pictures(&contents, figure_width(workspace), Some((&folder, &before)))?;
    let all = files_of(workspace, fresh, &contents, &pictures)?;
    let changed = write_files(&folder, &all)?;
    remove_stale(&folder, &before, &all);
    let figures = contents.sections.iter().filter_map(|section| section.figure.as_ref());
    let noted = figures.filter(|figure| !figure.note.is_empty());
    let mut warnings: Vec<String> =
        noted.map(|figure| format!("warning: figures/{}: {}", figure.name, figure.note)).collect();
    let figures = contents.sections.iter().filter_map(|section| section.figure.as_ref());
    let large = figures.filter(|figure| !pictures.contains_key(&figure.name));
    warnings.extend(
        large.map(|figure| format!("warning: figures/{}: too large for a PNG; there is only the SVG", figure.name)),
    );
    Ok(WrittenReport { folder, files: all.len(), changed, warnings })
}

/// Makes every file of the report from nothing, in memory.
fn all_files(workspace: &Workspace, fresh: &Fresh) -> Result<BTreeMap<String, Vec<u8>>, WorkflowError> {
    let contents = study_report(workspace, fresh)?;
    let pictures = pictures(&contents, figure_width(workspace), None)?;
    files_of(workspace, fresh, &contents, &pictures)
}

/// Returns the files of a report with their manifest.
fn files_of(
    workspace: &Workspace,
    fresh: &Fresh,
    contents: &StudyReport,
    pictures: &BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>, WorkflowError> {
    let mut all: BTreeMap<String, Vec<u8>> = report::files(contents, pictures)
        .map_err(|reason| WorkflowError::Document { what: "the report".to_owned(), reason: reason.to_string() })?
        .into_iter()
        .collect();
    let manifest = manifest(workspace, fresh, &all)?;
    all.insert("manifest.json".to_owned(), manifest.into_bytes());
    Ok(all)
}

/// Returns the figures as PNG by their names; those of the last report, by its folder and manifest, where their SVG is the same.
fn pictures(
    report: &StudyReport,
    width: Width,
    last: Option<(&Path, &BTreeMap<String, String>)>,
) -> Result<BTreeMap<String, Vec<u8>>, WorkflowError> {
    let mut pictures = BTreeMap::new();
    for figure in report.sections.iter().filter_map(|section| section.figure.as_ref()) {
        let [svg, png] = report::figure_files(figure);
        let kept = last.and_then(|(folder, before)| kept_png(folder, before, &svg, &png, &with_font(&figure.svg)));
        let picture = match kept {
            Some(bytes) => bytes,
            // One that is too large for pixels is there as SVG, and its table stands there all the same.
            None => match figure_png(&figure.svg, width) {
                Err(WorkflowError::Chart(_)) => continue,
                drawn => drawn?,
            },
        };
        pictures.insert(figure.name.clone(), picture);
    }
    Ok(pictures)
}

/// Returns what must stand over all that holds codings: which count, and how many suggestions a person has looked at.
///
/// # Errors
/// Fails when the cache does not have the columns it should have.
pub fn banner(fresh: &Fresh) -> Result<Option<Banner>, WorkflowError> {
    let sums = fresh.counted(None, None).sums()?;
    let is_empty = sums.suggestions == 0 && sums.people == 0;
    Ok((!is_empty).then(|| Banner {
        counts: fresh.usual_counts().word().to_owned(),
        reviewed: sums.reviewed,
        suggestions: sums.suggestions,
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
    let decisions = fresh.decisions()?;
    let open = conflicts(workspace)?.len();
    if open > 0 {
        remarks.push(format!(
            "{} between copies of the study: the last word counts until someone chooses (themata conflicts).",
            counted(open, "open conflict", "open conflicts")
        ));
    }
    let mut facts = Facts::of(workspace, fresh)?;
    let excerpts = excerpts_of(workspace, fresh, &texts, &choice)?;
    let quotes = || excerpts.iter().flat_map(|group| &group.excerpts);
    facts.excerpts = quotes().count();
    facts.quoted = quotes().map(|excerpt| excerpt.entry.as_str()).collect::<BTreeSet<_>>().len();
    let (sections, left_out) = sections(workspace, fresh)?;
    remarks.extend(left_out);
    Ok(StudyReport {
        title: workspace.study.title.clone(),
        subtitle: subtitle.to_owned(),
        banner: banner(fresh)?,
        glance: glance(workspace, fresh)?,
        sections,
        excerpts,
        captions: workspace.study.report.style,
        methods: methods(fresh, &facts, fresh.usual_counts()),
        checklists: checklists(fresh, &facts),
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
    if let Some((first, last)) = dates(fresh) {
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
    let coders = fresh.people.stated.coders();
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
