//! How many sentences, paragraphs and words there are: the denominators.

use polars::prelude::DataFrame;

use super::{AnalysisError, UnitPart};
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
            Unit::Segment | Unit::Entry | Unit::Case | Unit::Participant | Unit::Code => None,
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

    /// Returns the sizes one by one, as they were written.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn parts(&self) -> Result<Vec<UnitPart>, AnalysisError> {
        if self.frame.height() == 0 {
            return Ok(Vec::new());
        }
        let number = |name: &str| -> Result<Vec<u32>, AnalysisError> {
            Ok(self.frame.column(name)?.u32()?.into_no_null_iter().collect())
        };
        let (entries, sentences, paragraphs, words) =
            (number("entry")?, number("sentences")?, number("paragraphs")?, number("words")?);
        let marks = self.frame.column("mark")?.u64()?;
        let sections = self.frame.column("section")?.str()?;
        let part = |row: usize| UnitPart {
            entry: entries[row],
            mark: marks.get(row).unwrap_or_default(),
            section: sections.get(row).unwrap_or_default().to_owned(),
            sentences: sentences[row],
            paragraphs: paragraphs[row],
            words: words[row],
        };
        Ok((0..entries.len()).map(part).collect())
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
            let chunks = self.frame.column(name)?.u32()?.downcast_iter();
            *sum = chunks.flat_map(|chunk| chunk.values().iter()).map(|n| u64::from(*n)).sum();
        }
        Ok(sums)
    }
}
