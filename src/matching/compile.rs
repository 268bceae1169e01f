//! Expressions turned into trees over atoms: an atom is one way of comparing a word, numbered.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};

use crate::{
    codebook::{Codebook, RuleUnit, Within},
    query::{Expr, Item, RegexLiteral, Word},
};

/// Number of an atom.
pub(super) type Atom = u32;

/// An expression over atoms.
#[derive(Debug)]
pub(super) enum Node {
    /// Slots one after the other; the search for a row begins at the slot `anchor`, before which every slot is one word.
    Row {
        slots: Vec<Slot>,
        anchor: usize,
    },
    Regex(Regex),
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

/// A place in a row.
#[derive(Debug)]
pub(super) enum Slot {
    Atom(Atom),
    Group(Vec<Vec<Self>>),
}

/// One rule or search, ready to run.
#[derive(Debug)]
pub struct Task {
    /// Index of the code in the codebook; 0 for a search.
    pub code: usize,
    /// Index of the rule in the code; 0 for a search.
    pub rule: usize,
    pub(super) node: Node,
    pub(super) except: Vec<Node>,
    pub(super) within: Within,
    pub(super) unit: RuleUnit,
    /// Without one of these atoms there is no match; `None` when any text may match.
    pub(super) triggers: Option<Vec<Atom>>,
}

/// Everything that is looked for, with its atoms.
#[derive(Debug, Default)]
pub struct Matcher {
    pub(super) tasks: Vec<Task>,
    pub(super) atoms: Vec<Word>,
    /// Tasks that each atom can set off.
    pub(super) by_trigger: Vec<Vec<u32>>,
    /// Tasks that nothing can rule out without reading the text.
    pub(super) always: Vec<u32>,
    numbers: BTreeMap<Word, Atom>,
}

impl Matcher {
    /// Prepares the rules of the codes with the given indices.
    pub fn for_codes(codebook: &Codebook, codes: &[usize]) -> Self {
        let mut matcher = Self::default();
        for (index, code) in codes.iter().filter_map(|index| Some((*index, codebook.codes.get(*index)?))) {
            for (rule, source) in code.rules.iter().enumerate() {
                let except: Vec<&Expr> = code.except.iter().map(|rule| &rule.expr).collect();
                matcher.add(index, rule, &source.expr, &except, code.within, code.unit);
            }
        }
        matcher
    }

    /// Prepares one search; its hits are not widened to sentences.
    pub fn for_search(expr: &Expr, within: Within) -> Self {
        let mut matcher = Self::default();
        matcher.add(0, 0, expr, &[], within, RuleUnit::Hit);
        matcher
    }

    fn add(&mut self, code: usize, rule: usize, expr: &Expr, except: &[&Expr], within: Within, unit: RuleUnit) {
        let node = self.node(expr);
        let except = except.iter().map(|expr| self.node(expr)).collect();
        let triggers = triggers(&node).map(|mut atoms| {
            atoms.sort_unstable();
            atoms.dedup();
            atoms
        });
        let number = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        self.by_trigger.resize_with(self.atoms.len(), Vec::new);
        match &triggers {
            None => self.always.push(number),
            Some(atoms) => atoms.iter().for_each(|atom| self.by_trigger[*atom as usize].push(number)),
        }
        self.tasks.push(Task { code, rule, node, except, within, unit, triggers });
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
                let anchor = self.anchor(&slots);
                Node::Row { slots, anchor }
            }
            Expr::Regex(literal) => compiled(literal).map_or_else(|| Node::Or(Vec::new()), Node::Regex),
            Expr::Or(any) => Node::Or(any.iter().map(|expr| self.node(expr)).collect()),
            Expr::And(left, right) => Node::And(Box::new(self.node(left)), Box::new(self.node(right))),
            Expr::Not(left, right) => Node::Not(Box::new(self.node(left)), Box::new(self.node(right))),
        }
    }

    /// Chooses the slot whose words are likely to be rarest: long words are. Without it every "the" of a text would be tried.
    fn anchor(&self, slots: &[Slot]) -> usize {
        let mut best = (0, self.rarity(slots.first()));
        for (at, slot) in slots.iter().enumerate().skip(1) {
            if matches!(slots.get(at - 1), Some(Slot::Group(_))) {
                break;
            }
            let rarity = self.rarity(Some(slot));
            if rarity > best.1 {
                best = (at, rarity);
            }
        }
        best.0
    }

    fn rarity(&self, slot: Option<&Slot>) -> usize {
        match slot {
            None => 0,
            Some(Slot::Atom(atom)) => match self.atoms.get(*atom as usize) {
                Some(Word::Wildcard(pattern)) => pattern.split(['*', '?']).next().unwrap_or_default().chars().count(),
                Some(Word::Inflected(word) | Word::Exact(word) | Word::Written(word)) => word.chars().count(),
                None => 0,
            },
            Some(Slot::Group(rows)) => rows.iter().map(|row| self.rarity(row.first())).min().unwrap_or_default(),
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

/// Returns atoms of which one must be there for a match, or `None` when there are none such.
fn triggers(node: &Node) -> Option<Vec<Atom>> {
    match node {
        Node::Row { slots, anchor } => slots.get(*anchor).and_then(first_atoms),
        Node::Regex(_) => None,
        Node::Or(any) => any.iter().try_fold(Vec::new(), |mut all, node| {
            all.extend(triggers(node)?);
            Some(all)
        }),
        Node::And(left, right) | Node::Near { left, right, .. } => triggers(left).or_else(|| triggers(right)),
        Node::Not(left, _) => triggers(left),
    }
}

fn first_atoms(slot: &Slot) -> Option<Vec<Atom>> {
    match slot {
        Slot::Atom(atom) => Some(vec![*atom]),
        Slot::Group(rows) => rows.iter().try_fold(Vec::new(), |mut all, row| {
            all.extend(row.first().and_then(first_atoms)?);
            Some(all)
        }),
    }
}
