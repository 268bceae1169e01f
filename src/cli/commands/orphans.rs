//! `themata orphans`.

use clap::{Args, Subcommand};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
        people::{Who, range, show},
    },
    workflow::{self, ChangedCoding, Target},
};

/// Codings whose words were edited or are gone: list them, give them a place, confirm or drop them
#[derive(Debug, Args)]
pub(crate) struct OrphansArgs {
    #[command(subcommand)]
    deed: Option<Deed>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Give your coding a stretch of the entry as it is now
    Place {
        /// Name of the coding, as the list shows it
        #[arg(value_name = "CODING")]
        coding: String,
        /// The words
        #[arg(long, value_name = "WORDS", required_unless_present = "at", conflicts_with = "at")]
        quote: Option<String>,
        /// Code points instead of words
        #[arg(long, value_name = "START..END", value_parser = range)]
        at: Option<(u32, u32)>,
        #[command(flatten)]
        who: Who,
    },
    /// Your coding holds although its words were edited
    Confirm {
        /// Name of the coding, as the list shows it
        #[arg(value_name = "CODING")]
        coding: String,
        #[command(flatten)]
        who: Who,
    },
    /// Take your coding away
    Drop {
        /// Name of the coding, as the list shows it
        #[arg(value_name = "CODING")]
        coding: String,
        #[command(flatten)]
        who: Who,
    },
}

pub(super) fn execute(place: &Place, arguments: &OrphansArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (done, verb, who) = match &arguments.deed {
        None => {
            let workspace = open(place, output)?;
            let found = workflow::orphans(&workspace)?;
            if arguments.json {
                found.iter().try_for_each(|coding| output.json(coding))?;
            } else {
                found.iter().try_for_each(|coding| show_changed(coding, output))?;
                if found.is_empty() {
                    output.say("no coding stands on edited words, and none lost its words");
                }
            }
            return Ok(if found.is_empty() { Ended::Done } else { Ended::WithProblems });
        }
        Some(Deed::Place { coding, quote, at, who }) => {
            let (mut workspace, coder) = who.open(place, output)?;
            let target = Target { quote: quote.clone(), at: *at, ..Target::default() };
            (workflow::place_orphan(&mut workspace, coding, target, &coder)?, "placed", who)
        }
        Some(Deed::Confirm { coding, who }) => {
            let (mut workspace, coder) = who.open(place, output)?;
            (workflow::confirm_orphan(&mut workspace, coding, &coder)?, "confirmed", who)
        }
        Some(Deed::Drop { coding, who }) => {
            let (mut workspace, coder) = who.open(place, output)?;
            (workflow::drop_orphan(&mut workspace, coding, &coder)?, "dropped", who)
        }
    };
    show(&done, verb, who, output)?;
    Ok(Ended::Done)
}

/// Shows a coding that does not stand as it stood: before and now.
pub(super) fn show_changed(coding: &ChangedCoding, output: &mut Output) -> Result<(), Failure> {
    let (entry, code, coder) = (one_line(&coding.entry), one_line(&coding.code), one_line(&coding.coder));
    let place = match (coding.start, coding.end) {
        (Some(start), Some(end)) => format!(" {start}–{end}"),
        _ => String::new(),
    };
    output.line(&format!("{:<9} {}  {code} by {coder} on {entry}{place}", coding.status, coding.id))?;
    let words = |words: &Option<String>| words.as_deref().map_or_else(|| "(not here)".to_owned(), one_line);
    if coding.status == "moved" {
        return output.line(&format!("    {}", words(&coding.now)));
    }
    output.line(&format!("    before: {}", words(&coding.before)))?;
    if coding.now.is_some() {
        output.line(&format!("    now:    {}", words(&coding.now)))?;
    }
    Ok(())
}
