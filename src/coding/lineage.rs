//! Which of two events knew the other: what makes two changes concurrent.

use std::{collections::HashMap, rc::Rc};

use crate::id::Hash;

/// What every event of a log knew, in little room: events in a row are one chain, and what a chain knows of others is kept
/// once for all its events from one meeting of copies to the next.
#[derive(Debug, Default)]
pub struct Lineage {
    places: HashMap<Hash, Known>,
    /// Events in each chain.
    lengths: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Known {
    chain: u32,
    place: u32,
    /// For each chain, how many of its events are known.
    others: Rc<Vec<u32>>,
}

impl Lineage {
    /// Reads a log in the order of replay. Parents that are not in it are as if they were not named.
    pub fn of<'e>(events: impl IntoIterator<Item = (Hash, &'e [Hash])>) -> Self {
        let mut lineage = Self::default();
        for (id, parents) in events {
            lineage.add(id, parents);
        }
        lineage
    }

    /// Adds an event after its parents.
    pub fn add(&mut self, id: Hash, parents: &[Hash]) {
        let known: Vec<Known> = parents.iter().filter_map(|parent| self.places.get(parent)).cloned().collect();
        // A parent that nothing followed yet goes on as the same chain.
        let last = |known: &Known| self.lengths.get(known.chain as usize) == Some(&(known.place + 1));
        let chain = match known.iter().position(last) {
            Some(at) => known[at].chain,
            None => {
                self.lengths.push(0);
                u32::try_from(self.lengths.len() - 1).unwrap_or(u32::MAX)
            }
        };
        let others = match known.as_slice() {
            [only] if only.chain == chain => Rc::clone(&only.others),
            _ => {
                let mut others = vec![0; self.lengths.len()];
                for parent in &known {
                    for (mine, theirs) in others.iter_mut().zip(parent.others.iter()) {
                        *mine = (*mine).max(*theirs);
                    }
                    if let Some(mine) = others.get_mut(parent.chain as usize) {
                        *mine = (*mine).max(parent.place + 1);
                    }
                }
                Rc::new(others)
            }
        };
        let place = self.lengths.get(chain as usize).copied().unwrap_or_default();
        if let Some(length) = self.lengths.get_mut(chain as usize) {
            *length += 1;
        }
        self.places.insert(id, Known { chain, place, others });
    }

    /// Tells whether `later` knew `earlier`, or is it.
    pub fn knew(&self, later: &Hash, earlier: &Hash) -> bool {
        let (Some(later), Some(earlier)) = (self.places.get(later), self.places.get(earlier)) else { return false };
        if later.chain == earlier.chain {
            return earlier.place <= later.place;
        }
        later.others.get(earlier.chain as usize).is_some_and(|known| earlier.place < *known)
    }

    /// Keeps those of some events that no other of them knew: the last word of every copy.
    pub fn last_words(&self, events: &[Hash]) -> Vec<Hash> {
        let known = |one: &Hash| events.iter().any(|other| other != one && self.knew(other, one));
        events.iter().filter(|one| !known(one)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(number: usize) -> Hash {
        Hash::of(number.to_le_bytes())
    }

    #[test]
    fn two_copies_that_met() {
        // 0 - 1 - 3 - 5
        //   \ 2 - 4 /
        let parents = [vec![], vec![0], vec![0], vec![1], vec![2], vec![3, 4]];
        let parents: Vec<Vec<Hash>> = parents.iter().map(|all| all.iter().map(|at| name(*at)).collect()).collect();
        let lineage = Lineage::of(parents.iter().enumerate().map(|(at, parents)| (name(at), parents.as_slice())));
        assert!(lineage.knew(&name(5), &name(2)) && lineage.knew(&name(3), &name(0)));
        assert!(!lineage.knew(&name(3), &name(2)) && !lineage.knew(&name(4), &name(1)));
        assert_eq!(lineage.last_words(&[name(0), name(3), name(4)]), [name(3), name(4)]);
        assert_eq!(lineage.last_words(&[name(3), name(4), name(5)]), [name(5)]);
    }

    proptest! {
        #[test]
        fn knows_what_a_walk_back_finds(picks in prop::collection::vec(prop::collection::vec(0_usize..64, 0..3), 1..40)) {
            let parents: Vec<Vec<usize>> = picks.iter().enumerate()
                .map(|(at, picks)| picks.iter().filter(|_| at > 0).map(|pick| pick % at.max(1)).collect()).collect();
            let hashes: Vec<Vec<Hash>> = parents.iter().map(|all| all.iter().map(|at| name(*at)).collect()).collect();
            let lineage = Lineage::of(hashes.iter().enumerate().map(|(at, parents)| (name(at), parents.as_slice())));
            for later in 0..parents.len() {
                let mut known = vec![later];
                let mut at = 0;
                while let Some(event) = known.get(at).copied() {
                    known.extend(parents[event].iter().filter(|parent| !known.contains(parent)).copied().collect::<Vec<_>>());
                    at += 1;
                }
                for earlier in 0..parents.len() {
                    prop_assert_eq!(lineage.knew(&name(later), &name(earlier)), known.contains(&earlier));
                }
            }
        }
    }
}
