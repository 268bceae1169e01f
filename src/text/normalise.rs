//! The one form in which texts are kept.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Brings a text into the form it is stored, hashed and counted in: NFC, line feeds only, no byte order mark.
///
/// A text that is in that form already comes back as it is, so that normalising twice changes nothing.
pub fn normalise(text: &str) -> Cow<'_, str> {
    // All of them: files that were joined or converted twice begin with more than one.
    let text = text.trim_start_matches('\u{feff}');
    let lines = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    if lines.is_ascii() || is_nfc(&lines) { lines } else { Cow::Owned(lines.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unifies_line_ends_and_composition() {
        assert_eq!(normalise("\u{feff}Nin\u{303}o\r\nsi\rno\n"), "Niño\nsi\nno\n");
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "\\PC{0,40}|[\r\n\u{feff}e\u{301}]{0,20}") {
            let once = normalise(&text).into_owned();
            prop_assert_eq!(normalise(&once).into_owned(), once);
        }
    }
}
