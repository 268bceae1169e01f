//! `themata match`.

use clap::Args;

use super::open_read;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output},
    },
    table::{counted, plural},
    workflow,
};

/// Run the rules of the codebook over the study
#[derive(Debug, Args)]
pub(crate) struct MatchArgs {
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &MatchArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open_read(place, output)?;
    let fresh = workflow::fresh(&mut workspace, &Bar::default())?;
    output.warnings(&fresh.warnings);
    let suggestions = fresh.suggestions()?.0;
    let (entries, codes) = (fresh.heads.len(), fresh.codebook.running().count());
    if arguments.json {
        output.json(
            &serde_json::json!({ "entries": entries, "codes": codes, "suggestions": suggestions, "read": fresh.read }),
        )?;
    } else {
        let state = match fresh.read {
            0 => "up to date".to_owned(),
            read => format!("{} read", counted(read, "entry", "entries")),
        };
        let (codes, entries) = (counted(codes, "code", "codes"), counted(entries, "entry", "entries"));
        let word = plural(suggestions, "suggestion", "suggestions");
        output.line(&format!("{suggestions} {word} of {codes} in {entries} ({state})"))?;
    }
    Ok(Ended::Done)
}
