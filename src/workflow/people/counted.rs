//! Which codings a number counts: of rules and of people, of one coder, of any, or what all agreed on.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use super::{People, Personal};
use crate::{
    analysis::{Coded, Codings, Located, NO_RULE, Status},
    coding::Verdict,
    id::{CoderId, Hash},
    table::{Counts, Evidence, EvidenceOf, Unit},
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
    /// Which of what people say counts, by spot.
    said: Vec<u32>,
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
            let coder = self.people.coder(one).to_string();
            let verdict = format!("{}{}", one.verdict.word(), if one.adjudicated { ", adjudicated" } else { "" });
            parts.extend([entry, start, end, code, coder, verdict]);
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
        let (only, said) = (self.only(counts, &coder), counting(&self.people, &coder));
        let mut counted = Counted { counts, coder, only, sums: Sums::default(), fresh: self, said };
        counted.sums = self.sums(&counted)?;
        Ok(counted)
    }

    /// Counts the codings, once for each kind and coder.
    fn sums(&self, counted: &Counted<'_>) -> Result<Sums, WorkflowError> {
        if counted.said.is_empty() {
            let (suggestions, negated) = self.suggestions()?;
            return Ok(Sums { suggestions, negated, ..Sums::default() });
        }
        let key = (counted.counts, counted.coder.clone());
        if let Some(known) = self.known_sums.lock().ok().and_then(|known| known.get(&key).copied()) {
            return Ok(known);
        }
        let mut sums = Sums::default();
        for (at, entries) in self.suggested.blocks().enumerate() {
            counted.block(at, &entries, NEEDED, Some(&mut sums))?;
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
}

impl Counted<'_> {
    /// Tells whether an entry is in N.
    pub fn has(&self, entry: u32) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&entry))
    }

    /// Names what is behind a number of these codings.
    pub fn evidence(&self, of: EvidenceOf, unit: Unit) -> Evidence {
        Evidence { of, unit, counts: Some(self.counts), coder: Some(self.coder.clone()), split: None }
    }

    /// Visits the codings block by block, with these columns at least.
    ///
    /// # Errors
    /// Fails when the cache cannot be read, or `visit` does.
    pub fn each(
        &self,
        columns: &[&str],
        mut visit: impl FnMut(&Codings) -> Result<(), WorkflowError>,
    ) -> Result<(), WorkflowError> {
        for (at, entries) in self.fresh.suggested.blocks().enumerate() {
            visit(&self.block(at, &entries, columns, None)?)?;
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

    /// Returns the codings of one block of entries, and adds to `sums` how many there are of each kind.
    fn block(
        &self,
        at: usize,
        entries: &Range<u32>,
        columns: &[&str],
        sums: Option<&mut Sums>,
    ) -> Result<Codings, WorkflowError> {
        let suggests = matches!(self.counts, Counts::Suggested | Counts::All);
        let says = self.says(entries);
        if says.is_empty() {
            let codings = self.fresh.suggested.block(at, None, if sums.is_some() { NEEDED } else { columns })?;
            if let Some(sums) = sums {
                let (all, negated) = codings.distinct()?;
                sums.suggestions += all;
                sums.negated += negated;
            }
            return Ok(if suggests { codings } else { Codings::default() });
        }
        let words = columns.contains(&"evidence") || columns.contains(&"rule");
        let rejects = says.iter().any(|(_, say)| say.rejects);
        let own: Vec<&str> = match (words, rejects) {
            (true, _) => Codings::ALL.to_vec(),
            (false, true) => columns.iter().chain(NEEDED).chain(&["evidence"]).copied().collect(),
            (false, false) => columns.iter().chain(NEEDED).copied().collect(),
        };
        let own: BTreeSet<&str> = own.into_iter().collect();
        let codings = self.fresh.suggested.block(at, None, &own.into_iter().collect::<Vec<_>>())?;
        let judged = judge(&codings, &says)?;
        let rows = match self.counts {
            Counts::Accepted | Counts::All => self.rows(&codings, &says, &judged, words)?,
            Counts::Suggested | Counts::Rejected => Vec::new(),
        };
        if let Some(sums) = sums {
            *sums += judged.sums;
            if matches!(self.counts, Counts::Accepted | Counts::All) {
                let held = || says.iter().flat_map(|(_, say)| &say.holds);
                sums.people += held().count() as u64;
                sums.stale += held().filter(|one| one.stale).count() as u64;
                sums.edited += held().filter(|one| one.edited).count() as u64;
            }
        }
        let (wanted, status) = match self.counts {
            Counts::Rejected => (judged.rejected, Status::Rejected),
            _ if suggests => (judged.open, Status::Suggested),
            _ => (vec![false; codings.len()], Status::Suggested),
        };
        Ok(codings.with(&wanted, status, &Codings::of_people(&rows)?)?)
    }

    /// Returns the codings of people in a block, with the words of the suggestions that they accept where they are asked for.
    fn rows(
        &self,
        codings: &Codings,
        says: &[(Spot, Say<'_>)],
        judged: &Judged,
        words: bool,
    ) -> Result<Vec<Coded>, WorkflowError> {
        let people = &self.fresh.people;
        let mut rows = Vec::new();
        for ((_, say), reasons) in says.iter().zip(&judged.reasons) {
            let reasons = if words { codings.coded(reasons)? } else { Vec::new() };
            rows.extend(say.holds.iter().map(|one| coded(people, one, &reasons)));
        }
        Ok(rows)
    }

    /// Returns what the counted coders say in a range of entries, by spot.
    fn says(&self, entries: &Range<u32>) -> Vec<(Spot, Say<'_>)> {
        let said = &self.fresh.people.said;
        let before = |entry: u32| self.said.partition_point(|at| said[*at as usize].entry < entry);
        let here = self.said.get(before(entries.start)..before(entries.end)).unwrap_or_default();
        let same = here.chunk_by(|a, b| spot(&said[*a as usize]) == spot(&said[*b as usize]));
        let say = |same: &[u32]| {
            let all: Vec<&Personal> = same.iter().map(|at| &said[*at as usize]).collect();
            Some((spot(all.first()?), say(&all, &self.coder)))
        };
        same.filter_map(say).collect()
    }
}

/// What it takes to judge suggestions, but for the words that matched.
const NEEDED: &[&str] = &["entry", "code", "start", "end", "negated"];

/// What became of the suggestions of a block.
struct Judged {
    /// Whether nobody has decided on each.
    open: Vec<bool>,
    /// Whether each was rejected.
    rejected: Vec<bool>,
    /// Accepted ones, for each spot of which something is said.
    reasons: Vec<Vec<usize>>,
    sums: Sums,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.suggestions += other.suggestions;
        self.reviewed += other.reviewed;
        self.negated += other.negated;
        self.people += other.people;
        self.stale += other.stale;
        self.edited += other.edited;
    }
}

/// Sorts suggestions into those that nobody has decided on, accepted and rejected ones.
fn judge(codings: &Codings, says: &[(Spot, Say<'_>)]) -> Result<Judged, WorkflowError> {
    let mut judged = Judged {
        open: vec![true; codings.len()],
        rejected: vec![false; codings.len()],
        reasons: vec![Vec::new(); says.len()],
        sums: Sums::default(),
    };
    let held = says.iter().enumerate().filter(|(_, (_, say))| !say.holds.is_empty());
    let held: HashMap<Spot, usize> = held.map(|(at, (spot, _))| (*spot, at)).collect();
    let mut rejections: HashMap<(u32, u32), Vec<Span>> = HashMap::new();
    for ((entry, code, span), _) in says.iter().filter(|(_, say)| say.rejects && say.holds.is_empty()) {
        rejections.entry((*entry, *code)).or_default().push(*span);
    }
    let negated = codings.negated()?;
    // Different segments: several rules on one are one, which is undecided as long as one of its rules' hits is.
    for same in codings.segments()?.chunk_by(Located::is_same) {
        let Some(Located { code, entry, span, .. }) = same.first().copied() else { continue };
        let accepted = held.get(&(entry, code, span));
        let rejecting = rejections.get(&(entry, code)).filter(|_| accepted.is_none());
        for row in same.iter().map(|one| one.row as usize) {
            if let Some(at) = accepted {
                judged.reasons[*at].push(row);
            }
            if let Some(spans) = rejecting {
                let marks = codings.evidence(row)?;
                let covers = |span: &Span| marks.iter().all(|mark| span.contains(*mark));
                judged.rejected[row] = spans.iter().any(covers);
            }
            judged.open[row] = accepted.is_none() && !judged.rejected[row];
        }
        let open = same.iter().any(|one| judged.open[one.row as usize]);
        let negated = same.iter().all(|one| negated[one.row as usize]);
        judged.sums.suggestions += 1;
        judged.sums.reviewed += u64::from(!open);
        judged.sums.negated += u64::from(open && negated);
    }
    Ok(judged)
}

fn spot(one: &Personal) -> Spot {
    (one.entry, one.code, one.span)
}

/// Returns which of what people say can count for a coder, `any` or `consensus`, by spot.
fn counting(people: &People, coder: &str) -> Vec<u32> {
    let counts = |one: &Personal| match coder {
        CONSENSUS | ANY => true,
        own => people.coder(one).as_str() == own && !one.adjudicated,
    };
    let all = (0_u32..).zip(&people.said).filter(|(_, one)| counts(one));
    let mut all: Vec<u32> = all.map(|(at, _)| at).collect();
    all.sort_by_key(|at| spot(&people.said[*at as usize]));
    all
}

/// Puts together what is said about one spot. Where something was adjudicated, consensus is only that, and only the last of it.
fn say<'p>(all: &[&'p Personal], coder: &str) -> Say<'p> {
    let adjudicated = all.iter().filter(|one| one.adjudicated && coder == CONSENSUS);
    let settled: Option<&'p Personal> = adjudicated.max_by_key(|one| one.act).copied();
    let mut say = Say::default();
    for one in settled.as_ref().map_or(all, std::slice::from_ref) {
        if one.verdict.holds() { say.holds.push(one) } else { say.rejects |= one.verdict == Verdict::Rejected }
    }
    say
}

/// Returns a person's coding as a row, with the words of the suggestions that it accepts.
fn coded(people: &People, one: &Personal, reasons: &[Coded]) -> Coded {
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
        coder: Some(people.coder(one).clone()),
        span: one.span,
        sentences: one.sentences,
        paragraphs: one.paragraphs,
        section: people.section(one).to_owned(),
        evidence: Span::joined(evidence),
        negated: false,
    }
}
