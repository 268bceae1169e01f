//! One running text cut into entries.

use regex::Regex;

use crate::study::Split;

/// Lines after the first that a pattern may look at, so that a date line may be wrapped.
const WRAPPED_LINES: usize = 2;

/// A part of a text that is to be an entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// Line on which it begins, from 1.
    pub(super) line: usize,
    pub(super) text: &'t str,
    /// Bytes at its beginning that the pattern matched: the mark of an entry, not its words.
    pub(super) mark: usize,
    /// What the pattern's named groups found.
    pub(super) groups: Vec<(&'t str, String)>,
    /// A heading, which may be a date.
    pub(super) heading: Option<&'t str>,
}

/// A text cut into pieces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces<'t> {
    /// What stands before the first piece and belongs to none.
    pub(super) front: &'t str,
    pub(super) pieces: Vec<Piece<'t>>,
    /// The text was to be cut, but nothing to cut it at was found.
    pub(super) uncut: bool,
}

/// Cuts a text as the settings say.
pub(super) fn split<'t>(text: &'t str, how: &'t Split) -> Pieces<'t> {
    let lines = lines(text);
    match how {
        Split::None => whole(text, false),
        Split::Heading => by_heading(text, &lines),
        Split::Blank(count) => by_blank(text, &lines, *count),
        Split::Pattern(pattern) => by_pattern(text, &lines, pattern),
    }
}

/// A line by its bytes, without its line feed.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl Line<'_> {
    fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let with_ends = text.split_inclusive('\n');
    with_ends
        .map(|line| {
            let placed = Line { start, text: line.strip_suffix('\n').unwrap_or(line) };
            start += line.len();
            placed
        })
        .collect()
}

fn whole(text: &str, uncut: bool) -> Pieces<'_> {
    let piece = Piece { line: 1, text, mark: 0, groups: Vec::new(), heading: None };
    Pieces { front: "", pieces: vec![piece], uncut }
}

/// A place where a piece begins.
#[derive(Default)]
struct Beginning<'t> {
    /// Index of the line.
    line: usize,
    mark: usize,
    groups: Vec<(&'t str, String)>,
    heading: Option<&'t str>,
}

fn cut<'t>(text: &'t str, lines: &[Line<'t>], beginnings: Vec<Beginning<'t>>) -> Pieces<'t> {
    let start_of = |beginning: &Beginning<'t>| lines.get(beginning.line).map_or(text.len(), |line| line.start);
    let mut ends: Vec<usize> = beginnings.iter().skip(1).map(start_of).collect();
    ends.push(text.len());
    let front = beginnings.first().and_then(|first| text.get(..start_of(first))).unwrap_or_default();
    let pieces = beginnings.into_iter().zip(ends).map(|(beginning, end)| {
        let text = text.get(start_of(&beginning)..end).unwrap_or_default();
        let Beginning { line, mark, groups, heading } = beginning;
        Piece { line: line + 1, text, mark, groups, heading }
    });
    Pieces { front, pieces: pieces.collect(), uncut: false }
}

/// Cuts at each heading (`#` to `######`) of the highest level that occurs more than once.
fn by_heading<'t>(text: &'t str, lines: &[Line<'t>]) -> Pieces<'t> {
    let mut headings: Vec<(usize, usize, &str)> = Vec::new();
    let mut fence = None;
    for (number, line) in lines.iter().enumerate() {
        // A `#` inside a block of code is no heading.
        let mark = ["```", "~~~"].into_iter().find(|mark| line.text.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(_)) if mark == Some(open) => fence = None,
            (None, None) => headings.extend(heading(line.text).map(|(level, words)| (number, level, words))),
            _ => {}
        }
    }
    let count = |level: usize| headings.iter().filter(|heading| heading.1 == level).count();
    let Some(level) = (1..=6).find(|level| count(*level) > 1) else { return whole(text, true) };
    let chosen = headings.into_iter().filter(|heading| heading.1 == level);
    cut(
        text,
        lines,
        chosen.map(|(line, _, words)| Beginning { line, heading: Some(words), ..Beginning::default() }).collect(),
    )
}

/// Reads an ATX heading (CommonMark 0.31, §4.2): level and words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let indent = line.bytes().take_while(|byte| *byte == b' ').count();
    let marked = line.trim_start_matches(' ');
    let level = marked.bytes().take_while(|byte| *byte == b'#').count();
    let words = marked.get(level..)?;
    let is_heading = indent <= 3 && (1..=6).contains(&level) && (words.is_empty() || words.starts_with([' ', '\t']));
    is_heading.then(|| (level, words.trim().trim_end_matches('#').trim_end()))
}

/// Cuts where at least `count` blank lines stand.
fn by_blank<'t>(text: &'t str, lines: &[Line<'t>], count: usize) -> Pieces<'t> {
    let mut beginnings = Vec::new();
    let mut blank = count;
    for (number, line) in lines.iter().enumerate() {
        if line.is_blank() {
            blank += 1;
            continue;
        }
        if blank >= count {
            beginnings.push(Beginning { line: number, ..Beginning::default() });
        }
        blank = 0;
    }
    if beginnings.is_empty() { whole(text, false) } else { cut(text, lines, beginnings) }
}

/// Cuts at each line at whose first character the pattern matches.
///
/// The line is tried alone, then with the line after it, then with the two after it, up to a blank one, with the line feeds
/// between: `$` is the end of a line, and a pattern that writes `\s` for a space finds a wrapped date. A match never begins
/// later in the line, as a date in the middle of a sentence is no new entry. Lines under a match do not begin another.
fn by_pattern<'t>(text: &'t str, lines: &[Line<'t>], pattern: &'t Regex) -> Pieces<'t> {
    let mut beginnings = Vec::new();
    let mut free_from = 0;
    for (number, line) in lines.iter().enumerate() {
        if line.start < free_from || line.is_blank() {
            continue;
        }
        let following = lines.iter().skip(number + 1).take(WRAPPED_LINES).take_while(|line| !line.is_blank());
        let mut tried = std::iter::once(line)
            .chain(following)
            .filter_map(|last| text.get(line.start..last.start + last.text.len()));
        if let Some((mark, groups)) = tried.find_map(|joined| groups_at_start(pattern, joined)) {
            free_from = line.start + mark;
            beginnings.push(Beginning { line: number, mark, groups, heading: None });
        }
    }
    if beginnings.is_empty() {
        Pieces { front: text, pieces: Vec::new(), uncut: true }
    } else {
        cut(text, lines, beginnings)
    }
}

/// Returns the length of a match at the start of a text, and its named groups.
fn groups_at_start<'t>(pattern: &'t Regex, text: &str) -> Option<(usize, Vec<(&'t str, String)>)> {
    pattern.find(text).filter(|found| found.start() == 0)?;
    let found = pattern.captures(text)?;
    let named = pattern.capture_names().flatten();
    let groups = named.filter_map(|name| Some((name, one_line(found.name(name)?.as_str())))).collect();
    Some((found.get(0).map_or(0, |all| all.len()), groups))
}

impl<'t> Piece<'t> {
    /// Returns the words: what follows the mark, without the signs and the white space that set it off.
    pub(super) fn words(&self) -> &'t str {
        let after = self.text.get(self.mark..).unwrap_or_default();
        if self.mark == 0 {
            return after;
        }
        let (line, below) = after.split_once('\n').unwrap_or((after, ""));
        let rest = without_signs(line);
        let end = after.len() - below.len();
        let start = if rest.is_empty() { end } else { line.len() - rest.len() };
        after.get(start..).unwrap_or_default().trim_start_matches('\n')
    }
}

/// Takes away what closes a mark (`May 3.`, `**May 3**`) and what sets words off from it (`May 3 – `).
fn without_signs(line: &str) -> &str {
    let closed = line.trim_start_matches(['.', ',', ':', ';', ')', ']', '*', '_', '-', '–', '—']).trim_start();
    let dashed = closed.trim_start_matches(['-', '–', '—', ':']);
    if dashed.starts_with(char::is_whitespace) || dashed.is_empty() { dashed.trim_start() } else { closed }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, how: &Split) -> String {
        let cut = split(text, how);
        let mut lines: Vec<String> = Vec::new();
        if !cut.front.is_empty() {
            lines.push(format!("front {:?}", cut.front));
        }
        if cut.uncut {
            lines.push("uncut".to_owned());
        }
        for piece in cut.pieces {
            let heading = piece.heading.map(|heading| format!(" [{heading}]")).unwrap_or_default();
            let groups: String = piece.groups.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            lines.push(format!("{}{heading}{groups} {:?}", piece.line, piece.text));
        }
        lines.join("\n")
    }

    fn pattern(text: &str) -> Split {
        Split::Pattern(Regex::new(text).unwrap())
    }

    #[test]
    fn headings_of_the_highest_repeated_level() {
        let text = "# Diary\nintro\n## March\none\n### Success\n```\n## no\n```\n## April ##\ntwo\n#hashtag\n";
        insta::assert_snapshot!(shown(text, &Split::Heading), @r###"
        front "# Diary\nintro\n"
        3 [March] "## March\none\n### Success\n```\n## no\n```\n"
        9 [April] "## April ##\ntwo\n#hashtag\n"
        "###);
        insta::assert_snapshot!(shown("# One\nwords\n## Two\n", &Split::Heading), @r##"
        uncut
        1 "# One\nwords\n## Two\n"
        "##);
    }

    #[test]
    fn blank_lines() {
        insta::assert_snapshot!(shown("\n\n\none\n\nmore\n \n\ntwo\n\n\n\n\nthree", &Split::Blank(2)), @r#"
        front "\n\n\n"
        4 "one\n\nmore\n \n\n"
        9 "two\n\n\n\n\n"
        14 "three"
        "#);
        insta::assert_snapshot!(shown(" \n", &Split::Blank(2)), @r#"1 " \n""#);
    }

    #[test]
    fn patterns_match_at_the_start_of_a_line() {
        let how = pattern(r"(?P<date>(March|April)\s+\d+)(?:, (?P<place>\w+))?");
        let text = "Title\n\nMarch 3, Havre\nOn March 4 we\nleft.\nApril\n5 was fine\n\nApril\n\n6\n";
        insta::assert_snapshot!(shown(text, &how), @r#"
        front "Title\n\n"
        3 date=March 3 place=Havre "March 3, Havre\nOn March 4 we\nleft.\n"
        6 date=April 5 "April\n5 was fine\n\nApril\n\n6\n"
        "#);
        insta::assert_snapshot!(shown("nothing\nhere", &how), @r#"
        front "nothing\nhere"
        uncut
        "#);
        // `$` is the end of a line, and a wrapped match takes its lines with it: `c` cannot begin an entry of its own.
        insta::assert_snapshot!(shown("a\nb\nc\nd\n\ne\nf\n", &pattern(r"^\w\s\w$")), @r#"
        1 "a\nb\n"
        3 "c\nd\n\n"
        6 "e\nf\n"
        "#);
        insta::assert_snapshot!(shown("a\nb\nc\nd\n", &pattern(r"^\w\s\w\s\w$|^a$")), @r#"
        1 "a\n"
        2 "b\nc\nd\n"
        "#);
    }

    #[test]
    fn what_a_pattern_matched_is_no_part_of_the_words() {
        let how = pattern(r"\**(?P<date>March\s+\d+)");
        let text = "March 3\nOne.\nMarch 4\n\n  Two.\nMarch 5. Three.\n**March 6** – Four.\nMarch\n7, we five.\nMarch 8: -- *Six*\n\
                    March 9\n- seven\nMarch 10\n\nMarch 11\n";
        let words: Vec<String> = split(text, &how).pieces.iter().map(|piece| piece.words().to_owned()).collect();
        assert_eq!(words, ["One.\n", "  Two.\n", "Three.\n", "Four.\n", "we five.\n", "*Six*\n", "- seven\n", "", ""]);
    }

    #[test]
    fn every_piece_is_of_the_text_and_nothing_is_lost() {
        let text = "a\n\n\nb\nMarch 3\nc\n\n\n# x\ny\n# x\nz";
        for how in [Split::None, Split::Heading, Split::Blank(2), pattern("March 3")] {
            let cut = split(text, &how);
            let joined: String = std::iter::once(cut.front).chain(cut.pieces.iter().map(|piece| piece.text)).collect();
            assert_eq!(joined, text);
            for piece in &cut.pieces {
                let line = text.lines().nth(piece.line - 1).unwrap();
                assert!(piece.text.starts_with(line));
            }
        }
    }
}
