//! `themata codebook list`.

use clap::Args;

use super::{read, size};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
    },
    codebook::CodeStatus,
    table::counted,
    workflow::{CodebookLine, list_codebook},
};

/// List themes and codes with the number of their rules and examples, their status and brief definition
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Print one JSON object a theme or code
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &ListArgs, output: &mut Output) -> Result<Ended, Failure> {
    let codebook = read(place, output)?;
    let lines = list_codebook(&codebook);
    if arguments.json {
        for line in &lines {
            output.json(line)?;
        }
        return Ok(Ended::Done);
    }
    let width = |words: &dyn Fn(&CodebookLine) -> usize| {
        lines.iter().filter(|line| line.rules.is_some()).map(words).max().unwrap_or_default()
    };
    let ids = width(&|line| 2 * line.depth + line.id.chars().count());
    let labels = width(&|line| line.label.chars().count());
    for (at, line) in lines.iter().enumerate() {
        let top = line.depth == 0;
        let follows_a_code = at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|one| one.depth > 0);
        if top && follows_a_code {
            output.line("")?;
        }
        let words = match line.rules {
            None => format!("{} ({})", output.strong(&one_line(&line.label)), line.id),
            Some(rules) => of_code(line, rules, ids, labels),
        };
        output.line(words.trim_end())?;
        if let Some(short) = &line.short {
            output.line(&format!("{}{}", "  ".repeat(line.depth + 2), one_line(short)))?;
        }
    }
    output.flush()?;
    output.say(&size(&codebook));
    Ok(Ended::Done)
}

/// Returns a code's line, its columns as wide as those of the others.
fn of_code(line: &CodebookLine, rules: usize, ids: usize, labels: usize) -> String {
    let id = format!("{}{}", "  ".repeat(line.depth), line.id);
    let (rules, examples) =
        (counted(rules, "rule", "rules"), counted(line.examples.unwrap_or_default(), "example", "examples"));
    let status = line.status.filter(|status| *status != CodeStatus::Active).map(CodeStatus::word).unwrap_or_default();
    format!("{id:ids$}  {:labels$}  {rules:>9}  {examples:>11}  {status}", one_line(&line.label))
}
