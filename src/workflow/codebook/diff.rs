//! Two codebook files compared, and what the change moves among the entries of a study.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Serialize;

use crate::{
    analysis::Coded,
    codebook::{CodeStatus, Codebook, Comparison, compare},
    id::{CodeId, Hash},
    table::{Level, Percent, Row},
    text::{CodePoints, Span},
    workflow::{
        Fresh, Progress, TableKind, TableOptions, WorkflowError, Workspace, fresh::fresh_for, read_codebook,
        tables::table_of,
    },
};

/// Everything that is not the same.
#[derive(Debug, Serialize)]
pub struct DiffReport {
    /// What the files say.
    pub codebook: Comparison,
    /// What that moves in the study; `None` outside of one.
    pub study: Option<Moves>,
}

/// What a change of the codebook moves.
#[derive(Debug, Serialize)]
pub struct Moves {
    /// Entries of the study.
    #[serde(rename = "N")]
    pub total: usize,
    /// Codes whose segments are not the same, in the order of the new file, removed ones last.
    pub codes: Vec<CodeMoves>,
    /// Rows of the table of frequencies whose numbers are not the same.
    pub rows: Vec<RowMove>,
}

/// What one code gains and loses.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct CodeMoves {
    /// Its id.
    pub code: String,
    /// Segments that only the new file suggests.
    pub segments_gained: usize,
    /// Segments that only the old file suggests.
    pub segments_lost: usize,
    /// Entries that have the code only by the new file.
    pub entries_gained: usize,
    /// Entries that have the code only by the old file.
    pub entries_lost: usize,
    /// Those segments in corpus order, at most as many as were asked for.
    pub places: Vec<Place>,
}

/// Gained or lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Move {
    /// Only the old file suggests it.
    Lost,
    /// Only the new file suggests it.
    Gained,
}

/// A segment that was gained or lost; offsets are code points.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Gained or lost.
    #[serde(rename = "move")]
    pub moved: Move,
    /// Id of the entry.
    pub entry: String,
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// The rules that suggest it, as written.
    pub rules: Vec<String>,
}

/// A row of the table of frequencies before and after; `None` where it is not there.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct RowMove {
    /// Id of the theme or code.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// Theme or code.
    pub level: Level,
    /// By the old file.
    pub old: Option<Share>,
    /// By the new file.
    pub new: Option<Share>,
}

/// n of N.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Units counted.
    pub n: u64,
    /// Units that could have been counted.
    #[serde(rename = "N")]
    pub total: u64,
    /// In percent, where there is a percentage.
    pub percent: Option<Percent>,
}

/// Compares two codebook files; with a study, also what each suggests there.
///
/// # Errors
/// Fails when a file cannot be read or has errors, or the study cannot be brought up to date.
pub fn diff_codebooks(
    workspace: Option<&Workspace>,
    (old, new): (&Path, &Path),
    options: &TableOptions,
    limit: usize,
    progress: &dyn Progress,
) -> Result<DiffReport, WorkflowError> {
    let read = |path: &Path| read_codebook(path, &path.display().to_string()).map(|(codebook, ..)| codebook);
    let (old, new) = (read(old)?, read(new)?);
    let comparison = compare(&old, &new);
    let study = match workspace {
        Some(workspace) => Some(moves(workspace, old, new, options, limit, progress)?),
        None => None,
    };
    Ok(DiffReport { codebook: comparison, study })
}

fn moves(
    workspace: &Workspace,
    old: Codebook,
    new: Codebook,
    options: &TableOptions,
    limit: usize,
    progress: &dyn Progress,
) -> Result<Moves, WorkflowError> {
    let old = fresh_for(workspace, old, Vec::new(), false, progress)?;
    let new = fresh_for(workspace, new, Vec::new(), false, progress)?;
    let mut codes = Vec::new();
    for id in ids(&old.codebook, &new.codebook) {
        // What decides a code's suggestions is the same, and so are they.
        if deciding(&old.codebook, id) == deciding(&new.codebook, id) {
            continue;
        }
        let (before, after) = (segments_of(&old, id)?, segments_of(&new, id)?);
        codes.extend(code_moves(workspace, &new, id, (&before, &after), limit)?);
    }
    let before = table_of(workspace, &old, &TableKind::Frequency, options)?;
    let after = table_of(workspace, &new, &TableKind::Frequency, options)?;
    Ok(Moves { total: new.heads.len(), codes, rows: row_moves(&before.rows, &after.rows) })
}

/// Returns the ids of all codes, those of the new file first.
fn ids<'c>(old: &'c Codebook, new: &'c Codebook) -> Vec<&'c CodeId> {
    let gone = old.codes.iter().filter(|code| new.code(&code.id).is_none());
    new.codes.iter().chain(gone).map(|code| &code.id).collect()
}

/// Returns what decides which segments a code is suggested for; nothing when it is not suggested at all.
fn deciding(codebook: &Codebook, id: &CodeId) -> BTreeSet<Hash> {
    let running = codebook.code(id).filter(|code| code.status != CodeStatus::Retired);
    running.map(|code| codebook.rule_fingerprints(code).into_iter().collect()).unwrap_or_default()
}

/// Segments in corpus order, each with its entry and the rules that suggest it.
type Segments = BTreeMap<(usize, Span), (u32, BTreeSet<String>)>;

fn segments_of(fresh: &Fresh, id: &CodeId) -> Result<Segments, WorkflowError> {
    let mut segments = Segments::new();
    let Some(index) = fresh.codebook.codes.iter().position(|code| code.id == *id) else { return Ok(segments) };
    let coded: Vec<Coded> = fresh.suggested.select(&[u32::try_from(index).unwrap_or(u32::MAX)], |_, _| true)?;
    for one in coded {
        let Some(at) = fresh.order().get(&one.entry) else { continue };
        let rule = fresh.codebook.codes.get(index).and_then(|code| code.rules.get(one.rule as usize));
        let (_, rules) = segments.entry((*at, one.span)).or_insert_with(|| (one.entry, BTreeSet::new()));
        rules.extend(rule.map(|rule| rule.text.clone()));
    }
    Ok(segments)
}

fn code_moves(
    workspace: &Workspace,
    fresh: &Fresh,
    id: &CodeId,
    (before, after): (&Segments, &Segments),
    limit: usize,
) -> Result<Option<CodeMoves>, WorkflowError> {
    let only = |these: &Segments, those: &Segments, moved: Move| -> Vec<_> {
        let apart = these.iter().filter(|(place, _)| !those.contains_key(place));
        apart.map(|(place, (entry, rules))| (*place, moved, *entry, rules.clone())).collect()
    };
    let (lost, gained) = (only(before, after, Move::Lost), only(after, before, Move::Gained));
    if lost.is_empty() && gained.is_empty() {
        return Ok(None);
    }
    let entries = |segments: &Segments| segments.keys().map(|(at, _)| *at).collect::<BTreeSet<usize>>();
    let (entries_before, entries_after) = (entries(before), entries(after));
    let (segments_lost, segments_gained) = (lost.len(), gained.len());
    let mut all: Vec<_> = lost.into_iter().chain(gained).collect();
    all.sort();
    all.truncate(limit);
    let mut places = Vec::with_capacity(all.len());
    for of_entry in all.chunk_by(|a, b| a.2 == b.2) {
        let Some(entry) = of_entry.first().and_then(|(_, _, number, _)| fresh.entry(*number)) else { continue };
        let text = workspace.store.text(entry.number)?;
        let points = CodePoints::new(&text);
        places.extend(of_entry.iter().map(|((_, span), moved, _, rules)| {
            let (start, end) = points.of_span(*span);
            let rules = rules.iter().cloned().collect();
            Place { moved: *moved, entry: entry.id.to_string(), start, end, text: span.of(&text).to_owned(), rules }
        }));
    }
    Ok(Some(CodeMoves {
        code: id.to_string(),
        segments_gained,
        segments_lost,
        entries_gained: entries_after.difference(&entries_before).count(),
        entries_lost: entries_before.difference(&entries_after).count(),
        places,
    }))
}

/// Returns the rows whose numbers are not the same, in the order of the new table, removed ones last.
fn row_moves(before: &[Row], after: &[Row]) -> Vec<RowMove> {
    let find = |rows: &[Row], row: &Row| {
        let same = rows.iter().find(|other| other.id == row.id && other.level == row.level)?;
        Some(Share { n: same.n.unwrap_or_default(), total: same.total, percent: same.percent })
    };
    let gone = before.iter().filter(|row| find(after, row).is_none());
    let moved = after.iter().chain(gone).map(|row| RowMove {
        id: row.id.clone(),
        label: row.label.clone(),
        level: row.level,
        old: find(before, row),
        new: find(after, row),
    });
    moved.filter(|row| row.old != row.new).collect()
}
