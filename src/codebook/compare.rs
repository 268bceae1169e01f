//! Two codebooks compared: what changed in each theme and code, and how much each change matters.
//!
//! What a change moves in a study is `workflow`'s work.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Code, Codebook, Exclusion, Rule, Theme,
    version::{Step, VersionStep, judge_version},
};
use crate::text::{Language, fold, plain, tokens};

/// What changed from one codebook to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Changes of the head.
    pub head: Vec<FieldChange>,
    /// Themes, then codes, in the order of the new file, removed ones last; those that did not change are left out.
    pub items: Vec<ItemChange>,
    /// The versions.
    pub version: VersionStep,
}

/// What happened to a theme or code as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Only the new file has it.
    Added,
    /// Only the old file has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

/// A theme or code that is not in both files as it is in the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// `theme` or `code`.
    pub kind: &'static str,
    /// Id.
    pub id: String,
    /// Words for it, in the new file if it is there.
    pub label: String,
    /// What happened to it.
    pub what: What,
    /// How much it matters.
    pub step: Step,
    /// What is not the same; empty when it was added or removed.
    pub fields: Vec<FieldChange>,
    /// Of a code that came or went: where its rules were, or are now. They tell a merger, a split or another id.
    pub kin: Vec<Kin>,
}

/// A key that is not the same. Of lists each line is a change of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The key, in the singular for lists.
    pub field: &'static str,
    /// How much it matters.
    pub step: Step,
    /// What the old file says.
    pub old: Option<String>,
    /// What the new file says.
    pub new: Option<String>,
}

/// A code that has rules of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kin {
    /// Its id.
    pub code: String,
    /// How many of the rules it has.
    pub rules: usize,
    /// Of how many.
    pub of: usize,
}

/// Compares two codebooks.
pub fn compare(old: &Codebook, new: &Codebook) -> Comparison {
    let mut items: Vec<ItemChange> = Vec::new();
    for theme in &new.themes {
        match old.themes.iter().find(|before| before.id == theme.id) {
            Some(before) => {
                items.extend(changed("theme", theme.id.as_str(), &theme.label, theme_fields(before, theme)));
            }
            None => items.push(whole("theme", theme.id.as_str(), &theme.label, What::Added)),
        }
    }
    for theme in old.themes.iter().filter(|theme| new.themes.iter().all(|other| other.id != theme.id)) {
        items.push(whole("theme", theme.id.as_str(), &theme.label, What::Removed));
    }
    for code in &new.codes {
        match old.code(&code.id) {
            Some(before) => items.extend(changed("code", code.id.as_str(), &code.label, code_fields(before, code))),
            None => {
                let kin = kin(code, old, new);
                items.push(ItemChange { kin, ..whole("code", code.id.as_str(), &code.label, What::Added) });
            }
        }
    }
    for code in old.codes.iter().filter(|code| new.code(&code.id).is_none()) {
        let kin = kin(code, new, old);
        items.push(ItemChange { kin, ..whole("code", code.id.as_str(), &code.label, What::Removed) });
    }
    let head = head_fields(old, new);
    let steps = head.iter().map(|field| field.step).chain(items.iter().map(|item| item.step));
    let deserved = steps.max().unwrap_or_default();
    Comparison { head, items, version: judge_version(&old.version, &new.version, deserved) }
}

fn whole(kind: &'static str, id: &str, label: &str, what: What) -> ItemChange {
    let step = if what == What::Removed { Step::Major } else { Step::Minor };
    ItemChange { kind, id: id.to_owned(), label: label.to_owned(), what, step, fields: Vec::new(), kin: Vec::new() }
}

fn changed(kind: &'static str, id: &str, label: &str, fields: Vec<FieldChange>) -> Option<ItemChange> {
    let step = fields.iter().map(|field| field.step).max()?;
    Some(ItemChange { step, fields, ..whole(kind, id, label, What::Changed) })
}

/// Returns the codes of another codebook that have rules of a code, and that did not have them in its own.
fn kin(code: &Code, other: &Codebook, own: &Codebook) -> Vec<Kin> {
    let has = |code: &Code, text: &str| code.rules.iter().any(|rule| rule.text == text);
    let shared = |candidate: &&Code| {
        let before = own.code(&candidate.id);
        let new_there = |rule: &&Rule| has(candidate, &rule.text) && before.is_none_or(|same| !has(same, &rule.text));
        code.rules.iter().filter(new_there).count()
    };
    let candidates = other.codes.iter().map(|candidate| (candidate, shared(&candidate)));
    let kin = |(candidate, rules): (&Code, usize)| Kin { code: candidate.id.to_string(), rules, of: code.rules.len() };
    candidates.filter(|(_, rules)| *rules > 0).map(kin).collect()
}

/// Collects what is not the same.
#[derive(Default)]
struct Fields(Vec<FieldChange>);

impl Fields {
    fn value(&mut self, field: &'static str, step: Step, old: Option<String>, new: Option<String>) {
        if old != new {
            self.0.push(FieldChange { field, step, old, new });
        }
    }

    /// A text that says what is coded: other words are another meaning, another comma is not.
    fn meaning(&mut self, field: &'static str, old: Option<&String>, new: Option<&String>) {
        let words = |text: Option<&String>| text.map(|text| words_of(text)).unwrap_or_default();
        let step = if words(old) == words(new) { Step::Patch } else { Step::Major };
        self.value(field, step, old.cloned(), new.cloned());
    }

    /// A list whose order does not matter.
    fn list(&mut self, field: &'static str, step: Step, old: Vec<String>, new: Vec<String>) {
        let gone = old.iter().filter(|one| !new.contains(one)).cloned();
        let come = new.iter().filter(|one| !old.contains(one)).cloned();
        self.0.extend(gone.map(|one| FieldChange { field, step, old: Some(one), new: None }));
        self.0.extend(come.map(|one| FieldChange { field, step, old: None, new: Some(one) }));
    }

    /// Expressions; one that is written otherwise and means the same is a matter of words.
    fn rules(&mut self, field: &'static str, old: &[Rule], new: &[Rule]) {
        let has = |rules: &[Rule], text: &str| rules.iter().any(|rule| rule.text == text);
        let gone: Vec<&Rule> = old.iter().filter(|rule| !has(new, &rule.text)).collect();
        let mut come: Vec<&Rule> = new.iter().filter(|rule| !has(old, &rule.text)).collect();
        for rule in gone {
            let same = come.iter().position(|other| other.expr == rule.expr).map(|at| come.remove(at));
            let step = if same.is_some() { Step::Patch } else { Step::Minor };
            let new = same.map(|same| same.text.clone());
            self.0.push(FieldChange { field, step, old: Some(rule.text.clone()), new });
        }
        let added = |rule: &Rule| FieldChange { field, step: Step::Minor, old: None, new: Some(rule.text.clone()) };
        self.0.extend(come.into_iter().map(added));
    }
}

fn words_of(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| fold(&plain(token.of(text))).into_owned()).collect()
}

fn head_fields(old: &Codebook, new: &Codebook) -> Vec<FieldChange> {
    let mut fields = Fields::default();
    let languages = |codebook: &Codebook| {
        let codes: Vec<&str> = codebook.languages.iter().map(Language::code).collect();
        Some(codes.join(", "))
    };
    let yes = |flag: bool| Some(flag.to_string());
    fields.value("id", Step::Patch, Some(old.id.clone()), Some(new.id.clone()));
    fields.value("title", Step::Patch, Some(old.title.clone()), Some(new.title.clone()));
    let approach = |codebook: &Codebook| Some(codebook.approach.word().to_owned());
    fields.value("approach", Step::Minor, approach(old), approach(new));
    fields.value("languages", Step::Minor, languages(old), languages(new));
    // What it means for a code is a change of that code.
    fields.value("unit", Step::Patch, Some(old.unit.word().to_owned()), Some(new.unit.word().to_owned()));
    fields.value("leading_wildcards", Step::Patch, yes(old.leading_wildcards), yes(new.leading_wildcards));
    fields.0
}

fn theme_fields(old: &Theme, new: &Theme) -> Vec<FieldChange> {
    let mut fields = Fields::default();
    fields.value("label", Step::Patch, Some(old.label.clone()), Some(new.label.clone()));
    fields.meaning("concept", old.concept.as_ref(), new.concept.as_ref());
    fields.meaning("not_this", old.not_this.as_ref(), new.not_this.as_ref());
    fields.0
}

fn code_fields(old: &Code, new: &Code) -> Vec<FieldChange> {
    use super::CodeStatus::Retired;
    let mut fields = Fields::default();
    let id = |id: &Option<crate::id::CodeId>| id.as_ref().map(ToString::to_string);
    let theme = |code: &Code| code.theme.as_ref().map(ToString::to_string);
    fields.value("label", Step::Patch, Some(old.label.clone()), Some(new.label.clone()));
    fields.value("theme", Step::Minor, theme(old), theme(new));
    fields.value("parent", Step::Minor, id(&old.parent), id(&new.parent));
    let retired = new.status == Retired && old.status != Retired;
    let (was, is) = (old.status.word().to_owned(), new.status.word().to_owned());
    fields.value("status", if retired { Step::Major } else { Step::Minor }, Some(was), Some(is));
    fields.value("short", Step::Patch, old.short.clone(), new.short.clone());
    fields.meaning("definition", old.definition.as_ref(), new.definition.as_ref());
    fields.list("include", Step::Major, old.include.clone(), new.include.clone());
    fields.list("exclude", Step::Major, exclusions(&old.exclude), exclusions(&new.exclude));
    fields.rules("rule", &old.rules, &new.rules);
    fields.rules("except", &old.except, &new.except);
    fields.value("unit", Step::Major, Some(old.unit.word().to_owned()), Some(new.unit.word().to_owned()));
    fields.value("within", Step::Minor, Some(old.within.word().to_owned()), Some(new.within.word().to_owned()));
    fields.value("negation", Step::Minor, Some(old.negation.word().to_owned()), Some(new.negation.word().to_owned()));
    fields.value("aggregate", Step::Minor, Some(old.aggregate.to_string()), Some(new.aggregate.to_string()));
    fields.list("example", Step::Minor, examples(old), examples(new));
    let origin = |code: &Code| code.origin.map(|origin| origin.word().to_owned());
    fields.value("origin", Step::Patch, origin(old), origin(new));
    fields.value("since", Step::Patch, old.since.clone(), new.since.clone());
    fields.value("source", Step::Patch, old.source.clone(), new.source.clone());
    fields.value("color", Step::Patch, old.color.clone(), new.color.clone());
    let related = |code: &Code| code.related.iter().map(ToString::to_string).collect();
    fields.list("related", Step::Patch, related(old), related(new));
    fields.list("memo", Step::Patch, old.memo.clone(), new.memo.clone());
    fields.0
}

fn exclusions(exclude: &[Exclusion]) -> Vec<String> {
    let instead = |one: &Exclusion| one.instead.as_ref().map(|id| format!(" → {id}")).unwrap_or_default();
    exclude.iter().map(|one| format!("{}{}", one.text, instead(one))).collect()
}

fn examples(code: &Code) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let line = |example: &super::Example| {
        let instead = example.instead.as_ref().map(|id| format!(" → {id}")).unwrap_or_default();
        format!("{}{instead}: {}", example.kind.word(), example.text)
    };
    code.examples.iter().map(line).filter(|line| seen.insert(line.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "[codebook]\nid = \"x\"\nversion = \"1.0.0\"\n[[theme]]\nid = \"t\"\n[[code]]\nid = \"a\"\ntheme = \"t\"\n\
                       definition = \"Fear, and flight.\"\nrules = [\"afraid\", \"run AND away\"]\n[[code]]\nid = \"b\"\n\
                       rules = [\"one\", \"two\"]\n";

    fn compared(change: impl Fn(&str) -> String) -> Comparison {
        let read = |source: &str| crate::codebook::read(source).unwrap().0;
        compare(&read(OLD), &read(&change(OLD)))
    }

    fn steps(comparison: &Comparison) -> Vec<(&str, What, Step)> {
        comparison.items.iter().map(|item| (item.id.as_str(), item.what, item.step)).collect()
    }

    #[test]
    fn the_same_file_deserves_nothing() {
        let same = compared(str::to_owned);
        assert!(same.items.is_empty() && same.head.is_empty());
        assert_eq!(same.version.deserved, Step::None);
    }

    #[test]
    fn words_of_a_definition_matter_and_commas_do_not() {
        let comma = compared(|old| old.replace("Fear, and flight.", "fear and flight"));
        assert_eq!(steps(&comma), [("a", What::Changed, Step::Patch)]);
        let word = compared(|old| old.replace("and flight", "or flight"));
        assert_eq!(steps(&word), [("a", What::Changed, Step::Major)]);
    }

    #[test]
    fn a_rule_written_otherwise_is_the_same_rule() {
        let spaced = compared(|old| old.replace("run AND away", "run  AND (away)"));
        assert_eq!(steps(&spaced), [("a", What::Changed, Step::Patch)]);
        let other = compared(|old| old.replace("run AND away", "run NOT away"));
        assert_eq!(steps(&other), [("a", What::Changed, Step::Minor)]);
        assert_eq!(other.items[0].fields.len(), 2);
    }

    #[test]
    fn a_code_that_goes_says_where_its_rules_are() {
        let merged = compared(|old| {
            let kept = old.split("[[code]]\nid = \"b\"").next().unwrap().to_owned();
            kept.replace("\"afraid\"", "\"afraid\", \"two\"")
        });
        assert_eq!(steps(&merged), [("a", What::Changed, Step::Minor), ("b", What::Removed, Step::Major)]);
        assert_eq!(merged.items[1].kin, [Kin { code: "a".to_owned(), rules: 1, of: 2 }]);
        let renamed = compared(|old| old.replace("id = \"b\"", "id = \"c\""));
        assert_eq!(steps(&renamed), [("c", What::Added, Step::Minor), ("b", What::Removed, Step::Major)]);
        assert_eq!(renamed.items[0].kin, [Kin { code: "b".to_owned(), rules: 2, of: 2 }]);
    }

    #[test]
    fn a_unit_of_the_head_changes_its_codes() {
        let units = compared(|old| old.replace("version = \"1.0.0\"", "version = \"1.1.0\"\nunit = \"entry\""));
        assert_eq!(steps(&units), [("a", What::Changed, Step::Major), ("b", What::Changed, Step::Major)]);
        assert_eq!(units.version.next.as_deref(), Some("2.0.0"));
        assert_eq!(units.version.verdict, crate::codebook::Verdict::TooSmall);
    }
}
