//! `themata new DIR`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{
    cli::{
        Ended,
        output::{Failure, Output},
    },
    workflow::new_study,
};

/// Begin a study: a folder that `themata run` works on at once
#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn execute(arguments: &NewArgs, output: &mut Output) -> Result<Ended, Failure> {
    let files = new_study(&arguments.folder)?;
    let here = arguments.folder == Path::new(".");
    let folder = if here { String::new() } else { format!("{}/", arguments.folder.display()) };
    for file in files {
        output.line(&format!("{folder}{file}"))?;
    }
    let go = if here { String::new() } else { format!("cd {}, then ", arguments.folder.display()) };
    output.say(&format!(
        "\nNow: {go}themata run. Your codes go into {folder}codebooks/first.toml, your own entries into \
         {folder}corpus: delete the sample there, corpus/2024-01.md, before the first run, or it is kept as missing."
    ));
    Ok(Ended::Done)
}
