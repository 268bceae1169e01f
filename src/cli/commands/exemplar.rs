//! `themata exemplar`.

use clap::Args;

use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
        people::{Stretch, Who, show},
    },
    workflow,
};

/// Mark a stretch as one that shows a code well, for the paper
#[derive(Debug, Args)]
pub(crate) struct ExemplarArgs {
    #[command(flatten)]
    stretch: Stretch,
    /// The code
    #[arg(long, value_name = "CODE")]
    code: String,
    /// Take the mark away
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    who: Who,
}

pub(super) fn execute(place: &Place, arguments: &ExemplarArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (mut workspace, coder) = arguments.who.open(place, output)?;
    let on = !arguments.remove;
    let done = workflow::mark_exemplar(&mut workspace, &arguments.stretch.target(), &arguments.code, on, &coder)?;
    show(&done, if on { "exemplar" } else { "no exemplar" }, &arguments.who, output)?;
    Ok(Ended::Done)
}
