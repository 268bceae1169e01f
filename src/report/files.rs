//! The files of a report: names and bytes, sorted by name.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{
    Figure, StudyReport,
    chart::with_font,
    escape, excerpts, format, html, markdown,
    spreadsheet::{WorkbookError, workbook},
    word::{WordError, word},
};

/// Why the files of a report could not be made.
#[derive(Debug, Error)]
pub enum FilesError {
    /// A Word document.
    #[error(transparent)]
    Word(#[from] WordError),
    /// The workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

/// Returns every file of the report but the manifest, which the caller adds; `png` holds the pictures by the figure's name.
///
/// # Errors
/// When a Word document or the workbook cannot be packed.
pub fn files(report: &StudyReport, png: &BTreeMap<String, Vec<u8>>) -> Result<Vec<(String, Vec<u8>)>, FilesError> {
    let mut files = vec![
        ("excerpts.csv".to_owned(), excerpts::csv(&report.excerpts).into_bytes()),
        (
            "excerpts.docx".to_owned(),
            excerpts::docx(&report.excerpts, &format!("Excerpts: {}", report.title), report.banner.as_ref())?,
        ),
        ("excerpts.md".to_owned(), excerpts::markdown(&report.excerpts, report.banner.as_ref()).into_bytes()),
        ("index.html".to_owned(), html::page(report).into_bytes()),
        ("report.docx".to_owned(), word(report, png)?),
        ("report.md".to_owned(), markdown::report(report).into_bytes()),
        ("tables.xlsx".to_owned(), workbook(report)?),
    ];
    if !report.methods.is_empty() {
        files.push(("methods.md".to_owned(), markdown::methods(&report.methods).into_bytes()));
    }
    for list in &report.checklists {
        files.push((format!("checklists/{}.md", list.id), list.markdown().into_bytes()));
        files.push((format!("checklists/{}.csv", list.id), list.csv().into_bytes()));
    }
    for section in &report.sections {
        files.push((format!("tables/{}.csv", escape::anchor(&section.name)), format::csv(&section.table).into_bytes()));
        let Some(figure) = &section.figure else { continue };
        let [drawing, picture] = figure_files(figure);
        files.push((drawing, with_font(&figure.svg).into_bytes()));
        files.extend(png.get(&figure.name).map(|bytes| (picture, bytes.clone())));
    }
    files.sort();
    Ok(files)
}

/// Returns the names of a figure's files: SVG and PNG.
pub fn figure_files(figure: &Figure) -> [String; 2] {
    [".svg", ".png"].map(|ending| format!("figures/{}{ending}", escape::anchor(&figure.name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_same_report_gives_the_same_files() {
        let files = files(&sample::study(), &sample::pictures()).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        insta::assert_snapshot!(names.join("\n"), @"
        excerpts.csv
        excerpts.docx
        excerpts.md
        figures/frequency-entries.png
        figures/frequency-entries.svg
        index.html
        methods.md
        report.docx
        report.md
        tables.xlsx
        tables/attribute-need.csv
        tables/crosstab-section.csv
        tables/frequency-entries.csv
        tables/trend-month.csv
        ");
        assert_eq!(files, super::files(&sample::study(), &sample::pictures()).unwrap());
    }

    #[test]
    fn no_name_leaves_the_folder() {
        let mut report = sample::study();
        report.sections.iter_mut().for_each(|section| section.name = format!("../{}", section.name));
        assert!(files(&report, &BTreeMap::new()).unwrap().iter().all(|(name, _)| !name.contains("../")));
    }
}
