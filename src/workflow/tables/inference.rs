//! Intervals and tests, which are off unless they are asked for, and the sentences that they need.

use std::collections::{BTreeMap, BTreeSet};

use super::TableOptions;
use crate::{
    statistics::{
        Value as Statistic,
        contingency::{Test, associate},
        multiple::{Adjustment, adjust},
        proportion::{IntervalMethod, interval},
        trend::{CochranArmitage, Group, cochran_armitage, mann_kendall},
    },
    table::{Further, Level, LineFacts, Measure, Row, Table, Unit, Value},
    workflow::{Fresh, WorkflowError, Workspace},
};

/// What an interval of a diary is not.
const SAMPLING: &str = "An interval supposes a sampling model. Entries of one diary depend on each other and were chosen on purpose, not drawn at random.";

/// What an interval of the writers of a study is not.
const PARTICIPANTS: &str =
    "An interval supposes that the participants were drawn at random from a larger number of people.";

/// What an interval of a register is not.
const REGISTER: &str = "An interval supposes that the cases were drawn at random from a larger number: a register of everybody who came is no sample.";

/// Adds what was asked for.
pub(super) fn infer(
    workspace: &Workspace,
    fresh: Option<&Fresh>,
    table: &mut Table,
    options: &TableOptions,
) -> Result<(), WorkflowError> {
    if let Some(method) = options.interval {
        intervals(table, method);
    }
    if let Some(adjustment) = options.test {
        tests(table, adjustment)?;
    }
    if table.parameters.contains_key("interval") || table.parameters.contains_key("test") {
        table.notes.extend(fresh.and_then(|fresh| one_writer(workspace, fresh, table)));
    }
    Ok(())
}

/// Warns where all entries are of one person.
fn one_writer(workspace: &Workspace, fresh: &Fresh, table: &Table) -> Option<String> {
    if table.unit == Unit::Case {
        return None;
    }
    let name = &workspace.study.participant;
    let writers: BTreeSet<String> = fresh.heads.iter().filter_map(|head| head.entry.attribute(name)).collect();
    (writers.len() < 2).then(|| {
        "All entries are of one writer, as far as is known: they are not independent of each other, and p-values and intervals say nothing about other writers.".to_owned()
    })
}

/// When which test is used.
const COCHRAN: &str = "Rows with expected counts too small for chi-squared (Cochran's rule: all at least 1, and 80 % at least 5) are tested by Fisher's exact test where the table is 2 × 2, and not at all elsewhere.";

/// Refuses to compare columns that share units: a test supposes that each unit is in one.
fn apart(table: &Table) -> Result<(), WorkflowError> {
    let multiple = table.parameters.get("response").is_some_and(|response| response == "multiple");
    let first = table.rows.first().map(|row| row.id.as_str());
    let of_first = table.rows.iter().filter(|row| Some(row.id.as_str()) == first);
    let (known, missing) = of_first.fold((0, 0), |(known, _), row| (known + row.total, row.missing));
    if multiple || known + missing > table.total {
        let what = if multiple { "rows" } else { "columns" };
        return Err(WorkflowError::Refused {
            what: format!(
                "a unit can be in several {what} of this table, and these cannot be tested against each other"
            ),
            hint: "leave --test out, or compare by an attribute that each unit has once".to_owned(),
        });
    }
    Ok(())
}

fn intervals(table: &mut Table, method: IntervalMethod) {
    let counted = |row: &Row| row.unit != Unit::Segment && row.unit != Unit::Code && row.with.is_none();
    let mut some = false;
    for row in table.rows.iter_mut().filter(|row| counted(row)) {
        let Some(n) = row.n else {
            row.further.0.push((Measure::Interval, Value::Hidden));
            continue;
        };
        let decimals = if row.total >= 100 { 1 } else { 0 };
        let value = match interval(n, row.total, method) {
            Some([low, high]) => {
                some = true;
                Value::Interval([low * 100.0, high * 100.0], decimals)
            }
            None => Value::Undefined("there is nothing to count".to_owned()),
        };
        row.further.0.push((Measure::Interval, value));
    }
    if some {
        table.parameters.insert("interval".to_owned(), method.word().to_owned());
        table.notes.push(format!("95% CI: {}.", method.name()));
        let sentence = match table.unit {
            Unit::Case => REGISTER,
            Unit::Participant => PARTICIPANTS,
            _ => SAMPLING,
        };
        table.notes.push(sentence.to_owned());
    } else {
        table.notes.push("No intervals: these counts are no shares of a number of units.".to_owned());
    }
}

fn tests(table: &mut Table, adjustment: Adjustment) -> Result<(), WorkflowError> {
    let refused = |what: &str, hint: &str| WorkflowError::Refused { what: what.to_owned(), hint: hint.to_owned() };
    if !matches!(table.unit, Unit::Entry | Unit::Participant | Unit::Case) {
        return Err(refused(
            &format!("{} of one entry are not independent, and are not tested", table.unit.word(2)),
            "test entries or participants: --unit entry",
        ));
    }
    let mut lines: BTreeMap<(usize, String), Vec<&Row>> = BTreeMap::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &table.rows {
        let next = places.len();
        let place = *places.entry(row.id.as_str()).or_insert(next);
        lines.entry((place, row.id.clone())).or_default().push(row);
    }
    if table.rows.is_empty() {
        table.notes.push("No tests: the table has no rows.".to_owned());
        return Ok(());
    }
    if table.rows.iter().any(|row| row.suppressed.is_some()) {
        table.notes.push("No tests: hidden numbers could be worked out from them.".to_owned());
        return Ok(());
    }
    apart(table)?;
    let by_month = table.rows.iter().any(|row| row.month.is_some());
    if !by_month && table.rows.iter().all(|row| row.column.is_none()) {
        return Err(refused(
            "a table without columns has nothing to compare",
            "name an attribute: table crosstab NAME --test",
        ));
    }
    let (facts, sentences) = if by_month {
        trends(&lines, adjustment)
    } else if table.rows.iter().all(|row| row.level == Level::Value) {
        let found = whole(&table.rows);
        let shown = |measure| found.further.get(measure).map(Value::shown).unwrap_or_default();
        let sentence = match found.further.get(Measure::Test).and_then(Value::reason) {
            Some(reason) => format!("No test of rows and columns: {reason}."),
            None => format!(
                "Test of all rows and columns together: {}, statistic {}, df {}, p {}, Cramér's V {}.",
                shown(Measure::Test),
                shown(Measure::Statistic),
                shown(Measure::DegreesOfFreedom),
                shown(Measure::P),
                shown(Measure::CramersV)
            ),
        };
        (vec![found], vec![sentence, COCHRAN.to_owned()])
    } else {
        associations(&lines, adjustment)
    };
    table.parameters.insert("test".to_owned(), adjustment.word().to_owned());
    table.tests = facts;
    table.notes.extend(sentences);
    Ok(())
}

/// Tests whether a code is as frequent in one column as in another.
fn associations(lines: &BTreeMap<(usize, String), Vec<&Row>>, adjustment: Adjustment) -> (Vec<LineFacts>, Vec<String>) {
    let found: Vec<_> = lines
        .iter()
        .map(|((_, id), rows)| {
            let used = || rows.iter().filter(|row| row.total > 0);
            let with = used().map(|row| row.n.unwrap_or_default()).collect();
            let without = used().map(|row| row.total - row.n.unwrap_or_default()).collect();
            (id.clone(), associate(&[with, without]))
        })
        .collect();
    let adjusted = adjust(&found.iter().map(|(_, one)| one.p).collect::<Vec<_>>(), adjustment);
    let facts = found.into_iter().zip(adjusted).map(|((id, one), adjusted)| {
        let mut further = association(&one);
        let p = adjusted.map_or_else(|| reason(&one.test), Value::P);
        further.insert(further.len() - 1, (Measure::AdjustedP, p));
        LineFacts { id, further: Further(further) }
    });
    let sentence = format!("Adjusted p: {}, over the rows of this table. No stars are set.", adjustment.name());
    let mut facts: Vec<LineFacts> = facts.collect();
    // Fisher's test has neither statistic nor degrees of freedom.
    for measure in [Measure::Statistic, Measure::DegreesOfFreedom] {
        if facts.iter().all(|line| line.further.get(measure).is_none_or(|value| value.reason().is_some())) {
            facts.iter_mut().for_each(|line| line.further.0.retain(|(own, _)| *own != measure));
        }
    }
    (facts, vec![sentence, COCHRAN.to_owned()])
}

fn reason(test: &Test) -> Value {
    match test {
        Test::None(reason) if reason.contains("row has no") => {
            Value::Undefined("every unit has it, or none has".to_owned())
        }
        Test::None(reason) => Value::Undefined((*reason).to_owned()),
        _ => Value::Undefined("no p-value".to_owned()),
    }
}

fn association(one: &crate::statistics::contingency::Association) -> Vec<(Measure, Value)> {
    let (name, statistic, df) = match &one.test {
        Test::Chi2 { statistic, df } => {
            (Value::Words("chi-squared".to_owned()), Value::Number(*statistic, 2), Value::Count(u64::from(*df)))
        }
        Test::Fisher => {
            let none = || Value::Undefined("Fisher's exact test has none".to_owned());
            (Value::Words("Fisher".to_owned()), none(), none())
        }
        Test::None(_) => (reason(&one.test), reason(&one.test), reason(&one.test)),
    };
    let v = match one.cramers_v {
        _ if matches!(one.test, Test::None(_)) => reason(&one.test),
        Statistic::Number(v) => Value::Number(v, 2),
        Statistic::Undefined(reason) => Value::Undefined(reason.to_owned()),
    };
    vec![
        (Measure::Test, name),
        (Measure::Statistic, statistic),
        (Measure::DegreesOfFreedom, df),
        (Measure::P, one.p.map_or_else(|| reason(&one.test), Value::P)),
        (Measure::CramersV, v),
    ]
}

/// Tests all rows and columns of a table of an attribute by another.
fn whole(rows: &[Row]) -> LineFacts {
    let columns: BTreeSet<Option<&str>> = rows.iter().map(|row| row.column.as_deref()).collect();
    let mut lines: Vec<(&str, Vec<u64>)> = Vec::new();
    for row in rows.iter().filter(|row| columns.contains(&row.column.as_deref())) {
        match lines.iter_mut().find(|(id, _)| *id == row.id) {
            Some((_, counts)) => counts.push(row.n.unwrap_or_default()),
            None => lines.push((&row.id, vec![row.n.unwrap_or_default()])),
        }
    }
    let counts: Vec<Vec<u64>> = lines.into_iter().map(|(_, counts)| counts).collect();
    LineFacts { id: "all".to_owned(), further: Further(association(&associate(&counts))) }
}

/// Describes how each row goes over the months: by counts (Mann–Kendall) and by shares (Cochran–Armitage).
fn trends(lines: &BTreeMap<(usize, String), Vec<&Row>>, adjustment: Adjustment) -> (Vec<LineFacts>, Vec<String>) {
    let mut facts: Vec<(LineFacts, Option<f64>)> = Vec::new();
    for ((_, id), rows) in lines {
        #[allow(clippy::cast_precision_loss, reason = "counts of units are far below 2^52")]
        let written: Vec<(f64, &Row)> =
            rows.iter().enumerate().filter(|(_, row)| row.total > 0).map(|(at, row)| (at as f64, *row)).collect();
        #[allow(clippy::cast_precision_loss, reason = "counts of units are far below 2^52")]
        let shares: Vec<f64> =
            written.iter().map(|(_, row)| row.n.unwrap_or_default() as f64 / row.total as f64).collect();
        let groups: Vec<Group> = written
            .iter()
            .map(|(at, row)| Group { successes: row.n.unwrap_or_default(), total: row.total, score: *at })
            .collect();
        let tau = match mann_kendall(&shares) {
            Ok(found) => Value::Number(found.tau_b, 2),
            Err(reason) => Value::Undefined(reason.to_owned()),
        };
        let undefined = |reason: &str| Value::Undefined(reason.to_owned());
        let (statistic, p, raw) = match cochran_armitage(&groups) {
            Ok(CochranArmitage { z, p, .. }) => (Value::Number(z, 2), Value::P(p), Some(p)),
            Err(reason) => (undefined(reason), undefined(reason), None),
        };
        let further = vec![
            (Measure::Test, Value::Words("Cochran–Armitage".to_owned())),
            (Measure::Statistic, statistic),
            (Measure::P, p),
            (Measure::TauB, tau),
        ];
        facts.push((LineFacts { id: id.clone(), further: Further(further) }, raw));
    }
    let adjusted = adjust(&facts.iter().map(|(_, p)| *p).collect::<Vec<_>>(), adjustment);
    let facts = facts.into_iter().zip(adjusted).map(|((mut line, _), adjusted)| {
        let value = adjusted.map_or_else(|| Value::Undefined("there is no p-value".to_owned()), Value::P);
        line.further.0.insert(3, (Measure::AdjustedP, value));
        line
    });
    let sentences = vec![format!(
        "Tests describe the months that have entries, and prove nothing about others. Statistic: z of Cochran–Armitage; tau-b: of the shares with time (Mann–Kendall). Adjusted p: {}.",
        adjustment.name()
    )];
    (facts.collect(), sentences)
}
