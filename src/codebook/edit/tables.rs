//! Keys of a code's table, and its lists of tables, `[[code.example]]` or inline.

use toml_edit::{ArrayOfTables, Decor, Item, Table, TableLike, Value};

use super::lists::{Entry, List, written};

/// The usual order of the keys of a code; a key that is added stands where it belongs.
const ORDER: &[&str] = &[
    "id",
    "theme",
    "parent",
    "label",
    "short",
    "definition",
    "include",
    "exclude",
    "origin",
    "source",
    "rules",
    "except",
    "negation",
    "unit",
    "within",
    "status",
    "since",
    "related",
    "aggregate",
    "color",
    "memo",
];

/// Returns the text of a key.
pub(super) fn text<'t>(table: &'t dyn TableLike, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Item::as_str)
}

/// Writes another text in a value's place, with the same quotes and the same comments around it.
pub(super) fn replace_text(value: &mut Value, text: &str) {
    let around = value.decor().clone();
    let written = value.to_string();
    let literal = written.trim_start().starts_with('\'') && !text.contains(|c: char| c == '\'' || c.is_control());
    let quoted = if literal { format!("'{text}'").parse().ok() } else { None };
    *value = quoted.unwrap_or_else(|| text.into());
    *value.decor_mut() = around;
}

/// Sets the text of a key of a code, in its place or where it belongs.
pub(super) fn set_text(code: &mut Table, key: &str, text: &str) {
    match code.get_mut(key).and_then(Item::as_value_mut) {
        Some(value) => replace_text(value, text),
        None => insert(code, key, toml_edit::value(text)),
    }
}

/// Inserts a key behind the last one that usually stands before it.
pub(super) fn insert(code: &mut Table, key: &str, item: Item) {
    let usual = |key: &str| ORDER.iter().position(|known| *known == key);
    let mut keys: Vec<String> = code.iter().map(|(key, _)| key.to_owned()).filter(|other| other != key).collect();
    let before = |other: &String| usual(other).is_some_and(|place| usual(key).is_none_or(|own| place < own));
    let at = keys.iter().rposition(before).map_or(0, |last| last + 1);
    keys.insert(at, key.to_owned());
    code.insert(key, item);
    let place = |key: &str| keys.iter().position(|other| other == key);
    code.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
}

/// Takes a list apart and, when something changed in it, writes it in the same place.
pub(super) fn change_list(code: &mut Table, key: &str, change: impl FnOnce(&mut List) -> bool) {
    if let Some(value) = code.get_mut(key).and_then(Item::as_value_mut) {
        let mut list = List::of(value);
        if change(&mut list) {
            *value = list.into_value(value.decor().clone());
        }
    }
}

/// Moves the texts of a list to the same list of another code, save those that it has.
pub(super) fn move_texts(from: &mut Table, into: &mut Table, key: &str) {
    let Some(source) = from.remove(key).and_then(|item| item.into_value().ok()) else { return };
    let mut moved = List::of(&source);
    let known = into.get(key).and_then(Item::as_value).map(List::of).unwrap_or_default();
    let known: Vec<&str> = known.texts().collect();
    let new = moved.take(|_, value| value.as_str().is_some_and(|text| !known.contains(&text)));
    append(into, key, &moved, new);
}

/// Appends items to a list; one that is not there or empty is laid out like the list they come from.
fn append(code: &mut Table, key: &str, style: &List, new: Vec<Entry>) {
    if new.is_empty() {
        return;
    }
    let place = code.get_mut(key).and_then(Item::as_value_mut);
    let mut list = place.as_ref().map(|value| List::of(value)).unwrap_or_default();
    if list.entries.is_empty() {
        list.lay_out_like(style);
    }
    for entry in new {
        list.append(entry);
    }
    match place {
        Some(value) => *value = list.into_value(value.decor().clone()),
        None => insert(code, key, Item::Value(list.into_value(Decor::default()))),
    }
}

/// Returns the tables of a list of tables.
pub(super) fn tables<'t>(code: &'t Table, key: &str) -> Vec<&'t dyn TableLike> {
    match code.get(key) {
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Some(Item::Value(Value::Array(array))) => {
            array.iter().filter_map(Value::as_inline_table).map(|table| table as &dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}

/// Does something to each table of a list of tables.
pub(super) fn change_tables(code: &mut Table, key: &str, mut change: impl FnMut(&mut dyn TableLike)) {
    match code.get_mut(key) {
        Some(Item::ArrayOfTables(tables)) => tables.iter_mut().for_each(|table| change(table)),
        Some(Item::Value(Value::Array(array))) => {
            array.iter_mut().filter_map(Value::as_inline_table_mut).for_each(|table| change(table));
        }
        _ => {}
    }
}

/// Takes tables out of a list of tables.
pub(super) fn drop_tables(code: &mut Table, key: &str, mut dropped: impl FnMut(&dyn TableLike) -> bool) {
    if let Some(Item::ArrayOfTables(tables)) = code.get_mut(key) {
        tables.retain(|table| !dropped(table));
    } else {
        let inline = |value: &Value, dropped: &mut dyn FnMut(&dyn TableLike) -> bool| {
            value.as_inline_table().is_some_and(|table| dropped(table))
        };
        change_list(code, key, |list| !list.take(|_, value| inline(value, &mut dropped)).is_empty());
    }
}

/// Moves the tables of a list of tables to the same list of another code, written as that one is.
pub(super) fn move_tables(from: &mut Table, into: &mut Table, key: &str) {
    let place = last_position(into);
    match (from.remove(key), into.get_mut(key)) {
        (Some(Item::ArrayOfTables(moved)), None) => {
            let mut tables = ArrayOfTables::new();
            tables.extend(moved.into_iter().map(|table| placed(table, place)));
            into.insert(key, Item::ArrayOfTables(tables));
        }
        (Some(Item::ArrayOfTables(moved)), Some(Item::ArrayOfTables(tables))) => {
            tables.extend(moved.into_iter().map(|table| placed(table, place)));
        }
        (Some(Item::ArrayOfTables(moved)), Some(Item::Value(_))) => {
            let inline = moved.into_iter().map(|table| Entry::alone(table.into_inline_table().into()));
            append(into, key, &List::default(), inline.collect());
        }
        (Some(Item::Value(moved)), Some(Item::ArrayOfTables(tables))) => {
            let moved = List::of(&moved).entries.into_iter();
            let distance = tables.iter().last().map(|table| written(table.decor().prefix()).contains('\n'));
            let inline = moved.filter_map(|entry| Item::Value(entry.value).into_table().ok());
            tables.extend(inline.map(|mut table| {
                table.decor_mut().set_prefix(if distance == Some(true) { "\n" } else { "" });
                placed(table, place)
            }));
        }
        (Some(Item::Value(moved)), _) => {
            let mut moved = List::of(&moved);
            let new = moved.take(|_, _| true);
            append(into, key, &moved, new);
        }
        _ => {}
    }
}

/// Puts a table behind those of a place; tables of one place stand in the order of their list.
fn placed(mut table: Table, place: isize) -> Table {
    table.set_position(Some(place));
    table
}

/// Returns the place of the last table of a code, itself included.
pub(super) fn last_position(code: &Table) -> isize {
    let mut last = code.position().unwrap_or_default();
    for (_, item) in code {
        let below = item.as_array_of_tables().into_iter().flat_map(ArrayOfTables::iter);
        last = below.chain(item.as_table()).map(last_position).fold(last, isize::max);
    }
    last
}
