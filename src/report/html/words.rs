//! The words behind the numbers: every code's segments under its theme, each once.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::{
    super::{CodePage, Covered, Segment, SegmentList, StudyReport, escape},
    quoted,
};
use crate::table::{Level, Row, number};

/// Returns the section with a list for each theme and code, also for those that only a table or a list knows.
pub(super) fn words(report: &StudyReport) -> Markup {
    let known: BTreeSet<&str> = report.codebook.themes.iter().map(|theme| theme.id.as_str()).collect();
    let rows = || report.sections.iter().flat_map(|section| &section.table.rows);
    let themes = rows().filter(|row| row.level == Level::Theme && !known.contains(row.id.as_str()));
    let strange: BTreeMap<&str, &Row> = themes.map(|row| (row.id.as_str(), row)).collect();
    let others = others(report);
    html! {
        section id="words" {
            h2 { "The words behind the numbers" }
            p.hint { "Each number in a table leads here. Evidence is marked; the rule that found it stands below." }
            @for theme in &report.codebook.themes {
                (self::theme(report, &theme.id, &theme.label, &theme.codes))
            }
            @for (id, row) in strange { (stranger(id, row)) }
            @if !others.is_empty() {
                details open {
                    summary { "Codes that are not in the codebook" }
                    @for id in others { (code(report, &CodePage { id: id.to_owned(), label: id.to_owned(), ..CodePage::default() })) }
                }
            }
        }
    }
}

/// Returns the codes of tables, lists and excerpts that the codebook does not have.
fn others(report: &StudyReport) -> BTreeSet<&str> {
    let codes = report.codebook.themes.iter().flat_map(|theme| &theme.codes);
    let known: BTreeSet<&str> = codes.map(|code| code.id.as_str()).collect();
    let rows = report.sections.iter().flat_map(|section| &section.table.rows);
    let counted = rows.filter(|row| row.level == Level::Code).map(|row| row.id.as_str());
    let listed = report.segments.iter().map(|list| list.code.as_str());
    let quoted = report.excerpts.iter().flat_map(|group| &group.excerpts).flat_map(|excerpt| &excerpt.codes);
    counted.chain(listed).chain(quoted.map(String::as_str)).filter(|id| !known.contains(id)).collect()
}

fn theme(report: &StudyReport, id: &str, label: &str, codes: &[CodePage]) -> Markup {
    html! {
        details.theme open {
            summary { @if id.is_empty() { "Codes without a theme" } @else { (label) } }
            div id={ "theme-" (escape::anchor(id)) } {
                @for code in codes { (self::code(report, code)) }
                @if codes.is_empty() { p { "No codes." } }
            }
        }
    }
}

/// Returns the place of a theme that a table counts and the codebook does not have.
fn stranger(id: &str, row: &Row) -> Markup {
    html! {
        details.theme open {
            summary { (row.label) }
            div id={ "theme-" (escape::anchor(id)) } {
                p { "Not in the codebook. Its segments: " code { (escape::command(&row.evidence)) } }
            }
        }
    }
}

fn code(report: &StudyReport, code: &CodePage) -> Markup {
    let none = SegmentList::default();
    let list = report.segments.iter().find(|list| list.code == code.id).unwrap_or(&none);
    let defined = report.codebook.themes.iter().any(|theme| theme.codes.iter().any(|known| known.id == code.id));
    let more = list.total.saturating_sub(list.segments.len() as u64);
    html! {
        details.code {
            summary { (code.label) " " span.total { (counted(list.total)) } }
            div id={ "code-" (escape::anchor(&code.id)) } {
                @if defined {
                    p.definition {
                        (code.definition) " "
                        a href={ "#codebook-" (escape::anchor(&code.id)) } { "In the codebook" }
                    }
                }
                ol.segments data-code=(code.id) data-label=(code.label) data-total=(list.total) {
                    @for segment in &list.segments { (self::segment(segment)) }
                }
                @if more > 0 { p.more { "…and " (number(more)) " more: " code { (list.command) } } }
            }
        }
    }
}

fn counted(total: u64) -> String {
    if total == 1 { "1 segment".to_owned() } else { format!("{} segments", number(total)) }
}

/// Returns stretches of units for the script: first, after the last, and section of each.
fn covered(units: &[Covered]) -> String {
    let parts: Vec<_> = units.iter().map(|part| (part.from, part.to, part.section.as_str())).collect();
    // Numbers and texts always serialise.
    serde_json::to_string(&parts).unwrap_or_default()
}

fn segment(segment: &Segment) -> Markup {
    let (start, end) = segment.place;
    // Texts in a map always serialise.
    let attributes = serde_json::to_string(&segment.attributes).unwrap_or_default();
    html! {
        li data-entry=(segment.entry) data-start=(start) data-end=(end) data-status=(segment.status) data-attributes=(attributes)
            data-sentences=(covered(&segment.sentences)) data-paragraphs=(covered(&segment.paragraphs)) {
            p.where {
                span.entry { b { (segment.entry) } @if !segment.date.is_empty() { " · " (segment.date) } " · " }
                @if !segment.section.is_empty() { (segment.section) " · " }
                span.place { (start) "–" (end) }
                " · " span.status { (segment.status) }
            }
            div.quoted { (quoted::paragraphs(&segment.text, &segment.marks)) }
            @if !segment.rule.is_empty() { p.rule {
                    "Rule " code { (segment.rule) }
                    @if segment.negated { span.negated { ", negated" } }
                } }
        }
    }
}
