//! What people say, brought to today, as Parquet: one part a block of entries, read when it is needed, so that memory is
//! bounded by a block.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use polars::prelude::{DataFrame, IntoColumn as _, NamedFrom as _, Series};
use serde::{Deserialize, Serialize};

use super::{
    AnalysisError, Coded, Codings, Status,
    parts::{KEPT, read, rows_and_fact, write_with},
};
use crate::{coding::Verdict, id::CoderId};

/// A verdict of a coder on a stretch of an entry as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Place, code, whose it is, and whether it is coded, accepted or rejected.
    pub coded: Coded,
    /// Statement for all coders.
    pub adjudicated: bool,
    /// The code's definition is another than when it was said.
    pub stale: bool,
    /// The words under it were edited since.
    pub edited: bool,
    /// Number of the act that said it, when the part was made: a later act has a higher one.
    pub act: u32,
}

/// What a part knows without its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictFacts {
    /// Codings whose words are gone from their entry.
    pub orphans: u64,
    /// Codings of codes that the codebook does not have, by code.
    pub unknown: BTreeMap<String, u64>,
    /// Some verdict was given for all coders.
    pub adjudicated: bool,
    /// The people whose numbers, from 1 on, stand in the column `coder`.
    coders: Vec<String>,
}

/// The name of the facts in a part.
const FACTS: &str = "themata.verdicts";
/// Columns that only verdicts have.
const MARKS: [&str; 3] = ["adjudicated", "stale", "edited"];
/// What stands for a verdict's place and speaker, and is always read.
const SAID: &[&str] = &["entry", "code", "start", "end", "status", "coder", "adjudicated", "stale", "edited", "act"];

/// The verdicts of one block of entries, by code, entry and stretch; further columns are those that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    codings: Codings,
    facts: VerdictFacts,
}

/// Where a verdict stands, and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Coded, accepted or rejected.
    pub status: Status,
    /// Number of the coder among those of the block, from 1 on.
    pub coder: u32,
    /// Statement for all coders.
    pub adjudicated: bool,
    /// Statement under another definition.
    pub stale: bool,
    /// Statement of words that were edited since.
    pub edited: bool,
    /// Number of the act.
    pub act: u32,
}

impl Personal {
    /// Returns what is said.
    pub fn verdict(&self) -> Verdict {
        match self.coded.status {
            Status::Coded => Verdict::Coded,
            Status::Accepted => Verdict::Accepted,
            Status::Rejected | Status::Suggested => Verdict::Rejected,
        }
    }

    /// Tells whether it is somebody's.
    pub fn is_of(&self, coder: &CoderId) -> bool {
        self.coded.coder.as_ref() == Some(coder)
    }
}

impl Verdicts {
    /// Puts verdicts into columns, with what was found besides.
    ///
    /// # Errors
    /// Fails when polars refuses.
    pub fn of(mut rows: Vec<Personal>, mut facts: VerdictFacts) -> Result<Self, AnalysisError> {
        rows.sort_by(|a, b| {
            let key = |one: &'_ Personal| (one.coded.code, one.coded.entry, one.coded.span, one.act);
            key(a).cmp(&key(b)).then_with(|| a.coded.coder.cmp(&b.coded.coder))
        });
        let marks = MARKS.map(|name| {
            let value = |one: &Personal| match name {
                "adjudicated" => one.adjudicated,
                "stale" => one.stale,
                _ => one.edited,
            };
            Series::new(name.into(), rows.iter().map(value).collect::<Vec<bool>>()).into_column()
        });
        let acts = Series::new("act".into(), rows.iter().map(|one| one.act).collect::<Vec<u32>>());
        facts.adjudicated = rows.iter().any(|one| one.adjudicated);
        let coded: Vec<Coded> = rows.into_iter().map(|one| one.coded).collect();
        let mut codings = Codings::of_people(&coded)?;
        for column in marks.into_iter().chain([acts.into_column()]) {
            codings.frame.with_column(column)?;
        }
        facts.coders = codings.coders().iter().map(ToString::to_string).collect();
        Ok(Self { codings, facts })
    }

    /// Writes them as a part of the cache.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), AnalysisError> {
        // Texts and numbers always serialise.
        let facts = serde_json::to_string(&self.facts).unwrap_or_default();
        write_with(path, self.codings.frame.clone(), vec![(FACTS.to_owned(), facts)])
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.codings.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.codings.is_empty()
    }

    /// Returns the verdicts as codings.
    pub fn codings(&self) -> &Codings {
        &self.codings
    }

    /// Returns what each says, in the order of the codings.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn statements(&self) -> Result<Vec<Statement>, AnalysisError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let [statuses, coders, acts] = self.codings.numbers(["status", "coder", "act"])?;
        let mut all: Vec<Statement> = statuses
            .into_iter()
            .zip(coders)
            .zip(acts)
            .map(|((status, coder), act)| Statement {
                status: Status::of_number(status),
                coder,
                adjudicated: false,
                stale: false,
                edited: false,
                act,
            })
            .collect();
        for name in MARKS {
            let flags = self.codings.frame.column(name)?.bool()?;
            for (one, flag) in all.iter_mut().zip(flags.iter()) {
                let flag = flag.unwrap_or_default();
                match name {
                    "adjudicated" => one.adjudicated = flag,
                    "stale" => one.stale = flag,
                    _ => one.edited = flag,
                }
            }
        }
        Ok(all)
    }

    /// Returns the number of a coder in this block, if something here is of that person.
    pub fn number(&self, coder: &str) -> Option<u32> {
        let at = self.facts.coders.iter().position(|one| one == coder)?;
        u32::try_from(at + 1).ok()
    }

    /// Returns all of them one by one.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn rows(&self) -> Result<Vec<Personal>, AnalysisError> {
        let coded = self.codings.coded(&(0..self.len()).collect::<Vec<usize>>())?;
        let one = |(coded, said): (Coded, Statement)| Personal {
            coded,
            adjudicated: said.adjudicated,
            stale: said.stale,
            edited: said.edited,
            act: said.act,
        };
        Ok(coded.into_iter().zip(self.statements()?).map(one).collect())
    }
}

/// The verdicts of one block: a part of the cache, or what could not be written there.
#[derive(Debug, Clone)]
pub enum VerdictPart {
    /// The part's place.
    File(PathBuf),
    /// Held in memory.
    Held(Verdicts),
}

/// All that people say in a study, by block of entries.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    blocks: Vec<Option<Block>>,
    coders: BTreeSet<CoderId>,
    rows: usize,
}

#[derive(Debug, Clone)]
struct Block {
    part: VerdictPart,
    facts: VerdictFacts,
}

impl Stated {
    /// Looks at the parts of all blocks; `None` where nobody says anything. Small ones are read now.
    ///
    /// # Errors
    /// Fails when a part cannot be read.
    pub fn open(all: Vec<Option<VerdictPart>>) -> Result<Self, AnalysisError> {
        let mut stated = Self::default();
        for part in all {
            let Some(part) = part else {
                stated.blocks.push(None);
                continue;
            };
            let (rows, facts) = match &part {
                VerdictPart::Held(verdicts) => (verdicts.len(), verdicts.facts.clone()),
                VerdictPart::File(path) => rows_and_facts(path)?,
            };
            stated.rows += rows;
            stated.coders.extend(facts.coders.iter().map(CoderId::new));
            stated.blocks.push(Some(Block { part, facts }));
        }
        if stated.rows < KEPT {
            for at in 0..stated.blocks.len() {
                let verdicts = stated.block(at, Codings::ALL)?;
                if let Some(Some(block)) = stated.blocks.get_mut(at) {
                    block.part = VerdictPart::Held(verdicts);
                }
            }
        }
        Ok(stated)
    }

    /// Tells whether nobody has said anything.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Returns how many verdicts there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Returns everyone who says something.
    pub fn coders(&self) -> &BTreeSet<CoderId> {
        &self.coders
    }

    /// Returns what the parts know without their rows.
    pub fn facts(&self) -> impl Iterator<Item = &VerdictFacts> {
        self.blocks.iter().flatten().map(|block| &block.facts)
    }

    /// Reads the verdicts of one block, with these columns at least.
    ///
    /// # Errors
    /// Fails when the part cannot be read.
    pub fn block(&self, at: usize, columns: &[&str]) -> Result<Verdicts, AnalysisError> {
        let Some(Some(block)) = self.blocks.get(at) else { return Ok(Verdicts::default()) };
        match &block.part {
            VerdictPart::Held(verdicts) => Ok(verdicts.clone()),
            VerdictPart::File(path) => {
                let columns: BTreeSet<&str> = SAID.iter().chain(columns).copied().collect();
                let frame: DataFrame = read(path, Some(columns.into_iter().map(ToOwned::to_owned).collect()))?;
                let coders = block.facts.coders.iter().map(CoderId::new).collect();
                Ok(Verdicts { codings: Codings::by(frame, coders), facts: block.facts.clone() })
            }
        }
    }

    /// Visits the verdicts block by block, with these columns at least.
    ///
    /// # Errors
    /// Fails when a part cannot be read, or `visit` does.
    pub fn each_block(
        &self,
        columns: &[&str],
        mut visit: impl FnMut(&Verdicts) -> Result<(), AnalysisError>,
    ) -> Result<(), AnalysisError> {
        (0..self.blocks.len()).try_for_each(|at| visit(&self.block(at, columns)?))
    }

    /// Visits every verdict, block by block.
    ///
    /// # Errors
    /// Fails when a part cannot be read.
    pub fn each(&self, mut visit: impl FnMut(Personal)) -> Result<(), AnalysisError> {
        self.each_block(Codings::ALL, |verdicts| {
            verdicts.rows()?.into_iter().for_each(&mut visit);
            Ok(())
        })
    }
}

/// Reads how many rows a part has, and what it knows without them.
fn rows_and_facts(path: &Path) -> Result<(usize, VerdictFacts), AnalysisError> {
    let (rows, words) = rows_and_fact(path, FACTS)?;
    let facts = words.and_then(|words| serde_json::from_str(&words).ok()).ok_or_else(|| AnalysisError::File {
        path: path.to_path_buf(),
        source: std::io::Error::new(std::io::ErrorKind::InvalidData, "it is no part of people's verdicts"),
    })?;
    Ok((rows, facts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::NO_RULE, text::Span};

    fn personal(entry: u32, code: u32, start: u32, coder: &str, status: Status, adjudicated: bool) -> Personal {
        let coded = Coded {
            entry,
            code,
            rule: NO_RULE,
            status,
            coder: Some(CoderId::new(coder)),
            span: Span { start, end: start + 4 },
            sentences: (start, start + 1),
            paragraphs: (0, 1),
            section: format!("Section {start}"),
            evidence: Vec::new(),
            negated: false,
        };
        Personal { coded, adjudicated, stale: start == 3, edited: start == 5, act: start + 7 }
    }

    fn rows() -> Vec<Personal> {
        vec![
            personal(2, 0, 9, "ben", Status::Coded, false),
            personal(1, 1, 5, "ana", Status::Accepted, false),
            personal(1, 0, 5, "eve", Status::Rejected, true),
            personal(1, 0, 3, "ben", Status::Rejected, false),
        ]
    }

    #[test]
    fn what_is_written_is_read_by_code_entry_and_stretch() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        let unknown = BTreeMap::from([("fear".to_owned(), 2)]);
        let facts = VerdictFacts { orphans: 3, unknown: unknown.clone(), ..VerdictFacts::default() };
        let verdicts = Verdicts::of(rows(), facts).unwrap();
        verdicts.write(&path).unwrap();
        let stated = Stated::open(vec![None, Some(VerdictPart::File(path)), None]).unwrap();
        assert_eq!((stated.len(), stated.is_empty()), (4, false));
        assert_eq!(stated.coders().iter().map(CoderId::as_str).collect::<Vec<_>>(), ["ana", "ben", "eve"]);
        let facts: Vec<&VerdictFacts> = stated.facts().collect();
        assert_eq!((facts.len(), facts[0].orphans, &facts[0].unknown), (1, 3, &unknown));
        assert!(facts[0].adjudicated);
        let mut all = rows();
        all.sort_by_key(|one| (one.coded.code, one.coded.entry, one.coded.span));
        assert_eq!(verdicts.rows().unwrap(), all);
        let mut read = Vec::new();
        stated.each(|one| read.push(one)).unwrap();
        assert_eq!(read, all);
        let block = stated.block(1, &[]).unwrap();
        assert_eq!(block.statements().unwrap(), verdicts.statements().unwrap());
        assert_eq!((block.number("eve"), block.number("nobody")), (Some(3), None));
        assert!(stated.block(0, &[]).unwrap().is_empty() && stated.block(9, &[]).unwrap().is_empty());
    }

    #[test]
    fn only_the_columns_that_are_asked_for_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        Verdicts::of(rows(), VerdictFacts::default()).unwrap().write(&path).unwrap();
        let part = || Some(VerdictPart::File(path.clone()));
        let (_, facts) = rows_and_facts(&path).unwrap();
        let large = Stated { blocks: vec![Some(Block { part: part().unwrap(), facts })], ..Stated::default() };
        let codings = large.block(0, &["sentence_from"]).unwrap().codings().clone();
        assert_eq!(codings.numbers(["sentence_from", "start"]).unwrap(), [vec![3, 5, 9, 5], vec![3, 5, 9, 5]]);
        assert!(codings.numbers(["paragraph_from"]).is_err());
        std::fs::write(&path, b"garbage").unwrap();
        assert!(Stated::open(vec![part()]).is_err());
    }

    #[test]
    fn nobody_says_nothing() {
        let none = Verdicts::of(Vec::new(), VerdictFacts::default()).unwrap();
        assert_eq!((none.len(), none.rows().unwrap(), none.statements().unwrap()), (0, Vec::new(), Vec::new()));
        assert!(Stated::open(vec![None]).unwrap().is_empty());
    }
}
