//! Reads TOML tables key by key, and collects every finding instead of stopping at the first.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Diagnostic, did_you_mean};

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// A TOML table being read: each key asked for is known, and `finish` reports the others.
#[derive(Debug)]
pub struct Keys<'a, 'i> {
    name: String,
    table: &'a DeTable<'i>,
    span: Range<usize>,
    asked: Vec<&'static str>,
}

/// Parses a TOML file.
///
/// # Errors
/// Returns every syntax error. What could be read all the same is not used: a key may seem to be missing because of them.
pub fn parse_toml(source: &str) -> Result<Spanned<DeTable<'_>>, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(source);
    if errors.is_empty() {
        return Ok(table);
    }
    Err(errors.iter().map(|error| Diagnostic::error(error.message(), error.span())).collect())
}

impl<'a, 'i> Keys<'a, 'i> {
    /// Begins to read a table; `name` is how messages call it, such as `[codebook]`.
    pub fn new(name: impl Into<String>, table: &'a DeTable<'i>, span: Range<usize>) -> Self {
        Self { name: name.into(), table, span, asked: Vec::new() }
    }

    /// Returns the place of the table.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.asked.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Reads a text.
    pub fn text(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Option<Placed<String>> {
        let value = self.get(key)?;
        let found = text_of(value);
        if found.is_none() {
            findings.push(wrong_type(key, "a text in quotes", value));
        }
        found
    }

    /// Reads a text that must be there and not be empty.
    pub fn required(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Placed<String> {
        let there = self.table.iter().any(|(name, _)| name.get_ref() == key);
        let found = self.text(key, findings);
        match found {
            Some(text) if text.value.trim().is_empty() => {
                findings.push(Diagnostic::error(format!("`{key}` is empty"), Some(text.span.clone())));
                text
            }
            Some(text) => text,
            None => {
                if !there {
                    let message = format!("{} has no `{key}`", self.name);
                    findings.push(Diagnostic::error(message, Some(self.span())).hint(format!("add `{key} = \"…\"`")));
                }
                Placed { value: String::new(), span: self.span() }
            }
        }
    }

    /// Reads one of several words.
    pub fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        findings: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let found = self.text(key, findings)?;
        let chosen = words.iter().find(|(word, _)| *word == found.value);
        if chosen.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            let finding = Diagnostic::error(format!("`{}` is not a value of `{key}`", found.value), Some(found.span));
            let all = known.clone().collect::<Vec<_>>().join(", ");
            findings.push(match did_you_mean(&found.value, known) {
                Some(word) => finding.hint(format!("did you mean `{word}`? Possible: {all}")),
                None => finding.hint(format!("possible: {all}")),
            });
        }
        chosen.map(|(_, value)| *value)
    }

    /// Reads a list of texts; one text alone is a list of one.
    pub fn texts(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if let Some(one) = text_of(value) {
            return vec![one];
        }
        let Some(items) = value.get_ref().as_array() else {
            findings.push(wrong_type(key, "a list of texts", value));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match text_of(item) {
                Some(text) => texts.push(text),
                None => findings.push(wrong_type(key, "a list of texts", item)),
            }
        }
        texts
    }

    /// Reads `true` or `false`.
    pub fn flag(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            findings.push(wrong_type(key, "true or false", value));
        }
        found
    }

    /// Reads a whole number that is not negative.
    pub fn number(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Option<Placed<u64>> {
        let value = self.get(key)?;
        let found = value.get_ref().as_integer().and_then(|integer| {
            let digits = integer.as_str().replace('_', "");
            u64::from_str_radix(&digits, integer.radix()).ok()
        });
        if found.is_none() {
            findings.push(wrong_type(key, "a whole number, 0 or more", value));
        }
        found.map(|number| Placed { value: number, span: value.span() })
    }

    /// Reads a text or a TOML date as a text.
    pub fn date(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Datetime(date) => Some(Placed { value: date.to_string(), span: value.span() }),
            _ => {
                self.asked.pop();
                self.text(key, findings)
            }
        }
    }

    /// Reads one table inside this one.
    pub fn table(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let value = self.get(key)?;
        let found = value.get_ref().as_table();
        if found.is_none() {
            findings.push(wrong_type(key, "a table", value));
        }
        found.map(|table| Keys::new(format!("[{key}]"), table, value.span()))
    }

    /// Reads a list of tables, `[[key]]` or inline.
    pub fn tables(&mut self, key: &'static str, findings: &mut Vec<Diagnostic>) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            findings.push(wrong_type(key, &format!("written [[{key}]] for each"), value));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Keys::new(format!("[[{}{key}]]", self.within()), table, item.span())),
                None => findings.push(wrong_type(key, "a list of tables", item)),
            }
        }
        tables
    }

    /// Returns what stands before the name of a table in this one.
    fn within(&self) -> String {
        let own = self.name.strip_prefix('[').map(|_| self.name.trim_matches(['[', ']']));
        own.map(|own| format!("{own}.")).unwrap_or_default()
    }

    /// Reads every key of this table as a text, for tables whose keys the user chooses.
    pub fn free_texts(&self, findings: &mut Vec<Diagnostic>) -> Vec<(String, Placed<String>)> {
        let mut pairs = Vec::new();
        for (name, value) in self.table.iter() {
            match scalar_of(value) {
                Some(text) => pairs.push((name.get_ref().to_string(), text)),
                None => findings.push(wrong_type(name.get_ref(), "a text, a number, a date, true or false", value)),
            }
        }
        pairs
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, findings: &mut Vec<Diagnostic>) {
        for (name, _) in self.table.iter() {
            let typed = name.get_ref().as_ref();
            if self.asked.contains(&typed) {
                continue;
            }
            let finding = Diagnostic::error(format!("unknown key `{typed}` in {}", self.name), Some(name.span()));
            findings.push(match did_you_mean(typed, self.asked.iter().copied()) {
                Some(word) => finding.hint(format!("did you mean `{word}`?")),
                None => finding.hint(format!("known here: {}", self.asked.join(", "))),
            });
        }
    }
}

fn text_of(value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
    value.get_ref().as_str().map(|text| Placed { value: text.to_owned(), span: value.span() })
}

fn scalar_of(value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
    let text = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) => integer.as_str().to_owned(),
        DeValue::Float(float) => float.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => return None,
    };
    Some(Placed { value: text, span: value.span() })
}

fn wrong_type(key: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Diagnostic {
    let message = format!("`{key}` must be {expected}, not {}", type_word(value.get_ref()));
    Diagnostic::error(message, Some(value.span()))
}

fn type_word(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
