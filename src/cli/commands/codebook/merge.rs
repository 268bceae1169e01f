//! `themata codebook merge`.

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

/// Make a code part of another: rules, examples and codings go there
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The code that goes
    #[arg(value_name = "CODE")]
    code: String,
    /// The code that takes it in
    #[arg(value_name = "INTO")]
    into: String,
    #[command(flatten)]
    how: How,
}

pub(super) fn execute(place: &Place, arguments: &MergeArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (from, into) = (CodeId::new(&arguments.code), CodeId::new(&arguments.into));
    change(place, &Operation::Merge { from, into }, None, &arguments.how, output)
}
