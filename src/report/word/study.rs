//! The report of a study as one Word document.

use std::collections::BTreeMap;

use super::{Document, Paragraph, Style, WordError, codebook, picture::Picture, widths::is_wide};
use crate::report::{Checklist, Section, StudyReport, escape, excerpts, markdown::METHODS};

/// Writes the report: what the page shows but the lists of segments, with its figures (PNG, by the figure's name).
///
/// A figure whose picture is not there, or is no PNG, is left out with its caption.
///
/// # Errors
/// When the document cannot be packed.
pub fn word(report: &StudyReport, png: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, WordError> {
    let mut document = Document::with_captions(report.captions);
    document.say(Style::Title, &report.title);
    if !report.subtitle.is_empty() {
        document.say(Style::Subtitle, &report.subtitle);
    }
    if let Some(banner) = &report.banner {
        document.add(&Paragraph::new(Style::Normal).bold(&escape::one_line(&banner.sentence())));
    }
    if !report.glance.is_empty() {
        document.say(Style::Heading(1), "At a glance");
        facts(&mut document, report.glance.iter().map(|fact| (fact.name.as_str(), fact.value.as_str())));
    }
    for section in &report.sections {
        self::section(&mut document, section, png);
    }
    document.turn(false);
    if !report.excerpts.is_empty() {
        document.say(Style::Heading(1), "Excerpts");
        excerpts::word_groups(&mut document, &report.excerpts, 2);
    }
    if !report.methods.is_empty() {
        document.say(Style::Heading(1), "Methods");
        document.say(Style::Normal, METHODS);
        report.methods.iter().for_each(|paragraph| document.say(Style::Normal, paragraph));
    }
    codebook::codebook(&mut document, &report.codebook);
    report.checklists.iter().for_each(|list| checklist(&mut document, list));
    if !report.remarks.is_empty() {
        document.say(Style::Heading(1), "Remarks");
        report.remarks.iter().for_each(|remark| document.say(Style::Normal, remark));
    }
    if !report.origin.is_empty() {
        document.say(Style::Heading(1), "Origin");
        document.say(Style::Normal, "The contents that these numbers were made from. The same contents give this document again, byte for byte.");
        facts(&mut document, report.origin.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    }
    document.packed(&report.title)
}

/// Adds a checklist: every item with its answer, where the evidence is, and what is to do.
fn checklist(document: &mut Document, list: &Checklist) {
    document.say(Style::Heading(1), &list.title);
    document.say(Style::Normal, &format!("{} {}.", list.citation, list.summary()));
    for item in &list.items {
        let head = format!("{}. {}: {}", item.number, item.topic, item.fill.word());
        document.add(&Paragraph::new(Style::Normal).bold(&escape::one_line(&head)).keep_next(true));
        let parts =
            [(item.text.as_str(), ""), (item.evidence.as_str(), "Evidence: "), (item.to_do.as_str(), "To do: ")];
        for (words, name) in parts.into_iter().filter(|(words, _)| !words.is_empty()) {
            document.say(Style::Normal, &format!("{name}{words}"));
        }
    }
}

fn section(document: &mut Document, section: &Section, png: &BTreeMap<String, Vec<u8>>) {
    document.turn(is_wide(&section.table));
    document.say(Style::Heading(1), &section.heading);
    document.table(&section.table);
    let Some(figure) = &section.figure else { return };
    let picture = png.get(&figure.name).and_then(|bytes| Picture::new(bytes, &figure.description));
    if let Some(picture) = picture {
        document.turn(false);
        document.picture(picture, &escape::one_line(&section.heading), &figure.note);
    }
}

/// Adds names with their values.
pub(super) fn facts<'f>(document: &mut Document, facts: impl Iterator<Item = (&'f str, &'f str)>) {
    let line = escape::one_line;
    for (name, value) in facts {
        let words = format!(" {}", line(value));
        document.add(&Paragraph::new(Style::Fact).indent(360, 360).bold(&format!("{}:", line(name))).words(&words));
    }
}
