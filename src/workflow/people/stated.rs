//! People's verdicts brought to the texts and codes as they are, kept as parts of the cache: one a block of entries.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{Codes, Placed, Texts, placed, under};
use crate::{
    ahead::ahead,
    analysis::{Coded, NO_RULE, Personal, Stated, Status, VerdictFacts, VerdictPart, Verdicts},
    coding::{ANCHOR, Anchored, Said, Verdict, standing},
    id::{CoderId, Hash},
    store::Head,
    text::{Outline, Span, outline},
    workflow::{Progress, WorkflowError, Workspace, fresh::Block},
};

/// The parts of the cache that hold what people say.
#[derive(Debug, Default)]
pub(in crate::workflow) struct Parts {
    /// Their places.
    pub(in crate::workflow) paths: Vec<PathBuf>,
    /// How many were made now.
    pub(in crate::workflow) made: usize,
}

/// Changes when parts are made in another way.
const FORM: &str = "verdicts-1";

/// A block in which somebody says something.
struct Spoken<'h> {
    /// The entries of which something is said.
    heads: Vec<&'h Head>,
    /// Place of its part, whose name says all that decides what is in it.
    path: PathBuf,
}

/// Makes the parts that are not there, and looks at all of them.
pub(super) fn stated(
    workspace: &Workspace,
    codes: &Codes<'_>,
    blocks: &[Block<'_>],
    cache: &Path,
    progress: &dyn Progress,
) -> Result<(Stated, Parts), WorkflowError> {
    let said = workspace.store.entries_said()?;
    let words = workspace.store.words_gone()?.map(u64::to_le_bytes).concat();
    let all = Hash::of_parts([FORM.as_bytes(), ANCHOR.as_bytes(), codes.hash().as_bytes(), &words]);
    let spoken: Vec<Option<Spoken<'_>>> = blocks.iter().map(|block| spoken(block, &said, all, cache)).collect();
    let paths: Vec<PathBuf> = spoken.iter().flatten().map(|one| one.path.clone()).collect();
    let (mut parts, made) = parts(workspace, codes, &spoken, progress)?;
    let mut stated = Stated::open(parts);
    if stated.is_err() {
        // A damaged part is no loss: all of them follow from the log.
        paths.iter().for_each(|path| fs::remove_file(path).unwrap_or_default());
        (parts, _) = self::parts(workspace, codes, &spoken, progress)?;
        stated = Stated::open(parts);
    }
    Ok((stated?, Parts { paths, made }))
}

/// Finds the entries of a block of which something is said, and names their part.
fn spoken<'h>(block: &Block<'h>, said: &HashMap<String, u64>, all: Hash, cache: &Path) -> Option<Spoken<'h>> {
    let mut name = vec![all.as_bytes().to_vec()];
    let mut heads = Vec::new();
    for head in &block.heads {
        let Some(what) = said.get(head.entry.id.as_str()) else { continue };
        name.push([head.entry.number.to_le_bytes().as_slice(), &what.to_le_bytes()].concat());
        heads.push(*head);
    }
    (!heads.is_empty()).then(|| Spoken { heads, path: block.verdicts(cache, Hash::of_parts(name)) })
}

/// Returns the part of every block, and how many had to be made.
fn parts(
    workspace: &Workspace,
    codes: &Codes<'_>,
    blocks: &[Option<Spoken<'_>>],
    progress: &dyn Progress,
) -> Result<(Vec<Option<VerdictPart>>, usize), WorkflowError> {
    let stale = || blocks.iter().flatten().filter(|block| !block.path.exists());
    let entries: usize = stale().map(|block| block.heads.len()).sum();
    if entries > 0 {
        progress.begin("placing codings", Some(entries as u64));
    }
    let (mut parts, mut made) = (Vec::new(), 0);
    for block in blocks {
        let part = match block {
            Some(block) if !block.path.exists() => {
                made += 1;
                Some(make(workspace, codes, block, progress)?)
            }
            Some(block) => Some(VerdictPart::File(block.path.clone())),
            None => None,
        };
        parts.push(part);
    }
    if entries > 0 {
        progress.end();
    }
    Ok((parts, made))
}

/// Brings what is said in a block to today, and keeps it in the cache.
fn make(
    workspace: &Workspace,
    codes: &Codes<'_>,
    block: &Spoken<'_>,
    progress: &dyn Progress,
) -> Result<VerdictPart, WorkflowError> {
    let store = &workspace.store;
    let lack = AtomicBool::new(false);
    let get = |head: &&Head| -> Result<(Vec<Said>, Texts), WorkflowError> {
        let said = standing(store.said(Some(&head.entry.id))?);
        let texts = Texts::read(store, head, &said)?;
        Ok((said, texts))
    };
    let work = |head: &&Head, (said, texts): (Vec<Said>, Texts)| {
        let parts = outline(&texts.now, head.entry.languages);
        let placed = placed(&said, head.text, &texts);
        lack.fetch_or(texts.before.values().any(Option::is_none), Ordering::Relaxed);
        progress.advance(1);
        Ok::<_, WorkflowError>(placed.into_iter().map(|one| personal(one, head, &parts, codes)).collect::<Vec<_>>())
    };
    let (mut rows, mut facts) = (Vec::new(), VerdictFacts::default());
    for found in ahead(&block.heads, get, work)? {
        let mut here = Vec::new();
        for one in found {
            match one {
                Resolved::Said(one) => here.push(*one),
                Resolved::Orphan => facts.orphans += 1,
                Resolved::Unknown(code) => *facts.unknown.entry(code).or_default() += 1,
            }
        }
        rows.extend(last_words(here));
    }
    let verdicts = Verdicts::of(rows, facts)?;
    if lack.into_inner() {
        // A bundle without texts: they may come with the next one.
        return Ok(VerdictPart::Held(verdicts));
    }
    // What cannot be kept is held: a folder that cannot be written to can be looked at.
    Ok(match verdicts.write(&block.path) {
        Ok(()) => VerdictPart::File(block.path.clone()),
        Err(_) => VerdictPart::Held(verdicts),
    })
}

enum Resolved {
    Said(Box<Personal>),
    Orphan,
    Unknown(String),
}

fn personal(placed: Placed<'_>, head: &Head, parts: &Outline, codes: &Codes<'_>) -> Resolved {
    let (said, mark) = (placed.said, &placed.said.mark);
    let status = match mark.verdict {
        Verdict::Coded => Status::Coded,
        Verdict::Accepted => Status::Accepted,
        Verdict::Rejected | Verdict::Removed => Status::Rejected,
    };
    let Some(span) = placed.span else {
        // A rejection without its words has nothing left to say.
        return if status == Status::Rejected { Resolved::Unknown(String::new()) } else { Resolved::Orphan };
    };
    let Some((code, stale)) = codes.now(said) else { return Resolved::Unknown(mark.place.code.to_string()) };
    let (sentences, paragraphs) = under(span, parts);
    let section = parts.sections.get(parts.section_at(span.start) as usize);
    let coded = Coded {
        entry: head.entry.number,
        code,
        rule: mark.rule.and_then(|rule| codes.rule(code, rule)).unwrap_or(NO_RULE),
        status,
        coder: Some(said.coder.clone()),
        span,
        sentences,
        paragraphs,
        section: section.map(|section| section.title.clone()).unwrap_or_default(),
        evidence: Vec::new(),
        negated: false,
    };
    Resolved::Said(Box::new(Personal {
        coded,
        adjudicated: mark.adjudicated,
        stale,
        edited: matches!(placed.anchored, Anchored::Edited(_)),
        act: said.act,
    }))
}

/// Keeps what each coder said last about a stretch and code: verdicts on earlier texts may have come to the same place.
fn last_words(mut said: Vec<Personal>) -> Vec<Personal> {
    fn spot(one: &Personal) -> (Span, u32, Option<&CoderId>, bool) {
        (one.coded.span, one.coded.code, one.coded.coder.as_ref(), one.adjudicated)
    }
    said.sort_by(|a, b| spot(a).cmp(&spot(b)).then(b.act.cmp(&a.act)));
    said.dedup_by(|a, b| spot(a) == spot(b));
    said
}
