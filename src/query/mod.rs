//! The expression language of rules and search: what can be written, as a tree.
//!
//! What an expression matches is `matching`'s work; `parse` and `print` are inverse to each other.

mod certain;
mod lex;
mod parse;
mod print;
mod remarks;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use certain::Certain;
pub use parse::{parse_rule, parse_search};
pub use print::field_name;
pub use remarks::{Remark, remarks};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Words one after the other.
    Row(Vec<Item>),
    /// A regular expression.
    Regex(RegexLiteral),
    /// Any of two or more.
    Or(Vec<Self>),
    /// Both in the same stretch.
    And(Box<Self>, Box<Self>),
    /// The first in a stretch where the second is not.
    Not(Box<Self>, Box<Self>),
    /// Both at most so many words apart.
    Near(Box<Self>, Box<Self>, u16),
    /// Both at most so many words apart, in this order.
    Then(Box<Self>, Box<Self>, u16),
}

/// A place in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// One word.
    Word(Word),
    /// One of several rows.
    Group(Vec<Vec<Self>>),
}

/// How one word is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// With its inflections.
    Inflected(String),
    /// This form, case and accents folded.
    Exact(String),
    /// This form as written, case and accents too.
    Written(String),
    /// A folded pattern with `*` and `?`.
    Wildcard(String),
}

/// A regular expression as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegexLiteral {
    /// The pattern, with `\/` turned into `/`.
    pub pattern: String,
    /// Whether case is ignored.
    pub ignore_case: bool,
}

/// A filter over a whole search: `month:2018-03..2018-06`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name of the attribute in lower case, or `code`, `coder`, `section`, `lang`.
    pub name: String,
    /// The value, or the range's ends joined by `..`.
    pub value: String,
}

/// A search: an expression and its filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What to find; `None` when only filters were written.
    pub expr: Option<Expr>,
    /// Filters that all must hold.
    pub fields: Vec<Field>,
}

/// What is wrong with an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// Bytes of the expression that it is about.
    pub span: Range<usize>,
    /// The next step.
    pub hint: Option<String>,
}

impl QueryError {
    fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}
