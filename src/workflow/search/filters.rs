//! The filters of a search: what of an entry they look at.

use std::collections::BTreeSet;

use crate::{
    corpus::{self, Entry},
    query::{Field, QueryError, field_name},
    text::Outline,
};

/// Says why a filter cannot be used: a name that no entry knows is a slip of the pen, not a search that finds nothing.
pub(super) fn refused(entries: &[Entry], field: &Field, expression: &str) -> Option<QueryError> {
    let (message, hint) = if field.name == "code"
        || field.name == "coder"
        || entries.is_empty()
        || field.name == "lang"
        || corpus::given(&field.name).is_some()
        || entries.iter().any(|entry| value_of(entry, &field.name).is_some())
    {
        return None;
    } else {
        let own = entries.iter().flat_map(|entry| entry.attributes.names()).map(|name| name.to_lowercase());
        let known: BTreeSet<String> = own.chain(corpus::GIVEN.map(|(name, _)| name.to_owned())).collect();
        let hint = match crate::diagnostic::did_you_mean(&field.name, known.iter().map(String::as_str)) {
            // As it must be written in an expression, with quotes where it needs them.
            Some(near) => format!("did you mean `{}`?", field_name(near)),
            None => format!("known: {}", known.iter().map(|name| field_name(name)).collect::<Vec<_>>().join(", ")),
        };
        (format!("no entry has an attribute `{}`", field.name), hint)
    };
    Some(at_field(field, expression, message, hint))
}

/// Says that something is wrong with a filter, at its place in the expression.
pub(super) fn at_field(field: &Field, expression: &str, message: String, hint: String) -> QueryError {
    let lower = expression.to_lowercase();
    let written = [format!("{}:", field_name(&field.name)), format!("{}:", field.name), format!("{}\":", field.name)];
    let found = written.iter().find_map(|words| Some((lower.find(words.as_str())?, words.len())));
    let (at, length) = found.unwrap_or_default();
    QueryError { message, span: at..at + length, hint: Some(hint) }
}

/// Returns an entry's value of an attribute; names are compared without regard to case, as the columns of a CSV have it.
pub(super) fn value_of(entry: &Entry, name: &str) -> Option<String> {
    let name = if name == "lang" { "language" } else { name };
    let own = || entry.attributes.names().into_iter().find(|own| own.to_lowercase() == name);
    entry.attribute(name).or_else(|| entry.attribute(&own()?))
}

pub(super) fn is_language(field: &Field) -> bool {
    ["lang", "language"].contains(&field.name.as_str())
}

/// Tells whether an entry has a field's value, or, as to languages, may have a sentence that does.
pub(super) fn fits(entry: &Entry, field: &Field) -> bool {
    match value_of(entry, &field.name) {
        Some(value) => is_value(field, &value),
        None => is_language(field) && entry.languages.iter().any(|language| is_value(field, language.code())),
    }
}

/// Tells whether an entry is in a language: it declares it, or has a sentence of it.
pub(super) fn speaks(entry: &Entry, outline: &Outline, field: &Field) -> bool {
    value_of(entry, &field.name).is_some()
        || outline.sentences.iter().any(|sentence| is_value(field, sentence.language.code()))
}

/// Tells whether a value is a field's; `from..to` is a range of words in alphabetical order, as dates are.
fn is_value(field: &Field, value: &str) -> bool {
    match field.value.split_once("..") {
        Some((from, to)) => {
            let upper = to.is_empty() || value <= to || value.starts_with(to);
            value >= from && upper
        }
        None => {
            value.to_lowercase() == field.value.to_lowercase()
                || (field.name == "date" && value.starts_with(field.value.as_str()))
        }
    }
}
