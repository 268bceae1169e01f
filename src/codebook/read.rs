//! The TOML file to a [`Codebook`], with every finding at once.

use std::ops::Range;

use super::{
    Approach, Change, Code, CodeStatus, Codebook, Example, ExampleKind, Exclusion, Negation, Origin, Rule, RuleUnit,
    Theme, Within, check::check,
};
use crate::{
    diagnostic::{Diagnostic, Keys, Placed, Severity, parse_toml},
    id::{CodeId, Hash, ThemeId},
    query::parse_rule,
    text::{Language, Languages},
};

type Findings = Vec<Diagnostic>;

/// Reads a codebook.
///
/// # Errors
/// Returns all findings when one of them is an error; warnings and notes alone do not stop it.
pub fn read(source: &str) -> Result<(Codebook, Vec<Diagnostic>), Vec<Diagnostic>> {
    let parsed = parse_toml(source)?;
    let mut findings = Vec::new();
    let mut top = Keys::new("the codebook", parsed.get_ref(), 0..0);
    let codebook = read_top(source, &mut top, &mut findings);
    top.finish(&mut findings);
    if let Some(codebook) = &codebook {
        check(source, codebook, &mut findings);
    }
    findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    match codebook {
        Some(codebook) if findings.iter().all(|finding| finding.severity != Severity::Error) => {
            Ok((codebook, findings))
        }
        _ => Err(findings),
    }
}

/// What codes take from the head when they do not say it themselves.
struct Head {
    unit: RuleUnit,
    leading_wildcards: bool,
}

fn read_top(source: &str, top: &mut Keys<'_, '_>, findings: &mut Findings) -> Option<Codebook> {
    let Some(mut head) = top.table("codebook", findings) else {
        findings.push(
            Diagnostic::error("there is no [codebook] table", None)
                .hint("begin with [codebook], id = \"…\", title = \"…\", version = \"1.0.0\""),
        );
        return None;
    };
    let id = identifier(&mut head, findings);
    let title = head.text("title", findings).map_or_else(|| id.clone(), |title| title.value);
    let version = head.text("version", findings).map_or_else(|| "0.1.0".to_owned(), |version| version.value);
    let approach = head.one_of("approach", Approach::WORDS, findings).unwrap_or(Approach::Codebook);
    let languages = languages(&mut head, findings);
    let unit = head.one_of("unit", RuleUnit::WORDS, findings).unwrap_or(RuleUnit::Sentence);
    let leading_wildcards = head.flag("leading_wildcards", findings).unwrap_or(false);
    head.finish(findings);
    let head = Head { unit, leading_wildcards };
    let themes = top.tables("theme", findings).into_iter().map(|keys| theme(keys, findings)).collect();
    let codes = top.tables("code", findings).into_iter().map(|keys| code(source, keys, &head, findings)).collect();
    let changes = top.tables("change", findings).into_iter().map(|keys| change(keys, findings)).collect();
    let fingerprint = Hash::of(source);
    Some(Codebook {
        id,
        title,
        version,
        approach,
        languages,
        unit,
        leading_wildcards,
        themes,
        codes,
        changes,
        fingerprint,
    })
}

fn languages(head: &mut Keys<'_, '_>, findings: &mut Findings) -> Languages {
    let mut languages = Vec::new();
    for code in head.texts("languages", findings) {
        languages.push(Language::from_code(&code.value).unwrap_or_else(|| {
            let message =
                format!("no inflections are known for language `{}`; words are compared as written", code.value);
            findings.push(Diagnostic::warning(message, Some(code.span)).hint("known: en, es, pt, fr, ht"));
            Language::Other
        }));
    }
    Languages::of(&languages)
}

fn theme(mut keys: Keys<'_, '_>, findings: &mut Findings) -> Theme {
    let span = keys.span();
    let id = identifier(&mut keys, findings);
    let label = label(&mut keys, &id, findings);
    let concept = keys.text("concept", findings).map(|text| text.value);
    let not_this = keys.text("not_this", findings).map(|text| text.value);
    keys.finish(findings);
    Theme { id: ThemeId::new(id), label, concept, not_this, span }
}

/// Reads the words for a theme or code: its id where none are given. Characters that cannot be seen are left out.
fn label(keys: &mut Keys<'_, '_>, id: &str, findings: &mut Vec<Diagnostic>) -> String {
    let label = keys.text("label", findings).map(|label| label.value).unwrap_or_default();
    let label: String = label.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    if label.trim().is_empty() { id.to_owned() } else { label }
}

/// Reads an id: letters, digits, `-`, `_` and `.`, so that it can stand in a command, a file name and an address.
///
/// A codebook's id names the folder of its report: `..` and slashes would lead out of it.
fn identifier(keys: &mut Keys<'_, '_>, findings: &mut Findings) -> String {
    let id = keys.required("id", findings);
    if !is_identifier(&id.value) {
        let message = format!("`{}` cannot be an id", id.value);
        findings.push(
            Diagnostic::error(message, Some(id.span)).hint("use letters, digits, - and _; the label can be anything"),
        );
    }
    id.value
}

/// Whether a text has only the signs of an id.
pub(super) fn is_identifier(text: &str) -> bool {
    !text.starts_with('.') && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

/// Reads a colour as `#` and six hexadecimal digits.
fn color(keys: &mut Keys<'_, '_>, findings: &mut Findings) -> Option<String> {
    let color = keys.text("color", findings)?;
    let digits = color.value.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(color.value);
    }
    let message = format!("`{}` is not a colour", color.value);
    findings.push(Diagnostic::error(message, Some(color.span)).hint("write # and six hexadecimal digits: #1f77b4"));
    None
}

fn code(source: &str, mut keys: Keys<'_, '_>, head: &Head, findings: &mut Findings) -> Code {
    let span = keys.span();
    let id = identifier(&mut keys, findings);
    let label = label(&mut keys, &id, findings);
    let mut text = |key| keys.text(key, findings).map(|text| text.value);
    let (theme, parent) = (text("theme").map(ThemeId::new), text("parent").map(CodeId::new));
    let (short, definition) = (text("short"), text("definition"));
    let (since, citation) = (text("since"), text("source"));
    let color = color(&mut keys, findings);
    let include = values(keys.texts("include", findings));
    let exclude = keys.tables("exclude", findings).into_iter().map(|keys| exclusion(keys, findings)).collect();
    let origin = keys.one_of("origin", Origin::WORDS, findings);
    let rules = expressions(source, &mut keys, "rules", head, findings);
    let except = expressions(source, &mut keys, "except", head, findings);
    let negation = keys.one_of("negation", Negation::WORDS, findings).unwrap_or(Negation::Flag);
    let unit = keys.one_of("unit", RuleUnit::WORDS, findings).unwrap_or(head.unit);
    let within = keys.one_of("within", Within::WORDS, findings).unwrap_or(match unit {
        RuleUnit::Sentence | RuleUnit::Hit => Within::Sentence,
        RuleUnit::Paragraph => Within::Paragraph,
        RuleUnit::Entry => Within::Entry,
    });
    let status = keys.one_of("status", CodeStatus::WORDS, findings).unwrap_or(CodeStatus::Active);
    let related = keys.texts("related", findings).into_iter().map(|text| CodeId::new(text.value)).collect();
    let aggregate = keys.flag("aggregate", findings).unwrap_or(true);
    let memo = values(keys.texts("memo", findings));
    let examples = keys.tables("example", findings).into_iter().map(|keys| example(keys, findings)).collect();
    keys.finish(findings);
    Code {
        id: CodeId::new(id),
        label,
        theme,
        parent,
        short,
        definition,
        include,
        exclude,
        origin,
        rules,
        except,
        negation,
        unit,
        within,
        status,
        since,
        source: citation,
        related,
        aggregate,
        color,
        memo,
        examples,
        span,
    }
}

fn values(texts: Vec<Placed<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

fn expressions(
    source: &str,
    keys: &mut Keys<'_, '_>,
    key: &'static str,
    head: &Head,
    findings: &mut Findings,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    for text in keys.texts(key, findings) {
        match parse_rule(&text.value, head.leading_wildcards) {
            Ok(expr) => rules.push(Rule { text: text.value, expr, span: text.span }),
            Err(error) => {
                let mut finding =
                    Diagnostic::error(error.message, Some(inside(source, &text.span, &text.value, error.span)));
                finding.hint = error.hint;
                findings.push(finding);
            }
        }
    }
    rules
}

/// Returns the place in the file of a part of a text, when the text stands there without escapes; else the whole text's.
pub(super) fn inside(source: &str, whole: &Range<usize>, value: &str, part: Range<usize>) -> Range<usize> {
    let literal = source.get(whole.clone()).unwrap_or_default();
    match literal.find(value) {
        Some(offset) if !value.is_empty() => {
            let start = whole.start + offset;
            start + part.start..(start + part.end).max(start + part.start)
        }
        _ => whole.clone(),
    }
}

fn exclusion(mut keys: Keys<'_, '_>, findings: &mut Findings) -> Exclusion {
    let text = keys.required("text", findings).value;
    let instead = instead(&mut keys, findings);
    keys.finish(findings);
    Exclusion { text, instead }
}

fn instead(keys: &mut Keys<'_, '_>, findings: &mut Findings) -> Option<CodeId> {
    keys.text("use", findings).map(|text| text.value).filter(|code| code != "none").map(CodeId::new)
}

fn example(mut keys: Keys<'_, '_>, findings: &mut Findings) -> Example {
    let text = keys.required("text", findings).value;
    let kind = keys.one_of("kind", ExampleKind::WORDS, findings).unwrap_or(ExampleKind::Typical);
    let instead = instead(&mut keys, findings);
    let reference = keys.text("ref", findings).map(|text| text.value);
    let note = keys.text("note", findings).map(|text| text.value);
    keys.finish(findings);
    Example { text, kind, instead, reference, note }
}

fn change(mut keys: Keys<'_, '_>, findings: &mut Findings) -> Change {
    let version = keys.required("version", findings).value;
    let date = keys.date("date", findings).map(|date| date.value);
    let mut text = |key| keys.text(key, findings).map(|text| text.value);
    let change = Change {
        version,
        date,
        who: text("who"),
        code: text("code"),
        action: text("action"),
        reason: text("reason"),
        recode: text("recode"),
    };
    keys.finish(findings);
    change
}
