//! Words of a text (UAX #29, with the project's splits).
//!
//! ASCII is cut by hand; a stretch between white space that holds other characters goes through `unicode-segmentation`.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Span;

/// Returns the tokens of a text in order: words that hold a letter or a digit.
pub fn tokens(text: &str) -> Vec<Span> {
    let mut found = Vec::with_capacity(text.len() / 5);
    for_each_token(text, |token| found.push(token));
    found
}

/// Hands each token of a text to `each`, in order, without collecting them.
pub fn for_each_token(text: &str, mut each: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match CLASSES[usize::from(*byte)] {
            Class::Other => at + 1,
            Class::Letter | Class::Digit => word(text, at, &mut each),
            Class::Wide => stretch(text, at, &mut each),
        };
    }
}

/// Returns a token as it is compared "exactly as written": with a straight apostrophe for a curly one.
pub fn plain(token: &str) -> Cow<'_, str> {
    if token.contains('\u{2019}') { Cow::Owned(token.replace('\u{2019}', "'")) } else { Cow::Borrowed(token) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// ASCII that is never part of a word, except between two letters or two digits.
    Other,
    /// A byte of a character that is not ASCII.
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            128.. => Class::Wide,
            _ => Class::Other,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// What a byte after a word means to it.
enum Joint {
    End,
    /// The byte and the one after it belong to the word.
    Joins,
    /// Only the Unicode rules can tell.
    Wide,
}

/// Cuts the word that begins at an ASCII letter or digit; returns where to go on.
fn word(text: &str, mut start: usize, each: &mut impl FnMut(Span)) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at = after_letters(bytes, at);
        match joint(bytes, start, at) {
            Joint::End => {
                each(Span::new(start, at));
                return at;
            }
            // The word's beginning is a boundary that no later character can undo, so that the rest may start there.
            Joint::Wide => return stretch(text, start, each),
            Joint::Joins => {
                if bytes[at] == b'\'' && is_elided(&bytes[start..at]) {
                    each(Span::new(start, at));
                    start = at + 1;
                }
                at += 2;
            }
        }
    }
}

/// Returns where the ASCII letters and digits from a byte on end: eight bytes at a step, as most words have no more.
fn after_letters(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        let others = others(u64::from_le_bytes(eight));
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    at
}

/// Returns the highest bit of each of eight bytes that is no ASCII letter or digit.
///
/// With the highest bit out of the way, adding `0x80 - c` to a byte sets it exactly when the byte is at least `c`.
const fn others(eight: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let low = eight & (EACH * 0x7f);
    let small = low | (EACH * 0x20);
    let letters = (small + EACH * (0x80 - b'a' as u64)) & !(small + EACH * (0x80 - (b'z' as u64 + 1)));
    let digits = (low + EACH * (0x80 - b'0' as u64)) & !(low + EACH * (0x80 - (b'9' as u64 + 1)));
    !((letters | digits) & !eight) & (EACH * 0x80)
}

/// Judges the byte after a word that began at `start` (rules WB6, WB7, WB11 and WB12, without `:` and `_`, at which we split).
fn joint(bytes: &[u8], start: usize, at: usize) -> Joint {
    let Some(byte) = bytes.get(at) else { return Joint::End };
    let (letters, digits) = match byte {
        b'.' | b'\'' => (true, true),
        b',' | b';' => (false, true),
        128.. => return Joint::Wide,
        _ => return Joint::End,
    };
    let class = |index: usize| bytes.get(index).map_or(Class::Other, |byte| CLASSES[usize::from(*byte)]);
    match (class(at - 1), class(at + 1)) {
        (_, Class::Wide) => Joint::Wide,
        (Class::Letter, Class::Letter) if *byte == b'.' => {
            let stands = |class| matches!(class, Class::Letter | Class::Digit);
            match class(at + 2) {
                _ if at >= start + 2 && stands(class(at - 2)) => Joint::End,
                Class::Wide => Joint::Wide,
                after if stands(after) => Joint::End,
                _ => Joint::Joins,
            }
        }
        (Class::Letter, Class::Letter) if letters => Joint::Joins,
        (Class::Digit, Class::Digit) if digits => Joint::Joins,
        _ => Joint::End,
    }
}

/// Cuts from a word boundary to the next ASCII white space by the Unicode rules; returns where to go on.
fn stretch(text: &str, start: usize, each: &mut impl FnMut(Span)) -> usize {
    let bytes = &text.as_bytes()[start..];
    let end = start + bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
    for (offset, word) in Span::new(start, end).of(text).unicode_word_indices() {
        cut(word, start + offset, each);
    }
    end
}

/// Applies the project's splits to a word of UAX #29.
fn cut(word: &str, offset: usize, each: &mut impl FnMut(Span)) {
    let mut start = 0;
    let mut chars = word.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let splits = match char {
            '\'' | '\u{2019}' => {
                let before = Span::new(start, at).of(word).trim_start_matches(|char| !begins_token(char));
                is_elided(before.as_bytes()) && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
            }
            '.' => parts_words(Span::new(start, at).of(word), Span::new(at + 1, word.len()).of(word)),
            _ => is_splitter(char),
        };
        if splits {
            piece(word, Span::new(start, at), offset, each);
            start = at + char.len_utf8();
        }
    }
    piece(word, Span::new(start, word.len()), offset, each);
}

/// Hands a piece on from its first letter or digit; a piece without any is none.
fn piece(word: &str, piece: Span, offset: usize, each: &mut impl FnMut(Span)) {
    if let Some(first) = piece.of(word).find(begins_token) {
        each(Span::new(offset + piece.start as usize + first, offset + piece.end as usize));
    }
}

/// Tells whether a character may begin a token; a mark, letter or not, needs something to stand on.
fn begins_token(char: char) -> bool {
    char.is_alphanumeric() && !is_combining_mark(char) && !matches!(char, '\u{ff9e}' | '\u{ff9f}')
}

/// Tells whether a character ends a token although UAX #29 may go on: connectors such as `_`, colons, dashes, spaces.
///
/// The connectors include the narrow no-break space, which French sets inside guillemets.
fn is_splitter(char: char) -> bool {
    matches!(
        char,
        '_' | '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}'
            | ':' | '\u{fe13}' | '\u{fe55}' | '\u{ff1a}'
            | '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    ) || char.is_whitespace()
}

/// Tells whether a full stop inside a word parts two, as where the blank after a sentence is missing: `afraid.He`.
///
/// Letters on both sides stay one word only where each stands alone (`U.S.`, `a.m.`); digits do (`3.5`).
fn parts_words(before: &str, after: &str) -> bool {
    let (mut before, mut after) = (before.chars().rev(), after.chars());
    let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
    let goes_on = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    is_letter(before.next()) && is_letter(after.next()) && (goes_on(before.next()) || goes_on(after.next()))
}

/// Tells whether letters before an apostrophe are an elided word of French or its like.
fn is_elided(before: &[u8]) -> bool {
    match before {
        [one] => b"ldjnsmtc".contains(&one.to_ascii_lowercase()),
        [first, second] => first.eq_ignore_ascii_case(&b'q') && second.eq_ignore_ascii_case(&b'u'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.of(text)).collect()
    }

    #[test]
    fn splits_where_the_project_says() {
        assert_eq!(words("well-known snake_case _April_ a:b"), ["well", "known", "snake", "case", "April", "a", "b"]);
        assert_eq!(
            words("non\u{2011}breaking ice\u{2010}cold 1914\u{2013}15 a\u{2014}b"),
            ["non", "breaking", "ice", "cold", "1914", "15", "a", "b"]
        );
        assert_eq!(words("I-94, DS-260."), ["I", "94", "DS", "260"]);
        assert_eq!(words("«\u{202f}Bonjour\u{202f}»"), ["Bonjour"]);
    }

    #[test]
    fn a_full_stop_without_a_blank_parts_words() {
        assert_eq!(words("I was afraid.He left."), ["I", "was", "afraid", "He", "left"]);
        assert_eq!(
            words("Sir.W. e.g.afraid J.Smith Ph.D. no.I"),
            ["Sir", "W", "e.g", "afraid", "J", "Smith", "Ph", "D", "no", "I"]
        );
        assert_eq!(words("así.Él vio.é A.é é.m a.mé"), ["así", "Él", "vio", "é", "A.é", "é.m", "a", "mé"]);
    }

    #[test]
    fn keeps_what_belongs_together() {
        assert_eq!(
            words("It cost 1,000 or 3.5; don't, don\u{2019}t."),
            ["It", "cost", "1,000", "or", "3.5", "don't", "don\u{2019}t"]
        );
        assert_eq!(
            words("the U.S. at 9 a.m., e.g. U.S.A.-wide"),
            ["the", "U.S", "at", "9", "a.m", "e.g", "U.S.A", "wide"]
        );
        assert_eq!(words("co\u{ad}operate re\u{301}sume\u{301}"), ["co\u{ad}operate", "re\u{301}sume\u{301}"]);
        assert_eq!(words("O'Brien rock'n'roll aujourd'hui"), ["O'Brien", "rock'n'roll", "aujourd'hui"]);
        assert_eq!(words("-- ... \u{1f60a} \u{2014} &"), [""; 0]);
    }

    #[test]
    fn separates_elisions() {
        assert_eq!(
            words("L'avocat d\u{2019}asile qu'elle j'n'sais l'\u{e9}t\u{e9} m\u{2019}ap"),
            ["L", "avocat", "d", "asile", "qu", "elle", "j", "n", "sais", "l", "\u{e9}t\u{e9}", "m", "ap"]
        );
        assert_eq!(words("l' d'"), ["l", "d"]);
    }

    #[test]
    fn plain_keeps_all_but_the_apostrophe() {
        assert_eq!(plain("Patient\u{2019}s"), "Patient's");
        assert!(matches!(plain("ICE"), Cow::Borrowed("ICE")));
    }

    #[test]
    fn every_byte_is_a_letter_or_another() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut eight = *b"aZ09zA5m";
                eight[place] = byte;
                let expected = if byte.is_ascii_alphanumeric() { 0 } else { 0x80_u64 << (8 * place) };
                assert_eq!(others(u64::from_le_bytes(eight)), expected, "{byte} at {place}");
            }
        }
    }

    /// Splits at full stops between letters of which one has a letter or digit on its other side.
    fn split_at_stops(part: &str) -> Vec<&str> {
        let chars: Vec<(usize, char)> = part.char_indices().collect();
        let is =
            |at: Option<usize>, test: fn(char) -> bool| at.and_then(|at| chars.get(at)).is_some_and(|(_, c)| test(*c));
        let mut cuts = vec![];
        for (at, (byte, c)) in chars.iter().enumerate() {
            let (before, after) = (at.checked_sub(1), Some(at + 1));
            let between = *c == '.' && is(before, char::is_alphabetic) && is(after, char::is_alphabetic);
            if between && (is(at.checked_sub(2), char::is_alphanumeric) || is(Some(at + 2), char::is_alphanumeric)) {
                cuts.push(*byte);
            }
        }
        let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut + 1));
        starts.zip(cuts.iter().copied().chain([part.len()])).map(|(from, to)| Span::new(from, to).of(part)).collect()
    }

    /// The definition, said in other words: the library's words of the whole text, then the splits.
    fn defined(text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        for (offset, word) in text.split_word_bound_indices() {
            for part in word.split(is_splitter).flat_map(split_at_stops) {
                let mut rest = part;
                while let Some(at) = rest.find(['\'', '\u{2019}']) {
                    let (before, after) = rest.split_at(at);
                    let after = after.trim_start_matches(|char| char == after.chars().next().unwrap());
                    let letters = before.trim_start_matches(|c: char| !begins_token(c)).to_ascii_lowercase();
                    let elided = ["l", "d", "qu", "j", "n", "s", "m", "t", "c"].contains(&&*letters);
                    if !elided || !after.starts_with(char::is_alphabetic) {
                        break;
                    }
                    found.push((offset + before.as_ptr() as usize - word.as_ptr() as usize, before));
                    rest = after;
                }
                found.push((offset + rest.as_ptr() as usize - word.as_ptr() as usize, rest));
            }
        }
        let trimmed =
            found.into_iter().map(|(at, part)| (at, part, part.trim_start_matches(|c: char| !begins_token(c))));
        let spans = trimmed.map(|(at, part, kept)| Span::new(at + part.len() - kept.len(), at + part.len()));
        spans.filter(|span| !span.is_empty()).collect()
    }

    #[test]
    fn every_dash_splits() {
        for dash in [
            '-', '\u{58a}', '\u{5be}', '\u{301c}', '\u{30a0}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}',
            '\u{2014}', '\u{2015}', '\u{2212}', '\u{ff0d}',
        ] {
            assert_eq!(words(&format!("a{dash}b")), ["a", "b"], "{dash:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn equals_the_definition(
            text in "([a-zA-Z0-9.,;:'_ \"\u{2019}-]|[ldnqu]'|[é\u{301}\u{ad}\u{200d}ℹß\u{202f}]|[\u{5d0}\"]|[\u{30ab}中か]|\\PC|[\n\t]){0,40}"
        ) {
            let found = tokens(&text);
            prop_assert_eq!(&found, &defined(&text));
            let mut end = 0;
            for token in found {
                prop_assert!(token.start >= end && token.start < token.end);
                prop_assert!(token.of(&text).starts_with(begins_token));
                end = token.end;
            }
        }
    }
}
