//! Excerpts as a Word document: fewer than 40 words run in between quotation marks, 40 and more as a block (APA 7).
//!
//! The words are verbatim.

use super::{
    super::{
        Banner, Excerpt, ExcerptGroup, escape,
        word::{Document, Paragraph, Style, WordError},
    },
    scope,
};

/// From this many words on a quotation is a block without quotation marks (APA 7, 8.27).
const BLOCK_WORDS: usize = 40;

/// Writes excerpts as a Word document with built-in heading styles, under a banner as long as suggestions are unreviewed.
///
/// # Errors
/// When the document cannot be packed.
pub fn docx(groups: &[ExcerptGroup], title: &str, banner: Option<&Banner>) -> Result<Vec<u8>, WordError> {
    let mut document = Document::default();
    document.say(Style::Title, title);
    if let Some(banner) = banner {
        document.add(&Paragraph::new(Style::Normal).bold(&escape::one_line(&banner.over_excerpts())));
    }
    word_groups(&mut document, groups, 1);
    if groups.is_empty() {
        document.say(Style::Normal, "No excerpts.");
    }
    document.packed(title)
}

/// Adds groups of excerpts under headings of that level; codes under themes are one level below.
pub(in crate::report) fn word_groups(document: &mut Document, groups: &[ExcerptGroup], level: u8) {
    let themes = groups.iter().any(|group| group.level == "theme");
    for group in groups {
        let below = u8::from(themes && group.level != "theme");
        document.add(&Paragraph::of(Style::Heading(level + below), &group.label).keep_next(true));
        document.add(&Paragraph::of(Style::Normal, &scope(group)).keep_next(!group.excerpts.is_empty()));
        group.excerpts.iter().flat_map(quote).for_each(|paragraph| document.add(&paragraph));
    }
}

/// Returns the paragraphs of a quotation; the attribution follows its last word.
fn quote(excerpt: &Excerpt) -> Vec<Paragraph> {
    let paragraphs = escape::paragraphs(&excerpt.text);
    let words: usize = paragraphs.iter().map(|paragraph| paragraph.split_whitespace().count()).sum();
    let last = paragraphs.len().saturating_sub(1);
    let block = words >= BLOCK_WORDS || last > 0;
    let attribution = escape::one_line(&excerpt.attribution);
    let line = |(at, paragraph): (usize, &String)| {
        let mut words = if block { paragraph.clone() } else { format!("“{paragraph}”") };
        if at == last && !attribution.is_empty() {
            let negated = if excerpt.negated { " [negated]" } else { "" };
            words = format!("{words} {attribution}{negated}");
        }
        let style = if block { Style::Quote } else { Style::Normal };
        // A short quotation stays whole; of a long one no line stands alone on a page.
        Paragraph::new(style).keep_lines(!block).widow_control().words(&words)
    };
    paragraphs.iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(texts: &[&str]) -> ExcerptGroup {
        let excerpt = |text: &&str| Excerpt {
            text: (*text).to_owned(),
            attribution: "(Navigator, March 2018)".to_owned(),
            ..Excerpt::default()
        };
        ExcerptGroup {
            level: "code".to_owned(),
            label: "Fear & <script>".to_owned(),
            excerpts: texts.iter().map(excerpt).collect(),
            of: 5,
            ..ExcerptGroup::default()
        }
    }

    /// Returns the bytes as text; the parts of the package are stored, not compressed.
    fn inside(groups: &[ExcerptGroup]) -> String {
        String::from_utf8_lossy(&docx(groups, "Excerpts", None).unwrap()).into_owned()
    }

    #[test]
    fn same_excerpts_same_bytes_and_no_clock() {
        let groups = [group(&["She left."])];
        let bytes = docx(&groups, "Excerpts", None).unwrap();
        assert_eq!(bytes, docx(&groups, "Excerpts", None).unwrap());
        // Time and date of the first file in the package: midnight, 1 January 1980.
        assert_eq!(bytes.get(10..14), Some([0, 0, 0x21, 0].as_slice()));
        let core = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(core.matches("1980-01-01T00:00:00Z").count(), 2);
    }

    #[test]
    fn short_quotations_run_in_and_long_ones_are_blocks() {
        let (short, long) = (vec!["word"; 39].join(" "), vec!["word"; 40].join(" "));
        let inside = inside(&[group(&[&short, &long])]);
        assert!(inside.contains(&format!("“{short}” (Navigator, March 2018)")), "{inside}");
        assert!(inside.contains(&format!(">{long} (Navigator, March 2018)")), "{inside}");
        assert_eq!(inside.matches(r#"<w:pStyle w:val="Quote"/>"#).count(), 1);
    }

    #[test]
    fn a_heading_stays_with_its_first_quotation_and_a_short_quotation_stays_whole() {
        let long = vec!["word"; 40].join(" ");
        let inside = inside(&[group(&["She left.", &long])]);
        let before = |words: &str| {
            let until = inside.split(words).next().unwrap_or_default();
            until.rsplit("<w:p>").next().unwrap_or_default().to_owned()
        };
        assert!(before("Fear &amp;").contains("<w:keepNext/>"), "{}", before("Fear &amp;"));
        assert!(before("2 of 5").contains("<w:keepNext/>"));
        assert!(before("“She left").contains("<w:keepLines/>") && !before("“She left").contains("keepNext"));
        assert!(!before(&long).contains("<w:keepLines/>") && before(&long).contains("widowControl"));
    }

    #[test]
    fn words_are_escaped_and_forbidden_characters_dropped() {
        let inside = inside(&[group(&["a\u{0}\u{1b} < b & c"])]);
        assert!(inside.contains("“a &lt; b &amp; c”") && inside.contains("Fear &amp; &lt;script&gt;"), "{inside}");
    }

    #[test]
    fn no_excerpts_still_make_a_document() {
        assert!(inside(&[]).contains("No excerpts."));
    }
}
