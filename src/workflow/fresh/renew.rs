//! The missing parts of a block: what earlier states know is kept, and only what a change touches is matched again.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    blocks::{Block, CodePart, Left},
    sizes::sizes,
};
use crate::{
    ahead::ahead,
    analysis::{Coded, UnitPart, read_suggestions, read_units, write_suggestions, write_units},
    codebook::Codebook,
    matching::{Matcher, Scanners},
    query::Expr,
    search::Candidates,
    store::Head,
    text::{Outline, outline},
    workflow::{Progress, WorkflowError, Workspace, index::index},
};

/// What had to be done.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Renewed {
    /// Parts that were written.
    pub(super) parts: usize,
    /// Entries whose words were read.
    pub(super) entries: usize,
}

impl std::ops::AddAssign for Renewed {
    fn add_assign(&mut self, other: Self) {
        self.parts += other.parts;
        self.entries += other.entries;
    }
}

/// Works out the parts that are not there.
pub(super) fn renew(
    workspace: &Workspace,
    codebook: &Codebook,
    (heads, blocks): (&[Head], &[Block<'_>]),
    cache: &Path,
    progress: &dyn Progress,
) -> Result<Renewed, WorkflowError> {
    let stale: Vec<&Block<'_>> = blocks.iter().filter(|block| block.parts().any(|path| !path.exists())).collect();
    if stale.is_empty() {
        return Ok(Renewed::default());
    }
    let entries: usize = stale.iter().map(|block| block.heads.len()).sum();
    let left = Left::look(cache);
    let mut proposals = Proposals { workspace, codebook, heads, known: BTreeMap::new(), progress };
    progress.begin("matching", Some(entries as u64));
    let mut renewed = Renewed::default();
    for block in stale {
        renewed += renew_block(&mut proposals, block, &left, cache)?;
    }
    progress.end();
    Ok(renewed)
}

/// A part to be made, with what is kept of an earlier one.
struct Work<'b> {
    part: &'b CodePart,
    kept: Vec<Coded>,
    /// Indices of the rules that the earlier part does not know.
    new: Vec<usize>,
}

/// What an earlier state knows of a block.
#[derive(Default)]
struct Before {
    texts: Option<String>,
    units: Vec<UnitPart>,
    /// Numbers of the entries that are as they were.
    same: BTreeSet<u32>,
}

fn before(block: &Block<'_>, left: &Left) -> Before {
    let Some((texts, path)) = left.units(block) else { return Before::default() };
    // A damaged part is one that is not there.
    let Ok(units) = read_units(&[path]).and_then(|units| units.parts()) else { return Before::default() };
    let marks: BTreeMap<u32, u64> = units.iter().map(|part| (part.entry, part.mark)).collect();
    let same = block.heads.iter().filter(|head| marks.get(&head.entry.number) == Some(&head.mark()));
    Before { texts: Some(texts), same: same.map(|head| head.entry.number).collect(), units }
}

fn work<'b>(block: &Block<'b>, part: &'b CodePart, before: &Before, left: &Left) -> Work<'b> {
    let all = || Work { part, kept: Vec::new(), new: (0..part.rules.len()).collect() };
    let earlier = before.texts.as_ref().and_then(|texts| left.suggestions(block, part, texts));
    let Some((rules, path)) = earlier else { return all() };
    let Ok(mut kept) = read_suggestions(&[(0, path)])
        .and_then(|codings| codings.select(&[0], |entry, _| before.same.contains(&entry)))
    else {
        return all();
    };
    let now = |rule: u32| part.rules.iter().position(|hash| Some(hash) == rules.get(rule as usize));
    kept.retain_mut(|one| {
        let rule = now(one.rule).and_then(|rule| u32::try_from(rule).ok());
        one.rule = rule.unwrap_or_default();
        rule.is_some()
    });
    let new = part.rules.iter().enumerate().filter(|(_, hash)| !rules.contains(hash));
    Work { part, kept, new: new.map(|(rule, _)| rule).collect() }
}

fn renew_block(
    proposals: &mut Proposals<'_>,
    block: &Block<'_>,
    left: &Left,
    cache: &Path,
) -> Result<Renewed, WorkflowError> {
    let before = before(block, left);
    let missing = block.codes.iter().filter(|part| !part.path.exists());
    let mut works: Vec<Work<'_>> = missing.map(|part| work(block, part, &before, left)).collect();
    let (same, changed): (Vec<&Head>, Vec<&Head>) =
        block.heads.iter().copied().partition(|head| before.same.contains(&head.entry.number));
    let of = |rules: &dyn Fn(&Work<'_>) -> Vec<usize>| -> Vec<(usize, Vec<usize>)> {
        works.iter().map(|work| (work.part.code, rules(work))).filter(|(_, rules)| !rules.is_empty()).collect()
    };
    let (all, new) = (of(&|work| (0..work.part.rules.len()).collect()), of(&|work| work.new.clone()));
    let touched = proposals.among(&new, &same);
    let skipped = same.len() - touched.len();
    // The sizes of entries that are as they were are known.
    let mut units: Vec<UnitPart> = before.units.into_iter().filter(|part| before.same.contains(&part.entry)).collect();
    let mut found = scan(proposals, &all, &changed, sizes)?;
    units.extend(found.iter_mut().flat_map(|(_, sizes)| std::mem::take(sizes)));
    found.extend(scan(proposals, &new, &touched, |_, _, _| Vec::new())?);
    proposals.progress.advance(skipped as u64);
    let mut by_code: BTreeMap<u32, Vec<Coded>> = BTreeMap::new();
    for one in found.into_iter().flat_map(|(coded, _)| coded) {
        by_code.entry(one.code).or_default().push(one);
    }
    for work in &mut works {
        let code = u32::try_from(work.part.code).unwrap_or(u32::MAX);
        let mut rows = std::mem::take(&mut work.kept);
        rows.extend(by_code.remove(&code).unwrap_or_default());
        rows.sort_by_key(|one| (one.entry, one.rule, one.span));
        let failed = |source| WorkflowError::File { doing: "write", path: cache.to_path_buf(), source };
        work.part.write_list(cache).map_err(failed)?;
        write_suggestions(&work.part.path, &rows)?;
    }
    if !block.units.exists() {
        units.sort_by_key(|part| part.entry);
        write_units(&block.units, &units)?;
    }
    Ok(Renewed { parts: works.len() + 1, entries: changed.len() + touched.len() })
}

/// What rules suggest in an entry, and its sizes where they are asked for.
type Scanned = (Vec<Coded>, Vec<UnitPart>);

/// Runs rules over entries; returns for each what they suggest, and what else `measure` finds out about it.
fn scan(
    proposals: &Proposals<'_>,
    rules: &[(usize, Vec<usize>)],
    heads: &[&Head],
    measure: impl Fn(&Head, &str, &Outline) -> Vec<UnitPart> + Sync,
) -> Result<Vec<Scanned>, WorkflowError> {
    if heads.is_empty() {
        return Ok(Vec::new());
    }
    let matcher = Matcher::for_rules(proposals.codebook, rules);
    let scanners = Scanners::new(&matcher);
    let (store, progress) = (&proposals.workspace.store, proposals.progress);
    let text = |head: &&Head| Ok::<_, WorkflowError>(store.text(head.entry.number)?);
    let one = |head: &&Head, text: String| {
        let number = head.entry.number;
        let outline = outline(&text, head.entry.languages);
        let suggestions = scanners.with(|scanner| scanner.scan(&text, &outline));
        let title = |section: u32| outline.sections.get(section as usize).map(|section| section.title.clone());
        let coded = suggestions.into_iter().map(|one| {
            let section = title(one.section).unwrap_or_default();
            Coded::suggested(number, section, one)
        });
        progress.advance(1);
        Ok((coded.collect(), measure(head, &text, &outline)))
    };
    ahead(heads, text, one)
}

/// Asks the index which entries new rules can touch; once for each set of rules.
struct Proposals<'w> {
    workspace: &'w Workspace,
    codebook: &'w Codebook,
    heads: &'w [Head],
    known: BTreeMap<Vec<(usize, Vec<usize>)>, Candidates>,
    progress: &'w dyn Progress,
}

impl Proposals<'_> {
    /// Returns those of the entries that some of the rules can match.
    fn among<'h>(&mut self, rules: &[(usize, Vec<usize>)], heads: &[&'h Head]) -> Vec<&'h Head> {
        if rules.is_empty() || heads.is_empty() {
            return Vec::new();
        }
        if !self.known.contains_key(rules) {
            let asked = self.ask(rules);
            self.known.insert(rules.to_vec(), asked);
        }
        let holds = |head: &&&Head| self.known.get(rules).is_none_or(|known| known.holds(head.entry.number));
        heads.iter().filter(holds).copied().collect()
    }

    /// An index that cannot be used rules nothing out.
    fn ask(&self, rules: &[(usize, Vec<usize>)]) -> Candidates {
        let Ok((index, languages)) = index(self.workspace, self.heads, self.progress) else { return Candidates::All };
        let codes = rules.iter().filter_map(|(code, rules)| Some((self.codebook.codes.get(*code)?, rules)));
        let any: Vec<Expr> = codes
            .flat_map(|(code, rules)| rules.iter().filter_map(|rule| code.rules.get(*rule)))
            .map(|rule| rule.expr.clone())
            .collect();
        index.candidates(&Expr::Or(any), &languages).unwrap_or(Candidates::All)
    }
}
