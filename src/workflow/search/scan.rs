//! Entries read and hits put into their context.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Found, filters::speaks};
use crate::{
    corpus::Entry,
    matching::{Hit, Matcher, Scanners},
    query::Field,
    text::{CodePoints, Outline, Span, outline, tokens},
    workflow::{Progress, WorkflowError, Workspace},
};

/// Code points of context on each side.
const CONTEXT: u32 = 60;

/// What a hit must fulfil beside matching.
#[derive(Debug, Default)]
pub(super) struct Wanted<'f> {
    /// Words of the titles of its section.
    pub(super) sections: Vec<&'f Field>,
    /// Languages of a sentence of its entry.
    pub(super) spoken: Vec<&'f Field>,
    /// For each code that was named, the segments that have it, by number of the entry.
    pub(super) coded: Vec<BTreeMap<u32, Vec<Span>>>,
}

impl Wanted<'_> {
    fn holds(&self, entry: &Entry, outline: &Outline, span: Span) -> bool {
        let title = || {
            let section = outline.sections.get(outline.section_at(span.start) as usize);
            section.map(|section| section.title.to_lowercase()).unwrap_or_default()
        };
        let in_section = self.sections.is_empty() || {
            let title = title();
            self.sections.iter().all(|field| title.contains(&field.value.to_lowercase()))
        };
        let has = |segments: &BTreeMap<u32, Vec<Span>>| {
            segments.get(&entry.number).is_some_and(|spans| spans.iter().any(|other| other.overlaps(span)))
        };
        in_section && self.coded.iter().all(has)
    }
}

/// The hits of one entry.
#[derive(Debug)]
pub(super) struct OfEntry<'e> {
    pub(super) entry: &'e Entry,
    /// Words of the entry, for rates; counted only where there are hits.
    pub(super) words: usize,
    pub(super) found: Vec<Found>,
}

/// Returns the entries with hits in their order, and whether all were read: `enough` hits end the reading.
pub(super) fn scan<'e>(
    workspace: &Workspace,
    matcher: &Matcher,
    entries: &[&'e Entry],
    wanted: &Wanted<'_>,
    enough: Option<usize>,
    progress: &dyn Progress,
) -> Result<(Vec<OfEntry<'e>>, bool), WorkflowError> {
    progress.begin("searching", Some(entries.len() as u64));
    let scanners = Scanners::new(matcher);
    let mut all: Vec<OfEntry<'e>> = Vec::new();
    let mut left = entries.len();
    for batch in entries.chunks(1024) {
        let mut texts = Vec::with_capacity(batch.len());
        for entry in batch {
            texts.push((*entry, workspace.store.text(entry.number)?));
        }
        let of_entry = |(entry, text): &(&'e Entry, String)| {
            let parts = outline(text, entry.languages);
            if !wanted.spoken.iter().all(|field| speaks(entry, &parts, field)) {
                return None;
            }
            let hits = scanners.with(|scanner| scanner.hits(text, &parts));
            let points = CodePoints::new(text);
            let spans = hits.iter().map(Hit::span).filter(|span| wanted.holds(entry, &parts, *span));
            let found: Vec<Found> = spans.map(|span| line(entry, text, &points, span)).collect();
            (!found.is_empty()).then(|| OfEntry { entry, words: tokens(text).len(), found })
        };
        all.par_extend(texts.par_iter().filter_map(of_entry));
        progress.advance(texts.len() as u64);
        left -= texts.len();
        let count: usize = all.iter().map(|one| one.found.len()).sum();
        if enough.is_some_and(|enough| count >= enough) {
            break;
        }
    }
    progress.end();
    Ok((all, left == 0))
}

/// Returns a stretch of an entry with its context.
pub(in crate::workflow) fn line(entry: &Entry, text: &str, points: &CodePoints<'_>, span: Span) -> Found {
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
