//! Words of people made safe for the place where they are written: Markdown, spreadsheets, terminals, XML.

use std::ops::Range;

/// Returns the text on one line: every run of white space is one blank, none at the ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the bytes of each paragraph: stretches between empty lines, without the white space around them.
pub(super) fn paragraph_ranges(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            open = false;
        } else {
            let first = start + (line.len() - line.trim_start().len());
            let end = first + words.len();
            match found.last_mut() {
                Some(last) if open => last.end = end,
                _ => found.push(first..end),
            }
            open = true;
        }
        start += line.len();
    }
    found
}

/// Returns the text's paragraphs, each on one line; hard line breaks inside a paragraph are blanks.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    paragraph_ranges(text).into_iter().filter_map(|range| text.get(range)).map(one_line).collect()
}

/// Returns the text without the characters that XML forbids.
pub(super) fn xml(text: &str) -> String {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.replace(forbidden, "")
}

/// Returns an id as the end of an anchor or file name: letters of ASCII, digits, `-` and `_` stay, others become `.hex.`.
pub(super) fn anchor(id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    id.chars().map(|c| if plain(c) { c.to_string() } else { format!(".{:x}.", u32::from(c)) }).collect()
}

/// Returns the command that lists what is behind a number.
pub(super) fn command(evidence: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_.:/=,@+%".contains(c);
    if !evidence.is_empty() && evidence.chars().all(plain) {
        return format!("themata segments {evidence}");
    }
    format!("themata segments '{}'", evidence.replace('\'', r"'\''"))
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
    // `12. of May` would be a list; `0.1.0` is not.
    let item = numbered.len() < line.len() && matches!(numbered.chars().nth(1), None | Some(' '));
    let number_ends = if item { line.len() - numbered.len() } else { usize::MAX };
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

/// Returns the text on one line with every special character of LaTeX written out, for pdflatex with UTF-8 and T1.
pub(super) fn latex(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for c in terminal(text).chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => written.extend(['\\', c]),
            '\\' => written.push_str("\\textbackslash{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            '<' => written.push_str("\\textless{}"),
            '>' => written.push_str("\\textgreater{}"),
            '|' => written.push_str("\\textbar{}"),
            '"' => written.push_str("\\textquotedbl{}"),
            '`' => written.push_str("\\textasciigrave{}"),
            // Hyphens, quotes and brackets that would join with what stands beside them, or be an option.
            '-' | '\'' | ',' | '?' | '!' if written.ends_with(c) => written.extend(["{}", &c.to_string()]),
            '[' => written.push_str("{[}"),
            ']' => written.push_str("{]}"),
            '*' if written.is_empty() => written.push_str("{*}"),
            '−' => written.push_str("$-$"),
            '≤' => written.push_str("$\\leq$"),
            '≥' => written.push_str("$\\geq$"),
            '≠' => written.push_str("$\\neq$"),
            '→' => written.push_str("$\\rightarrow$"),
            '←' => written.push_str("$\\leftarrow$"),
            '\u{a0}' | '\u{202f}' => written.push('~'),
            '\u{ad}' => written.push_str("\\-"),
            // Nothing to see, and unknown to pdflatex.
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' => {}
            _ => written.push(c),
        }
    }
    written
}

/// Tells whether pdflatex with UTF-8 and T1 knows the character: letters of Latin-1 and Latin Extended-A, common signs.
pub(super) fn latex_knows(c: char) -> bool {
    let letters = matches!(c, ' '..='~' | '\n' | '\u{a1}'..='\u{17f}');
    let missing = matches!(c, 'Ħ' | 'ħ' | 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'Ŧ' | 'ŧ' | 'ſ');
    (letters && !missing) || "–—‘’‚“”„†‡•…‰‹›€™№".contains(c)
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
    fn paragraph_ranges_leave_out_the_white_space_around() {
        let text = " é\nb \n\n c";
        let parts: Vec<_> = paragraph_ranges(text).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(parts, ["é\nb", "c"]);
    }

    #[test]
    fn anchors_differ_where_ids_differ() {
        assert_eq!(anchor("language-barrier_2"), "language-barrier_2");
        assert_eq!(anchor("../a b"), ".2e..2e..2f.a.20.b");
        assert_ne!(anchor("a.b"), anchor("a b"));
    }

    #[test]
    fn commands_can_be_pasted() {
        assert_eq!(command("entry/code:fear"), "themata segments entry/code:fear");
        assert_eq!(command("month:it's $x"), r"themata segments 'month:it'\''s $x'");
    }

    #[test]
    fn xml_gets_no_forbidden_characters() {
        assert_eq!(xml("a\u{0}\u{8}b\tc\u{b}\u{ffff}é"), "ab\tcé");
    }

    #[test]
    fn markdown_shows_the_words_as_they_are() {
        assert_eq!(markdown("<b>*a*</b> | [x](y) & `z` $1"), r"&lt;b&gt;\*a\*&lt;/b&gt; \| \[x\](y) &amp; \`z\` \$1");
        assert_eq!(markdown("12. of May"), r"12\. of May");
        assert_eq!(markdown("- she said\n- no"), r"\- she said - no");
        assert_eq!(markdown("snake_case\\n"), r"snake\_case\\n");
        assert_eq!(markdown("a. b"), "a. b");
        assert_eq!(markdown("0.1.0"), "0.1.0");
        assert_eq!(markdown("12."), r"12\.");
    }

    #[test]
    fn latex_shows_the_words_as_they_are() {
        assert_eq!(latex("50% of $1 & #2_{a}"), r"50\% of \$1 \& \#2\_\{a\}");
        assert_eq!(
            latex(r"a\b ~^<>|`"),
            r"a\textbackslash{}b \textasciitilde{}\textasciicircum{}\textless{}\textgreater{}\textbar{}\textasciigrave{}"
        );
        assert_eq!(latex("a -- b\n\n[c]"), "a -{}- b {[}c{]}");
        assert_eq!(latex("x\u{200b}y\u{1b}z ≤ 3"), "xyz $\\leq$ 3");
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
