//! Excerpts by code, as block quotations.

use maud::{Markup, html};

use super::{
    super::{Excerpt, ExcerptGroup, escape, excerpts::scope},
    quoted,
};

/// Returns the section with all excerpts, or nothing when there are none.
pub(super) fn excerpts(groups: &[ExcerptGroup]) -> Markup {
    html! {
        @if !groups.is_empty() {
            section id="excerpts" {
                h2 { "Excerpts" }
                @for group in groups { (self::group(group)) }
            }
        }
    }
}

fn group(group: &ExcerptGroup) -> Markup {
    html! {
        section.group {
            @if group.level == "theme" { h3 { (group.label) } } @else { h4 { (group.label) } }
            p.scope { (scope(group)) }
            @for excerpt in &group.excerpts { (self::excerpt(excerpt)) }
        }
    }
}

fn excerpt(excerpt: &Excerpt) -> Markup {
    let (start, end) = excerpt.place;
    html! {
        figure.excerpt {
            blockquote { (quoted::paragraphs(&excerpt.text, &excerpt.marks)) }
            figcaption {
                (excerpt.attribution)
                span.place {
                    " " (excerpt.entry) ", characters " (start) "–" (end)
                    @if !excerpt.codes.is_empty() {
                        "; "
                        @for (at, code) in excerpt.codes.iter().enumerate() {
                            @if at > 0 { ", " }
                            a href={ "#code-" (escape::anchor(code)) } { (code) }
                        }
                    }
                    @if excerpt.negated { "; negated" }
                }
            }
        }
    }
}
