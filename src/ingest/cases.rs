//! The case register from a table.

use std::{collections::BTreeMap, path::Path};

use super::{
    Refusal,
    csv_rows::{Row, Sheet},
    read::read_text,
    rows::there_are,
};
use crate::{
    corpus::{Attributes, Case, CaseRegister},
    diagnostic::did_you_mean,
    study::Cases,
};

/// Reads the case register; bad rows are refused one by one. Empty cells are missing values.
///
/// # Errors
/// Returns why nothing could be read at all.
pub fn read_cases(root: &Path, cases: &Cases) -> Result<(CaseRegister, Vec<Refusal>), Refusal> {
    let refuse =
        |reason: String, hint: &str| Refusal { place: cases.path.clone(), reason, hint: Some(hint.to_owned()) };
    let ending = cases.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if !["csv", "tsv", "tab", "txt"].contains(&ending.as_str()) {
        return Err(refuse("a case register is a CSV file".to_owned(), "open it and save the sheet as CSV (UTF-8)"));
    }
    let decoded = read_text(root, &cases.path, None).map_err(|unreadable| unreadable.refuse(&cases.path))?;
    let no_header = || refuse("is empty".to_owned(), "the first line names the columns");
    let mut sheet = Sheet::open(&decoded.text).ok_or_else(no_header)?;
    let id_column = sheet.header.iter().position(|name| *name == cases.id).ok_or_else(|| {
        let names = || sheet.header.iter().map(String::as_str);
        let hint = match did_you_mean(&cases.id, names()) {
            Some(name) => format!("did you mean id = \"{name}\" in [cases]?"),
            None => "name the column with the ids in [cases]: id = \"…\"".to_owned(),
        };
        refuse(format!("has no column `{}`; {}", cases.id, there_are(names())), &hint)
    })?;
    if let Some(oddity) = sheet.oddities().into_iter().next() {
        return Err(refuse(oddity, "rename the columns, so that each has a name of its own"));
    }
    let mut refusals = Vec::new();
    let columns =
        sheet.header.iter().enumerate().filter(|(place, _)| *place != id_column).map(|(_, name)| name.clone());
    let mut register = CaseRegister { columns: columns.collect(), cases: Vec::new() };
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut refuse_row = |line: usize, reason: String, hint: &str| {
        refusals.push(Refusal { place: format!("{}:{line}", cases.path), reason, hint: Some(hint.to_owned()) });
    };
    while let Some(row) = sheet.next_row() {
        match row.map(|row| (row.line, case(row, &sheet.header, id_column))) {
            Ok((line, case)) if case.id.is_empty() => {
                refuse_row(line, format!("the case has no `{}`", cases.id), "give it an id");
            }
            Ok((line, case)) => match lines.get(&case.id) {
                Some(first) => {
                    let reason = format!("case `{}` stands twice: it is on line {first} too", case.id);
                    refuse_row(line, reason, "one row for each case");
                }
                None => {
                    lines.insert(case.id.clone(), line);
                    register.cases.push(case);
                }
            },
            Err((line, reason)) => {
                refuse_row(line, reason, "put a cell that holds commas, line breaks or quotes in quotes");
            }
        }
    }
    if let Some((line, reason)) = sheet.open_quote() {
        refuse_row(line, reason, "close the quote: the rows after it are part of one cell");
    }
    Ok((register, refusals))
}

fn case(row: Row, header: &[String], id_column: usize) -> Case {
    let mut id = String::new();
    let mut attributes = Attributes::new();
    for (place, (name, cell)) in header.iter().zip(row.cells).enumerate() {
        let value = cell.trim();
        if place == id_column {
            id = value.to_owned();
        } else if !value.is_empty() {
            attributes.insert(name.clone(), value.to_owned());
        }
    }
    Case { id, attributes }
}
