//! Excerpts: whole sentences or paragraphs with attribution, verbatim, in an order that spreads over entries.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    Fresh, WorkflowError, Workspace,
    segments::{codes_of, each_behind},
    texts::{Read, Texts},
};
use crate::{
    analysis::Coded,
    corpus::{Entry, PartialDate},
    report::{Excerpt, ExcerptGroup},
    table::{Evidence, EvidenceOf, Level, Unit},
    text::{CodePoints, Outline, Span},
};

/// How much of the text an excerpt takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExcerptUnit {
    /// The sentences under the coding.
    #[default]
    Sentence,
    /// The paragraphs under the coding.
    Paragraph,
}

/// Which excerpts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExcerptChoice {
    /// Ids of themes; each becomes one group.
    pub themes: Vec<String>,
    /// Ids of codes; each becomes one group.
    pub codes: Vec<String>,
    /// How much of the text.
    pub unit: ExcerptUnit,
    /// At most so many a group.
    pub limit: Option<usize>,
    /// Leave out those of more bytes than this.
    pub longest: Option<usize>,
}

/// Makes the excerpts of themes and codes; of every code when none is named.
///
/// # Errors
/// Fails when a name is not known or a text cannot be read.
pub fn excerpts(
    workspace: &Workspace,
    fresh: &Fresh,
    choice: &ExcerptChoice,
) -> Result<Vec<ExcerptGroup>, WorkflowError> {
    excerpts_of(workspace, fresh, &Texts::of(workspace), choice)
}

/// Makes excerpts from texts that others go through too.
pub(super) fn excerpts_of(
    workspace: &Workspace,
    fresh: &Fresh,
    texts: &Texts<'_>,
    choice: &ExcerptChoice,
) -> Result<Vec<ExcerptGroup>, WorkflowError> {
    let mut wanted: Vec<EvidenceOf> = choice.themes.iter().cloned().map(EvidenceOf::Theme).collect();
    wanted.extend(choice.codes.iter().cloned().map(EvidenceOf::Code));
    if wanted.is_empty() {
        let codes = fresh.tree.rows.iter().filter(|row| row.level == Level::Code);
        wanted.extend(codes.map(|row| EvidenceOf::Code(row.id.clone())));
    }
    for of in &wanted {
        known(fresh, of)?;
    }
    wanted.into_iter().map(|of| group(workspace, fresh, texts, of, choice)).collect()
}

/// Refuses a theme that is called a code, or a code that is called a theme, and names that nothing has.
fn known(fresh: &Fresh, of: &EvidenceOf) -> Result<(), WorkflowError> {
    let (what, other, id, level) = match of {
        EvidenceOf::Theme(id) => ("theme", "code", id, Level::Theme),
        EvidenceOf::Code(id) => ("code", "theme", id, Level::Code),
        _ => return Ok(()),
    };
    let hint = match fresh.tree.row(id) {
        Some(row) if row.level == level => return Ok(()),
        Some(_) => format!("that is a {other}: --{other} {id}"),
        None => {
            let rows = fresh.tree.rows.iter().filter(|row| row.level == level);
            let known: Vec<&str> = rows.map(|row| row.id.as_str()).collect();
            crate::diagnostic::meant_or_known(id, &known)
        }
    };
    Err(WorkflowError::Unknown { what, name: id.clone(), hint })
}

/// An entry, its text, and what can be quoted of it, best first.
type OfEntry<'e> = (&'e Entry, Rc<Read>, Vec<(Span, Quotable)>);

/// A stretch to quote, with its evidence and the codes on it.
#[derive(Debug, Default)]
struct Quotable {
    evidence: BTreeSet<Span>,
    codes: BTreeSet<u32>,
    /// Some of the evidence is not negated.
    affirmed: bool,
    /// A coder marked a stretch in it as showing a code well.
    exemplar: bool,
}

fn group(
    workspace: &Workspace,
    fresh: &Fresh,
    texts: &Texts<'_>,
    of: EvidenceOf,
    choice: &ExcerptChoice,
) -> Result<ExcerptGroup, WorkflowError> {
    let (level, id) = match &of {
        EvidenceOf::Theme(id) => ("theme", id.clone()),
        EvidenceOf::Code(id) => ("code", id.clone()),
        // Only themes and codes are asked for.
        _ => return Ok(ExcerptGroup::default()),
    };
    let evidence = Evidence { of, unit: Unit::Entry, counts: None, coder: None, split: None };
    let codes = codes_of(fresh, &evidence)?;
    let units = match choice.unit {
        ExcerptUnit::Sentence => ["sentence_from", "sentence_to"],
        ExcerptUnit::Paragraph => ["paragraph_from", "paragraph_to"],
    };
    let of_all = fresh.counted(None, None).distinct_ranges(codes, units)?;
    let limit = choice.limit.unwrap_or(usize::MAX);
    let read = |entry, coded| quotable(fresh, texts, entry, coded, choice);
    // Entries with an exemplar stand before the others.
    let marked = |entry: u32| {
        let marks = fresh.people.exemplars.range((entry, 0, Span::default())..=(entry, u32::MAX, Span::default()));
        marks.clone().any(|(_, code, _)| codes.contains(code))
    };
    let (mut first, mut others): (Vec<OfEntry<'_>>, Vec<OfEntry<'_>>) = (Vec::new(), Vec::new());
    each_behind(fresh, &evidence, &[codes], &marked, |entry, coded| {
        let found = read(entry, coded)?;
        if found.2.first().is_some_and(|(_, quote)| quote.exemplar) {
            first.push(found);
        }
        Ok(true)
    })?;
    let taken: BTreeSet<u32> = first.iter().map(|(entry, ..)| entry.number).collect();
    // Each entry gives one before any gives a second.
    let room = limit.saturating_sub(first.len());
    each_behind(fresh, &evidence, &[codes], &|entry| !taken.contains(&entry), |entry, coded| {
        others.extend(Some(read(entry, coded)?).filter(|(.., quotable)| !quotable.is_empty()));
        Ok(others.len() < room)
    })?;
    first.extend(others);
    let label = fresh.tree.row(&id).map(|row| row.label.clone()).unwrap_or_default();
    let excerpts = spread(workspace, fresh, &first, limit);
    Ok(ExcerptGroup { level: level.to_owned(), id, label, excerpts, of: of_all })
}

/// Returns what can be quoted of an entry: exemplars first, then what carries most evidence; text order decides between equals.
fn quotable<'e>(
    fresh: &Fresh,
    texts: &Texts<'_>,
    entry: &'e Entry,
    coded: Vec<Coded>,
    choice: &ExcerptChoice,
) -> Result<OfEntry<'e>, WorkflowError> {
    let read = texts.read(entry)?;
    let mut quotable: BTreeMap<Span, Quotable> = BTreeMap::new();
    for one in coded {
        let span = whole(choice.unit, one.sentences, one.paragraphs, &read.outline).unwrap_or(one.span);
        if choice.longest.is_some_and(|longest| span.range().len() > longest) {
            continue;
        }
        let quote = quotable.entry(span).or_default();
        quote.evidence.extend(one.evidence);
        quote.codes.insert(one.code);
        quote.affirmed |= !one.negated;
        quote.exemplar |= fresh
            .people
            .exemplars
            .range((entry.number, one.code, Span::default())..)
            .take_while(|(number, code, _)| (*number, *code) == (entry.number, one.code))
            .any(|(_, _, marked)| span.overlaps(*marked));
    }
    let mut quotable: Vec<(Span, Quotable)> = quotable.into_iter().collect();
    quotable.sort_by_key(|(span, quote)| (!quote.exemplar, std::cmp::Reverse(quote.evidence.len()), *span));
    Ok((entry, read, quotable))
}

/// Returns the stretch of the sentences or paragraphs under a coding.
fn whole(unit: ExcerptUnit, sentences: (u32, u32), paragraphs: (u32, u32), parts: &Outline) -> Option<Span> {
    let range = |(from, to): (u32, u32)| from as usize..to as usize;
    match unit {
        ExcerptUnit::Sentence => {
            parts.sentences.get(range(sentences))?.iter().map(|sentence| sentence.span).reduce(Span::cover)
        }
        ExcerptUnit::Paragraph => {
            parts.paragraphs.get(range(paragraphs))?.iter().map(|paragraph| paragraph.span).reduce(Span::cover)
        }
    }
}

/// Takes one excerpt of every entry, then a second of every entry, and so on, up to a limit.
fn spread(workspace: &Workspace, fresh: &Fresh, by_entry: &[OfEntry<'_>], limit: usize) -> Vec<Excerpt> {
    let rounds = by_entry.iter().map(|(_, _, quotable)| quotable.len()).max().unwrap_or_default();
    let mut excerpts = Vec::new();
    for round in 0..rounds {
        for (entry, read, quotable) in by_entry {
            let text = read.text.as_str();
            if excerpts.len() == limit {
                return excerpts;
            }
            let Some((span, quote)) = quotable.get(round) else { continue };
            let marks = quote.evidence.iter().map(|mark| {
                let from = mark.start.saturating_sub(span.start) as usize;
                (from, (mark.end.saturating_sub(span.start)) as usize)
            });
            let code = |index: &u32| fresh.codebook.codes.get(*index as usize).map(|code| code.id.to_string());
            excerpts.push(Excerpt {
                text: unwrapped(span.of(text)),
                marks: marks.collect(),
                attribution: attribution(workspace, entry),
                entry: entry.id.to_string(),
                place: CodePoints::new(text).of_span(*span),
                codes: quote.codes.iter().filter_map(code).collect(),
                negated: !quote.affirmed,
                exemplar: quote.exemplar,
            });
        }
    }
    excerpts
}

/// Turns hard line breaks into blanks, byte by byte, so that the evidence stays in its place; paragraphs stay apart.
fn unwrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let breaks_paragraph = c == '\n' && (rest.peek() == Some(&'\n') || out.ends_with('\n'));
        out.push(if c == '\n' && !breaks_paragraph { ' ' } else { c });
    }
    out
}

/// Returns `(Immigration legal navigator, March 2018, entry 2018-03)`, as far as it is known.
pub(super) fn attribution(workspace: &Workspace, entry: &Entry) -> String {
    let role = workspace.study.author_role.clone();
    let when = entry.date.and_then(PartialDate::in_words).unwrap_or_default();
    let parts = [role.unwrap_or_default(), when, format!("entry {}", entry.id)];
    format!("({})", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}
