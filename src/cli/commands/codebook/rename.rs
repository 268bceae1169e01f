//! `themata codebook rename`.

use clap::Args;

use super::{How, change};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
    },
    codebook::Operation,
    id::CodeId,
};

/// Give a code another id; codings follow
#[derive(Debug, Args)]
pub(super) struct RenameArgs {
    /// The code
    #[arg(value_name = "CODE")]
    code: String,
    /// Its new id
    #[arg(value_name = "NEW")]
    new: String,
    /// A new label too
    #[arg(long, value_name = "WORDS")]
    label: Option<String>,
    #[command(flatten)]
    how: How,
}

pub(super) fn execute(place: &Place, arguments: &RenameArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (from, to) = (CodeId::new(&arguments.code), CodeId::new(&arguments.new));
    change(place, &Operation::Rename { from, to, label: arguments.label.clone() }, None, &arguments.how, output)
}
