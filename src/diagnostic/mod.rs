//! A finding about a file that a person wrote: what, where, and what to do about it.
//!
//! Rendering is plain text with the source line and a mark under the place; no colour, so that it reads the same everywhere.

mod keys;

use std::ops::Range;

pub use keys::{Keys, Placed, parse_toml};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file can be used, but a person should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One finding with its place in the source (bytes) and, where there is one, the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Short name of its kind, such as `duplicate-rule`, for kinds that have one.
    pub name: Option<&'static str>,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// Bytes of the source that it is about; `None` when it is about the file as a whole.
    pub span: Option<Range<usize>>,
    /// The next step.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Makes an error at a place.
    pub fn error(message: impl Into<String>, span: Option<Range<usize>>) -> Self {
        Self { severity: Severity::Error, name: None, message: message.into(), span, hint: None }
    }

    /// Makes a warning at a place.
    pub fn warning(message: impl Into<String>, span: Option<Range<usize>>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message, span) }
    }

    /// Makes a note at a place.
    pub fn note(message: impl Into<String>, span: Option<Range<usize>>) -> Self {
        Self { severity: Severity::Note, ..Self::error(message, span) }
    }

    /// Adds the short name of its kind.
    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Adds the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Renders the finding with file, line, column, the source line and the hint.
    pub fn render(&self, file: &str, source: &str) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut title = level.primary_title(&self.message);
        if let Some(name) = self.name {
            title = title.id(name);
        }
        let mut group = match &self.span {
            Some(span) => {
                let end = span.end.min(source.len());
                let start = span.start.min(end);
                let mark = AnnotationKind::Primary.span(start..end);
                title.element(Snippet::source(source).path(file).annotation(mark))
            }
            None => title.element(annotate_snippets::Origin::path(file)),
        };
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name("hint").message(hint));
        }
        Renderer::plain().render(&[group])
    }
}

/// Returns line and column (code points), both from 1, of a byte of `source`.
pub fn line_and_column(source: &str, byte: usize) -> (usize, usize) {
    let before = source.get(..byte).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Finds the known word that a mistyped one most likely meant, by edit distance.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (typed.chars().count() / 3).max(1);
    let scored = known.into_iter().map(|word| (edit_distance(typed, word), word));
    scored.filter(|(distance, _)| *distance <= limit).min().map(|(_, word)| word)
}

/// Says what is wrong with a regular expression: the last of the lines in which it is told, without the place drawn above.
pub fn regex_reason(problem: &regex::Error) -> String {
    let words = problem.to_string();
    words.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned()
}

/// Returns the hint about a name that nothing has: the one that was most likely meant, or else all that there are.
pub fn meant_or_known(typed: &str, known: &[&str]) -> String {
    match did_you_mean(typed, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none".to_owned(),
        None => format!("known: {}", known.join(", ")),
    }
}

/// Counts insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, restricted) between two words.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_file_line_column_and_hint() {
        let source = "[codebook]\nid = \"n\"\nlable = \"x\"\n";
        let finding = Diagnostic::error("unknown key `lable`", Some(20..25)).hint("did you mean `label`?");
        insta::assert_snapshot!(finding.render("codebooks/n.toml", source), @r#"
        error: unknown key `lable`
         --> codebooks/n.toml:3:1
          |
        3 | lable = "x"
          | ^^^^^
          |
          = hint: did you mean `label`?
        "#);
    }

    #[test]
    fn counts_columns_in_code_points() {
        assert_eq!(line_and_column("é\nçx", 5), (2, 2));
        assert_eq!(line_and_column("", 0), (1, 1));
    }

    #[test]
    fn suggests_only_near_words() {
        assert_eq!(did_you_mean("lable", ["label", "title"]), Some("label"));
        assert_eq!(did_you_mean("exclud", ["include", "exclude"]), Some("exclude"));
        assert_eq!(did_you_mean("zzz", ["label", "title"]), None);
        assert_eq!(meant_or_known("lable", &["label", "title"]), "did you mean `label`?");
        assert_eq!(meant_or_known("zzz", &["label", "title"]), "known: label, title");
    }
}
