//! Entries whose text changed: paired by what they are called, and among several of one name by what they say.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, Pairs};
use crate::id::EntryId;

/// Share of common words, in millionths, from which on two texts may be one text before and after.
const ALIKE: u64 = 300_000;

/// How sure a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sureness {
    /// Who has the name is the entry, whatever it says: a declared id.
    Certain,
    /// The only one of its name on both sides is the entry; among several, the most alike.
    Alone,
    /// The texts must be alike.
    Alike,
}

/// Pairs what is left of each name: first within one source, then across sources.
pub(super) fn pair(pairs: &mut Pairs<'_>, old_text: &impl Fn(&EntryId) -> Option<String>) {
    let crowded = crowded(pairs);
    for group in groups(pairs, true) {
        let sureness = sureness(pairs, &group, &crowded);
        settle(pairs, &group, sureness, old_text);
    }
    for group in groups(pairs, false) {
        let declared = group.incoming.iter().all(|place| pairs.incoming[*place].entry.declared.is_some());
        let sureness = if declared { Sureness::Certain } else { Sureness::Alike };
        settle(pairs, &group, sureness, old_text);
    }
}

/// Entries left over under one name.
#[derive(Default)]
struct Group {
    known: Vec<usize>,
    incoming: Vec<usize>,
}

fn groups(pairs: &Pairs<'_>, by_source: bool) -> Vec<Group> {
    let mut groups: BTreeMap<(&str, Option<&str>), Group> = BTreeMap::new();
    for place in pairs.order.iter().filter(|place| !pairs.paired[**place]) {
        let Known { family, source, .. } = &pairs.known[*place];
        groups.entry((family, by_source.then_some(source))).or_default().known.push(*place);
    }
    for (place, new) in pairs.incoming.iter().enumerate().filter(|(place, _)| pairs.of_incoming[*place].is_none()) {
        let key = (new.entry.family.as_str(), by_source.then_some(new.entry.source.as_str()));
        groups.entry(key).or_default().incoming.push(place);
    }
    groups.into_values().filter(|group| !group.known.is_empty() && !group.incoming.is_empty()).collect()
}

/// Family and source.
type Place<'a> = (&'a str, &'a str);

/// Returns the families of which a source holds several entries, now or before.
fn crowded<'a>(pairs: &Pairs<'a>) -> BTreeSet<Place<'a>> {
    let mut counts: BTreeMap<Place<'a>, [usize; 2]> = BTreeMap::new();
    for new in pairs.incoming {
        counts.entry((&new.entry.family, &new.entry.source)).or_default()[0] += 1;
    }
    for old in pairs.known.iter().filter(|old| !old.missing) {
        counts.entry((&old.family, &old.source)).or_default()[1] += 1;
    }
    counts.into_iter().filter(|(_, counts)| counts.iter().any(|count| *count > 1)).map(|(place, _)| place).collect()
}

/// A date or a file of one entry says who is who; a place among the undated entries of one file says nothing.
fn sureness(pairs: &Pairs<'_>, group: &Group, crowded: &BTreeSet<Place<'_>>) -> Sureness {
    let Some(entry) = group.incoming.first().map(|place| pairs.incoming[*place].entry) else { return Sureness::Alike };
    if entry.declared.is_some() {
        return Sureness::Certain;
    }
    let single = !crowded.contains(&(entry.family.as_str(), entry.source.as_str()));
    if entry.date.is_some() || single { Sureness::Alone } else { Sureness::Alike }
}

fn settle(pairs: &mut Pairs<'_>, group: &Group, sureness: Sureness, old_text: &impl Fn(&EntryId) -> Option<String>) {
    if let ([old], [new]) = (group.known.as_slice(), group.incoming.as_slice())
        && sureness != Sureness::Alike
    {
        pairs.join(*new, *old);
        return;
    }
    let mut numbers = WordNumbers::default();
    let old_words: Vec<Vec<u32>> =
        group.known.iter().map(|place| numbers.of(&old_text(&pairs.known[*place].id).unwrap_or_default())).collect();
    let least = if sureness == Sureness::Certain { 0 } else { ALIKE };
    let mut candidates = Vec::new();
    for new in &group.incoming {
        let words = numbers.of(&pairs.incoming[*new].entry.text);
        for (old, old_words) in group.known.iter().zip(&old_words) {
            let alike = likeness(&words, old_words);
            if alike >= least {
                candidates.push((alike, *new, *old));
            }
        }
    }
    // A stable sort: equally alike pairs stay in the order of the entries.
    candidates.sort_by_key(|(alike, _, _)| std::cmp::Reverse(*alike));
    for (_, new, old) in candidates {
        if pairs.of_incoming[new].is_none() && !pairs.paired[old] {
            pairs.join(new, old);
        }
    }
}

/// Numbers for words, so that sets of words are compared quickly.
#[derive(Default)]
struct WordNumbers(BTreeMap<String, u32>);

impl WordNumbers {
    /// Returns the distinct words of a text as sorted numbers.
    fn of(&mut self, text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            words.push(*self.0.entry(word.to_lowercase()).or_insert(next));
        }
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// Returns the share of common words among all words of both, in millionths (Jaccard 1901).
fn likeness(a: &[u32], b: &[u32]) -> u64 {
    let (mut left, mut right, mut common) = (0, 0, 0_u64);
    while let (Some(x), Some(y)) = (a.get(left), b.get(right)) {
        common += u64::from(x == y);
        left += usize::from(x <= y);
        right += usize::from(y <= x);
    }
    let all = (a.len() + b.len()) as u64 - common;
    (common * 1_000_000).checked_div(all).unwrap_or(0)
}
