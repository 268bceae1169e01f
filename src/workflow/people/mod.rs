//! What people say, brought to the texts and codes as they are now, and put together with what rules suggest.

mod codes;
mod counted;
mod judged;
mod placed;
mod stated;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

pub(super) use codes::Codes;
pub(in crate::workflow) use counted::Sums;
pub use counted::{ANY, CONSENSUS, Counted, Part};
pub(super) use placed::{Placed, Texts, placed};
pub(super) use stated::Parts;

use super::{Progress, WorkflowError, Workspace, fresh::Block};
use crate::{
    analysis::Stated,
    codebook::Codebook,
    coding::{Mark, Place, Said, Verdict},
    id::{CoderId, EntryId},
    store::Head,
    text::{CodePoints, Outline, Span},
};
use stated::stated;

/// Everything that people say in a study.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Verdicts by block of entries, the same blocks as those of suggestions.
    pub stated: Stated,
    /// Who has read which entry in full.
    pub read: BTreeMap<u32, BTreeSet<CoderId>>,
    /// Stretches that a coder marked as showing a code well: entry, code, stretch.
    pub exemplars: BTreeSet<(u32, u32, Span)>,
    /// Codings whose words are gone from their entry.
    pub orphans: u64,
    /// Codings of codes that the codebook does not have, by code.
    pub unknown: BTreeMap<String, u64>,
}

impl People {
    /// Tells whether some verdict was given for all coders.
    pub fn is_adjudicated(&self) -> bool {
        self.stated.facts().any(|facts| facts.adjudicated)
    }
}

/// Brings what people say to the entries and the codebook as they are; block by block, where the cache does not have it yet.
/// Returns it with the parts of the cache that hold it, and how many of these were made now.
pub(super) fn people(
    workspace: &Workspace,
    codebook: &Codebook,
    (heads, blocks): (&[Head], &[Block<'_>]),
    cache: &Path,
    progress: &dyn Progress,
) -> Result<(People, Parts), WorkflowError> {
    let store = &workspace.store;
    let mut people = People { read: read(workspace, heads)?, ..People::default() };
    let marked = store.exemplars()?;
    if !store.has_decisions()? && marked.is_empty() {
        return Ok((people, Parts::default()));
    }
    let codes = Codes::new(workspace, codebook)?;
    people.exemplars = exemplars(workspace, &codes, codebook, heads, marked)?;
    let (stated, parts) = stated(workspace, &codes, blocks, cache, progress)?;
    for facts in stated.facts() {
        people.orphans += facts.orphans;
        for (code, n) in &facts.unknown {
            *people.unknown.entry(code.clone()).or_default() += n;
        }
    }
    people.stated = stated;
    Ok((people, parts))
}

/// Brings exemplars to the texts and codes as they are; those whose words are gone are left out.
fn exemplars(
    workspace: &Workspace,
    codes: &Codes<'_>,
    codebook: &Codebook,
    heads: &[Head],
    marked: Vec<(CoderId, Place)>,
) -> Result<BTreeSet<(u32, u32, Span)>, WorkflowError> {
    let mut by_entry: BTreeMap<EntryId, Vec<Said>> = BTreeMap::new();
    for (coder, place) in marked {
        let entry = place.entry.clone();
        let mark = Mark { place, verdict: Verdict::Coded, rule: None, adjudicated: false };
        let said = Said { act: 0, coder, mark, codebook: codebook.fingerprint };
        by_entry.entry(entry).or_default().push(said);
    }
    let mut found = BTreeSet::new();
    for head in heads.iter().filter(|_| !by_entry.is_empty()) {
        let Some(said) = by_entry.get(&head.entry.id) else { continue };
        let texts = Texts::read(&workspace.store, head, said)?;
        let here = placed(said, head.text, &texts);
        found.extend(here.iter().filter_map(|one| Some((head.entry.number, codes.now(one.said)?.0, one.span?))));
    }
    Ok(found)
}

/// Returns who has read which entry. An entry that was edited since counts as read: what changed is listed with the codings.
fn read(workspace: &Workspace, heads: &[Head]) -> Result<BTreeMap<u32, BTreeSet<CoderId>>, WorkflowError> {
    let marks = workspace.store.entries_read()?;
    let mut by_id: BTreeMap<EntryId, BTreeSet<CoderId>> = BTreeMap::new();
    for one in marks {
        by_id.entry(one.entry).or_default().insert(one.coder);
    }
    let of = |head: &Head| Some((head.entry.number, by_id.remove(&head.entry.id)?));
    Ok(heads.iter().filter_map(of).collect())
}

/// Returns the sentences and paragraphs that a stretch touches.
pub(super) fn under(span: Span, parts: &Outline) -> ((u32, u32), (u32, u32)) {
    (
        touched(span, &parts.sentences, |sentence| sentence.span),
        touched(span, &parts.paragraphs, |paragraph| paragraph.span),
    )
}

/// Returns the first of some pieces in order that a stretch touches, and the one after the last.
fn touched<T>(span: Span, all: &[T], place: impl Fn(&T) -> Span) -> (u32, u32) {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let from = all.partition_point(|one| place(one).end <= span.start);
    let to = all.partition_point(|one| place(one).start < span.end);
    (number(from), number(to.max(from)))
}

/// Returns a span of code points as bytes of a text, if it fits.
pub(super) fn bytes_of(points: &CodePoints<'_>, start: u32, end: u32) -> Option<Span> {
    let span = Span { start: points.to_byte(start)?, end: points.to_byte(end)? };
    (!span.is_empty()).then_some(span)
}
