//! Negative cases: entries that were read and do not have a theme or code; and entries that nobody has read.

use super::{TableKind, TableOptions, codes};
use crate::{
    table::{EvidenceOf, Precision, Table, Unit, percent},
    workflow::{Fresh, WorkflowError, Workspace, counting},
};

pub(super) fn table(workspace: &Workspace, fresh: &Fresh, options: &TableOptions) -> Result<Table, WorkflowError> {
    let counted = fresh.counted(options.counts, options.coder.as_deref());
    let entries = TableOptions { unit: Unit::Entry, ..options.clone() };
    let mut table = codes::table(workspace, fresh, &TableKind::Frequency, &entries)?;
    let unread = counted.only.as_ref().map_or(0, |only| (fresh.heads.len() - only.len()) as u64);
    let precision = Precision::for_total(table.total, options.always_percent);
    for row in &mut table.rows {
        row.n = row.n.map(|n| row.total - n);
        row.missing = unread + fresh.missing.len() as u64;
        row.percent = row.n.and_then(|n| percent(n, row.total, precision));
        let of = EvidenceOf::Without(row.id.clone());
        row.evidence = counted.evidence(of, Unit::Entry).to_string();
    }
    "absent".clone_into(&mut table.table);
    "Negative cases: entries without each theme and code".clone_into(&mut table.title);
    table.notes = counting::which_and_whose(&counted)?;
    table.notes.push(match &counted.only {
        Some(_) => "n: entries without the theme or code; N: entries that the counted coders have marked as read in full. Entries that nobody has read are missing, not absent (themata segments unread=entries).".to_owned(),
        None => "n: entries without the theme or code; N: all entries. No entry is marked as read in full, so that nobody has said that it is absent: mark them with themata read.".to_owned(),
    });
    table.notes.extend(counting::others(fresh, &counted)?);
    table.notes.push("An entry without a theme may be one that speaks against it: read it, and keep what you find as a memo (themata memo --kind negative-case).".to_owned());
    Ok(table)
}
