//! The worked example, whole: every code renamed, split and merged.

use proptest::prelude::*;

use super::*;
use crate::codebook::{Code, Codebook};

const NAVIGATOR: &str = include_str!("../../../../codebooks/navigator.toml");

fn navigator() -> Codebook {
    read(NAVIGATOR).unwrap().0
}

#[test]
fn renaming_there_and_back_changes_nothing_but_the_log() {
    for code in navigator().codes {
        let there = edited(NAVIGATOR, &rename_to(code.id.as_str(), "another-name"));
        assert!(there.warnings.is_empty());
        assert!(read(&there.text).unwrap().0.code(&code.id).is_none());
        let back = edited(&there.text, &rename_to("another-name", code.id.as_str())).text;
        let log = back.split("[[change]]\nversion = \"2.0.0\"").nth(1).unwrap();
        assert!(log.contains("version = \"3.0.0\""));
        let rest = back.split("\n[[change]]\nversion = \"2.0.0\"").next().unwrap();
        assert_eq!(rest.replace("version = \"3.0.0\"", "version = \"1.0.0\""), NAVIGATOR);
    }
}

#[test]
fn every_code_of_the_worked_example_can_be_split() {
    for code in navigator().codes {
        for rules in [vec![0], (0..code.rules.len()).step_by(2).collect(), (0..code.rules.len()).collect()] {
            let after = read(&edited(NAVIGATOR, &split(code.id.as_str(), "new", &rules)).text).unwrap().0;
            let (old, new) = (after.code(&code.id).unwrap(), after.code(&id("new")).unwrap());
            let texts = |code: &Code| code.rules.iter().map(|rule| rule.text.clone()).collect::<Vec<_>>();
            let chosen = |at: &usize| rules.contains(at);
            let all = || texts(&code).into_iter().enumerate();
            assert_eq!(texts(new), all().filter(|(at, _)| chosen(at)).map(|(_, rule)| rule).collect::<Vec<_>>());
            assert_eq!(texts(old), all().filter(|(at, _)| !chosen(at)).map(|(_, rule)| rule).collect::<Vec<_>>());
            assert_eq!(after.theme_of(old), after.theme_of(new));
            assert_eq!(
                (new.unit, new.within, new.negation, new.except.len()),
                (old.unit, old.within, old.negation, old.except.len())
            );
        }
    }
}

/// One pair in so many is tried: all of them together take half a minute.
const PAIRS: usize = 7;

#[test]
fn any_two_codes_of_the_worked_example_can_be_merged() {
    let codebook = navigator();
    for from in &codebook.codes {
        for into in codebook.codes.iter().filter(|into| into.id != from.id).step_by(PAIRS) {
            let merged = edit(NAVIGATOR, &merge(from.id.as_str(), into.id.as_str()), &note());
            if codebook.above(into).any(|above| above.id == from.id) {
                assert!(matches!(merged, Err(EditError::Below { .. })));
                continue;
            }
            let after = read(&merged.unwrap().text).unwrap().0;
            assert!(after.code(&from.id).is_none());
            let has = |text: &str| after.code(&into.id).unwrap().rules.iter().any(|rule| rule.text == text);
            assert!(from.rules.iter().chain(&into.rules).all(|rule| has(&rule.text)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Remarks are put everywhere but into what goes: the block of the one code and what tells it apart in the other's.
    #[test]
    fn comments_outside_the_removed_block_stay_in_order(from in 0_usize..16, into in 0_usize..16, each in 1_usize..9) {
        let codebook = navigator();
        let (from, into) = (&codebook.codes[from], &codebook.codes[into]);
        let (mut source, mut own, mut other, mut examples) = (String::new(), false, false, false);
        for (at, line) in NAVIGATOR.lines().enumerate() {
            let here = |code: &Code| line == format!("id = \"{}\"", code.id);
            (own, other) = (!line.is_empty() && (own || here(from)), !line.is_empty() && (other || here(into)));
            let apart = other && (line == "[[code.example]]" || examples || line.contains(&format!("use = \"{}\"", from.id)));
            examples = other && (examples || line == "[[code.example]]");
            if at % each == 0 && !own && !apart && !line.is_empty() && line != "[[code]]" {
                source.push_str(&format!("# remark {at}\n"));
            }
            source.push_str(&format!("{line}\n"));
        }
        let Ok(merged) = edit(&source, &merge(from.id.as_str(), into.id.as_str()), &note()) else {
            prop_assert!(from.id == into.id || codebook.above(into).any(|above| above.id == from.id));
            return Ok(());
        };
        let kept: Vec<&str> = comments(&source).collect();
        prop_assert_eq!(kept, comments(&merged.text).collect::<Vec<_>>());
    }
}
