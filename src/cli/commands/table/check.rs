//! `themata table check`.

use clap::Args;

use crate::{
    cli::{
        Ended,
        output::{Failure, Output},
    },
    statistics::printed::{Checked, Counts, Row, check},
    table::{counted, number},
    workflow::WorkflowError,
};

/// Check printed percentages: which counts of n they can stand for, and whether these can add up to n
///
/// Write the percentages as they are printed, since a zero at the end matters: `themata table check 271 35 22.5 21`. A label can
/// stand before each: `asylum=35`. Ends with 3 when a percentage is impossible, or when the rows cannot add up to n.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// How many units the percentages are of
    #[arg(value_name = "N")]
    n: u64,
    /// The percentages, such as 35, 22.5, asylum=35 or "<1"
    #[arg(value_name = "PERCENT", required = true)]
    percentages: Vec<String>,
    /// A unit can be in several rows: they need not add up to n
    #[arg(long)]
    multiple: bool,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

/// So many ways to add up are shown.
const SHOWN: usize = 3;

pub(super) fn execute(arguments: &CheckArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (labels, cells): (Vec<String>, Vec<String>) = arguments
        .percentages
        .iter()
        .map(|text| match text.rsplit_once('=') {
            Some((label, cell)) => (label.to_owned(), cell.to_owned()),
            None => (String::new(), text.clone()),
        })
        .unzip();
    let found = check(arguments.n, &cells).map_err(|error| {
        let hint = "write percentages as they are printed: 35, 22.5, 22.5%, \"<1\"".to_owned();
        WorkflowError::Refused { what: error.to_string(), hint }
    })?;
    let sums = found.can_sum_to_n || arguments.multiple;
    if arguments.json {
        let mut value = serde_json::to_value(&found).unwrap_or_default();
        let rows = value.get_mut("rows").and_then(serde_json::Value::as_array_mut).into_iter().flatten();
        for (row, label) in rows.zip(labels.iter().filter(|_| labels.iter().any(|label| !label.is_empty()))) {
            if let Some(row) = row.as_object_mut() {
                row.insert("label".to_owned(), label.as_str().into());
            }
        }
        output.json(&value)?;
    } else {
        let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
        for (row, label) in found.rows.iter().zip(&labels) {
            let gap = if width > 0 { "  " } else { "" };
            output.line(&format!("{label:width$}{gap}{:>6}  {}", row.printed, possible(row, found.n)))?;
        }
        output.line("")?;
        for sentence in sentences(&found, arguments.multiple) {
            output.line(&sentence)?;
        }
    }
    Ok(if found.impossible.is_empty() && sums { Ended::Done } else { Ended::WithProblems })
}

fn range(counts: Counts) -> String {
    if counts.least == counts.most {
        return number(counts.least);
    }
    format!("{} to {}", number(counts.least), number(counts.most))
}

/// Says which counts a row can stand for.
fn possible(row: &Row, n: u64) -> String {
    match (row.half_up, row.forced) {
        (_, Some(only)) => format!("only {} of {}", number(only), number(n)),
        (Some(counts), _) => format!("{} of {}", range(counts), number(n)),
        (None, _) => {
            let around: Vec<String> =
                row.neighbours.iter().map(|one| format!("{} prints {}", number(one.count), one.prints)).collect();
            let even = row.half_even.map(|counts| format!("; {} when halves are rounded to even", range(counts)));
            format!("no count of {} prints this: {}{}", number(n), around.join(", "), even.unwrap_or_default())
        }
    }
}

fn sentences(found: &Checked, multiple: bool) -> Vec<String> {
    let mut sentences = Vec::new();
    if found.mixed_precision {
        let decimals: Vec<String> = found.decimals.iter().map(u32::to_string).collect();
        sentences.push(format!(
            "Precision is mixed: rows have {} decimals. One column has one precision.",
            decimals.join(" and ")
        ));
        let lost = found.rows.iter().filter(|row| row.zeros_dropped == Some(false)).map(|row| row.printed.as_str());
        let lost: Vec<&str> = lost.collect();
        if !lost.is_empty() {
            sentences.push(format!(
                "With the other rows' precision no count prints {}: these were rounded to fewer decimals.",
                lost.join(", ")
            ));
        }
    }
    if let Some(sum) = &found.printed_sum {
        sentences.push(format!("The percentages add up to {sum} as they are printed."));
    }
    if !multiple {
        sentences.extend(adds_up(found));
    }
    sentences
}

/// Says whether the rows can be all units, each in one row.
fn adds_up(found: &Checked) -> Vec<String> {
    let n = number(found.n);
    if !found.can_sum_to_n {
        return vec![format!(
            "The rows cannot add up to {n}: either a unit can be in several rows (--multiple), or rows are missing, or a number is wrong."
        )];
    }
    let vectors = found.vectors.map_or_else(|| "very many".to_owned(), |vectors| vectors.to_string());
    let mut sentences = vec![match found.vectors {
        Some(1) => format!("The rows add up to {n} in one way:"),
        _ => format!("The rows can add up to {n} in {vectors} ways, such as:"),
    }];
    let nearest: Option<Vec<u64>> = found.rows.iter().map(|row| row.nearest).collect();
    let nearest = nearest.filter(|_| found.nearest_sum == Some(u128::from(found.n)));
    let first = found.first_vectors.iter().filter(|vector| Some(*vector) != nearest.as_ref());
    for vector in nearest.iter().chain(first).take(SHOWN) {
        let what = if Some(vector) == nearest.as_ref() { " (nearest to each percentage)" } else { "" };
        sentences.push(format!("  {}{what}", vector.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")));
    }
    let forced = found.forced.len();
    if forced > 0 && forced < found.rows.len() {
        sentences.push(format!("{} can stand for one count only.", counted(forced, "row", "rows")));
    }
    sentences
}
