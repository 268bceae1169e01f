//! Which code of the codebook a verdict is about now: codes are renamed, merged and split, and verdicts keep their first code.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    codebook::{self, Codebook},
    coding::{EventKind, Place, Said},
    id::{CodeId, Hash},
    store::Operation,
    workflow::{WorkflowError, Workspace},
};

/// The codes of a codebook, with the operations that led to it.
pub(in crate::workflow) struct Codes<'c> {
    codebook: &'c Codebook,
    indices: BTreeMap<&'c str, u32>,
    operations: Vec<Operation>,
    /// For a split, the places that went to the new code.
    split: Vec<BTreeSet<Place>>,
    /// Hashes of the definitions of every codebook that something was said under.
    definitions: BTreeMap<Hash, BTreeMap<String, Hash>>,
    rules: BTreeMap<(u32, Hash), u32>,
}

impl<'c> Codes<'c> {
    /// Reads the operations and the codebooks of the log.
    pub(in crate::workflow) fn new(workspace: &Workspace, codebook: &'c Codebook) -> Result<Self, WorkflowError> {
        let operations = workspace.store.operations()?;
        let mut definitions = BTreeMap::from([(codebook.fingerprint, definitions(codebook))]);
        for fingerprint in workspace.store.codebooks_said()? {
            if definitions.contains_key(&fingerprint) {
                continue;
            }
            // A codebook that is not here, or that this program can no longer read, tells nothing.
            let file = workspace.store.codebook_file(fingerprint)?;
            let read = file.and_then(|file| codebook::read(&file).ok());
            definitions.insert(fingerprint, read.map(|(codebook, _)| self::definitions(&codebook)).unwrap_or_default());
        }
        let split = operations.iter().map(|one| one.places.iter().cloned().map(nameless).collect()).collect();
        let mut rules = BTreeMap::new();
        for (index, code) in (0_u32..).zip(&codebook.codes) {
            for (at, rule) in (0_u32..).zip(&code.rules) {
                rules.entry((index, Hash::of(&rule.text))).or_insert(at);
            }
        }
        let indices = (0_u32..).zip(&codebook.codes).map(|(index, code)| (code.id.as_str(), index)).collect();
        Ok(Self { codebook, indices, operations, split, definitions, rules })
    }

    /// Returns the index of the code that a verdict is about, and whether its definition is another than when it was given.
    pub(in crate::workflow) fn now(&self, said: &Said) -> Option<(u32, bool)> {
        let (code, under) = self.id_now(&said.mark.place, said.codebook)?;
        let index = *self.indices.get(code.as_str())?;
        let id = code.as_str();
        let then = self.definitions.get(&under).and_then(|known| known.get(id));
        let now = self.codebook.codes.get(index as usize).map(crate::codebook::Code::definition_fingerprint);
        Some((index, then.is_some() && then.copied() != now))
    }

    /// Follows the operations from a place's code to one that the codebook has, with the codebook under which it came to be that.
    ///
    /// Where two copies changed a code in two ways, both ways are followed: of all that the code became, the last that the
    /// codebook has counts. So nothing vanishes as long as nobody has chosen, or as the codebook has not taken a change over.
    pub(in crate::workflow) fn id_now(&self, place: &Place, codebook: Hash) -> Option<(CodeId, Hash)> {
        let mut reached = vec![(place.code.clone(), codebook)];
        for (operation, split) in self.operations.iter().zip(&self.split) {
            let Some(into) = &operation.into else { continue };
            let begun = reached.iter().any(|(code, _)| *code == operation.code);
            let moves = operation.kind != EventKind::CodeSplit || split.contains(&nameless(place.clone()));
            if begun && moves {
                reached.push((into.clone(), operation.after));
            }
        }
        reached.into_iter().rev().find(|(code, _)| self.has(code))
    }

    /// Hashes all that decides what it tells.
    pub(in crate::workflow) fn hash(&self) -> Hash {
        let operations = self.operations.iter().map(|one| one.event);
        // A codebook that is not here has no definitions.
        let definitions = self.definitions.iter().filter(|(_, known)| !known.is_empty()).map(|(under, _)| *under);
        let all = operations.chain([self.codebook.fingerprint]).chain(definitions);
        Hash::of_parts(all.map(|hash| *hash.as_bytes()))
    }

    fn has(&self, code: &CodeId) -> bool {
        self.indices.contains_key(code.as_str())
    }

    /// Returns the index of a rule of a code by the hash of its text.
    pub(in crate::workflow) fn rule(&self, code: u32, rule: Hash) -> Option<u32> {
        self.rules.get(&(code, rule)).copied()
    }
}

fn definitions(codebook: &Codebook) -> BTreeMap<String, Hash> {
    codebook.codes.iter().map(|code| (code.id.to_string(), code.definition_fingerprint())).collect()
}

/// Returns a place without its code, which has another name before and after.
fn nameless(place: Place) -> Place {
    Place { code: CodeId::new(""), ..place }
}
