//! Tables with their titles and notes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Counted, Fresh, Progress, WorkflowError, Workspace, cases::register, coders::known_coder, counting, fresh,
};
use crate::{
    analysis::{CodeCounter, Codings, Question, Split, attribute_table},
    codebook::{Approach, Code, CodeStatus, Codebook},
    corpus::{self, Entry},
    table::{Counts, Table, Unit, plural},
};

/// Which table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// Frequency of themes and codes.
    Frequency,
    /// Themes and codes by the values of an attribute of entries, or by `section`.
    Crosstab(String),
    /// Themes and codes by month, with every month of the range.
    Trend,
    /// Values of an attribute of entries or cases.
    Attribute {
        /// Name of the attribute.
        name: String,
        /// `Unit::Entry` or `Unit::Case`.
        of: Unit,
    },
}

/// How to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOptions {
    /// What is counted; of attributes, entries or cases are.
    pub unit: Unit,
    /// Which codings; `None` for the study's default.
    pub counts: Option<Counts>,
    /// Whose codings: a coder's id, `any` or `consensus`; `None` for the study's default.
    pub coder: Option<String>,
    /// Percentages even below 20 units.
    pub always_percent: bool,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self { unit: Unit::Entry, counts: None, coder: None, always_percent: false }
    }
}

/// Makes a table of the study as it is now.
///
/// # Errors
/// Fails when the study cannot be brought up to date, or the attribute is not known.
pub fn table(
    workspace: &mut Workspace,
    kind: &TableKind,
    options: &TableOptions,
    progress: &dyn Progress,
) -> Result<Table, WorkflowError> {
    if let TableKind::Attribute { name, of: Unit::Case } = kind {
        return case_table(workspace, name, options.always_percent);
    }
    if let Some(coder) = &options.coder {
        known_coder(workspace, coder)?;
    }
    let fresh = fresh(workspace, progress)?;
    table_of(&fresh, kind, options)
}

/// Makes a table of codes or of an attribute of entries.
pub(super) fn table_of(fresh: &Fresh, kind: &TableKind, options: &TableOptions) -> Result<Table, WorkflowError> {
    let split = match kind {
        TableKind::Attribute { name, .. } => return entry_table(fresh, name, options.always_percent),
        TableKind::Frequency => None,
        TableKind::Crosstab(name) => Some(split(fresh, name)?),
        TableKind::Trend => Some(months(fresh)),
    };
    let counted = fresh.counted(options.counts, options.coder.as_deref())?;
    let question = Question {
        unit: options.unit,
        counts: counted.counts,
        coder: counted.coder.clone(),
        always_percent: options.always_percent,
        split: split.as_ref(),
        missing: fresh.missing.len() as u64,
        only: counted.only.as_ref(),
    };
    let mut counter = CodeCounter::new(&fresh.units, &fresh.tree, &question)?;
    counted.each(Codings::COUNTED, |codings| Ok(counter.add(codings)?))?;
    let mut table = counter.table()?;
    table.title = title(kind, options.unit);
    table.notes = notes(fresh, &counted, &table, split.as_ref());
    Ok(table)
}

fn title(kind: &TableKind, unit: Unit) -> String {
    let units = unit.word(2);
    match kind {
        TableKind::Frequency => format!("Themes and codes: {units}"),
        TableKind::Crosstab(name) => format!("Themes and codes by {name}: {units}"),
        TableKind::Trend => format!("Themes and codes by month: {units}"),
        TableKind::Attribute { name, of } => format!("{}: {}", capital(name), of.word(2)),
    }
}

/// Returns a word with a capital first letter.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn notes(fresh: &Fresh, counted: &Counted<'_>, table: &Table, split: Option<&Split>) -> Vec<String> {
    let mut notes = counting::notes(fresh, counted, table, if split.is_some() { "column" } else { "study" });
    notes.extend(not_looked_for(&fresh.codebook));
    if !fresh.missing.is_empty() {
        let missing = fresh.missing.len() as u64;
        notes.push(format!(
            "{missing} {} whose source is gone {} not in N.",
            Unit::Entry.word(missing),
            plural(missing, "is", "are")
        ));
    }
    if let Some(split) = split {
        let missing = table.rows.first().map_or(0, |row| row.missing);
        if missing > 0 {
            notes.push(format!(
                "{missing} {} without {} {} not in the columns.",
                table.unit.word(missing),
                split.name,
                plural(missing, "is", "are")
            ));
        }
    }
    if fresh.codebook.approach == Approach::Reflexive {
        notes.push("The codebook's approach is reflexive: how often a theme occurs is not how much it matters (Braun & Clarke 2021).".to_owned());
    }
    notes
}

/// How the note about codes that no rule looks for begins; figures carry it too.
pub(super) const NOT_LOOKED_FOR: &str = "Not looked for, so that only people's codings count: ";

/// Names the codes that no rule looks for, so that their 0 is not taken for a finding.
fn not_looked_for(codebook: &Codebook) -> Option<String> {
    let is_parent = |code: &Code| codebook.codes.iter().any(|other| other.parent.as_ref() == Some(&code.id));
    let why = |code: &Code| match code.status {
        CodeStatus::Retired => Some("retired"),
        _ if code.rules.is_empty() && !is_parent(code) => Some("no rules"),
        _ => None,
    };
    let named: Vec<String> =
        codebook.codes.iter().filter_map(|code| Some(format!("{} ({})", code.label, why(code)?))).collect();
    (!named.is_empty()).then(|| format!("{NOT_LOOKED_FOR}{}.", named.join(", ")))
}

/// Returns every month from the first to the last entry. Where a month has no year, the order of the corpus is the best that is known.
fn months(fresh: &Fresh) -> Split {
    let of = |entry: &Entry| entry.date.and_then(crate::corpus::PartialDate::month_label);
    let mut seen = BTreeSet::new();
    let labels = fresh.heads.iter().filter_map(|head| of(&head.entry));
    let mut labels: Vec<String> = labels.filter(|label| seen.insert(label.clone())).collect();
    if labels.iter().all(|label| !label.starts_with('-')) {
        labels.sort();
    }
    let values = with_gaps(labels);
    Split { of_entry: places(fresh, &values, of), name: "month".to_owned(), values }
}

/// Fills in the months between the first and the last, as long as all have a year and the range is not absurd.
fn with_gaps(labels: Vec<String>) -> Vec<String> {
    let number = |label: &String| -> Option<u32> {
        let (year, month) = label.split_once('-')?;
        Some(year.parse::<u32>().ok()? * 12 + month.parse::<u32>().ok()? - 1)
    };
    let numbers: Option<Vec<u32>> = labels.iter().map(number).collect();
    match numbers.as_deref() {
        Some([first, .., last]) if last - first < 2400 => {
            (*first..=*last).map(|at| format!("{:04}-{:02}", at / 12, at % 12 + 1)).collect()
        }
        _ => labels,
    }
}

fn places(fresh: &Fresh, values: &[String], of: impl Fn(&Entry) -> Option<String>) -> BTreeMap<u32, u32> {
    let index: BTreeMap<&str, u32> = values.iter().map(String::as_str).zip(0..).collect();
    let place = |entry: &Entry| Some((entry.number, *index.get(of(entry)?.as_str())?));
    fresh.heads.iter().filter_map(|head| place(&head.entry)).collect()
}

/// Returns the titles of sections as a reader of the corpus meets them; entries may have come in another order.
pub(super) fn section_titles(fresh: &Fresh) -> Result<Vec<String>, WorkflowError> {
    let order = fresh.order();
    let mut met: Vec<(usize, String)> = Vec::new();
    fresh.units.each(Unit::Entry, |entry, title, _| {
        met.extend(order.get(&entry).filter(|_| !title.is_empty()).map(|place| (*place, title.to_owned())));
    })?;
    // Stable, so that sections of one entry stay in their order.
    met.sort_by_key(|(place, _)| *place);
    let mut seen = std::collections::BTreeSet::new();
    Ok(met.into_iter().map(|(_, title)| title).filter(|title| seen.insert(title.clone())).collect())
}

/// Splits by an attribute of entries, or by the titles of sections.
pub(super) fn split(fresh: &Fresh, name: &str) -> Result<Split, WorkflowError> {
    if name == "month" {
        return Ok(months(fresh));
    }
    if name == "section" {
        return Ok(Split { name: name.to_owned(), values: section_titles(fresh)?, of_entry: BTreeMap::new() });
    }
    let values: BTreeSet<String> = fresh.heads.iter().filter_map(|head| head.entry.attribute(name)).collect();
    if values.is_empty() {
        return Err(no_attribute(fresh.heads.iter().map(|head| &head.entry), name, true));
    }
    let values: Vec<String> = values.into_iter().collect();
    Ok(Split { of_entry: places(fresh, &values, |entry| entry.attribute(name)), name: name.to_owned(), values })
}

/// Says that no entry has an attribute, and which there are; `sections` tells whether `section` can be asked for.
pub(super) fn no_attribute<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    name: &str,
    sections: bool,
) -> WorkflowError {
    // What follows from dates is known only where some entry has one.
    let has = |given: &&str| match *given {
        "section" => sections,
        _ => entries.clone().any(|entry| entry.attribute(given).is_some()),
    };
    let given = corpus::GIVEN.into_iter().map(|(name, _)| name).filter(has);
    let own = entries.clone().flat_map(|entry| entry.attributes.names());
    let known: BTreeSet<String> = own.chain(given.map(str::to_owned)).collect();
    WorkflowError::Unknown {
        what: "attribute of entries",
        name: name.to_owned(),
        hint: format!("known: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
    }
}

/// Returns the value of an attribute of every entry.
pub(super) fn entry_values(fresh: &Fresh, name: &str) -> Result<Vec<Option<String>>, WorkflowError> {
    let values: Vec<Option<String>> = fresh.heads.iter().map(|head| head.entry.attribute(name)).collect();
    if values.iter().any(Option::is_some) {
        return Ok(values);
    }
    if name == "section" {
        let hint = "codes are counted by section: themata table crosstab section".to_owned();
        return Err(WorkflowError::Unknown { what: "attribute of entries", name: name.to_owned(), hint });
    }
    Err(no_attribute(fresh.heads.iter().map(|head| &head.entry), name, false))
}

fn entry_table(fresh: &Fresh, name: &str, always_percent: bool) -> Result<Table, WorkflowError> {
    let values = entry_values(fresh, name)?;
    let mut table = attribute_table(name, Unit::Entry, &values, always_percent)?;
    table.title = title(&TableKind::Attribute { name: name.to_owned(), of: Unit::Entry }, Unit::Entry);
    table.notes.insert(0, format!("N: entries with a value of {name}."));
    Ok(table)
}

/// Returns the value of an attribute of every case of the register, as it was last ingested.
pub(super) fn case_values(workspace: &Workspace, name: &str) -> Result<Vec<Option<String>>, WorkflowError> {
    let Some((register, _)) = register(workspace)? else {
        return Err(WorkflowError::Unknown {
            what: "case register",
            name: "cases".to_owned(),
            hint: "name one in themata.toml under [cases] with path and id, then `themata ingest`".to_owned(),
        });
    };
    if !register.columns.iter().any(|column| column == name) {
        let hint = format!("known: {}", register.columns.join(", "));
        return Err(WorkflowError::Unknown { what: "column of the case register", name: name.to_owned(), hint });
    }
    let value = |case: &crate::corpus::Case| case.attributes.get(name).filter(|value| !value.is_empty()).cloned();
    Ok(register.cases.iter().map(value).collect())
}

/// Makes the table of an attribute of the case register, as it was last ingested.
pub(super) fn case_table(workspace: &Workspace, name: &str, always_percent: bool) -> Result<Table, WorkflowError> {
    let values = case_values(workspace, name)?;
    let mut table = attribute_table(name, Unit::Case, &values, always_percent)?;
    table.title = title(&TableKind::Attribute { name: name.to_owned(), of: Unit::Case }, Unit::Case);
    table.notes.insert(0, format!("N: cases of the register with a value of {name}; one value a case."));
    Ok(table)
}
