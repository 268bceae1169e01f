//! What the page promises: it is inert and needs nothing, and every number opens its words.

use std::collections::BTreeSet;

use regex::Regex;

use super::page;
use crate::report::{StudyReport, sample};

fn all<'a>(pattern: &str, page: &'a str) -> Vec<&'a str> {
    let pattern = Regex::new(pattern).unwrap();
    pattern.captures_iter(page).filter_map(|found| found.get(1)).map(|part| part.as_str()).collect()
}

/// Returns the page without its own style and script.
fn without_own(page: &str) -> String {
    let style = Regex::new(r"(?s)<style>.*?</style>").unwrap();
    let script = Regex::new(r#"(?s)<script>"use strict";.*?</script>"#).unwrap();
    script.replace(&style.replace(page, ""), "").into_owned()
}

fn assert_links_lead_somewhere(page: &str) {
    let anchors: Vec<&str> = all(r#" id="([^"]*)""#, page);
    let known: BTreeSet<&str> = anchors.iter().copied().collect();
    assert_eq!(anchors.len(), known.len(), "an anchor stands twice");
    for link in all(r##"href="#([^"]*)""##, page) {
        assert!(known.contains(link), "nothing is at #{link}");
    }
}

#[test]
fn every_number_but_zero_is_a_link() {
    let report = sample::study();
    let page = page(&report);
    let rows = || report.sections.iter().flat_map(|section| &section.table.rows);
    for row in rows() {
        let link = format!(r#"data-evidence="{}""#, row.evidence);
        assert_eq!(page.matches(&link).count(), usize::from(row.n > Some(0)), "{}", row.evidence);
    }
    assert!(rows().any(|row| row.n == Some(0)) && rows().any(|row| row.month.is_some() && row.n > Some(0)));
    assert_links_lead_somewhere(&page);
}

#[test]
fn links_lead_somewhere_without_a_codebook_and_without_segments() {
    let mut report = sample::study();
    report.codebook = crate::report::CodebookPage::default();
    assert_links_lead_somewhere(&page(&report));
    report.segments.clear();
    report.excerpts.clear();
    report.sections.iter_mut().for_each(|section| section.cases.clear());
    let page = page(&report);
    assert_links_lead_somewhere(&page);
    assert!(page.contains("All 95: <code>themata segments case/need:Naturalization</code>"));
}

#[test]
fn a_theme_counts_the_segments_of_all_its_codes() {
    let page = page(&sample::study());
    let codes = r#"<tr class="theme" data-codes="[&quot;language-barrier&quot;,&quot;housing&quot;,&quot;work&quot;,&quot;food&quot;,&quot;detention&quot;]">"#;
    assert!(page.contains(codes));
}

#[test]
fn words_of_people_are_inert() {
    let page = page(&sample::hostile());
    let rest = without_own(&page);
    assert!(!rest.contains("<script"), "a script of the texts is alive");
    // A quote in a text must not end an attribute: no tag may have gained a handler.
    assert!(!Regex::new(r#"<[^>]*" onload="#).unwrap().is_match(&rest));
    assert!(page.contains("<mark>&lt;script&gt;</mark>alert(1)"));
    assert_links_lead_somewhere(&page);
}

#[test]
fn the_page_needs_nothing_else() {
    let page = page(&sample::study());
    assert!(page.contains("default-src 'none'"));
    assert_eq!(all(r#"(src=|@import|<link|<iframe|<object)"#, &page).len(), 0);
    // The typeface of the figures is in the page itself.
    assert_eq!(all(r#"url\((data:font/woff2;base64,)"#, &page).len(), all(r"(url\()", &page).len());
    let addresses = all(r#"(https?://[^"' ]*)"#, &page);
    assert!(addresses.iter().all(|address| *address == "http://www.w3.org/2000/svg"), "{addresses:?}");
    assert!(!page.contains("<?xml"));
}

#[test]
fn lists_that_hold_less_say_how_to_see_the_rest() {
    let page = page(&sample::study());
    assert!(page.contains("…and 323 more: <code>themata segments segment/code:trust</code>"));
}

#[test]
fn evidence_is_marked_and_wraps_are_white_space() {
    assert!(page(&sample::study()).contains("<p>They needed an <mark>interpreter</mark>\nto fill in the form.</p>"));
}

#[test]
fn what_a_picture_cannot_show_is_said_under_it() {
    let page = page(&sample::study());
    assert!(page.contains("</svg></figure><div class=\"notes\"><p>Something &lt;is&gt; missing.</p></div>"));
}

#[test]
fn wide_tables_are_there_in_blocks_for_paper() {
    let page = page(&sample::study());
    let paper = all(r#"(?s)<div class="paper" aria-hidden="true">(.*?)</div>"#, &page);
    assert_eq!(paper.len(), 1);
    let blocks = paper.first().copied().unwrap_or_default();
    assert!(blocks.matches("<table>").count() > 1 && !blocks.contains("<a "));
    let heads = all(r#"data-value="(2018-\d\d)""#, blocks);
    assert_eq!(heads.len(), 12);
}

#[test]
fn an_empty_report_is_a_page() {
    let page = page(&StudyReport::default());
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert_links_lead_somewhere(&page);
}

#[test]
fn a_script_in_the_script_or_style_would_end_it() {
    assert!(!super::SCRIPT.contains("</script") && !super::STYLE.contains("</style"));
}
