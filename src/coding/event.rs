//! What happened to a study, one fact at a time; everything else follows by replay.
//!
//! Events hold ids, hashes and decisions, never words: texts and records lie in blobs named by hash.

use serde_json::{Map, Value, json};

use crate::id::Hash;

/// What an event says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A source was read: `record` holds its path, hash and the ids of its entries in order.
    SourceRead,
    /// A source is no longer there.
    SourceGone,
    /// An entry was seen for the first time: `entry`, `text`, `record`.
    EntryAdded,
    /// An entry's text changed: `entry`, `text`, `record`.
    EntryRevised,
    /// An entry's place, date or attributes changed: `entry`, `record`.
    EntryRecorded,
    /// An entry's source no longer holds it: `entry`.
    EntryMissing,
    /// A missing entry is there again: `entry`, `record`.
    EntryFound,
    /// The case register was read: `record`.
    CasesRead,
    /// A codebook was met for the first time: `codebook` (fingerprint), `record` (the file).
    CodebookSeen,
}

impl EventKind {
    /// Every kind with its name in the log.
    pub const NAMES: [(&str, Self); 9] = [
        ("source.read", Self::SourceRead),
        ("source.gone", Self::SourceGone),
        ("entry.added", Self::EntryAdded),
        ("entry.revised", Self::EntryRevised),
        ("entry.recorded", Self::EntryRecorded),
        ("entry.missing", Self::EntryMissing),
        ("entry.found", Self::EntryFound),
        ("cases.read", Self::CasesRead),
        ("codebook.seen", Self::CodebookSeen),
    ];

    /// Returns the name in the log.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Reads a name of the log.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// One fact, with what its writer knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// One more than the highest counter its copy knew (Lamport 1978).
    pub lamport: u64,
    /// Events that nothing followed yet when this one was written.
    pub parents: Vec<Hash>,
    /// What it says.
    pub kind: EventKind,
    /// Who did it: a coder's id, or empty when nobody was named.
    pub by: String,
    /// When, by the clock of that machine; only shown.
    pub at: String,
    /// Ids and hashes by name.
    pub body: Map<String, Value>,
}

impl Event {
    /// Returns the content that the id is the hash of: JSON with sorted keys and no blanks.
    pub fn canonical(&self) -> String {
        let parents: Vec<String> = self.parents.iter().map(Hash::to_string).collect();
        let mut body: Vec<_> = self.body.iter().collect();
        body.sort_by_key(|(name, _)| name.as_str());
        let body: Map<String, Value> = body.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        json!({
            "at": self.at, "body": body, "by": self.by, "kind": self.kind.name(),
            "lamport": self.lamport, "parents": parents,
        })
        .to_string()
    }

    /// Returns the event's id.
    pub fn id(&self) -> Hash {
        Hash::of(self.canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_depends_on_content_and_not_on_key_order() {
        let body = |pairs: [(&str, &str); 2]| pairs.map(|(k, v)| (k.to_owned(), json!(v))).into_iter().collect();
        let event = |body| Event {
            lamport: 1,
            parents: vec![Hash::of("a")],
            kind: EventKind::EntryAdded,
            by: "ana".to_owned(),
            at: "2018-01-01T00:00:00Z".to_owned(),
            body,
        };
        let one = event(body([("entry", "e"), ("text", "t")]));
        assert_eq!(one.id(), event(body([("text", "t"), ("entry", "e")])).id());
        assert_ne!(one.id(), event(body([("entry", "e"), ("text", "u")])).id());
        assert_ne!(one.id(), Event { parents: Vec::new(), ..one.clone() }.id());
    }

    #[test]
    fn names_read_back() {
        for (name, kind) in EventKind::NAMES {
            assert_eq!((EventKind::from_name(name), kind.name()), (Some(kind), name));
        }
    }
}
