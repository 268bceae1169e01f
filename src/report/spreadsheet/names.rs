//! Names of sheets: at most 31 characters, none that a spreadsheet forbids, no two alike.

use std::collections::BTreeSet;

/// The most characters that a name may have.
const LONGEST: usize = 31;

/// Returns a name for each, in order; names that would be alike, also in capitals only, get a number.
pub(super) fn unique<'n>(wanted: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    // The name that a spreadsheet keeps for itself.
    let mut taken = BTreeSet::from(["history".to_owned()]);
    let mut name = |wanted: &str| {
        let plain = allowed(wanted);
        let numbered = (2..).map(|number| {
            let end = format!("-{number}");
            format!("{}{end}", first(&plain, LONGEST - end.len()))
        });
        let mut all = std::iter::once(first(&plain, LONGEST)).chain(numbered);
        all.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    wanted.into_iter().map(&mut name).collect()
}

/// Replaces what a name may not hold.
fn allowed(wanted: &str) -> String {
    let forbidden = |c: char| c.is_control() || "[]:*?/\\".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let plain: String = wanted.chars().map(|c| if forbidden(c) { '-' } else { c }).collect();
    let plain = plain.trim().trim_matches('\'').trim();
    if plain.is_empty() { "Table".to_owned() } else { plain.to_owned() }
}

/// Returns the first characters, as many as fit; spreadsheets count in UTF-16.
fn first(name: &str, most: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    name.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_allowed_and_differ() {
        let long = "a-very-long-name-of-a-table-by-section";
        let names = unique(["Site", "site", "a/b:c", "", "'q'", "History", long, long]);
        assert_eq!(
            names,
            [
                "Site",
                "site-2",
                "a-b-c",
                "Table",
                "q",
                "History-2",
                "a-very-long-name-of-a-table-by-",
                "a-very-long-name-of-a-table-b-2"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_words_make_names_that_a_workbook_takes(wanted in prop::collection::vec(".{0,40}", 1..6)) {
            let mut book = rust_xlsxwriter::Workbook::new();
            for name in unique(wanted.iter().map(String::as_str)) {
                prop_assert!(book.add_worksheet().set_name(&name).is_ok(), "{:?}", name);
            }
            prop_assert!(book.save_to_buffer().is_ok());
        }
    }
}
