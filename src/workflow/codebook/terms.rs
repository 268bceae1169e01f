//! What the rules of a code found, as it stands in the texts: the way to see that `document` finds "documentation".

use std::collections::{BTreeMap, BTreeSet};

use regex::{Regex, RegexBuilder};
use serde::Serialize;

use super::show::known_code;
use crate::{
    analysis::Coded,
    diagnostic::did_you_mean,
    query::{Expr, Item, Word},
    text::{CodePoints, Span, fold, plain, tokens},
    workflow::{Found, Fresh, Progress, WorkflowError, Workspace, fresh, search},
};

/// The forms that a code's rules found in a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// Id of the code.
    pub code: String,
    /// Words for it.
    pub label: String,
    /// Entries of the study.
    #[serde(rename = "N")]
    pub total: usize,
    /// Its rules in the order of the file, also those that found nothing.
    pub rules: Vec<RuleTerms>,
}

/// The forms that one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleTerms {
    /// The rule as written.
    pub rule: String,
    /// Places where it found something.
    pub n: usize,
    /// Entries with at least one.
    pub entries: usize,
    /// The forms, frequent ones first.
    pub forms: Vec<Form>,
}

/// Words as they stand in the texts, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// The words.
    pub form: String,
    /// Places where they stand.
    pub n: usize,
    /// Entries with at least one.
    pub entries: usize,
    /// Whether the rule has these very words; else they are an inflection, or what a wildcard found.
    pub as_written: bool,
}

/// One place of a form, in context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormPlace {
    /// The rule as written.
    pub rule: String,
    /// The form.
    pub form: String,
    /// Where it stands.
    #[serde(flatten)]
    pub found: Found,
}

/// Lists the forms that a code's rules found, rule by rule.
///
/// # Errors
/// Fails when there is no such code, or the study cannot be brought up to date.
pub fn terms(workspace: &mut Workspace, code: &str, progress: &dyn Progress) -> Result<Terms, WorkflowError> {
    let fresh = fresh(workspace, progress)?;
    let code = known_code(&fresh.codebook, code)?;
    let mut met: Vec<BTreeMap<String, Met>> = code.rules.iter().map(|_| BTreeMap::new()).collect();
    let written: Vec<Written> = code.rules.iter().map(|rule| Written::of(&rule.expr)).collect();
    each_place(workspace, &fresh, code.id.as_str(), |place| {
        let (Some(forms), Some(written)) = (met.get_mut(place.rule), written.get(place.rule)) else { return };
        let one = forms.entry(form(place.words())).or_default();
        one.n += 1;
        one.entries.insert(place.entry.number);
        one.as_written |= written.has(place.words());
    })?;
    let rules = code.rules.iter().zip(met).map(|(rule, forms)| of_rule(&rule.text, forms)).collect();
    Ok(Terms { code: code.id.to_string(), label: code.label.clone(), total: fresh.heads.len(), rules })
}

/// Lists the places of one form, rule by rule: the words behind its numbers.
///
/// # Errors
/// Fails when there is no such code, no rule of it found the form, or the study cannot be brought up to date.
pub fn places_of_form(
    workspace: &mut Workspace,
    code: &str,
    wanted: &str,
    progress: &dyn Progress,
) -> Result<Vec<FormPlace>, WorkflowError> {
    let fresh = fresh(workspace, progress)?;
    let code = known_code(&fresh.codebook, code)?;
    let wanted = form(wanted);
    let (mut found, mut known) = (Vec::new(), BTreeSet::new());
    each_place(workspace, &fresh, code.id.as_str(), |place| {
        let form = form(place.words());
        if form == wanted {
            let line = search::line(place.entry, place.text, place.points, place.span);
            found.push((place.rule, FormPlace { rule: code.rules[place.rule].text.clone(), form, found: line }));
        } else {
            known.insert(form);
        }
    })?;
    if found.is_empty() {
        let near = did_you_mean(&wanted, known.iter().map(String::as_str));
        let hint = near.map_or_else(
            || format!("list the forms: themata codebook terms {}", code.id),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(WorkflowError::Unknown { what: "form that a rule of this code found,", name: wanted, hint });
    }
    // Stable: corpus order within a rule.
    found.sort_by_key(|(rule, _)| *rule);
    Ok(found.into_iter().map(|(_, line)| line).collect())
}

/// Where a form was met.
#[derive(Debug, Default)]
struct Met {
    n: usize,
    entries: BTreeSet<u32>,
    as_written: bool,
}

fn of_rule(rule: &str, forms: BTreeMap<String, Met>) -> RuleTerms {
    let entries: BTreeSet<u32> = forms.values().flat_map(|met| met.entries.iter().copied()).collect();
    let n = forms.values().map(|met| met.n).sum();
    let form =
        |(form, met): (String, Met)| Form { form, n: met.n, entries: met.entries.len(), as_written: met.as_written };
    let mut forms: Vec<Form> = forms.into_iter().map(form).collect();
    // Stable: forms of equal number stay in alphabetical order.
    forms.sort_by_key(|form| std::cmp::Reverse(form.n));
    RuleTerms { rule: rule.to_owned(), n, entries: entries.len(), forms }
}

/// One place where a rule found words.
struct Place<'p> {
    rule: usize,
    entry: &'p crate::corpus::Entry,
    text: &'p str,
    points: &'p CodePoints<'p>,
    span: Span,
}

impl Place<'_> {
    fn words(&self) -> &str {
        self.span.of(self.text)
    }
}

/// Visits every place where a rule of a code found words, in corpus order; words in several suggestions of a rule once.
fn each_place(
    workspace: &Workspace,
    fresh: &Fresh,
    code: &str,
    mut visit: impl FnMut(Place<'_>),
) -> Result<(), WorkflowError> {
    let index = fresh.codebook.codes.iter().position(|one| one.id.as_str() == code).unwrap_or_default();
    let rules = fresh.codebook.codes.get(index).map_or(0, |code| code.rules.len());
    let coded: Vec<Coded> = fresh.suggested.select(&[u32::try_from(index).unwrap_or(u32::MAX)], |_, _| true)?;
    let mut places: BTreeSet<(usize, u32, Span, usize)> = BTreeSet::new();
    for one in coded.iter().filter(|one| (one.rule as usize) < rules) {
        let Some(at) = fresh.order().get(&one.entry) else { continue };
        places.extend(one.evidence.iter().map(|span| (*at, one.entry, *span, one.rule as usize)));
    }
    let places: Vec<_> = places.into_iter().collect();
    for of_entry in places.chunk_by(|a, b| a.1 == b.1) {
        let Some(entry) = of_entry.first().and_then(|(_, number, ..)| fresh.entry(*number)) else { continue };
        let text = workspace.store.text(entry.number)?;
        let points = CodePoints::new(&text);
        for (_, _, span, rule) in of_entry {
            visit(Place { rule: *rule, entry, text: &text, points: &points, span: *span });
        }
    }
    Ok(())
}

/// Returns words as they stand, in lower case on one line.
fn form(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    plain(&words.join(" ")).to_lowercase()
}

/// What a rule says itself.
struct Written {
    words: BTreeSet<String>,
    regexes: Vec<Regex>,
}

impl Written {
    fn of(expr: &Expr) -> Self {
        let mut written = Self { words: BTreeSet::new(), regexes: Vec::new() };
        written.take(expr);
        written
    }

    fn take(&mut self, expr: &Expr) {
        match expr {
            Expr::Row(items) => self.row(items),
            Expr::Regex(literal) => {
                let regex = RegexBuilder::new(&literal.pattern).case_insensitive(literal.ignore_case).build();
                self.regexes.extend(regex);
            }
            Expr::Or(any) => any.iter().for_each(|one| self.take(one)),
            Expr::And(a, b) | Expr::Near(a, b, _) | Expr::Then(a, b, _) => {
                self.take(a);
                self.take(b);
            }
            Expr::Not(a, _) => self.take(a),
        }
    }

    fn row(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Word(Word::Inflected(word) | Word::Exact(word) | Word::Written(word)) => {
                    self.words.insert(fold(word).into_owned());
                }
                Item::Word(Word::Wildcard(_)) => {}
                Item::Group(rows) => rows.iter().for_each(|row| self.row(row)),
            }
        }
    }

    /// Tells whether every one of some words stands in the rule; what a regular expression found always does.
    fn has(&self, words: &str) -> bool {
        let all = tokens(words).into_iter().all(|token| self.words.contains(fold(&plain(token.of(words))).as_ref()));
        all || self.regexes.iter().any(|regex| regex.is_match(words))
    }
}
