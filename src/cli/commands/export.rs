//! `themata export`.

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueEnum};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output},
    },
    disk::{self, Beside},
    table::number,
    workflow::{self, WithTexts, WorkflowError},
};

/// Write the study in another form
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum Form {
    /// The log as JSON lines, for `themata merge`: what one coder sends to another
    Log {
        /// The file; - is standard output
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Which words go along
        #[arg(long, value_enum, default_value_t = Texts::Current)]
        with_texts: Texts,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Texts {
    /// Only memos: whoever has the same sources can merge it
    None,
    /// Texts as they are now, registers, codebooks and memos
    Current,
    /// Every text that there ever was and that was not forgotten
    All,
}

impl From<Texts> for WithTexts {
    fn from(texts: Texts) -> Self {
        match texts {
            Texts::None => Self::None,
            Texts::Current => Self::Current,
            Texts::All => Self::All,
        }
    }
}

pub(super) fn execute(place: &Place, arguments: &ExportArgs, output: &mut Output) -> Result<Ended, Failure> {
    let Form::Log { file, with_texts } = &arguments.form;
    let workspace = open(place, output)?;
    let with: WithTexts = (*with_texts).into();
    let done = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let done = workflow::export_log(&workspace, with, file, &mut bytes)?;
        output.bytes(&bytes)?;
        done
    } else {
        let failed = |source| WorkflowError::File { doing: "write", path: file.clone(), source };
        // Beside its place first: half a file would look like a whole one. A pipe or device has no place beside.
        let is_stream = fs::metadata(file).is_ok_and(|there| !there.is_file());
        let beside = (!is_stream).then(|| Beside::own(file));
        let opened = beside.as_ref().map_or_else(|| File::options().write(true).open(file), Beside::create);
        let opened = opened.map_err(failed)?;
        if let Some(beside) = &beside {
            // Memos and texts are about people, whatever goes along.
            disk::keep_private(beside.path());
        }
        let mut out = BufWriter::new(opened);
        let done = workflow::export_log(&workspace, with, file, &mut out)?;
        out.flush().map_err(failed)?;
        drop(out);
        beside.map_or(Ok(()), Beside::put).map_err(failed)?;
        done
    };
    output.say(&format!("{} events, {} texts, records and memos", number(done.events), number(done.words)));
    if with != WithTexts::None {
        output.say("Words of entries are in this file: it is for the team, and for nobody else.");
    }
    Ok(Ended::Done)
}
