//! The characters that may end a sentence, and those that cling to its end.

/// A run of characters that may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// One full stop.
    Dot,
    /// Several full stops, or `…`.
    Ellipsis,
    /// Holds a question or exclamation mark.
    Strong,
    /// A mark that serves nothing else and needs no white space after it: `。`
    Always,
    /// Pictures after words without a stop.
    Emoji,
}

/// Reads the run at a byte; where none begins, gives the byte of the next character.
pub(super) fn stop_at(text: &str, at: usize) -> Result<(Stop, usize), usize> {
    let ahead = text.get(at..).unwrap_or_default();
    let Some(first) = ahead.chars().next() else { return Err(at + 1) };
    if is_emoji(first) {
        return Ok((Stop::Emoji, at + emoji_length(ahead)));
    }
    let Some(mut stop) = class(first) else { return Err(at + first.len_utf8()) };
    let mut end = first.len_utf8();
    while let Some((next, skipped)) = continued(ahead.get(end..).unwrap_or_default(), stop) {
        stop = match (stop, class(next)) {
            (Stop::Strong, _) | (_, Some(Stop::Strong)) => Stop::Strong,
            (Stop::Always, _) | (_, Some(Stop::Always)) => Stop::Always,
            _ => Stop::Ellipsis,
        };
        end += skipped + next.len_utf8();
    }
    Ok((stop, at + end))
}

/// Returns the next mark of a run and the blanks before it; only points set apart (`. . .`) have blanks.
fn continued(ahead: &str, stop: Stop) -> Option<(char, usize)> {
    let mut chars = ahead.chars();
    let first = chars.next()?;
    if class(first).is_some() {
        return Some((first, 0));
    }
    let point = |text: &'_ str| text.strip_prefix(BLANKS).and_then(|rest| rest.strip_prefix('.')).map(str::len);
    let rest = point(ahead)?;
    // One point set apart may stand before a number (`. .5`); two are an ellipsis.
    let is_ellipsis = match stop {
        Stop::Dot => ahead.get(ahead.len() - rest..).and_then(point).is_some(),
        Stop::Ellipsis => true,
        _ => false,
    };
    is_ellipsis.then_some(('.', first.len_utf8()))
}

/// What may stand between marks that belong together; lines are wrapped anywhere.
const BLANKS: [char; 3] = [' ', '\n', '\u{a0}'];

fn class(char: char) -> Option<Stop> {
    match char {
        '.' => Some(Stop::Dot),
        '…' => Some(Stop::Ellipsis),
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '؟' => Some(Stop::Strong),
        '。' | '！' | '？' | '．' | '।' | '۔' => Some(Stop::Always),
        _ => None,
    }
}

/// Returns the byte after the closing quotes, brackets and emphasis marks at a byte.
pub(super) fn after_closers(text: &str, at: usize) -> usize {
    let ahead = text.get(at..).unwrap_or_default();
    let is_closer = |char: char| {
        matches!(char, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '*' | '_' | '」' | '』' | '）')
    };
    let rest = ahead.trim_start_matches(is_closer);
    // French sets a space inside its quotation marks: `« Viens ! »`
    let spaced = rest.strip_prefix([' ', '\n', '\u{a0}', '\u{202f}']).and_then(|rest| rest.strip_prefix('»'));
    at + ahead.len() - spaced.unwrap_or(rest).len()
}

/// Returns the byte after pictures that follow a stop (`We won! 🎉`), when white space or the end comes after them.
pub(super) fn emoji_end(text: &str, at: usize) -> Option<usize> {
    let ahead = text.get(at..)?;
    let pictures = ahead.trim_start_matches(BLANKS);
    let length = emoji_length(pictures);
    let rest = pictures.get(length..)?;
    (length > 0 && (rest.is_empty() || rest.starts_with(char::is_whitespace))).then(|| text.len() - rest.len())
}

/// Returns the length of the run of pictures at the beginning, blanks between them included.
fn emoji_length(text: &str) -> usize {
    let is_part =
        |char: char| is_emoji(char) || matches!(char, '\u{fe0f}' | '\u{200d}' | '\u{20e3}') || BLANKS.contains(&char);
    let rest = text.trim_start_matches(is_part);
    text.get(..text.len() - rest.len()).map_or(0, |run| run.trim_end_matches(BLANKS).len())
}

fn is_emoji(char: char) -> bool {
    matches!(char, '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_runs() {
        assert_eq!(stop_at("a. b", 1), Ok((Stop::Dot, 2)));
        assert_eq!(stop_at("a... b", 1), Ok((Stop::Ellipsis, 4)));
        assert_eq!(stop_at("a . . . b", 2), Ok((Stop::Ellipsis, 7)));
        assert_eq!(stop_at("a?! b", 1), Ok((Stop::Strong, 3)));
        assert_eq!(stop_at("a. .5", 1), Ok((Stop::Dot, 2)));
        assert_eq!(stop_at("“a”", 0), Err(3));
    }

    #[test]
    fn closers_and_pictures_cling() {
        assert_eq!(after_closers("a.\") b", 2), 4);
        assert_eq!(after_closers("a\u{202f}!\u{202f}» b", 5), "a\u{202f}!\u{202f}»".len());
        assert_eq!(emoji_end("a! 🎉 🎉 b", 2), Some("a! 🎉 🎉".len()));
        assert_eq!(emoji_end("a! b", 2), None);
    }
}
