//! `themata search`.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::{note_unread, open};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    codebook::Within,
    table::counted,
    workflow::{self, Found, SearchOptions, SearchOrder, ValueCount, WorkflowError},
};

/// Find words in context, in the language of the codebook's rules
///
/// A word finds its inflections (lawyer, lawyers); "green card" exactly those forms; =ICE as written; immigra* any ending;
/// words one after the other are a row; | or OR between alternatives; month:2018-03 or any other attribute filters entries.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// The expression; several words are one expression
    #[arg(value_name = "EXPR", required = true, num_args = 1..)]
    expression: Vec<String>,
    /// Where AND, NOT, NEAR and THEN look
    #[arg(long, value_name = "STRETCH")]
    within: Option<WithinWord>,
    /// Allow * or ? as the first character of a word
    #[arg(long)]
    leading_wildcards: bool,
    /// In which order: as in the corpus unless given
    #[arg(long, value_name = "ORDER")]
    sort: Option<OrderWord>,
    /// Count hits and entries by the values of an attribute instead of listing hits
    #[arg(long, value_name = "ATTRIBUTE", conflicts_with_all = ["sort", "limit"])]
    by: Option<String>,
    /// Print at most so many hits
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print one JSON object a hit
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WithinWord {
    Sentence,
    Paragraph,
    Entry,
}

/// Orders of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrderWord {
    /// By the words before the hit, the nearest first
    Left,
    /// By the words after the hit
    Right,
    /// By the id of the entry
    Entry,
    /// By date
    Date,
    /// Entries with most hits for their length first
    Rank,
}

pub(super) fn execute(place: &Place, arguments: &SearchArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open(place, output)?;
    let options = SearchOptions {
        within: arguments.within.map(|word| match word {
            WithinWord::Sentence => Within::Sentence,
            WithinWord::Paragraph => Within::Paragraph,
            WithinWord::Entry => Within::Entry,
        }),
        leading_wildcards: arguments.leading_wildcards,
        limit: arguments.limit,
        order: match arguments.sort {
            None => SearchOrder::Corpus,
            Some(OrderWord::Left) => SearchOrder::Left,
            Some(OrderWord::Right) => SearchOrder::Right,
            Some(OrderWord::Entry) => SearchOrder::Entry,
            Some(OrderWord::Date) => SearchOrder::Date,
            Some(OrderWord::Rank) => SearchOrder::Rank,
        },
    };
    let expression = arguments.expression.join(" ");
    if let Some(by) = &arguments.by {
        let (counts, problem) = workflow::search_counts(&mut workspace, &expression, by, &options, &Bar::default())?;
        show_counts(by, &counts, arguments.json, output)?;
        note(problem.as_ref(), output);
        note_unread(&workspace, output)?;
        return Ok(Ended::Done);
    }
    let done = workflow::search(&mut workspace, &expression, &options, &Bar::default())?;
    let found = &done.found;
    if arguments.json {
        found.iter().try_for_each(|one| output.json(one))?;
    } else {
        show(found, output)?;
        output.flush()?;
        output.say(&summary(found, done.total));
    }
    note(done.index_problem.as_ref(), output);
    note_unread(&workspace, output)?;
    Ok(Ended::Done)
}

fn note(index_problem: Option<&WorkflowError>, output: &Output) {
    if let Some(problem) = index_problem {
        output.note(problem, "every entry was read instead");
    }
}

/// Prints a line a value: hits, and entries with a hit of those that were searched.
fn show_counts(by: &str, counts: &[ValueCount], json: bool, output: &mut Output) -> Result<(), Failure> {
    if json {
        return counts.iter().try_for_each(|count| output.json(count));
    }
    let name = |count: &ValueCount| count.value.as_deref().map_or_else(|| "(none)".to_owned(), one_line);
    let longest = counts.iter().map(|count| name(count).chars().count()).chain([by.chars().count()]).max();
    let width = longest.unwrap_or_default();
    output.line(&format!("{by:width$}  {:>6}  {:>16}", "hits", "entries"))?;
    for count in counts {
        let entries = format!("{} of {}", count.entries, count.total);
        output.line(&format!("{:width$}  {:>6}  {entries:>16}", name(count), count.hits))?;
    }
    Ok(())
}

fn show(found: &[Found], output: &mut Output) -> Result<(), Failure> {
    let width = found.iter().map(|one| one.entry.chars().count()).max().unwrap_or_default();
    for one in found {
        let line = in_context(one, width, output);
        output.line(&line)?;
    }
    Ok(())
}

/// Says how many hits are shown, and of how many as far as that is known.
fn summary(found: &[Found], total: Option<usize>) -> String {
    let entries: BTreeSet<&str> = found.iter().map(|one| one.entry.as_str()).collect();
    let (shown, entries) = (found.len(), counted(entries.len(), "entry", "entries"));
    match total {
        Some(total) if total == shown => format!("{} in {entries}", counted(shown, "hit", "hits")),
        Some(total) => format!("{shown} of {}, in {entries}", counted(total, "hit", "hits")),
        None => format!("first {}, in {entries}; there may be more", counted(shown, "hit", "hits")),
    }
}

/// Returns entry and hit in one line, the hits under each other.
pub(super) fn in_context(one: &Found, width: usize, output: &Output) -> String {
    let (left, right) = (one_line(&one.left), one_line(&one.right));
    let padding = " ".repeat(60_usize.saturating_sub(left.chars().count()));
    format!("{:width$}  {padding}{left}{}{right}", one.entry, output.strong(&format!("[{}]", one_line(&one.hit))))
}
