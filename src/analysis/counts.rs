//! Frequencies of themes and codes, whole or split by an attribute.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{
    DataFrame, IntoColumn as _, IntoLazy as _, JoinArgs, JoinType, NamedFrom as _, Series, SortMultipleOptions,
    UniqueKeepStrategy, col,
};

use super::{AnalysisError, Codings, Tree, TreeRow, Units};
use crate::table::{Counts, Evidence, EvidenceOf, Further, Level, Precision, Row, Table, Unit, percent};

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
    /// Number of the person who wrote each entry, where it is known; for counts of participants.
    pub participants: Option<&'a BTreeMap<u32, u32>>,
}

impl Question<'_> {
    /// Returns the number of the unit that a whole entry is, if it is known.
    fn whole(&self, entry: u32) -> Option<u32> {
        match self.unit {
            Unit::Participant => self.participants?.get(&entry).copied(),
            _ => Some(entry),
        }
    }

    fn by_section(&self) -> bool {
        self.split.is_some_and(|split| split.name == "section")
    }

    fn has(&self, entry: u32) -> bool {
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

/// Column of units that are not split.
const WHOLE: u32 = 0;

/// Column of segments of which the attribute is not known; it is in no table.
const UNKNOWN: u32 = u32::MAX;

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
    n: Counted,
    /// For segments, of which N is what was coded: every code's own, by column.
    each: Counted,
    /// The rows of single codes.
    codes: Tree,
    by_unit: Option<SectionEnds>,
    /// Participants met, by row and column: one can have entries in several batches.
    people: BTreeSet<(u32, u32, u32)>,
}

impl<'a> CodeCounter<'a> {
    /// Begins to count.
    ///
    /// # Errors
    /// Fails when the cache does not have the columns it should have.
    pub fn new(units: &'a Units, tree: &'a Tree, question: &'a Question<'a>) -> Result<Self, AnalysisError> {
        let by_unit = match (question.unit, question.by_section()) {
            (Unit::Sentence | Unit::Paragraph, true) => Some(section_ends(units, question.unit)?),
            // An entry counts in every section in which a sentence of the coding stands.
            (Unit::Entry | Unit::Participant, true) => Some(section_ends(units, Unit::Sentence)?),
            _ => None,
        };
        let (n, each) = (Counted::new(), Counted::new());
        Ok(Self { units, tree, question, n, each, codes: tree.single_codes(), by_unit, people: BTreeSet::new() })
    }

    /// Counts a batch of codings.
    ///
    /// # Errors
    /// Fails when polars refuses or the batch does not have the columns it should have.
    pub fn add(&mut self, codings: &Codings) -> Result<(), AnalysisError> {
        let placed = placed(codings, self.by_unit.as_ref(), self.question)?;
        if self.question.unit == Unit::Participant {
            self.people.extend(met(placed, self.tree)?);
            return Ok(());
        }
        let add = |to: &mut Counted, counted: Counted| {
            counted.into_iter().for_each(|(place, n)| *to.entry(place).or_default() += n);
        };
        if self.question.unit == Unit::Segment {
            add(&mut self.each, counted(placed.clone(), &self.codes, self.question)?);
        }
        add(&mut self.n, counted(placed, self.tree, self.question)?);
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
        for index in ordered(tree, &tally) {
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
            for ((_, column), n) in self.each {
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
        (Unit::Segment, ..) => "segments have no denominator: they are as many as were coded".to_owned(),
        (_, 0, _) => "there is nothing to count".to_owned(),
        _ => "fewer than 20 units: one of them would be more than 5 %".to_owned(),
    }
}

/// Returns the rows by count, then in the order of the tree, each followed by those below it.
fn ordered(tree: &Tree, tally: &Tally) -> Vec<u32> {
    let sum = |index: u32| -> u64 { tally.n.range((index, 0)..(index, UNKNOWN)).map(|(_, n)| n).sum() };
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

/// Returns a frame of code and row, for every code that a row counts.
fn rows_of_codes(tree: &Tree) -> Result<DataFrame, AnalysisError> {
    let pairs: BTreeSet<(u32, u32)> =
        (0_u32..).zip(&tree.rows).flat_map(|(row, spec)| spec.codes.iter().map(move |code| (*code, row))).collect();
    let (codes, rows): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
    let columns = vec![Series::new("code".into(), codes).into_column(), Series::new("row".into(), rows).into_column()];
    Ok(DataFrame::new(columns.first().map_or(0, polars::prelude::Column::len), columns)?)
}

/// Returns the participants met, by row and column.
fn met(placed: DataFrame, tree: &Tree) -> Result<Vec<(u32, u32, u32)>, AnalysisError> {
    let map = rows_of_codes(tree)?;
    if placed.height() == 0 || map.height() == 0 {
        return Ok(Vec::new());
    }
    let joined = placed.lazy().join(map.lazy(), [col("code")], [col("code")], JoinArgs::new(JoinType::Inner));
    let keys = [col("row"), col("column"), col("unit")];
    let met = joined.select(keys).unique(None, UniqueKeepStrategy::Any).collect()?;
    let (rows, columns, units) = (met.column("row")?.u32()?, met.column("column")?.u32()?, met.column("unit")?.u64()?);
    let places = rows.into_no_null_iter().zip(columns.into_no_null_iter()).zip(units.into_no_null_iter());
    Ok(places.map(|((row, column), unit)| (row, column, u32::try_from(unit >> 32).unwrap_or(u32::MAX))).collect())
}

/// Counts distinct units by row of the tree and column, in polars.
fn counted(placed: DataFrame, tree: &Tree, question: &Question<'_>) -> Result<Counted, AnalysisError> {
    let map = rows_of_codes(tree)?;
    if placed.height() == 0 || map.height() == 0 {
        return Ok(Counted::new());
    }
    let joined = placed.lazy().join(map.lazy(), [col("code")], [col("code")], JoinArgs::new(JoinType::Inner));
    let counted = if question.unit == Unit::Segment {
        return merged(joined.sort(["row", "column", "entry", "start"], SortMultipleOptions::default()).collect()?);
    } else {
        joined.group_by([col("row"), col("column")]).agg([col("unit").n_unique().alias("n")]).collect()?
    };
    let (rows, columns) = (counted.column("row")?.u32()?, counted.column("column")?.u32()?);
    let counts = counted.column("n")?.cast(&polars::prelude::DataType::UInt64)?;
    let counts = counts.u64()?;
    let keys = rows.into_no_null_iter().zip(columns.into_no_null_iter());
    Ok(keys.zip(counts.into_no_null_iter()).collect())
}

/// Counts stretches that do not overlap: overlapping ones of one row are one segment.
fn merged(sorted: DataFrame) -> Result<Counted, AnalysisError> {
    let number = |name: &str| -> Result<Vec<u32>, AnalysisError> {
        Ok(sorted.column(name)?.u32()?.into_no_null_iter().collect())
    };
    let (rows, columns, entries) = (number("row")?, number("column")?, number("entry")?);
    let (starts, ends) = (number("start")?, number("end")?);
    let mut counts = BTreeMap::new();
    let mut open: Option<((u32, u32, u32), u32)> = None;
    for at in 0..rows.len() {
        let place = (rows[at], columns[at], entries[at]);
        match &mut open {
            Some((last, end)) if *last == place && starts[at] < *end => *end = (*end).max(ends[at]),
            _ => {
                *counts.entry((rows[at], columns[at])).or_default() += 1;
                open = Some((place, ends[at]));
            }
        }
    }
    Ok(counts)
}

/// Gives every coding the units it covers and their columns: a frame of `code`, `entry`, `column`, `unit`, `start`, `end`.
fn placed(
    codings: &Codings,
    by_unit: Option<&SectionEnds>,
    question: &Question<'_>,
) -> Result<DataFrame, AnalysisError> {
    let [entry, code, start, end] = codings.numbers(["entry", "code", "start", "end"])?;
    let by_section = question.by_section();
    let [from, to] = match question.unit {
        Unit::Sentence => codings.numbers(["sentence_from", "sentence_to"])?,
        // An entry counts in every section in which a sentence of the coding stands.
        Unit::Entry | Unit::Participant if by_section => codings.numbers(["sentence_from", "sentence_to"])?,
        Unit::Paragraph => codings.numbers(["paragraph_from", "paragraph_to"])?,
        _ => [vec![0; entry.len()], vec![1; entry.len()]],
    };
    let sections = if codings.is_empty() { None } else { Some(codings.frame.column("section")?.str()?) };
    let mut columns: [Vec<u32>; 5] = Default::default();
    let mut keys: Vec<u64> = Vec::new();
    for at in (0..entry.len()).filter(|at| question.has(entry[*at])) {
        let Some(whole) = question.whole(entry[at]) else { continue };
        for unit in from[at]..to[at] {
            // A coding may reach over several sections: each of its sentences counts where it stands.
            let section = match by_unit {
                Some(ends) => ends
                    .get(&entry[at])
                    .and_then(|ends| ends.iter().find(|(end, _)| unit < *end))
                    .map(|(_, title)| title.as_str()),
                None => sections.and_then(|sections| sections.get(at)),
            };
            let column =
                question.split.map_or(Some(WHOLE), |split| split.column(entry[at], section.unwrap_or_default()));
            let Some(column) = column.or_else(|| (question.unit == Unit::Segment).then_some(UNKNOWN)) else { continue };
            for (list, value) in columns.iter_mut().zip([code[at], entry[at], column, start[at], end[at]]) {
                list.push(value);
            }
            let unit = if matches!(question.unit, Unit::Entry | Unit::Participant) { 0 } else { unit };
            keys.push((u64::from(whole) << 32) | u64::from(unit));
        }
    }
    let height = keys.len();
    let names = ["code", "entry", "column", "start", "end"];
    let column = |(values, name): (Vec<u32>, &str)| Series::new(name.into(), values).into_column();
    let mut frame: Vec<_> = columns.into_iter().zip(names).map(column).collect();
    frame.push(Series::new("unit".into(), keys).into_column());
    Ok(DataFrame::new(height, frame)?)
}

/// For every entry the unit after the last of each section, with the section's title, in order.
type SectionEnds = BTreeMap<u32, Vec<(u32, String)>>;

fn section_ends(units: &Units, unit: Unit) -> Result<SectionEnds, AnalysisError> {
    let mut ends = SectionEnds::new();
    units.each(unit, |entry, section, count| {
        let of_entry = ends.entry(entry).or_default();
        let before = of_entry.last().map_or(0, |(end, _)| *end);
        of_entry.push((before + u32::try_from(count).unwrap_or(u32::MAX), section.to_owned()));
    })?;
    Ok(ends)
}
