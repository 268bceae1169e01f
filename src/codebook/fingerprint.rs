//! What of a code decides which words it is suggested for.

use super::{Code, Codebook};
use crate::id::Hash;

impl Codebook {
    /// Hashes everything about a code that can change its suggestions, so that an edited definition leaves them as they are.
    pub fn rule_fingerprint(&self, code: &Code) -> Hash {
        let mut parts: Vec<&str> = vec![
            "rules-1",
            code.id.as_str(),
            code.negation.word(),
            code.unit.word(),
            code.within.word(),
            self.fallback_language().code(),
            if self.leading_wildcards { "leading" } else { "" },
        ];
        parts.extend(code.rules.iter().map(|rule| rule.text.as_str()));
        parts.push("except");
        parts.extend(code.except.iter().map(|rule| rule.text.as_str()));
        Hash::of_parts(parts)
    }
}
