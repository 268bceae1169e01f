//! How many sentences, paragraphs and words there are: the denominators.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::AnalysisError;
use crate::table::Unit;

/// Sizes of every section of every entry that is counted.
#[derive(Debug, Clone)]
pub struct Units {
    frame: DataFrame,
}

impl Units {
    /// Takes a frame with the columns of a units part.
    pub(super) fn new(frame: DataFrame) -> Self {
        Self { frame }
    }

    /// Visits entry, section and number of units of every section; for entries the number is 1.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn each(&self, unit: Unit, mut visit: impl FnMut(u32, &str, u64)) -> Result<(), AnalysisError> {
        if self.frame.height() == 0 {
            return Ok(());
        }
        let entries = self.frame.column("entry")?.u32()?;
        let sections = self.frame.column("section")?.str()?;
        let counts = match unit {
            Unit::Sentence => Some("sentences"),
            Unit::Paragraph => Some("paragraphs"),
            Unit::Segment | Unit::Entry | Unit::Case => None,
        };
        let counts = counts.map(|name| self.frame.column(name)).transpose()?.map(|column| column.u32()).transpose()?;
        for (row, (entry, section)) in
            entries.into_no_null_iter().zip(sections.iter().map(Option::unwrap_or_default)).enumerate()
        {
            let count = counts.map_or(1, |counts| counts.get(row).unwrap_or_default());
            visit(entry, section, u64::from(count));
        }
        Ok(())
    }

    /// Returns sentences, paragraphs and words of all entries together.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn sums(&self) -> Result<[u64; 3], AnalysisError> {
        let mut sums = [0; 3];
        if self.frame.height() == 0 {
            return Ok(sums);
        }
        for (sum, name) in sums.iter_mut().zip(["sentences", "paragraphs", "words"]) {
            *sum = self.frame.column(name)?.u32()?.into_no_null_iter().map(u64::from).sum();
        }
        Ok(sums)
    }

    /// Returns the section titles in order of first sight, with the entries that have each.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn sections(&self) -> Result<Vec<(String, u64)>, AnalysisError> {
        let (mut order, mut seen) = (Vec::new(), BTreeMap::<String, std::collections::BTreeSet<u32>>::new());
        self.each(Unit::Entry, |entry, section, _| {
            if !seen.contains_key(section) {
                order.push(section.to_owned());
            }
            seen.entry(section.to_owned()).or_default().insert(entry);
        })?;
        let count = |title: &String| seen.get(title).map_or(0, |entries| entries.len() as u64);
        Ok(order
            .into_iter()
            .map(|title| {
                let n = count(&title);
                (title, n)
            })
            .collect())
    }
}
