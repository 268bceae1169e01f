//! Importer of CSV and TSV: a row is an entry.

use std::collections::BTreeSet;

use super::{
    read::Reading,
    rows::{self, Role},
};
use crate::table::counted;

/// Reads a table of entries.
pub(super) fn import(text: &str, reading: &mut Reading<'_>) {
    let Some(mut sheet) = Sheet::open(text) else {
        reading.refuse_empty("the first line names the columns: id,date,text");
        return;
    };
    let names = sheet.header.clone();
    let names = || names.iter().map(String::as_str);
    let roles = Role::ALL.map(|role| role.find(reading.source, names()));
    if roles[2].is_none() {
        rows::refuse_without_text(reading, names());
        return;
    }
    for (role, place) in Role::ALL.into_iter().zip(roles) {
        if let (Some(asked), None) = (role.asked(reading.source), place) {
            let reason = format!("has no column `{asked}`; {}", rows::there_are(names()));
            let hint = format!("correct `{}` under `columns` in [[source]]", role.key());
            reading.refuse_file(0, reason, Some(&hint));
            return;
        }
    }
    for reason in sheet.oddities() {
        reading.warn(1, reason, Some("rename the columns, so that each has a name of its own"));
    }
    while let Some(row) = sheet.next_row() {
        match row {
            Ok(Row { line, cells }) => {
                let named = names().map(str::to_owned).zip(cells).collect();
                rows::take(reading, line, named, roles);
            }
            Err((line, reason)) => {
                reading.refuse(line, reason, Some("put a cell that holds commas, line breaks or quotes in quotes"));
            }
        }
    }
    if let Some((line, reason)) = sheet.open_quote() {
        reading.warn(
            line,
            reason,
            Some("look whether a quote is missing: the rows after it would be part of one cell"),
        );
    }
}

/// A row with as many cells as the header has names.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// A table with a header, read row by row.
pub(super) struct Sheet<'t> {
    pub(super) header: Vec<String>,
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// First and last line of the last row.
    last: (usize, usize),
}

impl<'t> Sheet<'t> {
    /// Reads the header; nothing when there is none.
    pub(super) fn open(text: &'t str) -> Option<Self> {
        let delimiter = delimiter(text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let found = reader.read_record(&mut record).unwrap_or(false);
        let mut header: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
        // A delimiter after the last name is no column.
        while header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        (found && !header.is_empty()).then_some(Self { header, text, reader, last: (1, 1) })
    }

    /// Says what is odd about the header.
    pub(super) fn oddities(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut odd = Vec::new();
        for (place, name) in self.header.iter().enumerate() {
            if name.is_empty() {
                odd.push(format!("column {} has no name and is left out", place + 1));
            } else if !seen.insert(name) {
                odd.push(format!("column `{name}` stands twice; where both have a value, the first counts"));
            }
        }
        odd
    }

    /// Reads the next row that is not empty: its cells, or its line and what is wrong with it.
    pub(super) fn next_row(&mut self) -> Option<Result<Row, (usize, String)>> {
        let mut record = csv::StringRecord::new();
        loop {
            let before = self.reader.position().clone();
            // The text is UTF-8 and rows may have any length, so that no error is left but none is hidden either.
            match self.reader.read_record(&mut record) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(problem) => return Some(Err((line_number(before.line()), format!("cannot be read: {problem}")))),
            }
            let line = line_number(before.line()) + self.blank_lines_at(before.byte());
            self.last = (line, line_number(self.reader.position().line()));
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            while cells.len() > self.header.len() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                cells.pop();
            }
            if cells.len() == self.header.len() {
                return Some(Ok(Row { line, cells }));
            }
            let reason =
                format!("the header has {}, the row {}", counted(self.header.len(), "column", "columns"), cells.len());
            return Some(Err((line, reason)));
        }
    }

    /// Counts blank lines that the reader skips before a row.
    fn blank_lines_at(&self, byte: u64) -> usize {
        let rest = usize::try_from(byte).ok().and_then(|byte| self.text.as_bytes().get(byte..)).unwrap_or_default();
        rest.iter().take_while(|byte| **byte == b'\n').count()
    }

    /// Tells whether the last row looks as if its quote was never closed: its line and why.
    pub(super) fn open_quote(&self) -> Option<(usize, String)> {
        let (first, last) = self.last;
        let odd = self.text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        (odd && last > first + 1)
            .then(|| (first, format!("a quote that opens here runs to the end of the file (line {last})")))
    }
}

fn line_number(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// Finds what parts the cells: the most frequent of tab, semicolon and comma in the first line outside quotes.
///
/// Spreadsheets write semicolons where the comma is the decimal point.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches('\n').bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(delimiter, _)| *delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // Of equal counts the first wins: `max_by_key` would take the last.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}
