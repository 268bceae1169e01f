//! The tables of a study's report as one workbook, with their list and their origin on the first sheet.

use rust_xlsxwriter::{Format, Url, Worksheet};

use super::{
    WorkbookError, names, new,
    sheet::{self, words},
};
use crate::report::{StudyReport, escape, format::caption};

/// Name of the first sheet.
const CONTENTS: &str = "Contents";

/// Writes every table of the report on a sheet of its own, behind a sheet of contents and origin.
///
/// # Errors
/// When a table has more lines or columns than a sheet can hold.
pub fn workbook(report: &StudyReport) -> Result<Vec<u8>, WorkbookError> {
    let mut book = new(&report.title)?;
    let sections = report.sections.iter().map(|section| section.name.as_str());
    let names = names::unique(std::iter::once(CONTENTS).chain(sections)).split_off(1);
    contents(book.add_worksheet().set_name(CONTENTS)?, report, &names)?;
    for (section, name) in report.sections.iter().zip(&names) {
        sheet::write(book.add_worksheet().set_name(name)?, &section.table)?;
    }
    Ok(book.save_to_buffer()?)
}

fn contents(sheet: &mut Worksheet, report: &StudyReport, names: &[String]) -> Result<(), WorkbookError> {
    let (plain, bold) = (Format::new(), Format::new().set_bold());
    words(sheet, 0, 0, &report.title, &Format::new().set_bold().set_font_size(14))?;
    let mut row = 1;
    let banner = report.banner.as_ref().map(crate::report::Banner::sentence);
    for line in [Some(report.subtitle.clone()), banner].into_iter().flatten().filter(|line| !line.is_empty()) {
        words(sheet, row, 0, &line, &plain)?;
        row += 1;
    }
    row += 1;
    for (column, head) in (0..).zip(["Sheet", "Table", "What is counted"]) {
        words(sheet, row, column, head, &bold)?;
    }
    for (section, name) in report.sections.iter().zip(names) {
        row += 1;
        let place = format!("internal:'{}'!A1", name.replace('\'', "''"));
        sheet.write_url(row, 0, Url::new(place).set_text(escape::xml(name)))?;
        words(sheet, row, 1, &section.heading, &plain)?;
        words(sheet, row, 2, &caption(&section.table), &plain)?;
    }
    row += 2;
    let facts = report.glance.iter().map(|fact| (&fact.name, &fact.value));
    for (head, facts) in [
        ("At a glance", facts.collect::<Vec<_>>()),
        ("Origin", report.origin.iter().map(|(name, value)| (name, value)).collect()),
    ] {
        if facts.is_empty() {
            continue;
        }
        words(sheet, row, 0, head, &bold)?;
        for (name, value) in facts {
            row += 1;
            words(sheet, row, 0, name, &plain)?;
            words(sheet, row, 1, value, &plain)?;
        }
        row += 2;
    }
    sheet.set_column_width(0, 26)?;
    sheet.set_column_width(1, 44)?;
    sheet.set_column_width(2, 70)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
