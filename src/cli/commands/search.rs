//! `themata search`.

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
    let found = workflow::search(&mut workspace, &arguments.expression.join(" "), &options, &Bar::default())?;
    if arguments.json {
        for one in &found {
            output.json(one)?;
        }
        return Ok(Ended::Done);
    }
    let width = found.iter().map(|one| one.entry.chars().count()).max().unwrap_or_default();
    for one in &found {
        let line = in_context(one, width, output);
        output.line(&line)?;
    }
    let entries: std::collections::BTreeSet<&str> = found.iter().map(|one| one.entry.as_str()).collect();
    let (hits, entries) = (found.len(), entries.len());
    output.flush()?;
    let (hit, entry) = (if hits == 1 { "hit" } else { "hits" }, if entries == 1 { "entry" } else { "entries" });
    output.say(&format!("{hits} {hit} in {entries} {entry}"));
    Ok(Ended::Done)
}

/// Returns entry and hit in one line, the hits under each other.
fn in_context(one: &Found, width: usize, output: &Output) -> String {
    let (left, right) = (one_line(&one.left), one_line(&one.right));
    let padding = " ".repeat(60_usize.saturating_sub(left.chars().count()));
    format!("{:width$}  {padding}{left}{}{right}", one.entry, output.strong(&format!("[{}]", one_line(&one.hit))))
}
