//! The command line: words, progress and exit codes. What is done is in `workflow`.
//!
//! Exit codes: 0 done, also when nothing was found; 1 could not be done; 2 wrong command line; 3 a check found problems,
//! or some items were refused; 101 a bug of ours. A closed pipe is 0.

mod arguments;
mod bar;
mod commands;
mod kinds;
mod output;
mod people;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::Arguments;
use output::{Failure, Output};

/// How a command ended when it could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All done.
    Done,
    /// Done, and there are problems that a person must see.
    WithProblems,
}

/// Reads the command line, does what it says, and returns the exit code.
pub fn main() -> ExitCode {
    quiet_panics();
    let arguments = Arguments::parse();
    let mut output = Output::new();
    match commands::dispatch(arguments, &mut output).and_then(|ended| output.flush().map(|()| ended)) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::WithProblems) => ExitCode::from(3),
        Err(Failure::PipeClosed) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::from(1),
        Err(Failure::Because(error)) => {
            output.error(&error);
            ExitCode::from(1)
        }
        Err(Failure::Output(error)) => {
            output.say(&format!("error: cannot write to standard output: {error}"));
            ExitCode::from(1)
        }
    }
}

/// Keeps words of entries out of crash messages: only the place in the program is shown.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(|| "an unknown place".to_owned(), |place| format!("{}:{}", place.file(), place.line()));
        Output::new().say(&format!(
            "error: a bug in themata {} at {place}; the study file is as it was before",
            env!("CARGO_PKG_VERSION")
        ));
    }));
}
