//! A codebook proved by its own examples: typical and atypical ones must be found, close ones must not.

use crate::{
    codebook::{Code, Codebook, Example, ExampleKind},
    matching::{Matcher, Scanner},
    text::{normalise, outline},
};

/// An example that the rules do not treat as the codebook says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFailure {
    /// Id of the code whose example it is.
    pub code: String,
    /// The example's text.
    pub text: String,
    /// What is wrong, in a sentence.
    pub problem: String,
    /// Rules that matched and should not have.
    pub rules: Vec<String>,
}

/// Runs all examples of a codebook; returns those that fail.
pub fn check_examples(codebook: &Codebook) -> Vec<ExampleFailure> {
    let all: Vec<usize> = (0..codebook.codes.len()).collect();
    let matcher = Matcher::for_codes(codebook, &all);
    let mut scanner = Scanner::new(&matcher);
    let mut failures = Vec::new();
    for code in &codebook.codes {
        for example in &code.examples {
            let text = normalise(&example.text);
            let found = scanner.scan(&text, &outline(&text, codebook.languages));
            let rules_of = |wanted: &Code| -> Vec<String> {
                let of_code = found
                    .iter()
                    .filter(|one| codebook.codes.get(one.code as usize).is_some_and(|code| code.id == wanted.id));
                of_code.filter_map(|one| wanted.rules.get(one.rule as usize)).map(|rule| rule.text.clone()).collect()
            };
            failures.extend(failure(codebook, code, example, &rules_of));
        }
    }
    failures
}

fn failure(
    codebook: &Codebook,
    code: &Code,
    example: &Example,
    rules_of: &dyn Fn(&Code) -> Vec<String>,
) -> Option<ExampleFailure> {
    let failed = |problem: String, rules: Vec<String>| {
        Some(ExampleFailure { code: code.id.to_string(), text: example.text.clone(), problem, rules })
    };
    let own = rules_of(code);
    match example.kind {
        // A code without rules is given by people alone: there is nothing to prove.
        _ if code.rules.is_empty() && example.instead.is_none() => None,
        ExampleKind::Typical | ExampleKind::Atypical if own.is_empty() => {
            let article = if example.kind == ExampleKind::Atypical { "an" } else { "a" };
            let word = example.kind.word();
            failed(format!("{article} {word} example that no rule of `{}` finds", code.id), Vec::new())
        }
        ExampleKind::CloseButNo if !own.is_empty() => {
            failed(format!("a close_but_no example that rules of `{}` find", code.id), own)
        }
        ExampleKind::CloseButNo => {
            let instead = example.instead.as_ref().and_then(|id| codebook.code(id))?;
            if instead.rules.is_empty() || !rules_of(instead).is_empty() {
                return None;
            }
            failed(format!("it should be `{}`, but no rule of that code finds it", instead.id), Vec::new())
        }
        _ => None,
    }
}
