//! What must hold for every workbook: numbers are numbers, words are words, the same bytes each time.

use std::io::{Cursor, Read as _};

use super::*;
use crate::report::{format::sample as tables, sample};

/// Returns the parts of a workbook as text, after each was read as XML.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        let _ = file.read_to_string(&mut text).unwrap();
        if let Err(error) = resvg::usvg::roxmltree::Document::parse(&text) {
            panic!("{:?}: {error}", file.name());
        }
        parts.push((file.name().unwrap().into_owned(), text));
    }
    parts
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(part, _)| part == name).map(|(_, text)| text).unwrap_or_default()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Returns the numbers that stand in cells.
fn numbers(sheet: &str) -> Vec<&str> {
    let cells =
        sheet.split("<c ").skip(1).filter(|cell| !cell.split('>').next().unwrap_or_default().contains("t=\"s\""));
    cells.filter_map(|cell| cell.split("<v>").nth(1)?.split("</v>").next()).collect()
}

#[test]
fn numbers_are_numbers() {
    let sheet = part(&xlsx(&tables::measured()).unwrap(), SHEET);
    // n, percentage, N, missing, both ends of the interval; the third percentage is shown as `<0.1` and is no 0.
    assert_eq!(numbers(&sheet)[..6], ["950", "35.1", "2710", "5", "33.3", "36.9"]);
    assert_eq!(numbers(&sheet)[12..14], ["1", "2710"]);
    let sheet = part(&xlsx(&tables::crosstab()).unwrap(), SHEET);
    assert_eq!(numbers(&sheet), ["7", "31", "78", "0", "12", "30"]);
    // A hidden count has no number that would give it away.
    let sheet = part(&xlsx(&tables::hidden()).unwrap(), SHEET);
    assert_eq!(numbers(&sheet).iter().filter(|number| **number != "2710" && **number != "5").count(), 4);
}

#[test]
fn no_cell_is_a_formula_or_a_link() {
    for start in ["=", "+", "-", "@", "\t=", "\r=", "{=", "http://", "mailto:", "internal:"] {
        let words = format!("{start}HYPERLINK(\"x\")\u{1}");
        for (name, table) in tables::hostile(&words) {
            let bytes = xlsx(&table).unwrap();
            let sheet = part(&bytes, SHEET);
            assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{name} {start}");
            assert!(part(&bytes, "xl/sharedStrings.xml").contains("HYPERLINK(\"x\")"), "{name} {start}");
        }
    }
}

#[test]
fn the_same_bytes_and_no_date_of_today() {
    for bytes in [xlsx(&tables::frequency()), workbook(&sample::study())] {
        let bytes = bytes.unwrap();
        assert_eq!(part(&bytes, "docProps/core.xml").matches("1980-01-01T00:00:00Z").count(), 2);
        assert_eq!(bytes.get(10..14), Some([0, 0, 0x21, 0].as_slice()));
    }
    assert_eq!(workbook(&sample::study()).unwrap(), workbook(&sample::study()).unwrap());
}

#[test]
fn a_sheet_a_table_behind_the_contents() {
    let bytes = workbook(&sample::study()).unwrap();
    let book = part(&bytes, "xl/workbook.xml");
    let names: Vec<&str> = book.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names, ["Contents", "frequency-entries", "crosstab-section", "trend-month", "attribute-need"]);
    let words = part(&bytes, "xl/sharedStrings.xml");
    for expected in ["Origin", "codebook fingerprint", "Legal needs of patients", "Unreviewed: 0 of"] {
        assert!(words.contains(expected), "{expected}");
    }
    assert!(!part(&workbook(&sample::hostile()).unwrap(), "xl/sharedStrings.xml").contains("<script>"));
}

#[test]
fn notes_stand_below_and_heads_stay_in_sight() {
    let bytes = xlsx(&tables::pairs()).unwrap();
    let words = part(&bytes, "xl/sharedStrings.xml");
    assert!(words.contains("Where no Jaccard is shown: neither code is used."), "{words}");
    assert!(part(&bytes, SHEET).contains("state=\"frozen\""));
}

#[test]
fn words_longer_than_a_cell_are_cut_and_said_to_be() {
    let mut table = tables::frequency();
    table.rows[0].label = "word ".repeat(10_000);
    let words = part(&xlsx(&table).unwrap(), "xl/sharedStrings.xml");
    assert!(words.contains("… [18000 more characters]"), "{}", words.len());
}
