//! Tests of what is certain; `tests/certain.rs` tries it on random texts.

use super::*;
use crate::query::parse_rule;

fn expr(text: &str) -> Expr {
    parse_rule(text, true).unwrap()
}

fn english() -> Certain {
    Certain::of(&[Language::English])
}

#[test]
fn narrower_expressions_imply_wider_ones() {
    let wider = [
        ("good lawyer", "lawyer"),
        ("lawyers", "lawyer"),
        ("\"immigrant\"", "immigra*"),
        ("=ICE", "\"ice\""),
        ("immigran*", "immigra*"),
        ("c?ld*", "c*d*"),
        ("lawyer AND judge", "judge"),
        ("lawyer NEAR/3 judge", "judge NEAR/4 lawyer"),
        ("lawyer THEN/3 judge", "judge NEAR/3 lawyer"),
        ("lawyer NOT judge", "lawyer"),
        ("lawyer NOT judge", "lawyer NOT good judge"),
        ("good (lawyer | attorney)", "lawyer | attorney"),
        ("(his | her) (good | bad) lawyer", "(good | bad) lawyer"),
        ("good lawyer", "good AND lawyer"),
        ("documentation", "document"),
    ];
    for (narrow, wide) in wider {
        assert!(english().implies(&expr(narrow), &expr(wide)), "{narrow} ⇒ {wide}");
        assert!(english().implies(&expr(&format!("{narrow} | x")), &expr(&format!("x | {wide}"))), "{narrow} ⇒ {wide}");
    }
}

#[test]
fn what_is_not_certain_is_denied() {
    let apart = [
        ("lawyer", "good lawyer"),
        ("immigrant", "immigra*"),
        ("immigra*", "\"immigrant\""),
        ("\"ice\"", "=ICE"),
        ("c*d", "c?d"),
        ("lawyer | judge", "judge"),
        ("lawyer NEAR/4 judge", "lawyer NEAR/3 judge"),
        ("lawyer NEAR/3 judge", "lawyer THEN/3 judge"),
        ("lawyer NOT good judge", "lawyer NOT judge"),
        ("good (lawyer | attorney)", "lawyer"),
        ("(good | bad) lawyer", "(good) lawyer"),
        ("/law/", "/la/"),
    ];
    for (b, a) in apart {
        assert!(!english().implies(&expr(b), &expr(a)), "{b} ⇏ {a}");
    }
    let both = Certain::of(&[Language::English, Language::HaitianCreole]);
    assert!(!both.implies(&expr("documentation"), &expr("document")), "Creole knows no such stem");
}

#[test]
fn expressions_that_match_nothing_are_seen() {
    for nothing in ["lawyer NOT lawyer", "good lawyer NOT lawyers", "judge AND (a NOT a)", "l'asil*", "good l'asil*"] {
        assert!(english().never(&expr(nothing)), "{nothing}");
    }
    for something in ["lawyer NOT good lawyer", "lawyer NEAR/1 lawyer", "don't*", "asil*", "a | (a NOT a)"] {
        assert!(!english().never(&expr(something)), "{something}");
    }
}

#[test]
fn exceptions_can_take_everything_away() {
    let taken = |rule: &str, except: &str| english().taken_away(&expr(rule), &expr(except));
    assert!(taken("good lawyer", "lawyer") && taken("judge AND good lawyer", "x | lawyer") && taken("/a+b/", "/a+b/"));
    assert!(
        !taken("lawyer", "good lawyer") && !taken("lawyer | judge", "judge") && !taken("lawyer", "lawyer AND judge")
    );
}
