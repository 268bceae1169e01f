//! A document as it grows: paragraphs, tables, pictures, and the turning of its pages.

use super::{
    WordError,
    package::packed,
    paragraph::{Paragraph, Style, escaped},
    picture::Picture,
    table,
};
use crate::{study::CaptionStyle, table::Table};

/// A sheet of A4: width and height, in twentieths of a point.
const SHEET: (usize, usize) = (11_906, 16_838);
/// An inch on every side (APA 7, 2.22).
const MARGIN: usize = 1_440;
/// Room for words on an upright page.
pub(super) const UPRIGHT: usize = SHEET.0 - 2 * MARGIN;
/// Room for words on a page that lies.
pub(super) const LYING: usize = SHEET.1 - 2 * MARGIN;

/// A Word document.
#[derive(Debug, Default)]
pub(in crate::report) struct Document {
    body: String,
    pictures: Vec<Picture>,
    /// The pages from here on lie.
    lies: bool,
    tables: usize,
    captions: CaptionStyle,
}

impl Document {
    /// Begins a document whose captions are set in one way.
    pub(super) fn with_captions(captions: CaptionStyle) -> Self {
        Self { captions, ..Self::default() }
    }

    /// Adds a paragraph.
    pub(in crate::report) fn add(&mut self, paragraph: &Paragraph) {
        self.body.push_str(&paragraph.xml());
    }

    /// Adds a paragraph of words.
    pub(in crate::report) fn say(&mut self, style: Style, words: &str) {
        self.add(&Paragraph::of(style, words));
    }

    /// Makes the pages from here on lie or stand.
    pub(super) fn turn(&mut self, lies: bool) {
        if lies != self.lies && !self.body.is_empty() {
            // A section's sheet is a property of its last paragraph, which has no height here.
            let sheet = sheet(self.lies);
            self.body.push_str(&format!(
                "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{sheet}</w:pPr></w:p>"
            ));
        }
        self.lies = lies;
    }

    /// Adds a table with its numbered caption and its notes.
    pub(super) fn table(&mut self, table: &Table) {
        self.tables += 1;
        let room = if self.lies { LYING } else { UPRIGHT };
        self.body.push_str(&table::xml(table, self.tables, room, self.captions));
    }

    /// Adds a picture with its numbered caption, and what must be known about it.
    pub(super) fn picture(&mut self, picture: Picture, caption: &str, note: &str) {
        self.pictures.push(picture);
        let number = self.pictures.len();
        let drawing = self.pictures.last().map(|picture| picture.xml(number)).unwrap_or_default();
        let captions = captioned(self.captions, "Figure", number, caption);
        if self.captions == CaptionStyle::Apa {
            // APA sets number and title of a figure above it.
            captions.iter().for_each(|line| self.add(&line.clone().keep_next(true)));
            self.add(&Paragraph::new(Style::Normal).keep_next(!note.is_empty()).raw(&drawing));
        } else {
            self.add(&Paragraph::new(Style::Normal).keep_next(true).raw(&drawing));
            captions.iter().for_each(|line| self.add(&line.clone().keep_next(!note.is_empty())));
        }
        if !note.is_empty() {
            self.say(Style::TableNote, note);
        }
    }

    /// Packs it.
    pub(in crate::report) fn packed(self, title: &str) -> Result<Vec<u8>, WordError> {
        packed(title, &format!("{}{}", self.body, sheet(self.lies)), &self.pictures)
    }
}

/// Returns a caption: `Table 1. Words` on one line, or in APA's way the number alone and the words below in italics.
pub(super) fn captioned(style: CaptionStyle, word: &str, number: usize, words: &str) -> Vec<Paragraph> {
    match style {
        CaptionStyle::Ama => vec![numbered(word, number).bold(".").words(&format!(" {words}"))],
        CaptionStyle::Apa => {
            let run =
                format!("<w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words));
            vec![numbered(word, number).keep_next(true), Paragraph::new(Style::Caption).raw(&run)]
        }
    }
}

/// Returns a caption up to its number, which Word counts anew when captions are moved.
fn numbered(word: &str, number: usize) -> Paragraph {
    let field = format!(
        "<w:fldSimple w:instr=\" SEQ {word} \\* ARABIC \"><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{number}</w:t></w:r></w:fldSimple>"
    );
    Paragraph::new(Style::Caption).bold(&format!("{word} ")).raw(&field)
}

/// Returns the properties of a section.
fn sheet(lies: bool) -> String {
    let ((width, height), orient) = if lies { ((SHEET.1, SHEET.0), " w:orient=\"landscape\"") } else { (SHEET, "") };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orient}/>\
         <w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"708\" \
         w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>"
    )
}
