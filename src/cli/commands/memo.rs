//! `themata memo`.

use std::io::Read as _;

use clap::{Args, Subcommand, ValueEnum};

use super::open;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
        people::Who,
    },
    coding::{MemoKind, MemoOn},
    workflow::{self, MemoLine, WorkflowError},
};

/// Write notes on the study, a code, a theme, an entry, a stretch or a decision
#[derive(Debug, Args)]
pub(crate) struct MemoArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Write a memo: memo add code=fear "Fear of the drive, or of the office?"
    Add {
        /// study, code=ID, theme=ID, entry=ID, segment=ENTRY:START..END or decision=EVENT
        #[arg(value_name = "ON", value_parser = on)]
        on: MemoOn,
        /// The words; - reads them from standard input
        #[arg(value_name = "TEXT")]
        text: String,
        /// What it is for
        #[arg(long, value_enum, default_value_t = Kind::Theoretical)]
        kind: Kind,
        #[command(flatten)]
        who: Who,
    },
    /// Give a memo other words
    Change {
        /// Name of the memo, as `memo list` shows it
        #[arg(value_name = "MEMO")]
        memo: String,
        /// The words; - reads them from standard input
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        who: Who,
    },
    /// Take a memo away
    Remove {
        /// Name of the memo, as `memo list` shows it
        #[arg(value_name = "MEMO")]
        memo: String,
        #[command(flatten)]
        who: Who,
    },
    /// List memos, oldest first
    List {
        /// Only those on this
        #[arg(value_name = "ON", value_parser = on)]
        on: Option<MemoOn>,
        /// Only of this kind
        #[arg(long, value_enum)]
        kind: Option<Kind>,
        /// Only by this coder
        #[arg(long, value_name = "ID")]
        coder: Option<String>,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// What it could mean
    Theoretical,
    /// What was done and why
    Methodological,
    /// How your own position shapes the reading
    Reflexive,
    /// What could harm the people in the texts
    Ethical,
    /// What speaks against a theme
    NegativeCase,
}

impl From<Kind> for MemoKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Theoretical => Self::Theoretical,
            Kind::Methodological => Self::Methodological,
            Kind::Reflexive => Self::Reflexive,
            Kind::Ethical => Self::Ethical,
            Kind::NegativeCase => Self::NegativeCase,
        }
    }
}

fn on(text: &str) -> Result<MemoOn, String> {
    let forms = "write study, code=ID, theme=ID, entry=ID, segment=ENTRY:START..END or decision=EVENT";
    MemoOn::parse(text).ok_or_else(|| forms.to_owned())
}

fn words(text: &str) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut words = String::new();
    let failed = |source| WorkflowError::File { doing: "read", path: "standard input".into(), source };
    std::io::stdin().read_to_string(&mut words).map_err(failed)?;
    Ok(words)
}

pub(super) fn execute(place: &Place, arguments: &MemoArgs, output: &mut Output) -> Result<Ended, Failure> {
    match &arguments.deed {
        Deed::Add { on, text, kind, who } => {
            let (mut workspace, coder) = who.open(place, output)?;
            let memo = workflow::write_memo(&mut workspace, on, (*kind).into(), &words(text)?, &coder)?;
            show(&memo, who.json, output)?;
        }
        Deed::Change { memo, text, who } => {
            let (mut workspace, coder) = who.open(place, output)?;
            let memo = workflow::change_memo(&mut workspace, memo, &words(text)?, &coder)?;
            show(&memo, who.json, output)?;
        }
        Deed::Remove { memo, who } => {
            let (mut workspace, coder) = who.open(place, output)?;
            let memo = workflow::remove_memo(&mut workspace, memo, &coder)?;
            if who.json {
                output.json(&memo)?;
            } else {
                output.line(&format!("removed memo {} on {}", memo.memo, one_line(&memo.on)))?;
            }
        }
        Deed::List { on, kind, coder, json } => {
            let workspace = open(place, output)?;
            let memos = workflow::memos(&workspace, on.as_ref(), kind.map(Into::into), coder.as_deref())?;
            memos.iter().try_for_each(|memo| show(memo, *json, output))?;
            if memos.is_empty() && !json {
                output.say("no memos");
            }
        }
    }
    Ok(Ended::Done)
}

fn show(memo: &MemoLine, json: bool, output: &mut Output) -> Result<(), Failure> {
    if json {
        return output.json(memo);
    }
    let day = memo.at.get(..16).unwrap_or(&memo.at).replace('T', " ");
    let place = match memo.place {
        Some("edited") => " (its words were edited)",
        Some("orphaned") => " (its words are gone)",
        _ => "",
    };
    output.line(&format!("{}  {} on {}{place}, {}, {day}", memo.memo, memo.kind, one_line(&memo.on), memo.coder))?;
    match &memo.text {
        Some(text) => text.lines().try_for_each(|line| output.line(&format!("    {}", one_line(line)))),
        None => output.line("    (the words are withheld, or in another copy)"),
    }
}
