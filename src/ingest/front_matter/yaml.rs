//! YAML front matter, values as they are written.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Field, Problem, Value, nested};

const YAML_HINT: &str =
    "write one `name: value` a line between two lines of `---`; put a value that holds `: ` or `#` in quotes";

/// Reads YAML; `block` begins on the file's second line.
pub(super) fn read(block: &str) -> Result<Vec<Field>, Problem> {
    let is_empty = block.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if is_empty {
        return Ok(Vec::new());
    }
    let problem = |error: serde_saphyr::Error| {
        let line = error.location().and_then(|location| usize::try_from(location.line()).ok()).unwrap_or(0);
        let words = error.without_snippet().to_string();
        // Without the reader's own place, and without its advice to programmers.
        let reason = words.split(" at line ").next().and_then(|words| words.split(", set ").next()).unwrap_or(&words);
        let reason = reason.lines().next().unwrap_or_default();
        Problem { line: line + 1, reason: format!("the front matter is not YAML: {reason}"), hint: YAML_HINT }
    };
    // Read twice: first what each value is, then each as the text it is written as. Asked for "any" value, a reader would turn
    // `NO` into false and `007` into 7.
    let Shape(shape) = serde_saphyr::from_str(block).map_err(problem)?;
    if let Some((line, name, _)) = shape.iter().find(|(_, _, kind)| *kind == Kind::Nested) {
        return Err(nested(line + 1, name));
    }
    let Written(values) =
        serde_saphyr::with_deserializer_from_str(block, |reader| WithShape(&shape).deserialize(reader))
            .map_err(problem)?;
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
