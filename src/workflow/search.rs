//! Keyword in context: the same expressions as rules, over the whole study, through the index.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::{Progress, WorkflowError, Workspace};
use crate::{
    codebook::Within,
    corpus::Entry,
    matching::{Matcher, Scanners},
    query::{Expr, Field, QueryError, parse_search},
    search::{Candidates, Index, Indexed},
    store::Head,
    text::{CodePoints, Language, Languages, Outline, Span, outline},
};

/// Names that filters know without any entry having them.
const GIVEN: [&str; 7] = ["month", "year", "date", "section", "source", "lang", "language"];

/// Code points of context on each side.
const CONTEXT: u32 = 60;

/// How to search.
#[derive(Debug, Clone, Default)]
pub struct SearchOptions {
    /// Where AND, NOT, NEAR and THEN look; `None` for the codebook's unit.
    pub within: Option<Within>,
    /// Whether a wildcard may be the first character of a word.
    pub leading_wildcards: bool,
    /// At most so many lines.
    pub limit: Option<usize>,
}

/// What a search found.
#[derive(Debug)]
pub struct SearchReport {
    /// The hits in corpus order, at most as many as were asked for.
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

/// Finds an expression in all entries, in corpus order.
///
/// # Errors
/// Fails when the expression cannot be read or the study file cannot be used.
pub fn search(
    workspace: &mut Workspace,
    expression: &str,
    options: &SearchOptions,
    progress: &dyn Progress,
) -> Result<SearchReport, WorkflowError> {
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
        crate::codebook::RuleUnit::Paragraph => Within::Paragraph,
        crate::codebook::RuleUnit::Entry => Within::Entry,
        _ => Within::Sentence,
    });
    let mut heads = workspace.store.heads(languages)?;
    heads.retain(|head| !head.missing);
    let (held, index_problem) = match candidates(workspace, &expr, &heads, progress) {
        Ok(held) => (held, None),
        Err(problem) => (Candidates::All, Some(problem)),
    };
    let mut entries: Vec<Entry> = heads.into_iter().map(|head| head.entry).collect();
    let (sections, filters): (Vec<&Field>, Vec<&Field>) =
        search.fields.iter().partition(|field| field.name == "section");
    if let Some(error) = filters.iter().find_map(|field| refused(&entries, field, expression)) {
        return Err(wrong(error));
    }
    entries.retain(|entry| filters.iter().all(|field| fits(entry, field)));
    entries.retain(|entry| held.holds(entry.number));
    let matcher = Matcher::for_search(&expr, options.within.unwrap_or(usual));
    let spoken: Vec<&Field> = filters.into_iter().filter(|field| is_language(field)).collect();
    let (found, total) = scan(workspace, &matcher, &entries, (&sections, &spoken), options.limit, progress)?;
    Ok(SearchReport { found, total, index_problem })
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

/// Opens the index and brings it up to date with the entries; returns it with the languages of the study.
pub(super) fn index(
    workspace: &Workspace,
    heads: &[Head],
    progress: &dyn Progress,
) -> Result<(Index, Vec<Language>), WorkflowError> {
    let indexed =
        |head: &Head| Indexed { number: head.entry.number, mark: head.mark(), languages: head.entry.languages };
    let entries: Vec<Indexed> = heads.iter().map(indexed).collect();
    let languages: BTreeSet<Language> = entries.iter().flat_map(|entry| entry.languages.iter()).collect();
    let index = Index::open(&workspace.folder())?;
    progress.begin("indexing", None);
    index.refresh(&entries, |number| -> Result<String, WorkflowError> {
        progress.advance(1);
        Ok(workspace.store.text(number)?)
    })?;
    progress.end();
    Ok((index, languages.into_iter().collect()))
}

/// Says why a filter cannot be used: a name that no entry knows is a slip of the pen, not a search that finds nothing.
fn refused(entries: &[Entry], field: &Field, expression: &str) -> Option<QueryError> {
    let (message, hint) = if ["code", "coder"].contains(&field.name.as_str()) {
        (format!("`{}:` cannot be used yet", field.name), "list a code's segments: themata segments code=ID".to_owned())
    } else if entries.is_empty()
        || GIVEN.contains(&field.name.as_str())
        || entries.iter().any(|entry| value_of(entry, &field.name).is_some())
    {
        return None;
    } else {
        let own = entries.iter().flat_map(|entry| entry.attributes.keys().map(|name| name.to_lowercase()));
        let known: BTreeSet<String> = own.chain(GIVEN.map(str::to_owned)).collect();
        let hint = match crate::diagnostic::did_you_mean(&field.name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        };
        (format!("no entry has an attribute `{}`", field.name), hint)
    };
    let at = expression.to_lowercase().find(&format!("{}:", field.name)).unwrap_or_default();
    Some(QueryError { message, span: at..at + field.name.len() + 1, hint: Some(hint) })
}

/// Returns an entry's value of an attribute; names are compared without regard to case, as the columns of a CSV have it.
fn value_of(entry: &Entry, name: &str) -> Option<String> {
    let name = if name == "lang" { "language" } else { name };
    let own = || entry.attributes.keys().find(|own| own.to_lowercase() == name);
    entry.attribute(name).or_else(|| entry.attribute(own()?))
}

fn is_language(field: &Field) -> bool {
    ["lang", "language"].contains(&field.name.as_str())
}

/// Tells whether an entry has a field's value, or, as to languages, may have a sentence that does.
fn fits(entry: &Entry, field: &Field) -> bool {
    match value_of(entry, &field.name) {
        Some(value) => is_value(field, &value),
        None => is_language(field) && entry.languages.iter().any(|language| is_value(field, language.code())),
    }
}

/// Tells whether an entry is in a language: it declares it, or has a sentence of it.
fn speaks(entry: &Entry, outline: &Outline, field: &Field) -> bool {
    value_of(entry, &field.name).is_some()
        || outline.sentences.iter().any(|sentence| is_value(field, sentence.language.code()))
}

/// Tells whether a value is a field's; `from..to` is a range of words in alphabetical order, as dates are.
fn is_value(field: &Field, value: &str) -> bool {
    match field.value.split_once("..") {
        Some((from, to)) => {
            let upper = to.is_empty() || value <= to || value.starts_with(to);
            value >= from && upper
        }
        None => {
            value.to_lowercase() == field.value.to_lowercase()
                || (field.name == "date" && value.starts_with(field.value.as_str()))
        }
    }
}

/// Returns the hits, up to a limit, and how many there are when all entries were read.
fn scan(
    workspace: &Workspace,
    matcher: &Matcher,
    entries: &[Entry],
    (sections, spoken): (&[&Field], &[&Field]),
    limit: Option<usize>,
    progress: &dyn Progress,
) -> Result<(Vec<Found>, Option<usize>), WorkflowError> {
    progress.begin("searching", Some(entries.len() as u64));
    let scanners = Scanners::new(matcher);
    let mut found = Vec::new();
    let mut left = entries.len();
    for batch in entries.chunks(1024) {
        let mut texts = Vec::with_capacity(batch.len());
        for entry in batch {
            texts.push((entry, workspace.store.text(entry.number)?));
        }
        let lines = |(entry, text): &(&Entry, String)| {
            let parts = outline(text, entry.languages);
            if !spoken.iter().all(|field| speaks(entry, &parts, field)) {
                return Vec::new();
            }
            let hits = scanners.with(|scanner| scanner.hits(text, &parts));
            let points = CodePoints::new(text);
            let titled = |span: Span| {
                parts.sections.get(parts.section_at(span.start) as usize).map(|section| section.title.to_lowercase())
            };
            let wanted = |span: Span| {
                sections
                    .iter()
                    .all(|field| titled(span).is_some_and(|title| title.contains(&field.value.to_lowercase())))
            };
            hits.iter()
                .map(crate::matching::Hit::span)
                .filter(|span| wanted(*span))
                .map(|span| line(entry, text, &points, span))
                .collect::<Vec<_>>()
        };
        let batch: Vec<Vec<Found>> = texts.par_iter().map(lines).collect();
        found.extend(batch.into_iter().flatten());
        progress.advance(texts.len() as u64);
        left -= texts.len();
        if limit.is_some_and(|limit| found.len() >= limit) {
            break;
        }
    }
    progress.end();
    let total = (left == 0).then_some(found.len());
    found.truncate(limit.unwrap_or(usize::MAX));
    Ok((found, total))
}

/// Returns a stretch of an entry with its context.
pub(super) fn line(entry: &Entry, text: &str, points: &CodePoints<'_>, span: Span) -> Found {
    let (start, end) = points.of_span(span);
    let between = |from: u32, to: Option<u32>| {
        let from = points.to_byte(from).unwrap_or_default();
        let to = to.and_then(|to| points.to_byte(to)).unwrap_or_else(|| Span::new(0, text.len()).end);
        Span { start: from, end: to }.of(text).to_owned()
    };
    Found {
        entry: entry.id.to_string(),
        start,
        end,
        left: between(start.saturating_sub(CONTEXT), Some(start)),
        hit: span.of(text).to_owned(),
        right: between(end, Some(end + CONTEXT)),
    }
}
