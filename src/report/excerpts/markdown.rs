//! Excerpts as Markdown: block quotes, verbatim and without marks, with where they stand.

use super::super::{Banner, Excerpt, ExcerptGroup, escape};
use crate::table::{number, plural};

/// Writes excerpts as a Markdown document, under a banner as long as suggestions are unreviewed.
pub fn markdown(groups: &[ExcerptGroup], banner: Option<&Banner>) -> String {
    let body = self::groups(groups, 2);
    let banner = banner.map(|banner| format!("> **{}**\n\n", escape::markdown(&banner.over_excerpts())));
    let body = if body.is_empty() { "No excerpts.\n".to_owned() } else { body };
    format!("# Excerpts\n\n{}{body}", banner.unwrap_or_default())
}

/// Returns the groups under headings; themes at `level`, codes one below when there are themes.
pub(in crate::report) fn groups(groups: &[ExcerptGroup], level: usize) -> String {
    let themes = groups.iter().any(|group| group.level == "theme");
    let parts: Vec<String> = groups
        .iter()
        .map(|group| {
            let below = usize::from(themes && group.level != "theme");
            let mut part = format!("{} {}\n\n", "#".repeat(level + below), escape::markdown(&group.label));
            part.push_str(&format!("{}\n", scope(group)));
            group.excerpts.iter().for_each(|excerpt| part.push_str(&quote(excerpt)));
            part
        })
        .collect();
    parts.join("\n")
}

/// Returns how many of the excerpts that could be made are shown: `3 of 41 excerpts.`
pub(in crate::report) fn scope(group: &ExcerptGroup) -> String {
    let (shown, all) = (number(group.excerpts.len() as u64), number(group.of));
    format!("{shown} of {all} {}.", plural(group.of, "excerpt", "excerpts"))
}

fn quote(excerpt: &Excerpt) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in escape::paragraphs(&excerpt.text) {
        lines.extend([format!("> {}\n", escape::markdown(&paragraph)), ">\n".to_owned()]);
    }
    lines.push(format!("> {}\n", escape::markdown(&excerpt.attribution)));
    format!("\n{}\n{}\n", lines.concat(), place(excerpt))
}

/// Returns where the excerpt stands, in small: entry, characters, codes.
fn place(excerpt: &Excerpt) -> String {
    let (start, end) = excerpt.place;
    let codes = if excerpt.codes.is_empty() { String::new() } else { format!("; codes: {}", excerpt.codes.join(", ")) };
    let negated = if excerpt.negated { "; negated" } else { "" };
    let words = format!("Entry {}, characters {start}–{end}{codes}{negated}", excerpt.entry);
    format!("<sub>{}</sub>", escape::markdown(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_verbatim_in_paragraphs_and_inert() {
        let excerpt = Excerpt {
            text: "She *said*: <script>alert(1)</script>\nand left.\n\n1. A list?".to_owned(),
            marks: vec![(0, 3)],
            attribution: "(Navigator, March 2018)".to_owned(),
            entry: "2018-03".to_owned(),
            place: (12, 80),
            codes: vec!["fear".to_owned()],
            negated: true,
            exemplar: false,
        };
        let code = ExcerptGroup {
            level: "code".to_owned(),
            label: "Fear".to_owned(),
            excerpts: vec![excerpt],
            of: 41,
            ..ExcerptGroup::default()
        };
        let theme = ExcerptGroup { level: "theme".to_owned(), label: "Trust".to_owned(), ..ExcerptGroup::default() };
        let banner = Banner { counts: "all".to_owned(), reviewed: 0, suggestions: 1274 };
        insta::assert_snapshot!(markdown(&[theme, code], Some(&banner)), @r"
        # Excerpts

        > **Unreviewed: 0 of 1,274 suggestions reviewed; excerpts include rules' suggestions that nobody has decided on.**

        ## Trust

        0 of 0 excerpts.

        ### Fear

        1 of 41 excerpts.

        > She \*said\*: &lt;script&gt;alert(1)&lt;/script&gt; and left.
        >
        > 1\. A list?
        >
        > (Navigator, March 2018)

        <sub>Entry 2018-03, characters 12–80; codes: fear; negated</sub>
        ");
    }

    #[test]
    fn none_is_said() {
        assert_eq!(markdown(&[], None), "# Excerpts\n\nNo excerpts.\n");
    }
}
