//! The main job in one go: ingest, match, index, tables, charts, excerpts, report.

use super::{
    Fresh, MergeReport, Progress, WorkflowError, Workspace, fresh,
    index::index,
    ingest::{IngestReport, ingest},
    merge_bundles,
    report::{WrittenReport, write_report},
    tables::{TableKind, TableOptions, table_of},
};
use crate::table::Table;

/// What a run did.
#[derive(Debug)]
pub struct RunReport {
    /// Bundles of other copies that were joined now, by path.
    pub merged: Vec<(String, MergeReport)>,
    /// What the ingest found.
    pub ingest: IngestReport,
    /// The study as it is now.
    pub fresh: Fresh,
    /// Why the index could not be brought up to date, if so; searches then read every entry.
    pub index_problem: Option<WorkflowError>,
    /// The frequency of themes and codes by entries.
    pub frequency: Table,
    /// The report, or why it could not be written.
    pub report: Result<WrittenReport, WorkflowError>,
}

/// Does the main job. A report or index that cannot be written does not undo the rest.
///
/// # Errors
/// Fails when the study file cannot be used or the codebook has errors.
pub fn run(workspace: &mut Workspace, progress: &dyn Progress) -> Result<RunReport, WorkflowError> {
    // The sources here have the last word about texts: they are read after other copies were joined.
    let (merged, refusals) = merge_bundles(workspace, progress)?;
    let mut ingest = ingest(workspace, &[], progress)?;
    ingest.refusals.extend(refusals);
    let mut fresh = fresh(workspace, progress)?;
    let index_problem = index(workspace, &fresh.heads, progress).err();
    let frequency = table_of(workspace, &fresh, &TableKind::Frequency, &TableOptions::default())?;
    let report = write_report(workspace, &mut fresh, progress);
    Ok(RunReport { merged, ingest, fresh, index_problem, frequency, report })
}
