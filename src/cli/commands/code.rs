//! `themata code`.

use clap::{Args, Subcommand};

use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
        people::{Stretch, Who, range, show},
    },
    workflow::{self, Target},
};

/// Code a stretch of an entry by hand, take a coding away, or give it another stretch
#[derive(Debug, Args)]
pub(crate) struct CodeArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Code a stretch: code add 2018-03 --quote "afraid to drive" --code fear
    Add {
        #[command(flatten)]
        stretch: Stretch,
        /// The code
        #[arg(long, value_name = "CODE")]
        code: String,
        #[command(flatten)]
        who: Who,
    },
    /// Take away your own coding, acceptance or rejection of exactly this stretch
    Remove {
        #[command(flatten)]
        stretch: Stretch,
        /// The code
        #[arg(long, value_name = "CODE")]
        code: String,
        #[command(flatten)]
        who: Who,
    },
    /// Give your own coding another stretch, longer, shorter or elsewhere in the entry
    Move {
        #[command(flatten)]
        stretch: Stretch,
        /// The code
        #[arg(long, value_name = "CODE")]
        code: String,
        /// The words of the new stretch
        #[arg(long, value_name = "WORDS", required_unless_present = "to_at", conflicts_with = "to_at")]
        to: Option<String>,
        /// Code points of the new stretch
        #[arg(long, value_name = "START..END", value_parser = range)]
        to_at: Option<(u32, u32)>,
        #[command(flatten)]
        who: Who,
    },
}

pub(super) fn execute(place: &Place, arguments: &CodeArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (done, verb, who) = match &arguments.deed {
        Deed::Add { stretch, code, who } => {
            let (mut workspace, coder) = who.open(place, output)?;
            (workflow::add_code(&mut workspace, &stretch.target(), code, &coder)?, "coded", who)
        }
        Deed::Remove { stretch, code, who } => {
            let (mut workspace, coder) = who.open(place, output)?;
            (workflow::remove_code(&mut workspace, &stretch.target(), code, &coder)?, "removed", who)
        }
        Deed::Move { stretch, code, to, to_at, who } => {
            let (mut workspace, coder) = who.open(place, output)?;
            let target = Target { entry: stretch.entry.clone(), quote: to.clone(), at: *to_at, occurrence: None };
            (workflow::move_code(&mut workspace, &stretch.target(), &target, code, &coder)?, "moved", who)
        }
    };
    show(&done, verb, who, output)?;
    Ok(Ended::Done)
}
