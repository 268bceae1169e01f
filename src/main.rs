//! The program: everything is in the library, the words are in `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    themata::cli::main()
}
