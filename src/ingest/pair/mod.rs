//! Which incoming entry is which entry of the study: by text first, then by name, never by position.

mod by_name;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use names::Names;

use super::ReadEntry;
use crate::id::{EntryId, Hash};

/// An entry that the study holds, as far as pairing needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: EntryId,
    /// Its family when it was last read.
    pub family: String,
    /// Its source when it was last read.
    pub source: String,
    /// Hash of its current text.
    pub text: Hash,
    /// Hash of what the study keeps beside its text: date, attributes, language, place.
    pub record: Hash,
    /// Its source was gone at the last ingest.
    pub missing: bool,
}

/// An entry as it was read now, with its hashes.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// What was read.
    pub entry: &'a ReadEntry,
    /// Hash of its text.
    pub text: Hash,
    /// Hash of what the study keeps beside its text: date, attributes, language, place.
    pub record: Hash,
}

/// What an incoming entry is. Family, source and record of a paired entry are to be stored anew whenever it is not `Unchanged`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Same text, place, date and attributes.
    Unchanged {
        /// The entry.
        id: EntryId,
    },
    /// Same text in the same source; date, attributes, language or name changed.
    Recorded {
        /// The entry.
        id: EntryId,
    },
    /// Same text in another source.
    Moved {
        /// The entry.
        id: EntryId,
    },
    /// The text changed.
    Revised {
        /// The entry.
        id: EntryId,
        /// Hash of the text before.
        was: Hash,
    },
    /// Seen for the first time.
    Added {
        /// The id given to it.
        id: EntryId,
    },
    /// Cannot be told apart from another entry.
    Refused {
        /// Why.
        reason: String,
        /// The next step.
        hint: String,
    },
}

/// The outcome of pairing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairing {
    /// One per incoming entry, in their order.
    pub outcomes: Vec<Outcome>,
    /// Entries that were there and are not any more.
    pub missing: Vec<EntryId>,
    /// Entries that were missing and are back, whatever their outcome.
    pub returned: Vec<EntryId>,
    /// Entries whose text an earlier incoming entry has too: later, earlier.
    pub duplicates: Vec<(EntryId, EntryId)>,
}

/// Words from which on a text alone says which entry it is. Two days may both read "Nothing today.".
const TELLING_WORDS: usize = 5;

/// Decides for every incoming entry which one it is.
///
/// `known` holds the entries in play (not those of sources skipped as unchanged); `taken` every id in use in the study;
/// `old_text` gives the current text of a known entry.
///
/// Equal texts are paired first: in the same place and under the same name, then under the same name, then anywhere. What is
/// left is paired by name: the only one of its name on both sides, or the most alike. What is left then is new, or missing.
pub fn pair(
    known: &[Known],
    incoming: &[Incoming<'_>],
    taken: &BTreeSet<String>,
    old_text: impl Fn(&EntryId) -> Option<String>,
) -> Pairing {
    let mut pairs = Pairs::new(known, incoming);
    pairs.by_text();
    by_name::pair(&mut pairs, &old_text);
    let outcomes = outcomes(&pairs, taken);
    let of_known = |wanted: fn(&Known, bool) -> bool| {
        let found = known.iter().zip(&pairs.paired).filter(|(entry, paired)| wanted(entry, **paired));
        found.map(|(entry, _)| entry.id.clone()).collect()
    };
    Pairing {
        missing: of_known(|entry, paired| !paired && !entry.missing),
        returned: of_known(|entry, paired| paired && entry.missing),
        duplicates: duplicates(incoming, &outcomes),
        outcomes,
    }
}

/// Which incoming entry is paired with which known one, by their places in the two lists.
struct Pairs<'a> {
    known: &'a [Known],
    incoming: &'a [Incoming<'a>],
    /// Places of known entries, those that are there before those that were missing.
    order: Vec<usize>,
    paired: Vec<bool>,
    of_incoming: Vec<Option<usize>>,
}

impl<'a> Pairs<'a> {
    fn new(known: &'a [Known], incoming: &'a [Incoming<'a>]) -> Self {
        let mut order: Vec<usize> = (0..known.len()).collect();
        order.sort_by_key(|place| known[*place].missing);
        Self { known, incoming, order, paired: vec![false; known.len()], of_incoming: vec![None; incoming.len()] }
    }

    fn join(&mut self, incoming: usize, known: usize) {
        self.of_incoming[incoming] = Some(known);
        self.paired[known] = true;
    }

    /// Pairs equal texts, the surest first.
    fn by_text(&mut self) {
        let any = |_: &Known, _: &Incoming<'_>| true;
        self.by(
            |k| (k.text, &k.family, &k.source, k.record),
            |i| (i.text, &i.entry.family, &i.entry.source, i.record),
            any,
        );
        self.by(|k| (k.text, &k.family, &k.source), |i| (i.text, &i.entry.family, &i.entry.source), any);
        self.by(|k| (k.text, &k.family), |i| (i.text, &i.entry.family), any);
        self.by(|k| (k.text, &k.source), |i| (i.text, &i.entry.source), text_tells);
        self.by(|k| k.text, |i| i.text, text_tells);
    }

    /// Pairs entries that are left and have the same key, in order.
    fn by<K: Ord>(
        &mut self,
        known_key: impl Fn(&'a Known) -> K,
        incoming_key: impl Fn(&'a Incoming<'a>) -> K,
        may: impl Fn(&Known, &Incoming<'_>) -> bool,
    ) {
        let mut left: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for place in self.order.iter().filter(|place| !self.paired[**place]) {
            left.entry(known_key(&self.known[*place])).or_default().push_back(*place);
        }
        for (place, new) in self.incoming.iter().enumerate() {
            if self.of_incoming[place].is_some() {
                continue;
            }
            let Some(candidates) = left.get_mut(&incoming_key(new)) else { continue };
            // The first is enough: entries that are missing, of which more is asked, come after the others.
            if let Some(old) = candidates.pop_front_if(|old| may(&self.known[*old], new)) {
                self.join(place, old);
            }
        }
    }
}

/// Tells whether an equal text under another name is the same entry.
///
/// A few words are not enough against an id or, in one source, a date that says otherwise, nor to bring back an entry that was
/// missing.
fn text_tells(old: &Known, new: &Incoming<'_>) -> bool {
    let long = new.entry.text.split_whitespace().nth(TELLING_WORDS - 1).is_some();
    let other_day = old.source == new.entry.source && old.family != new.entry.family && new.entry.date.is_some();
    long || (!old.missing && new.entry.declared.is_none() && !other_day)
}

fn outcomes(pairs: &Pairs<'_>, taken: &BTreeSet<String>) -> Vec<Outcome> {
    let mut names = Names::new(pairs, taken);
    let each = pairs.incoming.iter().zip(&pairs.of_incoming);
    each.map(|(new, paired)| match paired {
        Some(place) => outcome_of_pair(&pairs.known[*place], new),
        None => names.give(new),
    })
    .collect()
}

fn outcome_of_pair(old: &Known, new: &Incoming<'_>) -> Outcome {
    let id = old.id.clone();
    if old.text != new.text {
        Outcome::Revised { id, was: old.text }
    } else if old.source != new.entry.source {
        Outcome::Moved { id }
    } else if old.record != new.record || old.family != new.entry.family {
        Outcome::Recorded { id }
    } else {
        Outcome::Unchanged { id }
    }
}

/// Finds entries whose text an earlier one has too.
fn duplicates(incoming: &[Incoming<'_>], outcomes: &[Outcome]) -> Vec<(EntryId, EntryId)> {
    let mut first: BTreeMap<Hash, &EntryId> = BTreeMap::new();
    let mut found = Vec::new();
    for (new, outcome) in incoming.iter().zip(outcomes) {
        let Some(id) = outcome.id() else { continue };
        match first.get(&new.text) {
            Some(earlier) => found.push((id.clone(), (*earlier).clone())),
            None => drop(first.insert(new.text, id)),
        }
    }
    found
}

impl Outcome {
    /// Returns the entry it is about; none when refused.
    pub fn id(&self) -> Option<&EntryId> {
        match self {
            Self::Unchanged { id }
            | Self::Recorded { id }
            | Self::Moved { id }
            | Self::Revised { id, .. }
            | Self::Added { id } => Some(id),
            Self::Refused { .. } => None,
        }
    }
}
