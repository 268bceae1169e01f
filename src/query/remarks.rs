//! What an expression may say that its writer did not mean: allowed, and worth a second look.

use std::ops::Range;

use super::lex::{Token, lex};

/// Something in an expression that is probably meant otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Short name of its kind.
    pub name: &'static str,
    /// What it is, in lower case without a full stop.
    pub message: String,
    /// Bytes of the expression that it is about.
    pub span: Range<usize>,
    /// The next step.
    pub hint: String,
}

/// Lists what in an expression is probably meant otherwise; an expression that cannot be read gives none.
pub fn remarks(source: &str) -> Vec<Remark> {
    let tokens = lex(source).unwrap_or_default();
    // Between words, where an operator could stand; alone among alternatives the word is meant.
    let between = |at: usize| {
        use Token::{Close, Open, Quoted, Regex, Word, Written};
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let after = tokens.get(at + 1);
        matches!(before, Some((Word { .. } | Quoted(_) | Written(_) | Regex(_) | Close, _)))
            && matches!(after, Some((Word { .. } | Quoted(_) | Written(_) | Regex(_) | Open, _)))
    };
    let remark = |(at, (token, span)): (usize, &(Token, Range<usize>))| {
        let written = source.get(span.clone()).unwrap_or_default();
        match token {
            Token::Word { text, wild: false }
                if between(at) && ["and", "or"].contains(&text.as_str()) && text == written =>
            {
                Some(Remark {
                    name: "lower-case-operator",
                    message: format!("`{text}` in lower case is the word itself"),
                    span: span.clone(),
                    hint: format!(
                        "write {} for the operator; \"{text}\" in quotes says that the word is meant",
                        text.to_uppercase()
                    ),
                })
            }
            Token::Quoted(text) | Token::Written(text) if text.contains(['*', '?']) => {
                let what = if matches!(token, Token::Quoted(_)) { "in quotes" } else { "after =" };
                Some(Remark {
                    name: "wildcard-in-quotes",
                    message: format!("`*` and `?` {what} are punctuation, which is ignored"),
                    span: span.clone(),
                    hint: "for any ending write the word alone: immigra*".to_owned(),
                })
            }
            _ => None,
        }
    };
    tokens.iter().enumerate().filter_map(remark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_in_lower_case_and_wildcards_in_quotes_are_remarked() {
        let found = |source: &str| -> Vec<(&str, String)> {
            remarks(source).into_iter().map(|one| (one.name, source.get(one.span).unwrap().to_owned())).collect()
        };
        assert_eq!(found("lawyer and judge"), [("lower-case-operator", "and".to_owned())]);
        assert_eq!(found("(a or b) c"), [("lower-case-operator", "or".to_owned())]);
        assert_eq!(
            found("\"immigra*\" | =ICE?"),
            [("wildcard-in-quotes", "\"immigra*\"".to_owned()), ("wildcard-in-quotes", "=ICE?".to_owned())]
        );
        assert_eq!(found("lawyer AND \"search and rescue\" | \"and\" | immigra* | sand | (and | or) not"), []);
    }
}
