//! What the file says about itself must fit together: ids once, names that exist, no ring of parents.

use std::{collections::BTreeSet, ops::Range};

use super::{Code, Codebook, ExampleKind};
use crate::{
    diagnostic::{Diagnostic, did_you_mean},
    id::CodeId,
};

/// Adds what does not fit together.
pub(super) fn check(source: &str, codebook: &Codebook, findings: &mut Vec<Diagnostic>) {
    ids_stand_once(source, codebook, findings);
    for code in &codebook.codes {
        parents_exist(source, codebook, code, findings);
        names_exist(source, codebook, code, findings);
    }
    for theme in &codebook.themes {
        let gathers = codebook.codes.iter().any(|code| codebook.theme_of(code) == Some(theme));
        if !gathers {
            let message = format!("theme `{}` gathers no code", theme.id);
            let finding = Diagnostic::warning(message, Some(theme.span.clone())).named("theme-without-code");
            findings.push(finding.hint(format!("write theme = \"{}\" in a code", theme.id)));
        }
    }
}

fn ids_stand_once(source: &str, codebook: &Codebook, findings: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    let themes = codebook.themes.iter().map(|theme| (theme.id.as_str(), None));
    let codes = codebook.codes.iter().map(|code| (code.id.as_str(), Some(code)));
    for (id, code) in themes.chain(codes) {
        if !id.is_empty() && !seen.insert(id) {
            let place = code.and_then(|code| place_of(source, code, id));
            findings.push(
                Diagnostic::error(format!("id `{id}` stands twice"), place)
                    .hint("themes and codes share their ids' room; give one another id"),
            );
        }
    }
}

fn parents_exist(source: &str, codebook: &Codebook, code: &Code, findings: &mut Vec<Diagnostic>) {
    if let Some(theme) = &code.theme {
        let known: Vec<_> = codebook.themes.iter().map(|theme| theme.id.as_str()).collect();
        unknown(source, code, "theme", theme.as_str(), &known, findings);
    }
    let Some(parent) = &code.parent else { return };
    let known: Vec<_> = codebook.codes.iter().map(|code| code.id.as_str()).collect();
    unknown(source, code, "code", parent.as_str(), &known, findings);
    if codebook.above(code).any(|above| above.id == code.id) {
        let message = format!("code `{}` is its own ancestor", code.id);
        let place = place_of(source, code, parent.as_str());
        findings.push(Diagnostic::error(message, place).hint("take `parent` out of one of the codes of the ring"));
    }
    let above = codebook.above(code).find_map(|above| above.theme.as_ref());
    if let (Some(own), Some(above)) = (&code.theme, above)
        && own != above
    {
        let message = format!("code `{}` is under theme `{own}`, its parent under `{above}`", code.id);
        findings.push(
            Diagnostic::error(message, place_of(source, code, own.as_str())).hint("take `theme` out: it is inherited"),
        );
    }
}

fn names_exist(source: &str, codebook: &Codebook, code: &Code, findings: &mut Vec<Diagnostic>) {
    let known: Vec<_> = codebook.codes.iter().map(|code| code.id.as_str()).collect();
    let excluded = code.exclude.iter().filter_map(|exclusion| exclusion.instead.as_ref());
    let shown = code.examples.iter().filter_map(|example| example.instead.as_ref());
    let named: BTreeSet<&CodeId> = excluded.chain(shown).chain(&code.related).collect();
    for id in named {
        unknown(source, code, "code", id.as_str(), &known, findings);
    }
    for example in &code.examples {
        if example.kind != ExampleKind::CloseButNo && example.instead.is_some() {
            let message = format!("an example of code `{}` has `use` but is not close_but_no", code.id);
            findings.push(Diagnostic::error(message, place_of(source, code, "use")));
        }
    }
}

fn unknown(source: &str, code: &Code, what: &str, id: &str, known: &[&str], findings: &mut Vec<Diagnostic>) {
    if known.contains(&id) || id.is_empty() {
        return;
    }
    let finding = Diagnostic::error(format!("there is no {what} `{id}`"), place_of(source, code, id));
    findings.push(match did_you_mean(id, known.iter().copied()) {
        Some(word) => finding.hint(format!("did you mean `{word}`?")),
        None => finding.hint(format!("ids of the {what}s: {}", known.join(", "))),
    });
}

/// Returns the first place of a word in a code's table, which reaches to the next `[[code]]`.
fn place_of(source: &str, code: &Code, word: &str) -> Option<Range<usize>> {
    let rest = source.get(code.span.start..)?;
    let length = rest.get(1..).and_then(|later| later.find("[[code]]")).map_or(rest.len(), |next| next + 1);
    let body = rest.get(..length)?;
    let quoted = body.find(&format!("\"{word}\"")).map(|at| at + 1).or_else(|| body.find(word))?;
    let start = code.span.start + quoted;
    Some(start..start + word.len())
}
