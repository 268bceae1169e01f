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
    /// A codebook is in use that was not before: `codebook` (fingerprint), `record` (the file); with `aside` one that was only asked for.
    CodebookSeen,
    /// A person coded stretches: `codebook`, `marks`.
    CodingAdded,
    /// A person took codings away: `codebook`, `marks`.
    CodingRemoved,
    /// A person gave a coding another stretch: `codebook`, `marks` (the old one removed, the new one coded).
    CodingMoved,
    /// A person looked at codings again and stands by them: `codebook`, `marks`.
    CodingConfirmed,
    /// A person accepted suggestions: `codebook`, `marks`.
    SuggestionAccepted,
    /// A person rejected suggestions: `codebook`, `marks`.
    SuggestionRejected,
    /// A person wrote or changed a memo: `memo` (for a change, the first event), `on`, `kind`, `words`.
    MemoWritten,
    /// A person took a memo away: `memo`.
    MemoRemoved,
    /// A person marked a coding as exemplar, or took the mark away: `entry`, `text`, `start`, `end`, `code`, `on`.
    ExemplarMarked,
    /// A person has read an entry in full, or says otherwise: `entry`, `text`, `on`.
    EntryRead,
    /// A code got another id: `code`, `into`, `before`, `after` (fingerprints).
    CodeRenamed,
    /// A code became part of another: `code`, `into`, `before`, `after`.
    CodeMerged,
    /// A code gave some of its codings to a new one: `code`, `into`, `before`, `after`, `places`.
    CodeSplit,
    /// A code is no longer suggested: `code`, `before`, `after`.
    CodeRetired,
    /// A coder took back own acts: `acts`.
    ActUndone,
    /// A coder took the taking back: `acts` (the events that undid).
    ActRedone,
    /// A person chose between texts or records of an entry that two copies changed: `entry`, `text`, `record`.
    RevisionChosen,
    /// A participant withdrew: `entry`, `names` of the words that are gone.
    EntryForgotten,
}

impl EventKind {
    /// Every kind with its name in the log.
    pub const NAMES: [(&str, Self); 27] = [
        ("source.read", Self::SourceRead),
        ("source.gone", Self::SourceGone),
        ("entry.added", Self::EntryAdded),
        ("entry.revised", Self::EntryRevised),
        ("entry.recorded", Self::EntryRecorded),
        ("entry.missing", Self::EntryMissing),
        ("entry.found", Self::EntryFound),
        ("cases.read", Self::CasesRead),
        ("codebook.seen", Self::CodebookSeen),
        ("coding.added", Self::CodingAdded),
        ("coding.removed", Self::CodingRemoved),
        ("coding.moved", Self::CodingMoved),
        ("coding.confirmed", Self::CodingConfirmed),
        ("suggestion.accepted", Self::SuggestionAccepted),
        ("suggestion.rejected", Self::SuggestionRejected),
        ("memo.written", Self::MemoWritten),
        ("memo.removed", Self::MemoRemoved),
        ("exemplar.marked", Self::ExemplarMarked),
        ("entry.read", Self::EntryRead),
        ("code.renamed", Self::CodeRenamed),
        ("code.merged", Self::CodeMerged),
        ("code.split", Self::CodeSplit),
        ("code.retired", Self::CodeRetired),
        ("act.undone", Self::ActUndone),
        ("act.redone", Self::ActRedone),
        ("revision.chosen", Self::RevisionChosen),
        ("entry.forgotten", Self::EntryForgotten),
    ];

    /// Returns the name in the log.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Tells whether a coder can take it back: codings, decisions, memos, marks and operations on the codebook.
    pub fn is_act(self) -> bool {
        !matches!(
            self,
            Self::SourceRead
                | Self::SourceGone
                | Self::EntryAdded
                | Self::EntryRevised
                | Self::EntryRecorded
                | Self::EntryMissing
                | Self::EntryFound
                | Self::CasesRead
                | Self::CodebookSeen
                | Self::ActUndone
                | Self::ActRedone
                | Self::RevisionChosen
                | Self::EntryForgotten
        )
    }

    /// Tells whether it gives verdicts on stretches.
    pub fn has_marks(self) -> bool {
        matches!(
            self,
            Self::CodingAdded
                | Self::CodingRemoved
                | Self::CodingMoved
                | Self::CodingConfirmed
                | Self::SuggestionAccepted
                | Self::SuggestionRejected
        )
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

    /// Reads the content of an event, as [`Event::canonical`] writes it; `None` when it is not one.
    pub fn parse(content: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(content).ok()?;
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let parents: Option<Vec<Hash>> =
            value.get("parents")?.as_array()?.iter().map(|parent| Hash::from_hex(parent.as_str()?)).collect();
        let event = Self {
            lamport: value.get("lamport")?.as_u64()?,
            parents: parents?,
            kind: EventKind::from_name(&text("kind")?)?,
            by: text("by")?,
            at: text("at")?,
            body: value.get("body")?.as_object()?.clone(),
        };
        Some(event)
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
    fn content_reads_back() {
        let body = [("marks".to_owned(), json!([{ "start": 1 }])), ("codebook".to_owned(), json!("c"))];
        let event = Event {
            lamport: 7,
            parents: vec![Hash::of("a"), Hash::of("b")],
            kind: EventKind::SuggestionAccepted,
            by: "ana".to_owned(),
            at: "2018-01-01T00:00:00Z".to_owned(),
            body: body.into_iter().collect(),
        };
        let read = Event::parse(&event.canonical()).unwrap();
        assert_eq!((read.canonical(), read.id()), (event.canonical(), event.id()));
        assert_eq!(Event::parse("{}"), None);
    }

    #[test]
    fn names_read_back() {
        for (name, kind) in EventKind::NAMES {
            assert_eq!((EventKind::from_name(name), kind.name()), (Some(kind), name));
        }
    }
}
