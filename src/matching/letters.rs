//! Regular expressions looked at only where letters stand that they need.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::{
    Parser, ParserBuilder,
    hir::literal::{ExtractKind, Extractor, Seq},
};

use crate::query::RegexLiteral;

/// More ways to begin than this say too little to look for each.
const MOST: usize = 64;

/// Up to so many letters the fastest automaton is worth its memory.
const SMALL: usize = 1 << 14;

/// Stretches of letters, each with the tasks that need one of theirs, looked for all at once.
#[derive(Debug, Default)]
pub(super) struct Letters {
    patterns: Vec<Vec<u8>>,
    tasks: Vec<u32>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Letters {
    /// Notes the letters of a task, before any text is read.
    pub(super) fn add(&mut self, task: u32, letters: Vec<Vec<u8>>) {
        self.tasks.extend(std::iter::repeat_n(task, letters.len()));
        self.patterns.extend(letters);
    }

    /// Hands on each task with the byte at which letters of it begin.
    pub(super) fn find(&self, text: &str, mut each: impl FnMut(u32, usize)) {
        if self.patterns.is_empty() {
            return;
        }
        let build = || {
            let size: usize = self.patterns.iter().map(Vec::len).sum();
            let mut builder = AhoCorasick::builder();
            builder.match_kind(MatchKind::Standard).kind((size < SMALL).then_some(AhoCorasickKind::DFA));
            builder.build(&self.patterns).ok()
        };
        match self.automaton.get_or_init(build) {
            Some(automaton) => {
                for one in automaton.find_overlapping_iter(text) {
                    if let Some(task) = self.tasks.get(one.pattern().as_usize()) {
                        each(*task, one.start());
                    }
                }
            }
            // Too large to be built: then every task may match anywhere.
            None => self.tasks.iter().for_each(|task| each(*task, usize::MAX)),
        }
    }
}

/// Returns the ways in which every match begins, or else those in which it ends.
pub(super) fn needed_letters(literal: &RegexLiteral) -> Option<Vec<Vec<u8>>> {
    let mut parser: Parser = ParserBuilder::new().case_insensitive(literal.ignore_case).build();
    let hir = parser.parse(&literal.pattern).ok()?;
    let usable = |letters: Seq| -> Option<Vec<Vec<u8>>> {
        let mut letters: Vec<Vec<u8>> = letters.literals()?.iter().map(|one| one.as_bytes().to_vec()).collect();
        // Where `help` stands, `helped` need not be looked for as well.
        letters.sort();
        letters.dedup_by(|longer, shorter| longer.starts_with(shorter));
        let telling = !letters.is_empty() && letters.len() <= MOST && letters.iter().all(|one| one.len() > 1);
        telling.then_some(letters)
    };
    let extract = |kind: ExtractKind| Extractor::new().kind(kind).extract(&hir);
    usable(extract(ExtractKind::Prefix)).or_else(|| usable(extract(ExtractKind::Suffix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(pattern: &str, ignore_case: bool) -> Option<Vec<String>> {
        let letters = needed_letters(&RegexLiteral { pattern: pattern.to_owned(), ignore_case })?;
        Some(letters.into_iter().map(|one| String::from_utf8(one).unwrap()).collect())
    }

    #[test]
    fn letters_are_beginnings_or_else_ends() {
        assert_eq!(needed(r"\bhelp(s|ed)?\b", false).unwrap(), ["help"]);
        assert_eq!(needed(r"I-\d{3}", false).unwrap(), ["I-"]);
        assert_eq!(needed(r"\d+ dollars", false).unwrap(), [" dollars"]);
        assert_eq!(needed(r"ab", true).unwrap(), ["AB", "Ab", "aB", "ab"]);
        assert_eq!(needed(r"cat|dog", false).unwrap(), ["cat", "dog"]);
        assert_eq!(needed(r"\d+", false), None);
    }

    #[test]
    fn every_place_is_found_with_its_task() {
        let mut letters = Letters::default();
        letters.add(7, vec![b"aba".to_vec()]);
        letters.add(9, vec![b"ab".to_vec(), b"c".to_vec()]);
        let mut found = Vec::new();
        letters.find("ababac", |task, at| found.push((task, at)));
        found.sort_unstable();
        assert_eq!(found, [(7, 0), (7, 2), (9, 0), (9, 2), (9, 5)]);
    }
}
