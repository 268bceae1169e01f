//! From an expression to the entries that can match it.

use std::collections::BTreeSet;

use tantivy::{DocSet as _, Searcher, TERMINATED, Term, schema::IndexRecordOption};

use super::{
    Index, SearchError,
    keys::{key, keys_of_stem},
};
use crate::{
    query::{Expr, Item, Word},
    text::{Language, fold, stem_keys},
};

/// Entries that can match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates {
    /// Nothing rules any entry out.
    All,
    /// Only these.
    Some(Numbers),
}

/// A set of entries by their numbers, which are dense: one bit each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers(Vec<u64>);

impl Numbers {
    fn insert(&mut self, number: u32) {
        let (word, bit) = (number as usize / 64, number % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    fn holds(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }
}

impl Candidates {
    /// Tells whether an entry can match.
    pub fn holds(&self, number: u32) -> bool {
        match self {
            Self::All => true,
            Self::Some(numbers) => numbers.holds(number),
        }
    }

    fn none() -> Self {
        Self::Some(Numbers::default())
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, one) | (one, Self::All) => one,
            (Self::Some(a), Self::Some(b)) => Self::Some(Numbers(a.0.iter().zip(&b.0).map(|(a, b)| a & b).collect())),
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Some(a), Self::Some(b)) => {
                let (mut longer, shorter) = if a.0.len() < b.0.len() { (b, a) } else { (a, b) };
                longer.0.iter_mut().zip(&shorter.0).for_each(|(a, b)| *a |= b);
                Self::Some(longer)
            }
        }
    }
}

impl Index {
    /// Returns the entries that can match an expression; `languages` are all those of the study.
    ///
    /// # Errors
    /// Fails when the index cannot be read.
    pub fn candidates(&self, expr: &Expr, languages: &[Language]) -> Result<Candidates, SearchError> {
        let searcher = self.tantivy.reader()?.searcher();
        Lookup { index: self, searcher, languages }.expr(expr)
    }
}

struct Lookup<'i> {
    index: &'i Index,
    searcher: Searcher,
    languages: &'i [Language],
}

impl Lookup<'_> {
    fn expr(&self, expr: &Expr) -> Result<Candidates, SearchError> {
        match expr {
            Expr::Row(items) => self.row(items),
            Expr::Regex(_) => Ok(Candidates::All),
            Expr::Or(any) => {
                let mut all = Candidates::none();
                for one in any {
                    all = all.or(self.expr(one)?);
                }
                Ok(all)
            }
            Expr::And(a, b) | Expr::Near(a, b, _) | Expr::Then(a, b, _) => Ok(self.expr(a)?.and(self.expr(b)?)),
            Expr::Not(a, _) => self.expr(a),
        }
    }

    fn row(&self, items: &[Item]) -> Result<Candidates, SearchError> {
        let mut all = Candidates::All;
        for item in items {
            all = all.and(match item {
                Item::Word(word) => self.word(word)?,
                Item::Group(rows) => {
                    let mut any = Candidates::none();
                    for row in rows {
                        any = any.or(self.row(row)?);
                    }
                    any
                }
            });
        }
        Ok(all)
    }

    fn word(&self, word: &Word) -> Result<Candidates, SearchError> {
        match word {
            Word::Inflected(word) => {
                let stems = self.languages.iter().flat_map(|language| stem_keys(word, *language));
                self.holding(stems.flat_map(|stem| keys_of_stem(stem.as_ref())).collect())
            }
            Word::Exact(word) => self.holding(BTreeSet::from([key(word).into_owned()])),
            Word::Written(word) => self.holding(BTreeSet::from([key(&fold(word)).into_owned()])),
            Word::Wildcard(pattern) => {
                let fixed = pattern.split(['*', '?']).next().unwrap_or_default();
                self.holding(self.beginning(&key(fixed))?)
            }
        }
    }

    /// Returns the indexed words that begin with some letters: a superset of what a wildcard fits.
    fn beginning(&self, letters: &str) -> Result<BTreeSet<String>, SearchError> {
        let mut words = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.index.fields.key)?;
            let mut stream = inverted.terms().range().ge(letters).into_stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                match std::str::from_utf8(stream.key()) {
                    Ok(word) if word.starts_with(letters) => words.insert(word.to_owned()),
                    _ => break,
                };
            }
        }
        Ok(words)
    }

    /// Returns the entries that hold one of some terms.
    fn holding(&self, terms: BTreeSet<String>) -> Result<Candidates, SearchError> {
        let mut found = Numbers::default();
        for segment in self.searcher.segment_readers() {
            let (inverted, numbers) =
                (segment.inverted_index(self.index.fields.key)?, segment.fast_fields().u64("number")?);
            for term in &terms {
                let term = Term::from_field_text(self.index.fields.key, term);
                let postings =
                    inverted.read_postings(&term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?;
                let Some(mut postings) = postings else { continue };
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    if let Some(number) = numbers.first(doc).and_then(|number| u32::try_from(number).ok())
                        && !segment.is_deleted(doc)
                    {
                        found.insert(number);
                    }
                    postings.advance();
                }
            }
        }
        Ok(Candidates::Some(found))
    }
}
