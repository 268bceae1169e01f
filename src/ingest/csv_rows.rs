//! Importer of CSV and TSV: a row is an entry.

use std::collections::BTreeSet;

use super::{
    order,
    read::Reading,
    rows::{self, Role},
};
use crate::{study::Source, table::counted};

const MISSING_QUOTE: &str = "look whether a quote is missing or one too many: the rows after it are part of one cell";

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
        if let Some(reason) = sheet.swallowed(roles[1], reading.source) {
            reading.warn(sheet.last.0, reason, Some(MISSING_QUOTE));
        }
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
        reading.warn(line, reason, Some(MISSING_QUOTE));
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
    /// Lines before `text`.
    skipped: usize,
    delimiter: u8,
    reader: csv::Reader<&'t [u8]>,
    /// First and last line of the last row.
    last: (usize, usize),
    /// What the last row is in the text.
    raw: &'t str,
}

impl<'t> Sheet<'t> {
    /// Reads the header; nothing when there is none.
    pub(super) fn open(text: &'t str) -> Option<Self> {
        let said = said_delimiter(text);
        let (text, skipped) = said.map_or((text, 0), |(_, rest)| (rest, 1));
        let delimiter = said.map_or_else(|| delimiter(text), |(delimiter, _)| delimiter);
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
        (found && !header.is_empty()).then_some(Self {
            header,
            text,
            skipped,
            delimiter,
            reader,
            last: (1, 1),
            raw: "",
        })
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
                Err(problem) => return Some(Err((self.line(before.line()), format!("cannot be read: {problem}")))),
            }
            let line = self.line(before.line()) + self.blank_lines_at(before.byte());
            self.last = (line, self.line(self.reader.position().line()));
            let [start, end] = [before.byte(), self.reader.position().byte()].map(|byte| usize::try_from(byte).ok());
            self.raw = start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default();
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

    /// Returns the line of the file, from the reader's.
    fn line(&self, line: u64) -> usize {
        usize::try_from(line).unwrap_or(usize::MAX).saturating_add(self.skipped)
    }

    /// Tells whether the last row looks as if a stray quote had drawn other rows into one of its cells: why.
    ///
    /// A cell of several lines is nothing odd. It is where something follows the quote that ends it, or where a line inside
    /// it reads like a row: as many cells, with a date among them where the dates stand.
    fn swallowed(&self, dates: Option<usize>, source: &Source) -> Option<String> {
        let raw = self.raw.trim_matches('\n');
        let lines = raw.matches('\n').count();
        if lines == 0 {
            return None;
        }
        let (first, last) = (self.last.0, self.last.0 + lines);
        let delimiter = char::from(self.delimiter);
        let is_row = |line: &str| {
            let cells: Vec<&str> = line.split(delimiter).collect();
            let date = dates.and_then(|place| cells.get(place)).map(|cell| cell.trim().trim_matches('"'));
            cells.len() >= self.header.len() && date.is_some_and(|date| order::read_date(date, source).is_some())
        };
        let drawn_in = raw.lines().skip(1).any(is_row);
        (drawn_in || goes_on_after_quote(raw, self.delimiter))
            .then(|| format!("a cell runs from line {first} to line {last}, and lines inside it look like rows"))
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

/// Tells whether a cell of several lines ends with a quote after which something else than the next cell follows.
fn goes_on_after_quote(row: &str, delimiter: u8) -> bool {
    let bytes = row.as_bytes();
    let (mut at, mut opened) = (0, None);
    while let Some(byte) = bytes.get(at) {
        let begins_cell = at == 0 || bytes.get(at - 1) == Some(&delimiter);
        match (opened, byte) {
            (None, b'"') if begins_cell => opened = Some(at),
            (Some(_), b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (Some(start), b'"') => {
                let ends = bytes.get(at + 1).is_none_or(|next| *next == delimiter || *next == b'\n');
                if !ends && row.get(start..at).is_some_and(|cell| cell.contains('\n')) {
                    return true;
                }
                opened = None;
            }
            _ => {}
        }
        at += 1;
    }
    false
}

/// Reads the line `sep=;` with which spreadsheets say what parts the cells: it, and the text below.
fn said_delimiter(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let (key, mark) = line.trim_matches([' ', '"']).split_once('=')?;
    let mark = if mark == "\\t" { b'\t' } else { *mark.as_bytes().first().filter(|_| mark.len() == 1)? };
    (key.eq_ignore_ascii_case("sep") && !mark.is_ascii_alphanumeric() && mark != b'"').then_some((mark, rest))
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
