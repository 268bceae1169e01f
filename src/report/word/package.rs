//! The parts of a Word file, packed: sorted by name, with a fixed date, not compressed.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{WordError, paragraph::escaped, picture::Picture, styles};

/// Date in the file's properties; the day of its making is no part of what it says.
const DATE: &str = "1980-01-01T00:00:00Z";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Packs a document's body with its pictures.
pub(super) fn packed(title: &str, body: &str, pictures: &[Picture]) -> Result<Vec<u8>, WordError> {
    let mut parts: BTreeMap<String, Vec<u8>> = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", properties(title)),
        ("word/_rels/document.xml.rels", relations(pictures.len())),
        ("word/document.xml", document(body)),
        ("word/footer1.xml", footer()),
        ("word/settings.xml", settings()),
        ("word/styles.xml", styles::xml()),
    ]
    .map(|(name, text)| (name.to_owned(), format!("{HEAD}{text}").into_bytes()))
    .into();
    for (at, picture) in pictures.iter().enumerate() {
        parts.insert(format!("word/media/image{}.png", at + 1), picture.bytes.clone());
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, options)?;
        writer.write_all(&bytes).map_err(zip::result::ZipError::Io)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn content_types() -> String {
    let part = |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let word = |name: &str, kind: &str| part(&format!("word/{name}.xml"), &format!("{WORD}.{kind}+xml"));
    [
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
        "<Default Extension=\"png\" ContentType=\"image/png\"/>",
        &part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        &word("document", "document.main"),
        &word("footer1", "footer"),
        &word("settings", "settings"),
        &word("styles", "styles"),
        "</Types>",
    ]
    .concat()
}

fn relationships(all: &[(String, String, String)]) -> String {
    let one = |(id, kind, target): &(String, String, String)| {
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let all: String = all.iter().map(one).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

fn package_relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned();
    relationships(&[
        ("rId1".to_owned(), format!("{OFFICE}/officeDocument"), "word/document.xml".to_owned()),
        ("rId2".to_owned(), core, "docProps/core.xml".to_owned()),
    ])
}

fn relations(pictures: usize) -> String {
    let mut all: Vec<(String, String, String)> =
        ["styles", "settings"].map(|name| (name.to_owned(), format!("{OFFICE}/{name}"), format!("{name}.xml"))).into();
    all.push(("footer".to_owned(), format!("{OFFICE}/footer"), "footer1.xml".to_owned()));
    all.extend(
        (1..=pictures)
            .map(|number| (format!("image{number}"), format!("{OFFICE}/image"), format!("media/image{number}.png"))),
    );
    relationships(&all)
}

fn properties(title: &str) -> String {
    let date = |name: &str| format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{DATE}</dcterms:{name}>");
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>themata</dc:creator>\
         {}{}</cp:coreProperties>",
        escaped(title),
        date("created"),
        date("modified")
    )
}

fn document(body: &str) -> String {
    format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{body}</w:body></w:document>"
    )
}

/// Returns the page's number, in the middle of its foot.
fn footer() -> String {
    "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr>\
     <w:pStyle w:val=\"Footer\"/></w:pPr><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"
        .to_owned()
}

/// Says that the file is of the form that Word writes since 2013, so that it is not opened in a mode for older ones.
fn settings() -> String {
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:compat><w:compatSetting \
     w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
        .to_owned()
}
