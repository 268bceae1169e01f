//! The parts of a text: sections under headings, paragraphs, sentences.

use memchr::memchr_iter;

use super::detect::detect;
use super::headings::{
    begins_list, bold_title, is_break, is_in_capitals, is_underline, list_marker, marked_title, underlined_title,
};
use super::sentences::for_each_sentence;
use super::{Language, Languages, Span};

/// A part of a text under a heading; the words before the first heading are a section without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's words without its marks; empty before the first heading.
    pub title: String,
    /// The heading's place, marks included.
    pub heading: Option<Span>,
}

/// A stretch of lines between blank lines or headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its place, without white space around.
    pub span: Span,
    /// Index of its section.
    pub section: u32,
}

/// A sentence; headings are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its place, without white space around.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// Its language: the text's, or, when the text may be in several, the one that its words tell.
    pub language: Language,
}

/// A text cut into parts, each list in text order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Sections; the first may have no heading.
    pub sections: Vec<Section>,
    /// Paragraphs of all sections.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of all paragraphs.
    pub sentences: Vec<Sentence>,
}

/// Cuts a normalised text into sections, paragraphs and sentences.
///
/// Words of headings, markers of lists and thematic breaks are in no sentence; a paragraph without a letter or digit is
/// none. Every other word lies in exactly one sentence.
///
/// When the text may be in several languages, each sentence is in the one that its words tell; a sentence that is too short
/// or too ambiguous is in that of its paragraph as a whole, and where that cannot be told either, in the first.
pub fn outline(text: &str, languages: impl Into<Languages>) -> Outline {
    let mut builder = Builder { text, languages: languages.into(), lines: Vec::new(), outline: Outline::default() };
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        builder.line(Span::new(start, end).of(text), start);
        start = end + 1;
    }
    builder.end_paragraph();
    builder.outline
}

struct Builder<'t> {
    text: &'t str,
    languages: Languages,
    /// The trimmed lines of the paragraph that is being read.
    lines: Vec<Span>,
    outline: Outline,
}

impl Builder<'_> {
    fn line(&mut self, line: &str, start: usize) {
        let open = line.trim_start();
        let start = start + line.len() - open.len();
        let content = open.trim_end();
        let span = Span::new(start, start + content.len());
        if content.is_empty() {
            self.end_paragraph();
        } else if let Some(title) = marked_title(line) {
            self.end_paragraph();
            self.heading(title.to_owned(), span);
        } else if is_break(content) {
            if !(is_underline(content) && self.underline(span)) {
                self.end_paragraph();
            }
        } else {
            self.lines.push(span);
        }
    }

    /// Makes a heading of the paragraph above an underline, when it is one line that may be a title.
    fn underline(&mut self, underline: Span) -> bool {
        let [line] = self.lines[..] else { return false };
        let Some(title) = underlined_title(line.of(self.text)) else { return false };
        self.lines.clear();
        self.heading(title.to_owned(), line.cover(underline));
        true
    }

    fn heading(&mut self, title: String, place: Span) {
        self.outline.sections.push(Section { title, heading: Some(place) });
    }

    /// Ends the paragraph that is being read, which may turn out to be a heading.
    fn end_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            let span = first.cover(*last);
            match self.title(&lines) {
                Some(title) => self.heading(title, span),
                None if span.of(self.text).contains(char::is_alphanumeric) => self.paragraph(span, &lines),
                None => {}
            }
        }
        self.lines = lines;
        self.lines.clear();
    }

    fn title(&self, lines: &[Span]) -> Option<String> {
        let (first, rest) = match lines {
            [first] => (first.of(self.text), None),
            [first, second] => (first.of(self.text), Some(second.of(self.text))),
            _ => return None,
        };
        match rest {
            None if is_in_capitals(&[first]) => Some(first.to_owned()),
            None => bold_title(first).map(str::to_owned),
            Some(second) => is_in_capitals(&[first, second]).then(|| format!("{first} {second}")),
        }
    }

    fn paragraph(&mut self, span: Span, lines: &[Span]) {
        if self.outline.sections.is_empty() {
            self.outline.sections.push(Section { title: String::new(), heading: None });
        }
        let section = index(self.outline.sections.len() - 1);
        let paragraph = index(self.outline.paragraphs.len());
        let (text, languages, sentences) = (self.text, self.languages, &mut self.outline.sentences);
        let before = sentences.len();
        // The longer the stretch, the surer: what a sentence does not tell, its paragraph may.
        let told = |span: Span| languages.only().or_else(|| detect(span.of(text), languages));
        let usual = told(span).unwrap_or(languages.first());
        for_each_block(text, lines, |block| {
            for_each_sentence(text, block, usual, |span| {
                let language = told(span).unwrap_or(usual);
                sentences.push(Sentence { span, paragraph, language });
            });
        });
        if sentences.len() > before {
            self.outline.paragraphs.push(Paragraph { span, section });
        }
    }
}

/// Hands on the stretches of a paragraph that list items begin, without their markers.
fn for_each_block(text: &str, lines: &[Span], mut each: impl FnMut(Span)) {
    let mut block = Span::default();
    let mut in_list = false;
    for (number, line) in lines.iter().enumerate() {
        let content = line.of(text);
        let marker = list_marker(content);
        if marker > 0 && (number == 0 || in_list || begins_list(content)) {
            each(block);
            in_list = true;
            block = Span { start: line.start + index(marker), end: line.end };
        } else if number == 0 {
            block = *line;
        } else {
            block.end = line.end;
        }
    }
    each(block);
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Outline {
    /// Returns the index of the section that holds a byte.
    pub fn section_at(&self, byte: u32) -> u32 {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.span.start <= byte);
        after.checked_sub(1).and_then(|at| self.paragraphs.get(at)).map_or(0, |paragraph| paragraph.section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    /// Shows the parts as lines: headings with `§`, paragraphs with `¶`, sentences indented.
    fn shown(text: &str) -> String {
        let outline = outline(text, Language::English);
        let mut shown = String::new();
        for (number, section) in outline.sections.iter().enumerate() {
            let place = section.heading.map(|place| format!(" {:?}", place.of(text)));
            shown += &format!("§ {}{}\n", section.title, place.unwrap_or_default());
            for (at, paragraph) in outline.paragraphs.iter().enumerate() {
                if paragraph.section as usize == number {
                    shown += &format!("¶ {:?}\n", paragraph.span.of(text));
                    let inside = outline.sentences.iter().filter(|sentence| sentence.paragraph as usize == at);
                    inside.for_each(|sentence| shown += &format!("  {:?}\n", sentence.span.of(text)));
                }
            }
        }
        shown
    }

    #[test]
    fn headings_of_every_kind_begin_sections() {
        let text = "Before.\n\n# One\nFirst. Words.\n## Two ##\n\nThree\n=====\nThird.\n\nFour\n---\n\n**Five**:\n\nFifth.\n\nSIX AND\nSEVEN\n\nLast.\n";
        assert_snapshot!(shown(text), @r###"
        § 
        ¶ "Before."
          "Before."
        § One "# One"
        ¶ "First. Words."
          "First."
          "Words."
        § Two "## Two ##"
        § Three "Three\n====="
        ¶ "Third."
          "Third."
        § Four "Four\n---"
        § Five "**Five**:"
        ¶ "Fifth."
          "Fifth."
        § SIX AND SEVEN "SIX AND\nSEVEN"
        ¶ "Last."
          "Last."
        "###);
    }

    #[test]
    fn wrapped_lines_are_joined_and_white_lines_part() {
        assert_snapshot!(shown("  She came\n  at 9 a.m. and\nleft. He\n stayed.\n \t \nThen\u{a0}rain.  \n\n* * *\n\n...\n\nEnd"), @r#"
        § 
        ¶ "She came\n  at 9 a.m. and\nleft. He\n stayed."
          "She came\n  at 9 a.m. and\nleft."
          "He\n stayed."
        ¶ "Then\u{a0}rain."
          "Then\u{a0}rain."
        ¶ "End"
          "End"
        "#);
    }

    #[test]
    fn list_items_are_sentences_without_their_markers() {
        assert_snapshot!(shown("We need:\n- a lawyer\n- a form,\n  signed. Twice\n\n1. Ask\n2. Wait\n\na) one\nb) two\n\nborn on\n5. of May\n\n> quoted\n> mail"), @r#"
        § 
        ¶ "We need:\n- a lawyer\n- a form,\n  signed. Twice"
          "We need:"
          "a lawyer"
          "a form,\n  signed."
          "Twice"
        ¶ "1. Ask\n2. Wait"
          "Ask"
          "Wait"
        ¶ "a) one\nb) two"
          "one"
          "two"
        ¶ "born on\n5. of May"
          "born on\n5. of May"
        ¶ "> quoted\n> mail"
          "quoted\n> mail"
        "#);
    }

    #[test]
    fn no_words_are_lost_to_what_only_looks_like_a_heading() {
        let long = "word ".repeat(30);
        for text in [format!("{long}\n---\n"), format!("**{long}**"), "two\nlines\n---".into(), "- item\n---".into()] {
            assert_eq!(outline(&text, Language::English).paragraphs.len(), 1, "{text:?}");
        }
        assert_eq!(outline(" \n---\n#\n", Language::English), Outline::default());
    }
}
