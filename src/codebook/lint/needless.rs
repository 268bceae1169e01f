//! Rules and alternatives that add nothing to the others of their code.
//!
//! A rule adds nothing when every segment that it suggests is suggested by another rule, whatever the text.

use super::{in_line, quoted, rules::alternatives};
use crate::{
    codebook::{Code, Negation, RuleUnit, Within},
    diagnostic::Diagnostic,
    query::{Certain, Expr},
};

/// One alternative of a rule.
struct Part<'c> {
    rule: usize,
    expr: &'c Expr,
}

pub(super) fn look(source: &str, code: &Code, certain: &Certain, findings: &mut Vec<Diagnostic>) {
    let mut gone = vec![false; code.rules.len()];
    for (at, rule) in code.rules.iter().enumerate() {
        let Some(first) = code.rules.iter().take(at).find(|other| other.expr == rule.expr) else { continue };
        let message = format!(
            "this rule stands twice in code `{}`: {} is the same",
            code.id,
            in_line(source, &first.text, first)
        );
        let finding = Diagnostic::warning(message, Some(rule.span.clone())).named("duplicate-rule");
        findings.push(finding.hint("take one of them out"));
        gone[at] = true;
    }
    let all: Vec<Part<'_>> = code
        .rules
        .iter()
        .enumerate()
        .filter(|(rule, _)| !gone[*rule])
        .flat_map(|(rule, of)| alternatives(&of.expr).into_iter().map(move |expr| Part { rule, expr }))
        .collect();
    let mut needless = vec![None; all.len()];
    // From the end, and against what stays: of two that say the same, the first stays.
    for at in (0..all.len()).rev() {
        needless[at] = (0..all.len())
            .filter(|other| *other != at && needless[*other].is_none())
            .find(|other| adds_nothing(code, all[at].expr, all[*other].expr, certain));
    }
    for (rule, of) in code.rules.iter().enumerate().filter(|(rule, _)| !gone[*rule]) {
        let own: Vec<usize> = (0..all.len()).filter(|at| all[*at].rule == rule).collect();
        let covered: Vec<(usize, usize)> =
            own.iter().filter_map(|at| needless[*at].map(|other| (*at, other))).collect();
        let Some((part, by)) = covered.first() else { continue };
        let whole = covered.len() == own.len();
        let by_rule = &code.rules[all[*by].rule];
        let words = all[*by].expr.to_string();
        let wider = if all[*by].rule == rule { quoted(&words) } else { in_line(source, &words, by_rule) };
        let more = if covered.len() > 1 { format!(" (and {} more)", covered.len() - 1) } else { String::new() };
        let (name, what) = if whole {
            ("subsumed-rule", "this rule adds no segment".to_owned())
        } else {
            ("subsumed-alternative", format!("{} adds no segment here{more}", quoted(&all[*part].expr.to_string())))
        };
        let message = format!("{what}: {wider} finds it all");
        findings.push(Diagnostic::note(message, Some(of.span.clone())).named(name));
    }
}

/// Tells whether every segment that `b` suggests is suggested by `a`.
fn adds_nothing(code: &Code, b: &Expr, a: &Expr, certain: &Certain) -> bool {
    // A segment is the very words, or may be left out because of the words before it.
    if code.unit == RuleUnit::Hit || code.negation == Negation::Block {
        return certain.same_words(b, a);
    }
    let stretch_in_unit = match code.unit {
        RuleUnit::Entry => true,
        RuleUnit::Paragraph => code.within != Within::Entry,
        RuleUnit::Sentence | RuleUnit::Hit => code.within == Within::Sentence,
    };
    // In a stretch of several units, only words one after the other are sure to lie in one of them.
    (stretch_in_unit || matches!(b, Expr::Row(_)) || b == a) && certain.implies(b, a)
}
