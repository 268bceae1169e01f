//! One code goes into another: its rules, examples and cases, and every mention of it.

use std::collections::BTreeSet;

use toml_edit::{Table, TableLike};

use super::{
    EditError,
    document::{Draft, LogEntry},
    references::redirect,
    tables::{change_list, drop_tables, move_tables, move_texts, tables, text},
};
use crate::{
    codebook::{Code, CodeStatus, ExampleKind},
    id::CodeId,
};

/// Merges a code into another one.
pub(super) fn merge<'n>(draft: &mut Draft<'_>, from: &'n CodeId, into: &CodeId) -> Result<LogEntry<'n>, EditError> {
    let (gone, kept) = (draft.known(from)?, draft.known(into)?);
    if from == into {
        return Err(EditError::Itself(from.clone()));
    }
    if draft.before.above(kept).any(|above| above.id == *from) {
        return Err(EditError::Below { from: from.clone(), into: into.clone() });
    }
    warn_of_differences(draft, gone, kept);
    move_those_below(draft, gone, kept)?;
    let mut block = draft.remove(from)?;
    let mut told = Vec::new();
    let (_, target) = draft.table(into)?;
    drop_mentions(&mut block, into, &mut told);
    drop_mentions(target, from, &mut told);
    drop_contradictions(&mut block, target, &mut told);
    drop_doubles(&mut block, target);
    for key in ["include", "rules", "except", "related", "memo"] {
        move_texts(&mut block, target, key);
    }
    move_tables(&mut block, target, "exclude");
    move_tables(&mut block, target, "example");
    draft.warnings.extend(told);
    for code in draft.codes.iter_mut() {
        redirect(code, from.as_str(), into.as_str());
    }
    Ok(LogEntry { code: from, action: "merge", what: format!("merged into {into}"), recode: true })
}

/// Rules that go to a code of another unit suggest something else; that may be meant.
fn warn_of_differences(draft: &mut Draft<'_>, gone: &Code, kept: &Code) {
    let (from, into) = (&gone.id, &kept.id);
    let keys = [
        ("unit", gone.unit.word(), kept.unit.word()),
        ("within", gone.within.word(), kept.within.word()),
        ("negation", gone.negation.word(), kept.negation.word()),
    ];
    for (key, was, is) in keys.into_iter().filter(|(_, was, is)| was != is && !gone.rules.is_empty()) {
        let message = format!("the rules of `{from}` had {key} = \"{was}\"; under `{into}` it is \"{is}\"");
        draft.warnings.push(message);
    }
    let retired = |code: &Code| code.status == CodeStatus::Retired;
    if retired(gone) && !retired(kept) && !gone.rules.is_empty() {
        draft.warnings.push(format!("`{from}` was retired; its rules suggest again, for `{into}`"));
    } else if retired(kept) && !retired(gone) {
        draft.warnings.push(format!("`{into}` is retired; what `{from}` found is no longer suggested"));
    }
    let new = |own: &Code, other: &Code| {
        let known: BTreeSet<&str> = other.except.iter().map(|rule| rule.text.as_str()).collect();
        !other.rules.is_empty() && own.except.iter().any(|rule| !known.contains(rule.text.as_str()))
    };
    if new(gone, kept) || new(kept, gone) {
        draft.warnings.push(format!("`except` of `{from}` and `{into}` now holds for the rules of both"));
    }
}

/// The codes below the one that goes come under the other one's theme, which must then not be said otherwise.
fn move_those_below(draft: &mut Draft<'_>, gone: &Code, kept: &Code) -> Result<(), EditError> {
    let codebook = draft.before;
    let (was, is) = (codebook.theme_of(gone), codebook.theme_of(kept));
    let below: Vec<&Code> =
        codebook.codes.iter().filter(|code| codebook.above(code).any(|above| above.id == gone.id)).collect();
    if was == is || below.is_empty() {
        return Ok(());
    }
    for code in &below {
        if is.is_some() && code.theme.as_ref() != is.map(|theme| &theme.id) {
            draft.table(&code.id)?.1.remove("theme");
        }
    }
    let names: Vec<String> = below.iter().map(|code| format!("`{}`", code.id)).collect();
    let theme = is.map_or_else(|| "no theme that is inherited".to_owned(), |theme| format!("theme `{}`", theme.id));
    draft.warnings.push(format!("below `{}` come under {theme}: {}", gone.id, names.join(", ")));
    Ok(())
}

/// Two codes that are one cannot be told apart any more: what did so goes.
fn drop_mentions(code: &mut Table, other: &CodeId, told: &mut Vec<String>) {
    let names = |table: &dyn TableLike| text(table, "use") == Some(other.as_str());
    drop_tables(code, "exclude", names);
    drop_tables(code, "example", |example| {
        let dropped = names(example);
        if dropped {
            told.push(format!("an example that told the two codes apart is gone: “{}”", words(example)));
        }
        dropped
    });
    change_list(code, "related", |list| !list.take(|_, value| value.as_str() == Some(other.as_str())).is_empty());
}

/// A text that one of the codes must find cannot be one that the other must not find.
fn drop_contradictions(block: &mut Table, target: &mut Table, told: &mut Vec<String>) {
    let not_found = |example: &dyn TableLike| text(example, "kind") == Some(ExampleKind::CloseButNo.word());
    let found = |code: &Table| -> BTreeSet<String> {
        let examples = tables(code, "example").into_iter();
        examples.filter(|example| !not_found(*example)).map(words).collect()
    };
    let (by_target, by_block) = (found(target), found(block));
    for (code, other) in [(by_target, block), (by_block, target)] {
        drop_tables(other, "example", |example| {
            let dropped = not_found(example) && code.contains(&words(example));
            if dropped {
                told.push(format!("an example that the other code must find is gone: “{}”", words(example)));
            }
            dropped
        });
    }
}

/// What both codes say is said once.
fn drop_doubles(block: &mut Table, target: &Table) {
    for key in ["exclude", "example"] {
        let known: BTreeSet<String> = tables(target, key).into_iter().map(words).collect();
        drop_tables(block, key, |table| known.contains(&words(table)));
    }
}

fn words(table: &dyn TableLike) -> String {
    text(table, "text").unwrap_or_default().to_owned()
}
