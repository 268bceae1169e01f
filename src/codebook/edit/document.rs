//! A codebook file being edited: its codes and its log as tables, everything else as it is, comments and order kept.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Key, Table, value};

use super::{
    ChangeNote, EditError,
    lists::written,
    tables::{last_position, replace_text, set_text, text},
};
use crate::{
    codebook::{Code, Codebook, Step, judge_version},
    diagnostic::{Diagnostic, meant_or_known},
    id::CodeId,
};

/// A file being edited.
pub(super) struct Draft<'a> {
    /// What the file said before.
    pub(super) before: &'a Codebook,
    /// The tables of the codes, in the order of `before`.
    pub(super) codes: ArrayOfTables,
    /// What a person should look at.
    pub(super) warnings: Vec<String>,
    /// The version that the change leads to.
    pub(super) version: String,
    document: DocumentMut,
    codes_key: Key,
    /// Comments above a removed code that are about more than it, with the place they stood at.
    homeless: Option<(isize, String)>,
}

impl<'a> Draft<'a> {
    /// Takes apart a file whose lines end in `\n`.
    pub(super) fn of(source: &str, before: &'a Codebook) -> Result<Self, EditError> {
        let mut document: DocumentMut = source.parse().map_err(|error: toml_edit::TomlError| {
            EditError::Unreadable(vec![Diagnostic::error(error.message().to_owned(), error.span())])
        })?;
        let (change_key, changes) = list_of_tables(document.as_table_mut(), "change");
        document.as_table_mut().insert_formatted(&change_key, Item::ArrayOfTables(changes));
        let (codes_key, codes) = list_of_tables(document.as_table_mut(), "code");
        document.as_table_mut().insert_formatted(&codes_key, Item::ArrayOfTables(codes));
        number_tables(document.as_table_mut());
        let (codes_key, codes) = list_of_tables(document.as_table_mut(), "code");
        let mut draft = Self {
            before,
            codes,
            warnings: Vec::new(),
            version: before.version.clone(),
            document,
            codes_key,
            homeless: None,
        };
        draft.raise_version();
        Ok(draft)
    }

    /// Every change of a code's name, place or being is a major step.
    fn raise_version(&mut self) {
        let Some(next) = judge_version(&self.version, &self.version, Step::Major).next else {
            let message =
                format!("version `{}` is not three numbers with points between them: raise it by hand", self.version);
            self.warnings.push(message);
            return;
        };
        self.version = next;
        let Some(head) = self.document.get_mut("codebook").and_then(Item::as_table_like_mut) else { return };
        match head.get_mut("version").and_then(Item::as_value_mut) {
            Some(version) => replace_text(version, &self.version),
            None => {
                head.insert("version", value(&self.version));
            }
        }
    }

    /// Returns a code as the file said it.
    pub(super) fn known(&self, id: &CodeId) -> Result<&'a Code, EditError> {
        self.before.code(id).ok_or_else(|| {
            let known: Vec<&str> = self.before.codes.iter().map(|code| code.id.as_str()).collect();
            EditError::Unknown { id: id.clone(), hint: meant_or_known(id.as_str(), &known) }
        })
    }

    /// Returns where the table of a code stands, and the table.
    pub(super) fn table(&mut self, id: &CodeId) -> Result<(usize, &mut Table), EditError> {
        self.known(id)?;
        let found = self.codes.iter_mut().enumerate().find(|(_, code)| text(*code, "id") == Some(id.as_str()));
        found.ok_or_else(|| EditError::Unknown { id: id.clone(), hint: String::new() })
    }

    /// Sets a text of a code.
    pub(super) fn set(&mut self, id: &CodeId, key: &str, text: &str) -> Result<(), EditError> {
        let (_, code) = self.table(id)?;
        set_text(code, key, text);
        Ok(())
    }

    /// Removes the table of a code. What stands above it and an empty line apart stays in the file.
    pub(super) fn remove(&mut self, id: &CodeId) -> Result<Table, EditError> {
        let (at, _) = self.table(id)?;
        let removed = self.codes.remove(at);
        let above = written(removed.decor().prefix());
        let lines: Vec<&str> = above.split_inclusive('\n').collect();
        let own = lines.iter().rposition(|line| line.trim().is_empty()).map_or(0, |empty| empty + 1);
        let kept: String = lines.get(..own).unwrap_or_default().concat();
        if kept.contains('#') {
            self.homeless = removed.position().map(|place| (place, kept));
        }
        Ok(removed)
    }

    /// Appends a line to the codebook's log.
    pub(super) fn log(&mut self, note: &ChangeNote, entry: &LogEntry<'_>) {
        let (key, mut changes) = list_of_tables(self.document.as_table_mut(), "change");
        let mut change = Table::new();
        change.insert("version", value(&self.version));
        let date = note.date.parse::<toml_edit::Datetime>();
        change.insert("date", date.map_or_else(|_| value(&note.date), value));
        change.insert("who", value(&note.who));
        change.insert("code", value(entry.code.as_str()));
        change.insert("action", value(entry.action));
        let given = note.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let reason = match (entry.what.is_empty(), given) {
            (false, Some(given)) => format!("{}: {given}", entry.what),
            (false, None) => entry.what.clone(),
            (true, given) => given.unwrap_or("no longer used").to_owned(),
        };
        change.insert("reason", value(reason));
        change.insert("recode", value(if entry.recode { "required" } else { "done" }));
        let behind = changes.iter().last().map_or(isize::MAX, last_position);
        change.set_position(Some(behind));
        changes.push(change);
        self.document.as_table_mut().insert_formatted(&key, Item::ArrayOfTables(changes));
    }

    /// Puts the file together.
    pub(super) fn finish(mut self) -> (String, Vec<String>) {
        self.document.as_table_mut().insert_formatted(&self.codes_key, Item::ArrayOfTables(self.codes));
        if let Some((place, kept)) = self.homeless {
            let mut next = isize::MAX;
            each_table(self.document.as_table_mut(), &mut |table| {
                let here = table.position().filter(|here| *here > place && is_written(table));
                next = here.map_or(next, |here| here.min(next));
            });
            let mut kept = Some(kept);
            each_table(self.document.as_table_mut(), &mut |table| {
                if table.position() == Some(next)
                    && is_written(table)
                    && let Some(kept) = kept.take()
                {
                    // The log's new line, behind all others, has no written beginning yet.
                    let own = table.decor().prefix().map_or_else(|| "\n".to_owned(), |prefix| written(Some(prefix)));
                    table.decor_mut().set_prefix(above(&kept, &own));
                }
            });
            if let Some(kept) = kept {
                let end = written(Some(self.document.trailing()));
                self.document.set_trailing(above(&kept, &end));
            }
        }
        (self.document.to_string(), self.warnings)
    }
}

/// What the codebook's log says of a change.
pub(super) struct LogEntry<'a> {
    pub(super) code: &'a CodeId,
    pub(super) action: &'static str,
    /// What was done, with the other code's id; a reason follows it.
    pub(super) what: String,
    /// Whether earlier codings must be looked at again.
    pub(super) recode: bool,
}

/// Puts comments that end in an empty line above what begins with one or not.
fn above(kept: &str, own: &str) -> String {
    let kept = if own.starts_with('\n') { kept.strip_suffix('\n').unwrap_or(kept) } else { kept };
    format!("{kept}{own}")
}

/// Takes a list of tables out; one that is written inline becomes tables of its own.
fn list_of_tables(root: &mut Table, name: &str) -> (Key, ArrayOfTables) {
    let Some((key, item)) = root.remove_entry(name) else { return (Key::new(name), ArrayOfTables::new()) };
    if let Item::ArrayOfTables(tables) = item {
        return (key, tables);
    }
    let mut tables = item.into_array_of_tables().unwrap_or_default();
    let comments = written(key.leaf_decor().prefix());
    if let Some(first) = tables.get_mut(0).filter(|_| comments.contains('#')) {
        // They are about all of them, not only about the first.
        first.decor_mut().set_prefix(format!("\n{}\n\n", comments.trim()));
    }
    (Key::new(name), tables)
}

/// Gives each table a number of its own, in the order in which they are written.
fn number_tables(root: &mut Table) {
    let (mut places, mut last) = (Vec::new(), 0);
    each_table(root, &mut |table| {
        last = table.position().unwrap_or(last);
        places.push((last, places.len()));
    });
    places.sort_unstable();
    let mut numbers = vec![0; places.len()];
    for ((_, at), number) in places.into_iter().zip(0..) {
        if let Some(place) = numbers.get_mut(at) {
            *place = number;
        }
    }
    let mut numbers = numbers.into_iter();
    each_table(root, &mut |table| table.set_position(numbers.next()));
}

/// Walks over the tables below a table in the order in which they are printed when they have no places.
fn each_table(table: &mut Table, visit: &mut dyn FnMut(&mut Table)) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => {
                visit(inner);
                each_table(inner, visit);
            }
            Item::ArrayOfTables(tables) => {
                for inner in tables.iter_mut() {
                    visit(inner);
                    each_table(inner, visit);
                }
            }
            _ => {}
        }
    }
}

/// Whether a table has a heading in the file.
fn is_written(table: &Table) -> bool {
    !table.is_dotted() && !table.is_implicit()
}
