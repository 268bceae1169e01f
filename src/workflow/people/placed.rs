//! Where verdicts stand in the text of an entry as it is now.

use std::collections::BTreeMap;

use super::bytes_of;
use crate::{
    coding::{Anchored, Revised, Said},
    id::Hash,
    store::{Head, Store},
    text::{CodePoints, Span},
    workflow::WorkflowError,
};

/// The text of an entry, and those earlier ones that something was said about.
pub(in crate::workflow) struct Texts {
    pub(in crate::workflow) now: String,
    /// By name; `None` when the words are withheld or in another copy.
    pub(in crate::workflow) before: BTreeMap<Hash, Option<String>>,
}

impl Texts {
    /// Reads what is needed to place some verdicts.
    pub(in crate::workflow) fn read(store: &Store, head: &Head, said: &[Said]) -> Result<Self, WorkflowError> {
        let mut before = BTreeMap::new();
        for one in said {
            let name = one.mark.place.text;
            if name != head.text && !before.contains_key(&name) {
                before.insert(name, store.text_named(name)?);
            }
        }
        Ok(Self { now: store.text(head.entry.number)?, before })
    }
}

/// A verdict with its place now.
pub(in crate::workflow) struct Placed<'s> {
    pub(in crate::workflow) said: &'s Said,
    /// How it came there.
    pub(in crate::workflow) anchored: Anchored,
    /// Bytes of the text as it is now; `None` for an orphan.
    pub(in crate::workflow) span: Option<Span>,
}

/// Finds the place of every verdict of an entry, whose current text has a name, in their order.
pub(in crate::workflow) fn placed<'s>(said: &'s [Said], now: Hash, texts: &Texts) -> Vec<Placed<'s>> {
    let points = CodePoints::new(&texts.now);
    let mut revised: BTreeMap<Hash, (CodePoints<'_>, Revised<'_>)> = BTreeMap::new();
    for (name, before) in &texts.before {
        if let Some(before) = before {
            revised.insert(*name, (CodePoints::new(before), Revised::new(before, &texts.now)));
        }
    }
    let place = |one: &'s Said| {
        let place = &one.mark.place;
        let kept = |points: &CodePoints<'_>| bytes_of(points, place.start, place.end);
        let (anchored, span) = if place.text == now {
            // A span that does not fit its own text was never right.
            kept(&points).map_or((Anchored::Orphaned, None), |span| (Anchored::Kept, Some(span)))
        } else {
            let found = revised.get(&place.text).and_then(|(before, revised)| {
                let span = kept(before)?;
                Some((revised.place(span), span))
            });
            match found {
                Some((Anchored::Kept, span)) => (Anchored::Kept, Some(span)),
                Some((anchored @ (Anchored::Moved(span) | Anchored::Edited(span)), _)) => (anchored, Some(span)),
                _ => (Anchored::Orphaned, None),
            }
        };
        Placed { said: one, anchored, span }
    };
    said.iter().map(place).collect()
}
