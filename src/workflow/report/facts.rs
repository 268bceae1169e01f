//! What the study's own record says about how it was done: the evidence of the methods paragraph and the checklists.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{Located, Status},
    codebook::Origin,
    corpus::PartialDate,
    id::CoderId,
    workflow::{Fresh, WorkflowError, Workspace, cases::register},
};

/// Facts of the study, all counted from its record.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Entries, and those out of N because their source is gone.
    pub(super) entries: u64,
    pub(super) missing: u64,
    /// First and last date in words, when entries have dates.
    pub(super) dates: Option<(String, String)>,
    pub(super) words: u64,
    pub(super) sentences: u64,
    /// Different writers, as far as entries say so.
    pub(super) writers: usize,
    pub(super) author_role: Option<String>,
    /// Names of attributes that entries have.
    pub(super) attributes: Vec<String>,
    pub(super) cases: Option<u64>,
    pub(super) themes: usize,
    pub(super) codes: usize,
    pub(super) rules: usize,
    /// Codes by where they came from.
    pub(super) origins: BTreeMap<&'static str, usize>,
    /// Lines of the codebook's own log.
    pub(super) changes: usize,
    pub(super) suggestions: u64,
    pub(super) reviewed: u64,
    /// Codings of people: accepted suggestions, and segments coded without one.
    pub(super) accepted: u64,
    pub(super) coded: u64,
    pub(super) rejected: u64,
    /// Segments of a code with a verdict for all coders.
    pub(super) adjudicated: u64,
    pub(super) stale: u64,
    pub(super) coders: usize,
    /// Entries that somebody, and that at least two, have marked as read in full.
    pub(super) read: usize,
    pub(super) read_by_two: usize,
    /// Memos by kind.
    pub(super) memos: BTreeMap<&'static str, usize>,
    /// Excerpts of the report, and the entries that they are from.
    pub(super) excerpts: usize,
    pub(super) quoted: usize,
}

impl Facts {
    /// Gathers them; excerpts are added by the report.
    pub(super) fn of(workspace: &Workspace, fresh: &Fresh) -> Result<Self, WorkflowError> {
        let [sentences, _, words] = fresh.units.sums()?;
        let counted = fresh.counted(None, None).sums()?;
        let mut facts = Self {
            entries: fresh.heads.len() as u64,
            missing: fresh.missing.len() as u64,
            dates: dates(fresh),
            words,
            sentences,
            author_role: workspace.study.author_role.clone(),
            cases: register(workspace)?.map(|(register, _)| register.cases.len() as u64),
            themes: fresh.codebook.themes.len(),
            codes: fresh.codebook.codes.len(),
            rules: fresh.codebook.codes.iter().map(|code| code.rules.len()).sum(),
            changes: fresh.codebook.changes.len(),
            suggestions: counted.suggestions,
            reviewed: counted.reviewed,
            stale: counted.stale,
            read: fresh.people.read.len(),
            read_by_two: fresh.people.read.values().filter(|coders| coders.len() > 1).count(),
            ..Self::default()
        };
        let participant = &workspace.study.participant;
        let writers: BTreeSet<String> =
            fresh.heads.iter().filter_map(|head| head.entry.attribute(participant)).collect();
        facts.writers = writers.len();
        let names: BTreeSet<String> = fresh.heads.iter().flat_map(|head| head.entry.attributes.names()).collect();
        facts.attributes = names.into_iter().collect();
        for code in &fresh.codebook.codes {
            *facts.origins.entry(code.origin.map_or("not given", Origin::word)).or_default() += 1;
        }
        facts.count_people(fresh)?;
        for memo in workspace.store.memos()? {
            *facts.memos.entry(memo.kind.word()).or_default() += 1;
        }
        Ok(facts)
    }

    fn count_people(&mut self, fresh: &Fresh) -> Result<(), WorkflowError> {
        let stated = &fresh.people.stated;
        stated.each_block(&[], |verdicts| {
            let statements = verdicts.statements()?;
            let settled = |one: &Located| statements.get(one.row as usize).is_some_and(|one| one.adjudicated);
            let segments = verdicts.codings().segments()?;
            let settled = segments.chunk_by(Located::is_same).filter(|same| same.iter().any(settled));
            self.adjudicated += settled.count() as u64;
            for one in statements.iter().filter(|one| !one.adjudicated) {
                match one.status {
                    Status::Accepted => self.accepted += 1,
                    Status::Coded => self.coded += 1,
                    Status::Rejected | Status::Suggested => self.rejected += 1,
                }
            }
            Ok(())
        })?;
        let coders: BTreeSet<&CoderId> = stated.coders().iter().chain(fresh.people.read.values().flatten()).collect();
        self.coders = coders.len();
        Ok(())
    }

    /// Says how many codes came from where: `7 deductive, 1 in vivo`; empty when no code says so.
    pub(super) fn origins_in_words(&self) -> String {
        let known = self.origins.iter().filter(|(origin, _)| **origin != "not given");
        known.map(|(origin, n)| format!("{n} {}", origin.replace('_', " "))).collect::<Vec<_>>().join(", ")
    }

    /// Memos of all kinds together.
    pub(super) fn all_memos(&self) -> usize {
        self.memos.values().sum()
    }
}

/// Returns the first and the last date of entries, in words.
pub(super) fn dates(fresh: &Fresh) -> Option<(String, String)> {
    let dates: BTreeSet<PartialDate> =
        fresh.heads.iter().filter_map(|head| head.entry.date).filter(|date| date.year.is_some()).collect();
    Some((dates.first()?.in_words()?, dates.last()?.in_words()?))
}
