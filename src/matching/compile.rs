//! Expressions turned into trees over atoms: an atom is one way of comparing a word, numbered.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};

use crate::{
    codebook::{Codebook, Negation, RuleUnit, Within},
    query::{Expr, Item, RegexLiteral, Word},
    text::{Language, fold, is_function_word},
};

use super::letters::{Letters, needed_letters};

/// Number of an atom.
pub(super) type Atom = u32;

/// An expression over atoms.
#[derive(Debug)]
pub(super) enum Node {
    /// Slots one after the other, and where to begin the search for them.
    Row {
        slots: Vec<Slot>,
        anchors: Vec<Anchor>,
    },
    Regex {
        regex: Regex,
        /// Letters of which one is in every match, if there are such.
        letters: Option<Vec<Vec<u8>>>,
    },
    Or(Vec<Self>),
    And(Box<Self>, Box<Self>),
    Not(Box<Self>, Box<Self>),
    Near {
        left: Box<Self>,
        right: Box<Self>,
        distance: u32,
        ordered: bool,
    },
}

/// A word of a row: every match has one of the row's anchors, so many words after its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) atom: Atom,
    /// The fewest and the most words that may stand before it.
    pub(super) before: (u32, u32),
}

/// A place in a row.
#[derive(Debug)]
pub(super) enum Slot {
    Atom(Atom),
    Group(Vec<Vec<Self>>),
}

/// One rule or search, ready to run.
#[derive(Debug)]
pub struct Task {
    pub(super) node: Node,
    pub(super) except: Vec<Node>,
}

/// What is known of a task without its expression: small, because a text may set off hundreds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    /// Index of the code in the codebook; 0 for a search.
    pub(super) code: u32,
    /// Index of the rule in the code; 0 for a search.
    pub(super) rule: u32,
    pub(super) within: Within,
    pub(super) unit: RuleUnit,
    /// What becomes of negated hits; a search keeps them.
    pub(super) negation: Negation,
    /// The rule is one word, and nothing takes evidence away.
    pub(super) single: bool,
}

/// Everything that is looked for, with its atoms.
#[derive(Debug, Default)]
pub struct Matcher {
    pub(super) tasks: Vec<Task>,
    pub(super) briefs: Vec<Brief>,
    pub(super) atoms: Vec<Word>,
    /// Tasks that nothing can rule out without reading the text.
    pub(super) always: Vec<u32>,
    /// Letters of which one must be there for a task to match.
    pub(super) letters: Letters,
    /// Atoms and the tasks that each can set off, in order.
    triggers: Vec<(Atom, u32)>,
    /// Index of the first of an atom's tasks in `triggers`.
    first: Vec<u32>,
    numbers: BTreeMap<Word, Atom>,
}

impl Matcher {
    /// Prepares the rules of the codes with the given indices.
    pub fn for_codes(codebook: &Codebook, codes: &[usize]) -> Self {
        let rules = |code: &usize| codebook.codes.get(*code).map_or(0, |code| code.rules.len());
        let all: Vec<(usize, Vec<usize>)> = codes.iter().map(|code| (*code, (0..rules(code)).collect())).collect();
        Self::for_rules(codebook, &all)
    }

    /// Prepares some rules: of each code with the given index those with the given indices.
    pub fn for_rules(codebook: &Codebook, rules: &[(usize, Vec<usize>)]) -> Self {
        let mut matcher = Self::default();
        // Suggestions come in the order of the tasks.
        let mut sorted: Vec<(usize, Vec<usize>)> = rules.to_vec();
        sorted.iter_mut().for_each(|(_, rules)| rules.sort_unstable());
        sorted.sort();
        for (index, code, rules) in
            sorted.iter().filter_map(|(index, rules)| Some((*index, codebook.codes.get(*index)?, rules)))
        {
            let except: Vec<&Expr> = code.except.iter().map(|rule| &rule.expr).collect();
            for (rule, source) in rules.iter().filter_map(|rule| Some((*rule, code.rules.get(*rule)?))) {
                let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
                let brief = Brief {
                    code: number(index),
                    rule: number(rule),
                    within: code.within,
                    unit: code.unit,
                    negation: code.negation,
                    single: false,
                };
                matcher.add(brief, &source.expr, &except);
            }
        }
        matcher.ready()
    }

    /// Prepares one search; its hits are not widened to sentences.
    pub fn for_search(expr: &Expr, within: Within) -> Self {
        let mut matcher = Self::default();
        let (unit, negation) = (RuleUnit::Hit, Negation::Keep);
        matcher.add(Brief { code: 0, rule: 0, within, unit, negation, single: false }, expr, &[]);
        matcher.ready()
    }

    fn add(&mut self, mut brief: Brief, expr: &Expr, except: &[&Expr]) {
        let node = self.node(expr);
        let except: Vec<Node> = except.iter().map(|expr| self.node(expr)).collect();
        let number = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        match needs(&node) {
            None => self.always.push(number),
            Some(needs) => {
                self.triggers.extend(needs.atoms.iter().map(|atom| (*atom, number)));
                self.letters.add(number, needs.letters);
            }
        }
        let one_word = matches!(&node, Node::Row { slots, .. } if matches!(slots.as_slice(), [Slot::Atom(_)]));
        brief.single = one_word && except.is_empty();
        self.tasks.push(Task { node, except });
        self.briefs.push(brief);
    }

    /// Puts the triggers in order, when all tasks are there.
    fn ready(mut self) -> Self {
        self.triggers.sort_unstable();
        self.triggers.dedup();
        let before = |atom: usize| self.triggers.partition_point(|(other, _)| (*other as usize) < atom);
        self.first = (0..=self.atoms.len()).map(|atom| u32::try_from(before(atom)).unwrap_or(u32::MAX)).collect();
        self
    }

    /// Returns the tasks that an atom can set off, each with the atom.
    pub(super) fn set_off_by(&self, atom: Atom) -> &[(Atom, u32)] {
        let first = |atom: usize| self.first.get(atom).copied().unwrap_or_default() as usize;
        self.triggers.get(first(atom as usize)..first(atom as usize + 1)).unwrap_or_default()
    }

    fn atom(&mut self, word: &Word) -> Atom {
        if let Some(atom) = self.numbers.get(word) {
            return *atom;
        }
        let atom = u32::try_from(self.atoms.len()).unwrap_or(u32::MAX);
        self.atoms.push(word.clone());
        self.numbers.insert(word.clone(), atom);
        atom
    }

    fn node(&mut self, expr: &Expr) -> Node {
        let near = |matcher: &mut Self, left: &Expr, right: &Expr, distance: u16, ordered| Node::Near {
            left: Box::new(matcher.node(left)),
            right: Box::new(matcher.node(right)),
            distance: u32::from(distance),
            ordered,
        };
        match expr {
            Expr::Near(left, right, distance) => near(self, left, right, *distance, false),
            Expr::Then(left, right, distance) => near(self, left, right, *distance, true),
            Expr::Row(items) => {
                let slots = self.slots(items);
                let anchors = self.anchors(&slots).0;
                Node::Row { slots, anchors }
            }
            Expr::Regex(literal) => compiled(literal)
                .map_or_else(|| Node::Or(Vec::new()), |regex| Node::Regex { regex, letters: needed_letters(literal) }),
            Expr::Or(any) => Node::Or(any.iter().map(|expr| self.node(expr)).collect()),
            Expr::And(left, right) => Node::And(Box::new(self.node(left)), Box::new(self.node(right))),
            Expr::Not(left, right) => Node::Not(Box::new(self.node(left)), Box::new(self.node(right))),
        }
    }

    /// Chooses the slot whose words are likely to be rarest, and returns its anchors and how rare they are. Without that every
    /// "the" of a text would be tried.
    fn anchors(&self, slots: &[Slot]) -> (Vec<Anchor>, usize) {
        let (mut best, mut rarest) = (Vec::new(), 0);
        let mut before = (0, 0);
        for slot in slots {
            let (anchors, rarity) = match slot {
                Slot::Atom(atom) => (vec![Anchor { atom: *atom, before: (0, 0) }], self.rarity(*atom)),
                Slot::Group(rows) => {
                    let all: Vec<_> = rows.iter().map(|row| self.anchors(row)).collect();
                    let rarity = all.iter().map(|(_, rarity)| *rarity).min().unwrap_or_default();
                    (all.into_iter().flat_map(|(anchors, _)| anchors).collect(), rarity)
                }
            };
            if best.is_empty() || rarity > rarest {
                let later = |(from, to): (u32, u32)| (before.0 + from, before.1 + to);
                best = anchors.into_iter().map(|one| Anchor { before: later(one.before), ..one }).collect();
                rarest = rarity;
            }
            let length = words_of(slot);
            before = (before.0 + length.0, before.1 + length.1);
        }
        (best, rarest)
    }

    /// Returns how rare a word is likely to be: long words are, and words that hold sentences together are not.
    fn rarity(&self, atom: Atom) -> usize {
        let length = |word: &str| word.chars().count();
        match self.atoms.get(atom as usize) {
            Some(Word::Wildcard(pattern)) => length(pattern.split(['*', '?']).next().unwrap_or_default()),
            Some(Word::Inflected(word) | Word::Exact(word)) if holds_together(word) => 1,
            Some(Word::Inflected(word) | Word::Exact(word) | Word::Written(word)) => length(word),
            None => 0,
        }
    }

    fn slots(&mut self, items: &[Item]) -> Vec<Slot> {
        items
            .iter()
            .map(|item| match item {
                Item::Word(word) => Slot::Atom(self.atom(word)),
                Item::Group(rows) => Slot::Group(rows.iter().map(|row| self.slots(row)).collect()),
            })
            .collect()
    }
}

/// Compiles a literal that the parser has tried already; size limits may still refuse it, and then it matches nothing.
fn compiled(literal: &RegexLiteral) -> Option<Regex> {
    RegexBuilder::new(&literal.pattern).case_insensitive(literal.ignore_case).build().ok()
}

/// Words and letters of which one must be there for a match.
#[derive(Debug, Default)]
struct Needs {
    atoms: Vec<Atom>,
    letters: Vec<Vec<u8>>,
}

impl Needs {
    fn len(&self) -> usize {
        self.atoms.len() + self.letters.len()
    }
}

/// Returns what an expression needs, or `None` when it may match anywhere.
fn needs(node: &Node) -> Option<Needs> {
    match node {
        Node::Row { anchors, .. } => {
            Some(Needs { atoms: anchors.iter().map(|anchor| anchor.atom).collect(), ..Needs::default() })
        }
        Node::Regex { letters, .. } => Some(Needs { letters: letters.clone()?, ..Needs::default() }),
        Node::Or(any) => any.iter().try_fold(Needs::default(), |mut all, node| {
            let needs = needs(node)?;
            all.atoms.extend(needs.atoms);
            all.letters.extend(needs.letters);
            Some(all)
        }),
        Node::And(left, right) | Node::Near { left, right, .. } => match (needs(left), needs(right)) {
            // The side with fewer words is likely to be the rarer one.
            (Some(left), Some(right)) => Some(if right.len() < left.len() { right } else { left }),
            (left, right) => left.or(right),
        },
        Node::Not(left, _) => needs(left),
    }
}

/// Tells whether a word is a function word of some language.
fn holds_together(word: &str) -> bool {
    let folded = fold(word);
    Language::KNOWN.iter().any(|language| is_function_word(&folded, *language))
}

/// Returns the fewest and the most words that a slot takes.
fn words_of(slot: &Slot) -> (u32, u32) {
    let Slot::Group(rows) = slot else { return (1, 1) };
    let add = |sum: (u32, u32), slot| {
        let one = words_of(slot);
        (sum.0 + one.0, sum.1 + one.1)
    };
    let lengths = || rows.iter().map(|row| row.iter().fold((0, 0), add));
    (lengths().map(|(from, _)| from).min().unwrap_or_default(), lengths().map(|(_, to)| to).max().unwrap_or_default())
}
