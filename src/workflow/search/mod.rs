//! Keyword in context: the same expressions as rules, over the whole study, through the index.

mod filters;
mod order;
mod scan;

use std::collections::BTreeMap;

use serde::Serialize;

use filters::{at_field, fits, is_language, refused, value_of};
pub use order::{SearchOrder, ValueCount};
use order::{counted_by, needs_all, ordered};
pub(super) use scan::line;
use scan::{OfEntry, Wanted, scan};

use super::{
    ANY, Fresh, Part, Progress, WorkflowError, Workspace, coders::known_coder, fresh, index::index,
    tables::no_attribute,
};
use crate::{
    codebook::{RuleUnit, Within},
    corpus::Entry,
    matching::Matcher,
    query::{Expr, Field, QueryError, parse_search},
    search::Candidates,
    store::Head,
    table::Counts,
    text::{Languages, Span},
};

/// How to search.
#[derive(Debug, Clone, Default)]
pub struct SearchOptions {
    /// Where AND, NOT, NEAR and THEN look; `None` for the codebook's unit.
    pub within: Option<Within>,
    /// Whether a wildcard may be the first character of a word.
    pub leading_wildcards: bool,
    /// At most so many lines.
    pub limit: Option<usize>,
    /// In which order.
    pub order: SearchOrder,
}

/// What a search found.
#[derive(Debug)]
pub struct SearchReport {
    /// The hits, at most as many as were asked for.
    pub found: Vec<Found>,
    /// How many hits there are; none when entries were left unread because there were enough.
    pub total: Option<usize>,
    /// Why the index could not be used, if so; then every entry was read.
    pub index_problem: Option<WorkflowError>,
}

/// One hit with its context; offsets are code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Id of the entry.
    pub entry: String,
    /// First code point of the hit.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// Up to 60 code points before.
    pub left: String,
    /// The text from first to last evidence.
    pub hit: String,
    /// Up to 60 code points after.
    pub right: String,
}

/// Finds an expression in all entries.
///
/// # Errors
/// Fails when the expression cannot be read or the study file cannot be used.
pub fn search(
    workspace: &mut Workspace,
    expression: &str,
    options: &SearchOptions,
    progress: &dyn Progress,
) -> Result<SearchReport, WorkflowError> {
    let enough = options.limit.filter(|_| !needs_all(options.order));
    look(workspace, expression, options, enough, progress, |_, all, complete, index_problem| {
        let mut found = ordered(all, options.order);
        let total = complete.then_some(found.len());
        found.truncate(options.limit.unwrap_or(usize::MAX));
        Ok(SearchReport { found, total, index_problem })
    })
}

/// Counts an expression by the values of an attribute of entries.
///
/// # Errors
/// Fails as [`search`] does, and when no entry has the attribute.
pub fn search_counts(
    workspace: &mut Workspace,
    expression: &str,
    by: &str,
    options: &SearchOptions,
    progress: &dyn Progress,
) -> Result<(Vec<ValueCount>, Option<WorkflowError>), WorkflowError> {
    look(workspace, expression, options, None, progress, |searched, all, _, index_problem| {
        let known = by != "section" && searched.iter().any(|entry| value_of(entry, by).is_some());
        if !known && !searched.is_empty() {
            return Err(no_attribute(searched.iter(), by, false));
        }
        Ok((counted_by(by, searched, &all), index_problem))
    })
}

/// Reads the entries that can match and hands on what was found.
fn look<T>(
    workspace: &mut Workspace,
    expression: &str,
    options: &SearchOptions,
    enough: Option<usize>,
    progress: &dyn Progress,
    show: impl FnOnce(&[Entry], Vec<OfEntry<'_>>, bool, Option<WorkflowError>) -> Result<T, WorkflowError>,
) -> Result<T, WorkflowError> {
    let wrong = |error| WorkflowError::Query { expression: expression.to_owned(), error };
    let search = parse_search(expression, options.leading_wildcards).map_err(wrong)?;
    let Some(expr) = search.expr else {
        let hint = Some("add a word to look for: lawyer month:2018-03".to_owned());
        let error = QueryError { message: "there are only filters here".to_owned(), span: 0..expression.len(), hint };
        return Err(wrong(error));
    };
    // A codebook with errors must not keep anyone from searching: only its languages and unit are used.
    let codebook = workspace.codebook().ok().map(|(codebook, _)| codebook);
    let languages = codebook.as_ref().map_or_else(Languages::default, |codebook| codebook.languages);
    let usual = codebook.as_ref().map_or(Within::Sentence, |codebook| match codebook.unit {
        RuleUnit::Paragraph => Within::Paragraph,
        RuleUnit::Entry => Within::Entry,
        _ => Within::Sentence,
    });
    let mut heads = workspace.store.heads(languages)?;
    heads.retain(|head| !head.missing);
    let (held, index_problem) = match candidates(workspace, &expr, &heads, progress) {
        Ok(held) => (held, None),
        Err(problem) => (Candidates::All, Some(problem)),
    };
    let mut searched: Vec<Entry> = heads.into_iter().map(|head| head.entry).collect();
    if let Some(error) = search.fields.iter().find_map(|field| refused(&searched, field, expression)) {
        return Err(wrong(error));
    }
    let named = |name: &'static str| search.fields.iter().filter(move |field| field.name == name);
    let mut wanted = Wanted { sections: named("section").collect(), ..Wanted::default() };
    wanted.spoken = search.fields.iter().filter(|field| is_language(field)).collect();
    if named("code").chain(named("coder")).next().is_some() {
        let fresh = fresh(workspace, progress)?;
        for field in named("code") {
            wanted.coded.push(coded(&fresh, field, expression)?);
        }
        for field in named("coder") {
            wanted.coded.push(coded_by(workspace, &fresh, field, expression)?);
        }
    }
    let of_entry = |field: &&Field| !["section", "code", "coder"].contains(&field.name.as_str());
    searched.retain(|entry| search.fields.iter().filter(of_entry).all(|field| fits(entry, field)));
    let entries: Vec<&Entry> = searched.iter().filter(|entry| held.holds(entry.number)).collect();
    let matcher = Matcher::for_search(&expr, options.within.unwrap_or(usual));
    let (all, complete) = scan(workspace, &matcher, &entries, &wanted, enough, progress)?;
    show(&searched, all, complete, index_problem)
}

/// Brings the index up to date and asks it.
fn candidates(
    workspace: &Workspace,
    expr: &Expr,
    heads: &[Head],
    progress: &dyn Progress,
) -> Result<Candidates, WorkflowError> {
    let (index, languages) = index(workspace, heads, progress)?;
    Ok(index.candidates(expr, &languages)?)
}

/// Returns the segments of a code, or of all codes of a theme, by entry.
fn coded(fresh: &Fresh, field: &Field, expression: &str) -> Result<BTreeMap<u32, Vec<Span>>, WorkflowError> {
    let Some(row) = fresh.tree.row(&field.value) else {
        let known: Vec<&str> = fresh.tree.rows.iter().map(|row| row.id.as_str()).collect();
        let hint = crate::diagnostic::meant_or_known(&field.value, &known);
        let message = format!("there is no code or theme `{}`", field.value);
        let error = at_field(field, expression, message, hint);
        return Err(WorkflowError::Query { expression: expression.to_owned(), error });
    };
    let mut spans: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    // What was rejected is not of the code; what nobody has decided on may be.
    for one in fresh.counted(Some(Counts::All), None).select(Part { codes: &row.codes, entries: None }, |_, _| true)? {
        spans.entry(one.entry).or_default().push(one.span);
    }
    Ok(spans)
}

/// Returns the segments that a coder holds, by entry.
fn coded_by(
    workspace: &Workspace,
    fresh: &Fresh,
    field: &Field,
    expression: &str,
) -> Result<BTreeMap<u32, Vec<Span>>, WorkflowError> {
    if let Err(WorkflowError::Unknown { name, hint, .. }) = known_coder(workspace, &field.value) {
        let error = at_field(field, expression, format!("there is no coder `{name}`"), hint);
        return Err(WorkflowError::Query { expression: expression.to_owned(), error });
    }
    let mut spans: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    let whose = |coder: &str| field.value == ANY || coder == field.value;
    fresh.people.stated.each(|one| {
        if one.verdict().holds() && one.coded.coder.as_ref().is_some_and(|coder| whose(coder.as_str())) {
            spans.entry(one.coded.entry).or_default().push(one.coded.span);
        }
    })?;
    Ok(spans)
}
