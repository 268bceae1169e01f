//! The lists of `cues` over numbered words, and the cues that they find in a sentence.

use std::collections::BTreeMap;

use super::{
    cues::{ANY, ENDINGS, GAP, WINDOW, lists},
    evaluate::Tokens,
};
use crate::text::{Language, fold, tokens};

/// Number of a word that stands in some list of its language; 0 stands for every other word.
pub(super) type Symbol = u16;

/// A word that was not yet looked for in the lists.
pub(super) const UNKNOWN: Symbol = Symbol::MAX;

/// A cue of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// Its words.
    pub(super) tokens: Tokens,
    /// The word behind the last that it reaches.
    pub(super) after: u32,
}

/// The lists of a language over numbered words.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) language: Language,
    symbols: BTreeMap<String, Symbol>,
    /// Words with higher symbols are in no cue.
    last_of_cues: Symbol,
    cues: Vec<Vec<Step>>,
    pseudo: Vec<Vec<Step>>,
    ends: Vec<Vec<Step>>,
}

/// A place in a row of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Word(Symbol),
    /// No word or some.
    Gap,
}

impl Step {
    fn symbol(&self) -> Option<Symbol> {
        match self {
            Self::Word(symbol) => Some(*symbol),
            Self::Gap => None,
        }
    }
}

impl Rows {
    /// Numbers the words of a language's lists.
    pub(super) fn of(language: Language) -> Self {
        let lists = lists(language);
        let mut symbols: BTreeMap<String, Symbol> = BTreeMap::new();
        let mut rows = |rows: &[&str]| {
            let mut rows: Vec<Vec<Step>> = rows.iter().map(|row| steps(row, &mut symbols)).collect();
            rows.sort_by_key(|row| first_of(row));
            rows
        };
        let cues = rows(lists.cues);
        let last_of_cues = cues.iter().flatten().filter_map(Step::symbol).max().unwrap_or_default();
        let (pseudo, ends) = (rows(lists.pseudo), rows(lists.ends));
        for (elided, whole) in lists.elided {
            symbols.extend(symbols.get(*whole).copied().map(|symbol| ((*elided).to_owned(), symbol)));
        }
        Self { language, symbols, last_of_cues, cues, pseudo, ends }
    }

    /// Returns the number of a word.
    pub(super) fn symbol(&self, word: &str) -> Symbol {
        let folded = fold(word);
        let listed = self.symbols.get(folded.as_ref());
        let ends = |ending: &&str| folded.ends_with(ending.trim_start_matches('*'));
        let ending = || ENDINGS.iter().filter(|ending| ends(ending)).find_map(|ending| self.symbols.get(*ending));
        listed.or_else(ending).copied().unwrap_or_default()
    }

    /// Finds the cues of a sentence, which begins at a token, in order.
    pub(super) fn cues(&self, line: &[Symbol], start: u32, mut each: impl FnMut(Cue)) {
        let may_begin = |symbol: &Symbol| (1..=self.last_of_cues).contains(symbol);
        if !line.iter().any(may_begin) {
            return;
        }
        // Words that only seem to negate.
        let mut seeming = vec![false; line.len()];
        for at in (0..line.len()).filter(|at| line[*at] != 0) {
            let fitting = beginning(&self.pseudo, line[at]).iter().filter_map(|row| fit(row, line, at));
            fitting.flatten().for_each(|at| seeming[at] = true);
        }
        let ends = |at: usize| beginning(&self.ends, line[at]).iter().any(|row| fit(row, line, at).is_some());
        let token = |at: usize| start + u32::try_from(at).unwrap_or(u32::MAX);
        let mut at = 0;
        while at < line.len() {
            if !may_begin(&line[at]) {
                at += 1;
                continue;
            }
            // Of two cues that begin here the longer one: its reach begins behind it.
            let longest =
                beginning(&self.cues, line[at]).iter().filter_map(|row| fit(row, line, at)?.last().copied()).max();
            let Some(last) = longest.filter(|last| !seeming[at..=*last].contains(&true)) else {
                at += 1;
                continue;
            };
            let window = (last + 1 + WINDOW as usize).min(line.len());
            let after = (last + 1..window).find(|at| ends(*at)).unwrap_or(window);
            each(Cue { tokens: (token(at), token(last)), after: token(after) });
            at = last + 1;
        }
    }
}

fn first_of(row: &[Step]) -> Option<Symbol> {
    row.first().and_then(Step::symbol)
}

/// Returns the rows that begin with a word, of rows in the order of their first.
fn beginning(rows: &[Vec<Step>], word: Symbol) -> &[Vec<Step>] {
    let from = rows.partition_point(|row| first_of(row) < Some(word));
    let to = rows.partition_point(|row| first_of(row) <= Some(word));
    rows.get(from..to).unwrap_or_default()
}

/// Returns a row of a list as steps, its words as the tokenizer cuts them.
fn steps(row: &str, symbols: &mut BTreeMap<String, Symbol>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut word = |word: &str| {
        let next = Symbol::try_from(symbols.len() + 1).unwrap_or(UNKNOWN);
        Step::Word(*symbols.entry(word.to_owned()).or_insert(next))
    };
    for part in row.split(' ') {
        match part {
            ANY => steps.push(Step::Gap),
            ending if ENDINGS.contains(&ending) => steps.push(word(ending)),
            part => steps.extend(tokens(part).into_iter().map(|token| word(&fold(token.of(part))))),
        }
    }
    steps
}

/// Returns where the words of a row stand when it begins at a place; the nearest ones behind a gap.
fn fit(row: &[Step], line: &[Symbol], at: usize) -> Option<Vec<usize>> {
    match row {
        [] => Some(Vec::new()),
        [Step::Word(word), rest @ ..] => {
            if line.get(at) != Some(word) {
                return None;
            }
            let mut places = fit(rest, line, at + 1)?;
            places.insert(0, at);
            Some(places)
        }
        [Step::Gap, rest @ ..] => (at..=at + GAP).find_map(|at| fit(rest, line, at)),
    }
}
