//! `themata codebook split`.

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

/// Split a new code off a code, with some of its rules and codings
#[derive(Debug, Args)]
pub(super) struct SplitArgs {
    /// The code
    #[arg(value_name = "CODE")]
    code: String,
    /// Id of the new code
    #[arg(value_name = "NEW")]
    new: String,
    /// Label of the new code
    #[arg(long, value_name = "WORDS")]
    label: String,
    /// Rules that go to the new code, by their number in `codebook show`, from 1 on: 1,4
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    rules: Vec<usize>,
    /// Codings in which this expression finds something go to the new code; else those that the moved rules had suggested
    #[arg(long, value_name = "EXPR")]
    matching: Option<String>,
    #[command(flatten)]
    how: How,
}

pub(super) fn execute(place: &Place, arguments: &SplitArgs, output: &mut Output) -> Result<Ended, Failure> {
    let (from, new) = (CodeId::new(&arguments.code), CodeId::new(&arguments.new));
    // Number 0 is none of the rules, as is what comes before it.
    let rules = arguments.rules.iter().map(|number| number.wrapping_sub(1)).collect();
    let operation = Operation::Split { from, new, label: arguments.label.clone(), rules };
    change(place, &operation, arguments.matching.as_deref(), &arguments.how, output)
}
