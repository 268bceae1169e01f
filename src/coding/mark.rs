//! What a coder says about a stretch: coded, accepted, rejected, or none of it any more.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::id::{CodeId, CoderId, EntryId, Hash};

/// What a coder says about a code on a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Coded by hand.
    Coded,
    /// A suggestion that is right.
    Accepted,
    /// A suggestion that is wrong.
    Rejected,
    /// What was said before holds no longer.
    Removed,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 4] = [Self::Coded, Self::Accepted, Self::Rejected, Self::Removed];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Removed => "removed",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// Tells whether the stretch has the code.
    pub fn holds(self) -> bool {
        matches!(self, Self::Coded | Self::Accepted)
    }
}

/// A stretch of one text of an entry, and a code: what a verdict is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The entry.
    pub entry: EntryId,
    /// The text that was looked at, by the name under which its words are kept.
    pub text: Hash,
    /// First code point of that text.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// The code, under the id that it had.
    pub code: CodeId,
}

/// A verdict on a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it is about.
    pub place: Place,
    /// What is said.
    pub verdict: Verdict,
    /// Hash of the rule that had suggested it.
    pub rule: Option<Hash>,
    /// Said for all coders, after they talked about it.
    pub adjudicated: bool,
}

impl Mark {
    /// Returns the mark as it stands in an event.
    pub fn to_json(&self) -> Value {
        let place = &self.place;
        let mut value = json!({
            "code": place.code.as_str(), "end": place.end, "entry": place.entry.as_str(), "start": place.start,
            "text": place.text.to_string(), "verdict": self.verdict.word(),
        });
        let mut set = |name: &str, what: Value| value.as_object_mut().map(|map| map.insert(name.to_owned(), what));
        if let Some(rule) = self.rule {
            set("rule", json!(rule.to_string()));
        }
        if self.adjudicated {
            set("adjudicated", json!(true));
        }
        value
    }

    /// Reads a mark of an event; `None` when it is not one.
    pub fn from_json(value: &Value) -> Option<Self> {
        let verdict = Verdict::from_word(value.get("verdict")?.as_str()?)?;
        let rule = match value.get("rule") {
            Some(rule) => Some(Hash::from_hex(rule.as_str()?)?),
            None => None,
        };
        let adjudicated = value.get("adjudicated").and_then(Value::as_bool).unwrap_or_default();
        Some(Self { place: Place::from_json(value.as_object()?)?, verdict, rule, adjudicated })
    }
}

impl Place {
    /// Reads `entry`, `text`, `start`, `end` and `code`; `None` when one is missing or makes no sense.
    pub fn from_json(value: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str();
        let number = |name: &str| u32::try_from(value.get(name)?.as_u64()?).ok();
        let place = Self {
            entry: EntryId::new(text("entry")?),
            text: Hash::from_hex(text("text")?)?,
            start: number("start")?,
            end: number("end")?,
            code: CodeId::new(text("code")?),
        };
        (place.start < place.end).then_some(place)
    }

    /// Returns the place as it stands in an event.
    pub fn to_json(&self) -> Map<String, Value> {
        let pairs = [
            ("code", json!(self.code.as_str())),
            ("end", json!(self.end)),
            ("entry", json!(self.entry.as_str())),
            ("start", json!(self.start)),
            ("text", json!(self.text.to_string())),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// A mark as the log has it: who said it, in which act, under which codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Number of the act in the order of replay.
    pub act: u32,
    /// Who.
    pub coder: CoderId,
    /// What.
    pub mark: Mark,
    /// Fingerprint of the codebook in use.
    pub codebook: Hash,
}

/// Returns what holds: of everything that a coder said about a place, what was said last. In the order of entries and places.
pub fn standing(said: impl IntoIterator<Item = Said>) -> Vec<Said> {
    let mut last: BTreeMap<(Place, CoderId, bool), Said> = BTreeMap::new();
    for one in said {
        // What a coder says for all and what she says for herself are two things.
        let key = (one.mark.place.clone(), one.coder.clone(), one.mark.adjudicated);
        match last.get(&key) {
            Some(known) if known.act > one.act => {}
            _ => {
                last.insert(key, one);
            }
        }
    }
    last.into_values().filter(|one| one.mark.verdict != Verdict::Removed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(act: u32, coder: &str, start: u32, verdict: Verdict) -> Said {
        let place =
            Place { entry: EntryId::new("e"), text: Hash::of("t"), start, end: start + 5, code: CodeId::new("fear") };
        let mark = Mark { place, verdict, rule: Some(Hash::of("rule")), adjudicated: false };
        Said { act, coder: CoderId::new(coder), mark, codebook: Hash::of("c") }
    }

    #[test]
    fn reads_back() {
        let mut mark = said(1, "ana", 2, Verdict::Accepted).mark;
        assert_eq!(Mark::from_json(&mark.to_json()), Some(mark.clone()));
        (mark.rule, mark.adjudicated) = (None, true);
        assert_eq!(Mark::from_json(&mark.to_json()), Some(mark.clone()));
        assert_eq!(Place::from_json(&mark.place.to_json()), Some(mark.place.clone()));
        mark.place.end = mark.place.start;
        assert_eq!(Mark::from_json(&mark.to_json()), None);
    }

    #[test]
    fn the_last_word_of_each_coder_stands() {
        let all = [
            said(1, "ana", 0, Verdict::Coded),
            said(2, "ben", 0, Verdict::Rejected),
            said(3, "ana", 9, Verdict::Coded),
            said(5, "ana", 9, Verdict::Removed),
            said(4, "ben", 0, Verdict::Accepted),
        ];
        let words = |said: Vec<Said>| -> Vec<(u32, Verdict)> {
            said.into_iter().map(|one| (one.act, one.mark.verdict)).collect()
        };
        let expected = [(1, Verdict::Coded), (4, Verdict::Accepted)];
        assert_eq!(words(standing(all.clone())), expected);
        assert_eq!(words(standing(all.into_iter().rev())), expected);
    }
}
