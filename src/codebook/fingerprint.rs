//! What of a code decides which words it is suggested for.

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
        let one = |text: &str| Hash::of_parts(shared.iter().copied().chain([text]));
        code.rules.iter().map(|rule| one(&rule.text)).collect()
    }
}
