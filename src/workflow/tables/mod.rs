//! Tables with their titles and notes: one file a kind.

mod absent;
mod attribute;
mod codes;
mod coverage;
mod inference;
mod overview;
mod pairs;
mod privacy;
mod saturation;
mod words;

pub(super) use attribute::{case_values, entry_values, values_of};
pub(super) use codes::{NOT_LOOKED_FOR, no_attribute, section_titles, split};
pub(super) use saturation::first_entries;
pub(super) use words::forms_in;

use super::{Fresh, Progress, WorkflowError, Workspace, charts::codebook_order, coders::known_coder, fresh};
use crate::{
    statistics::{multiple::Adjustment, proportion::IntervalMethod},
    table::{Counts, Level, Table, Together, Unit},
};

/// Which table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// Frequency of themes and codes.
    Frequency,
    /// Themes with what they mean, how many units they reach, and words for and against them.
    Overview,
    /// Themes and codes by the values of an attribute of entries, or by `section`.
    Crosstab(String),
    /// Themes and codes by entry.
    Entries,
    /// Themes and codes by month, with every month of the range.
    Trend,
    /// Pairs of codes or themes.
    Cooccurrence {
        /// How close they must stand.
        level: Together,
        /// Whether themes or codes are paired.
        of: Level,
        /// Also pairs that never meet.
        all: bool,
    },
    /// Codes that are new in each entry.
    Saturation(SaturationOptions),
    /// How much of the text themes and codes cover.
    Coverage,
    /// Words with which a code's segments show it.
    Words(String),
    /// Entries without each theme and code.
    Absent,
    /// Values of an attribute of entries or cases.
    Attribute {
        /// Name of the attribute.
        name: String,
        /// `Unit::Entry` or `Unit::Case`.
        of: Unit,
        /// Another attribute, whose values are the columns.
        by: Option<String>,
    },
}

/// When nothing new is said to come (Guest, Namey & Chen 2020; Francis et al. 2010).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaturationOptions {
    /// Entries at the start whose codes are the base.
    pub base: usize,
    /// Entries in a run.
    pub run: usize,
    /// At most so many per cent of the base may be new in a run.
    pub threshold: u64,
    /// Entries of the initial sample of Francis.
    pub initial: usize,
    /// Entries without anything new that stop it.
    pub stopping: usize,
}

impl Default for SaturationOptions {
    fn default() -> Self {
        Self { base: 4, run: 2, threshold: 5, initial: 10, stopping: 3 }
    }
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
    /// Confidence intervals of the percentages.
    pub interval: Option<IntervalMethod>,
    /// Tests of every line of a table with columns, adjusted for their number.
    pub test: Option<Adjustment>,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self { unit: Unit::Entry, counts: None, coder: None, always_percent: false, interval: None, test: None }
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
    table_to_draw(workspace, kind, options, progress).map(|(table, _)| table)
}

/// Makes a table, and the ids of themes and codes in codebook order, in which a map's rows and columns stand.
///
/// # Errors
/// Fails as [`table`] does.
pub fn table_to_draw(
    workspace: &mut Workspace,
    kind: &TableKind,
    options: &TableOptions,
    progress: &dyn Progress,
) -> Result<(Table, Vec<String>), WorkflowError> {
    if let TableKind::Attribute { name, of: Unit::Case, by } = kind {
        return Ok((case_table(workspace, name, by.as_deref(), options)?, Vec::new()));
    }
    if let Some(coder) = &options.coder {
        known_coder(workspace, coder)?;
    }
    let fresh = fresh(workspace, progress)?;
    Ok((table_of(workspace, &fresh, kind, options)?, codebook_order(&fresh)))
}

/// Makes a table of an attribute of the case register, as it was last ingested.
pub(super) fn case_table(
    workspace: &Workspace,
    name: &str,
    by: Option<&str>,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let whole = || attribute::of_cases(workspace, name, None, options);
    finished(workspace, None, attribute::of_cases(workspace, name, by, options)?, whole, options)
}

/// Makes a table of codes or of an attribute of entries.
pub(super) fn table_of(
    workspace: &Workspace,
    fresh: &Fresh,
    kind: &TableKind,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let table = match kind {
        TableKind::Attribute { name, of: Unit::Case, by } => {
            attribute::of_cases(workspace, name, by.as_deref(), options)?
        }
        TableKind::Attribute { name, by, .. } => attribute::of_entries(fresh, name, by.as_deref(), options)?,
        TableKind::Frequency | TableKind::Crosstab(_) | TableKind::Entries | TableKind::Trend => {
            codes::table(workspace, fresh, kind, options)?
        }
        TableKind::Overview => overview::table(workspace, fresh, options)?,
        TableKind::Cooccurrence { level, of, all } => pairs::table(fresh, (*level, *of, *all), options)?,
        TableKind::Saturation(choices) => saturation::table(fresh, *choices, options)?,
        TableKind::Coverage => coverage::table(workspace, fresh, options)?,
        TableKind::Words(code) => words::table(workspace, fresh, code, options)?,
        TableKind::Absent => absent::table(workspace, fresh, options)?,
    };
    let whole = || match kind {
        TableKind::Attribute { name, .. } => attribute::of_cases(workspace, name, None, options),
        _ => codes::table(workspace, fresh, &TableKind::Frequency, options),
    };
    finished(workspace, Some(fresh), table, whole, options)
}

/// Adds intervals and tests that were asked for, and hides what is too small to be shown.
fn finished(
    workspace: &Workspace,
    fresh: Option<&Fresh>,
    mut table: Table,
    whole: impl FnOnce() -> Result<Table, WorkflowError>,
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    // What is hidden first cannot be given away by an interval or a test.
    privacy::hide(workspace, &mut table, whole)?;
    inference::infer(workspace, fresh, &mut table, options)?;
    Ok(table)
}

/// Returns a word with a capital first letter.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
