//! What tables and JSON Lines have in common: columns for id, date and text; every other column is an attribute.

use super::read::{Draft, Reading};
use crate::study::Source;

/// A column with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Id,
    Date,
    Text,
}

impl Role {
    pub(super) const ALL: [Self; 3] = [Self::Id, Self::Date, Self::Text];

    /// Returns the key under `columns`, which is the usual name of the column too.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Date => "date",
            Self::Text => "text",
        }
    }

    /// Returns the name that the settings give it.
    pub(super) fn asked(self, source: &Source) -> Option<&str> {
        match self {
            Self::Id => source.id_column.as_deref(),
            Self::Date => source.date_column.as_deref(),
            Self::Text => source.text_column.as_deref(),
        }
    }

    /// Finds its column: by the name in the settings, else by its usual name. Case does not matter where nothing equal is there.
    pub(super) fn find<'n>(self, source: &Source, names: impl Iterator<Item = &'n str> + Clone) -> Option<usize> {
        let wanted = self.asked(source).map_or(self.key(), str::trim);
        let exact = names.clone().position(|name| name == wanted);
        exact.or_else(|| names.clone().position(|name| name.to_lowercase() == wanted.to_lowercase()))
    }
}

/// Says which columns there are, for a refusal.
pub(super) fn there_are<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.filter(|name| !name.is_empty()).map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "there are none".to_owned() } else { format!("there are {}", quoted.join(", ")) }
}

/// Refuses a file that has no column for its texts.
pub(super) fn refuse_without_text<'n>(reading: &mut Reading<'_>, names: impl Iterator<Item = &'n str>) {
    let wanted = Role::Text.asked(reading.source).unwrap_or(Role::Text.key());
    let reason = format!("has no column `{wanted}` with the texts; {}", there_are(names));
    reading.refuse_file(0, reason, Some("say in [[source]] which column holds them: columns = { text = \"…\" }"));
}

/// Takes one row: names and values in the order of the file, and the place of the text, the id and the date among them.
pub(super) fn take(reading: &mut Reading<'_>, line: usize, cells: Vec<(String, String)>, roles: [Option<usize>; 3]) {
    let mut draft = Draft { line, ..Draft::default() };
    let says_language = cells.iter().any(|(name, _)| name.eq_ignore_ascii_case("language"));
    for (place, (name, value)) in cells.into_iter().enumerate() {
        let role = Role::ALL.into_iter().zip(roles).find(|(_, at)| *at == Some(place)).map(|(role, _)| role);
        let trimmed = value.trim();
        match role {
            Some(Role::Text) => draft.text = value,
            Some(Role::Id) => draft.declared = (!trimmed.is_empty()).then(|| trimmed.to_owned()),
            Some(Role::Date) => draft.date = reading.date(trimmed, line),
            None if name.eq_ignore_ascii_case("language") || (!says_language && name.eq_ignore_ascii_case("lang")) => {
                draft.language = reading.language(trimmed, line);
            }
            None if name.is_empty() || trimmed.is_empty() => {}
            // Of two columns of one name the first counts; the file was warned about.
            None => drop(draft.attributes.entry(name).or_insert_with(|| trimmed.to_owned())),
        }
    }
    reading.take(draft);
}
