//! `themata conflicts`.

use clap::{Args, Subcommand};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
        people::{Who, show},
    },
    workflow::{self, Conflict},
};

/// What two copies of the study say differently, for a person to choose
#[derive(Debug, Args)]
pub(crate) struct ConflictsArgs {
    #[command(subcommand)]
    deed: Option<Deed>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Let one side count: conflicts keep 3fa0c1d2 1
    Keep {
        /// Name of the conflict
        #[arg(value_name = "CONFLICT")]
        conflict: String,
        /// Number of the side
        #[arg(value_name = "SIDE")]
        side: usize,
        #[command(flatten)]
        who: Who,
    },
}

pub(super) fn execute(place: &Place, arguments: &ConflictsArgs, output: &mut Output) -> Result<Ended, Failure> {
    if let Some(Deed::Keep { conflict, side, who }) = &arguments.deed {
        let (mut workspace, coder) = who.open(place, output)?;
        let done = workflow::keep_side(&mut workspace, conflict, *side, &coder)?;
        show(&done, "kept", who, output)?;
        return Ok(Ended::Done);
    }
    let workspace = open(place, output)?;
    let found = workflow::conflicts(&workspace)?;
    if arguments.json {
        found.iter().try_for_each(|conflict| output.json(conflict))?;
    } else {
        found.iter().try_for_each(|conflict| show_conflict(conflict, output))?;
        if found.is_empty() {
            output.say("no conflicts");
        }
    }
    Ok(if found.is_empty() { Ended::Done } else { Ended::WithProblems })
}

/// Shows a conflict with its sides, the one that counts last.
pub(super) fn show_conflict(conflict: &Conflict, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("conflict {} ({}): {}", conflict.id, conflict.kind, one_line(&conflict.about)))?;
    for (number, side) in (1..).zip(&conflict.sides) {
        let day = side.at.get(..16).unwrap_or(&side.at).replace('T', " ");
        let counts = match conflict.kind {
            // Which of them holds here is decided by the codebook's file.
            "code" => "",
            _ if number == conflict.sides.len() => "  (counts until someone chooses)",
            _ => "",
        };
        let by = if side.by.is_empty() { "nobody named" } else { &side.by };
        output.line(&format!("    {number}: {}, {day}: {}{counts}", one_line(by), one_line(&side.says)))?;
    }
    Ok(())
}
