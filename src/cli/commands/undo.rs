//! `themata undo` and `themata redo`.

use clap::Args;

use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
        people::Who,
    },
    workflow,
};

/// Take back your own latest act: a coding, decision, memo, mark, or change of the codebook
#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// So many acts, one after the other
    #[arg(long, short = 'n', value_name = "NUMBER", default_value_t = 1)]
    times: u32,
    #[command(flatten)]
    who: Who,
}

/// Give back the act that you took back last
#[derive(Debug, Args)]
pub(crate) struct RedoArgs {
    /// So many acts, one after the other
    #[arg(long, short = 'n', value_name = "NUMBER", default_value_t = 1)]
    times: u32,
    #[command(flatten)]
    who: Who,
}

pub(super) fn undo(place: &Place, arguments: &UndoArgs, output: &mut Output) -> Result<Ended, Failure> {
    repeat(place, &arguments.who, arguments.times, true, output)
}

pub(super) fn redo(place: &Place, arguments: &RedoArgs, output: &mut Output) -> Result<Ended, Failure> {
    repeat(place, &arguments.who, arguments.times, false, output)
}

fn repeat(place: &Place, who: &Who, times: u32, back: bool, output: &mut Output) -> Result<Ended, Failure> {
    let (mut workspace, coder) = who.open(place, output)?;
    for _ in 0..times {
        let done = if back { workflow::undo } else { workflow::redo };
        let taken = done(&mut workspace, &coder)?;
        if who.json {
            output.json(&taken)?;
        } else {
            let word = if back { "undone" } else { "redone" };
            let day = taken.at.get(..16).unwrap_or(&taken.at).replace('T', " ");
            output.line(&format!("{word}: {} ({}, {day})", taken.what, taken.act))?;
        }
        // What was kept is told before the next one begins.
        output.flush()?;
    }
    Ok(Ended::Done)
}
