//! What of a code decides which words it is suggested for.

use std::collections::BTreeMap;

use super::{Code, Codebook};
use crate::{id::Hash, text::Language};

impl Code {
    /// Hashes what coders go by: definition, inclusion and exclusion. When it changes, earlier codings must be looked at again
    /// (methods §1.1); label, rules and examples do not change what the code means.
    pub fn definition_fingerprint(&self) -> Hash {
        let mut parts: Vec<&str> = vec!["definition-1"];
        parts.push(self.short.as_deref().unwrap_or_default());
        parts.push(self.definition.as_deref().unwrap_or_default());
        parts.push("include");
        parts.extend(self.include.iter().map(String::as_str));
        for exclusion in &self.exclude {
            parts.extend(["exclude", exclusion.text.as_str()]);
            parts.push(exclusion.instead.as_ref().map_or("", |code| code.as_str()));
        }
        Hash::of_parts(parts)
    }
}

impl Codebook {
    /// Hashes, for each rule of a code, everything that can change its suggestions, so that an edited definition leaves them
    /// as they are and an edited rule leaves those of the others.
    pub fn rule_fingerprints(&self, code: &Code) -> Vec<Hash> {
        let mut shared: Vec<&str> = vec![
            "rule-2",
            code.id.as_str(),
            code.negation.word(),
            code.unit.word(),
            code.within.word(),
            if self.leading_wildcards { "leading" } else { "" },
        ];
        let languages: Vec<&str> = self.languages.iter().map(Language::code).collect();
        shared.extend(languages);
        shared.extend(code.except.iter().map(|rule| rule.text.as_str()));
        // A rule that stands twice is two: which of them a suggestion is of must not depend on what was there before.
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut hashes = Vec::with_capacity(code.rules.len());
        for rule in &code.rules {
            let times = seen.entry(&rule.text).or_default();
            *times += 1;
            let again = (*times > 1).then(|| times.to_string());
            let own = [rule.text.as_str()].into_iter().chain(again.as_deref());
            hashes.push(Hash::of_parts(shared.iter().copied().chain(own)));
        }
        hashes
    }
}
