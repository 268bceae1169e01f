//! Words of people made safe for the place where they are written: Markdown, spreadsheets, terminals, XML.

/// Returns the text on one line: every run of white space is one blank, none at the ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text's paragraphs, each on one line; hard line breaks inside a paragraph are blanks.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        let Some(last) = paragraphs.last_mut() else { continue };
        match (line.trim().is_empty(), last.is_empty()) {
            (true, false) => paragraphs.push(String::new()),
            (true, true) => {}
            (false, true) => *last = one_line(line),
            (false, false) => *last = format!("{last} {}", one_line(line)),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Returns the text on one line without control characters, so that no word can steer a terminal.
pub(super) fn terminal(text: &str) -> String {
    one_line(&text.replace(|c: char| c.is_control() && !c.is_whitespace(), ""))
}

/// Returns the text on one line, written so that Markdown and the HTML in it show it as it is.
///
/// Nothing at the beginning of the result opens a list, a heading or a rule.
pub(super) fn markdown(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len() + 8);
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number_ends = if numbered.len() < line.len() { line.len() - numbered.len() } else { usize::MAX };
    for (at, c) in line.char_indices() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '$' => escaped.extend(['\\', c]),
            '-' | '+' | '=' if at == 0 => escaped.extend(['\\', c]),
            '.' | ')' if at == number_ends => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Returns the cell with an apostrophe before it when a spreadsheet would take it for a formula.
pub(super) fn spreadsheet(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hard_wraps_are_blanks_and_paragraphs_stay() {
        assert_eq!(paragraphs("\none\n  two \n\n \nthree\r\n"), ["one two", "three"]);
        assert_eq!(paragraphs(" \n"), Vec::<String>::new());
    }

    #[test]
    fn markdown_shows_the_words_as_they_are() {
        assert_eq!(markdown("<b>*a*</b> | [x](y) & `z` $1"), r"&lt;b&gt;\*a\*&lt;/b&gt; \| \[x\](y) &amp; \`z\` \$1");
        assert_eq!(markdown("12. of May"), r"12\. of May");
        assert_eq!(markdown("- she said\n- no"), r"\- she said - no");
        assert_eq!(markdown("snake_case\\n"), r"snake\_case\\n");
        assert_eq!(markdown("a. b"), "a. b");
    }

    #[test]
    fn formulas_are_words() {
        assert_eq!(spreadsheet("=1+1"), "'=1+1");
        assert_eq!(spreadsheet("\t=1"), "'\t=1");
        assert_eq!(spreadsheet("1-2"), "1-2");
    }

    #[test]
    fn terminals_get_no_control_characters() {
        assert_eq!(terminal("a\u{1b}[31mb\nc\u{7}"), "a[31mb c");
    }
}
