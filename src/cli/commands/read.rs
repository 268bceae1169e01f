//! `themata read`.

use clap::Args;

use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
        people::Who,
    },
    workflow,
};

/// Say that you have read entries in full, so that a code that is absent there differs from one not yet looked for
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Ids of the entries
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
    /// You have not
    #[arg(long)]
    not: bool,
    #[command(flatten)]
    who: Who,
}

pub(super) fn execute(place: &Place, arguments: &ReadArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (mut workspace, coder) = arguments.who.open(place, output)?;
    let done = workflow::mark_read(&mut workspace, &arguments.entries, !arguments.not, &coder)?;
    let word = if arguments.not { "not read" } else { "read in full" };
    for (entry, event) in done {
        if arguments.who.json {
            let event = event.map(|event| event.to_string());
            output.json(&serde_json::json!({ "entry": entry, "read": !arguments.not, "event": event }))?;
        } else {
            let event =
                event.map_or_else(|| "it was so already".to_owned(), |event| format!("event {}", event.short()));
            output.line(&format!("{}: {word} by {coder} ({event})", one_line(&entry)))?;
        }
    }
    Ok(Ended::Done)
}
