//! A tree back to text that parses to the same tree.

use std::{borrow::Cow, fmt};

use super::{Expr, Item, Word, lex::is_quote};
use crate::text::tokens;

/// How tightly an operator holds; a looser one inside a tighter one gets brackets.
fn level(expr: &Expr) -> u8 {
    match expr {
        Expr::Or(_) => 0,
        Expr::And(..) | Expr::Not(..) => 1,
        Expr::Near(..) | Expr::Then(..) => 2,
        Expr::Row(_) | Expr::Regex(_) => 3,
    }
}

fn side(f: &mut fmt::Formatter<'_>, expr: &Expr, at_least: u8) -> fmt::Result {
    if level(expr) < at_least { write!(f, "({expr})") } else { write!(f, "{expr}") }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut two = |a: &Self, operator: &str, b: &Self, own: u8| {
            side(f, a, own)?;
            write!(f, " {operator} ")?;
            side(f, b, own + 1)
        };
        match self {
            Self::Row(items) => row(f, items),
            Self::Regex(literal) => {
                let flag = if literal.ignore_case { "i" } else { "" };
                write!(f, "/{}/{flag}", literal.pattern.replace('/', "\\/"))
            }
            Self::Or(any) => {
                for (index, one) in any.iter().enumerate() {
                    f.write_str(if index > 0 { " | " } else { "" })?;
                    side(f, one, 1)?;
                }
                Ok(())
            }
            Self::And(a, b) => two(a, "AND", b, 1),
            Self::Not(a, b) => two(a, "NOT", b, 1),
            Self::Near(a, b, distance) => two(a, &format!("NEAR/{distance}"), b, 2),
            Self::Then(a, b, distance) => two(a, &format!("THEN/{distance}"), b, 2),
        }
    }
}

fn row(f: &mut fmt::Formatter<'_>, items: &[Item]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        f.write_str(if index > 0 { " " } else { "" })?;
        match item {
            Item::Word(word) => write!(f, "{word}")?,
            Item::Group(rows) => {
                f.write_str("(")?;
                for (index, inner) in rows.iter().enumerate() {
                    f.write_str(if index > 0 { " | " } else { "" })?;
                    row(f, inner)?;
                }
                f.write_str(")")?;
            }
        }
    }
    Ok(())
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inflected(word) | Self::Wildcard(word) => f.write_str(word),
            Self::Exact(word) => write!(f, "\"{}\"", in_one_piece(word)),
            Self::Written(word) => write!(f, "=\"{word}\""),
        }
    }
}

/// Returns a field's name as it is written before the colon: in quotes when it holds blanks or signs.
pub fn field_name(name: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if name.starts_with(char::is_alphabetic) && name.chars().all(plain) {
        return Cow::Borrowed(name);
    }
    let sign = |c: char| if is_quote(c) || c == '\\' { vec!['\\', c] } else { vec![c] };
    Cow::Owned(format!("\"{}\"", name.chars().flat_map(sign).collect::<String>()))
}

/// Returns a folded word so that the tokenizer sees one word in it: folding makes `'n` of `ŉ`, and `m'ap` of `mʼap`, whose
/// apostrophe is a letter.
fn in_one_piece(word: &str) -> Cow<'_, str> {
    let whole = |text: &str| matches!(tokens(text)[..], [one] if one.of(text).len() == text.len());
    if whole(word) { Cow::Borrowed(word) } else { Cow::Owned(word.replace('\'', "\u{2bc}")) }
}
