//! Tables as pictures: one file a kind of picture.

mod bars;
mod grouped;
mod pairs;
mod saturation;
mod strip;
mod timeline;

use std::collections::BTreeMap;

use super::{ANY, Fresh, WorkflowError};
use crate::{
    report::chart::{
        Width, bar_svg, grouped_svg, heat_svg, missing_characters, pdf, png, saturation_svg, strip_svg, timeline_svg,
    },
    table::{Counts, Level, Row, Table, Unit, number},
};

/// Draws a table in the way that suits its kind; `order` holds ids in the order in which rows and columns of a map stand.
///
/// # Errors
/// Fails when there is more than fits on a page.
pub fn chart_of(table: &Table, order: &[String], width: Width) -> Result<String, WorkflowError> {
    let kind = table.table.split(' ').next().unwrap_or_default();
    let groups = grouped::columns(table).len();
    Ok(match kind {
        "cooccurrence" => heat_svg(&pairs::heat_map(table, order, width))?,
        "saturation" => saturation_svg(&saturation::curve(table, width))?,
        "crosstab" if table.parameters.get("by").is_some_and(|by| by == "entry") => {
            strip_svg(&strip::strip(table, width))?
        }
        _ if table.rows.iter().any(|row| row.month.is_some()) => timeline_svg(&timeline::timeline(table, width)),
        _ if (2..=6).contains(&groups) => grouped_svg(&grouped::grouped(table, width))?,
        _ if groups > 6 => heat_svg(&grouped::heat_map(table, width))?,
        _ => bar_svg(&bars::bars(table, width)),
    })
}

/// Returns the ids of themes and codes in codebook order: the order of rows and columns in maps.
pub fn codebook_order(fresh: &Fresh) -> Vec<String> {
    fresh.tree.rows.iter().map(|row| row.id.clone()).collect()
}

/// Turns a figure into PNG, 300 dots an inch at its width.
///
/// # Errors
/// Fails when the picture would be too large.
pub fn figure_png(svg: &str, width: Width) -> Result<Vec<u8>, WorkflowError> {
    Ok(png(svg, width)?)
}

/// Turns a figure into PDF of its own size.
///
/// # Errors
/// Fails when the figure is no SVG of ours.
pub fn figure_pdf(svg: &str) -> Result<Vec<u8>, WorkflowError> {
    Ok(pdf(svg)?)
}

/// So many characters are named; more would hide the rest of the sentence.
const NAMED: usize = 20;

/// Says which characters of a figure the embedded typeface lacks, and what becomes of them; empty when it has all.
///
/// # Errors
/// Fails when the figure is no SVG.
pub fn lost_characters(svg: &str) -> Result<String, WorkflowError> {
    // What is plain needs no look at the typeface.
    let lost = if svg.is_ascii() { Vec::new() } else { missing_characters(svg)? };
    let named: Vec<String> = lost.iter().take(NAMED).map(char::to_string).collect();
    Ok(match lost.len() {
        0 => String::new(),
        all => format!(
            "The typeface of the figures has no {}{}: a PNG shows □ in their place; an SVG shows them where the reader's \
             machine has them.",
            named.join(" "),
            if all > NAMED { format!(" and {} more", all - NAMED) } else { String::new() }
        ),
    })
}

/// Returns the number of each theme among the themes, which decides its colour; codes take their theme's, and codes without one
/// share one of their own.
fn groups(table: &Table) -> BTreeMap<&str, usize> {
    let mut groups = BTreeMap::new();
    let mut themes: Vec<&str> =
        table.rows.iter().filter(|row| row.level == Level::Theme).map(|row| row.id.as_str()).collect();
    themes.sort_unstable();
    themes.dedup();
    for (group, theme) in themes.into_iter().enumerate() {
        groups.insert(theme, group);
    }
    let without = groups.len();
    // Rows come parents first, so that one pass is enough.
    for row in &table.rows {
        let above = match row.parent.as_deref() {
            Some(parent) => groups.get(parent).copied(),
            None => (row.level == Level::Code).then_some(without),
        };
        if let Some(group) = above {
            groups.insert(row.id.as_str(), group);
        }
    }
    groups
}

fn depth(table: &Table, row: &Row) -> u8 {
    let above = |row: &Row| table.rows.iter().find(|other| Some(&other.id) == row.parent.as_ref());
    let levels = std::iter::successors(above(row), |row| above(row)).take(8).count();
    u8::try_from(levels).unwrap_or(u8::MAX)
}

/// Tells whether counts are told as n of N: coded segments are not, unless they are those of one code.
fn is_of_n(table: &Table) -> bool {
    table.unit != Unit::Segment || table.table.starts_with("words ")
}

/// Says what is counted, of how many, which codings and whose, and whether only entries that were read are in it.
fn subtitle(table: &Table) -> String {
    let mut parts = vec![match table.unit {
        Unit::Segment if !is_of_n(table) => "Coded segments".to_owned(),
        unit => format!("n of N = {} {}", number(table.total), unit.word(table.total)),
    }];
    parts.extend(table.counts.map(|counts| format!("counts: {}", counts.word())));
    // What any coder coded is what a reader expects; suggestions are nobody's.
    let of_people = table.counts.is_some_and(|counts| counts != Counts::Suggested);
    let whose = table.coder.as_ref().filter(|coder| of_people && *coder != ANY);
    parts.extend(whose.map(|coder| format!("coder: {coder}")));
    parts.extend(table.basis.only_read.then(|| "only entries marked as read".to_owned()));
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::{Bar, BarChart};

    #[test]
    fn lost_characters_are_named_and_not_too_many() {
        let svg = |label: &str| {
            let bars = vec![Bar { label: label.to_owned(), value: 1.0, ..Bar::default() }];
            bar_svg(&BarChart { bars, max: 2.0, ..BarChart::default() })
        };
        assert_eq!(lost_characters(&svg("Ärger – φόβος")).unwrap(), "");
        insta::assert_snapshot!(lost_characters(&svg("恐れ")).unwrap(), @"The typeface of the figures has no れ 恐: a PNG shows □ in their place; an SVG shows them where the reader's machine has them.");
        let many: String = ('一'..).take(23).collect();
        assert!(lost_characters(&svg(&many)).unwrap().contains(" and 3 more: "));
    }
}
