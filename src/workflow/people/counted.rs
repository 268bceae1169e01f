//! Which codings a number counts: of rules and of people, of one coder, of any, or what all agreed on.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use super::Personal;
use crate::{
    analysis::{Coded, Codings, NO_RULE, Status},
    coding::Verdict,
    id::{CoderId, Hash},
    table::Counts,
    text::Span,
    workflow::{Fresh, WorkflowError},
};

/// Codings of every coder; a unit counts once.
pub const ANY: &str = "any";
/// What was adjudicated, and every coder's where nothing was.
pub const CONSENSUS: &str = "consensus";

/// Which codings are behind the numbers of a table, and how many there are; they are got block by block.
#[derive(Debug)]
pub struct Counted<'f> {
    /// Which they are.
    pub counts: Counts,
    /// Whose they are: a coder's id, `any` or `consensus`.
    pub coder: String,
    /// The entries that are in N, when not all are: those that the counted coders have read in full.
    pub only: Option<BTreeSet<u32>>,
    /// How many there are.
    pub sums: Sums,
    fresh: &'f Fresh,
    says: BTreeMap<Spot, Say<'f>>,
    rejections: HashMap<(u32, u32), Vec<Span>>,
}

/// How many codings there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Different suggested segments.
    pub suggestions: u64,
    /// How many of these were accepted or rejected by the counted coders.
    pub reviewed: u64,
    /// How many of the undecided ones are negated.
    pub negated: u64,
    /// Codings of people among these.
    pub people: u64,
    /// Codings of people made under another definition of their code.
    pub stale: u64,
    /// Codings of people whose words were edited since.
    pub edited: u64,
}

/// A stretch of an entry, and a code.
type Spot = (u32, u32, Span);

/// What the counted coders say about a spot.
#[derive(Debug, Default)]
struct Say<'p> {
    holds: Vec<&'p Personal>,
    rejects: bool,
}

impl Fresh {
    /// Returns which codings count when nobody says: all until the first decision, then the accepted ones.
    pub fn usual_counts(&self) -> Counts {
        if self.people.said.is_empty() { Counts::All } else { Counts::Accepted }
    }

    /// Returns whose codings count when nobody says: the consensus where something was adjudicated, else any.
    pub fn usual_coder(&self) -> &'static str {
        if self.people.is_adjudicated() { CONSENSUS } else { ANY }
    }

    /// Hashes what people say, as it stands in today's texts and codes, without events and times; `None` when nobody says anything.
    pub fn decisions(&self) -> Option<Hash> {
        let mut parts: Vec<String> = Vec::new();
        for one in &self.people.said {
            let entry = self.entry(one.entry).map(|entry| entry.id.to_string()).unwrap_or_default();
            let code = self.codebook.codes.get(one.code as usize).map(|code| code.id.to_string()).unwrap_or_default();
            let (start, end) = (one.span.start.to_string(), one.span.end.to_string());
            let verdict = format!("{}{}", one.verdict.word(), if one.adjudicated { ", adjudicated" } else { "" });
            parts.extend([entry, start, end, code, one.coder.to_string(), verdict]);
        }
        for (entry, coders) in &self.people.read {
            let entry = self.entry(*entry).map(|entry| entry.id.to_string()).unwrap_or_default();
            parts.extend(coders.iter().flat_map(|coder| [entry.clone(), "read".to_owned(), coder.to_string()]));
        }
        (!parts.is_empty()).then(|| Hash::of_parts(parts))
    }

    /// Returns the codings of some kind, of one coder, `any` or `consensus`; the usual ones where nothing is said.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn counted(&self, counts: Option<Counts>, coder: Option<&str>) -> Result<Counted<'_>, WorkflowError> {
        let counts = counts.unwrap_or_else(|| self.usual_counts());
        let coder = coder.unwrap_or_else(|| self.usual_coder()).to_owned();
        let says = says(&self.people.said, &coder);
        let (only, rejections) = (self.only(counts, &coder), rejections(&says));
        let mut counted = Counted { counts, coder, only, sums: Sums::default(), fresh: self, says, rejections };
        counted.sums = self.sums(&counted)?;
        Ok(counted)
    }

    /// Counts the codings, once for each kind and coder.
    fn sums(&self, counted: &Counted<'_>) -> Result<Sums, WorkflowError> {
        if counted.says.is_empty() {
            let (suggestions, negated) = self.suggestions()?;
            return Ok(Sums { suggestions, negated, ..Sums::default() });
        }
        let key = (counted.counts, counted.coder.clone());
        if let Some(known) = self.known_sums.lock().ok().and_then(|known| known.get(&key).copied()) {
            return Ok(known);
        }
        let mut sums = Sums::default();
        for (at, entries) in self.suggested.blocks().enumerate() {
            counted.block(at, &entries, Codings::COUNTED, &mut sums)?;
        }
        if let Ok(mut known) = self.known_sums.lock() {
            known.insert(key, sums);
        }
        Ok(sums)
    }

    /// Returns the entries in N when people's work is counted and somebody says what was read.
    fn only(&self, counts: Counts, coder: &str) -> Option<BTreeSet<u32>> {
        if counts != Counts::Accepted {
            return None;
        }
        let by = |coders: &BTreeSet<CoderId>| {
            [ANY, CONSENSUS].contains(&coder) || coders.iter().any(|one| one.as_str() == coder)
        };
        let read: BTreeSet<u32> =
            self.people.read.iter().filter(|(_, coders)| by(coders)).map(|(entry, _)| *entry).collect();
        (!read.is_empty()).then_some(read)
    }

    fn all_codes(&self) -> Vec<u32> {
        (0_u32..).take(self.codebook.codes.len()).collect()
    }
}

impl Counted<'_> {
    /// Visits the codings block by block, with these columns at least.
    ///
    /// # Errors
    /// Fails when the cache cannot be read, or `visit` does.
    pub fn each(
        &self,
        columns: &[&str],
        mut visit: impl FnMut(&Codings) -> Result<(), WorkflowError>,
    ) -> Result<(), WorkflowError> {
        let mut sums = Sums::default();
        for (at, entries) in self.fresh.suggested.blocks().enumerate() {
            visit(&self.block(at, &entries, columns, &mut sums)?)?;
        }
        Ok(())
    }

    /// Returns the codings of some codes that `wanted` takes by entry and section, in no particular order.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn select(&self, codes: &[u32], wanted: impl Fn(u32, &str) -> bool) -> Result<Vec<Coded>, WorkflowError> {
        let mut found = Vec::new();
        self.each(Codings::ALL, |codings| {
            found.extend(codings.select(codes, &wanted)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Returns the codings of one block of entries, and adds how many there are of each kind.
    fn block(
        &self,
        at: usize,
        entries: &Range<u32>,
        columns: &[&str],
        sums: &mut Sums,
    ) -> Result<Codings, WorkflowError> {
        let suggests = matches!(self.counts, Counts::Suggested | Counts::All);
        let says = || self.says.range((entries.start, 0, FIRST)..(entries.end, 0, FIRST));
        if says().next().is_none() {
            let codings = self.fresh.suggested.block(at, None, columns)?;
            let (all, negated) = if self.says.is_empty() { (0, 0) } else { codings.distinct()? };
            sums.suggestions += all;
            sums.negated += negated;
            return Ok(if suggests { codings } else { Codings::default() });
        }
        let codings = self.fresh.suggested.block(at, None, Codings::ALL)?;
        let suggested = codings.select(&self.fresh.all_codes(), |_, _| true)?;
        let judged = self.judge(&suggested, sums);
        let mut rows: Vec<Coded> = Vec::new();
        if matches!(self.counts, Counts::Accepted | Counts::All) {
            for (spot, say) in says() {
                let own = judged.reasons.get(spot).map(Vec::as_slice).unwrap_or_default();
                for one in &say.holds {
                    rows.push(coded(one, own.iter().filter_map(|at| suggested.get(*at))));
                    sums.people += 1;
                    sums.stale += u64::from(one.stale);
                    sums.edited += u64::from(one.edited);
                }
            }
        }
        if self.counts == Counts::Rejected {
            let all = judged.rejected.into_iter().filter_map(|at| suggested.get(at).cloned());
            rows.extend(all.map(|one| Coded { status: Status::Rejected, ..one }));
        }
        let wanted: Vec<bool> = judged.open.iter().map(|open| *open && suggests).collect();
        Ok(codings.with(&wanted, &Codings::of_people(&rows)?)?)
    }

    /// Sorts suggestions into those that nobody has decided on, accepted and rejected ones.
    fn judge(&self, suggested: &[Coded], sums: &mut Sums) -> Judged {
        let mut judged = Judged { open: vec![false; suggested.len()], ..Judged::default() };
        // Different segments: several rules on one are one, which is undecided as long as one of its rules' hits is.
        let mut segments: BTreeMap<Spot, (bool, bool)> = BTreeMap::new();
        for (at, one) in suggested.iter().enumerate() {
            let spot = (one.entry, one.code, one.span);
            let accepted = self.says.get(&spot).is_some_and(|say| !say.holds.is_empty());
            let covers = |span: &Span| one.evidence.iter().all(|mark| span.contains(*mark));
            let is_rejected =
                !accepted && self.rejections.get(&(one.entry, one.code)).is_some_and(|spans| spans.iter().any(covers));
            if accepted {
                judged.reasons.entry(spot).or_default().push(at);
            } else if is_rejected {
                judged.rejected.push(at);
            } else {
                judged.open[at] = true;
            }
            let segment = segments.entry(spot).or_insert((false, true));
            segment.0 |= judged.open[at];
            segment.1 &= one.negated;
        }
        sums.suggestions += segments.len() as u64;
        sums.reviewed += segments.values().filter(|(open, _)| !open).count() as u64;
        sums.negated += segments.values().filter(|(open, negated)| *open && *negated).count() as u64;
        judged
    }
}

/// What became of the suggestions of a block.
#[derive(Default)]
struct Judged {
    /// Whether nobody has decided on each.
    open: Vec<bool>,
    /// Accepted ones, by spot.
    reasons: HashMap<Spot, Vec<usize>>,
    /// Rejected ones.
    rejected: Vec<usize>,
}

/// Before every span.
const FIRST: Span = Span { start: 0, end: 0 };

/// Returns what the counted coders say, by spot.
fn says<'p>(said: &'p [Personal], coder: &str) -> BTreeMap<Spot, Say<'p>> {
    let spot = |one: &Personal| (one.entry, one.code, one.span);
    let adjudicated: BTreeSet<Spot> =
        said.iter().filter(|one| one.adjudicated && coder == CONSENSUS).map(spot).collect();
    let mut says: BTreeMap<Spot, Say<'p>> = BTreeMap::new();
    let mut last: BTreeMap<Spot, u32> = BTreeMap::new();
    for one in said {
        let here = spot(one);
        let settled = adjudicated.contains(&here);
        let counts = match coder {
            // Where something was adjudicated, only that counts, and only the last of it.
            CONSENSUS if settled => one.adjudicated,
            CONSENSUS => true,
            ANY => true,
            own => one.coder.as_str() == own && !one.adjudicated,
        };
        if !counts {
            continue;
        }
        let say = says.entry(here).or_default();
        if settled && coder == CONSENSUS {
            let before = last.entry(here).or_default();
            if one.act < *before {
                continue;
            }
            *before = one.act;
            *say = Say::default();
        }
        if one.verdict.holds() { say.holds.push(one) } else { say.rejects |= one.verdict == Verdict::Rejected }
    }
    says
}

/// Returns the stretches that were rejected and that nobody who counts holds, by entry and code.
fn rejections(says: &BTreeMap<Spot, Say<'_>>) -> HashMap<(u32, u32), Vec<Span>> {
    let mut rejections: HashMap<(u32, u32), Vec<Span>> = HashMap::new();
    for ((entry, code, span), say) in says {
        if say.rejects && say.holds.is_empty() {
            rejections.entry((*entry, *code)).or_default().push(*span);
        }
    }
    rejections
}

/// Returns a person's coding as a row, with the words of the suggestions that it accepts.
fn coded<'s>(one: &Personal, reasons: impl Iterator<Item = &'s Coded>) -> Coded {
    let mut evidence = Vec::new();
    let mut rule = one.rule;
    for reason in reasons {
        evidence.extend(reason.evidence.iter().copied());
        if rule == NO_RULE {
            rule = reason.rule;
        }
    }
    evidence.sort();
    evidence.dedup();
    Coded {
        entry: one.entry,
        code: one.code,
        rule,
        status: if one.verdict == Verdict::Coded { Status::Coded } else { Status::Accepted },
        coder: Some(one.coder.clone()),
        span: one.span,
        sentences: one.sentences,
        paragraphs: one.paragraphs,
        section: one.section.clone(),
        evidence: Span::joined(evidence),
        negated: false,
    }
}
