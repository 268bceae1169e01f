//! The report as Markdown: all but the lists of segments, which are in the page.

use super::{Checklist, CodePage, CodebookPage, Section, StudyReport, ThemePage, escape, excerpts, format};

/// Writes `report.md`; figures are linked in `figures/`.
pub fn report(report: &StudyReport) -> String {
    let mut parts = vec![format!("# {}", escape::markdown(&report.title))];
    if !report.subtitle.is_empty() {
        parts.push(escape::markdown(&report.subtitle));
    }
    parts.extend(report.banner.as_ref().map(|banner| format!("> **{}**", escape::markdown(&banner.sentence()))));
    if !report.glance.is_empty() {
        let facts = report.glance.iter().map(|fact| pair(&fact.name, &fact.value));
        parts.extend(["## At a glance".to_owned(), facts.collect::<Vec<_>>().join("\n")]);
    }
    parts.extend(report.sections.iter().map(section));
    if !report.excerpts.is_empty() {
        parts.extend(["## Excerpts".to_owned(), excerpts::groups(&report.excerpts, 3)]);
    }
    if !report.methods.is_empty() {
        parts.push(methods(&report.methods));
    }
    parts.extend(codebook(&report.codebook));
    if !report.checklists.is_empty() {
        let list = |list: &Checklist| {
            format!("- [{}](checklists/{}.md): {}", escape::markdown(&list.title), list.id, list.summary())
        };
        parts.extend(["## Checklists".to_owned(), report.checklists.iter().map(list).collect::<Vec<_>>().join("\n")]);
    }
    if !report.remarks.is_empty() {
        parts.extend(["## Remarks".to_owned(), list(&report.remarks)]);
    }
    if !report.origin.is_empty() {
        let facts = report.origin.iter().map(|(name, value)| pair(name, value));
        parts.extend(["## Origin".to_owned(), facts.collect::<Vec<_>>().join("\n")]);
    }
    parts.iter().map(|part| part.trim_end()).collect::<Vec<_>>().join("\n\n") + "\n"
}

/// What stands over the draft of the methods.
pub(super) const METHODS: &str =
    "A draft from the study's own record: read every sentence, and fill in what stands in brackets.";

/// Writes the draft of the methods section.
pub(super) fn methods(paragraphs: &[String]) -> String {
    let words = paragraphs.iter().map(|paragraph| escape::markdown(paragraph));
    let head = ["## Methods".to_owned(), format!("*{METHODS}*")];
    head.into_iter().chain(words).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn pair(name: &str, value: &str) -> String {
    format!("- **{}:** {}", escape::markdown(name), escape::markdown(value))
}

fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("- {}", escape::markdown(item))).collect::<Vec<_>>().join("\n")
}

fn section(section: &Section) -> String {
    let table = format::markdown(&section.table);
    let mut written = format!("## {}\n\n{}", escape::markdown(&section.heading), table.trim_end());
    if let Some(figure) = &section.figure {
        let name = escape::anchor(&figure.name);
        written.push_str(&format!("\n\n![{}](figures/{name}.svg)", escape::markdown(&figure.description)));
        if !figure.note.is_empty() {
            written.push_str(&format!("\n\n{}", escape::markdown(&figure.note)));
        }
    }
    written
}

fn codebook(codebook: &CodebookPage) -> Vec<String> {
    if codebook.themes.is_empty() {
        return Vec::new();
    }
    let mut parts = vec!["## Codebook".to_owned()];
    let title = [codebook.title.as_str(), codebook.version.as_str()].map(escape::markdown);
    parts.push(title.iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(", version "));
    for theme in &codebook.themes {
        parts.extend(self::theme(theme));
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn theme(theme: &ThemePage) -> Vec<String> {
    let label = if theme.id.is_empty() { "Codes without a theme" } else { &theme.label };
    let mut parts = vec![format!("### {}", escape::markdown(label)), escape::markdown(&theme.concept)];
    if !theme.not_this.is_empty() {
        parts.push(format!("*Not this:* {}", escape::markdown(&theme.not_this)));
    }
    for code in &theme.codes {
        parts.extend([format!("#### {}", escape::markdown(&code.label)), self::code(code)]);
    }
    parts
}

fn code(code: &CodePage) -> String {
    let mut lines = vec![format!("- **Id:** {}", verbatim(&code.id))];
    let fact = |name: &str, value: &str| (!value.is_empty()).then(|| pair(name, value));
    lines.extend(fact("Under", &code.parent));
    lines.extend(fact("Definition", &code.definition));
    lines.extend(code.include.iter().map(|when| pair("Use when", when)));
    lines.extend(code.exclude.iter().map(|when| pair("Do not use when", when)));
    for (name, expressions) in [("Rules", &code.rules), ("Except", &code.except)] {
        let written: Vec<String> = expressions.iter().map(|expression| verbatim(expression)).collect();
        lines.extend((!written.is_empty()).then(|| format!("- **{name}:** {}", written.join(" · "))));
    }
    lines.extend(fact("Matching", &code.matching));
    lines.extend(code.examples.iter().map(|(kind, text)| pair(&format!("Example ({kind})"), text)));
    lines.extend(fact("Origin", &code.origin));
    lines.join("\n")
}

/// Returns a code span around the words; the fence is longer than any run of backquotes in them.
fn verbatim(words: &str) -> String {
    let words = escape::one_line(words);
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if words.starts_with('`') || words.ends_with('`') {
        return format!("{fence} {words} {fence}");
    }
    format!("{fence}{words}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn code_spans_hold_backquotes() {
        assert_eq!(verbatim("a `b` c"), "``a `b` c``");
        assert_eq!(verbatim("`b"), "`` `b ``");
        assert_eq!(verbatim("speak NEAR/3 english"), "`speak NEAR/3 english`");
    }

    #[test]
    fn words_of_people_are_inert_wherever_they_stand() {
        let written = report(&sample::hostile());
        // Code spans are inert by themselves: what stands between backquotes is never HTML.
        let outside: String = written.split('`').step_by(2).collect();
        assert!(!outside.contains("<script>"), "{written}");
        assert!(written.contains("# &lt;script&gt;alert(1)&lt;/script&gt;"), "{written}");
    }

    #[test]
    fn figures_are_linked_and_every_section_has_its_table() {
        let report = sample::study();
        let written = self::report(&report);
        for section in &report.sections {
            assert!(written.contains(&format!("## {}\n\n**", section.heading)), "{}", section.heading);
        }
        assert!(written.contains("](figures/frequency-entries.svg)\n\nSomething &lt;is&gt; missing.\n"));
        assert!(written.contains("> **Unreviewed: 0 of "));
    }
}
