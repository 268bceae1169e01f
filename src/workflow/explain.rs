//! Which codes a text gets and why, and why it does not get another.

use serde::Serialize;

use super::{WorkflowError, Workspace, codebook::known_code};
use crate::{
    codebook::{Code, Codebook, Negation},
    coding::Suggestion,
    matching::{Hit, Looked, Matcher, Miss, Reason, Scanner, Unlike, places, why_not},
    text::{CodePoints, Languages, Outline, Span, normalise, outline},
};

/// A text explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Stretches with codes, in text order.
    pub units: Vec<ExplainedUnit>,
    /// Why the code that was asked for was not given; absent when it was or none was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<Vec<MissedRule>>,
}

/// A stretch with its codes; offsets are code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedUnit {
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// What was given, by code and rule.
    pub codes: Vec<ExplainedCode>,
}

/// A code given by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedCode {
    /// Id of the code.
    pub code: String,
    /// Id of its theme, its own or inherited.
    pub theme: Option<String>,
    /// The rule as written.
    pub rule: String,
    /// Places of the words that matched, in code points of the text.
    pub evidence: Vec<(u32, u32)>,
    /// All of them are negated.
    pub negated: bool,
}

/// A rule that did not match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissedRule {
    /// The rule as written.
    pub rule: String,
    /// How many of its words occur.
    pub met: usize,
    /// How many it needs.
    pub of: usize,
    /// What failed, in sentences.
    pub reasons: Vec<String>,
}

/// Explains a text by a codebook: needs no study.
///
/// # Errors
/// Fails when the code is not in the codebook.
pub fn explain_text(codebook: &Codebook, text: &str, code: Option<&str>) -> Result<Explained, WorkflowError> {
    let text = normalise(text);
    explain(codebook, &text, codebook.languages, code)
}

/// Explains an entry of the study.
///
/// # Errors
/// Fails when there is no such entry or code.
pub fn explain_entry(workspace: &mut Workspace, entry: &str, code: Option<&str>) -> Result<Explained, WorkflowError> {
    let (codebook, _) = workspace.codebook()?;
    let heads = workspace.store.heads(codebook.languages)?;
    let Some(head) = heads.iter().find(|head| head.entry.id.as_str() == entry) else {
        let known = heads.iter().map(|head| head.entry.id.as_str());
        let near = crate::diagnostic::did_you_mean(entry, known);
        let hint = near.map_or_else(
            || "the ids of entries stand in `themata segments` and `themata search`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(WorkflowError::Unknown { what: "entry", name: entry.to_owned(), hint });
    };
    let text = workspace.store.text(head.entry.number)?;
    explain(&codebook, &text, head.entry.languages, code)
}

fn explain(
    codebook: &Codebook,
    text: &str,
    languages: Languages,
    code: Option<&str>,
) -> Result<Explained, WorkflowError> {
    let wanted = code.map(|id| known_code(codebook, id)).transpose()?;
    let codes: Vec<usize> = codebook
        .codes
        .iter()
        .enumerate()
        .filter(|(_, code)| wanted.is_none_or(|wanted| wanted.id == code.id))
        .filter(|(_, code)| codebook.running().any(|running| running.id == code.id))
        .map(|(index, _)| index)
        .collect();
    let parts = outline(text, languages);
    let matcher = Matcher::for_codes(codebook, &codes);
    let found = Scanner::new(&matcher).scan(text, &parts);
    let looked = Looked { text, outline: &parts };
    let missed = wanted.filter(|_| found.is_empty()).map(|code| missed(code, looked));
    Ok(Explained { units: units(codebook, text, found), missed })
}

fn units(codebook: &Codebook, text: &str, mut found: Vec<Suggestion>) -> Vec<ExplainedUnit> {
    found.sort_by_key(|one| (one.span, one.code, one.rule));
    let points = CodePoints::new(text);
    let explained = |one: &Suggestion| {
        let code = codebook.codes.get(one.code as usize)?;
        Some(ExplainedCode {
            code: code.id.to_string(),
            theme: codebook.theme_of(code).map(|theme| theme.id.to_string()),
            rule: code.rules.get(one.rule as usize).map(|rule| rule.text.clone())?,
            evidence: one.evidence.iter().map(|span| points.of_span(*span)).collect(),
            negated: one.negated,
        })
    };
    let unit = |same: &[Suggestion]| {
        let span = same.first()?.span;
        let (start, end) = points.of_span(span);
        let codes = same.iter().filter_map(explained).collect();
        Some(ExplainedUnit { start, end, text: span.of(text).to_owned(), codes })
    };
    found.chunk_by(|a, b| a.span == b.span).filter_map(unit).collect()
}

/// Explains every rule of a code that was not given, the nearest first.
fn missed(code: &Code, looked: Looked<'_>) -> Vec<MissedRule> {
    let mut misses: Vec<(Miss, &str)> = code
        .rules
        .iter()
        .map(|rule| {
            let mut miss = why_not(&rule.expr, code.within, looked);
            if miss.reasons.is_empty() {
                miss.reasons.extend(taken_away(code, &places(&rule.expr, code.within, looked), looked));
            }
            (miss, rule.text.as_str())
        })
        .collect();
    // Stable: equals stay in the order of the file.
    misses.sort_by(|(a, _), (b, _)| (b.met * a.of).cmp(&(a.met * b.of)).then(a.of.cmp(&b.of)));
    let points = CodePoints::new(looked.text);
    let rule = |(miss, rule): (Miss, &str)| MissedRule {
        rule: rule.to_owned(),
        met: miss.met,
        of: miss.of,
        reasons: miss.reasons.iter().map(|reason| sentence(reason, looked, &points)).collect(),
    };
    misses.into_iter().map(rule).collect()
}

/// Says what took away the evidence of a rule that matches by itself at `hits`.
fn taken_away(code: &Code, hits: &[Hit], looked: Looked<'_>) -> Option<Reason> {
    let takes = |except: &Hit| {
        let mut evidence = hits.iter().flat_map(|hit| &hit.evidence);
        evidence.any(|span| except.evidence.iter().any(|taken| taken.overlaps(*span)))
    };
    let excepted = code.except.iter().find_map(|rule| {
        let place = places(&rule.expr, code.within, looked).iter().find(|except| takes(except)).map(Hit::span)?;
        Some(Reason::Excepted { part: rule.text.clone(), place })
    });
    let place = hits.first().map(Hit::span);
    let negated = || (code.negation == Negation::Block).then_some(Reason::Negated { place: place? });
    excepted.or_else(negated)
}

/// Puts a reason into words.
fn sentence(reason: &Reason, looked: Looked<'_>, points: &CodePoints<'_>) -> String {
    let quoted = |span: &Span| {
        let words: String = span.of(looked.text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        format!("“{words}” ({})", points.of_span(*span).0)
    };
    let stretch = |outline: &Outline, span: &Span| {
        let at = outline.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        format!("sentence {at}")
    };
    match reason {
        Reason::Absent { part, near: None } => format!("`{part}` does not occur"),
        Reason::Absent { part, near: Some((span, unlike)) } => {
            let what = match unlike {
                Unlike::Case => "is there, but the rule wants capitals and accents as written",
                Unlike::Form => "is another form of it, and the rule wants exactly this one",
                Unlike::Spelling => "is written much like it",
            };
            format!("`{part}` does not occur; {} {what}", quoted(span))
        }
        Reason::Scattered { part, begins: None } => {
            format!("the words of `{part}` occur, but not one after the other")
        }
        Reason::Scattered { part, begins: Some(span) } => {
            format!("the words of `{part}` occur, but not one after the other; {} is as far as it goes", quoted(span))
        }
        Reason::Apart { parts: [a, b], places: [at, other], within } => format!(
            "`{a}` and `{b}` both occur, but never in one {}: {} in {}, {} in {}",
            within.word(),
            quoted(at),
            stretch(looked.outline, at),
            quoted(other),
            stretch(looked.outline, other),
        ),
        Reason::Far { parts: [a, b], places: [at, other], distance, allowed } => format!(
            "`{a}` and `{b}` are {distance} words apart, and the rule allows {allowed}: {}, {}",
            quoted(at),
            quoted(other)
        ),
        Reason::Order { parts: [a, b], places: [at, other] } => {
            format!("`{a}` must come before `{b}`: {}, {}", quoted(at), quoted(other))
        }
        Reason::Unwanted { part, place } => format!("`{part}` must not be there, and is: {}", quoted(place)),
        Reason::Excepted { part, place } => format!("the rule matches, but `{part}` takes it away: {}", quoted(place)),
        Reason::Negated { place } => format!("the rule matches, but it is negated: {}", quoted(place)),
    }
}
