//! The block before a Markdown text: YAML between `---`, or TOML between `+++`.
//!
//! Values are taken as they are written: `NO` stays `NO`, `007` stays `007`, `1.10` stays `1.10`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use toml::de::DeValue;

use crate::diagnostic::{line_and_column, parse_toml};

/// A named value with its line in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) value: Value,
}

/// A value of front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text; the items of a list are joined by `; `.
    Text(String),
    /// No value: `key:` alone, or `null`.
    Nothing,
}

/// A file cut into front matter and text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    pub(super) fields: Vec<Field>,
    pub(super) body: &'t str,
    /// Line on which the text begins.
    pub(super) body_line: usize,
}

/// What is wrong with front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) reason: String,
    pub(super) hint: &'static str,
}

const YAML_HINT: &str = "write one `name: value` a line between two lines of `---`; put a value that holds `: ` or `#` in quotes";
const TOML_HINT: &str = "write one `name = \"value\"` a line between two lines of `+++`";
const UNCLOSED_HINT: &str = "end the front matter with a line like its first; begin a text that has none with an empty line";
const NESTED_HINT: &str = "give each value a name of its own: `site_name: East`, not `site:` with `name:` under it";

/// Cuts a file into its front matter, if its first line begins one, and its text.
pub(super) fn read(text: &str) -> Result<Parts<'_>, Problem> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let mark = first.trim_end();
    if mark != "---" && mark != "+++" {
        return Ok(Parts { fields: Vec::new(), body: text, body_line: 1 });
    }
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        let closing = line.trim_end() == mark || (mark == "---" && line.trim_end() == "...");
        if closing {
            let block = text.get(first.len()..end).unwrap_or_default();
            let fields = if mark == "---" { yaml(block)? } else { toml(block)? };
            let body = text.get(end + line.len()..).unwrap_or_default();
            return Ok(Parts { fields, body, body_line: number + 3 });
        }
        end += line.len();
    }
    Err(Problem { line: 1, reason: format!("the front matter that begins with `{mark}` does not end"), hint: UNCLOSED_HINT })
}

fn nested(line: usize, name: &str) -> Problem {
    Problem { line, reason: format!("`{name}` in the front matter holds values within values"), hint: NESTED_HINT }
}

/// Reads TOML; `block` begins on the file's second line.
fn toml(block: &str) -> Result<Vec<Field>, Problem> {
    let mut findings = Vec::new();
    let table = parse_toml(block, &mut findings);
    let line_of = |byte: usize| line_and_column(block, byte).0 + 1;
    if let Some(finding) = findings.into_iter().next() {
        let line = finding.span.map_or(1, |span| line_of(span.start));
        return Err(Problem { line, reason: format!("the front matter is not TOML: {}", finding.message), hint: TOML_HINT });
    }
    let mut fields: Vec<(usize, Field)> = Vec::new();
    for (name, value) in table.get_ref().iter() {
        let line = line_of(name.span().start);
        let text = toml_text(value.get_ref()).ok_or_else(|| nested(line, name.get_ref()))?;
        fields.push((name.span().start, Field { line, name: name.get_ref().to_string(), value: Value::Text(text) }));
    }
    fields.sort_by_key(|(start, _)| *start);
    Ok(fields.into_iter().map(|(_, field)| field).collect())
}

fn toml_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| toml_scalar(item.get_ref())).collect();
            texts.map(|texts| texts.join("; "))
        }
        scalar => toml_scalar(scalar),
    }
}

fn toml_scalar(value: &DeValue<'_>) -> Option<String> {
    Some(match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) => integer.as_str().to_owned(),
        DeValue::Float(float) => float.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => return None,
    })
}

/// Reads YAML; `block` begins on the file's second line.
fn yaml(block: &str) -> Result<Vec<Field>, Problem> {
    let is_empty = block.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if is_empty {
        return Ok(Vec::new());
    }
    let problem = |error: serde_saphyr::Error| {
        let line = error.location().and_then(|location| usize::try_from(location.line()).ok()).unwrap_or(0);
        let words = error.without_snippet().to_string();
        let reason = words.split(" at line ").next().unwrap_or(&words).lines().next().unwrap_or_default().to_owned();
        Problem { line: line + 1, reason: format!("the front matter is not YAML: {reason}"), hint: YAML_HINT }
    };
    // Read twice: first what each value is, then each as the text it is written as. Asked for "any" value, a reader would turn
    // `NO` into false and `007` into 7.
    let Shape(shape) = serde_saphyr::from_str(block).map_err(problem)?;
    if let Some((line, name, _)) = shape.iter().find(|(_, _, kind)| *kind == Kind::Nested) {
        return Err(nested(line + 1, name));
    }
    let Written(values) = serde_saphyr::with_deserializer_from_str(block, |reader| WithShape(&shape).deserialize(reader)).map_err(problem)?;
    let named = shape.into_iter().zip(values);
    Ok(named.map(|((line, name, _), value)| Field { line: line + 1, name, value }).collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    Scalar,
    List,
    Nested,
}

/// Line, name and kind of each value.
struct Shape(Vec<(usize, String, Kind)>);

impl<'de> serde::Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`name: value` on each line")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut shape = Vec::new();
        while let Some(name) = map.next_key::<serde_saphyr::Spanned<String>>()? {
            let line = usize::try_from(name.referenced.line()).unwrap_or(0);
            shape.push((line, name.value, map.next_value::<Kind>()?));
        }
        Ok(Shape(shape))
    }
}

impl<'de> serde::Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(KindVisitor)
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Kind, E> {
        Ok(Kind::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Kind, E> {
        Ok(Kind::Nothing)
    }

    fn visit_none<E>(self) -> Result<Kind, E> {
        Ok(Kind::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, reader: D) -> Result<Kind, D::Error> {
        reader.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kind, A::Error> {
        let mut kind = Kind::List;
        while let Some(item) = items.next_element::<Kind>()? {
            if item != Kind::Scalar {
                kind = Kind::Nested;
            }
        }
        Ok(kind)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kind, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Kind::Nested)
    }
}

/// Each value as it is written.
struct Written(Vec<Value>);

struct WithShape<'s>(&'s [(usize, String, Kind)]);

impl<'de> DeserializeSeed<'de> for WithShape<'_> {
    type Value = Written;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Written, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for WithShape<'_> {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`name: value` on each line")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
        let mut values = Vec::new();
        for (_, _, kind) in self.0 {
            map.next_key::<IgnoredAny>()?.ok_or_else(|| A::Error::custom("a value is missing"))?;
            values.push(match kind {
                Kind::Scalar => Value::Text(map.next_value()?),
                Kind::List => Value::Text(map.next_value::<Vec<String>>()?.join("; ")),
                Kind::Nothing | Kind::Nested => {
                    map.next_value::<IgnoredAny>()?;
                    Value::Nothing
                }
            });
        }
        Ok(Written(values))
    }
}
