//! Rules one by one: those that can never match, and those that say something else than they seem to.

use super::quoted;
use crate::{
    codebook::{Code, Rule, read::inside},
    diagnostic::Diagnostic,
    query::{Certain, Expr, Item, Word, remarks},
    text::{Language, fold, is_function_word},
};

pub(super) fn look(
    source: &str,
    code: &Code,
    certain: &Certain,
    languages: &[Language],
    findings: &mut Vec<Diagnostic>,
) {
    for rule in code.rules.iter().chain(&code.except) {
        for remark in remarks(&rule.text) {
            let place = inside(source, &rule.span, &rule.text, remark.span);
            findings.push(Diagnostic::note(remark.message, Some(place)).named(remark.name).hint(remark.hint));
        }
        findings.extend(never(rule, certain));
        findings.extend(function_words(rule, languages));
    }
    for rule in &code.rules {
        let taken = code.except.iter().find(|except| certain.taken_away(&rule.expr, &except.expr));
        if let Some(except) = taken {
            let message =
                format!("this rule never matches: {} of `except` takes away what it finds", quoted(&except.text));
            let finding = Diagnostic::warning(message, Some(rule.span.clone())).named("never-matches");
            findings.push(finding.hint("take the rule out, or make the exception narrower"));
        }
    }
}

/// Returns the alternatives of a rule; a rule without OR is its only one.
pub(super) fn alternatives(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Or(any) => any.iter().collect(),
        one => vec![one],
    }
}

fn never(rule: &Rule, certain: &Certain) -> Option<Diagnostic> {
    let all = alternatives(&rule.expr);
    let dead: Vec<&Expr> = all.iter().copied().filter(|expr| certain.never(expr)).collect();
    let first = dead.first()?;
    let message = if dead.len() == all.len() {
        "this rule never matches".to_owned()
    } else {
        format!("{} in this rule never matches", quoted(&first.to_string()))
    };
    let hint = match first {
        Expr::Not(..) => "what stands before NOT cannot be there without what stands after it",
        Expr::Regex(_) => "the regular expression is too large; make it smaller",
        _ => "in texts the word is cut at the apostrophe: leave out what stands before it",
    };
    Some(Diagnostic::warning(message, Some(rule.span.clone())).named("never-matches").hint(hint))
}

/// A rule of one word that nearly every sentence has finds nearly every sentence.
fn function_words(rule: &Rule, languages: &[Language]) -> Option<Diagnostic> {
    let is_one = |word: &Word| match word {
        Word::Inflected(word) | Word::Exact(word) => {
            languages.iter().any(|language| is_function_word(&fold(word), *language))
        }
        Word::Written(_) | Word::Wildcard(_) => false,
    };
    let alone =
        |expr: &&Expr| matches!(expr, Expr::Row(items) if matches!(&items[..], [Item::Word(word)] if is_one(word)));
    let found = alternatives(&rule.expr).into_iter().find(alone)?;
    let message = format!("{} stands in nearly every sentence", quoted(&found.to_string()));
    let finding = Diagnostic::note(message, Some(rule.span.clone())).named("stop-words-alone");
    Some(finding.hint("add the words around it; = before a word keeps its case, as in =US"))
}
