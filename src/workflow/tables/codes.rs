//! Frequencies of themes and codes, whole or by month, section, entry or attribute.

use std::collections::{BTreeMap, BTreeSet};

use super::{TableKind, TableOptions};
use crate::{
    analysis::{CodeCounter, Question, Split},
    codebook::{Approach, Code, CodeStatus, Codebook},
    corpus::{self, Entry},
    table::{Basis, Table, Unit, plural},
    workflow::{Counted, Fresh, WorkflowError, Workspace, counting},
};

/// Makes a table of themes and codes.
pub(super) fn table(
    workspace: &Workspace,
    fresh: &Fresh,
    kind: &TableKind,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let split = match kind {
        TableKind::Crosstab(name) => Some(split(fresh, name)?),
        TableKind::Entries => Some(entries(fresh)),
        TableKind::Trend => Some(months(fresh)),
        _ => None,
    };
    let participants = match options.unit {
        Unit::Participant => Some(participants(workspace, fresh)?),
        _ => None,
    };
    let counted = fresh.counted(options.counts, options.coder.as_deref());
    let question = Question {
        unit: options.unit,
        counts: counted.counts,
        coder: counted.coder.clone(),
        always_percent: options.always_percent,
        split: split.as_ref(),
        missing: fresh.missing.len() as u64,
        only: counted.only.as_ref(),
        in_tree_order: options.unit == Unit::Participant && workspace.study.min_cell.is_some(),
        participants: participants.as_ref(),
    };
    let mut counter = CodeCounter::new(&fresh.units, &fresh.tree, &question)?;
    counted.each(&question.columns(), |codings| Ok(counter.add(codings)?))?;
    let mut table = counter.table()?;
    table.title = title(kind, options.unit);
    let months = split.as_ref().filter(|split| split.name == "month").map(|split| entries_of(&counted, split));
    table.basis = Basis { only_read: counted.only.is_some(), months: months.unwrap_or_default() };
    table.notes = notes(fresh, &counted, &table, split.as_ref())?;
    table.notes.extend(participants.and_then(|known| unsigned(fresh, &counted, &known)));
    Ok(table)
}

/// Says how many entries are of nobody known, and so in no count of participants.
fn unsigned(fresh: &Fresh, counted: &Counted<'_>, known: &BTreeMap<u32, u32>) -> Option<String> {
    let numbers = fresh.heads.iter().map(|head| head.entry.number);
    let n = numbers.filter(|entry| counted.has(*entry) && !known.contains_key(entry)).count() as u64;
    let words = plural(n, "entry that does not say who wrote it is", "entries that do not say who wrote them are");
    (n > 0).then(|| format!("{n} {words} not counted."))
}

fn title(kind: &TableKind, unit: Unit) -> String {
    let units = unit.word(2);
    match kind {
        TableKind::Crosstab(name) => format!("Themes and codes by {name}: {units}"),
        TableKind::Entries => format!("Themes and codes by entry: {units}"),
        TableKind::Trend => format!("Themes and codes by month: {units}"),
        _ => format!("Themes and codes: {units}"),
    }
}

/// Numbers the people who wrote entries, by entry; entries of which nobody knows who wrote them have none.
pub(super) fn participants(workspace: &Workspace, fresh: &Fresh) -> Result<BTreeMap<u32, u32>, WorkflowError> {
    let name = &workspace.study.participant;
    let values: BTreeSet<String> = fresh.heads.iter().filter_map(|head| head.entry.attribute(name)).collect();
    if values.len() < 2 {
        let found = match values.first() {
            Some(only) => format!("all are of `{only}`"),
            None => format!("no entry says who wrote it in `{name}`"),
        };
        return Err(WorkflowError::Refused {
            what: format!("participants cannot be counted: {found}"),
            hint: format!(
                "count entries; or give entries of several writers an attribute `{name}` (another name: participant = \"…\" under [study])"
            ),
        });
    }
    let values: Vec<String> = values.into_iter().collect();
    Ok(places(fresh, &values, |entry| entry.attribute(name)))
}

/// Returns every entry as a column of its own, in corpus order.
fn entries(fresh: &Fresh) -> Split {
    let values: Vec<String> = fresh.heads.iter().map(|head| head.entry.id.to_string()).collect();
    Split { of_entry: places(fresh, &values, |entry| Some(entry.id.to_string())), name: "entry".to_owned(), values }
}

fn notes(
    fresh: &Fresh,
    counted: &Counted<'_>,
    table: &Table,
    split: Option<&Split>,
) -> Result<Vec<String>, WorkflowError> {
    let mut notes = counting::notes(fresh, counted, table, if split.is_some() { "column" } else { "study" })?;
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
        // Without any column there is no row that says so.
        let without = if split.values.is_empty() { table.total } else { 0 };
        let missing = table.rows.first().map_or(without, |row| row.missing);
        if missing > 0 {
            notes.push(format!(
                "{missing} {} without {} {} not in the columns.",
                table.unit.word(missing),
                split.name,
                plural(missing, "is", "are")
            ));
        }
    }
    notes.extend(reflexive(&fresh.codebook));
    Ok(notes)
}

/// Warns that numbers of themes are against the approach.
pub(super) fn reflexive(codebook: &Codebook) -> Option<String> {
    (codebook.approach == Approach::Reflexive).then(|| {
        "The codebook's approach is reflexive: how often a theme occurs is not how much it matters (Braun & Clarke 2021).".to_owned()
    })
}

/// How the note about codes that no rule looks for begins; figures carry it too.
pub(in crate::workflow) const NOT_LOOKED_FOR: &str = "Not looked for, so that only people's codings count: ";

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

/// Counts the entries of each month that has any, and those of them that are in N.
fn entries_of(counted: &Counted<'_>, months: &Split) -> BTreeMap<String, (u64, u64)> {
    let mut entries: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (entry, month) in &months.of_entry {
        let Some(month) = months.values.get(*month as usize) else { continue };
        let (all, counts) = entries.entry(month.clone()).or_default();
        *all += 1;
        *counts += u64::from(counted.has(*entry));
    }
    entries
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
pub(in crate::workflow) fn section_titles(fresh: &Fresh) -> Result<Vec<String>, WorkflowError> {
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
pub(in crate::workflow) fn split(fresh: &Fresh, name: &str) -> Result<Split, WorkflowError> {
    if name == "month" {
        return Ok(months(fresh));
    }
    if name == "entry" {
        return Ok(entries(fresh));
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
pub(in crate::workflow) fn no_attribute<'e>(
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
        hint: match known.is_empty() {
            true => "no entry has an attribute".to_owned(),
            false => format!("known: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        },
    }
}
