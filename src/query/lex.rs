//! Expressions cut into words, quotes, regular expressions, operators and brackets.

use std::ops::Range;

use super::{Field, QueryError, RegexLiteral};
use crate::diagnostic::{did_you_mean, regex_reason};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare word; `escaped` characters lose their meaning as wildcards.
    Word {
        text: String,
        wild: bool,
    },
    Quoted(String),
    /// `=word` or `="…"`.
    Written(String),
    Regex(RegexLiteral),
    Field(Field),
    Or,
    And,
    Not,
    Near(u16),
    Then(u16),
    Open,
    Close,
}

pub(super) type Placed = (Token, Range<usize>);

struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

/// Stands for an escaped `*` or `?` inside a bare word until it is known whether the word holds live ones.
const LITERAL_STAR: char = '\u{e000}';
const LITERAL_MARK: char = '\u{e001}';

/// Cuts an expression into tokens.
pub(super) fn lex(source: &str) -> Result<Vec<Placed>, QueryError> {
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens = Vec::new();
    while let Some(c) = lexer.peek() {
        let start = lexer.at;
        let token = match c {
            c if c.is_whitespace() => {
                lexer.bump();
                continue;
            }
            '(' => lexer.single(Token::Open),
            ')' => lexer.single(Token::Close),
            '|' => lexer.single(Token::Or),
            '"' | '\u{201c}' | '\u{201d}' => lexer.quotation()?,
            '/' => Token::Regex(lexer.regex()?),
            '=' => lexer.written()?,
            _ => lexer.word()?,
        };
        tokens.push((token, start..lexer.at));
    }
    Ok(tokens)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.source.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn single(&mut self, token: Token) -> Token {
        self.bump();
        token
    }

    fn quoted(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.bump() {
            match c {
                c if is_quote(c) => return Ok(text),
                '\\' => text.extend(self.bump()),
                c => text.push(c),
            }
        }
        Err(QueryError::new("this quotation is not closed", start..self.at).hint("add a closing \""))
    }

    /// Reads a quotation; one with a colon and a value right behind it names a field.
    fn quotation(&mut self) -> Result<Token, QueryError> {
        let text = self.quoted()?;
        let after = self.source.get(self.at..).unwrap_or_default();
        if text.trim().is_empty() || !names_field(after) {
            return Ok(Token::Quoted(text));
        }
        Ok(Token::Field(Field { name: text.to_lowercase(), value: self.value()? }))
    }

    fn regex(&mut self) -> Result<RegexLiteral, QueryError> {
        let start = self.at;
        self.bump();
        let mut pattern = String::new();
        loop {
            match self.bump() {
                Some('/') => break,
                Some('\\') => match self.bump() {
                    Some('/') => pattern.push('/'),
                    Some(c) => pattern.extend(['\\', c]),
                    None => pattern.push('\\'),
                },
                Some(c) => pattern.push(c),
                None => {
                    let error = QueryError::new("this regular expression is not closed", start..self.at);
                    return Err(error.hint("add a closing /; a slash inside is written \\/"));
                }
            }
        }
        let ignore_case = self.peek() == Some('i');
        if ignore_case {
            self.bump();
        }
        let literal = RegexLiteral { pattern, ignore_case };
        match regex::Regex::new(&literal.pattern) {
            Err(problem) => {
                let message = format!("not a regular expression: {}", regex_reason(&problem));
                Err(QueryError::new(message, start..self.at))
            }
            Ok(regex) if regex.is_match("") => {
                let error = QueryError::new("this regular expression matches the empty string", start..self.at);
                Err(error.hint("make it match at least one character, such as + for *"))
            }
            Ok(_) => Ok(literal),
        }
    }

    fn written(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        self.bump();
        match self.peek() {
            Some(c) if is_quote(c) => Ok(Token::Written(self.quoted()?)),
            Some(c) if !c.is_whitespace() && !"()|/".contains(c) => {
                let (text, _) = self.bare();
                Ok(Token::Written(plain_marks(&text)))
            }
            _ => Err(QueryError::new("= needs a word right after it", start..self.at).hint("write =ICE or =\"May\"")),
        }
    }

    /// Reads up to white space, a bracket, a bar or a quote; tells whether any character was escaped.
    fn bare(&mut self) -> (String, bool) {
        let (mut text, mut escaped) = (String::new(), false);
        while let Some(c) = self.peek() {
            if c.is_whitespace() || is_quote(c) || "()|".contains(c) {
                break;
            }
            self.bump();
            if c != '\\' {
                text.push(c);
                continue;
            }
            escaped = true;
            match self.bump() {
                Some('*') => text.push(LITERAL_STAR),
                Some('?') => text.push(LITERAL_MARK),
                other => text.extend(other),
            }
        }
        (text, escaped)
    }

    fn word(&mut self) -> Result<Token, QueryError> {
        let start = self.at;
        if let Some(field) = self.field()? {
            return Ok(Token::Field(field));
        }
        let (text, escaped) = self.bare();
        if !escaped && let Some(operator) = operator(&text, start..self.at)? {
            return Ok(operator);
        }
        let wild = text.contains(['*', '?']);
        Ok(Token::Word { text: plain_marks(&text), wild })
    }

    /// Reads `name:value` or `name:"a value"`; a name begins with a letter, and one with other signs is quoted.
    fn field(&mut self) -> Result<Option<Field>, QueryError> {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        if !name.chars().next().is_some_and(char::is_alphabetic) || !names_field(after) {
            return Ok(None);
        }
        let name = name.to_lowercase();
        self.at += length;
        Ok(Some(Field { name, value: self.value()? }))
    }

    /// Reads the colon behind a field's name, and its value.
    fn value(&mut self) -> Result<String, QueryError> {
        self.bump();
        match self.peek() {
            Some(c) if is_quote(c) => self.quoted(),
            _ => Ok(plain_marks(&self.bare().0)),
        }
    }
}

/// Tells whether what stands behind a name makes it a field's: a colon with a value right behind it.
fn names_field(after: &str) -> bool {
    let mut rest = after.chars();
    rest.next() == Some(':') && rest.next().is_some_and(|c| !c.is_whitespace() && !"()|".contains(c))
}

fn plain_marks(text: &str) -> String {
    text.replace(LITERAL_STAR, "*").replace(LITERAL_MARK, "?")
}

fn operator(text: &str, span: Range<usize>) -> Result<Option<Token>, QueryError> {
    match text {
        "OR" => return Ok(Some(Token::Or)),
        "AND" => return Ok(Some(Token::And)),
        "NOT" => return Ok(Some(Token::Not)),
        _ => {}
    }
    for (name, make) in [("NEAR", Token::Near as fn(u16) -> Token), ("THEN", Token::Then)] {
        let Some(rest) = text.strip_prefix(name) else { continue };
        let wrong = || {
            let error = QueryError::new(format!("{name} needs a number of words, 1 to 999"), span.clone());
            Err(error.hint(format!("write {name}/8 for \"at most 8 words apart\"; \"{name}\" in quotes is the word")))
        };
        return match rest.strip_prefix('/').map(str::parse::<u16>) {
            Some(Ok(distance @ 1..=999)) => Ok(Some(make(distance))),
            Some(_) => wrong(),
            None if rest.is_empty() => wrong(),
            None => Ok(None),
        };
    }
    match nearly(text) {
        Some(meant) => {
            let error = QueryError::new(format!("`{text}` is no operator"), span);
            Err(error.hint(format!("did you mean {meant}? in quotes, \"{text}\", it is words")))
        }
        None => Ok(None),
    }
}

/// Returns the operator that was meant by a word and a number with a slash between: `NEER/3`, `near/3`.
fn nearly(text: &str) -> Option<String> {
    let (name, number) = text.split_once('/')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let capital = name.to_ascii_uppercase();
    let meant = did_you_mean(&capital, ["NEAR", "THEN"]).filter(|_| is_number)?;
    // In small letters only the very words are meant for operators.
    (name == capital || meant == capital).then(|| format!("{meant}/{number}"))
}
