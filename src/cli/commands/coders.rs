//! `themata coders`.

use clap::Args;

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
    },
    table::{number, plural},
    workflow,
};

/// List who codes, and how much each has done
#[derive(Debug, Args)]
pub(crate) struct CodersArgs {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &CodersArgs, output: &mut Output) -> Result<Ended, Failure> {
    let workspace = open(place, output)?;
    let coders = workflow::coders(&workspace)?;
    if arguments.json {
        coders.iter().try_for_each(|coder| output.json(coder))?;
        return Ok(Ended::Done);
    }
    if coders.is_empty() {
        output.say("nobody codes yet\n  hint: name coders in themata.toml: [[coder]] with id and name");
    }
    for one in &coders {
        let name = one.name.as_ref().map(|name| format!(" ({})", one_line(name))).unwrap_or_default();
        output.line(&format!(
            "{}{name}: {} coded, {} accepted, {} rejected, {} {} read in full, {} {}",
            one_line(&one.coder),
            number(one.coded),
            number(one.accepted),
            number(one.rejected),
            number(one.read),
            plural(one.read, "entry", "entries"),
            number(one.memos),
            plural(one.memos, "memo", "memos")
        ))?;
    }
    Ok(Ended::Done)
}
