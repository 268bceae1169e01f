//! Hits in another order than that of the corpus, and counted by an attribute.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Found, filters::value_of, scan::OfEntry};
use crate::{
    corpus::Entry,
    text::{fold, tokens},
};

/// In which order hits are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchOrder {
    /// As they stand in the corpus.
    #[default]
    Corpus,
    /// By the words before the hit, the nearest first.
    Left,
    /// By the words after it.
    Right,
    /// By the id of the entry.
    Entry,
    /// By date; entries without one come last.
    Date,
    /// Entries with most hits for their length first.
    Rank,
}

/// How often an expression occurs in the entries with one value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// The value; `None` for entries that have none.
    pub value: Option<String>,
    /// Hits.
    pub hits: u64,
    /// Entries with a hit.
    pub entries: u64,
    /// Entries that were searched.
    #[serde(rename = "N")]
    pub total: u64,
}

/// Puts hits into an order; equals stay as they stand in the corpus.
pub(super) fn ordered(mut all: Vec<OfEntry<'_>>, order: SearchOrder) -> Vec<Found> {
    match order {
        SearchOrder::Entry => all.sort_by_key(|one| one.entry.id.clone()),
        SearchOrder::Date => all.sort_by_key(|one| (one.entry.date.is_none(), one.entry.date)),
        // Hits per word, compared without rounding.
        SearchOrder::Rank => all.sort_by(|a, b| (b.found.len() * a.words).cmp(&(a.found.len() * b.words))),
        SearchOrder::Corpus | SearchOrder::Left | SearchOrder::Right => {}
    }
    let mut found: Vec<Found> = all.into_iter().flat_map(|one| one.found).collect();
    match order {
        SearchOrder::Left => {
            found.sort_by_cached_key(|one| words(&one.left).into_iter().rev().collect::<Vec<String>>());
        }
        SearchOrder::Right => found.sort_by_cached_key(|one| words(&one.right)),
        _ => {}
    }
    found
}

fn words(context: &str) -> Vec<String> {
    tokens(context).into_iter().map(|token| fold(token.of(context)).into_owned()).collect()
}

/// Counts hits by the values of an attribute, in the order of the values; `searched` are all entries that the filters let through.
pub(super) fn counted_by(name: &str, searched: &[Entry], all: &[OfEntry<'_>]) -> Vec<ValueCount> {
    let mut counts: BTreeMap<(bool, Option<String>), ValueCount> = BTreeMap::new();
    let mut count = |entry: &Entry, change: &dyn Fn(&mut ValueCount)| {
        let value = value_of(entry, name);
        let key = (value.is_none(), value.clone());
        change(counts.entry(key).or_insert(ValueCount { value, hits: 0, entries: 0, total: 0 }));
    };
    searched.iter().for_each(|entry| count(entry, &|count| count.total += 1));
    for one in all {
        count(one.entry, &|count| {
            count.hits += one.found.len() as u64;
            count.entries += 1;
        });
    }
    counts.into_values().collect()
}

/// Orders that need every hit before the first can be shown.
pub(super) fn needs_all(order: SearchOrder) -> bool {
    order != SearchOrder::Corpus
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_to_the_left_comes_first() {
        let keys = |context: &str| words(context).into_iter().rev().collect::<Vec<String>>();
        assert!(keys("the green ") < keys("a Red "));
        assert!(keys("Zebra, then ") > keys("a ape then "));
    }
}
