//! What shows only among the entries of a study: rules that find everything or nothing, codes that are always together.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    codebook::{Code, Codebook, Rule, RuleUnit},
    diagnostic::Diagnostic,
    table::{Unit, counted},
    workflow::{Fresh, Progress, WorkflowError, Workspace, fresh::fresh_for},
};

/// A share of fewer units than these says little.
const FEWEST_UNITS: u64 = 20;
/// A rule that matches more of its units than this, in percent, tells nothing apart.
const NEARLY_ALL: u64 = 95;
/// Codes that are together in fewer sentences than these may be so by chance.
const FEWEST_SENTENCES: usize = 5;

/// Units by number of the entry and place in it.
type Places = BTreeSet<(u32, u32)>;

/// Looks at what the rules of a codebook find in a study; `each` names every rule that finds nothing.
pub(super) fn lint_study(
    workspace: &Workspace,
    codebook: Codebook,
    each: bool,
    progress: &dyn Progress,
) -> Result<Vec<Diagnostic>, WorkflowError> {
    let fresh = fresh_for(workspace, codebook, Vec::new(), false, progress)?;
    if fresh.heads.is_empty() {
        return Ok(Vec::new());
    }
    let codes: Vec<u32> = (0_u32..).zip(&fresh.codebook.codes).map(|(index, _)| index).collect();
    let mut by_rule: BTreeMap<(u32, u32), Places> = BTreeMap::new();
    let mut by_code: BTreeMap<u32, Places> = BTreeMap::new();
    for one in fresh.suggested.select(&codes, |_, _| true)? {
        let code = fresh.codebook.codes.get(one.code as usize);
        let (from, to) = match code.map(|code| code.unit) {
            Some(RuleUnit::Entry) => (0, 1),
            Some(RuleUnit::Paragraph) => one.paragraphs,
            _ => one.sentences,
        };
        by_rule.entry((one.code, one.rule)).or_default().extend((from..to).map(|at| (one.entry, at)));
        let sentences = one.sentences.0..one.sentences.1;
        by_code.entry(one.code).or_default().extend(sentences.map(|at| (one.entry, at)));
    }
    let mut findings = everywhere(&fresh, &by_rule)?;
    findings.extend(nowhere(&fresh, &by_rule, each));
    findings.extend(together(&fresh.codebook, &by_code));
    Ok(findings)
}

fn everywhere(fresh: &Fresh, by_rule: &BTreeMap<(u32, u32), Places>) -> Result<Vec<Diagnostic>, WorkflowError> {
    let [sentences, paragraphs, _] = fresh.units.sums()?;
    let mut findings = Vec::new();
    for ((code, rule), places) in by_rule {
        let Some((code, rule)) = rule_of(&fresh.codebook, *code, *rule) else { continue };
        let (unit, total) = match code.unit {
            RuleUnit::Entry => (Unit::Entry, fresh.heads.len() as u64),
            RuleUnit::Paragraph => (Unit::Paragraph, paragraphs),
            RuleUnit::Sentence | RuleUnit::Hit => (Unit::Sentence, sentences),
        };
        let n = places.len() as u64;
        if total >= FEWEST_UNITS && n * 100 > total * NEARLY_ALL {
            let message = format!("this rule matches {n} of {total} {}", unit.word(total));
            let note = Diagnostic::note(message, Some(rule.span.clone())).named("matches-nearly-all");
            findings.push(note.hint("a code that is nearly everywhere tells nothing apart; make the rule narrower"));
        }
    }
    Ok(findings)
}

fn nowhere(fresh: &Fresh, by_rule: &BTreeMap<(u32, u32), Places>, each: bool) -> Vec<Diagnostic> {
    let mut silent: Vec<&Rule> = Vec::new();
    let mut all = 0;
    for code in fresh.codebook.running() {
        let index = fresh.codebook.codes.iter().position(|other| other.id == code.id).unwrap_or_default();
        for (number, rule) in code.rules.iter().enumerate() {
            let key = (u32::try_from(index).unwrap_or(u32::MAX), u32::try_from(number).unwrap_or(u32::MAX));
            all += 1;
            silent.extend((!by_rule.contains_key(&key)).then_some(rule));
        }
    }
    let entries = counted(fresh.heads.len(), "entry", "entries");
    if silent.is_empty() {
        return Vec::new();
    }
    if each {
        let note = |rule: &&Rule| {
            let message = format!("this rule finds nothing in the study's {entries}");
            Diagnostic::note(message, Some(rule.span.clone())).named("finds-nothing")
        };
        return silent.iter().map(note).collect();
    }
    let message =
        format!("{} of {} find nothing in the study's {entries}", silent.len(), counted(all, "rule", "rules"));
    let note = Diagnostic::note(message, None).named("finds-nothing");
    vec![note.hint("themata codebook check --notes names them")]
}

fn together(codebook: &Codebook, by_code: &BTreeMap<u32, Places>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (index, places) in by_code.iter().filter(|(_, places)| places.len() >= FEWEST_SENTENCES) {
        let others = by_code.range(..index).filter(|(_, other)| *other == places);
        for (other, _) in others {
            let of = |index: u32| codebook.codes.get(index as usize);
            let (Some(code), Some(other)) = (of(*index), of(*other)) else { continue };
            let message = format!(
                "codes `{}` and `{}` stand in the same {} sentences and in no other",
                other.id,
                code.id,
                places.len()
            );
            let note = Diagnostic::note(message, Some(code.span.clone())).named("always-together");
            findings.push(note.hint("they may be one code, or one of them needs narrower rules"));
        }
    }
    findings
}

fn rule_of(codebook: &Codebook, code: u32, rule: u32) -> Option<(&Code, &Rule)> {
    let code = codebook.codes.get(code as usize)?;
    Some((code, code.rules.get(rule as usize)?))
}
