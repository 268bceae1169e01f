//! A list of texts or inline tables taken apart, so that the comments beside and above an item go where the item goes.

use toml_edit::{Array, Decor, RawString, Value};

/// A list with everything that is written between its brackets.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    /// What follows the opening bracket on its line.
    head: String,
    pub(super) entries: Vec<Entry>,
    /// What stands between the last item's line and the closing bracket.
    end: String,
    /// Whether a comma follows the last item.
    comma: bool,
    /// Whether it is one text without brackets.
    single: bool,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// What stands above it and before it: either begins with a line's end or has none.
    lead: String,
    pub(super) value: Value,
    /// What follows it on its line, behind the comma.
    behind: String,
}

/// What stands before an item on a line of its own.
const INDENTED: &str = "\n  ";

impl List {
    /// Takes a value apart; one text alone is a list of one.
    pub(super) fn of(value: &Value) -> Self {
        let Some(array) = value.as_array() else {
            let mut alone = value.clone();
            alone.decor_mut().clear();
            return Self { entries: vec![Entry::alone(alone)], single: true, ..Self::default() };
        };
        let mut list = Self { comma: array.trailing_comma(), ..Self::default() };
        let mut end = written(Some(array.trailing()));
        for (at, item) in array.iter().enumerate() {
            let mut value = item.clone();
            let (beside, lead) = at_line_end(&written(item.decor().prefix()));
            list.last_line().push_str(&beside);
            let mut suffix = written(item.decor().suffix());
            if at + 1 == array.len() && !list.comma {
                end.insert_str(0, &std::mem::take(&mut suffix));
            }
            *value.decor_mut() = Decor::new("", suffix);
            list.entries.push(Entry { lead, value, behind: String::new() });
        }
        let (beside, end) = at_line_end(&end);
        list.last_line().push_str(&beside);
        list.end = end;
        list
    }

    /// Takes over how another list is laid out, for a list that has no item yet.
    pub(super) fn lay_out_like(&mut self, other: &Self) {
        (self.comma, self.single) = (other.comma, other.single);
        if self.end.trim().is_empty() {
            self.end = bare(&other.end);
        }
    }

    /// Returns the items that are texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| entry.value.as_str())
    }

    /// Appends an item in the way the list is written; one with several lines, or with comments, has an item a line.
    pub(super) fn append(&mut self, mut entry: Entry) {
        let several_lines = self.end.contains('\n') || self.entries.iter().any(|entry| entry.lead.contains('\n'));
        let commented = entry.lead.contains('#') || entry.behind.contains('#');
        if commented && !several_lines {
            self.spread();
        }
        if several_lines || commented {
            if !entry.lead.starts_with('\n') {
                let indented = self.entries.iter().find(|entry| entry.lead.contains('\n'));
                entry.lead = indented.map_or_else(|| INDENTED.to_owned(), |entry| bare(&entry.lead));
            }
        } else {
            entry.lead = if self.entries.is_empty() { String::new() } else { " ".to_owned() };
        }
        self.entries.push(entry);
    }

    /// Puts each item on a line of its own.
    fn spread(&mut self) {
        self.entries.iter_mut().for_each(|entry| INDENTED.clone_into(&mut entry.lead));
        "\n".clone_into(&mut self.end);
        self.comma = true;
    }

    /// Takes out the items at which `taken` says yes, in order.
    pub(super) fn take(&mut self, mut taken: impl FnMut(usize, &Value) -> bool) -> Vec<Entry> {
        let (mut kept, mut out): (Vec<Entry>, Vec<Entry>) = (Vec::new(), Vec::new());
        // An item that begins a line leaves the line's beginning to the next one.
        let mut beginning = None;
        for (at, mut entry) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            if taken(at, &entry.value) {
                if beginning.is_none() && (kept.is_empty() || entry.lead.contains('\n')) {
                    beginning = Some(bare(&entry.lead));
                }
                out.push(entry);
            } else {
                if let Some(beginning) = beginning.take()
                    && !entry.lead.contains('\n')
                {
                    entry.lead = beginning;
                }
                kept.push(entry);
            }
        }
        self.entries = kept;
        out
    }

    /// Writes the list with what stood around the value that it replaces.
    pub(super) fn into_value(mut self, around: Decor) -> Value {
        if self.single
            && self.entries.len() == 1
            && let Some(mut only) = self.entries.pop()
        {
            *only.value.decor_mut() = around;
            return only.value;
        }
        let mut array = Array::new();
        let mut line = self.head;
        for entry in self.entries {
            let mut value = entry.value;
            let suffix = written(value.decor().suffix());
            *value.decor_mut() = Decor::new(joined(&line, &entry.lead), suffix);
            array.push_formatted(value);
            line = entry.behind;
        }
        let end = joined(&line, &self.end);
        let nothing = array.is_empty() && end.trim().is_empty();
        array.set_trailing(if nothing { String::new() } else { end });
        array.set_trailing_comma(self.comma);
        let mut value = Value::Array(array);
        *value.decor_mut() = around;
        value
    }

    /// Returns the end of the last line that is written so far.
    fn last_line(&mut self) -> &mut String {
        self.entries.last_mut().map_or(&mut self.head, |entry| &mut entry.behind)
    }
}

impl Entry {
    /// Makes an item that nothing stands beside.
    pub(super) fn alone(value: Value) -> Self {
        Self { lead: String::new(), value, behind: String::new() }
    }

    /// Takes away the comments.
    pub(super) fn without_comments(mut self) -> Self {
        self.lead = bare(&self.lead);
        self.behind = String::new();
        self.value.decor_mut().set_suffix("");
        self
    }
}

/// Returns what is written in a place; in a file that is being edited it is always known.
pub(super) fn written(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

/// Splits before the first line's end; without one, nothing belongs to the line before.
fn at_line_end(text: &str) -> (String, String) {
    text.find('\n').map_or_else(
        || (String::new(), text.to_owned()),
        |at| {
            let (line, rest) = text.split_at(at);
            (line.to_owned(), rest.to_owned())
        },
    )
}

/// Returns the line's end and the indentation of the last line, without the comments and empty lines above.
fn bare(lead: &str) -> String {
    match lead.rsplit_once('\n') {
        Some((_, indentation)) => format!("\n{indentation}"),
        None => lead.to_owned(),
    }
}

/// Joins two pieces; what follows a comment begins on the next line.
fn joined(line: &str, following: &str) -> String {
    let between = if line.contains('#') && !following.starts_with('\n') { "\n" } else { "" };
    format!("{line}{between}{following}")
}
