//! Which codings a number counts: of rules and of people, of one coder, of any, or what all agreed on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::judged::{Says, judge};
use crate::{
    analysis::{Coded, Codings, Met, Personal, Status},
    id::{CoderId, Hash},
    table::{Counts, Evidence, EvidenceOf, Unit},
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
    fresh: &'f Fresh,
}

/// Some of the codings.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    /// Those of these codes.
    pub codes: &'p [u32],
    /// Those in these entries, if not in all.
    pub entries: Option<&'p BTreeSet<u32>>,
}

impl Part<'_> {
    /// Tells whether an entry is one of them.
    pub(super) fn has(&self, entry: u32) -> bool {
        self.entries.is_none_or(|own| own.contains(&entry))
    }
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

impl Fresh {
    /// Returns which codings count when nobody says: all until the first decision, then the accepted ones.
    pub fn usual_counts(&self) -> Counts {
        if self.people.stated.is_empty() { Counts::All } else { Counts::Accepted }
    }

    /// Returns whose codings count when nobody says: the consensus where something was adjudicated, else any.
    pub fn usual_coder(&self) -> &'static str {
        if self.people.is_adjudicated() { CONSENSUS } else { ANY }
    }

    /// Hashes what people say, as it stands in today's texts and codes, without events and times; `None` when nobody says anything.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn decisions(&self) -> Result<Option<Hash>, WorkflowError> {
        let mut by_entry: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        self.people.stated.each_block(Codings::ALL, |verdicts| {
            let mut rows = verdicts.rows()?;
            let code = |one: &Personal| self.codebook.codes.get(one.coded.code as usize).map(|code| code.id.as_str());
            rows.sort_by(|a, b| {
                let key = |one: &'_ Personal| (one.coded.entry, one.coded.span, one.adjudicated);
                key(a).cmp(&key(b)).then_with(|| (code(a), &a.coded.coder).cmp(&(code(b), &b.coded.coder)))
            });
            for same in rows.chunk_by(|a, b| a.coded.entry == b.coded.entry) {
                let said = same.iter().flat_map(|one| {
                    let at = [one.coded.span.start, one.coded.span.end].map(|byte| byte.to_string());
                    let coder = one.coded.coder.as_ref().map(ToString::to_string).unwrap_or_default();
                    let settled = if one.adjudicated { "adjudicated" } else { "" };
                    let words =
                        [code(one).unwrap_or_default(), one.coded.status.word(), settled].map(ToOwned::to_owned);
                    at.into_iter().chain([coder]).chain(words)
                });
                let entry = same.first().map(|one| one.coded.entry).unwrap_or_default();
                by_entry.entry(entry).or_default().extend(Hash::of_parts(said).as_bytes());
            }
            Ok(())
        })?;
        for (entry, coders) in &self.people.read {
            let coders = Hash::of_parts(coders.iter().map(CoderId::as_str));
            by_entry.entry(*entry).or_default().extend([b"read".as_slice(), coders.as_bytes()].concat());
        }
        let in_order = self.heads.iter().filter_map(|head| {
            let said = by_entry.get(&head.entry.number)?;
            Some([head.entry.id.as_str().as_bytes(), said])
        });
        Ok((!by_entry.is_empty()).then(|| Hash::of_parts(in_order.flatten())))
    }

    /// Returns the codings of some kind, of one coder, `any` or `consensus`; the usual ones where nothing is said.
    pub fn counted(&self, counts: Option<Counts>, coder: Option<&str>) -> Counted<'_> {
        let counts = counts.unwrap_or_else(|| self.usual_counts());
        let coder = coder.unwrap_or_else(|| self.usual_coder()).to_owned();
        let only = self.only(counts, &coder);
        Counted { counts, coder, only, fresh: self }
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

    /// Returns how many there are of each kind; what a visit of all of them has found is remembered.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn sums(&self) -> Result<Sums, WorkflowError> {
        if self.fresh.people.stated.is_empty() {
            let (suggestions, negated) = self.fresh.suggestions()?;
            return Ok(Sums { suggestions, negated, ..Sums::default() });
        }
        if self.known_sums().is_none() {
            self.each(NEEDED, |_| Ok(()))?;
        }
        Ok(self.known_sums().unwrap_or_default())
    }

    fn known_sums(&self) -> Option<Sums> {
        self.fresh.known_sums.lock().ok()?.get(&(self.counts, self.coder.clone())).copied()
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
        let known = self.fresh.people.stated.is_empty() || self.known_sums().is_some();
        let mut sums = (!known).then(Sums::default);
        for at in 0..self.fresh.suggested.blocks().count() {
            visit(&self.block(at, None, columns, sums.as_mut())?)?;
        }
        if let (Some(sums), Ok(mut known)) = (sums, self.fresh.known_sums.lock()) {
            known.insert((self.counts, self.coder.clone()), sums);
        }
        Ok(())
    }

    /// Returns which entries have which code.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn met(&self) -> Result<Arc<Met>, WorkflowError> {
        let key = (self.counts, self.coder.clone());
        if let Some(known) = self.fresh.known_met.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return Ok(known);
        }
        let mut met = Met::default();
        self.each(&["entry", "code"], |codings| Ok(met.add(codings)?))?;
        let met = Arc::new(met);
        if let Ok(mut known) = self.fresh.known_met.lock() {
            known.insert(key, Arc::clone(&met));
        }
        Ok(met)
    }

    /// Returns the codings of a part that `wanted` takes by entry and section, in no particular order.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn select(&self, part: Part<'_>, wanted: impl Fn(u32, &str) -> bool) -> Result<Vec<Coded>, WorkflowError> {
        let mut found = Vec::new();
        for (at, entries) in self.fresh.suggested.blocks().enumerate() {
            if part.entries.is_none_or(|own| own.range(entries).next().is_some()) {
                let codings = self.block(at, Some(part), Codings::ALL, None)?;
                let wanted = |entry: u32, section: &str| part.has(entry) && wanted(entry, section);
                found.extend(codings.select(part.codes, wanted)?);
            }
        }
        Ok(found)
    }

    /// Returns how many different ranges of units stand between two columns in codings of some codes, in entries in N.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn distinct_ranges(&self, codes: &[u32], ranges: [&str; 2]) -> Result<u64, WorkflowError> {
        let part = Part { codes, entries: None };
        let mut sum = 0;
        for at in 0..self.fresh.suggested.blocks().count() {
            let codings = self.block(at, Some(part), &["entry", "start", "end", ranges[0], ranges[1]], None)?;
            sum += codings.distinct_ranges(ranges, |entry| self.has(entry))?;
        }
        Ok(sum)
    }

    /// Returns the codings of one block of entries, all or some, and adds to `sums` how many there are of each kind.
    fn block(
        &self,
        at: usize,
        part: Option<Part<'_>>,
        columns: &[&str],
        sums: Option<&mut Sums>,
    ) -> Result<Codings, WorkflowError> {
        let (suggests, holds) = match self.counts {
            Counts::Suggested => (true, false),
            Counts::Accepted => (false, true),
            Counts::Rejected => (false, false),
            Counts::All => (true, true),
        };
        let words = columns.contains(&"evidence") || columns.contains(&"rule");
        let columns = if words { Codings::ALL } else { columns };
        let verdicts = self.fresh.people.stated.block(at, columns)?;
        let says = Says::of(&verdicts, &self.coder, part)?;
        if holds && !suggests && !words && sums.is_none() {
            // Suggestions have no part in it.
            return Ok(verdicts.codings().taken(says.held())?);
        }
        let mut own: BTreeSet<&str> = columns.iter().copied().collect();
        if !says.is_empty() || sums.is_some() {
            own.extend(NEEDED);
        }
        if says.reject() {
            own.insert("evidence");
        }
        let codings =
            self.fresh.suggested.block(at, part.map(|part| part.codes), &own.into_iter().collect::<Vec<_>>())?;
        if says.is_empty() {
            if let Some(sums) = sums {
                let (suggestions, negated) = codings.distinct()?;
                *sums += Sums { suggestions, negated, ..Sums::default() };
            }
            return Ok(if suggests { codings } else { Codings::default() });
        }
        let judged = judge(&codings, &says)?;
        let people = match (holds, words) {
            (false, _) => Codings::default(),
            (true, false) => verdicts.codings().taken(says.held())?,
            (true, true) => Codings::of_people(&says.with_words(&codings, &judged)?)?,
        };
        if let Some(sums) = sums {
            *sums += judged.sums;
            if holds {
                *sums += says.sums();
            }
        }
        let (wanted, status) = match self.counts {
            Counts::Rejected => (judged.rejected, Status::Rejected),
            _ if suggests => (judged.open, Status::Suggested),
            _ => return Ok(people),
        };
        Ok(codings.with(&wanted, status, &people)?)
    }
}

/// What it takes to judge suggestions, but for the words that matched.
const NEEDED: &[&str] = &["entry", "code", "start", "end", "negated"];

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
