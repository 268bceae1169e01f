//! `themata decide`.

use clap::{Args, Subcommand};

use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output},
        people::{Who, range, show},
    },
    workflow::{self, Decision, DecisionFilter},
};

/// Decide on suggestions: accept or reject them, one by one or all of a rule; confirm codings that became doubtful
#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// The suggestions are right: decide accept 2018-03 --code fear --quote "The whole sentence that is suggested."
    Accept(Which),
    /// The suggestions are wrong: decide reject --rule "scared | afraid" --all
    Reject(Which),
    /// Your own codings still hold although the code's definition or the words under them were changed
    Confirm(Which),
}

/// Which suggestions: all that is named must fit.
#[derive(Debug, Args)]
struct Which {
    /// Of one entry
    #[arg(value_name = "ENTRY")]
    entry: Option<String>,
    /// Of one code
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Of one rule, as the codebook writes it
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// On exactly these words
    #[arg(long, value_name = "WORDS", conflicts_with = "at", requires = "entry")]
    quote: Option<String>,
    /// On exactly these code points
    #[arg(long, value_name = "START..END", value_parser = range, requires = "entry")]
    at: Option<(u32, u32)>,
    /// All that fit, not only one
    #[arg(long)]
    all: bool,
    /// For all coders, after you talked about it: counts as their consensus
    #[arg(long)]
    adjudicate: bool,
    #[command(flatten)]
    who: Who,
}

pub(super) fn execute(place: &Place, arguments: &DecideArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (decision, which, verb) = match &arguments.deed {
        Deed::Accept(which) => (Decision::Accept, which, "accepted"),
        Deed::Reject(which) => (Decision::Reject, which, "rejected"),
        Deed::Confirm(which) => (Decision::Confirm, which, "confirmed"),
    };
    let filter = DecisionFilter {
        entry: which.entry.clone(),
        code: which.code.clone(),
        rule: which.rule.clone(),
        quote: which.quote.clone(),
        at: which.at,
        all: which.all,
        adjudicated: which.adjudicate,
    };
    let (mut workspace, coder) = which.who.open(place, output)?;
    let done = workflow::decide(&mut workspace, decision, &filter, &coder, &Bar::default())?;
    show(&done, verb, &which.who, output)?;
    Ok(Ended::Done)
}
