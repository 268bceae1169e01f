//! From tokens to a tree, one level of precedence a function.
//!
//! ```text
//! expr = and { (OR | "|") and }
//! and  = near { (AND | NOT | AND NOT) near }      one level, left to right; NOT is binary
//! near = row { (NEAR/n | THEN/n) row }            left to right
//! row  = item { item } | /regex/
//! item = word | "…" | =word | ="…" | ( expr )
//! ```

use std::ops::Range;

use super::{
    Expr, Item, QueryError, Search, Word, field_name,
    lex::{Placed, Token, lex},
};
use crate::text::{fold, plain, tokens};

struct Parser<'t> {
    tokens: &'t [Placed],
    at: usize,
    end: usize,
    depth: usize,
    operators: usize,
    leading_wildcards: bool,
}

/// Brackets inside brackets that an expression may have; deeper ones are a mistake or an attack on the stack.
const DEEPEST: usize = 64;

/// AND, NOT, NEAR and THEN that an expression may have, for the same reason.
const MOST_OPERATORS: usize = 500;

type Parsed<T> = Result<T, QueryError>;

/// Parses a rule: an expression without fields.
///
/// # Errors
/// Returns what is wrong, where, and where possible the cure.
pub fn parse_rule(source: &str, leading_wildcards: bool) -> Parsed<Expr> {
    let tokens = lex(source)?;
    if let Some((Token::Field(field), span)) = tokens.iter().find(|(token, _)| matches!(token, Token::Field(_))) {
        let name = field_name(&field.name);
        let message = format!("`{name}:` is a filter for search; a rule cannot hold one");
        let hint = format!("for the words themselves write {name} {}", field.value);
        return Err(QueryError::new(message, span.clone()).hint(hint));
    }
    parse_tokens(&tokens, source.len(), leading_wildcards)
}

/// Parses a search: an expression, fields at top level, or both.
///
/// # Errors
/// Returns what is wrong, where, and where possible the cure.
pub fn parse_search(source: &str, leading_wildcards: bool) -> Parsed<Search> {
    let (mut fields, mut rest, mut depth) = (Vec::new(), Vec::new(), 0_usize);
    let tokens = lex(source)?;
    unquoted_name(source, &tokens)?;
    for (token, span) in tokens {
        match token {
            Token::Field(_) if depth > 0 => {
                let error = QueryError::new("a filter stands outside of brackets, over the whole search", span);
                return Err(error.hint("move it to the end"));
            }
            Token::Field(field) => {
                fields.push(field);
                continue;
            }
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        rest.push((token, span));
    }
    let expr = match (rest.is_empty(), fields.is_empty()) {
        (true, false) => None,
        _ => Some(parse_tokens(&rest, source.len(), leading_wildcards)?),
    };
    Ok(Search { expr, fields })
}

/// Refuses a quotation right behind a colon that ends no name: a filter was meant whose name holds blanks or signs.
fn unquoted_name(source: &str, tokens: &[Placed]) -> Parsed<()> {
    for pair in tokens.windows(2) {
        let [(Token::Word { text, .. }, word), (Token::Quoted(_), value)] = pair else { continue };
        if text.ends_with(':') && word.end == value.start {
            let span = word.start..value.end;
            let written = source.get(span.clone()).unwrap_or_default();
            let error = QueryError::new(format!("`{written}` is no filter: this name stands in quotes"), span);
            return Err(error.hint("a name with blanks or signs: \"Which school?\":\"North School\""));
        }
    }
    Ok(())
}

fn parse_tokens(tokens: &[Placed], end: usize, leading_wildcards: bool) -> Parsed<Expr> {
    let mut parser = Parser { tokens, at: 0, end, depth: 0, operators: 0, leading_wildcards };
    let expr = parser.expr()?;
    match parser.peek() {
        None => Ok(expr),
        Some(Token::Close) => Err(QueryError::new("this bracket closes nothing", parser.place())),
        Some(_) => Err(QueryError::new("an operator is missing before this", parser.place())),
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn place(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |(_, span)| span.clone())
    }

    fn expr(&mut self) -> Parsed<Expr> {
        let mut any = vec![self.and()?];
        while self.peek() == Some(&Token::Or) {
            self.at += 1;
            any.push(self.and()?);
        }
        Ok(match any.pop() {
            Some(only) if any.is_empty() => only,
            last => {
                any.extend(last);
                Expr::Or(flatten(any))
            }
        })
    }

    fn and(&mut self) -> Parsed<Expr> {
        let mut left = self.near()?;
        loop {
            let negated = match self.peek() {
                Some(Token::Not) => true,
                Some(Token::And) => {
                    if matches!(self.tokens.get(self.at + 1), Some((Token::Not, _))) {
                        self.at += 1;
                        true
                    } else {
                        false
                    }
                }
                _ => return Ok(left),
            };
            self.count_operator()?;
            self.at += 1;
            let right = Box::new(self.near()?);
            left = if negated { Expr::Not(Box::new(left), right) } else { Expr::And(Box::new(left), right) };
        }
    }

    /// Each operator nests what stands before it one level deeper.
    fn count_operator(&mut self) -> Parsed<()> {
        self.operators += 1;
        if self.operators <= MOST_OPERATORS {
            return Ok(());
        }
        let error = QueryError::new(format!("more than {MOST_OPERATORS} operators in one expression"), self.place());
        Err(error.hint("write several rules; alternatives joined by OR may be as many as you like"))
    }

    fn near(&mut self) -> Parsed<Expr> {
        let mut start = self.place();
        let mut left = self.row()?;
        loop {
            let (distance, ordered) = match self.peek() {
                Some(Token::Near(distance)) => (*distance, false),
                Some(Token::Then(distance)) => (*distance, true),
                _ => return Ok(left),
            };
            operand(&left, start)?;
            self.count_operator()?;
            self.at += 1;
            start = self.place();
            let right = self.row()?;
            operand(&right, start.clone())?;
            let (a, b) = (Box::new(left), Box::new(right));
            left = if ordered { Expr::Then(a, b, distance) } else { Expr::Near(a, b, distance) };
        }
    }

    fn row(&mut self) -> Parsed<Expr> {
        let mut items = Vec::new();
        let start = self.at;
        while let Some(token) = self.peek() {
            let place = self.place();
            match token {
                Token::Open => {
                    self.at += 1;
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(QueryError::new("too many brackets inside brackets", place));
                    }
                    let inner = self.expr()?;
                    self.depth -= 1;
                    if self.peek() != Some(&Token::Close) {
                        return Err(QueryError::new("this bracket is not closed", place).hint("add a closing )"));
                    }
                    self.at += 1;
                    if self.at_row_end() && items.is_empty() {
                        return Ok(inner);
                    }
                    items.push(Item::Group(rows_of(inner, place)?));
                }
                Token::Regex(literal) => {
                    let literal = literal.clone();
                    self.at += 1;
                    if !items.is_empty() || !self.at_row_end() {
                        let error = QueryError::new("a regular expression cannot stand in a row of words", place);
                        return Err(error.hint("join it with THEN/1: word THEN/1 /…/"));
                    }
                    return Ok(Expr::Regex(literal));
                }
                Token::Word { .. } | Token::Quoted(_) | Token::Written(_) => {
                    items.extend(self.words(token.clone(), &place)?.into_iter().map(Item::Word));
                    self.at += 1;
                }
                _ => break,
            }
        }
        if items.is_empty() { Err(self.nothing(start)) } else { Ok(Expr::Row(items)) }
    }

    fn at_row_end(&self) -> bool {
        use Token::{And, Close, Near, Not, Or, Then};
        matches!(self.peek(), None | Some(Or | And | Not | Near(_) | Then(_) | Close))
    }

    /// Says what was expected where a row should begin.
    fn nothing(&self, start: usize) -> QueryError {
        let place = self.place();
        match self.tokens.get(start) {
            None if self.tokens.is_empty() => {
                QueryError::new("there is nothing to look for", place).hint("write a word")
            }
            None => QueryError::new("a word is missing at the end", place),
            Some((Token::Not, _)) if start == 0 => {
                QueryError::new("NOT needs something before it", place).hint("write A NOT B")
            }
            Some((Token::Close, _)) => QueryError::new("a word is missing before this bracket", place),
            Some(_) => QueryError::new("a word is missing before this operator", place)
                .hint("an operator's own name is written in quotes: \"AND\""),
        }
    }

    /// Cuts what was written at one place into the words that the tokenizer sees.
    fn words(&self, token: Token, place: &Range<usize>) -> Parsed<Vec<Word>> {
        let words: Vec<Word> = match &token {
            Token::Quoted(text) => pieces(text, |word| Word::Exact(fold(&plain(word)).into_owned())),
            Token::Written(text) => pieces(text, |word| Word::Written(plain(word).into_owned())),
            Token::Word { text, wild: true } => return self.wildcards(text, place),
            Token::Word { text, .. } => pieces(text, |word| Word::Inflected(plain(word).to_lowercase())),
            _ => Vec::new(),
        };
        if words.is_empty() {
            return Err(QueryError::new("there is no letter or digit to look for", place.clone()));
        }
        Ok(words)
    }

    fn wildcards(&self, text: &str, place: &Range<usize>) -> Parsed<Vec<Word>> {
        let mut words = Vec::new();
        for piece in text.split(['-', '_', ':']).filter(|piece| !piece.is_empty()) {
            if !piece.contains(['*', '?']) {
                words.extend(pieces(piece, |word| Word::Inflected(plain(word).to_lowercase())));
                continue;
            }
            if !piece.contains(char::is_alphanumeric) {
                return Err(QueryError::new("a wildcard needs at least one letter or digit", place.clone()));
            }
            if piece.starts_with(['*', '?']) && !self.leading_wildcards {
                let error = QueryError::new("a wildcard cannot be the first character", place.clone());
                let hint = "allow it with `leading_wildcards = true` under [codebook], or search --leading-wildcards";
                return Err(error.hint(hint));
            }
            // Folding can turn one character into several, some of which are no part of a word.
            let kept = |c: &char| c.is_alphanumeric() || "*?'".contains(*c);
            words.push(Word::Wildcard(fold(piece).chars().filter(kept).collect()));
        }
        Ok(words)
    }
}

fn pieces(text: &str, make: impl Fn(&str) -> Word) -> Vec<Word> {
    tokens(text).into_iter().map(|span| make(span.of(text))).collect()
}

fn flatten(any: Vec<Expr>) -> Vec<Expr> {
    let mut flat = Vec::new();
    for expr in any {
        match expr {
            Expr::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    flat
}

/// Takes a group inside a row: rows joined by OR only.
fn rows_of(expr: Expr, place: Range<usize>) -> Parsed<Vec<Vec<Item>>> {
    let any = if let Expr::Or(any) = expr { any } else { vec![expr] };
    any.into_iter()
        .map(|one| match one {
            Expr::Row(items) => Ok(items),
            _ => Err(QueryError::new("a group inside a row can hold only words joined by OR", place.clone())
                .hint("put the operator outside: (a | b) c AND d")),
        })
        .collect()
}

/// Refuses AND and NOT as a side of NEAR or THEN.
fn operand(expr: &Expr, place: Range<usize>) -> Parsed<()> {
    let fits = match expr {
        Expr::Row(_) | Expr::Regex(_) | Expr::Near(..) | Expr::Then(..) => true,
        Expr::Or(any) => any.iter().all(|one| operand(one, place.clone()).is_ok()),
        Expr::And(..) | Expr::Not(..) => false,
    };
    if fits {
        return Ok(());
    }
    let error = QueryError::new("NEAR and THEN stand between words, not between AND or NOT groups", place);
    Err(error.hint("write (a NEAR/8 b) AND c"))
}
