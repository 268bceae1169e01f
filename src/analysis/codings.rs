//! All codings of a study in columns.

use polars::prelude::{DataFrame, IdxCa, NamedFrom as _, NewChunkedArray as _, Series, UInt32Chunked};

use super::{AnalysisError, parts::frame_of};
use crate::{coding::Suggestion, id::CoderId, text::Span};

/// Where a coding stands between rules and people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A rule suggests it, and nobody has decided.
    Suggested,
    /// A person coded it.
    Coded,
    /// A person accepted the suggestion.
    Accepted,
    /// Whoever decided has rejected the suggestion.
    Rejected,
}

impl Status {
    /// Every status, in the order of their numbers in the columns.
    const ALL: [Self; 4] = [Self::Suggested, Self::Coded, Self::Accepted, Self::Rejected];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Coded => "coded",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    pub(super) fn of_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Suggested)
    }

    fn number(self) -> u32 {
        (0..).zip(Self::ALL).find(|(_, status)| *status == self).map_or(0, |(number, _)| number)
    }
}

/// Rule of a coding that no rule of the codebook suggested.
pub const NO_RULE: u32 = u32::MAX;

/// One coding, for a list of segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Number of the entry.
    pub entry: u32,
    /// Index of the code.
    pub code: u32,
    /// Index of the rule; [`NO_RULE`] when there is none.
    pub rule: u32,
    /// Where it stands between rules and people.
    pub status: Status,
    /// The person whose coding it is.
    pub coder: Option<CoderId>,
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
            status: Status::Suggested,
            coder: None,
            span: one.span,
            sentences: (one.sentences.start, one.sentences.end),
            paragraphs: (one.paragraphs.start, one.paragraphs.end),
            section,
            evidence: one.evidence.into_vec(),
            negated: one.negated,
        }
    }
}

/// Where a coding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// Index of the code.
    pub code: u32,
    /// Number of the entry.
    pub entry: u32,
    /// What is coded.
    pub span: Span,
    /// Which of the codings it is.
    pub row: u32,
}

impl Located {
    /// Tells whether two codings are of one segment and code.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.code, self.entry, self.span) == (other.code, other.entry, other.span)
    }
}

/// Codings in columns: `entry`, `code`, `rule`, `start`, `end`, `sentence_from`, `sentence_to`, `paragraph_from`,
/// `paragraph_to`, `section`, `negated`, `evidence`; and once people are among them `status` and `coder`.
#[derive(Debug, Clone, Default)]
pub struct Codings {
    pub(super) frame: DataFrame,
    /// The people whose numbers, from 1 on, stand in the column `coder`.
    coders: Vec<CoderId>,
}

impl Codings {
    /// All columns that a part has.
    pub const ALL: &'static [&'static str] = &[
        "entry",
        "code",
        "rule",
        "start",
        "end",
        "sentence_from",
        "sentence_to",
        "paragraph_from",
        "paragraph_to",
        "section",
        "negated",
        "evidence",
    ];

    /// What counting needs: all but rules and evidence.
    pub const COUNTED: &'static [&'static str] = &[
        "entry",
        "code",
        "start",
        "end",
        "sentence_from",
        "sentence_to",
        "paragraph_from",
        "paragraph_to",
        "section",
        "negated",
    ];

    pub(super) fn new(frame: DataFrame) -> Self {
        Self { frame, coders: Vec::new() }
    }

    /// Takes columns with the people whose numbers stand in them.
    pub(super) fn by(frame: DataFrame, coders: Vec<CoderId>) -> Self {
        Self { frame, coders }
    }

    /// Returns the people whose numbers, from 1 on, stand in the column `coder`.
    pub(super) fn coders(&self) -> &[CoderId] {
        &self.coders
    }

    /// Returns some of the codings, by their places among these, in that order.
    ///
    /// # Errors
    /// Fails when polars refuses.
    pub fn taken(&self, rows: &[u32]) -> Result<Self, AnalysisError> {
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let rows = IdxCa::from_slice("rows".into(), rows);
        Ok(Self { frame: self.frame.take(&rows)?, coders: self.coders.clone() })
    }

    /// Makes codings of people.
    ///
    /// # Errors
    /// Fails when polars refuses.
    pub fn of_people(codings: &[Coded]) -> Result<Self, AnalysisError> {
        let mut coders: Vec<CoderId> = codings.iter().filter_map(|one| one.coder.clone()).collect();
        coders.sort();
        coders.dedup();
        let number = |one: &Coded| {
            let at = one.coder.as_ref().and_then(|coder| coders.binary_search(coder).ok());
            at.map_or(0, |at| u32::try_from(at + 1).unwrap_or_default())
        };
        let mut frame = frame_of(codings)?;
        let column = |name: &str, values: Vec<u32>| Series::new(name.into(), values);
        frame.with_column(column("code", codings.iter().map(|one| one.code).collect()).into())?;
        frame.with_column(column("status", codings.iter().map(|one| one.status.number()).collect()).into())?;
        frame.with_column(column("coder", codings.iter().map(number).collect()).into())?;
        Ok(Self { frame, coders })
    }

    /// Returns the suggestions among these that `wanted` takes, all with one status, followed by codings of people.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn with(&self, wanted: &[bool], status: Status, people: &Self) -> Result<Self, AnalysisError> {
        if self.is_empty() {
            return Ok(people.clone());
        }
        let mut kept = self.frame.filter(Series::new("wanted".into(), wanted).bool()?)?;
        for (name, number) in [("status", status.number()), ("coder", 0)] {
            kept.with_column(Series::new(name.into(), vec![number; kept.height()]).into())?;
        }
        if !people.is_empty() {
            let names: Vec<_> = kept.get_column_names_owned();
            kept.vstack_mut(&people.frame.select(names)?)?;
        }
        Ok(Self { frame: kept, coders: people.coders.clone() })
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
        let (mut all, mut negated) = (0, 0);
        let flags = self.negated()?;
        for same in self.segments()?.chunk_by(Located::is_same) {
            all += 1;
            negated += u64::from(same.iter().all(|one| flags.get(one.row as usize).copied().unwrap_or_default()));
        }
        Ok((all, negated))
    }

    /// Returns where every coding stands, with those on one segment of one code side by side.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn segments(&self) -> Result<Vec<Located>, AnalysisError> {
        self.segments_of(|_, _| true)
    }

    /// Returns where those codings stand that `wanted` takes by code and entry, in the same order.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn segments_of(&self, wanted: impl Fn(u32, u32) -> bool) -> Result<Vec<Located>, AnalysisError> {
        let [entries, codes, starts, ends] = self.numbers(["entry", "code", "start", "end"])?;
        let places = (0_u32..).zip(entries.into_iter().zip(codes)).zip(starts.into_iter().zip(ends));
        let place = |((row, (entry, code)), (start, end))| Located { code, entry, span: Span { start, end }, row };
        let mut places: Vec<Located> = places.map(place).filter(|one| wanted(one.code, one.entry)).collect();
        // Codings come code by code and entry by entry: a sort that takes runs as they are has little to do.
        places.sort();
        Ok(places)
    }

    /// Returns of every coding whether it is negated.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn negated(&self) -> Result<Vec<bool>, AnalysisError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.frame.column("negated")?.bool()?.iter().map(Option::unwrap_or_default).collect())
    }

    /// Visits entry and code of every coding.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn each_code(&self, mut visit: impl FnMut(u32, u32)) -> Result<(), AnalysisError> {
        let [entries, codes] = self.numbers(["entry", "code"])?;
        entries.into_iter().zip(codes).for_each(|(entry, code)| visit(entry, code));
        Ok(())
    }

    /// Visits entry, code and stretch of every coding.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn each_span(&self, mut visit: impl FnMut(u32, u32, Span)) -> Result<(), AnalysisError> {
        let [entries, codes, starts, ends] = self.numbers(["entry", "code", "start", "end"])?;
        let places = entries.into_iter().zip(codes).zip(starts.into_iter().zip(ends));
        places.for_each(|((entry, code), (start, end))| visit(entry, code, Span { start, end }));
        Ok(())
    }

    /// Returns how many different ranges of units stand between two columns, in entries that `wanted` takes; those that hold
    /// no unit are told apart by their stretch.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn distinct_ranges(&self, [from, to]: [&str; 2], wanted: impl Fn(u32) -> bool) -> Result<u64, AnalysisError> {
        let [entries, from, to] = self.numbers(["entry", from, to])?;
        let [starts, ends] = self.numbers(["start", "end"])?;
        let ranges = entries.into_iter().zip(from.into_iter().zip(to)).zip(starts.into_iter().zip(ends));
        let place = |((entry, range), span): ((u32, (u32, u32)), (u32, u32))| {
            (entry, range, if range.0 < range.1 { (0, 0) } else { span })
        };
        let mut places: Vec<_> = ranges.filter(|((entry, _), _)| wanted(*entry)).map(place).collect();
        places.sort_unstable();
        places.dedup();
        Ok(places.len() as u64)
    }

    /// Returns the codings of some codes.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub(super) fn of_codes(&self, codes: &[u32]) -> Result<Self, AnalysisError> {
        let [own] = self.numbers(["code"])?;
        let rows: Vec<u32> = (0_u32..).zip(own).filter(|(_, code)| codes.contains(code)).map(|(row, _)| row).collect();
        self.taken(&rows)
    }

    /// Returns some number columns as they are.
    pub(super) fn numbers<const N: usize>(&self, names: [&str; N]) -> Result<[Vec<u32>; N], AnalysisError> {
        let mut columns = [const { Vec::new() }; N];
        if self.is_empty() {
            return Ok(columns);
        }
        for (column, name) in columns.iter_mut().zip(names) {
            column.reserve_exact(self.len());
            self.frame.column(name)?.u32()?.downcast_iter().for_each(|chunk| column.extend_from_slice(chunk.values()));
        }
        Ok(columns)
    }

    /// Returns the codings of some codes that `wanted` takes by entry and section, in no particular order.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn select(&self, codes: &[u32], wanted: impl Fn(u32, &str) -> bool) -> Result<Vec<Coded>, AnalysisError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let [entry, code] = self.numbers(["entry", "code"])?;
        let sections = self.frame.column("section")?.str()?;
        let places = entry.into_iter().zip(code).zip(sections.iter()).enumerate();
        let taken = places.filter(|(_, ((entry, code), section))| {
            codes.contains(code) && wanted(*entry, section.unwrap_or_default())
        });
        let rows: Vec<usize> = taken.map(|(row, _)| row).collect();
        self.coded(&rows)
    }

    /// Returns the words that matched of one coding.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn evidence(&self, row: usize) -> Result<Vec<Span>, AnalysisError> {
        let Some(series) = self.frame.column("evidence")?.list()?.get_as_series(row) else { return Ok(Vec::new()) };
        let flat: Vec<u32> = series.u32()?.into_no_null_iter().collect();
        Ok(flat.chunks_exact(2).map(|pair| Span { start: pair[0], end: pair[1] }).collect())
    }

    /// Returns some of the codings, by their places among these.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn coded(&self, rows: &[usize]) -> Result<Vec<Coded>, AnalysisError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let number = |name: &str| Ok::<_, AnalysisError>(self.frame.column(name)?.u32()?);
        let (entry, code, rule, start, end) =
            (number("entry")?, number("code")?, number("rule")?, number("start")?, number("end")?);
        let (s0, s1) = (number("sentence_from")?, number("sentence_to")?);
        let (p0, p1) = (number("paragraph_from")?, number("paragraph_to")?);
        let people =
            if self.frame.column("status").is_ok() { Some((number("status")?, number("coder")?)) } else { None };
        let sections = self.frame.column("section")?.str()?;
        let negated = self.frame.column("negated")?.bool()?;
        let at = |column: &UInt32Chunked, row: usize| column.get(row).unwrap_or_default();
        let one = |row: usize| {
            let (status, coder) = people.map_or((0, 0), |(status, coder)| (at(status, row), at(coder, row)));
            Ok(Coded {
                entry: at(entry, row),
                code: at(code, row),
                rule: at(rule, row),
                status: Status::of_number(status),
                coder: (coder as usize).checked_sub(1).and_then(|coder| self.coders.get(coder)).cloned(),
                span: Span { start: at(start, row), end: at(end, row) },
                sentences: (at(s0, row), at(s1, row)),
                paragraphs: (at(p0, row), at(p1, row)),
                section: sections.get(row).unwrap_or_default().to_owned(),
                evidence: self.evidence(row)?,
                negated: negated.get(row).unwrap_or_default(),
            })
        };
        rows.iter().map(|row| one(*row)).collect()
    }
}
