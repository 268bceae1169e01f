//! Rules of a code go to a new one that stands right behind it.

use std::collections::BTreeSet;

use toml_edit::{Decor, Item, Table, value};

use super::{
    EditError,
    document::{Draft, LogEntry},
    lists::List,
    names::check_new,
    tables::{change_list, insert, last_position},
};
use crate::{codebook::Origin, id::CodeId};

/// What the new code has in common with the old one.
const SHARED: &[&str] = &["theme", "parent", "origin", "except", "negation", "unit", "within", "status"];

/// Splits a code.
pub(super) fn split<'n>(
    draft: &mut Draft<'_>,
    from: &'n CodeId,
    new: &CodeId,
    label: &str,
    rules: &[usize],
) -> Result<LogEntry<'n>, EditError> {
    let code = draft.known(from)?;
    check_new(draft.before, new, None)?;
    let chosen: BTreeSet<usize> = rules.iter().copied().collect();
    if let Some(rule) = chosen.iter().copied().find(|rule| *rule >= code.rules.len()) {
        return Err(EditError::NoSuchRule { code: from.clone(), rule, rules: code.rules.len() });
    }
    let version = draft.version.clone();
    let (at, old) = draft.table(from)?;
    let mut block = Table::new();
    block.insert("id", value(new.as_str()));
    for (key, item) in old.iter().filter(|(key, _)| SHARED.contains(key)) {
        if let Some(shared) = item.as_value() {
            insert(&mut block, key, without_comments(shared));
        }
    }
    insert(&mut block, "label", value(label));
    if code.origin.is_none() {
        insert(&mut block, "origin", value(Origin::Inductive.word()));
    }
    if code.since.is_some() {
        insert(&mut block, "since", value(version));
    }
    change_list(old, "rules", |list| {
        let taken = list.take(|at, _| chosen.contains(&at));
        let mut moved = List::default();
        moved.lay_out_like(list);
        let changed = !taken.is_empty();
        taken.into_iter().for_each(|entry| moved.append(entry));
        if changed {
            insert(&mut block, "rules", Item::Value(moved.into_value(Decor::default())));
        }
        changed
    });
    block.set_position(Some(last_position(old)));
    draft.codes.insert(at + 1, block);
    Ok(LogEntry { code: from, action: "split", what: format!("split, new code {new}"), recode: true })
}

/// A remark stays with the code it was written for.
fn without_comments(shared: &toml_edit::Value) -> Item {
    let mut copy = if shared.is_array() {
        let mut list = List::of(shared);
        let entries = list.take(|_, _| true);
        let mut bare = List::default();
        bare.lay_out_like(&list);
        entries.into_iter().for_each(|entry| bare.append(entry.without_comments()));
        bare.into_value(Decor::default())
    } else {
        shared.clone()
    };
    copy.decor_mut().clear();
    Item::Value(copy)
}
