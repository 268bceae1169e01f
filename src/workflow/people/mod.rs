//! What people say, brought to the texts and codes as they are now, and put together with what rules suggest.

mod codes;
mod counted;
mod placed;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use codes::Codes;
pub(in crate::workflow) use counted::Sums;
pub use counted::{ANY, CONSENSUS, Counted};
pub(super) use placed::{Placed, Texts, placed};

use super::{WorkflowError, Workspace};
use crate::{
    ahead::ahead,
    analysis::NO_RULE,
    codebook::Codebook,
    coding::{Anchored, Mark, Place, Said, Verdict, standing},
    id::{CoderId, EntryId},
    store::Head,
    text::{CodePoints, Outline, Span, outline},
};

/// A verdict of a coder on a stretch of an entry as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Personal {
    /// Who: an index of the people's coders.
    coder: u32,
    /// Number of the entry.
    pub entry: u32,
    /// The stretch.
    pub span: Span,
    /// Index of the code.
    pub code: u32,
    /// What is said.
    pub verdict: Verdict,
    /// Said for all coders.
    pub adjudicated: bool,
    /// Index of the rule that had suggested it, if the codebook still has it.
    pub rule: u32,
    /// The code's definition is another than when it was said.
    pub stale: bool,
    /// The words under it were edited since.
    pub edited: bool,
    /// Number of the act that said it.
    pub act: u32,
    /// Sentences under it: first, and after the last.
    pub sentences: (u32, u32),
    /// Paragraphs under it: first, and after the last.
    pub paragraphs: (u32, u32),
    /// Title of its section: an index of the people's sections.
    section: u32,
}

/// Everything that people say in a study.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Verdicts in corpus order, by place, code and coder.
    pub said: Vec<Personal>,
    /// Who has read which entry in full.
    pub read: BTreeMap<u32, BTreeSet<CoderId>>,
    /// Stretches that a coder marked as showing a code well: entry, code, stretch.
    pub exemplars: BTreeSet<(u32, u32, Span)>,
    /// Codings whose words are gone from their entry.
    pub orphans: u64,
    /// Codings of codes that the codebook does not have, by code.
    pub unknown: BTreeMap<String, u64>,
    coders: Vec<CoderId>,
    sections: Vec<String>,
}

impl People {
    /// Returns whose verdict one of these is.
    pub fn coder(&self, one: &Personal) -> &CoderId {
        &self.coders[one.coder as usize]
    }

    /// Returns everyone who says something, in the order in which they are met.
    pub fn coders(&self) -> &[CoderId] {
        &self.coders
    }

    /// Returns the title of the section in which one of these begins.
    pub fn section(&self, one: &Personal) -> &str {
        &self.sections[one.section as usize]
    }

    /// Tells whether nobody has said anything.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.read.is_empty()
    }

    /// Tells whether some verdict was given for all coders.
    pub fn is_adjudicated(&self) -> bool {
        self.said.iter().any(|one| one.adjudicated)
    }
}

/// Brings what people say to the entries and the codebook as they are.
pub(super) fn people(workspace: &Workspace, codebook: &Codebook, heads: &[Head]) -> Result<People, WorkflowError> {
    let store = &workspace.store;
    let mut people = People { read: read(workspace, heads)?, ..People::default() };
    let marked = store.exemplars()?;
    if !store.has_decisions()? && marked.is_empty() {
        return Ok(people);
    }
    let codes = Codes::new(workspace, codebook)?;
    people.exemplars = exemplars(workspace, &codes, codebook, heads, marked)?;
    let coded = store.entries_said()?;
    let coded: Vec<&Head> = heads.iter().filter(|head| coded.contains(&head.entry.id)).collect();
    let get = |head: &&Head| -> Result<(Vec<Said>, Texts), WorkflowError> {
        let said = standing(store.said(Some(&head.entry.id))?);
        let texts = Texts::read(store, head, &said)?;
        Ok((said, texts))
    };
    let work = |head: &&Head, (said, texts): (Vec<Said>, Texts)| {
        let parts = outline(&texts.now, head.entry.languages);
        let placed = placed(&said, head.text, &texts);
        Ok::<_, WorkflowError>(OfEntry::of(placed.into_iter().map(|one| personal(one, head, &parts, &codes))))
    };
    let (mut coders, mut sections) = (BTreeMap::new(), BTreeMap::new());
    // Names are kept once for all: those of a few entries at a time are many.
    for some in coded.chunks(AT_A_TIME) {
        for found in ahead(some, get, work)? {
            people.orphans += found.orphans;
            for code in found.unknown {
                *people.unknown.entry(code).or_default() += 1;
            }
            people.said.extend(found.said.into_iter().map(|one| Personal {
                coder: number(&mut coders, &mut people.coders, one.coder),
                section: number(&mut sections, &mut people.sections, one.section),
                ..one.personal
            }));
        }
    }
    people.said.shrink_to_fit();
    Ok(people)
}

/// So many entries' codings are brought to today at a time.
const AT_A_TIME: usize = 8192;

/// Returns the place of a name in a list that has each once.
fn number<T: Clone + Ord>(known: &mut BTreeMap<T, u32>, all: &mut Vec<T>, name: T) -> u32 {
    if let Some(at) = known.get(&name) {
        return *at;
    }
    let at = u32::try_from(all.len()).unwrap_or(u32::MAX);
    all.push(name.clone());
    known.insert(name, at);
    at
}

/// A verdict with the names that are kept elsewhere.
struct Named {
    coder: CoderId,
    section: String,
    personal: Personal,
}

/// What people say in one entry.
#[derive(Default)]
struct OfEntry {
    said: Vec<Named>,
    orphans: u64,
    unknown: Vec<String>,
}

impl OfEntry {
    fn of(all: impl Iterator<Item = Resolved>) -> Self {
        let mut found = Self::default();
        for one in all {
            match one {
                Resolved::Said(one) => found.said.push(*one),
                Resolved::Orphan => found.orphans += 1,
                Resolved::Unknown(code) => found.unknown.push(code),
            }
        }
        found.said = last_words(found.said);
        found
    }
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

enum Resolved {
    Said(Box<Named>),
    Orphan,
    Unknown(String),
}

fn personal(placed: Placed<'_>, head: &Head, parts: &Outline, codes: &Codes<'_>) -> Resolved {
    let (said, mark) = (placed.said, &placed.said.mark);
    let holds = mark.verdict.holds();
    let Some(span) = placed.span else {
        // A rejection without its words has nothing left to say.
        return if holds { Resolved::Orphan } else { Resolved::Unknown(String::new()) };
    };
    let Some((code, stale)) = codes.now(said) else { return Resolved::Unknown(mark.place.code.to_string()) };
    let (sentences, paragraphs) = under(span, parts);
    let section = parts.sections.get(parts.section_at(span.start) as usize);
    let personal = Personal {
        coder: 0,
        entry: head.entry.number,
        span,
        code,
        verdict: mark.verdict,
        adjudicated: mark.adjudicated,
        rule: mark.rule.and_then(|rule| codes.rule(code, rule)).unwrap_or(NO_RULE),
        stale,
        edited: matches!(placed.anchored, Anchored::Edited(_)),
        act: said.act,
        sentences,
        paragraphs,
        section: 0,
    };
    let section = section.map(|section| section.title.clone()).unwrap_or_default();
    Resolved::Said(Box::new(Named { coder: said.coder.clone(), section, personal }))
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

/// Keeps what each coder said last about a stretch and code: verdicts on earlier texts may have come to the same place.
fn last_words(mut said: Vec<Named>) -> Vec<Named> {
    let key = |one: &Named| (one.personal.span, one.personal.code, one.coder.clone(), one.personal.adjudicated);
    said.sort_by_key(|one| (key(one), std::cmp::Reverse(one.personal.act)));
    said.dedup_by_key(|one| key(one));
    said
}

/// Returns a span of code points as bytes of a text, if it fits.
pub(super) fn bytes_of(points: &CodePoints<'_>, start: u32, end: u32) -> Option<Span> {
    let span = Span { start: points.to_byte(start)?, end: points.to_byte(end)? };
    (!span.is_empty()).then_some(span)
}
