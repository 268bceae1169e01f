//! Suggestions and sizes brought up to date: only what a changed rule or entry touches is worked out again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use rayon::prelude::*;

use super::{Progress, WorkflowError, Workspace};
use crate::{
    analysis::{
        Codings, SuggestionPart, Tree, UnitPart, Units, read_suggestions, read_units, write_suggestions, write_units,
    },
    codebook::Codebook,
    corpus::Entry,
    id::Hash,
    matching::{EVALUATOR, Matcher, Scanners},
    store::Head,
    text::{Language, Outline, SEGMENTATION, STEMMER, outline, tokens},
};

/// The folder of derived tables below `.themata`.
const CACHE: &str = "cache";

/// Entries whose numbers agree but for the last twelve bits are one block.
const BLOCK_BITS: u32 = 12;

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
    pub codings: Codings,
    /// Different segments that rules suggest, each code's apart: what a person has to look at.
    pub suggestions: u64,
    /// Sizes of the entries.
    pub units: Units,
    /// Parts of the cache that were worked out now.
    pub renewed: usize,
    /// Place of every entry in corpus order, by number.
    order: BTreeMap<u32, usize>,
}

impl Fresh {
    /// Returns the entry of a number.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.heads.get(*self.order.get(&number)?).map(|head| &head.entry)
    }

    /// Returns the place of every entry in corpus order, by number.
    pub fn order(&self) -> &BTreeMap<u32, usize> {
        &self.order
    }
}

/// A block of entries with the places of its parts.
struct Block<'h> {
    heads: Vec<&'h Head>,
    units: PathBuf,
    /// Index of the code and its part.
    codes: Vec<(usize, PathBuf)>,
}

/// Brings suggestions and sizes up to date with entries and codebook.
///
/// # Errors
/// Fails when the codebook has errors, or study file or cache cannot be used.
pub fn fresh(workspace: &mut Workspace, progress: &dyn Progress) -> Result<Fresh, WorkflowError> {
    let (codebook, warnings) = workspace.codebook()?;
    let heads = workspace.store.heads(codebook.fallback_language())?;
    let (missing, heads): (Vec<Head>, Vec<Head>) = heads.into_iter().partition(|head| head.missing);
    let cache = workspace.folder().join(CACHE);
    let failed = |source| WorkflowError::File { doing: "write", path: cache.clone(), source };
    fs::create_dir_all(&cache).map_err(failed)?;
    let blocks = blocks(&codebook, &heads, &cache);
    let mut renewed = renew(workspace, &codebook, &blocks, progress)?;
    let (codings, units) = match read(&blocks) {
        Ok(parts) => parts,
        Err(_) => {
            // A damaged part is no loss: all of them follow from entries and rules.
            discard(&blocks);
            renewed += renew(workspace, &codebook, &blocks, progress)?;
            read(&blocks)?
        }
    };
    if renewed > 0 && workspace.codebook_override.is_none() {
        sweep(&cache, &blocks);
    }
    let suggestions = codings.distinct()?;
    let tree = Tree::of(&codebook);
    let order = heads.iter().enumerate().map(|(place, head)| (head.entry.number, place)).collect();
    Ok(Fresh { codebook, warnings, tree, heads, missing, codings, suggestions, units, renewed, order })
}

/// Reads all parts of all blocks.
fn read(blocks: &[Block<'_>]) -> Result<(Codings, Units), WorkflowError> {
    let codes = blocks.iter().flat_map(|block| &block.codes);
    let parts: Vec<(u32, PathBuf)> =
        codes.map(|(code, path)| (u32::try_from(*code).unwrap_or(u32::MAX), path.clone())).collect();
    let units: Vec<PathBuf> = blocks.iter().map(|block| block.units.clone()).collect();
    Ok((read_suggestions(&parts)?, read_units(&units)?))
}

/// Deletes all parts of all blocks; one that cannot be deleted is found again by whoever reads it.
fn discard(blocks: &[Block<'_>]) {
    for path in blocks.iter().flat_map(|block| block.codes.iter().map(|(_, path)| path).chain([&block.units])) {
        fs::remove_file(path).unwrap_or_default();
    }
}

/// Cuts the study into blocks; a part's name is the hash of all that decides what is in it.
fn blocks<'h>(codebook: &Codebook, heads: &'h [Head], cache: &std::path::Path) -> Vec<Block<'h>> {
    let mut by_number: BTreeMap<u32, Vec<&Head>> = BTreeMap::new();
    for head in heads {
        by_number.entry(head.entry.number >> BLOCK_BITS).or_default().push(head);
    }
    let running: Vec<(usize, Hash)> = codebook
        .codes
        .iter()
        .enumerate()
        .filter(|(_, code)| codebook.running().any(|running| running.id == code.id))
        .map(|(index, code)| (index, codebook.rule_fingerprint(code)))
        .collect();
    let block = |mut heads: Vec<&'h Head>| {
        heads.sort_by_key(|head| head.entry.number);
        let mut parts: Vec<Vec<u8>> = vec![SEGMENTATION.as_bytes().to_vec()];
        for head in &heads {
            parts.push(head.entry.number.to_le_bytes().to_vec());
            parts.push(head.sha256.as_bytes().to_vec());
            parts.push(head.entry.language.code().as_bytes().to_vec());
        }
        let texts = Hash::of_parts(parts);
        let part = |(index, rules): &(usize, Hash)| {
            let own = [texts.as_bytes().as_slice(), rules.as_bytes(), EVALUATOR.as_bytes(), STEMMER.as_bytes()];
            (*index, cache.join(format!("suggestions-{}.parquet", Hash::of_parts(own).short())))
        };
        let codes = running.iter().map(part).collect();
        Block { heads, units: cache.join(format!("units-{}.parquet", texts.short())), codes }
    };
    by_number.into_values().map(block).collect()
}

/// Works out the parts that are not there; returns how many.
fn renew(
    workspace: &Workspace,
    codebook: &Codebook,
    blocks: &[Block<'_>],
    progress: &dyn Progress,
) -> Result<usize, WorkflowError> {
    let stale = |block: &&Block<'_>| !block.units.exists() || block.codes.iter().any(|(_, path)| !path.exists());
    let stale: Vec<&Block<'_>> = blocks.iter().filter(stale).collect();
    let entries: usize = stale.iter().map(|block| block.heads.len()).sum();
    if stale.is_empty() {
        return Ok(0);
    }
    progress.begin("matching", Some(entries as u64));
    let mut renewed = 0;
    for block in stale {
        renewed += renew_block(workspace, codebook, block, progress)?;
    }
    progress.end();
    Ok(renewed)
}

fn renew_block(
    workspace: &Workspace,
    codebook: &Codebook,
    block: &Block<'_>,
    progress: &dyn Progress,
) -> Result<usize, WorkflowError> {
    let missing: Vec<&(usize, PathBuf)> = block.codes.iter().filter(|(_, path)| !path.exists()).collect();
    let codes: Vec<usize> = missing.iter().map(|(code, _)| *code).collect();
    let matcher = Matcher::for_codes(codebook, &codes);
    let mut texts = Vec::with_capacity(block.heads.len());
    for head in &block.heads {
        texts.push((head.entry.number, head.entry.language, workspace.store.text(head.entry.number)?));
    }
    let scanners = Scanners::new(&matcher);
    let scan = |(number, language, text): &(u32, Language, String)| {
        let outline = outline(text, *language);
        let suggestions = scanners.with(|scanner| scanner.scan(text, &outline, *language));
        progress.advance(1);
        (*number, sizes(*number, text, &outline), suggestions, outline.sections)
    };
    let scanned: Vec<_> = texts.par_iter().map(scan).collect();
    let mut by_code: BTreeMap<usize, Vec<SuggestionPart>> = BTreeMap::new();
    let mut units = Vec::new();
    for (entry, sizes, suggestions, sections) in scanned {
        units.extend(sizes);
        for suggestion in suggestions {
            let section =
                sections.get(suggestion.section as usize).map(|section| section.title.clone()).unwrap_or_default();
            by_code.entry(suggestion.code).or_default().push(SuggestionPart { entry, suggestion, section });
        }
    }
    for (code, path) in &missing {
        write_suggestions(path, &by_code.remove(code).unwrap_or_default())?;
    }
    if !block.units.exists() {
        write_units(&block.units, &units)?;
    }
    Ok(missing.len() + 1)
}

/// Counts sentences, paragraphs and words of every section; an entry without a paragraph has one section of size 0.
fn sizes(entry: u32, text: &str, outline: &Outline) -> Vec<UnitPart> {
    let mut parts: BTreeMap<u32, UnitPart> = BTreeMap::new();
    for paragraph in &outline.paragraphs {
        let title =
            outline.sections.get(paragraph.section as usize).map(|section| section.title.clone()).unwrap_or_default();
        let part = parts.entry(paragraph.section).or_insert(UnitPart {
            entry,
            section: title,
            sentences: 0,
            paragraphs: 0,
            words: 0,
        });
        part.paragraphs += 1;
    }
    for sentence in &outline.sentences {
        let section = outline.paragraphs.get(sentence.paragraph as usize).map_or(0, |paragraph| paragraph.section);
        if let Some(part) = parts.get_mut(&section) {
            part.sentences += 1;
            part.words += u32::try_from(tokens(sentence.span.of(text)).len()).unwrap_or(u32::MAX);
        }
    }
    if parts.is_empty() {
        return vec![UnitPart { entry, section: String::new(), sentences: 0, paragraphs: 0, words: 0 }];
    }
    parts.into_values().collect()
}

/// Deletes parts that belong to no entry and code as they are now.
fn sweep(cache: &std::path::Path, blocks: &[Block<'_>]) {
    let kept: BTreeSet<PathBuf> = blocks
        .iter()
        .flat_map(|block| block.codes.iter().map(|(_, path)| path).chain([&block.units]))
        .cloned()
        .collect();
    let Ok(files) = fs::read_dir(cache) else { return };
    for file in files.flatten().map(|file| file.path()) {
        if file.extension().is_some_and(|ending| ending == "parquet") && !kept.contains(&file) {
            // Only room is lost when this fails.
            fs::remove_file(&file).unwrap_or_default();
        }
    }
}
