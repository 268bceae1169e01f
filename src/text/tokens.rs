//! Words of a text (UAX #29, with the project's splits).

use std::borrow::Cow;

use super::Span;

/// Returns the tokens of a text in order: words that hold a letter or a digit.
pub fn tokens(text: &str) -> Vec<Span> {
    let _ = text;
    Vec::new()
}

/// Returns a token as it is compared "exactly as written": with a straight apostrophe for a curly one.
pub fn plain(token: &str) -> Cow<'_, str> {
    if token.contains('\u{2019}') { Cow::Owned(token.replace('\u{2019}', "'")) } else { Cow::Borrowed(token) }
}
