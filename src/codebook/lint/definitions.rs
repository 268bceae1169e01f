//! Words of a definition that no rule of its code finds: what a reader of the codebook expects to be found.

use std::collections::BTreeSet;

use super::place_in;
use crate::{
    codebook::{Code, Codebook},
    diagnostic::Diagnostic,
    query::{Certain, Expr, Item, Word},
    text::{Language, fold, is_function_word, plain, tokens},
};

/// At most so many words of one code are named.
const MOST: usize = 5;
/// A word in the definitions of so many codes is a word of defining ("writer", "person"), not of the matter.
const COMMON: usize = 3;
/// Shorter words say little by themselves.
const SHORTEST: usize = 4;

pub(super) fn look(
    source: &str,
    codebook: &Codebook,
    code: &Code,
    languages: &[Language],
    findings: &mut Vec<Diagnostic>,
) {
    let Some(definition) = code.definition.as_ref().filter(|_| !code.rules.is_empty()) else { return };
    let mut words = Vec::new();
    code.rules.iter().for_each(|rule| words_of(&rule.expr, &mut words));
    let certain = Certain::of(languages);
    let mut seen = BTreeSet::new();
    let mut named = 0;
    for token in tokens(definition) {
        let written = token.of(definition);
        let folded = fold(&plain(written)).into_owned();
        let content = folded.chars().count() >= SHORTEST
            && !languages.iter().any(|language| is_function_word(&folded, *language))
            && !is_common(codebook, &folded)
            && seen.insert(folded.clone());
        let word = Word::Written(plain(written).into_owned());
        if !content || words.iter().any(|of_rule| certain.covers(of_rule, &word)) {
            continue;
        }
        named += 1;
        if named > MOST {
            break;
        }
        let place = place_in(source, code, definition, token.start as usize..token.end as usize);
        let message = format!("`{written}` in the definition of `{}`: no rule of the code has the word", code.id);
        findings.push(Diagnostic::note(message, place.or_else(|| Some(code.span.clone()))).named("uncovered-word"));
    }
}

fn is_common(codebook: &Codebook, folded: &str) -> bool {
    let has = |text: &String| tokens(text).into_iter().any(|token| fold(&plain(token.of(text))) == folded);
    codebook.codes.iter().filter(|code| code.definition.as_ref().is_some_and(has)).count() >= COMMON
}

fn words_of<'e>(expr: &'e Expr, words: &mut Vec<&'e Word>) {
    match expr {
        Expr::Row(items) => words_of_row(items, words),
        Expr::Regex(_) => {}
        Expr::Or(any) => any.iter().for_each(|one| words_of(one, words)),
        Expr::And(a, b) | Expr::Near(a, b, _) | Expr::Then(a, b, _) => {
            words_of(a, words);
            words_of(b, words);
        }
        Expr::Not(a, _) => words_of(a, words),
    }
}

fn words_of_row<'e>(items: &'e [Item], words: &mut Vec<&'e Word>) {
    for item in items {
        match item {
            Item::Word(word) => words.push(word),
            Item::Group(rows) => rows.iter().for_each(|row| words_of_row(row, words)),
        }
    }
}
