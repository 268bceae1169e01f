//! Lines and paragraphs that are headings, thematic breaks or list items.
//!
//! Every function looks at trimmed lines; which lines make a paragraph is decided in `outline`.

/// A longer line is taken for a paragraph although it is marked like a heading, so that no words are lost to the count.
const LONGEST_TITLE: usize = 100;

/// Returns the title of a line such as `## Title`; an indented one is a heading up to three spaces, as in Markdown.
pub(super) fn marked_title(line: &str) -> Option<&str> {
    let content = line.trim_start_matches(' ');
    let marks = content.len() - content.trim_start_matches('#').len();
    let rest = content.get(marks..)?;
    let indent = line.len() - content.len();
    if indent > 3 || !(1..=6).contains(&marks) || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let closed = rest.trim();
    let open = closed.trim_end_matches('#');
    // Closing marks are set apart: `# Title #`, but `# C#`.
    let title = if open.len() < closed.len() && open.ends_with([' ', '\t']) { open } else { closed };
    let title = without_emphasis(title.trim());
    (!title.is_empty()).then_some(title)
}

/// Tells whether a text holds nothing but marked headings and lines that separate.
pub fn is_only_headings(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || marked_title(line).is_some() || is_break(line.trim()))
}

/// Tells whether a trimmed line is `===` or `---`, which makes the line above it a heading.
pub(super) fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Tells whether a trimmed line only separates: `---`, `* * *`, `___`, `===`, or marks of a heading without a title.
pub(super) fn is_break(line: &str) -> bool {
    let of_one = |mark: u8| line.bytes().filter(|byte| *byte == mark).count() >= 3;
    let only = |mark: u8| line.bytes().all(|byte| byte == mark || byte == b' ' || byte == b'\t');
    match line.as_bytes().first() {
        Some(mark @ (b'-' | b'*' | b'_' | b'=' | b'~')) => only(*mark) && of_one(*mark),
        Some(mark @ b'#') => only(*mark),
        _ => false,
    }
}

/// Returns the title when a trimmed line may stand above an underline.
pub(super) fn underlined_title(line: &str) -> Option<&str> {
    let title = without_emphasis(line);
    (is_short(line) && list_marker(line) == 0 && title.contains(char::is_alphanumeric)).then_some(title)
}

/// Returns the title of a paragraph of one trimmed line wholly in bold.
pub(super) fn bold_title(line: &str) -> Option<&str> {
    let content = line.strip_suffix(':').unwrap_or(line);
    let inner = ["**", "__"].into_iter().find_map(|mark| content.strip_prefix(mark)?.strip_suffix(mark))?;
    let title = without_emphasis(inner);
    // Bold inside: `**A** and **B**`. A bold line with a full stop is a sentence somebody stressed.
    let is_title = !inner.contains("**") && !inner.contains("__") && !title.ends_with(['.', '!', '…']);
    (is_title && is_short(line) && title.contains(char::is_alphanumeric)).then_some(title)
}

/// Tells whether a paragraph is a title in capitals: at most two lines, four letters, nothing that ends a sentence.
pub(super) fn is_in_capitals(lines: &[&str]) -> bool {
    let mut capitals = 0;
    for char in lines.iter().take(2).flat_map(|line| line.chars()) {
        if char.is_lowercase() || matches!(char, '.' | '!' | '?' | '…') {
            return false;
        }
        capitals += usize::from(char.is_uppercase());
    }
    capitals >= 4 && lines.len() <= 2 && lines.iter().all(|line| is_short(line) && list_marker(line) == 0)
}

/// Returns the length of the list marker with its blanks at the beginning of a trimmed line, or 0.
pub(super) fn list_marker(line: &str) -> usize {
    let marker = bullet(line).or_else(|| numbered(line)).unwrap_or_default();
    let rest = line.get(marker..).unwrap_or_default();
    let content = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    if marker > 0 && content.len() < rest.len() { line.len() - content.len() } else { 0 }
}

/// Tells whether a marker may begin a list in the middle of a paragraph; `5. ` there may be a wrapped line of prose.
pub(super) fn begins_list(line: &str) -> bool {
    let number = line.trim_start_matches(|char: char| char.is_ascii_digit());
    !number.starts_with('.') || line.starts_with("1.")
}

fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    matches!(first, '-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '·').then(|| first.len_utf8())
}

fn numbered(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line.as_bytes().get(digits.max(1))?;
    match digits {
        0 => (line.as_bytes().first()?.is_ascii_alphabetic() && *mark == b')').then_some(2),
        1..=3 => matches!(mark, b'.' | b')').then_some(digits + 1),
        _ => None,
    }
}

fn without_emphasis(title: &str) -> &str {
    title.trim_matches(['*', '_']).trim()
}

fn is_short(line: &str) -> bool {
    line.len() <= LONGEST_TITLE || line.chars().count() <= LONGEST_TITLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_alone() {
        assert!(is_only_headings("# Greatest success\n\n---\n## Greatest challenge\n"));
        assert!(!is_only_headings("# Greatest success\n\nNONE"));
        assert!(!is_only_headings("NONE"));
    }

    #[test]
    fn marks_make_titles() {
        assert_eq!(marked_title("## Greatest *success* ##"), Some("Greatest *success"));
        assert_eq!(marked_title("# **Ethics**"), Some("Ethics"));
        assert_eq!(marked_title("# C#"), Some("C#"));
        for none in ["#hashtag", "####### seven", "    # code", "#", "# ", "word # mark"] {
            assert_eq!(marked_title(none), None, "{none:?}");
        }
    }

    #[test]
    fn bold_lines_are_titles_unless_they_are_sentences() {
        assert_eq!(bold_title("**Greatest success**"), Some("Greatest success"));
        assert_eq!(bold_title("__What went well?__"), Some("What went well?"));
        assert_eq!(bold_title("**Challenges**:"), Some("Challenges"));
        for none in ["**A** and **B**", "**I was afraid.**", "**", "****", "*light*", "** **"] {
            assert_eq!(bold_title(none), None, "{none:?}");
        }
    }

    #[test]
    fn capitals_are_titles_without_stops() {
        assert!(is_in_capitals(&["WEEK 12: THE CLINIC"]) && is_in_capitals(&["LESSONS", "LEARNED"]));
        for none in
            [&["ICE"][..], &["THEY CAME."], &["A Clinic"], &["ONE", "TWO", "THREE"], &["- WORK PERMIT"], &["移民"]]
        {
            assert!(!is_in_capitals(none), "{none:?}");
        }
    }

    #[test]
    fn knows_breaks_and_markers() {
        assert!(["---", "* * *", "___", "***", "======", "##"].into_iter().all(is_break));
        assert!(!["--", "- a", "**", "...", "-*-"].into_iter().any(is_break));
        assert_eq!(["- a", "• b", "1. c", "12) d", "a) e", "*  f"].map(list_marker), [2, 4, 3, 4, 3, 3]);
        assert_eq!(["-a", "1.5", "1918. A", "ab) c", "*a*", "-", ""].map(list_marker), [0; 7]);
        assert!(begins_list("1. a") && begins_list("2) a") && begins_list("- a") && !begins_list("5. of May"));
    }
}
