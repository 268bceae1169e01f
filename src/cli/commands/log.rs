//! `themata log`.

use clap::Args;

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
    },
    workflow::{self, LogFilter},
};

/// Show what happened to the study, event by event; words of entries are never in it
#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// By one coder
    #[arg(long, value_name = "ID")]
    coder: Option<String>,
    /// Of a kind: suggestion.accepted, or all that begin so: coding, suggestion, memo, code, entry, act
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// About one entry
    #[arg(long, value_name = "ENTRY")]
    entry: Option<String>,
    /// About one code
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Not before: 2026-03-31, or 2026-03-31T14:05
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Not after; a day means all of it
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// One event, by its id or the beginning of it
    #[arg(long, value_name = "EVENT")]
    event: Option<String>,
    /// The last so many that fit [default: 50; all with --json]
    #[arg(long, value_name = "NUMBER", conflicts_with = "all")]
    last: Option<usize>,
    /// All that fit
    #[arg(long)]
    all: bool,
    /// With --event of a change of the codebook: print the file as it was after it
    #[arg(long, requires = "event")]
    file: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// So many events are shown when nobody says how many.
const SHOWN: usize = 50;

pub(super) fn execute(place: &Place, arguments: &LogArgs, output: &mut Output) -> Result<Ended, Failure> {
    let workspace = open(place, output)?;
    if let (Some(event), true) = (&arguments.event, arguments.file) {
        let file = workflow::codebook_after(&workspace, event)?;
        output.bytes(file.as_bytes())?;
        return Ok(Ended::Done);
    }
    let filter = LogFilter {
        coder: arguments.coder.clone(),
        kind: arguments.kind.clone(),
        entry: arguments.entry.clone(),
        code: arguments.code.clone(),
        since: arguments.since.clone(),
        until: arguments.until.clone(),
        event: arguments.event.clone(),
        last: arguments.last.or((!arguments.all && !arguments.json).then_some(SHOWN + 1)),
    };
    let mut lines = workflow::log(&workspace, &filter)?;
    if arguments.json {
        lines.iter().try_for_each(|line| output.json(line))?;
        return Ok(Ended::Done);
    }
    if arguments.last.is_none() && !arguments.all && lines.len() > SHOWN {
        lines.remove(0);
        output.say(&format!("the last {SHOWN} events; --all shows all"));
    }
    for line in &lines {
        let (day, id) = (line.at.get(..16).unwrap_or(&line.at).replace('T', " "), line.event.get(..12));
        let by = if line.by.is_empty() { "" } else { " by " };
        let state = if line.state == "taken back" { "  (taken back)" } else { "" };
        output.line(&format!(
            "{}  {day}  {}{by}{}{state}",
            id.unwrap_or_default(),
            one_line(&line.what),
            one_line(&line.by)
        ))?;
    }
    if arguments.event.is_some() {
        for line in &lines {
            let body = serde_json::to_string_pretty(&line.body).unwrap_or_default();
            output.line(&format!("{}\n{body}", line.kind))?;
        }
    }
    Ok(Ended::Done)
}
