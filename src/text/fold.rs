//! Words without case and accents.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Folds case and accents: lower case, compatibility decomposed, combining marks removed, curly apostrophes straight.
///
/// What is not seen (soft hyphens, joiners) goes as well, so that a word set with them equals the word without.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(word.to_ascii_lowercase());
        }
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    // Decomposed first: a few compatibility characters become capitals (`ℌ` is H), and `İ` loses its dot.
    for char in word.nfkd().filter(|char| !is_dropped(*char)) {
        match char {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            '\u{2019}' | '\u{2bc}' => folded.push('\''),
            _ => folded.extend(char.to_lowercase()),
        }
    }
    Cow::Owned(folded)
}

/// Tells whether a decomposed character is no part of a folded word.
fn is_dropped(char: char) -> bool {
    // Vowel signs of Indic scripts are marks as well, but letters to their readers; they have no combining class.
    let is_letter = || canonical_combining_class(char) == 0 && char.is_alphabetic();
    is_unseen(char) || (is_combining_mark(char) && !is_letter())
}

/// Tells whether a character only guides typesetting.
pub(super) fn is_unseen(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equals_the_reference() {
        let reference = [
            ("Niño", "nino"),
            ("NIÑO", "nino"),
            ("São Paulo", "sao paulo"),
            ("deportación", "deportacion"),
            ("cidadão", "cidadao"),
            ("kreyòl", "kreyol"),
            ("tèt chaje", "tet chaje"),
            ("ansyen", "ansyen"),
            ("Ángel", "angel"),
            ("naïve", "naive"),
            ("façade", "facade"),
            ("œuvre", "œuvre"),
            ("straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("ﬁle", "file"),
            ("mañana", "manana"),
            ("coração", "coracao"),
        ];
        for (word, folded) in reference {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn folds_case_fully() {
        assert_eq!(fold("STRAẞE"), "strasse");
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        assert_eq!(fold("ℌ"), "h");
        assert_eq!(fold("patient\u{2019}s"), "patient's");
        assert_eq!(fold("m\u{2bc}ap"), "m'ap");
        assert_eq!(fold("co\u{ad}operate"), "cooperate");
        assert_eq!(fold("हिन्दी").chars().filter(|char| is_combining_mark(*char)).count(), 2, "vowel signs stay");
    }

    #[test]
    fn borrows_what_is_folded() {
        assert!(matches!(fold("it's"), Cow::Borrowed("it's")));
        assert!(matches!(fold("ICE"), Cow::Owned(_)));
    }

    proptest! {
        #[test]
        fn twice_is_once(word in "\\PC{0,12}|[a-zA-ZéÉñßẞςİ\u{301}\u{2019}]{0,12}") {
            let once = fold(&word).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }

        #[test]
        fn case_and_composition_do_not_matter(word in "[a-zà-öø-ÿßœ]{0,12}") {
            let folded = fold(&word).into_owned();
            prop_assert_eq!(&fold(&word.to_uppercase()).into_owned(), &folded);
            prop_assert_eq!(&fold(&word.nfd().collect::<String>()).into_owned(), &folded);
        }
    }
}
