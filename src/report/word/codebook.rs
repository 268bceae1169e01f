//! The codebook as an appendix.

use super::{Document, Style, study::facts};
use crate::report::{CodePage, CodebookPage, ThemePage};

/// Adds the codebook; nothing when it has no themes.
pub(super) fn codebook(document: &mut Document, codebook: &CodebookPage) {
    if codebook.themes.is_empty() {
        return;
    }
    document.say(Style::Heading(1), "Codebook");
    let title = [codebook.title.as_str(), codebook.version.as_str()];
    let title: Vec<&str> = title.into_iter().filter(|words| !words.is_empty()).collect();
    if !title.is_empty() {
        document.say(Style::Normal, &title.join(", version "));
    }
    codebook.themes.iter().for_each(|theme| self::theme(document, theme));
}

fn theme(document: &mut Document, theme: &ThemePage) {
    let label = if theme.id.is_empty() { "Codes without a theme" } else { &theme.label };
    document.say(Style::Heading(2), label);
    if !theme.concept.is_empty() {
        document.say(Style::Normal, &theme.concept);
    }
    let not_this = Some(("Not this", theme.not_this.as_str())).filter(|(_, words)| !words.is_empty());
    facts(document, not_this.into_iter());
    for code in &theme.codes {
        document.say(Style::Heading(3), &code.label);
        let all = self::code(code);
        facts(document, all.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    }
}

/// Returns what the codebook says about a code.
fn code(code: &CodePage) -> Vec<(String, String)> {
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut all = vec![fact("Id", &code.id), fact("Under", &code.parent), fact("Definition", &code.definition)];
    all.extend(code.include.iter().map(|when| fact("Use when", when)));
    all.extend(code.exclude.iter().map(|when| fact("Do not use when", when)));
    all.push(fact("Rules", &code.rules.join(" · ")));
    all.push(fact("Except", &code.except.join(" · ")));
    all.push(fact("Matching", &code.matching));
    all.extend(code.examples.iter().map(|(kind, text)| fact(&format!("Example ({kind})"), text)));
    all.push(fact("Origin", &code.origin));
    all.retain(|(_, value)| !value.is_empty());
    all
}
