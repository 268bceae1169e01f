//! Paragraphs: a style, how they hold together, and runs of words.

use crate::report::escape;

/// The styles that paragraphs can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Style {
    Normal,
    Title,
    Subtitle,
    /// 1 to 3.
    Heading(u8),
    Quote,
    Caption,
    /// A name with its value.
    Fact,
    TableText,
    TableNote,
}

impl Style {
    fn id(self) -> String {
        match self {
            Self::Heading(level) => format!("Heading{}", level.clamp(1, 3)),
            other => format!("{other:?}"),
        }
    }
}

/// One paragraph.
#[derive(Debug, Clone)]
pub(in crate::report) struct Paragraph {
    style: Style,
    keep_next: bool,
    keep_lines: bool,
    widow_control: bool,
    right: bool,
    /// Left, in twentieths of a point; the first line stands `hanging` to the left of it.
    indent: (usize, usize),
    runs: String,
}

impl Paragraph {
    /// Returns an empty paragraph.
    pub(in crate::report) fn new(style: Style) -> Self {
        Self {
            style,
            keep_next: false,
            keep_lines: false,
            widow_control: false,
            right: false,
            indent: (0, 0),
            runs: String::new(),
        }
    }

    /// Returns a paragraph of words on one line.
    pub(in crate::report) fn of(style: Style, words: &str) -> Self {
        Self::new(style).words(&escape::one_line(words))
    }

    /// Adds words.
    pub(in crate::report) fn words(mut self, words: &str) -> Self {
        self.runs.push_str(&run(words, false));
        self
    }

    /// Adds bold words.
    pub(in crate::report) fn bold(mut self, words: &str) -> Self {
        self.runs.push_str(&run(words, true));
        self
    }

    /// Adds XML that stands among runs, such as a field or a picture.
    pub(super) fn raw(mut self, xml: &str) -> Self {
        self.runs.push_str(xml);
        self
    }

    /// Keeps it on the page of what follows.
    pub(in crate::report) fn keep_next(mut self, keep: bool) -> Self {
        self.keep_next = keep;
        self
    }

    /// Keeps its lines on one page.
    pub(in crate::report) fn keep_lines(mut self, keep: bool) -> Self {
        self.keep_lines = keep;
        self
    }

    /// Leaves no line of it alone on a page.
    pub(in crate::report) fn widow_control(mut self) -> Self {
        self.widow_control = true;
        self
    }

    /// Sets its lines to the right.
    pub(super) fn right(mut self, right: bool) -> Self {
        self.right = right;
        self
    }

    /// Moves it to the right, its first line less, in twentieths of a point.
    pub(super) fn indent(mut self, left: usize, hanging: usize) -> Self {
        self.indent = (left, hanging);
        self
    }

    /// Writes it; its properties stand in the order of the schema.
    pub(super) fn xml(&self) -> String {
        let flag = |set: bool, name: &str| if set { format!("<w:{name}/>") } else { String::new() };
        let (left, hanging) = self.indent;
        let indent = match (left, hanging) {
            (0, 0) => String::new(),
            (left, 0) => format!("<w:ind w:left=\"{left}\"/>"),
            (left, hanging) => format!("<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/>"),
        };
        let right = if self.right { "<w:jc w:val=\"right\"/>" } else { "" };
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{}{}{}{indent}{right}</w:pPr>{}</w:p>",
            self.style.id(),
            flag(self.keep_next, "keepNext"),
            flag(self.keep_lines, "keepLines"),
            flag(self.widow_control, "widowControl"),
            self.runs
        )
    }
}

fn run(words: &str, bold: bool) -> String {
    if words.is_empty() {
        return String::new();
    }
    let look = if bold { "<w:rPr><w:b/><w:bCs/></w:rPr>" } else { "" };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words))
}

/// Returns words as XML has them, in elements and between double quotes.
pub(super) fn escaped(words: &str) -> String {
    let words = escape::xml(words).replace('&', "&amp;").replace('<', "&lt;");
    words.replace('>', "&gt;").replace('"', "&quot;")
}
