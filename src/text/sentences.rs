//! Sentences of a paragraph: one pass from left to right over the characters that may end one.
//!
//! Hard-wrapped lines need no joining: a line feed is white space like any other.

use memchr::memchr3;

use super::abbreviations::{Ends, Words, follows_time, is_speech};
use super::stops::{Stop, after_closers, emoji_end, stop_at};
use super::{Language, Span};

/// Hands each sentence of a block of a paragraph to `each`, in order, without the white space around it.
///
/// A stretch without a letter or digit goes to the sentence after it; at the end of the block it is dropped.
pub(super) fn for_each_sentence(text: &str, block: Span, language: Language, mut each: impl FnMut(Span)) {
    let block_text = block.of(text);
    let (words, is_ascii) = (Words::of(language), block_text.is_ascii());
    let splitter = Splitter { text: block_text, is_ascii, words, language };
    let mut emit = |sentence: Span| {
        let base = block.start;
        each(Span { start: base + sentence.start, end: base + sentence.end });
    };
    let (mut start, mut at, mut has_word) = (0, 0, false);
    while let Some((stop, from, to)) = splitter.next_stop(at) {
        let after = splitter.after_stop(stop, to);
        has_word |= splitter.has_word(at, after);
        at = after;
        if has_word && splitter.breaks(stop, start, from, to, after) {
            emit(splitter.trimmed(start, after));
            (start, has_word) = (after, false);
        }
    }
    let end = splitter.text.len();
    if has_word || splitter.has_word(at, end) {
        emit(splitter.trimmed(start, end));
    }
}

struct Splitter<'t> {
    text: &'t str,
    is_ascii: bool,
    words: &'static Words,
    language: Language,
}

/// What follows a place where a sentence may end.
struct Next<'t> {
    kind: NextKind,
    /// The text from the next word on.
    ahead: &'t str,
    /// Whether a quotation, question or exclamation opens before the word.
    opens: bool,
    /// Whether a dash stands before the word, as in dialogue.
    dashed: bool,
}

impl<'t> Next<'t> {
    /// Returns the letters of the next word and what comes after them.
    fn word(&self) -> (&'t str, &'t str) {
        self.ahead.split_at(self.ahead.find(|char: char| !char.is_alphabetic()).unwrap_or(self.ahead.len()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NextKind {
    /// A small letter.
    Small,
    /// Any other letter, so that scripts without case count as capitals.
    Capital,
    Digit,
    /// No letter or digit near by.
    Sign,
}

impl<'t> Splitter<'t> {
    /// Finds the next run of characters that may end a sentence: what it is, its first byte, the byte after it.
    fn next_stop(&self, mut at: usize) -> Option<(Stop, usize, usize)> {
        loop {
            let ahead = self.text.as_bytes().get(at..)?;
            at += if self.is_ascii {
                memchr3(b'.', b'!', b'?', ahead)?
            } else {
                ahead.iter().position(|byte| matches!(byte, b'.' | b'!' | b'?' | 0xd8..))?
            };
            match stop_at(self.text, at) {
                Ok((stop, end)) => return Some((stop, at, end)),
                Err(next) => at = next,
            }
        }
    }

    /// Returns the byte after the quotes, brackets and emoji that belong to the sentence before.
    fn after_stop(&self, stop: Stop, to: usize) -> usize {
        if stop == Stop::Emoji {
            return to;
        }
        let closed = after_closers(self.text, to);
        emoji_end(self.text, closed).unwrap_or(closed)
    }

    /// Decides whether a sentence that began at `start` ends after the stop at `from..to`, with closers at `after`.
    fn breaks(&self, stop: Stop, start: usize, from: usize, to: usize, after: usize) -> bool {
        let Some(ahead) = self.text.get(after..) else { return false };
        // Without white space it is inside a word, a number or an address, or in scripts that set none.
        if stop != Stop::Always && !ahead.starts_with(char::is_whitespace) {
            return false;
        }
        // `(?)` and `[...]` comment on a sentence; they do not end it.
        let before = self.text.get(start..from).unwrap_or_default();
        if after > to && before.ends_with(['(', '[']) {
            return false;
        }
        let next = self.next(ahead);
        let closed = after > to;
        if closed && next.kind == NextKind::Capital && stop != Stop::Dot && self.someone_speaks(&next) {
            return false;
        }
        let small = next.kind == NextKind::Small;
        match stop {
            Stop::Always => true,
            Stop::Strong => !small,
            Stop::Ellipsis => !small && next.kind != NextKind::Digit,
            Stop::Emoji => next.kind == NextKind::Capital && has_two_words(before),
            Stop::Dot => self.dot_breaks(before, &next, closed),
        }
    }

    /// Decides about a single full stop by the word before it.
    fn dot_breaks(&self, before: &str, next: &Next<'_>, closed: bool) -> bool {
        let word = last_word(before);
        let ends = match self.ends(word).filter(|_| !self.is_pronoun(before, word)) {
            Some(ends) => ends,
            None if is_enumerator(before, word) => return false,
            // Small letters after an ordinary word begin a sentence in hasty notes; a short word may be an abbreviation.
            None if next.kind == NextKind::Small => return !closed && !next.dashed && is_plain_word(word),
            None => return true,
        };
        let (next_word, rest) = next.word();
        match (ends, next.kind) {
            (Ends::Never, _) | (_, NextKind::Digit | NextKind::Small) => false,
            (_, NextKind::Sign) => ends == Ends::BeforeCapital,
            (Ends::BeforeCapital, NextKind::Capital) => !(is_time(word) && follows_time(next_word)),
            // A starter before a full stop is an initial: `J. A. Smith`.
            (Ends::BeforeStarter, NextKind::Capital) => {
                next.opens || (self.words.is_starter(next_word) && !rest.starts_with('.'))
            }
        }
    }

    /// Tells how an abbreviation ends a sentence; `None` for a number or an ordinary word.
    fn ends(&self, word: &str) -> Option<Ends> {
        if let Some(ends) = self.words.ends(word) {
            return Some(ends);
        }
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) if only.is_uppercase() => Some(Ends::BeforeStarter),
            (Some(only), None) if only.is_alphabetic() => Some(Ends::BeforeCapital),
            _ if is_time(word) => Some(Ends::BeforeCapital),
            _ if is_dotted(word) => Some(Ends::BeforeStarter),
            // Letters without a vowel are shortened: `pkg.`, `Wm.`; in capitals they are a name: `DHS.`
            (_, Some(second)) if second.is_lowercase() && word.len() <= 4 && !word.contains(is_vowel_like) => {
                let is_name = word.starts_with(char::is_uppercase);
                Some(if is_name { Ends::BeforeStarter } else { Ends::BeforeCapital })
            }
            _ if !word.is_empty() && word.bytes().all(|byte| b"ivxlc".contains(&byte)) => Some(Ends::BeforeCapital),
            _ => None,
        }
    }

    /// Looks past white space and signs to the next word.
    fn next(&self, ahead: &'t str) -> Next<'t> {
        const NEAR: usize = 12;
        let mut next = Next { kind: NextKind::Sign, ahead: "", opens: false, dashed: false };
        let ahead = ahead.trim_start();
        for (at, char) in ahead.char_indices().take(NEAR) {
            if char.is_alphanumeric() {
                next.ahead = ahead.get(at..).unwrap_or_default();
                next.kind = match char {
                    _ if char.is_lowercase() && !self.is_small_i(next.word()) => NextKind::Small,
                    _ if char.is_alphabetic() => NextKind::Capital,
                    _ => NextKind::Digit,
                };
                break;
            }
            next.opens |= matches!(char, '"' | '\'' | '“' | '‘' | '«' | '„' | '¿' | '¡');
            next.dashed |= matches!(char, '-' | '–' | '—');
        }
        next
    }

    /// Tells whether a word is the English pronoun, written small.
    fn is_small_i(&self, (word, rest): (&str, &str)) -> bool {
        self.is_english() && word == "i" && rest.starts_with([' ', '\n', '\'', '\u{2019}'])
    }

    /// Tells whether a name and a verb of speech follow a quotation: `"Will they come?" Mrs. Coney asked.`
    fn someone_speaks(&self, next: &Next<'_>) -> bool {
        let mut words = next.ahead.split_whitespace().take(4).skip_while(|word| word.starts_with(char::is_uppercase));
        let verb = words.next().unwrap_or_default().trim_end_matches(|char: char| !char.is_alphabetic());
        // `She asked` with a capital is a sentence of its own.
        let (name, _) = next.word();
        self.is_english() && !next.opens && (name == "I" || !self.words.is_starter(name)) && is_speech(verb)
    }

    /// Tells whether the word that ends a stretch is the pronoun, not an initial or a number: `so did I.`
    fn is_pronoun(&self, before: &str, word: &str) -> bool {
        let rest = before.strip_suffix(word).unwrap_or_default().trim_end();
        self.is_english() && word == "I" && last_word(rest).starts_with(char::is_lowercase)
    }

    fn is_english(&self) -> bool {
        matches!(self.language, Language::English | Language::Other)
    }

    fn has_word(&self, start: usize, end: usize) -> bool {
        self.text.get(start..end).is_some_and(|part| part.contains(char::is_alphanumeric))
    }

    /// Returns a stretch without the white space, and the quotation marks of mail, around it.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let part = self.text.get(start..end).unwrap_or_default();
        let kept = part.trim_start_matches(|char: char| char.is_whitespace() || char == '>');
        let start = start + part.len() - kept.len();
        Span::new(start, start + kept.trim_end().len())
    }
}

/// Returns the word that ends a stretch, inner full stops and apostrophes included.
fn last_word(before: &str) -> &str {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '.' | '&' | '\'' | '\u{2019}' | 'º');
    let rest = before.trim_end_matches(is_part);
    let word = before.get(rest.len()..).unwrap_or_default();
    word.trim_start_matches(|char: char| !char.is_alphanumeric() && char != '&')
}

/// Tells whether a number counts what follows: `First: 1. Ask for the form. 2. Sign it.`
fn is_enumerator(before: &str, word: &str) -> bool {
    let is_count = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let ahead = before.strip_suffix(word).unwrap_or_default().trim_end();
    is_count && (ahead.is_empty() || ahead.ends_with(':'))
}

/// Tells whether a word is made of initials: `U.S`, `Ph.D`; not `example.org`.
fn is_dotted(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2)
}

fn is_time(word: &str) -> bool {
    word.eq_ignore_ascii_case("a.m") || word.eq_ignore_ascii_case("p.m")
}

fn is_plain_word(word: &str) -> bool {
    word.chars().count() >= 4 && word.chars().all(char::is_alphabetic)
}

/// Tells whether a character may be the vowel of a word; everything but ASCII consonants may.
fn is_vowel_like(char: char) -> bool {
    !char.is_ascii_alphabetic() || "aeiouyAEIOUY".contains(char)
}

fn has_two_words(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).nth(1).is_some()
}
