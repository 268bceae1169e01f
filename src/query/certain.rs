//! What can be said of expressions without a text: that one matches wherever another does, or that one never matches.
//!
//! Everything here holds for every text of the given languages; what is not certain is answered with no.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use super::{Expr, Item, Word};
use crate::text::{Language, fold, stem_keys, tokens};

/// More rows than these are not looked at one by one: the answer is then no.
const MOST_ROWS: usize = 4096;

/// Answers for texts of some languages.
#[derive(Debug, Clone)]
pub struct Certain {
    languages: Vec<Language>,
    /// Stems of the words met, in each language: every rule is compared with every other.
    stems: RefCell<HashMap<String, Stems>>,
}

/// The stem keys of a word, language by language.
type Stems = Rc<[Vec<String>]>;

impl Certain {
    /// Answers for texts of these languages.
    pub fn of(languages: &[Language]) -> Self {
        Self { languages: languages.to_vec(), stems: RefCell::default() }
    }

    /// Tells whether `a` matches in every stretch in which `b` does.
    ///
    /// Exceptions do not spoil it: the words that `a` needs are among those that `b` found.
    pub fn implies(&self, b: &Expr, a: &Expr) -> bool {
        if self.same_words(b, a) {
            return true;
        }
        match (b, a) {
            (Expr::Or(any), _) => any.iter().all(|b| self.implies(b, a)),
            (_, Expr::Or(any)) if any.iter().any(|a| self.implies(b, a)) => true,
            (_, Expr::And(x, y)) if self.implies(b, x) && self.implies(b, y) => true,
            (Expr::Not(b, without), Expr::Not(a, out)) if self.implies(b, a) && self.implies(out, without) => true,
            (Expr::And(x, y) | Expr::Near(x, y, _) | Expr::Then(x, y, _), _) => {
                self.implies(x, a) || self.implies(y, a)
            }
            (Expr::Not(b, _), _) => self.implies(b, a),
            (Expr::Row(b), _) => each_row(b, |words| self.holds(words, a)),
            _ => false,
        }
    }

    /// Tells whether an expression certainly matches where these words stand one after the other.
    fn holds(&self, words: &[&Word], expr: &Expr) -> bool {
        match expr {
            Expr::Row(row) => (0..words.len()).any(|at| self.fits(row, words, at, false)),
            Expr::Or(any) => any.iter().any(|one| self.holds(words, one)),
            Expr::And(x, y) => self.holds(words, x) && self.holds(words, y),
            Expr::Regex(_) | Expr::Not(..) | Expr::Near(..) | Expr::Then(..) => false,
        }
    }

    /// Tells whether every match of `b` is one of `a` over the same words.
    pub fn same_words(&self, b: &Expr, a: &Expr) -> bool {
        let both = |b: (&Expr, &Expr), a: (&Expr, &Expr)| self.same_words(b.0, a.0) && self.same_words(b.1, a.1);
        match (b, a) {
            _ if a == b => true,
            (Expr::Or(any), _) => any.iter().all(|b| self.same_words(b, a)),
            (_, Expr::Or(any)) => any.iter().any(|a| self.same_words(b, a)),
            (Expr::Then(x, y, n), Expr::Then(u, v, m)) => n <= m && both((x, y), (u, v)),
            (Expr::Near(x, y, n) | Expr::Then(x, y, n), Expr::Near(u, v, m)) => {
                n <= m && (both((x, y), (u, v)) || both((x, y), (v, u)))
            }
            (Expr::Row(b), Expr::Row(a)) => each_row(b, |b| self.fits(a, b, 0, true)),
            _ => false,
        }
    }

    /// Tells whether an expression matches in no text at all.
    pub fn never(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Row(items) => items.iter().any(|item| match item {
                Item::Word(word) => is_never_a_word(word),
                Item::Group(rows) => rows.iter().all(|row| self.never(&Expr::Row(row.clone()))),
            }),
            Expr::Regex(literal) => {
                let built = regex::RegexBuilder::new(&literal.pattern).case_insensitive(literal.ignore_case).build();
                built.is_err()
            }
            Expr::Or(any) => any.iter().all(|one| self.never(one)),
            Expr::And(x, y) | Expr::Near(x, y, _) | Expr::Then(x, y, _) => self.never(x) || self.never(y),
            Expr::Not(x, y) => self.never(x) || self.implies(x, y),
        }
    }

    /// Tells whether an exception takes away whatever an expression finds.
    pub fn taken_away(&self, expr: &Expr, except: &Expr) -> bool {
        match expr {
            Expr::Row(_) => match except {
                Expr::Row(_) => self.implies(expr, except),
                Expr::Or(any) => any.iter().any(|one| self.taken_away(expr, one)),
                _ => false,
            },
            Expr::Regex(_) => match except {
                Expr::Or(any) => any.iter().any(|one| self.taken_away(expr, one)),
                _ => expr == except,
            },
            Expr::Or(any) => any.iter().all(|one| self.taken_away(one, except)),
            Expr::And(x, y) | Expr::Near(x, y, _) | Expr::Then(x, y, _) => {
                self.taken_away(x, except) || self.taken_away(y, except)
            }
            Expr::Not(x, _) => self.taken_away(x, except),
        }
    }

    /// Tells whether some words from `at` on are certainly found by a row; to the last word when `whole`.
    fn fits(&self, row: &[Item], words: &[&Word], at: usize, whole: bool) -> bool {
        let mut ends = vec![at];
        for item in row {
            ends = self.step(item, words, &ends);
            if ends.is_empty() {
                return false;
            }
        }
        !whole || ends.contains(&words.len())
    }

    fn step(&self, item: &Item, words: &[&Word], from: &[usize]) -> Vec<usize> {
        let mut ends: Vec<usize> = Vec::new();
        for at in from {
            match item {
                Item::Word(word) => {
                    ends.extend(words.get(*at).filter(|other| self.covers(word, other)).map(|_| at + 1));
                }
                Item::Group(rows) => {
                    for row in rows {
                        let start = vec![*at];
                        ends.extend(row.iter().fold(start, |ends, item| self.step(item, words, &ends)));
                    }
                }
            }
        }
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// Tells whether `a` finds every word that `b` finds.
    pub fn covers(&self, a: &Word, b: &Word) -> bool {
        if a == b {
            return true;
        }
        // Words that begin otherwise are hardly ever inflections of each other; saying no is never wrong.
        let first = |word: &Word| word_of(word).chars().next();
        let folded = |letter: Option<char>| letter.map(|letter| fold(letter.encode_utf8(&mut [0; 4])).into_owned());
        if first(a) != first(b) && folded(first(a)) != folded(first(b)) {
            return false;
        }
        match (a, b) {
            (Word::Wildcard(a), Word::Wildcard(b) | Word::Exact(b)) => is_within(a, b),
            (Word::Wildcard(a), Word::Written(b)) => is_within(a, &fold(b)),
            (Word::Exact(a), Word::Written(b)) => *a == fold(b).as_ref(),
            (Word::Inflected(a), Word::Inflected(b) | Word::Written(b)) => {
                let (a, b) = (self.stems(a), self.stems(b));
                a.iter().zip(b.iter()).all(|(a, b)| b.iter().all(|key| a.contains(key)))
            }
            // Whatever its accents were, a word is known by the stem of its folded form, which is the last of its keys.
            (Word::Inflected(a), Word::Exact(b)) => {
                let (a, b) = (self.stems(a), self.stems(b));
                a.iter().zip(b.iter()).all(|(a, b)| b.last().is_some_and(|key| a.contains(key)))
            }
            _ => false,
        }
    }

    fn stems(&self, word: &str) -> Stems {
        if let Some(known) = self.stems.borrow().get(word) {
            return Rc::clone(known);
        }
        let stems: Stems = self.languages.iter().map(|language| stem_keys(word, *language)).collect();
        self.stems.borrow_mut().insert(word.to_owned(), Rc::clone(&stems));
        stems
    }
}

fn word_of(word: &Word) -> &str {
    let (Word::Inflected(word) | Word::Exact(word) | Word::Written(word) | Word::Wildcard(word)) = word;
    word
}

/// Tells whether all rows that a row with groups stands for are so; no when there are too many to look at.
fn each_row<'w>(items: &'w [Item], mut holds: impl FnMut(&[&'w Word]) -> bool) -> bool {
    let mut left = MOST_ROWS;
    let mut row = Vec::new();
    expand(items, &[], &mut row, &mut |words: &[&'w Word]| {
        left = left.saturating_sub(1);
        left > 0 && holds(words)
    })
}

/// Hands on every row of words: those of `items`, then those of the stack of what comes after a group.
fn expand<'w>(
    items: &'w [Item],
    after: &[&'w [Item]],
    row: &mut Vec<&'w Word>,
    each: &mut dyn FnMut(&[&'w Word]) -> bool,
) -> bool {
    let Some((item, rest)) = items.split_first() else {
        return match after.split_last() {
            Some((next, after)) => expand(next, after, row, each),
            None => each(row),
        };
    };
    match item {
        Item::Word(word) => {
            row.push(word);
            let holds = expand(rest, after, row, each);
            row.pop();
            holds
        }
        Item::Group(rows) => {
            let after: Vec<&[Item]> = after.iter().copied().chain([rest]).collect();
            rows.iter().all(|inner| expand(inner, &after, row, each))
        }
    }
}

/// Tells whether every word that fits the pattern `b` fits the pattern `a`; `b` may be a plain word.
fn is_within(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Whether the first i signs of `a` can stand for the first j signs of `b`; only a star stands for a star.
    let mut row = vec![false; b.len() + 1];
    row[0] = true;
    for sign in a {
        let mut next = vec![false; b.len() + 1];
        next[0] = row[0] && sign == '*';
        for (j, other) in b.iter().enumerate() {
            next[j + 1] = match sign {
                '*' => row[j + 1] || next[j],
                '?' => row[j] && *other != '*',
                letter => row[j] && letter == *other,
            };
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Tells whether the beginning of a wildcard is cut into two words by the tokenizer, as `l'a` of `l'asil*` is.
fn is_never_a_word(word: &Word) -> bool {
    let Word::Wildcard(pattern) = word else { return false };
    let beginning = pattern.split(['*', '?']).next().unwrap_or_default();
    beginning.contains('\'') && tokens(beginning).len() > 1
}

#[cfg(test)]
#[path = "certain_test.rs"]
mod tests;
