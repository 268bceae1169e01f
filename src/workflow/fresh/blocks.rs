//! The parts of the cache by name: a block of entries with the parts of its codes, and what earlier states left.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    ops::Range,
    path::{Path, PathBuf},
};

use crate::{
    codebook::Codebook,
    disk::Beside,
    id::Hash,
    matching::EVALUATOR,
    store::Head,
    text::{SEGMENTATION, STEMMER},
};

/// Entries whose numbers agree but for the last fourteen bits are one block.
const BLOCK_BITS: u32 = 14;

/// A block of entries with the places of its parts; a part's name says all that decides what is in it.
pub(in crate::workflow) struct Block<'h> {
    /// The entries, by number.
    pub(in crate::workflow) heads: Vec<&'h Head>,
    /// Sizes of the entries.
    pub(super) units: PathBuf,
    /// What the rules of each running code suggest.
    pub(super) codes: Vec<CodePart>,
    number: u32,
    texts: String,
}

/// The suggestions of one code in one block.
pub(super) struct CodePart {
    /// Index of the code in the codebook.
    pub(super) code: usize,
    /// Hash of each of its rules.
    pub(super) rules: Vec<Hash>,
    /// The part.
    pub(super) path: PathBuf,
    name: String,
    rules_name: String,
}

/// Cuts the study into blocks.
pub(super) fn blocks<'h>(codebook: &Codebook, heads: &'h [Head], cache: &Path) -> Vec<Block<'h>> {
    let mut by_number: BTreeMap<u32, Vec<&Head>> = BTreeMap::new();
    for head in heads {
        by_number.entry(head.entry.number >> BLOCK_BITS).or_default().push(head);
    }
    let running: BTreeSet<&str> = codebook.running().map(|code| code.id.as_str()).collect();
    let rules_of = |(index, code): (usize, &crate::codebook::Code)| {
        let rules = codebook.rule_fingerprints(code);
        let own = rules.iter().map(Hash::as_bytes).map(<[u8; 32]>::as_slice);
        let all = Hash::of_parts([EVALUATOR.as_bytes(), STEMMER.as_bytes()].into_iter().chain(own));
        (index, Hash::of(code.id.as_str()).short(), all.short(), rules)
    };
    let codes: Vec<_> = codebook
        .codes
        .iter()
        .enumerate()
        .filter(|(_, code)| running.contains(code.id.as_str()))
        .map(rules_of)
        .collect();
    let block = |(number, mut heads): (u32, Vec<&'h Head>)| {
        heads.sort_by_key(|head| head.entry.number);
        let of_entry = |head: &&Head| [head.entry.number.to_le_bytes().as_slice(), &head.mark().to_le_bytes()].concat();
        let parts = std::iter::once(SEGMENTATION.as_bytes().to_vec()).chain(heads.iter().map(of_entry));
        let texts = Hash::of_parts(parts).short();
        let part = |(code, name, rules_name, rules): &(usize, String, String, Vec<Hash>)| CodePart {
            code: *code,
            rules: rules.clone(),
            path: cache.join(format!("suggestions-{number:05x}-{name}-{rules_name}-{texts}.part")),
            name: name.clone(),
            rules_name: rules_name.clone(),
        };
        let units = cache.join(format!("units-{number:05x}-{texts}.part"));
        Block { codes: codes.iter().map(part).collect(), heads, units, number, texts }
    };
    by_number.into_iter().map(block).collect()
}

impl Block<'_> {
    /// Returns the numbers that its entries can have.
    pub(super) fn entries(&self) -> Range<u32> {
        self.number << BLOCK_BITS..(self.number + 1) << BLOCK_BITS
    }

    /// Returns the place for what people say in it, by a hash of that.
    pub(in crate::workflow) fn verdicts(&self, cache: &Path, said: Hash) -> PathBuf {
        cache.join(format!("verdicts-{:05x}-{}-{}.part", self.number, said.short(), self.texts))
    }

    /// Returns all parts of what rules suggest, and the sizes.
    pub(super) fn parts(&self) -> impl Iterator<Item = &PathBuf> {
        self.codes.iter().map(|part| &part.path).chain([&self.units])
    }
}

impl CodePart {
    /// Returns where the hashes of its rules are written, so that a later state knows which of them it shares.
    fn list(&self, cache: &Path) -> PathBuf {
        cache.join(format!("{}-{}.rules", self.name, self.rules_name))
    }

    /// Writes the hashes of its rules.
    pub(super) fn write_list(&self, cache: &Path) -> std::io::Result<()> {
        let path = self.list(cache);
        if path.exists() {
            return Ok(());
        }
        let beside = Beside::own(&path);
        let rules: String = self.rules.iter().map(|rule| format!("{rule}\n")).collect();
        beside.create()?.write_all(rules.as_bytes())?;
        beside.put()
    }
}

/// What earlier states of a study left in the cache.
pub(super) struct Left {
    cache: PathBuf,
    names: BTreeSet<String>,
}

impl Left {
    /// Looks into the cache.
    pub(super) fn look(cache: &Path) -> Self {
        let files = fs::read_dir(cache).into_iter().flatten().flatten();
        Self {
            cache: cache.to_path_buf(),
            names: files.filter_map(|file| file.file_name().into_string().ok()).collect(),
        }
    }

    fn beginning<'s>(&'s self, with: &'s str) -> impl DoubleEndedIterator<Item = &'s String> {
        self.names
            .range(with.to_owned()..)
            .take_while(move |name| name.starts_with(with))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Returns the sizes of a block: as it is now, or as it was, with the name of its texts.
    pub(super) fn units(&self, block: &Block<'_>) -> Option<(String, PathBuf)> {
        if block.units.exists() {
            return Some((block.texts.clone(), block.units.clone()));
        }
        let prefix = format!("units-{:05x}-", block.number);
        let name = self.beginning(&prefix).next_back()?;
        let texts = name.strip_prefix(&prefix)?.strip_suffix(".part")?;
        Some((texts.to_owned(), self.cache.join(name)))
    }

    /// Returns a part of the same code over some texts, with the hashes of the rules that made it; one of the same rules if any.
    pub(super) fn suggestions(&self, block: &Block<'_>, part: &CodePart, texts: &str) -> Option<(Vec<Hash>, PathBuf)> {
        let prefix = format!("suggestions-{:05x}-{}-", block.number, part.name);
        let ending = format!("-{texts}.part");
        let rules = |name: &'_ String| Some(name.strip_prefix(&prefix)?.strip_suffix(&ending)?.to_owned());
        let fitting: Vec<(String, &String)> =
            self.beginning(&prefix).filter_map(|name| Some((rules(name)?, name))).collect();
        let same = fitting.iter().find(|(rules, _)| *rules == part.rules_name);
        let (rules, name) = same.or(fitting.last())?;
        let list = fs::read_to_string(self.cache.join(format!("{}-{rules}.rules", part.name))).ok()?;
        let hashes: Option<Vec<Hash>> = list.lines().map(Hash::from_hex).collect();
        Some((hashes?, self.cache.join(name)))
    }
}

/// Deletes what belongs to no entry and code as they are now.
pub(super) fn sweep(cache: &Path, blocks: &[Block<'_>], verdicts: Vec<PathBuf>) {
    let lists = blocks.iter().flat_map(|block| &block.codes).map(|part| part.list(cache));
    let kept: BTreeSet<PathBuf> = blocks.iter().flat_map(Block::parts).cloned().chain(lists).chain(verdicts).collect();
    let Ok(files) = fs::read_dir(cache) else { return };
    for file in files.flatten().map(|file| file.path()) {
        // Earlier versions of the program had `parquet`.
        let ours = file.extension().is_some_and(|ending| ["part", "rules", "parquet"].iter().any(|own| ending == *own));
        if ours && !kept.contains(&file) {
            // Only room is lost when this fails.
            fs::remove_file(&file).unwrap_or_default();
        }
    }
}
