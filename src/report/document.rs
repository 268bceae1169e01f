//! A study's report as values: what stands in it, in which order, and the words behind every number.

use std::collections::BTreeMap;

use super::Checklist;
use crate::{
    study::CaptionStyle,
    table::{Level, Table, number, plural},
};

/// Everything that the report of one codebook shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StudyReport {
    /// The study's title.
    pub title: String,
    /// A sentence that the texts are synthetic or the like; empty for none.
    pub subtitle: String,
    /// Shown on top as long as suggestions are unreviewed.
    pub banner: Option<Banner>,
    /// The study and the codebook at a glance.
    pub glance: Vec<Glance>,
    /// Tables with their figures, in order.
    pub sections: Vec<Section>,
    /// Excerpts by code.
    pub excerpts: Vec<ExcerptGroup>,
    /// How captions are set in the Word document.
    pub captions: CaptionStyle,
    /// A draft of the methods section, by paragraph.
    pub methods: Vec<String>,
    /// Reporting checklists.
    pub checklists: Vec<Checklist>,
    /// The codebook, for the appendix.
    pub codebook: CodebookPage,
    /// All coded segments by code id, each list in corpus order.
    pub segments: Vec<SegmentList>,
    /// What is not counted, or must be known: missing entries, duplicates, refused items.
    pub remarks: Vec<String>,
    /// Origin of the numbers: names and values such as `codebook fingerprint`, printed at the end.
    pub origin: Vec<(String, String)>,
}

/// Says how much of what is counted a person has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Banner {
    /// Which codings are counted: `accepted`, `suggested`, `all`.
    pub counts: String,
    /// Suggestions that someone accepted or rejected.
    pub reviewed: u64,
    /// All suggestions.
    pub suggestions: u64,
}

/// One fact about the study.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glance {
    /// What it is, such as `Entries`.
    pub name: String,
    /// Its value, such as `14, January 2018 to February 2019`.
    pub value: String,
}

/// One table with its figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Stem of file names and anchors, such as `frequency-entries`; unique in a report.
    pub name: String,
    /// Heading.
    pub heading: String,
    /// The table; cells of a table with columns (`row.column`, `row.month`) belong into one line a row id.
    pub table: Table,
    /// Its figure.
    pub figure: Option<Figure>,
    /// For tables of cases: the ids behind each row, by the row's `evidence`.
    pub cases: BTreeMap<String, Vec<String>>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// Stem of its files.
    pub name: String,
    /// The picture.
    pub svg: String,
    /// One sentence for people who cannot see it.
    pub description: String,
    /// What a reader must know about the picture, such as characters that it cannot show; empty for none.
    pub note: String,
}

/// The segments of one code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SegmentList {
    /// Id of the code.
    pub code: String,
    /// How many there are in the study; the list may hold fewer.
    pub total: u64,
    /// The command that lists all of them.
    pub command: String,
    /// The segments.
    pub segments: Vec<Segment>,
}

/// A coded stretch as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segment {
    /// Id of the entry.
    pub entry: String,
    /// Date of the entry for people, such as `March 2018`; empty when unknown.
    pub date: String,
    /// Title of the section; empty before the first heading.
    pub section: String,
    /// Start and end in the entry, code points.
    pub place: (u32, u32),
    /// Words, as they are in the entry (line feeds and all).
    pub text: String,
    /// Bytes of `text` that are evidence, in order, without overlap.
    pub marks: Vec<(usize, usize)>,
    /// All evidence is negated.
    pub negated: bool,
    /// The rule that suggested it; empty for a person's coding.
    pub rule: String,
    /// `suggested`, or `accepted by coder-a, coder-b`, in words.
    pub status: String,
    /// The sentences that it lies in.
    pub sentences: Vec<Covered>,
    /// The paragraphs that it lies in.
    pub paragraphs: Vec<Covered>,
    /// Values by which numbers of this report can be split: `month`, `section`, further attributes.
    pub attributes: BTreeMap<String, String>,
}

/// Sentences or paragraphs of one section, one after the other, that a segment lies in: what a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Covered {
    /// The first, by its number in the entry, from 0.
    pub from: u32,
    /// The one after the last.
    pub to: u32,
    /// Title of their section; a segment may reach over several.
    pub section: String,
}

/// Excerpts of one code or theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExcerptGroup {
    /// `theme` or `code`.
    pub level: String,
    /// Id.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// The excerpts in the order in which they should be read.
    pub excerpts: Vec<Excerpt>,
    /// How many excerpts there were to choose from.
    pub of: u64,
}

/// A segment prepared for publication: whole sentences or paragraphs, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The words; hard line breaks are blanks here, paragraphs stay apart by an empty line.
    pub text: String,
    /// Bytes of `text` that are evidence.
    pub marks: Vec<(usize, usize)>,
    /// `(Immigration legal navigator, March 2018)`.
    pub attribution: String,
    /// Id of the entry.
    pub entry: String,
    /// Start and end in the entry, code points.
    pub place: (u32, u32),
    /// Codes on it.
    pub codes: Vec<String>,
    /// All evidence in it is negated.
    pub negated: bool,
    /// A coder marked words in it as showing the code well.
    pub exemplar: bool,
}

/// The codebook for the appendix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodebookPage {
    /// Title, version and approach.
    pub title: String,
    /// Version.
    pub version: String,
    /// Themes in codebook order; codes without a theme stand under an empty id at the end.
    pub themes: Vec<ThemePage>,
}

/// A theme and its codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemePage {
    /// Id; empty for codes without a theme.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// Central concept.
    pub concept: String,
    /// What looks like it and is not.
    pub not_this: String,
    /// Its codes in codebook order.
    pub codes: Vec<CodePage>,
}

/// A code as the codebook defines it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodePage {
    /// Id.
    pub id: String,
    /// Id of the code above it; empty for none.
    pub parent: String,
    /// Words for it.
    pub label: String,
    /// Full definition, or the short one.
    pub definition: String,
    /// When to use it.
    pub include: Vec<String>,
    /// When not to use it, with the code to use instead.
    pub exclude: Vec<String>,
    /// Rules as written.
    pub rules: Vec<String>,
    /// Expressions that take evidence away, as written.
    pub except: Vec<String>,
    /// What a suggestion covers, where operators look, what becomes of negated hits: `unit sentence, …`; empty without rules.
    pub matching: String,
    /// Examples: kind and text.
    pub examples: Vec<(String, String)>,
    /// Where it came from.
    pub origin: String,
    /// Its counts leave out the codes under it (`aggregate = false`).
    pub apart: bool,
}

impl Banner {
    /// Returns the sentence that stands over excerpts, which leave the study without it.
    pub fn over_excerpts(&self) -> String {
        let what = match self.counts.as_str() {
            "accepted" => "excerpts are of accepted suggestions and people's codings only",
            _ => "excerpts include rules' suggestions that nobody has decided on",
        };
        format!("{}; {what}.", self.reviewed())
    }

    /// Returns the sentence that stands on top of everything: how much was reviewed, and what is counted.
    pub fn sentence(&self) -> String {
        let what = match self.counts.as_str() {
            "accepted" => "counts hold accepted suggestions and people's codings only",
            "suggested" => "counts hold only rules' suggestions that nobody has decided on",
            _ => "counts include rules' suggestions that nobody has decided on",
        };
        format!("{}; {what} (counts: {})", self.reviewed(), self.counts)
    }

    fn reviewed(&self) -> String {
        let head = match self.reviewed {
            0 => "Unreviewed",
            some if some < self.suggestions => "Partly reviewed",
            _ => "Reviewed",
        };
        let suggestions = plural(self.suggestions, "suggestion", "suggestions");
        format!("{head}: {} of {} {suggestions} reviewed", number(self.reviewed), number(self.suggestions))
    }
}

impl CodebookPage {
    /// Returns the codes whose segments are behind a row: a theme's own and all under them, a code with those under it.
    pub fn behind(&self, level: Level, id: &str) -> Vec<&str> {
        let codes = || self.themes.iter().flat_map(|theme| &theme.codes);
        match level {
            Level::Theme => {
                let theme = self.themes.iter().filter(|theme| theme.id == id);
                theme.flat_map(|theme| &theme.codes).map(|code| code.id.as_str()).collect()
            }
            Level::Code => {
                let mut found: Vec<&str> = Vec::new();
                let mut open: Vec<&str> = codes().filter(|code| code.id == id).map(|code| code.id.as_str()).collect();
                while let Some(above) = open.pop() {
                    // A ring of parents is the codebook's mistake and must not hang the report.
                    if found.contains(&above) {
                        continue;
                    }
                    found.push(above);
                    let apart = codes().any(|code| code.id == above && code.apart);
                    open.extend(codes().filter(|code| !apart && code.parent == above).map(|code| code.id.as_str()));
                }
                found.sort_by_key(|id| codes().position(|code| code.id == *id));
                found
            }
            Level::Value => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(id: &str, parent: &str) -> CodePage {
        CodePage { id: id.to_owned(), parent: parent.to_owned(), ..CodePage::default() }
    }

    #[test]
    fn a_code_has_those_under_it_behind_its_count_unless_it_stands_apart() {
        let mut codes = vec![code("a", ""), code("b", "a"), code("c", "b"), code("d", "")];
        let page = |codes: &[CodePage]| CodebookPage {
            themes: vec![ThemePage { id: "t".to_owned(), codes: codes.to_vec(), ..ThemePage::default() }],
            ..CodebookPage::default()
        };
        assert_eq!(page(&codes).behind(Level::Code, "a"), ["a", "b", "c"]);
        assert_eq!(page(&codes).behind(Level::Theme, "t"), ["a", "b", "c", "d"]);
        codes.iter_mut().filter(|code| code.id == "b").for_each(|code| code.apart = true);
        assert_eq!(page(&codes).behind(Level::Code, "a"), ["a", "b"]);
        assert!(page(&codes).behind(Level::Value, "a").is_empty());
    }

    #[test]
    fn the_banner_says_what_is_counted() {
        let banner =
            |counts: &str, reviewed| Banner { counts: counts.to_owned(), reviewed, suggestions: 3412 }.sentence();
        assert_eq!(
            banner("all", 0),
            "Unreviewed: 0 of 3,412 suggestions reviewed; counts include rules' suggestions that nobody has decided on \
             (counts: all)"
        );
        assert!(
            banner("accepted", 12).starts_with("Partly reviewed: 12 of 3,412 suggestions reviewed; counts hold acc")
        );
    }
}
