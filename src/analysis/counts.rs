//! Frequencies of themes and codes, whole or split by an attribute.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    AnalysisError, Codings, Tree, TreeRow, Units,
    batch::{Batch, Covered},
    columns::{Columns, UNKNOWN, WHOLE},
};
use crate::table::{
    Basis, Counts, Evidence, EvidenceOf, FEW_UNITS, Further, Level, NO_DENOMINATOR, Precision, Row, Table, Unit,
    percent,
};

/// What is asked of the codings.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// What is counted.
    pub unit: Unit,
    /// Which codings.
    pub counts: Counts,
    /// Whose codings.
    pub coder: String,
    /// Percentages even below 20 units.
    pub always_percent: bool,
    /// Columns, if any.
    pub split: Option<&'a Split>,
    /// Entries that are out of N because their source is gone.
    pub missing: u64,
    /// The entries in N, when not all are.
    pub only: Option<&'a BTreeSet<u32>>,
    /// Rows stay in the order of the tree, so that it tells nothing about counts.
    pub in_tree_order: bool,
    /// Number of the person who wrote each entry, where it is known; for counts of participants.
    pub participants: Option<&'a BTreeMap<u32, u32>>,
}

impl Question<'_> {
    /// Returns the columns of codings that counting needs.
    pub fn columns(&self) -> Vec<&'static str> {
        let mut columns = vec!["entry", "code"];
        columns.extend(self.reach().into_iter().flatten());
        if self.unit == Unit::Segment && self.by_section() {
            columns.push("section");
        }
        columns
    }

    /// Returns the columns of first and last of what a coding covers within its entry; `None` where an entry is one unit.
    pub(super) fn reach(&self) -> Option<[&'static str; 2]> {
        match self.unit {
            Unit::Segment => Some(["start", "end"]),
            Unit::Sentence => Some(["sentence_from", "sentence_to"]),
            Unit::Paragraph => Some(["paragraph_from", "paragraph_to"]),
            // An entry counts in every section in which a sentence of the coding stands.
            _ if self.by_section() => Some(["sentence_from", "sentence_to"]),
            _ => None,
        }
    }

    /// Returns the number of the unit that a whole entry is, if it is known.
    pub(super) fn whole(&self, entry: u32) -> Option<u32> {
        match self.unit {
            Unit::Participant => self.participants?.get(&entry).copied(),
            _ => Some(entry),
        }
    }

    fn by_section(&self) -> bool {
        self.split.is_some_and(|split| split.name == "section")
    }

    pub(super) fn has(&self, entry: u32) -> bool {
        self.only.is_none_or(|only| only.contains(&entry))
    }
}

/// An attribute that splits the units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Name of the attribute; `section` splits within entries.
    pub name: String,
    /// Its values in the order of the columns.
    pub values: Vec<String>,
    /// The value of each entry that has one, as an index of `values`; unused for sections.
    pub of_entry: BTreeMap<u32, u32>,
}

impl Split {
    /// Returns the column of a unit, by its entry and section.
    fn column(&self, entry: u32, section: &str) -> Option<u32> {
        if self.name == "section" {
            let at = self.values.iter().position(|value| value == section)?;
            return u32::try_from(at).ok();
        }
        self.of_entry.get(&entry).copied()
    }
}

/// Units counted by (row of the tree, column).
type Counted = BTreeMap<(u32, u32), u64>;

/// Returns units counted by (row of the tree, column), and units there are by column and in all.
struct Tally {
    n: Counted,
    total: BTreeMap<u32, u64>,
    /// Units in no column.
    missing: u64,
    all: u64,
}

/// Counts codings batch by batch; all codings of an entry must be in one batch, since units of an entry are told apart there.
pub struct CodeCounter<'a> {
    units: &'a Units,
    tree: &'a Tree,
    question: &'a Question<'a>,
    columns: Columns<'a>,
    /// What is counted, each once, by the codes that it gathers.
    asked: BTreeMap<Vec<u32>, Asked>,
    n: Counted,
    /// For segments, of which N is what was coded: every code's own, by column.
    each: BTreeMap<u32, u64>,
    /// Participants met, by row and column: one can have entries in several batches.
    people: BTreeSet<(u32, u32, u32)>,
}

/// For whom some codes are counted together.
#[derive(Debug, Default)]
struct Asked {
    rows: Vec<u32>,
    /// It is a code of its own, whose segments are in N.
    own: bool,
}

/// Returns the sets of codes that a question's table needs.
fn asked(tree: &Tree, unit: Unit) -> BTreeMap<Vec<u32>, Asked> {
    let mut asked: BTreeMap<Vec<u32>, Asked> = BTreeMap::new();
    for (row, spec) in (0_u32..).zip(&tree.rows).filter(|(_, spec)| !spec.codes.is_empty()) {
        asked.entry(spec.codes.clone()).or_default().rows.push(row);
    }
    if unit == Unit::Segment {
        for code in tree.rows.iter().flat_map(|row| &row.codes) {
            asked.entry(vec![*code]).or_default().own = true;
        }
    }
    asked
}

impl<'a> CodeCounter<'a> {
    /// Begins to count.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn new(units: &'a Units, tree: &'a Tree, question: &'a Question<'a>) -> Result<Self, AnalysisError> {
        let (n, each, people) = (Counted::new(), BTreeMap::new(), BTreeSet::new());
        let (columns, asked) = (Columns::new(units, question)?, asked(tree, question.unit));
        Ok(Self { units, tree, question, columns, asked, n, each, people })
    }

    /// Counts a batch of codings, which need the [`columns`](Question::columns) of the question.
    ///
    /// # Errors
    /// Fails when the batch does not have the columns it should have.
    pub fn add(&mut self, codings: &Codings) -> Result<(), AnalysisError> {
        if codings.is_empty() {
            return Ok(());
        }
        let batch = Batch::new(codings, self.question, &self.columns)?;
        let asked: Vec<(&Vec<u32>, &Asked)> = self.asked.iter().collect();
        let found: Vec<Covered> = asked.par_iter().map(|(codes, _)| batch.covered(codes)).collect();
        for ((_, asked), covered) in asked.into_iter().zip(found) {
            for (column, n) in covered.n {
                asked.rows.iter().for_each(|row| *self.n.entry((*row, column)).or_default() += n);
                if asked.own {
                    *self.each.entry(column).or_default() += n;
                }
            }
            for row in &asked.rows {
                self.people.extend(covered.people.iter().map(|(column, whole)| (*row, *column, *whole)));
            }
        }
        Ok(())
    }

    /// Makes the table of themes and codes. Rows come by count, then in codebook order, each theme followed by its codes; rows of zero stay.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn table(self) -> Result<Table, AnalysisError> {
        let (tree, question) = (self.tree, self.question);
        let tally = self.tally()?;
        let columns: Vec<Option<(u32, &str)>> = match question.split {
            None => vec![None],
            Some(split) => (0_u32..).zip(&split.values).map(|(at, value)| Some((at, value.as_str()))).collect(),
        };
        let smallest = tally.total.values().copied().filter(|total| *total > 0).min().unwrap_or_default();
        let precision = match question.unit {
            Unit::Segment => Precision::None,
            _ => Precision::for_total(smallest, question.always_percent),
        };
        let mut rows = Vec::new();
        for index in ordered(tree, &tally, question.in_tree_order) {
            let Some(spec) = tree.rows.get(index as usize) else { continue };
            rows.extend(columns.iter().map(|column| row(spec, index, *column, &tally, precision, question)));
        }
        let (name, parameters) = named(question.split);
        Ok(Table {
            table: name,
            title: String::new(),
            unit: question.unit,
            counts: Some(question.counts),
            coder: Some(question.coder.clone()),
            total: tally.all,
            basis: Basis::default(),
            parameters,
            notes: Vec::new(),
            rows,
            tests: Vec::new(),
        })
    }

    fn tally(self) -> Result<Tally, AnalysisError> {
        let question = self.question;
        if question.unit == Unit::Segment {
            // What could be coded cannot be counted: N is what was coded, each code's own segments, so that no row exceeds it.
            let columns = question.split.map_or(1, |split| split.values.len());
            let mut total: BTreeMap<u32, u64> =
                (0..u32::try_from(columns).unwrap_or(u32::MAX)).map(|at| (at, 0)).collect();
            for (column, n) in self.each {
                *total.entry(column).or_default() += n;
            }
            let missing = total.remove(&UNKNOWN).unwrap_or_default();
            let all = total.values().sum::<u64>() + missing;
            return Ok(Tally { n: self.n, total, missing, all });
        }
        let (total, missing, all) = totals(self.units, question)?;
        let mut n = self.n;
        for (row, column, _) in self.people {
            *n.entry((row, column)).or_default() += 1;
        }
        Ok(Tally { n, total, missing, all })
    }
}

/// Names the kind of table that a split makes, with its parameters.
fn named(split: Option<&Split>) -> (String, BTreeMap<String, String>) {
    match split {
        None => ("frequency".to_owned(), BTreeMap::new()),
        Some(split) if split.name == "month" => ("trend".to_owned(), BTreeMap::new()),
        Some(split) => {
            let parameters = BTreeMap::from([("by".to_owned(), split.name.clone())]);
            (format!("crosstab {}", split.name), parameters)
        }
    }
}

fn row(
    spec: &TreeRow,
    index: u32,
    column: Option<(u32, &str)>,
    tally: &Tally,
    precision: Precision,
    question: &Question<'_>,
) -> Row {
    let at = column.map_or(WHOLE, |(at, _)| at);
    let n = tally.n.get(&(index, at)).copied().unwrap_or_default();
    let total = tally.total.get(&at).copied().unwrap_or_default();
    let share = percent(n, total, precision);
    let id = spec.id.clone();
    let of = if spec.level == Level::Theme { EvidenceOf::Theme(id) } else { EvidenceOf::Code(id) };
    let split = column.and_then(|(_, value)| Some((question.split?.name.clone(), value.to_owned())));
    let by_month = question.split.is_some_and(|split| split.name == "month");
    let value = split.as_ref().map(|(_, value)| value.clone());
    let missing = match (question.split, question.unit) {
        (Some(_), _) => tally.missing,
        (None, Unit::Entry) => question.missing,
        (None, _) => 0,
    };
    let (counts, coder) = (Some(question.counts), Some(question.coder.clone()));
    Row {
        id: spec.id.clone(),
        label: spec.label.clone(),
        level: spec.level,
        parent: spec.parent.clone(),
        column: value.clone().filter(|_| !by_month),
        month: value.filter(|_| by_month),
        with: None,
        n: Some(n),
        total,
        missing,
        percent: share,
        percent_reason: share.is_none().then(|| reason(question.unit, total, precision)),
        unit: question.unit,
        evidence: Evidence { of, unit: question.unit, counts, coder, split }.to_string(),
        suppressed: None,
        further: Further::default(),
    }
}

fn reason(unit: Unit, total: u64, precision: Precision) -> String {
    match (unit, total, precision) {
        (Unit::Segment, ..) => NO_DENOMINATOR.to_owned(),
        (_, 0, _) => "there is nothing to count".to_owned(),
        _ => FEW_UNITS.to_owned(),
    }
}

/// Returns the rows by count, then in the order of the tree, each followed by those below it.
fn ordered(tree: &Tree, tally: &Tally, in_tree_order: bool) -> Vec<u32> {
    let sum = |index: u32| -> u64 {
        if in_tree_order {
            return 0;
        }
        tally.n.range((index, 0)..(index, UNKNOWN)).map(|(_, n)| n).sum()
    };
    fn visit(tree: &Tree, parent: Option<&str>, sum: &dyn Fn(u32) -> u64, order: &mut Vec<u32>) {
        let mut children: Vec<(u32, &str, Level)> = (0_u32..)
            .zip(&tree.rows)
            .filter(|(_, row)| row.parent.as_deref() == parent)
            .map(|(index, row)| (index, row.id.as_str(), row.level))
            .collect();
        // Codes without a theme stand after the themes.
        children.sort_by_key(|(index, _, level)| {
            (*level != Level::Theme && parent.is_none(), std::cmp::Reverse(sum(*index)), *index)
        });
        for (index, id, _) in children {
            order.push(index);
            visit(tree, Some(id), sum, order);
        }
    }
    let mut order = Vec::new();
    visit(tree, None, &sum, &mut order);
    order
}

/// Returns the units that there are by column, those in no column, and all.
fn totals(units: &Units, question: &Question<'_>) -> Result<(BTreeMap<u32, u64>, u64, u64), AnalysisError> {
    let (mut total, mut missing, mut all): (BTreeMap<u32, u64>, u64, u64) = (BTreeMap::new(), 0, 0);
    let (mut entries, mut known) = (BTreeSet::new(), BTreeSet::new());
    units.each(question.unit, |entry, section, count| {
        if !question.has(entry) {
            return;
        }
        let column = question.split.map_or(Some(WHOLE), |split| split.column(entry, section));
        if matches!(question.unit, Unit::Entry | Unit::Participant) {
            // An entry, or who wrote it, counts once a column, however many of its sections fall there.
            let Some(whole) = question.whole(entry) else { return };
            entries.insert(whole);
            known.extend(column.map(|column| (column, whole)));
            return;
        }
        all += count;
        match column {
            Some(column) => *total.entry(column).or_default() += count,
            None => missing += count,
        }
    })?;
    if matches!(question.unit, Unit::Entry | Unit::Participant) {
        known.iter().for_each(|(column, _)| *total.entry(*column).or_default() += 1);
        let somewhere: BTreeSet<u32> = known.iter().map(|(_, entry)| *entry).collect();
        all = entries.len() as u64;
        missing = all - somewhere.len() as u64;
    }
    Ok((total, missing, all))
}
