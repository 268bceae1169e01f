//! The program: everything is in the library, the words are in `cli`.

use std::process::ExitCode;

/// Several threads make and drop many small things at a time, on which the system's allocator would spend a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    themata::cli::main()
}
