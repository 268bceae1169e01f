//! Suggestions and sizes brought up to date: only what a changed rule or entry touches is worked out again.

mod blocks;
mod renew;
mod sizes;

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock},
};

pub(super) use blocks::Block;
use blocks::{CodePart, blocks, sweep};
use renew::renew;

use super::{
    Progress, WorkflowError, Workspace,
    people::{People, Sums, people},
};
use crate::{
    analysis::{Met, Suggested, Tree, Units, read_units},
    codebook::Codebook,
    corpus::Entry,
    disk::private_folder,
    store::Head,
    table::Counts,
};

/// The folder of derived tables below `.themata`.
const CACHE: &str = "cache";

/// A study whose suggestions are those of its entries and codebook as they are now.
#[derive(Debug)]
pub struct Fresh {
    /// The codebook.
    pub codebook: Codebook,
    /// Warnings about it, rendered.
    pub warnings: Vec<String>,
    /// Rows of its tables.
    pub tree: Tree,
    /// Entries in corpus order, without their texts and without missing ones.
    pub heads: Vec<Head>,
    /// Entries whose source is gone.
    pub missing: Vec<Head>,
    /// What rules suggest.
    pub suggested: Suggested,
    /// What people say.
    pub people: People,
    /// Sizes of the entries.
    pub units: Units,
    /// Entries whose words were read now, because they or some rules are new or changed.
    pub read: usize,
    /// Place of every entry in corpus order, by number.
    order: BTreeMap<u32, usize>,
    distinct: OnceLock<(u64, u64)>,
    pub(super) known_sums: Mutex<BTreeMap<(Counts, String), Sums>>,
    pub(super) known_met: Mutex<BTreeMap<(Counts, String), Arc<Met>>>,
}

impl Fresh {
    /// Returns the entry of a number.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.heads.get(*self.order.get(&number)?).map(|head| &head.entry)
    }

    /// Returns the entry of a number with its hashes.
    pub fn head(&self, number: u32) -> Option<&Head> {
        self.heads.get(*self.order.get(&number)?)
    }

    /// Returns how many different segments rules suggest, each code's apart: what a person has to look at; and how many of
    /// these are negated.
    ///
    /// # Errors
    /// Fails when the cache cannot be read.
    pub fn suggestions(&self) -> Result<(u64, u64), WorkflowError> {
        if let Some(known) = self.distinct.get() {
            return Ok(*known);
        }
        let counted = self.suggested.distinct()?;
        Ok(*self.distinct.get_or_init(|| counted))
    }

    /// Gives themes and codes other labels by id, and returns those that they had.
    pub(super) fn relabel(&mut self, labels: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let codes = self.codebook.codes.iter_mut().map(|code| (code.id.to_string(), &mut code.label));
        let themes = self.codebook.themes.iter_mut().map(|theme| (theme.id.to_string(), &mut theme.label));
        let rows = self.tree.rows.iter_mut().map(|row| (row.id.clone(), &mut row.label));
        let mut before = BTreeMap::new();
        for (id, label) in codes.chain(themes).chain(rows) {
            if let Some(own) = labels.get(&id) {
                before.insert(id, std::mem::replace(label, own.clone()));
            }
        }
        before
    }

    /// Returns the place of every entry in corpus order, by number.
    pub fn order(&self) -> &BTreeMap<u32, usize> {
        &self.order
    }
}

/// Brings suggestions and sizes up to date with entries and codebook.
///
/// # Errors
/// Fails when the codebook has errors, or study file or cache cannot be used.
pub fn fresh(workspace: &mut Workspace, progress: &dyn Progress) -> Result<Fresh, WorkflowError> {
    let (codebook, warnings) = workspace.codebook()?;
    let own = workspace.codebook_override.is_none() && workspace.past.is_none();
    fresh_for(workspace, codebook, warnings, own, progress)
}

/// Works out what a codebook suggests, which need not be the study's `own`; the study file does not hear of it.
pub(super) fn fresh_for(
    workspace: &Workspace,
    codebook: Codebook,
    warnings: Vec<String>,
    own: bool,
    progress: &dyn Progress,
) -> Result<Fresh, WorkflowError> {
    let heads = workspace.store.heads(codebook.languages)?;
    let (missing, heads): (Vec<Head>, Vec<Head>) = heads.into_iter().partition(|head| head.missing);
    let cache = workspace.folder().join(CACHE);
    let failed = |source| WorkflowError::File { doing: "write", path: cache.clone(), source };
    private_folder(&cache).map_err(failed)?;
    let blocks = blocks(&codebook, &heads, &cache);
    let mut renewed = renew(workspace, &codebook, (&heads, &blocks), &cache, progress)?;
    let (suggested, units) = match read(&blocks) {
        Ok(parts) => parts,
        Err(_) => {
            // A damaged part is no loss: all of them follow from entries and rules.
            discard(&blocks);
            renewed += renew(workspace, &codebook, (&heads, &blocks), &cache, progress)?;
            read(&blocks)?
        }
    };
    let (people, verdicts) = people(workspace, &codebook, (&heads, &blocks), &cache, progress)?;
    if renewed.parts + verdicts.made > 0 && own {
        sweep(&cache, &blocks, verdicts.paths);
    }
    let tree = Tree::of(&codebook);
    let order = heads.iter().enumerate().map(|(place, head)| (head.entry.number, place)).collect();
    Ok(Fresh {
        codebook,
        warnings,
        tree,
        heads,
        missing,
        suggested,
        people,
        units,
        read: renewed.entries,
        order,
        distinct: OnceLock::new(),
        known_sums: Mutex::default(),
        known_met: Mutex::default(),
    })
}

/// Looks at all parts of all blocks.
fn read(blocks: &[Block<'_>]) -> Result<(Suggested, Units), WorkflowError> {
    let part = |part: &CodePart| (u32::try_from(part.code).unwrap_or(u32::MAX), part.path.clone());
    let parts = blocks.iter().map(|block| (block.entries(), block.codes.iter().map(part).collect())).collect();
    let units: Vec<PathBuf> = blocks.iter().map(|block| block.units.clone()).collect();
    Ok((Suggested::open(parts)?, read_units(&units)?))
}

/// Deletes all parts of all blocks; one that cannot be deleted is found again by whoever reads it.
fn discard(blocks: &[Block<'_>]) {
    for path in blocks.iter().flat_map(Block::parts) {
        fs::remove_file(path).unwrap_or_default();
    }
}
