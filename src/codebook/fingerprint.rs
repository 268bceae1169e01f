//! What of a code decides which words it is suggested for.

use std::collections::BTreeMap;

use super::{Code, Codebook};
use crate::{id::Hash, text::Language};

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
