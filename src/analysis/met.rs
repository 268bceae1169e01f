//! Which entries have which code, as rows of bits.

use std::collections::BTreeMap;

use super::{AnalysisError, Codings, bits::Bits};

/// The entries of every code that is met.
#[derive(Debug, Default)]
pub struct Met {
    by_code: BTreeMap<u32, Bits>,
}

impl Met {
    /// Adds a batch of codings.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn add(&mut self, codings: &Codings) -> Result<(), AnalysisError> {
        codings.each_code(|entry, code| self.by_code.entry(code).or_default().grow(entry as usize))
    }

    /// Tells whether an entry has any of some codes.
    pub fn has(&self, codes: &[u32], entry: u32) -> bool {
        codes.iter().filter_map(|code| self.by_code.get(code)).any(|bits| bits.has(entry as usize))
    }

    /// Returns the codes that are met.
    pub fn codes(&self) -> impl Iterator<Item = u32> {
        self.by_code.keys().copied()
    }
}
