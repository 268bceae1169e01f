//! What is said under a table about its codings: which count, whose they are, what N is, and what is left out.

use super::{ANY, CONSENSUS, Counted, Fresh, WorkflowError, people::Sums};
use crate::table::{Counts, Table, Unit, number, plural};

/// Returns the sentences, the most important first.
pub(super) fn notes(
    fresh: &Fresh,
    counted: &Counted<'_>,
    table: &Table,
    whole: &str,
) -> Result<Vec<String>, WorkflowError> {
    let sums = counted.sums()?;
    let mut notes = which_and_whose(counted)?;
    if sums.negated > 0 && matches!(counted.counts, Counts::All | Counts::Suggested) {
        let (negated, open) = (sums.negated, sums.suggestions - sums.reviewed);
        let (are, count) = (plural(negated, "is", "are"), plural(negated, "counts", "count"));
        let suggestions = plural(open, "suggestion", "suggestions");
        let undecided = if sums.reviewed > 0 { "undecided " } else { "" };
        notes.push(format!(
            "{} of the {} {undecided}{suggestions} {are} negated (\"not afraid\"), and {count}.",
            number(negated),
            number(open)
        ));
    }
    notes.push(denominator(counted, table.unit, whole));
    notes.extend(others(fresh, counted)?);
    Ok(notes)
}

/// Says which codings count and whose they are.
pub(super) fn which_and_whose(counted: &Counted<'_>) -> Result<Vec<String>, WorkflowError> {
    let sums = counted.sums()?;
    Ok(std::iter::once(which(counted, &sums)).chain(whose(counted, &sums)).collect())
}

/// Says what is not in N, and what people said that is not counted or should be looked at again.
pub(super) fn others(fresh: &Fresh, counted: &Counted<'_>) -> Result<Vec<String>, WorkflowError> {
    let sums = counted.sums()?;
    Ok(unread(fresh, counted, &sums).into_iter().chain(left_out(fresh, counted, &sums)).collect())
}

/// Says which units are in N: `all entries`, or those of the entries that were read.
pub(super) fn all_units(counted: &Counted<'_>, unit: Unit) -> String {
    let words = unit.word(2);
    match &counted.only {
        None => format!("all {words}"),
        Some(read) => {
            let of = if unit == Unit::Entry { String::new() } else { format!("{words} of the ") };
            let entries = read.len() as u64;
            let word = Unit::Entry.word(entries);
            format!("{of}{} {word} that the counted coders have marked as read in full", number(entries))
        }
    }
}

/// Which codings count.
fn which(counted: &Counted<'_>, sums: &Sums) -> String {
    let suggestions = plural(sums.suggestions, "suggestion", "suggestions");
    let reviewed = format!("{} of {} {suggestions} reviewed", number(sums.reviewed), number(sums.suggestions));
    let what = match counted.counts {
        Counts::All => "all, that is suggestions of rules and people's codings",
        Counts::Suggested => "suggestions of rules that nobody has decided on",
        Counts::Accepted => "accepted suggestions and people's codings",
        Counts::Rejected => "rejected suggestions",
    };
    format!("Counts: {what}; {reviewed}.")
}

/// Whose codings count, once there are some.
fn whose(counted: &Counted<'_>, sums: &Sums) -> Option<String> {
    if sums.people == 0 && sums.reviewed == 0 {
        return None;
    }
    Some(match counted.coder.as_str() {
        ANY => "Coder: any; what several coded counts once.".to_owned(),
        CONSENSUS => "Coder: consensus; where coders settled on a verdict it counts, elsewhere any coder's.".to_owned(),
        own => format!("Coder: {own} only."),
    })
}

/// What n and N are.
fn denominator(counted: &Counted<'_>, unit: Unit, whole: &str) -> String {
    let words = unit.word(2);
    match (unit, &counted.only) {
        (Unit::Segment, _) => format!(
            "n: coded segments; overlapping segments of one row count once. N: the coded segments of all codes, each code's own, in the {whole}."
        ),
        (_, Some(_)) => format!(
            "n: {words} with the code at least once; N: {}. A row counts the union of what is below it, not the sum.",
            all_units(counted, unit)
        ),
        (_, None) => format!(
            "n: {words} with the code at least once; N: all {words} of the {whole}. A row counts the union of what is below it, not the sum."
        ),
    }
}

/// What a 0 may mean where nobody says what was read.
fn unread(fresh: &Fresh, counted: &Counted<'_>, sums: &Sums) -> Option<String> {
    let entries = fresh.heads.len();
    match &counted.only {
        Some(read) if read.len() < entries => {
            let out = (entries - read.len()) as u64;
            Some(format!(
                "{} {} not marked as read {} not in N, and what was coded there is not in n.",
                number(out),
                Unit::Entry.word(out),
                plural(out, "is", "are")
            ))
        }
        None if counted.counts == Counts::Accepted && sums.people > 0 => Some(
            "No entry is marked as read in full, so that a code that is absent may also be one that nobody has looked for."
                .to_owned(),
        ),
        _ => None,
    }
}

/// What people said that is not counted, or should be looked at again.
fn left_out(fresh: &Fresh, counted: &Counted<'_>, sums: &Sums) -> Vec<String> {
    let mut notes = Vec::new();
    if matches!(counted.counts, Counts::Suggested | Counts::Rejected) {
        return notes;
    }
    let codings = |n: u64| format!("{} {}", number(n), plural(n, "coding", "codings"));
    if sums.stale > 0 {
        let were = plural(sums.stale, "was", "were");
        notes.push(format!(
            "{} {were} made under another definition of the code (stale), and {} until confirmed or removed.",
            codings(sums.stale),
            plural(sums.stale, "counts", "count")
        ));
    }
    if sums.edited > 0 {
        let stand = plural(sums.edited, "stands on words that were", "stand on words that were");
        notes.push(format!(
            "{} {stand} edited since, and {}: see themata orphans.",
            codings(sums.edited),
            plural(sums.edited, "counts", "count")
        ));
    }
    if fresh.people.orphans > 0 {
        let are = plural(fresh.people.orphans, "whose words are gone is", "whose words are gone are");
        notes.push(format!("{} {are} not counted: see themata orphans.", codings(fresh.people.orphans)));
    }
    let unknown: Vec<String> = fresh
        .people
        .unknown
        .iter()
        .filter(|(code, _)| !code.is_empty())
        .map(|(code, n)| format!("{code} ({})", number(*n)))
        .collect();
    if !unknown.is_empty() {
        notes.push(format!("Not counted, since the codebook does not have the code: {}.", unknown.join(", ")));
    }
    notes
}
