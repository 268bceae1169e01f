//! `themata codebook retire`.

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

/// Suggest a code no more; its codings stay
#[derive(Debug, Args)]
pub(super) struct RetireArgs {
    /// The code
    #[arg(value_name = "CODE")]
    code: String,
    #[command(flatten)]
    how: How,
}

pub(super) fn execute(place: &Place, arguments: &RetireArgs, output: &mut Output) -> Result<Ended, Failure> {
    change(place, &Operation::Retire { code: CodeId::new(&arguments.code) }, None, &arguments.how, output)
}
