//! What a codebook says that its author most likely did not mean. Nothing here is an error, and nothing is guessed:
//! what a finding says is so.
//!
//! What shows only among the entries of a study is found by `workflow`.

mod definitions;
mod needless;
mod rules;

use std::ops::Range;

use super::{Code, CodeStatus, Codebook, Rule};
use crate::{
    diagnostic::{Diagnostic, line_and_column},
    query::Certain,
    text::Language,
};

/// Looks through a codebook whose texts are in some languages; `definitions` also looks for words of definitions that no rule has.
pub fn lint(codebook: &Codebook, source: &str, languages: &[Language], definitions: bool) -> Vec<Diagnostic> {
    let certain = Certain::of(languages);
    let mut findings = Vec::new();
    for code in codebook.codes.iter().filter(|code| code.status != CodeStatus::Retired) {
        let gathers = codebook.codes.iter().any(|child| child.parent.as_ref() == Some(&code.id));
        if code.rules.is_empty() && !gathers {
            let message = format!("code `{}` has no rules: nothing suggests it", code.id);
            let note = Diagnostic::note(message, Some(code.span.clone())).named("code-without-rules");
            findings.push(note.hint("nothing to do when only people give it"));
        }
        rules::look(source, code, &certain, languages, &mut findings);
        needless::look(source, code, &certain, &mut findings);
        if definitions {
            definitions::look(source, codebook, code, languages, &mut findings);
        }
    }
    findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    findings
}

/// Returns how a message calls words of a rule: with the rule's line.
fn in_line(source: &str, text: &str, rule: &Rule) -> String {
    let (line, _) = line_and_column(source, rule.span.start);
    format!("{} in line {line}", quoted(text))
}

/// Returns an expression in a message, cut when it is long.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("`{short}…`") } else { format!("`{text}`") }
}

/// Returns the place of some words in a code's table, outside of its rules.
fn place_in(source: &str, code: &Code, text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let rest = source.get(code.span.start..)?;
    let start = code.span.start + rest.find(text)?;
    Some(start + part.start..start + part.end)
}
