//! `themata verify`.

use clap::Args;

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    table::counted,
    workflow,
};

/// Check that the study file is what its log says: replay it, compare, check hashes and texts
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// Make all tables that follow from the log anew first, when another program or a failing disk changed them
    #[arg(long)]
    rebuild: bool,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &VerifyArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open(place, output)?;
    let bar = Bar::default();
    let found =
        if arguments.rebuild { workflow::rebuild(&mut workspace, &bar)? } else { workflow::verify(&workspace, &bar)? };
    let sound = found.problems.is_empty();
    if arguments.json {
        output.json(&found)?;
    } else {
        let count = |n: u64, one: &str, many: &str| counted(usize::try_from(n).unwrap_or(usize::MAX), one, many);
        output.line(&format!(
            "{}, {}; {} withheld, {} in other copies",
            count(found.events, "event", "events"),
            count(found.words, "text or record", "texts and records"),
            found.withheld,
            found.elsewhere
        ))?;
        if found.predecessors > 0 {
            output.line(&format!(
                "{} named by events, not in this log: another copy has them",
                count(found.predecessors, "predecessor", "predecessors")
            ))?;
        }
        found.problems.iter().try_for_each(|problem| output.line(&format!("problem: {}", one_line(problem))))?;
        output.line(if sound {
            "the study file is what its log says"
        } else {
            "the study file is not what its log says"
        })?;
    }
    if !sound {
        output.say(
            "  hint: where only tables differ, themata verify --rebuild makes them anew from the log; where events or words differ, put your last sound copy of .themata/study.db in its place",
        );
    }
    Ok(if sound { Ended::Done } else { Ended::WithProblems })
}
