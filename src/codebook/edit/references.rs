//! The places where codes name each other.

use toml_edit::{Table, Value};

use super::tables::{change_list, change_tables, replace_text};

/// Makes a code name `to` wherever it named `from`; a list that has `to` already loses `from`.
pub(super) fn redirect(code: &mut Table, from: &str, to: &str) {
    redirect_text(code.get_mut("parent").and_then(toml_edit::Item::as_value_mut), from, to);
    for key in ["exclude", "example"] {
        change_tables(code, key, |table| {
            redirect_text(table.get_mut("use").and_then(toml_edit::Item::as_value_mut), from, to);
        });
    }
    change_list(code, "related", |list| {
        let twice = list.texts().any(|text| text == to);
        let named = |value: &Value| value.as_str() == Some(from);
        if twice {
            return !list.take(|_, value| named(value)).is_empty();
        }
        let mut changed = false;
        for entry in list.entries.iter_mut().filter(|entry| named(&entry.value)) {
            replace_text(&mut entry.value, to);
            changed = true;
        }
        changed
    });
}

fn redirect_text(value: Option<&mut Value>, from: &str, to: &str) {
    if let Some(value) = value.filter(|value| value.as_str() == Some(from)) {
        replace_text(value, to);
    }
}
