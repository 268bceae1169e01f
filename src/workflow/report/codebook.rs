//! The codebook as the appendix of the report shows it.

use crate::{
    codebook::{Code, Codebook, ExampleKind},
    report::{CodePage, CodebookPage, ThemePage},
};

/// Returns what beside its rules decides about a code's numbers; nothing for a code without rules.
fn matching(code: &Code) -> String {
    if code.rules.is_empty() {
        return String::new();
    }
    let (unit, within, negation) = (code.unit.word(), code.within.word(), code.negation.word());
    let apart = if code.aggregate { "" } else { ", aggregate false" };
    format!("unit {unit}, within {within}, negation {negation}{apart}")
}

/// Lays out a codebook by theme; codes without a theme come last.
pub(super) fn codebook_page(codebook: &Codebook) -> CodebookPage {
    let page = |code: &Code| CodePage {
        id: code.id.to_string(),
        parent: code.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
        label: code.label.clone(),
        definition: code.definition.clone().or_else(|| code.short.clone()).unwrap_or_default(),
        include: code.include.clone(),
        exclude: code
            .exclude
            .iter()
            .map(|exclusion| match &exclusion.instead {
                Some(instead) => format!("{} → {instead}", exclusion.text),
                None => exclusion.text.clone(),
            })
            .collect(),
        rules: code.rules.iter().map(|rule| rule.text.clone()).collect(),
        except: code.except.iter().map(|rule| rule.text.clone()).collect(),
        matching: matching(code),
        examples: code
            .examples
            .iter()
            .map(|example| {
                let kind = match (example.kind, &example.instead) {
                    (ExampleKind::CloseButNo, Some(instead)) => format!("close, but no → {instead}"),
                    (ExampleKind::CloseButNo, None) => "close, but no".to_owned(),
                    (kind, _) => kind.word().to_owned(),
                };
                (kind, example.text.clone())
            })
            .collect(),
        apart: !code.aggregate,
        origin: code.origin.map(|origin| origin.word().replace('_', " ")).unwrap_or_default(),
    };
    let mut themes: Vec<ThemePage> = codebook
        .themes
        .iter()
        .map(|theme| ThemePage {
            id: theme.id.to_string(),
            label: theme.label.clone(),
            concept: theme.concept.clone().unwrap_or_default(),
            not_this: theme.not_this.clone().unwrap_or_default(),
            codes: codebook.codes.iter().filter(|code| codebook.theme_of(code) == Some(theme)).map(page).collect(),
        })
        .collect();
    let loose: Vec<CodePage> =
        codebook.codes.iter().filter(|code| codebook.theme_of(code).is_none()).map(page).collect();
    if !loose.is_empty() {
        themes.push(ThemePage { label: "Codes without a theme".to_owned(), codes: loose, ..ThemePage::default() });
    }
    CodebookPage { title: codebook.title.clone(), version: codebook.version.clone(), themes }
}
