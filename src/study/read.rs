//! `themata.toml` to [`Study`], with every finding at once.

use regex::Regex;

use super::{Cases, Source, Split, Study, report::report};
use crate::{
    corpus::DateFormat,
    diagnostic::{Diagnostic, Keys, Placed, Severity, parse_toml, regex_reason},
    id::CoderId,
    text::Language,
};

/// Reads the settings of a study.
///
/// # Errors
/// Returns all findings when one of them is an error; warnings alone do not stop the study.
pub fn read(source: &str) -> Result<(Study, Vec<Diagnostic>), Vec<Diagnostic>> {
    let parsed = parse_toml(source)?;
    let mut findings = Vec::new();
    let mut top = Keys::new("themata.toml", parsed.get_ref(), 0..0);
    let study = read_top(&mut top, &mut findings);
    top.finish(&mut findings);
    findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    match study {
        Some(study) if findings.iter().all(|finding| finding.severity != Severity::Error) => Ok((study, findings)),
        _ => Err(findings),
    }
}

fn read_top(top: &mut Keys<'_, '_>, findings: &mut Vec<Diagnostic>) -> Option<Study> {
    let Some(mut head) = top.table("study", findings) else {
        findings.push(
            Diagnostic::error("there is no [study] table", None)
                .hint("begin with [study], id = \"…\", title = \"…\", codebook = \"codebooks/….toml\""),
        );
        return None;
    };
    let id = head.required("id", findings).value;
    let title = head.text("title", findings).map_or_else(|| id.clone(), |title| title.value);
    let codebook = head.required("codebook", findings).value;
    let author_role = head.text("author_role", findings).map(|role| role.value);
    let merge = head.texts("merge", findings).into_iter().map(|path| path.value).collect();
    let participant = head.text("participant", findings).map_or_else(|| "author".to_owned(), |name| name.value);
    let me = head.text("me", findings).map(|me| CoderId::new(me.value));
    head.finish(findings);
    let sources = top.tables("source", findings).into_iter().map(|table| source(table, findings)).collect();
    let cases = top.table("cases", findings).map(|mut table| {
        let cases = Cases { path: table.required("path", findings).value, id: table.required("id", findings).value };
        table.finish(findings);
        cases
    });
    let coders = top.tables("coder", findings).into_iter().map(|table| coder(table, findings)).collect();
    let report = top.table("report", findings).map(|table| report(table, findings)).unwrap_or_default();
    let min_cell = top.table("privacy", findings).and_then(|privacy| min_cell(privacy, findings));
    Some(Study { id, title, codebook, author_role, merge, participant, min_cell, me, sources, cases, coders, report })
}

fn min_cell(mut privacy: Keys<'_, '_>, findings: &mut Vec<Diagnostic>) -> Option<u64> {
    let asked = privacy.number("min_cell", findings);
    privacy.finish(findings);
    let asked = asked?;
    match asked.value {
        cell @ 2.. => Some(cell),
        _ => {
            let message = "`min_cell` is the smallest number of persons that may be shown: 2 or more";
            findings.push(
                Diagnostic::error(message, Some(asked.span))
                    .hint("usual are 5, 10 and 11; leave it out to hide nothing"),
            );
            None
        }
    }
}

fn coder(mut table: Keys<'_, '_>, findings: &mut Vec<Diagnostic>) -> (CoderId, String) {
    let id = table.required("id", findings).value;
    let name = table.text("name", findings).map_or_else(|| id.clone(), |name| name.value);
    table.finish(findings);
    (CoderId::new(id), name)
}

fn source(mut table: Keys<'_, '_>, findings: &mut Vec<Diagnostic>) -> Source {
    let path = table.required("path", findings).value;
    let pattern = table.text("pattern", findings);
    let split = split(&mut table, pattern, findings);
    let date_format = table.text("date_format", findings).and_then(|format| {
        DateFormat::parse(&format.value)
            .map_err(|problem| {
                findings.push(
                    Diagnostic::error(problem, Some(format.span)).hint("letters as in strftime: %Y %m %d %B %b %A"),
                );
            })
            .ok()
    });
    let first_year = table.number("first_year", findings).and_then(|year| match u16::try_from(year.value) {
        Ok(value) if value <= 9999 => Some(value),
        _ => {
            findings.push(Diagnostic::error("`first_year` must be a year of four digits", Some(year.span)));
            None
        }
    });
    let name = table.text("name", findings).and_then(|text| compiled("name", &text, findings));
    let mut columns = table.table("columns", findings);
    let mut column = |key| columns.as_mut().and_then(|keys| keys.text(key, findings)).map(|text| text.value);
    let (id_column, date_column, text_column) = (column("id"), column("date"), column("text"));
    if let Some(columns) = columns {
        columns.finish(findings);
    }
    let language = table.text("language", findings).map(|text| {
        Language::from_code(&text.value).unwrap_or_else(|| {
            let message =
                format!("no inflections are known for language `{}`; words are compared as written", text.value);
            findings.push(Diagnostic::warning(message, Some(text.span)).hint("known: en, es, pt, fr, ht"));
            Language::Other
        })
    });
    let encoding = table.text("encoding", findings).map(|text| text.value);
    let attributes = table.table("attributes", findings).map(|keys| keys.free_texts(findings)).unwrap_or_default();
    let attributes = attributes.into_iter().map(|(name, text)| (name, text.value)).collect();
    table.finish(findings);
    Source {
        path,
        split,
        date_format,
        first_year,
        name,
        id_column,
        date_column,
        text_column,
        language,
        encoding,
        attributes,
    }
}

fn split(table: &mut Keys<'_, '_>, pattern: Option<Placed<String>>, findings: &mut Vec<Diagnostic>) -> Split {
    let asked = table.text("split", findings);
    let word = asked.as_ref().map_or(if pattern.is_some() { "pattern" } else { "none" }, |text| text.value.as_str());
    let place = asked.as_ref().map_or_else(|| table.span(), |text| text.span.clone());
    match (word, pattern) {
        ("pattern", Some(pattern)) => compiled("pattern", &pattern, findings).map_or(Split::None, Split::Pattern),
        ("pattern", None) => {
            findings.push(Diagnostic::error("split = \"pattern\" needs a `pattern`", Some(place)).hint(
                "pattern = '^(?P<date>[A-Z]\\w+ \\d+)': a regular expression for the line where an entry begins",
            ));
            Split::None
        }
        (_, Some(pattern)) => {
            findings.push(Diagnostic::error("a `pattern` goes with split = \"pattern\"", Some(pattern.span)));
            Split::None
        }
        ("none", None) => Split::None,
        ("heading", None) => Split::Heading,
        (other, None) => match other.strip_prefix("blank:").map(str::parse) {
            Some(Ok(lines @ 1..)) => Split::Blank(lines),
            _ => {
                findings.push(
                    Diagnostic::error(format!("`{other}` is not a value of `split`"), Some(place))
                        .hint("possible: none, heading, blank:2 (a new entry after two blank lines), pattern"),
                );
                Split::None
            }
        },
    }
}

fn compiled(key: &str, text: &Placed<String>, findings: &mut Vec<Diagnostic>) -> Option<Regex> {
    match Regex::new(&text.value) {
        Ok(regex) => Some(regex),
        Err(problem) => {
            let message = format!("`{key}` is not a regular expression: {}", regex_reason(&problem));
            findings.push(
                Diagnostic::error(message, Some(text.span.clone()))
                    .hint("write it between single quotes, so that \\ stays as it is"),
            );
            None
        }
    }
}
