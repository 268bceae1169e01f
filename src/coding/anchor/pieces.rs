//! A text cut into the pieces that are compared: words, blanks and single signs.
//!
//! The cut is this module's own and not the matcher's: a better tokenizer must not move codings.

const JOINER: char = '\u{200D}';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Word,
    /// Punctuation, a symbol, an emoji, or a letter of a script that puts no blanks between words.
    Sign,
}

/// Returns the pieces in order; together they are the text. Blanks and other characters never share a piece.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at_checked(first_length(rest))?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Tells whether a place is inside a word.
pub(super) fn cuts_word(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return true };
    let before = before.chars().next_back();
    let after = after.chars().next();
    let is_in_word = |c: char| kind(c) == Kind::Word || extends(c);
    before.is_some_and(is_in_word) && after.is_some_and(is_in_word) || before == Some(JOINER)
}

fn first_length(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let (kind_of_first, mut previous, mut length) = (kind(first), first, first.len_utf8());
    for c in chars {
        let goes_on = match kind(c) {
            Kind::Blank => kind_of_first == Kind::Blank,
            _ if kind_of_first == Kind::Blank => false,
            _ if extends(c) || previous == JOINER => true,
            Kind::Word => kind_of_first == Kind::Word,
            // A flag is two letters of its own alphabet.
            Kind::Sign => is_flag_letter(first) && is_flag_letter(c) && length == first.len_utf8(),
        };
        if !goes_on {
            break;
        }
        previous = c;
        length += c.len_utf8();
    }
    length
}

fn kind(c: char) -> Kind {
    if c.is_whitespace() {
        Kind::Blank
    } else if c.is_alphanumeric() && !is_unspaced(c) {
        Kind::Word
    } else {
        Kind::Sign
    }
}

/// Letters of Thai, Lao, Burmese, Khmer, Chinese and Japanese.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{30FF}'
            | '\u{31F0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
    )
}

fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Accents, vowel signs, variation selectors, skin tones and what else belongs to the character before it.
fn extends(c: char) -> bool {
    matches!(
        c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}'
            | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}'
            | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{0900}'..='\u{0903}'
            | '\u{093A}'..='\u{093C}' | '\u{093E}'..='\u{094F}' | '\u{09BC}' | '\u{09BE}'..='\u{09CD}'
            | '\u{0A3C}'..='\u{0A4D}' | '\u{0ABC}' | '\u{0ABE}'..='\u{0ACD}' | '\u{0B3C}' | '\u{0B3E}'..='\u{0B4D}'
            | '\u{0BBE}'..='\u{0BCD}' | '\u{0C3E}'..='\u{0C4D}' | '\u{0CBC}' | '\u{0CBE}'..='\u{0CCD}'
            | '\u{0D3B}'..='\u{0D3C}' | '\u{0D3E}'..='\u{0D4D}' | '\u{0DCA}'..='\u{0DDF}' | '\u{0E31}'
            | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{0EB1}' | '\u{0EB4}'..='\u{0EBC}'
            | '\u{0EC8}'..='\u{0ECE}' | '\u{102B}'..='\u{103E}' | '\u{17B4}'..='\u{17D3}' | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}'..='\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}'
            | '\u{3099}'..='\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
            | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_blanks_and_signs() {
        let cut = |text| pieces(text).collect::<Vec<_>>();
        assert_eq!(cut("It isn't\n\nover, 2018."), ["It", " ", "isn", "'", "t", "\n\n", "over", ",", " ", "2018", "."]);
        assert_eq!(cut("日本語 ok"), ["日", "本", "語", " ", "ok"]);
        assert_eq!(cut("हिन्दी में"), ["हिन्दी", " ", "में"]);
        assert!(cut("").is_empty());
    }

    #[test]
    fn what_is_seen_as_one_character_is_not_cut() {
        for one in ["👩‍👩‍👧", "👍🏽", "🇲🇽", "❤️", "e\u{301}", "1️⃣"] {
            assert_eq!(pieces(&format!("!{one}!")).collect::<Vec<_>>(), ["!", one, "!"], "{one}");
        }
        assert_eq!(pieces("🇲🇽🇺🇸🇺").collect::<Vec<_>>(), ["🇲🇽", "🇺🇸", "🇺"]);
        assert_eq!(pieces("\u{301} \u{200D}a").collect::<String>(), "\u{301} \u{200D}a");
    }
}
