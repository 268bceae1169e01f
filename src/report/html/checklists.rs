//! The draft of the methods, and the checklists, on the page.

use maud::{Markup, html};

use crate::report::{Checklist, markdown::METHODS};

/// Shows the draft of the methods section.
pub(super) fn methods(paragraphs: &[String]) -> Markup {
    html! {
        @if !paragraphs.is_empty() {
            section id="methods" {
                h2 { "Methods" }
                div.notes { p { (METHODS) } }
                @for paragraph in paragraphs { p { (paragraph) } }
            }
        }
    }
}

/// Shows the checklists, each closed until it is asked for.
pub(super) fn checklists(lists: &[Checklist]) -> Markup {
    html! {
        @if !lists.is_empty() {
            section id="checklists" {
                h2 { "Checklists" }
                div.notes { p { "Filled from the study's own record. What only people can know is left open." } }
                @for list in lists {
                    details.checklist {
                        summary { (list.title) ": " (list.summary()) }
                        p { (list.citation) }
                        table {
                            thead { tr { th scope="col" { "Item" } th scope="col" { "Status" } th scope="col" { "Answer" } } }
                            tbody {
                                @for item in &list.items {
                                    tr {
                                        th scope="row" { (item.number) ". " (item.topic) }
                                        td { (item.fill.word()) }
                                        td {
                                            @if !item.text.is_empty() { p { (item.text) } }
                                            @if !item.evidence.is_empty() { p.of { "Evidence: " (item.evidence) } }
                                            @if !item.to_do.is_empty() { p { em { "To do: " (item.to_do) } } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
