//! Importer of Markdown: front matter, then running text. Marks such as `#` and `*` stay, as texts never change.

use super::{
    front_matter::{self, Field, Value},
    plain::{Front, entries},
    read::Reading,
};
use crate::text::normalise;

/// What front matter calls the language in Spanish, Portuguese, French and Haitian Creole.
const LANGUAGE_ELSEWHERE: [&str; 5] = ["idioma", "lengua", "língua", "langue", "lengaj"];

/// Reads a Markdown file.
pub(super) fn import(text: &str, reading: &mut Reading<'_>) {
    let parts = match front_matter::read(text) {
        Ok(parts) => parts,
        Err(problem) => {
            reading.refuse_file(problem.line, problem.reason, Some(problem.hint));
            return;
        }
    };
    let mut front = Front::default();
    let says_language = parts.fields.iter().any(|field| field.name.eq_ignore_ascii_case("language"));
    for field in parts.fields {
        set(&mut front, field, says_language, reading);
    }
    entries(parts.body, parts.body_line, front, reading);
}

fn set(front: &mut Front, field: Field, says_language: bool, reading: &mut Reading<'_>) {
    let Field { line, name, value } = field;
    let Value::Text(value) = value else { return };
    let value = normalise(value.trim());
    if value.is_empty() {
        return;
    }
    match name.to_ascii_lowercase().as_str() {
        "id" => front.id = Some((line, value.into_owned())),
        "date" => front.date = reading.date(&value, line),
        "language" => front.language = reading.language(&value, line),
        "title" => drop(front.attributes.insert("title".to_owned(), value.into_owned())),
        // As in a filter of `search`.
        "lang" if !says_language => front.language = reading.language(&value, line),
        other => {
            if !says_language && LANGUAGE_ELSEWHERE.contains(&other) {
                let reason =
                    format!("`{name}` is an attribute like any other: it does not say in which language the words are");
                reading.warn(
                    line,
                    reason,
                    Some("write `language` (en, es, pt, fr, ht) for that, beside it or in its place"),
                );
            }
            front.attributes.insert(name, value.into_owned());
        }
    }
}
