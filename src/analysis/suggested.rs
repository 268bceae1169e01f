//! What rules suggest, block by block: a block's parts are read when they are needed, so that memory is bounded by a block.

use std::{ops::Range, path::PathBuf};

use rayon::prelude::*;

use super::{
    AnalysisError, Coded, Codings,
    parts::{self, KEPT},
};

/// The parts of the cache that hold suggestions, by block of entries.
#[derive(Debug, Clone, Default)]
pub struct Suggested {
    blocks: Vec<Block>,
}

/// The numbers of a block's entries, and the part of each code by its index.
pub type BlockParts = (Range<u32>, Vec<(u32, PathBuf)>);

/// The suggestions of all codes in a range of entries.
#[derive(Debug, Clone)]
struct Block {
    entries: Range<u32>,
    /// The part of each code that has suggestions.
    parts: Vec<(u32, PathBuf)>,
    /// Read already.
    kept: Option<Codings>,
}

impl Suggested {
    /// Looks at the parts of all blocks, each with the numbers of its entries. Small ones are read now.
    ///
    /// # Errors
    /// Fails when a part cannot be read.
    pub fn open(blocks: Vec<BlockParts>) -> Result<Self, AnalysisError> {
        let mut all = 0;
        let mut looked = Vec::new();
        for (entries, paths) in blocks {
            let rows: Vec<usize> = paths.par_iter().map(|(_, path)| parts::rows(path)).collect::<Result<_, _>>()?;
            all += rows.iter().sum::<usize>();
            let parts = paths.into_iter().zip(rows).filter(|(_, rows)| *rows > 0).map(|(part, _)| part).collect();
            looked.push(Block { entries, parts, kept: None });
        }
        if all < KEPT {
            for block in &mut looked {
                block.kept = Some(parts::read_suggestions(&block.parts)?);
            }
        }
        Ok(Self { blocks: looked })
    }

    /// Returns the numbers of the entries of every block.
    pub fn blocks(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        self.blocks.iter().map(|block| block.entries.clone())
    }

    /// Reads the suggestions of one block, of some codes or all, with these columns at least.
    ///
    /// # Errors
    /// Fails when a part cannot be read.
    pub fn block(&self, at: usize, codes: Option<&[u32]>, columns: &[&str]) -> Result<Codings, AnalysisError> {
        let Some(block) = self.blocks.get(at) else { return Ok(Codings::default()) };
        if let Some(kept) = &block.kept {
            return codes.map_or_else(|| Ok(kept.clone()), |codes| kept.of_codes(codes));
        }
        let wanted = |code: &u32| codes.is_none_or(|codes| codes.contains(code));
        let parts: Vec<(u32, PathBuf)> = block.parts.iter().filter(|(code, _)| wanted(code)).cloned().collect();
        parts::read_columns(&parts, columns)
    }

    /// Returns the suggestions of some codes that `wanted` takes by entry and section, in no particular order.
    ///
    /// # Errors
    /// Fails when a part cannot be read.
    pub fn select(&self, codes: &[u32], wanted: impl Fn(u32, &str) -> bool) -> Result<Vec<Coded>, AnalysisError> {
        let mut found = Vec::new();
        for at in 0..self.blocks.len() {
            found.extend(self.block(at, Some(codes), Codings::ALL)?.select(codes, &wanted)?);
        }
        Ok(found)
    }

    /// Returns how many different segments are suggested, each code's apart, and how many of them are negated.
    ///
    /// # Errors
    /// Fails when a part cannot be read.
    pub fn distinct(&self) -> Result<(u64, u64), AnalysisError> {
        let mut sums = (0, 0);
        for at in 0..self.blocks.len() {
            let (all, negated) = self.block(at, None, &["entry", "start", "end", "negated"])?.distinct()?;
            sums = (sums.0 + all, sums.1 + negated);
        }
        Ok(sums)
    }
}
