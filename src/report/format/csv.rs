//! A table as CSV (RFC 4180): one line a row, long, for programs and spreadsheets.

use ::csv::{Terminator, WriterBuilder};

use crate::{
    report::escape::spreadsheet,
    table::{Level, Row, Table},
};

/// Writes a table as CSV with a head line; cells that a spreadsheet would run as a formula begin with an apostrophe.
pub fn csv(table: &Table) -> String {
    let across = across(table);
    let mut records = vec![head(across)];
    records.extend(table.rows.iter().map(|row| record(row, across)));
    write(&records)
}

/// Writes records as RFC 4180 says: quotes where needed, lines end in CR LF.
pub(in crate::report) fn write(records: &[Vec<String>]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        // Writing to memory fails only when records differ in length, and `record` follows `head`.
        if writer.write_record(record).is_err() {
            debug_assert!(false, "a record of another length");
        }
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Returns the name of the column for values across, if the table has any.
fn across(table: &Table) -> Option<&'static str> {
    let column = table.rows.iter().any(|row| row.column.is_some()).then_some("column");
    column.or_else(|| table.rows.iter().any(|row| row.month.is_some()).then_some("month"))
}

fn head(across: Option<&str>) -> Vec<String> {
    let names = ["id", "label", "level", "parent"].into_iter().chain(across);
    let numbers = ["n", "N", "missing", "percent", "percent_reason", "unit", "evidence"];
    names.chain(numbers).map(str::to_owned).collect()
}

fn record(row: &Row, across: Option<&str>) -> Vec<String> {
    let words = |words: Option<&str>| spreadsheet(words.unwrap_or_default());
    let level = match row.level {
        Level::Theme => "theme",
        Level::Code => "code",
        Level::Value => "value",
    };
    let mut cells = vec![words(Some(&row.id)), words(Some(&row.label)), level.to_owned(), words(row.parent.as_deref())];
    if across.is_some() {
        cells.push(words(row.column.as_deref().or(row.month.as_deref())));
    }
    cells.extend([row.n.map(|n| n.to_string()).unwrap_or_default(), row.total.to_string(), row.missing.to_string()]);
    cells.push(row.percent.map(|percent| percent.value().to_string()).unwrap_or_default());
    cells.extend([words(row.percent_reason.as_deref()), row.unit.word(1).to_owned(), words(Some(&row.evidence))]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::format::sample;

    #[test]
    fn one_line_a_row() {
        insta::assert_snapshot!(csv(&sample::frequency()).replace("\r\n", "\n"), @"
        id,label,level,parent,n,N,missing,percent,percent_reason,unit,evidence
        health,Immigration status is a social determinant of health,theme,,12,14,0,,fewer than 20 entries,entry,entry/theme:health
        language-barrier,Language barrier,code,health,9,14,0,,fewer than 20 entries,entry,entry/code:language-barrier
        interpreter,Interpreter missing,code,language-barrier,4,14,0,,fewer than 20 entries,entry,entry/code:interpreter
        trust,Trust,theme,,0,14,0,,fewer than 20 entries,entry,entry/theme:trust
        ");
    }

    #[test]
    fn columns_stay_long() {
        insta::assert_snapshot!(csv(&sample::crosstab()).replace("\r\n", "\n"), @"
        id,label,level,parent,column,n,N,missing,percent,percent_reason,unit,evidence
        fear,Fear of being seen,code,,Greatest success,7,14,0,,fewer than 20 entries,entry,entry/code:fear/section:Greatest success
        fear,Fear of being seen,code,,Greatest challenge,31,40,0,78,,entry,entry/code:fear/section:Greatest challenge
        housing,Housing,code,,Greatest success,0,14,0,,fewer than 20 entries,entry,entry/code:housing/section:Greatest success
        housing,Housing,code,,Greatest challenge,12,40,0,30,,entry,entry/code:housing/section:Greatest challenge
        ");
    }

    #[test]
    fn no_cell_is_a_formula_and_quotes_follow_rfc_4180() {
        let mut table = sample::frequency();
        table.rows.truncate(1);
        if let Some(row) = table.rows.first_mut() {
            row.id = "=cmd|' /C calc'!A0".to_owned();
            row.label = "@sum, \"quoted\"\nnext".to_owned();
        }
        let written = csv(&table);
        let line = written.split_once("\r\n").map(|(_, line)| line).unwrap_or_default();
        assert!(line.starts_with("'=cmd|' /C calc'!A0,\"'@sum, \"\"quoted\"\"\nnext\",theme,,"), "{line}");
    }
}
