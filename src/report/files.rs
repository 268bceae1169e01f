//! The files of a report: names and bytes, sorted by name.

use super::{StudyReport, escape, excerpts, excerpts::DocxError, format, html, markdown};

/// Returns every file of the report but PNG pictures and the manifest, which the caller adds.
///
/// # Errors
/// When the Word document cannot be packed.
pub fn files(report: &StudyReport) -> Result<Vec<(String, Vec<u8>)>, DocxError> {
    let mut files = vec![
        ("excerpts.csv".to_owned(), excerpts::csv(&report.excerpts).into_bytes()),
        (
            "excerpts.docx".to_owned(),
            excerpts::docx(&report.excerpts, &format!("Excerpts: {}", report.title), report.banner.as_ref())?,
        ),
        ("excerpts.md".to_owned(), excerpts::markdown(&report.excerpts, report.banner.as_ref()).into_bytes()),
        ("index.html".to_owned(), html::page(report).into_bytes()),
        ("report.md".to_owned(), markdown::report(report).into_bytes()),
    ];
    for section in &report.sections {
        files.push((format!("tables/{}.csv", escape::anchor(&section.name)), format::csv(&section.table).into_bytes()));
        let figure = section.figure.as_ref();
        files.extend(
            figure.map(|figure| {
                (format!("figures/{}.svg", escape::anchor(&figure.name)), figure.svg.clone().into_bytes())
            }),
        );
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_same_report_gives_the_same_files() {
        let files = files(&sample::study()).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        insta::assert_snapshot!(names.join("\n"), @"
        excerpts.csv
        excerpts.docx
        excerpts.md
        figures/frequency-entries.svg
        index.html
        report.md
        tables/attribute-need.csv
        tables/crosstab-section.csv
        tables/frequency-entries.csv
        tables/trend-month.csv
        ");
        assert_eq!(files, super::files(&sample::study()).unwrap());
    }

    #[test]
    fn no_name_leaves_the_folder() {
        let mut report = sample::study();
        report.sections.iter_mut().for_each(|section| section.name = format!("../{}", section.name));
        assert!(files(&report).unwrap().iter().all(|(name, _)| !name.contains("../")));
    }
}
