//! The report as one page that needs nothing else: readable on a screen, on paper, and without its script.
//!
//! Every number in a table is a link to the segments behind it. The script only shows them closer to the number.

mod checklists;
mod codebook;
mod excerpts;
mod quoted;
mod table;
mod words;

#[cfg(test)]
mod tests;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Glance, Section, StudyReport, chart::FONT_FACES, escape, format::html::page_head};

/// Forbids every connection: the page has all it needs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; \
                      base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Writes the page.
pub fn page(report: &StudyReport) -> String {
    let has_figures = report.sections.iter().any(|section| section.figure.is_some());
    let styles: Vec<&str> = std::iter::once(STYLE).chain(has_figures.then_some(FONT_FACES.as_str())).collect();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (page_head(POLICY, &report.title, &styles))
            body {
                a.skip href="#content" { "To the content" }
                (header(report))
                div.frame {
                    (contents(report))
                    main id="content" { (body(report)) }
                }
                (panel())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

fn header(report: &StudyReport) -> Markup {
    html! {
        header.top {
            h1 { (report.title) }
            @if !report.subtitle.is_empty() { p.subtitle { (report.subtitle) } }
            @if let Some(banner) = &report.banner { p.banner role="note" { (banner.sentence()) } }
        }
    }
}

/// Returns the list of what is on the page; beside the text where the window is wide.
fn contents(report: &StudyReport) -> Markup {
    let parts = [
        (!report.excerpts.is_empty(), "excerpts", "Excerpts"),
        (true, "words", "The words behind the numbers"),
        (!report.methods.is_empty(), "methods", "Methods"),
        (!report.codebook.themes.is_empty(), "codebook", "Codebook"),
        (!report.checklists.is_empty(), "checklists", "Checklists"),
        (!report.remarks.is_empty(), "remarks", "Remarks"),
        (!report.origin.is_empty(), "origin", "Origin"),
    ];
    html! {
        nav.contents aria-label="Contents" {
            ol {
                @if !report.glance.is_empty() { li { a href="#glance" { "At a glance" } } }
                @for section in &report.sections {
                    li { a href={ "#section-" (escape::anchor(&section.name)) } { (section.heading) } }
                }
                @for (shown, anchor, words) in parts {
                    @if shown { li { a href={ "#" (anchor) } { (words) } } }
                }
            }
        }
    }
}

fn body(report: &StudyReport) -> Markup {
    html! {
        @if !report.glance.is_empty() { (glance(&report.glance)) }
        @for section in &report.sections { (self::section(report, section)) }
        (excerpts::excerpts(&report.excerpts))
        (words::words(report))
        (checklists::methods(&report.methods))
        (codebook::codebook(&report.codebook))
        (checklists::checklists(&report.checklists))
        @if !report.remarks.is_empty() {
            section id="remarks" {
                h2 { "Remarks" }
                ul { @for remark in &report.remarks { li { (remark) } } }
            }
        }
        @if !report.origin.is_empty() {
            section id="origin" {
                h2 { "Origin" }
                p { "The contents that these numbers were made from. The same contents give this page again, byte for byte." }
                dl.origin {
                    @for (name, value) in &report.origin { div { dt { (name) } dd { code { (value) } } } }
                }
            }
        }
    }
}

fn glance(facts: &[Glance]) -> Markup {
    html! {
        section id="glance" {
            h2 { "At a glance" }
            dl.glance { @for fact in facts { div { dt { (fact.name) } dd { (fact.value) } } } }
        }
    }
}

fn section(report: &StudyReport, section: &Section) -> Markup {
    html! {
        section id={ "section-" (escape::anchor(&section.name)) } {
            h2 { (section.heading) }
            (table::table(report, section))
            @if let Some(figure) = &section.figure {
                figure.picture role="img" aria-label=(figure.description) { (picture(&figure.svg)) }
                @if !figure.note.is_empty() { div.notes { p { (figure.note) } } }
            }
            (table::behind_values(section))
        }
    }
}

/// Returns the picture from its root element on; a declaration before it has no place inside a page.
fn picture(svg: &str) -> Markup {
    let root = svg.find("<svg").and_then(|start| svg.get(start..));
    PreEscaped(root.unwrap_or_default().trim_end().to_owned())
}

/// Returns the empty window in which the script shows what is behind a number.
fn panel() -> Markup {
    html! {
        dialog id="panel" aria-labelledby="panel-title" {
            div.bar {
                h2 id="panel-title" tabindex="-1" {}
                button type="button" id="panel-close" { "Close" }
            }
            div id="panel-body" {}
        }
    }
}
