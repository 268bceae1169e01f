//! What `[report]` of the settings asks for.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    diagnostic::{Diagnostic, Keys, Placed},
    table::{Level, Together, Unit},
};

/// The kinds of tables by the words of the command line.
pub const KINDS: [&str; 11] = [
    "frequency",
    "overview",
    "crosstab",
    "entries",
    "trend",
    "cooccurrence",
    "saturation",
    "coverage",
    "words",
    "absent",
    "attribute",
];

/// What the report shows.
#[derive(Debug, Clone)]
pub struct ReportSettings {
    /// Tables in order; the usual ones when not given.
    pub tables: Option<Vec<TableRequest>>,
    /// Attributes of cases that get a table each; all columns with few values when not given.
    pub case_attributes: Option<Vec<String>>,
    /// Attributes of entries that codes are counted by, beside month and section.
    pub by: Vec<String>,
    /// Where the names of `by` and `case_attributes` stand in the file, in their order.
    pub places: [Vec<Range<usize>>; 2],
    /// Words for themes and codes in tables and figures, by id, where the codebook's are too long.
    pub labels: BTreeMap<String, String>,
    /// Where each of them stands in the file.
    pub label_places: BTreeMap<String, Range<usize>>,
    /// Percentages even below 20 units.
    pub percent: bool,
    /// Columns of a journal's page that figures take: 1 or 2.
    pub columns: u8,
    /// How captions are set.
    pub style: CaptionStyle,
    /// Excerpts shown per code.
    pub excerpts_per_code: usize,
    /// Segments listed under one number before the rest is left to `themata segments`.
    pub segments_per_number: usize,
}

/// How a journal sets captions of tables and figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CaptionStyle {
    /// `Table 1. Title` on one line, as in AMA and most of medicine.
    #[default]
    Ama,
    /// `Table 1` alone, and the title below in italics, as in APA.
    Apa,
}

/// One table of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRequest {
    /// One of [`KINDS`].
    pub kind: String,
    /// Attribute of `crosstab` and `attribute`, code of `words`.
    pub name: Option<String>,
    /// Attribute whose values are the columns of an `attribute` of cases or entries.
    pub by: Option<String>,
    /// What is counted.
    pub unit: Option<Unit>,
    /// Entries or cases, of an `attribute`.
    pub of: Option<Unit>,
    /// How close pairs must stand.
    pub level: Option<Together>,
    /// Whether codes or themes are paired.
    pub pairs: Option<Level>,
    /// Heading and caption, instead of the usual ones.
    pub title: Option<String>,
    /// Whether there is a figure; as is usual for the kind when not given.
    pub figure: Option<bool>,
    /// Name of a method for 95 % intervals.
    pub interval: Option<String>,
    /// Name of an adjustment of p-values.
    pub test: Option<String>,
    /// Where it stands in the file.
    pub place: Range<usize>,
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self {
            tables: None,
            case_attributes: None,
            by: Vec::new(),
            places: Default::default(),
            labels: BTreeMap::new(),
            label_places: BTreeMap::new(),
            percent: false,
            columns: 2,
            style: CaptionStyle::Ama,
            excerpts_per_code: 3,
            segments_per_number: 200,
        }
    }
}

/// Reads `[report]`.
pub(super) fn report(mut table: Keys<'_, '_>, findings: &mut Vec<Diagnostic>) -> ReportSettings {
    let standard = ReportSettings::default();
    let apart = |texts: Vec<Placed<String>>| texts.into_iter().map(|text| (text.value, text.span)).unzip();
    let (case_attributes, case_places): (Vec<_>, Vec<_>) = apart(table.texts("case_attributes", findings));
    let (by, by_places) = apart(table.texts("by", findings));
    let mut count = |key, usual: usize| {
        let asked = table.number(key, findings).and_then(|number| usize::try_from(number.value).ok());
        asked.unwrap_or(usual)
    };
    let excerpts_per_code = count("excerpts_per_code", standard.excerpts_per_code);
    let segments_per_number = count("segments_per_number", standard.segments_per_number);
    let percent = table.flag("percent", findings).unwrap_or(standard.percent);
    let columns = match table.number("columns", findings) {
        None => standard.columns,
        Some(Placed { value: 1, .. }) => 1,
        Some(Placed { value: 2, .. }) => 2,
        Some(other) => {
            findings.push(Diagnostic::error(
                "`columns` is the number of a page's columns that figures take: 1 or 2",
                Some(other.span),
            ));
            standard.columns
        }
    };
    let styles = [("ama", CaptionStyle::Ama), ("apa", CaptionStyle::Apa)];
    let style = table.one_of("style", &styles, findings).unwrap_or(standard.style);
    let labels = table.table("labels", findings).map(|keys| keys.free_texts(findings)).unwrap_or_default();
    let label_places = labels.iter().map(|(id, text)| (id.clone(), text.span.clone())).collect();
    for (id, text) in labels.iter().filter(|(_, text)| text.value.trim().is_empty()) {
        findings.push(Diagnostic::error(format!("the label of `{id}` is empty"), Some(text.span.clone())));
    }
    let labels = labels.into_iter().map(|(id, text)| (id, text.value)).collect();
    let tables: Vec<TableRequest> =
        table.tables("table", findings).into_iter().filter_map(|table| request(table, findings)).collect();
    table.finish(findings);
    ReportSettings {
        tables: (!tables.is_empty()).then_some(tables),
        case_attributes: (!case_attributes.is_empty()).then_some(case_attributes),
        by,
        places: [by_places, case_places],
        labels,
        label_places,
        percent,
        columns,
        style,
        excerpts_per_code,
        segments_per_number,
    }
}

fn request(mut table: Keys<'_, '_>, findings: &mut Vec<Diagnostic>) -> Option<TableRequest> {
    let place = table.span();
    let kinds = KINDS.map(|kind| (kind, kind));
    let before = findings.len();
    let kind = table.one_of("kind", &kinds, findings);
    let is_told = findings.len() > before;
    let units = [Unit::Segment, Unit::Sentence, Unit::Paragraph, Unit::Entry, Unit::Participant]
        .map(|unit| (unit.word(1), unit));
    let levels = Together::ALL.map(|level| (level.word(), level));
    let pairs = [("codes", Level::Code), ("themes", Level::Theme)];
    let text = |table: &mut Keys<'_, '_>, key, findings: &mut Vec<Diagnostic>| {
        table.text(key, findings).map(|text| text.value)
    };
    let made = TableRequest {
        kind: kind.unwrap_or_default().to_owned(),
        name: text(&mut table, "name", findings),
        by: text(&mut table, "by", findings),
        unit: table.one_of("unit", &units, findings),
        of: table.one_of("of", &[("entries", Unit::Entry), ("cases", Unit::Case)], findings),
        level: table.one_of("level", &levels, findings),
        pairs: table.one_of("pairs", &pairs, findings),
        title: text(&mut table, "title", findings).filter(|title| !title.trim().is_empty()),
        figure: table.flag("figure", findings),
        interval: text(&mut table, "interval", findings),
        test: text(&mut table, "test", findings),
        place: place.clone(),
    };
    table.finish(findings);
    if kind.is_none() && !is_told {
        findings.push(
            Diagnostic::error("a table of the report needs a `kind`", Some(place))
                .hint(format!("possible: {}", KINDS.join(", "))),
        );
    }
    kind.map(|_| made)
}
