//! `themata forget`.

use clap::Args;

use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
        people::Who,
    },
    table::counted,
    workflow,
};

/// Remove a participant's words for good: from the study file, its older copies, index and cache
///
/// The log, which holds no words, stays and says so. This cannot be undone.
#[derive(Debug, Args)]
pub(crate) struct ForgetArgs {
    /// Ids of entries; ENTRY@EVENT forgets only the earlier text that the event brought
    #[arg(value_name = "ENTRY", required = true)]
    entries: Vec<String>,
    /// Really do it; without this you are told what would go
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    who: Who,
}

pub(super) fn execute(place: &Place, arguments: &ForgetArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (mut workspace, coder) = arguments.who.open(place, output)?;
    let what = workflow::what_to_forget(&workspace, &arguments.entries)?;
    let size = |texts: usize, memos: usize| {
        format!("{}, {}", counted(texts, "text", "texts"), counted(memos, "memo", "memos"))
    };
    if !arguments.yes {
        output.line(&format!(
            "would be forgotten: {} ({}). Nothing was done; add --yes to do it. It cannot be undone.",
            arguments.entries.join(", "),
            size(what.texts, what.memos)
        ))?;
        return Ok(Ended::Done);
    }
    let done = workflow::forget(&mut workspace, &what, &coder)?;
    if arguments.who.json {
        output.json(&done)?;
    } else {
        output.line(&format!("forgotten: {} ({})", done.entries.join(", "), size(done.texts, done.memos)))?;
        output.line("words may still be in:")?;
        done.still.iter().try_for_each(|place| output.line(&format!("    {}", one_line(place))))?;
    }
    Ok(Ended::Done)
}
