//! `themata search`.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    codebook::Within,
    table::counted,
    workflow::{self, Found, SearchOptions},
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
    };
    let done = workflow::search(&mut workspace, &arguments.expression.join(" "), &options, &Bar::default())?;
    let found = &done.found;
    if arguments.json {
        found.iter().try_for_each(|one| output.json(one))?;
    } else {
        show(found, output)?;
        output.flush()?;
        output.say(&summary(found, done.total));
    }
    if let Some(problem) = &done.index_problem {
        output.note(problem, "every entry was read instead");
    }
    Ok(Ended::Done)
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
fn in_context(one: &Found, width: usize, output: &Output) -> String {
    let (left, right) = (one_line(&one.left), one_line(&one.right));
    let padding = " ".repeat(60_usize.saturating_sub(left.chars().count()));
    format!("{:width$}  {padding}{left}{}{right}", one.entry, output.strong(&format!("[{}]", one_line(&one.hit))))
}
