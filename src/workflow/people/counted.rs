//! Which codings a number counts: of rules and of people, of one coder, of any, or what all agreed on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// The codings behind the numbers of a table.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The codings.
    pub codings: Codings,
    /// Which they are.
    pub counts: Counts,
    /// Whose they are: a coder's id, `any` or `consensus`.
    pub coder: String,
    /// The entries that are in N, when not all are: those that the counted coders have read in full.
    pub only: Option<BTreeSet<u32>>,
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
#[derive(Default)]
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
    pub fn counted(&self, counts: Option<Counts>, coder: Option<&str>) -> Result<Counted, WorkflowError> {
        let counts = counts.unwrap_or_else(|| self.usual_counts());
        let coder = coder.unwrap_or_else(|| self.usual_coder()).to_owned();
        let says = says(&self.people.said, &coder);
        let mut counted = Counted {
            codings: Codings::default(),
            counts,
            only: self.only(counts, &coder),
            coder,
            suggestions: self.suggestions,
            reviewed: 0,
            negated: self.negated,
            people: 0,
            stale: 0,
            edited: 0,
        };
        if says.is_empty() {
            counted.codings = match counts {
                Counts::Suggested | Counts::All => self.codings.clone(),
                Counts::Accepted | Counts::Rejected => Codings::default(),
            };
            return Ok(counted);
        }
        self.with_people(&says, &mut counted)?;
        Ok(counted)
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

    fn with_people(&self, says: &BTreeMap<Spot, Say<'_>>, counted: &mut Counted) -> Result<(), WorkflowError> {
        let rejections = rejections(says);
        let suggested = self.codings.select(&self.all_codes(), |_, _| true)?;
        let mut wanted = vec![false; suggested.len()];
        let mut reasons: HashMap<Spot, Vec<usize>> = HashMap::new();
        let mut rejected = Vec::new();
        // Different segments: several rules on one are one, which is undecided as long as one of its rules' hits is.
        let mut open: BTreeMap<Spot, (bool, bool)> = BTreeMap::new();
        for (at, one) in suggested.iter().enumerate() {
            let spot = (one.entry, one.code, one.span);
            let accepted = says.get(&spot).is_some_and(|say| !say.holds.is_empty());
            let covers = |span: &Span| one.evidence.iter().all(|mark| span.contains(*mark));
            let is_rejected =
                !accepted && rejections.get(&(one.entry, one.code)).is_some_and(|spans| spans.iter().any(covers));
            if accepted {
                reasons.entry(spot).or_default().push(at);
            } else if is_rejected {
                rejected.push(at);
            } else {
                wanted[at] = true;
            }
            let segment = open.entry(spot).or_insert((false, true));
            segment.0 |= wanted[at];
            segment.1 &= one.negated;
        }
        counted.reviewed = open.values().filter(|(open, _)| !open).count() as u64;
        counted.negated = open.values().filter(|(open, negated)| *open && *negated).count() as u64;
        let mut rows: Vec<Coded> = Vec::new();
        if matches!(counted.counts, Counts::Accepted | Counts::All) {
            for (spot, say) in says {
                let own = reasons.get(spot).map(Vec::as_slice).unwrap_or_default();
                for one in &say.holds {
                    rows.push(coded(one, own.iter().filter_map(|at| suggested.get(*at))));
                    counted.people += 1;
                    counted.stale += u64::from(one.stale);
                    counted.edited += u64::from(one.edited);
                }
            }
        }
        if counted.counts == Counts::Rejected {
            let all = rejected.into_iter().filter_map(|at| suggested.get(at).cloned());
            rows.extend(all.map(|one| Coded { status: Status::Rejected, ..one }));
        }
        if matches!(counted.counts, Counts::Accepted | Counts::Rejected) {
            wanted.fill(false);
        }
        counted.codings = self.codings.with(&wanted, &Codings::of_people(&rows)?)?;
        Ok(())
    }

    fn all_codes(&self) -> Vec<u32> {
        (0_u32..).take(self.codebook.codes.len()).collect()
    }
}

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
