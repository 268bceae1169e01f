//! The tables of the report with their figures: the usual ones, or those that the settings choose.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Fresh, Line, WorkflowError, Workspace,
    cases::register,
    charts::{chart_of, codebook_order, lost_characters},
    segments::each_lines,
    tables::{SaturationOptions, TableKind, TableOptions, capital, case_values, section_titles, table_of, values_of},
};
use crate::{
    report::{Figure, Section, chart::Width},
    statistics::{multiple::Adjustment, proportion::IntervalMethod},
    study::{KINDS, TableRequest},
    table::{Evidence, Level, Table, Together, Unit},
};

/// One table that the report is to show.
struct Wanted {
    name: String,
    heading: String,
    kind: TableKind,
    options: TableOptions,
    figure: bool,
}

/// Makes all tables; one that cannot be shown without giving small numbers away is left out, and said.
pub(super) fn sections(workspace: &Workspace, fresh: &Fresh) -> Result<(Vec<Section>, Vec<String>), WorkflowError> {
    let wanted = match &workspace.study.report.tables {
        Some(requests) => requests.iter().map(|request| asked(workspace, fresh, request)).collect::<Result<_, _>>()?,
        None => usual(workspace, fresh)?,
    };
    let (mut sections, mut left_out) = (Vec::new(), Vec::new());
    for one in wanted {
        match section(workspace, fresh, &one) {
            Ok(section) => sections.push(section),
            Err(WorkflowError::Refused { what, hint }) => {
                left_out.push(format!("Left out: {}. {}: {hint}.", one.heading, capital(&what)));
            }
            Err(error) => return Err(error),
        }
    }
    name_apart(&mut sections);
    Ok((sections, left_out))
}

/// Returns the tables of a report of which the settings say nothing.
fn usual(workspace: &Workspace, fresh: &Fresh) -> Result<Vec<Wanted>, WorkflowError> {
    let percent = workspace.study.report.percent;
    let make = |name: &str, heading: &str, kind: TableKind, unit: Unit, figure: bool| Wanted {
        name: name.to_owned(),
        heading: heading.to_owned(),
        kind,
        options: TableOptions { unit, always_percent: percent, ..TableOptions::default() },
        figure,
    };
    let frequency = || TableKind::Frequency;
    let mut wanted = vec![
        make("overview", "Themes", TableKind::Overview, Unit::Entry, false),
        make("frequency-entries", "Themes and codes, by entries", frequency(), Unit::Entry, true),
        make("frequency-sentences", "Themes and codes, by sentences", frequency(), Unit::Sentence, true),
        make("frequency-paragraphs", "Themes and codes, by paragraphs", frequency(), Unit::Paragraph, false),
        make("frequency-segments", "Themes and codes, by coded segments", frequency(), Unit::Segment, false),
        make("coverage", "Share of coding, coverage, rate", TableKind::Coverage, Unit::Segment, false),
    ];
    if fresh.heads.iter().any(|head| head.entry.attribute("month").is_some()) {
        wanted.push(make("trend-sentences", "Over the months, by sentences", TableKind::Trend, Unit::Sentence, true));
    }
    if (2..=MOST_ENTRIES).contains(&fresh.heads.len()) {
        wanted.push(make("entries", "By entry, by sentences", TableKind::Entries, Unit::Sentence, true));
    }
    if section_titles(fresh)?.len() > 1 {
        let kind = TableKind::Crosstab("section".to_owned());
        wanted.push(make("section-sentences", "By section, by sentences", kind, Unit::Sentence, false));
    }
    let mut named = BTreeSet::new();
    for name in workspace.study.report.by.iter().filter(|name| named.insert(*name)) {
        let kind = TableKind::Crosstab(name.clone());
        let heading = format!("By {name}, by entries");
        wanted.push(make(&format!("by-{}", stem(name)), &heading, kind, Unit::Entry, true));
    }
    let kind = TableKind::Cooccurrence { level: Together::Sentence, of: Level::Code, all: false };
    wanted.push(make("cooccurrence-sentences", "Codes that stand together, by sentences", kind, Unit::Sentence, true));
    if (2..=MOST_ENTRIES).contains(&fresh.heads.len()) {
        let kind = TableKind::Saturation(SaturationOptions::default());
        wanted.push(make("saturation", "New codes by entry", kind, Unit::Code, true));
    }
    wanted.push(make("absent", "Negative cases", TableKind::Absent, Unit::Entry, false));
    for name in case_attributes(workspace)? {
        let kind = TableKind::Attribute { name: name.clone(), of: Unit::Case, by: None };
        let heading = format!("Cases: {}", capital(&name));
        wanted.push(make(&format!("cases-{}", stem(&name)), &heading, kind, Unit::Case, true));
    }
    Ok(wanted)
}

/// With more entries than this, tables that have a line or column for each are left to the commands.
const MOST_ENTRIES: usize = 60;

/// Returns the attributes of cases that were asked for, else those with 2 to 20 values.
fn case_attributes(workspace: &Workspace) -> Result<Vec<String>, WorkflowError> {
    let Some((register, _)) = register(workspace)? else { return Ok(Vec::new()) };
    let values = |column: &String| -> Result<usize, WorkflowError> {
        let values = values_of(&case_values(workspace, column)?);
        Ok(values.into_iter().flatten().collect::<BTreeSet<String>>().len())
    };
    let mut usual = Vec::new();
    for column in &register.columns {
        if (2..=20).contains(&values(column)?) {
            usual.push(column.clone());
        }
    }
    Ok(workspace.study.report.case_attributes.clone().unwrap_or(usual))
}

/// Reads what the settings ask for.
///
/// # Errors
/// Fails when an attribute, code or method is missing or not known.
pub(in crate::workflow) fn requested(request: &TableRequest) -> Result<(TableKind, TableOptions), WorkflowError> {
    if let Some(key) = useless(request) {
        return Err(WorkflowError::Refused {
            what: format!("a table of kind `{}` has no use for `{key}`", request.kind),
            hint: "take it out, or choose another kind".to_owned(),
        });
    }
    let needs = |what: &str| WorkflowError::Refused {
        what: format!("a table of kind `{}` needs {what}", request.kind),
        hint: "name = \"…\"".to_owned(),
    };
    let name = |what: &str| request.name.clone().ok_or_else(|| needs(what));
    let kind = match request.kind.as_str() {
        "frequency" => TableKind::Frequency,
        "overview" => TableKind::Overview,
        "crosstab" => TableKind::Crosstab(name("the name of an attribute")?),
        "entries" => TableKind::Entries,
        "trend" => TableKind::Trend,
        "cooccurrence" => TableKind::Cooccurrence {
            level: request.level.unwrap_or(Together::Sentence),
            of: request.pairs.unwrap_or(Level::Code),
            all: false,
        },
        "saturation" => TableKind::Saturation(SaturationOptions::default()),
        "coverage" => TableKind::Coverage,
        "words" => TableKind::Words(name("the id of a code")?),
        "absent" => TableKind::Absent,
        "attribute" => TableKind::Attribute {
            name: name("the name of an attribute")?,
            of: request.of.unwrap_or(Unit::Entry),
            by: request.by.clone(),
        },
        other => {
            return Err(WorkflowError::Unknown {
                what: "kind of table",
                name: other.to_owned(),
                hint: KINDS.join(", "),
            });
        }
    };
    let interval = request.interval.as_deref().map(|word| {
        IntervalMethod::from_word(word)
            .ok_or_else(|| unknown("interval", word, "wilson, wilson-cc, clopper-pearson, agresti-coull, jeffreys"))
    });
    let test = request.test.as_deref().map(|word| {
        Adjustment::from_word(word).ok_or_else(|| unknown("adjustment of p-values", word, "holm, bh, bonferroni"))
    });
    let options = TableOptions {
        unit: request.unit.unwrap_or(Unit::Entry),
        interval: interval.transpose()?,
        test: test.transpose()?,
        ..TableOptions::default()
    };
    Ok((kind, options))
}

/// Returns a key that a kind of table does not use.
fn useless(request: &TableRequest) -> Option<&'static str> {
    let kind = request.kind.as_str();
    let coded = ["frequency", "overview", "crosstab", "entries", "trend"].contains(&kind);
    let infers = coded || kind == "attribute";
    let keys = [
        ("name", request.name.is_some(), ["crosstab", "words", "attribute"].contains(&kind)),
        ("by", request.by.is_some(), kind == "attribute"),
        ("of", request.of.is_some(), kind == "attribute"),
        ("unit", request.unit.is_some(), coded),
        ("level", request.level.is_some(), kind == "cooccurrence"),
        ("pairs", request.pairs.is_some(), kind == "cooccurrence"),
        ("interval", request.interval.is_some(), infers),
        ("test", request.test.is_some(), infers),
    ];
    keys.into_iter().find(|(_, given, used)| *given && !used).map(|(key, ..)| key)
}

fn unknown(what: &'static str, word: &str, possible: &str) -> WorkflowError {
    WorkflowError::Unknown { what, name: word.to_owned(), hint: format!("possible: {possible}") }
}

fn asked(workspace: &Workspace, fresh: &Fresh, request: &TableRequest) -> Result<Wanted, WorkflowError> {
    let (kind, options) = requested(request)?;
    let unit = options.unit.word(2);
    let (name, heading, figure) = match &kind {
        TableKind::Frequency => (format!("frequency-{unit}"), format!("Themes and codes, by {unit}"), true),
        TableKind::Overview => ("overview".to_owned(), "Themes".to_owned(), false),
        TableKind::Crosstab(by) => (format!("by-{}", stem(by)), format!("By {by}, by {unit}"), true),
        TableKind::Entries => ("entries".to_owned(), format!("By entry, by {unit}"), true),
        TableKind::Trend => (format!("trend-{unit}"), format!("Over the months, by {unit}"), true),
        TableKind::Cooccurrence { level, of, .. } => {
            let (word, own) = if *of == Level::Theme { ("Themes", "themes-") } else { ("Codes", "") };
            let heading = format!("{word} that stand together {}", level.in_words());
            (format!("cooccurrence-{own}{}", level.word()), heading, true)
        }
        TableKind::Saturation(_) => ("saturation".to_owned(), "New codes by entry".to_owned(), true),
        TableKind::Coverage => ("coverage".to_owned(), "Share of coding, coverage, rate".to_owned(), false),
        TableKind::Words(code) => {
            let label = fresh.tree.row(code).map_or(code, |row| &row.label);
            (format!("words-{}", stem(code)), format!("Words of {label}"), false)
        }
        TableKind::Absent => ("absent".to_owned(), "Negative cases".to_owned(), false),
        TableKind::Attribute { name, of: Unit::Case, .. } => {
            (format!("cases-{}", stem(name)), format!("Cases: {}", capital(name)), true)
        }
        TableKind::Attribute { name, .. } => (format!("attribute-{}", stem(name)), capital(name), true),
    };
    Ok(Wanted {
        name,
        heading: request.title.clone().unwrap_or(heading),
        kind,
        options: TableOptions { always_percent: workspace.study.report.percent, ..options },
        figure: request.figure.unwrap_or(figure),
    })
}

fn section(workspace: &Workspace, fresh: &Fresh, wanted: &Wanted) -> Result<Section, WorkflowError> {
    let table = table_of(workspace, fresh, &wanted.kind, &wanted.options)?;
    let figure = if wanted.figure { figure(workspace, fresh, wanted, &table)? } else { None };
    let cases = match &wanted.kind {
        TableKind::Attribute { name, of: Unit::Case, by } => cases_behind(workspace, &table, name, by.as_deref())?,
        TableKind::Cooccurrence { .. }
        | TableKind::Saturation(_)
        | TableKind::Words(_)
        | TableKind::Absent
        | TableKind::Attribute { .. } => units_behind(workspace, fresh, &table)?,
        // The page opens the segments of themes and codes by itself.
        _ => BTreeMap::new(),
    };
    Ok(Section { name: wanted.name.clone(), heading: wanted.heading.clone(), table, figure, cases })
}

/// Draws a table, as long as it fits on a page.
fn figure(
    workspace: &Workspace,
    fresh: &Fresh,
    wanted: &Wanted,
    table: &Table,
) -> Result<Option<Figure>, WorkflowError> {
    if table.rows.is_empty() {
        return Ok(None);
    }
    let rows = table.rows.iter().take(3).map(|row| format!("{} {} of {}", row.label, row.count(), row.total));
    let description = format!("{}. First rows: {}.", table.title, rows.collect::<Vec<_>>().join("; "));
    let all = match &wanted.kind {
        // A map shows pairs that never meet, too.
        TableKind::Cooccurrence { level, of, .. } => {
            let kind = TableKind::Cooccurrence { level: *level, of: *of, all: true };
            Some(table_of(workspace, fresh, &kind, &wanted.options)?)
        }
        _ => None,
    };
    let drawn = chart_of(all.as_ref().unwrap_or(table), &codebook_order(fresh), figure_width(workspace));
    let svg = match drawn {
        Ok(svg) => svg,
        // The table stands there all the same.
        Err(WorkflowError::Chart(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Figure { name: wanted.name.clone(), note: lost_characters(&svg)?, svg, description }))
}

/// Returns how wide the journal's figures are.
pub(super) fn figure_width(workspace: &Workspace) -> Width {
    if workspace.study.report.columns == 1 { Width::OneColumn } else { Width::TwoColumns }
}

/// Returns the units behind each row, each with its words; no more than the settings say.
fn units_behind(
    workspace: &Workspace,
    fresh: &Fresh,
    table: &Table,
) -> Result<BTreeMap<String, Vec<String>>, WorkflowError> {
    let most = workspace.study.report.segments_per_number;
    let mut behind = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.n.is_some_and(|n| n > 0)) {
        let Some(evidence) = Evidence::parse(&row.evidence) else { continue };
        let mut units: BTreeMap<String, String> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        each_lines(workspace, fresh, &evidence, &mut |lines| {
            for line in lines {
                let (unit, words) = named(&line, row.unit);
                if units.insert(unit.clone(), words).is_none() {
                    order.push(unit);
                }
            }
            order.len() < most
        })?;
        let listed = order.into_iter().take(most).filter_map(|unit| units.remove(&unit)).collect();
        behind.insert(row.evidence.clone(), listed);
    }
    Ok(behind)
}

/// Longer words, in characters, are cut in lists of units.
const LONGEST_WORDS: usize = 400;

/// Returns what tells a line's unit from others, and how it is listed.
fn named(line: &Line, unit: Unit) -> (String, String) {
    match line {
        Line::Entry { entry } => (entry.clone(), entry.clone()),
        Line::Case { case } => (case.clone(), case.clone()),
        Line::Segment { entry, start, end, text, code, .. } => {
            let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let cut = if words.chars().count() > LONGEST_WORDS {
                format!("{} …", words.chars().take(LONGEST_WORDS).collect::<String>())
            } else {
                words
            };
            match unit {
                Unit::Entry => (entry.clone(), entry.clone()),
                Unit::Code => (code.clone(), format!("{code}: {entry}: “{cut}”")),
                _ => (format!("{entry} {start} {end}"), format!("{entry} {start}–{end}: “{cut}”")),
            }
        }
    }
}

/// Returns the ids behind each row; none behind one that is hidden.
fn cases_behind(
    workspace: &Workspace,
    table: &Table,
    name: &str,
    by: Option<&str>,
) -> Result<BTreeMap<String, Vec<String>>, WorkflowError> {
    // With two lists of ids anyone could count the cases that are in both.
    if workspace.study.min_cell.is_some() {
        return Ok(BTreeMap::new());
    }
    let Some((register, _)) = register(workspace)? else { return Ok(BTreeMap::new()) };
    let cells: Vec<Option<String>> = register.cases.iter().map(|case| case.attributes.get(name).cloned()).collect();
    let values = values_of(&cells);
    let group = |at: usize| by.and_then(|by| register.cases.get(at)?.attributes.get(by));
    let mut behind = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.n.is_some()) {
        let fits = |at: usize| {
            values.get(at).is_some_and(|values| values.contains(&row.id))
                && (by.is_none() || group(at) == row.column.as_ref())
        };
        let ids = register.cases.iter().enumerate().filter(|(at, _)| fits(*at)).map(|(_, case)| case.id.clone());
        behind.insert(row.evidence.clone(), ids.collect());
    }
    Ok(behind)
}

/// Numbers sections whose names are the same as file names, such as those of `a b` and `a-b`, or of `Site` and `site`.
fn name_apart(sections: &mut [Section]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for section in sections {
        let numbered = (2..).map(|number| format!("{}-{number}", section.name));
        let name = std::iter::once(section.name.clone()).chain(numbered).find(|name| taken.insert(name.to_lowercase()));
        section.name = name.unwrap_or_default();
        if let Some(figure) = &mut section.figure {
            figure.name.clone_from(&section.name);
        }
    }
}

/// Returns a word as part of a file name.
fn stem(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}
