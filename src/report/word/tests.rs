//! What must hold for every Word document: the same bytes, parts that are XML, nothing of the clock, and what is seen.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use super::*;
use crate::report::{format::sample as tables, sample};

/// Returns the parts of a document, in the order in which they stand.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        let _ = file.read_to_end(&mut bytes).unwrap();
        parts.push((file.name().unwrap().into_owned(), bytes));
    }
    parts
}

/// Returns a part as text, after all parts were read as XML.
fn part(bytes: &[u8], name: &str) -> String {
    let mut found = String::new();
    for (part, bytes) in parts(bytes) {
        if part.ends_with(".png") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        if let Err(error) = resvg::usvg::roxmltree::Document::parse(&text) {
            panic!("{part}: {error}\n{text}");
        }
        if part == name {
            found = text;
        }
    }
    found
}

fn body(bytes: &[u8]) -> String {
    part(bytes, "word/document.xml")
}

#[test]
fn parts_are_sorted_and_have_no_date_of_today() {
    let bytes = word(&sample::study(), &sample::pictures()).unwrap();
    let names: Vec<String> = parts(&bytes).into_iter().map(|(name, _)| name).collect();
    insta::assert_snapshot!(names.join("\n"), @"
    [Content_Types].xml
    _rels/.rels
    docProps/core.xml
    word/_rels/document.xml.rels
    word/document.xml
    word/footer1.xml
    word/media/image1.png
    word/settings.xml
    word/styles.xml
    ");
    assert!(names.is_sorted());
    // Time and date of the first part: midnight, 1 January 1980.
    assert_eq!(bytes.get(10..14), Some([0, 0, 0x21, 0].as_slice()));
    assert_eq!(part(&bytes, "docProps/core.xml").matches("1980-01-01T00:00:00Z").count(), 2);
    assert_eq!(bytes, word(&sample::study(), &sample::pictures()).unwrap());
}

#[test]
fn a_table_has_a_numbered_caption_heads_that_repeat_and_notes() {
    let body = body(&docx(&tables::frequency()).unwrap());
    assert!(body.contains("<w:pStyle w:val=\"Caption\"/>") && body.contains(" SEQ Table \\* ARABIC "), "{body}");
    assert_eq!(body.matches("<w:tblHeader/>").count(), 1);
    let row = body.split("<w:tr>").nth(2).unwrap_or_default();
    assert!(row.contains("<w:b/>") && row.contains("<w:jc w:val=\"right\"/>") && row.contains("12 of 14"), "{row}");
    let code = body.split("<w:tr>").nth(4).unwrap_or_default();
    assert!(code.contains("<w:ind w:left=\"600\" w:hanging=\"200\"/>") && !code.contains("<w:b/>"), "{code}");
    let after = body.split("</w:tbl>").nth(1).unwrap_or_default();
    assert!(after.starts_with("<w:p><w:pPr><w:pStyle w:val=\"TableNote\"/>"), "{after}");
}

#[test]
fn styles_are_the_ones_that_word_knows() {
    let styles = part(&docx(&tables::frequency()).unwrap(), "word/styles.xml");
    for name in ["Normal", "heading 1", "heading 2", "heading 3", "caption", "Title", "Quote", "Table Note"] {
        assert!(styles.contains(&format!("<w:name w:val=\"{name}\"/>")), "{name}");
    }
    // A style that paragraphs name and the file does not have would be Normal.
    let report = body(&word(&sample::study(), &sample::pictures()).unwrap());
    for named in report.split("<w:pStyle w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(styles.contains(&format!("w:styleId=\"{named}\"")), "{named}");
    }
}

#[test]
fn a_wide_table_lies_and_stays_on_its_page() {
    let mut table = tables::frequency();
    let month = |month: usize| crate::table::Row {
        month: Some(format!("2018-{month:02}")),
        ..tables::row(crate::table::Level::Code, "a", "A label of many words that must wrap", None, 1_100, 22_000)
    };
    table.rows = (1..=24).map(month).collect();
    table.rows.iter_mut().enumerate().for_each(|(at, row)| row.total += at as u64 / 20);
    let body = body(&docx(&table).unwrap());
    assert!(body.contains("w:orient=\"landscape\"") && body.contains("Continued."));
    for grid in body.split("<w:tblGrid>").skip(1).filter_map(|rest| rest.split("</w:tblGrid>").next()) {
        let widths = grid.split("w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
        assert!(widths.sum::<usize>() <= document::LYING, "{grid}");
    }
    assert!(!self::body(&docx(&tables::frequency()).unwrap()).contains("landscape"));
}

#[test]
fn every_table_fits_its_page() {
    for (name, table) in tables::all() {
        let body = body(&docx(&table).unwrap());
        let room = if body.contains("landscape") { document::LYING } else { document::UPRIGHT };
        for grid in body.split("<w:tblGrid>").skip(1).filter_map(|rest| rest.split("</w:tblGrid>").next()) {
            let widths = grid.split("w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
            let sum = widths.sum::<usize>();
            assert!(sum <= room, "{name}: {sum}");
        }
    }
}

#[test]
fn words_of_people_are_words() {
    let hostile = "a\u{0}\u{1b}\u{b}<w:p/> & \"b\" ]]> \u{fffe}\u{ffff}\r\n\tc";
    for (name, table) in tables::hostile(hostile) {
        let body = body(&docx(&table).unwrap());
        assert!(body.contains("a &lt;w:p/&gt; &amp; &quot;b&quot; ]]&gt;"), "{name}: {body}");
    }
    let report = body(&word(&sample::hostile(), &BTreeMap::new()).unwrap());
    assert!(report.contains("&lt;script&gt;") && !report.contains("<script>"));
}

#[test]
fn figures_have_words_for_people_who_cannot_see_them() {
    let body = body(&word(&sample::study(), &sample::pictures()).unwrap());
    assert!(body.contains("descr=\"Bars of the entries of each theme.\"") && body.contains(" SEQ Figure "));
    assert!(body.contains("Something &lt;is&gt; missing."));
    // What is no picture is left out with its caption.
    let broken = sample::pictures().into_keys().map(|name| (name, b"no picture".to_vec())).collect();
    for png in [BTreeMap::new(), broken] {
        let body = self::body(&word(&sample::study(), &png).unwrap());
        assert!(!body.contains("descr=") && !body.contains(" SEQ Figure "));
    }
}

#[test]
fn the_report_holds_all_its_parts() {
    let body = body(&word(&sample::study(), &sample::pictures()).unwrap());
    for words in ["At a glance", "Excerpts", "Codebook", "Remarks", "Origin", "Unreviewed: 0 of"] {
        assert!(body.contains(words), "{words}");
    }
    assert_eq!(
        body.matches("<w:tbl>").count(),
        body.matches(" SEQ Table ").count() + body.matches("Continued.").count()
    );
}

#[test]
fn captions_follow_the_journal() {
    let captions = |style| {
        let report = crate::report::StudyReport { captions: style, ..crate::report::sample::study() };
        let bytes = word(&report, &crate::report::sample::pictures()).unwrap();
        part(&bytes, "word/document.xml")
    };
    let ama = captions(crate::study::CaptionStyle::Ama);
    let apa = captions(crate::study::CaptionStyle::Apa);
    let italic = "<w:i/><w:iCs/></w:rPr><w:t xml:space=\"preserve\">Themes and codes";
    assert!(!ama.contains(italic) && apa.contains(italic));
    // APA sets a figure's number and title above it.
    let place = |document: &str, what: &str| document.find(what).unwrap();
    assert!(place(&ama, "<w:drawing>") < place(&ama, "SEQ Figure"));
    assert!(place(&apa, "SEQ Figure") < place(&apa, "<w:drawing>"));
}
