//! Ids for entries that are new: declared, dated, or made from the text.

use std::collections::{BTreeMap, BTreeSet};

use super::{Incoming, Outcome, Pairs};
use crate::id::EntryId;

/// Ids in use, for giving new ones.
pub(super) struct Names<'a> {
    taken: &'a BTreeSet<String>,
    /// Ids of entries that are there now, with their places.
    live: BTreeMap<String, String>,
    /// Ids of known entries that were not found again.
    gone: BTreeSet<&'a str>,
    /// The number to try next after a name.
    next: BTreeMap<String, u32>,
}

impl<'a> Names<'a> {
    pub(super) fn new(pairs: &Pairs<'a>, taken: &'a BTreeSet<String>) -> Self {
        let found = pairs.incoming.iter().zip(&pairs.of_incoming);
        let live =
            found.filter_map(|(new, place)| Some((pairs.known[(*place)?].id.to_string(), place_of(new)))).collect();
        let left = pairs.known.iter().zip(&pairs.paired).filter(|(_, paired)| !**paired);
        Self { taken, live, gone: left.map(|(old, _)| old.id.as_str()).collect(), next: BTreeMap::new() }
    }

    fn is_free(&self, id: &str) -> bool {
        !self.taken.contains(id) && !self.live.contains_key(id) && !self.gone.contains(id)
    }

    /// Gives an entry that is new its id, or refuses the one it declares.
    pub(super) fn give(&mut self, new: &Incoming<'_>) -> Outcome {
        let family = &new.entry.family;
        let id = match (&new.entry.declared, new.entry.date) {
            (Some(declared), _) => match self.refusal(declared) {
                Some(reason) => return Outcome::Refused { reason, hint: "give it an id of its own".to_owned() },
                None => declared.clone(),
            },
            (None, Some(_)) => self.first_free(family),
            (None, None) => self.first_free(&format!("{family}-{}", new.text.short())),
        };
        self.live.insert(id.clone(), place_of(new));
        Outcome::Added { id: EntryId::new(id) }
    }

    /// Says why a declared id cannot be given.
    fn refusal(&self, declared: &str) -> Option<String> {
        if let Some(other) = self.live.get(declared) {
            return Some(format!("id `{declared}` stands twice: it names the entry at {other} too"));
        }
        let free = self.is_free(declared);
        (!free).then(|| format!("id `{declared}` already names another entry of the study"))
    }

    fn first_free(&mut self, name: &str) -> String {
        if self.is_free(name) {
            return name.to_owned();
        }
        let mut number = self.next.get(name).copied().unwrap_or(2);
        let mut id = format!("{name}-{number}");
        while !self.is_free(&id) {
            number += 1;
            id = format!("{name}-{number}");
        }
        self.next.insert(name.to_owned(), number + 1);
        id
    }
}

fn place_of(new: &Incoming<'_>) -> String {
    format!("{}:{}", new.entry.source, new.entry.line)
}
