//! Importer of JSON Lines: an object on each line is an entry.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    read::Reading,
    rows::{self, Role},
};
use crate::text::normalise;

/// Reads a file with one JSON object on each line.
pub(super) fn import(text: &str, reading: &mut Reading<'_>) {
    let mut file = File::default();
    for (number, line) in text.split('\n').enumerate() {
        if !line.trim().is_empty() {
            file.read_line(line, number + 1, reading);
        }
    }
    file.finish(reading);
}

/// What is known about the file as a whole.
#[derive(Default)]
struct File {
    /// Names seen, in order.
    names: Vec<String>,
    seen: BTreeSet<String>,
    /// Lines without a text.
    textless: Vec<usize>,
    nested: BTreeSet<String>,
    roles_found: [bool; 3],
    any_line: bool,
}

impl File {
    fn read_line(&mut self, line: &str, number: usize, reading: &mut Reading<'_>) {
        self.any_line = true;
        let object: Map<String, Value> = match serde_json::from_str(line) {
            Ok(object) => object,
            Err(problem) => {
                let reason = not_an_object(&problem);
                reading.refuse(
                    number,
                    reason,
                    Some("each line is one object: {\"id\": \"…\", \"date\": \"…\", \"text\": \"…\"}"),
                );
                return;
            }
        };
        for name in object.keys().filter(|name| !self.seen.contains(*name)).cloned().collect::<Vec<_>>() {
            self.names.push(name.clone());
            self.seen.insert(name);
        }
        let roles = Role::ALL.map(|role| role.find(reading.source, object.keys().map(String::as_str)));
        for (found, role) in self.roles_found.iter_mut().zip(roles) {
            *found |= role.is_some();
        }
        let Some(text) = roles[2] else {
            self.textless.push(number);
            return;
        };
        let mut cells = Vec::with_capacity(object.len());
        for (place, (name, value)) in object.into_iter().enumerate() {
            match written(value) {
                Some(value) => cells.push((name, value)),
                None if place == text => {
                    reading.refuse(number, format!("`{name}` is not a text"), None);
                    return;
                }
                None => {
                    if self.nested.insert(name.clone()) {
                        let reason = format!("`{name}` holds values within values and is left out");
                        reading.warn(number, reason, Some("give each value a name of its own"));
                    }
                    cells.push((String::new(), String::new()));
                }
            }
        }
        rows::take(reading, number, cells, roles);
    }

    /// Says once for the file what is true of every line.
    fn finish(self, reading: &mut Reading<'_>) {
        let names = || self.names.iter().map(String::as_str);
        if !self.any_line {
            reading.refuse_empty("each line is one object: {\"id\": \"…\", \"date\": \"…\", \"text\": \"…\"}");
        } else if !self.roles_found[2] && !self.textless.is_empty() {
            rows::refuse_without_text(reading, names());
            return;
        }
        for line in self.textless {
            let wanted = Role::Text.asked(reading.source).unwrap_or(Role::Text.key()).to_owned();
            reading.refuse(line, format!("there is no `{wanted}`"), None);
        }
        for (role, found) in Role::ALL.into_iter().zip(self.roles_found) {
            if let (Some(asked), false) = (role.asked(reading.source), found || !reading.has_entries()) {
                let reason = format!("no line has a `{asked}`; {}", rows::there_are(names()));
                let hint = format!("correct `{}` under `columns` in [[source]]", role.key());
                reading.warn(1, reason, Some(&hint));
            }
        }
    }
}

/// Returns a value as text, a list joined by `; `; nothing for values within values.
fn written(value: Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(normalise(&text).into_owned()),
        Value::Array(items) => {
            let texts: Option<Vec<String>> = items.into_iter().map(scalar).collect();
            texts.map(|texts| texts.join("; "))
        }
        Value::Object(_) => None,
    }
}

fn scalar(value: Value) -> Option<String> {
    if value.is_array() || value.is_object() { None } else { written(value) }
}

/// Says what is wrong, without serde_json's own line number, which is always 1.
fn not_an_object(problem: &serde_json::Error) -> String {
    if problem.is_data() {
        return "is JSON, but not an object".to_owned();
    }
    let words = problem.to_string();
    let reason = words.split(" at line ").next().unwrap_or(&words);
    format!("is not JSON: {reason} (column {})", problem.column())
}
