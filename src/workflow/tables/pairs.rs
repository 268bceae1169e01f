//! Pairs of codes or themes that stand together.

use std::collections::BTreeMap;

use super::{TableOptions, codes::reflexive};
use crate::{
    analysis::{Codings, PairCounter, PairCounts, TreeRow},
    statistics::{Value as Statistic, cooccurrence::cooccurrence},
    table::{Basis, EvidenceOf, Further, Level, Measure, Row, Table, Together, Unit, Value, number},
    workflow::{Counted, Fresh, WorkflowError, counting},
};

/// Why pairs have no percentage.
const NO_PERCENT: &str = "pairs are measured by Jaccard's index and by the shares of each code";

pub(super) fn table(
    fresh: &Fresh,
    (level, of, all): (Together, Level, bool),
    options: &TableOptions,
) -> Result<Table, WorkflowError> {
    let counted = fresh.counted(options.counts, options.coder.as_deref());
    let rows: Vec<u32> =
        (0_u32..).zip(&fresh.tree.rows).filter(|(_, row)| row.level == of).map(|(index, _)| index).collect();
    let mut counter = PairCounter::new(&fresh.tree, &rows, level);
    counted.each(Codings::COUNTED, |codings| Ok(counter.add(codings, |entry| counted.has(entry))?))?;
    let counts = counter.counts();
    let total = units(fresh, &counted, level)?;
    let pairs = Pairs { fresh, counted: &counted, level, total, counts: &counts };
    let mut made: Vec<(u64, Row)> = Vec::new();
    let (mut never, mut uneven) = (0_u64, 0_u64);
    for (at, first) in rows.iter().enumerate() {
        for second in rows.iter().skip(at + 1).filter(|second| pairs.apart(*first, **second)) {
            let n = counts.both.get(&(*first, *second)).copied().unwrap_or_default();
            never += u64::from(n == 0);
            if n > 0 || all {
                let (row, is_uneven) = pairs.row(*first, *second, n);
                uneven += u64::from(is_uneven && n > 0);
                made.push((n, row));
            }
        }
    }
    // Stable: pairs that meet equally often stay in codebook order.
    made.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let what = if of == Level::Theme { "themes" } else { "codes" };
    let mut table = Table {
        table: "cooccurrence".to_owned(),
        title: format!("Pairs of {what} {}", level.in_words()),
        unit: level.unit(),
        counts: Some(counted.counts),
        coder: Some(counted.coder.clone()),
        total: total.unwrap_or_else(|| rows.iter().filter_map(|row| counts.single.get(row)).sum()),
        basis: Basis { only_read: counted.only.is_some(), ..Basis::default() },
        parameters: BTreeMap::from([("level".to_owned(), level.word().to_owned()), ("of".to_owned(), what.to_owned())]),
        notes: Vec::new(),
        rows: made.into_iter().map(|(_, row)| row).collect(),
        tests: Vec::new(),
    };
    table.notes = notes(&pairs, &table, (never, uneven), all)?;
    Ok(table)
}

/// Returns in how many units codes can meet; of segments nobody knows.
fn units(fresh: &Fresh, counted: &Counted<'_>, level: Together) -> Result<Option<u64>, WorkflowError> {
    if level.unit() == Unit::Segment {
        return Ok(None);
    }
    if level == Together::Entry {
        return Ok(Some(fresh.heads.iter().filter(|head| counted.has(head.entry.number)).count() as u64));
    }
    let mut total = 0;
    fresh.units.each(level.unit(), |entry, _, count| total += if counted.has(entry) { count } else { 0 })?;
    Ok(Some(total))
}

struct Pairs<'p> {
    fresh: &'p Fresh,
    counted: &'p Counted<'p>,
    level: Together,
    total: Option<u64>,
    counts: &'p PairCounts,
}

impl Pairs<'_> {
    fn spec(&self, row: u32) -> Option<&TreeRow> {
        self.fresh.tree.rows.get(row as usize)
    }

    /// A code and one below it always stand together: that is no finding.
    fn apart(&self, first: u32, second: u32) -> bool {
        let (Some(first), Some(second)) = (self.spec(first), self.spec(second)) else { return false };
        let codebook = &self.fresh.codebook;
        let above = |low: &TreeRow, high: &TreeRow| {
            let code = codebook.codes.iter().find(|code| code.id.as_str() == low.id);
            code.is_some_and(|code| codebook.above(code).any(|above| above.id.as_str() == high.id))
        };
        !above(first, second) && !above(second, first)
    }

    fn row(&self, first: u32, second: u32, n: u64) -> (Row, bool) {
        let single = |row| self.counts.single.get(&row).copied().unwrap_or_default();
        let (n1, n2) = (single(first), single(second));
        let found = cooccurrence(n1, n2, n, self.total);
        let spec = |row| self.spec(row).map(|spec| (spec.id.clone(), spec.label.clone())).unwrap_or_default();
        let ((id, label), (with, with_label)) = (spec(first), spec(second));
        let measured = |value: Statistic, decimals: u8| match value {
            Statistic::Number(value) => Value::Number(value, decimals),
            Statistic::Undefined(reason) => Value::Undefined(reason.to_owned()),
        };
        let mut further = vec![
            (Measure::With, Value::Words(with_label)),
            (Measure::First, Value::Count(n1)),
            (Measure::Second, Value::Count(n2)),
            (Measure::Jaccard, measured(found.jaccard, 2)),
            (Measure::SecondGivenFirst, measured(found.second_given_first, 2)),
            (Measure::FirstGivenSecond, measured(found.first_given_second, 2)),
        ];
        if self.total.is_some() {
            further.push((Measure::Expected, measured(found.expected, 1)));
        }
        let unit = self.level.unit();
        let evidence = self.counted.evidence(EvidenceOf::Pair(id.clone(), with.clone(), self.level), unit);
        let level = self.spec(first).map_or(Level::Code, |spec| spec.level);
        let row = Row::of(level, (id, label), unit, (n, self.total.unwrap_or(n1 + n2)), &evidence);
        let row = Row { with: Some(with), further: Further(further), ..row.share(None, NO_PERCENT) };
        (row, found.uneven)
    }
}

fn notes(
    pairs: &Pairs<'_>,
    table: &Table,
    (never, uneven): (u64, u64),
    all: bool,
) -> Result<Vec<String>, WorkflowError> {
    let mut notes = counting::which_and_whose(pairs.counted)?;
    let level = pairs.level;
    notes.push(match level {
        Together::Segment => "n: segments that have both codes, with the same beginning and end. N: the segments of A and of B. n of A, n of B: their own segments; overlapping ones of a code are not joined here.".to_owned(),
        Together::Overlap => "n: stretches where a segment of A and one of B overlap; overlapping segments of one code are one. N: the segments of A and of B. One long segment can meet several short ones, so that n can be larger than either.".to_owned(),
        _ => format!(
            "n: {} with both codes; N: {}. n of A, n of B: {0} with each.",
            level.unit().word(2),
            counting::all_units(pairs.counted, level.unit())
        ),
    });
    notes.push(
        "Jaccard: n / (n of A + n of B − n), the c-coefficient of ATLAS.ti. P(B|A): share of A's units that have B."
            .to_owned(),
    );
    if pairs.total.is_some() {
        notes.push("Expected: n of A × n of B / N, as if the codes had nothing to do with each other.".to_owned());
    }
    if uneven > 0 {
        notes.push(format!(
            "In {} of these pairs one code is more than five times as frequent as the other: there Jaccard is small, whatever they share.",
            number(uneven)
        ));
    }
    if never > 0 && !all {
        let word = if never == 1 { "pair never meets and is" } else { "pairs never meet and are" };
        notes.push(format!("{} {word} not listed (--all lists all).", number(never)));
    }
    notes.extend(counting::others(pairs.fresh, pairs.counted)?);
    notes.extend(reflexive(&pairs.fresh.codebook));
    if table.rows.is_empty() {
        notes.push("No two stand together at this level.".to_owned());
    }
    Ok(notes)
}
