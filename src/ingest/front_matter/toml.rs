//! TOML front matter, values as they are written.

use toml::de::DeValue;

use super::{Field, Problem, Value, nested};
use crate::diagnostic::{line_and_column, parse_toml};

const TOML_HINT: &str = "write one `name = \"value\"` a line between two lines of `+++`";

/// Reads TOML; `block` begins on the file's second line.
pub(super) fn read(block: &str) -> Result<Vec<Field>, Problem> {
    let line_of = |byte: usize| line_and_column(block, byte).0 + 1;
    let table = parse_toml(block).map_err(|findings| {
        let first = findings.into_iter().next();
        let line = first.as_ref().and_then(|finding| finding.span.as_ref()).map_or(1, |span| line_of(span.start));
        let message = first.map(|finding| finding.message).unwrap_or_default();
        Problem { line, reason: format!("the front matter is not TOML: {message}"), hint: TOML_HINT }
    })?;
    let mut fields: Vec<(usize, Field)> = Vec::new();
    for (name, value) in table.get_ref().iter() {
        let line = line_of(name.span().start);
        let text = text(value.get_ref()).ok_or_else(|| nested(line, name.get_ref()))?;
        fields.push((name.span().start, Field { line, name: name.get_ref().to_string(), value: Value::Text(text) }));
    }
    fields.sort_by_key(|(start, _)| *start);
    Ok(fields.into_iter().map(|(_, field)| field).collect())
}

fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| scalar(item.get_ref())).collect();
            texts.map(|texts| texts.join("; "))
        }
        one => scalar(one),
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    Some(match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) => {
            let prefix = match integer.radix() {
                16 => "0x",
                8 => "0o",
                2 => "0b",
                _ => "",
            };
            format!("{prefix}{}", integer.as_str())
        }
        DeValue::Float(float) => float.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => return None,
    })
}
