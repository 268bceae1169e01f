//! The codebook as an appendix: what each code means, and when it is and is not used.

use maud::{Markup, html};

use super::super::{CodePage, CodebookPage, ThemePage, escape};

/// Returns the appendix, or nothing when there is no theme.
pub(super) fn codebook(codebook: &CodebookPage) -> Markup {
    html! {
        @if !codebook.themes.is_empty() {
            section id="codebook" {
                h2 { "Codebook" }
                p {
                    (codebook.title)
                    @if !codebook.version.is_empty() { ", version " (codebook.version) }
                }
                @for theme in &codebook.themes { (self::theme(theme)) }
            }
        }
    }
}

fn theme(theme: &ThemePage) -> Markup {
    html! {
        section.codebook-theme {
            h3 { @if theme.id.is_empty() { "Codes without a theme" } @else { (theme.label) } }
            @if !theme.concept.is_empty() { p.concept { (theme.concept) } }
            @if !theme.not_this.is_empty() { p.not { span.lead { "Not this: " } (theme.not_this) } }
            @for code in &theme.codes { (self::code(code)) }
        }
    }
}

fn code(code: &CodePage) -> Markup {
    html! {
        article.code id={ "codebook-" (escape::anchor(&code.id)) } {
            div.code-head {
                h4 { (code.label) " " code.id { (code.id) } }
                @if !code.definition.is_empty() { p { (code.definition) } }
            }
            dl {
                @if !code.parent.is_empty() {
                    dt { "Under" }
                    dd { a href={ "#codebook-" (escape::anchor(&code.parent)) } { (code.parent) } }
                }
                (sentences("Use when", &code.include))
                (sentences("Not when", &code.exclude))
                (expressions("Rules", &code.rules))
                (expressions("Except", &code.except))
                @if !code.matching.is_empty() { dt { "Matching" } dd { (code.matching) } }
                @if !code.examples.is_empty() {
                    dt { "Examples" }
                    @for (kind, text) in &code.examples { dd { q { (text) } " " span.kind { (kind.replace('_', " ")) } } }
                }
                @if !code.origin.is_empty() { dt { "Origin" } dd { (code.origin.replace('_', " ")) } }
            }
        }
    }
}

fn expressions(name: &str, expressions: &[String]) -> Markup {
    html! {
        @if !expressions.is_empty() {
            dt { (name) }
            dd { ul.rules { @for expression in expressions { li { code { (expression) } } } } }
        }
    }
}

fn sentences(name: &str, sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            dt { (name) }
            @for sentence in sentences { dd { (sentence) } }
        }
    }
}
