//! From an expression to the entries that can match it.

use std::collections::BTreeSet;

use tantivy::{
    DocSet as _, Searcher, TERMINATED, Term,
    schema::{Field, IndexRecordOption},
};

use super::{Index, SearchError, keys::cut};
use crate::{
    query::{Expr, Item, Word},
    text::{Language, fold, stem_keys},
};

/// Entries that can match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates {
    /// Nothing rules any entry out.
    All,
    /// Only these numbers.
    Numbers(BTreeSet<u32>),
}

impl Candidates {
    /// Tells whether an entry can match.
    pub fn holds(&self, number: u32) -> bool {
        match self {
            Self::All => true,
            Self::Numbers(numbers) => numbers.contains(&number),
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, one) | (one, Self::All) => one,
            (Self::Numbers(a), Self::Numbers(b)) => Self::Numbers(a.intersection(&b).copied().collect()),
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Numbers(mut a), Self::Numbers(b)) => {
                a.extend(b);
                Self::Numbers(a)
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
                let mut all = Candidates::Numbers(BTreeSet::new());
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
                    let mut any = Candidates::Numbers(BTreeSet::new());
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
        let fields = self.index.fields;
        match word {
            Word::Inflected(word) => {
                let keys = self.languages.iter().flat_map(|language| stem_keys(word, *language));
                let keys: BTreeSet<String> = keys.map(|key| cut(key.as_ref()).to_owned()).collect();
                self.holding(fields.stem, keys)
            }
            Word::Exact(word) => self.holding(fields.word, BTreeSet::from([cut(word).to_owned()])),
            Word::Written(word) => self.holding(fields.word, BTreeSet::from([cut(&fold(word)).to_owned()])),
            Word::Wildcard(pattern) => {
                let fixed = pattern.split(['*', '?']).next().unwrap_or_default();
                self.holding(fields.word, self.beginning(fields.word, cut(fixed))?)
            }
        }
    }

    /// Returns the indexed words that begin with some letters: a superset of what a wildcard fits.
    fn beginning(&self, field: Field, letters: &str) -> Result<BTreeSet<String>, SearchError> {
        let mut words = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
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
    fn holding(&self, field: Field, terms: BTreeSet<String>) -> Result<Candidates, SearchError> {
        let mut found = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let (inverted, numbers) = (segment.inverted_index(field)?, segment.fast_fields().u64("number")?);
            for term in &terms {
                let term = Term::from_field_text(field, term);
                let postings =
                    inverted.read_postings(&term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?;
                let Some(mut postings) = postings else { continue };
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    if !segment.is_deleted(doc) {
                        found.extend(numbers.first(doc).and_then(|number| u32::try_from(number).ok()));
                    }
                    postings.advance();
                }
            }
        }
        Ok(Candidates::Numbers(found))
    }
}
