//! All codings of a study in columns.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::AnalysisError;
use crate::{coding::Suggestion, text::Span};

/// One coding, for a list of segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Number of the entry.
    pub entry: u32,
    /// Index of the code.
    pub code: u32,
    /// Index of the rule.
    pub rule: u32,
    /// What is coded.
    pub span: Span,
    /// Sentences under it: first, and after the last.
    pub sentences: (u32, u32),
    /// Paragraphs under it: first, and after the last.
    pub paragraphs: (u32, u32),
    /// Title of its section.
    pub section: String,
    /// The words that matched.
    pub evidence: Vec<Span>,
    /// All evidence is negated.
    pub negated: bool,
}

impl Coded {
    /// Returns a suggestion in an entry, with the title of its section.
    pub fn suggested(entry: u32, section: String, one: Suggestion) -> Self {
        Self {
            entry,
            code: one.code,
            rule: one.rule,
            span: one.span,
            sentences: (one.sentences.start, one.sentences.end),
            paragraphs: (one.paragraphs.start, one.paragraphs.end),
            section,
            evidence: one.evidence.into_vec(),
            negated: one.negated,
        }
    }
}

/// Codings in columns: `entry`, `code`, `rule`, `start`, `end`, `sentence_from`, `sentence_to`, `paragraph_from`,
/// `paragraph_to`, `section`, `negated`, `evidence`.
#[derive(Debug, Clone)]
pub struct Codings {
    pub(super) frame: DataFrame,
}

impl Codings {
    pub(super) fn new(frame: DataFrame) -> Self {
        Self { frame }
    }

    /// Returns how many there are; several rules on one segment of one code are several.
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many different segments are coded, each code's apart: what a person has to look at; and how many of them are
    /// negated: those that no coding marks otherwise.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn distinct(&self) -> Result<(u64, u64), AnalysisError> {
        if self.is_empty() {
            return Ok((0, 0));
        }
        let [entries, codes, starts, ends] = self.numbers(["entry", "code", "start", "end"])?;
        let mut all: BTreeMap<_, bool> = BTreeMap::new();
        let places = entries.iter().zip(&codes).zip(starts.iter().zip(&ends));
        for (place, negated) in places.zip(self.frame.column("negated")?.bool()?.iter()) {
            *all.entry(place).or_insert(true) &= negated.unwrap_or_default();
        }
        let negated = all.values().filter(|negated| **negated).count();
        Ok((all.len() as u64, negated as u64))
    }

    /// Returns some number columns as they are.
    pub(super) fn numbers<const N: usize>(&self, names: [&str; N]) -> Result<[Vec<u32>; N], AnalysisError> {
        let mut columns = [const { Vec::new() }; N];
        if self.is_empty() {
            return Ok(columns);
        }
        for (column, name) in columns.iter_mut().zip(names) {
            *column = self.frame.column(name)?.u32()?.into_no_null_iter().collect();
        }
        Ok(columns)
    }

    /// Returns the codings of some codes that `wanted` takes by entry and section, in no particular order.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn select(&self, codes: &[u32], wanted: impl Fn(u32, &str) -> bool) -> Result<Vec<Coded>, AnalysisError> {
        let mut found = Vec::new();
        if self.is_empty() {
            return Ok(found);
        }
        let names =
            ["entry", "code", "rule", "start", "end", "sentence_from", "sentence_to", "paragraph_from", "paragraph_to"];
        let [entry, code, rule, start, end, s0, s1, p0, p1] = self.numbers(names)?;
        let sections = self.frame.column("section")?.str()?;
        let negated = self.frame.column("negated")?.bool()?;
        let evidence = self.frame.column("evidence")?.list()?;
        for row in 0..self.len() {
            let section = sections.get(row).unwrap_or_default();
            if !codes.contains(&code[row]) || !wanted(entry[row], section) {
                continue;
            }
            let flat: Vec<u32> = match evidence.get_as_series(row) {
                Some(series) => series.u32()?.into_no_null_iter().collect(),
                None => Vec::new(),
            };
            let spans = flat.chunks_exact(2).map(|pair| Span { start: pair[0], end: pair[1] });
            found.push(Coded {
                entry: entry[row],
                code: code[row],
                rule: rule[row],
                span: Span { start: start[row], end: end[row] },
                sentences: (s0[row], s1[row]),
                paragraphs: (p0[row], p1[row]),
                section: section.to_owned(),
                evidence: spans.collect(),
                negated: negated.get(row).unwrap_or_default(),
            });
        }
        Ok(found)
    }
}
