//! What the commands for people's work share: who acts, which stretch is meant, and how what was done is shown.

use clap::Args;

use super::{
    arguments::Place,
    commands::open,
    output::{Failure, Output, one_line},
};
use crate::{
    id::CoderId,
    workflow::{Done, Line, Target, Workspace},
};

/// Who acts.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Who {
    /// Who acts; else THEMATA_CODER, else `me` of themata.toml
    #[arg(long, value_name = "ID")]
    coder: Option<String>,
    /// Print what was done as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

impl Who {
    /// Opens the study and finds out who acts.
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    pub(in crate::cli) fn open(&self, place: &Place, output: &Output) -> Result<(Workspace, CoderId), Failure> {
        let workspace = open(place, output)?;
        let named = self.coder.clone().or_else(|| std::env::var("THEMATA_CODER").ok().filter(|id| !id.is_empty()));
        let coder = workspace.acting(named.as_deref())?;
        Ok((workspace, coder))
    }
}

/// Which stretch of an entry.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Stretch {
    /// Id of the entry
    #[arg(value_name = "ENTRY")]
    pub(in crate::cli) entry: String,
    /// Its words, as the entry has them
    #[arg(long, value_name = "WORDS", required_unless_present = "at", conflicts_with = "at")]
    quote: Option<String>,
    /// Which of several places with these words, from 1 on
    #[arg(long, value_name = "NUMBER", requires = "quote")]
    occurrence: Option<usize>,
    /// Code points instead of words: START..END, the end not included
    #[arg(long, value_name = "START..END", value_parser = range)]
    at: Option<(u32, u32)>,
}

impl Stretch {
    pub(in crate::cli) fn target(&self) -> Target {
        Target { entry: self.entry.clone(), quote: self.quote.clone(), occurrence: self.occurrence, at: self.at }
    }
}

/// Reads `3..17`.
pub(in crate::cli) fn range(text: &str) -> Result<(u32, u32), String> {
    let wrong = || "write two numbers with two points between them: 3..17".to_owned();
    let (start, end) = text.split_once("..").ok_or_else(wrong)?;
    let (start, end) = (start.parse().map_err(|_| wrong())?, end.parse().map_err(|_| wrong())?);
    if start < end { Ok((start, end)) } else { Err("the end must be after the start".to_owned()) }
}

/// So many stretches are shown one by one; more are only counted.
const SHOWN: usize = 20;

/// Shows what was done, after it was kept.
pub(in crate::cli) fn show(done: &Done, verb: &str, who: &Who, output: &mut Output) -> Result<(), Failure> {
    let event = done.event.map(|event| event.to_string());
    if who.json {
        return output.json(&serde_json::json!({ "event": event, "segments": done.lines }));
    }
    for one in done.lines.iter().take(SHOWN) {
        let Line::Segment { entry, start, end, text, code, coder, .. } = one else { continue };
        let coder = coder.as_deref().unwrap_or_default();
        output.line(&format!("{verb}: {code} on {entry} {start}–{end} by {coder}\n    {}", one_line(text)))?;
    }
    if done.lines.len() > SHOWN {
        output.line(&format!("… and {} more", done.lines.len() - SHOWN))?;
    }
    match &done.event {
        Some(event) => output.line(&format!("event {}", event.short())),
        None => output.line("it was so already; nothing to keep"),
    }
}
