//! What the counted coders say about every stretch and code of a block, and what becomes of the suggestions there.

use std::ops::Range;

use super::{ANY, CONSENSUS, Sums, counted::Part};
use crate::{
    analysis::{AnalysisError, Coded, Codings, Located, NO_RULE, Statement, Status, Verdicts},
    text::Span,
};

/// What is said about one stretch and code.
struct Say {
    code: u32,
    entry: u32,
    span: Span,
    /// Which of the held verdicts are of it.
    held: Range<usize>,
    rejects: bool,
}

/// What the counted coders say in a block, by code, entry and stretch.
pub(super) struct Says<'v> {
    verdicts: &'v Verdicts,
    statements: Vec<Statement>,
    all: Vec<Say>,
    /// Places, among the verdicts, of those by which a stretch has its code.
    held: Vec<u32>,
}

impl<'v> Says<'v> {
    /// Puts together what counts for a coder, `any` or `consensus`: all, or of some codes and entries.
    pub(super) fn of(verdicts: &'v Verdicts, coder: &str, part: Option<Part<'_>>) -> Result<Self, AnalysisError> {
        let mut says = Self { verdicts, statements: verdicts.statements()?, all: Vec::new(), held: Vec::new() };
        let own = if [ANY, CONSENSUS].contains(&coder) { None } else { Some(verdicts.number(coder)) };
        let counts = |one: &Statement| own.is_none_or(|own| own == Some(one.coder) && !one.adjudicated);
        let mut here: Vec<(u32, Statement)> = Vec::new();
        let wanted = |code: u32, entry: u32| part.is_none_or(|part| part.codes.contains(&code) && part.has(entry));
        for same in verdicts.codings().segments_of(wanted)?.chunk_by(Located::is_same) {
            let Some(Located { code, entry, span, .. }) = same.first().copied() else { continue };
            here.clear();
            let said = same.iter().filter_map(|one| Some((one.row, *says.statements.get(one.row as usize)?)));
            here.extend(said.filter(|(_, one)| counts(one)));
            // Where something was adjudicated, consensus is only that, and only the last of it.
            let settled = here.iter().filter(|(_, one)| one.adjudicated && coder == CONSENSUS);
            if let Some(last) = settled.max_by_key(|(_, one)| one.act).copied() {
                here = vec![last];
            }
            let before = says.held.len();
            let holding = here.iter().filter(|(_, one)| one.status != Status::Rejected);
            says.held.extend(holding.map(|(row, _)| *row));
            let rejects = here.iter().any(|(_, one)| one.status == Status::Rejected);
            if !here.is_empty() {
                says.all.push(Say { code, entry, span, held: before..says.held.len(), rejects });
            }
        }
        Ok(says)
    }

    /// Tells whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Tells whether something is rejected.
    pub(super) fn reject(&self) -> bool {
        self.all.iter().any(|say| say.rejects)
    }

    /// Returns the places, among the verdicts, of those by which a stretch has its code.
    pub(super) fn held(&self) -> &[u32] {
        &self.held
    }

    /// Counts the codings of people.
    pub(super) fn sums(&self) -> Sums {
        let held = || self.held.iter().filter_map(|row| self.statements.get(*row as usize));
        Sums {
            people: held().count() as u64,
            stale: held().filter(|one| one.stale).count() as u64,
            edited: held().filter(|one| one.edited).count() as u64,
            ..Sums::default()
        }
    }

    /// Returns the codings of people with the words of the suggestions that they accept.
    pub(super) fn with_words(&self, codings: &Codings, judged: &Judged) -> Result<Vec<Coded>, AnalysisError> {
        let rows: Vec<usize> = self.held.iter().map(|row| *row as usize).collect();
        let mut people = self.verdicts.codings().coded(&rows)?;
        for reasons in judged.reasons.chunk_by(|a, b| a.0 == b.0) {
            let Some(say) = reasons.first().and_then(|(at, _)| self.all.get(*at)) else { continue };
            let reasons = codings.coded(&reasons.iter().map(|(_, row)| *row).collect::<Vec<usize>>())?;
            let mut evidence: Vec<Span> = reasons.iter().flat_map(|reason| reason.evidence.iter().copied()).collect();
            evidence.sort();
            evidence.dedup();
            let evidence = Span::joined(evidence);
            for one in people.get_mut(say.held.clone()).unwrap_or_default() {
                one.evidence.clone_from(&evidence);
                if one.rule == NO_RULE {
                    one.rule = reasons.first().map_or(NO_RULE, |reason| reason.rule);
                }
            }
        }
        Ok(people)
    }
}

/// What became of the suggestions of a block.
pub(super) struct Judged {
    /// Whether nobody has decided on each.
    pub(super) open: Vec<bool>,
    /// Whether each was rejected.
    pub(super) rejected: Vec<bool>,
    pub(super) sums: Sums,
    /// Accepted ones: for what is said, by its place, the row of a suggestion there.
    reasons: Vec<(usize, usize)>,
}

/// Sorts suggestions into those that nobody has decided on, accepted and rejected ones.
pub(super) fn judge(codings: &Codings, says: &Says<'_>) -> Result<Judged, AnalysisError> {
    let mut judged = Judged {
        open: vec![true; codings.len()],
        rejected: vec![false; codings.len()],
        sums: Sums::default(),
        reasons: Vec::new(),
    };
    let negated = codings.negated()?;
    let segments = codings.segments()?;
    // Both stand by code, entry and stretch.
    let mut from = 0;
    for of_code in segments.chunk_by(|a, b| (a.code, a.entry) == (b.code, b.entry)) {
        let Some(key) = of_code.first().map(|one| (one.code, one.entry)) else { continue };
        let rest = says.all.get(from..).unwrap_or_default();
        from += rest.partition_point(|say| (say.code, say.entry) < key);
        let rest = says.all.get(from..).unwrap_or_default();
        let here = rest.get(..rest.partition_point(|say| (say.code, say.entry) <= key)).unwrap_or_default();
        let rejections: Vec<Span> =
            here.iter().filter(|say| say.rejects && say.held.is_empty()).map(|say| say.span).collect();
        // Different segments: several rules on one are one, which is undecided as long as one of its rules' hits is.
        for same in of_code.chunk_by(Located::is_same) {
            let Some(span) = same.first().map(|one| one.span) else { continue };
            let accepted = here.binary_search_by_key(&span, |say| say.span).ok();
            let accepted = accepted.filter(|at| here.get(*at).is_some_and(|say| !say.held.is_empty()));
            for row in same.iter().map(|one| one.row as usize) {
                if let Some(at) = accepted {
                    judged.reasons.push((from + at, row));
                } else if !rejections.is_empty() {
                    let marks = codings.evidence(row)?;
                    let covers = |span: &Span| marks.iter().all(|mark| span.contains(*mark));
                    judged.rejected[row] = rejections.iter().any(covers);
                }
                judged.open[row] = accepted.is_none() && !judged.rejected[row];
            }
            let open = same.iter().any(|one| judged.open[one.row as usize]);
            let negated = same.iter().all(|one| negated[one.row as usize]);
            judged.sums.suggestions += 1;
            judged.sums.reviewed += u64::from(!open);
            judged.sums.negated += u64::from(open && negated);
        }
        from += here.len();
    }
    Ok(judged)
}
