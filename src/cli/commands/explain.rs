//! `themata explain`.

use std::io::Read as _;

use clap::Args;

use super::{open, open_read};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
    },
    table::counted,
    workflow::{self, Explained, ExplainedUnit, MissedRule, WorkflowError},
};

/// Say which codes a text gets and why, or why not
///
/// Give a sentence in quotes, or - to read the text from standard input, or an entry of the study with --entry. With
/// --code only that code is looked at; when it is not given, every rule of it says what it missed, the nearest first.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The text; - reads it from standard input
    #[arg(value_name = "TEXT", required_unless_present = "entry", conflicts_with = "entry")]
    text: Option<String>,
    /// An entry of the study instead of a text
    #[arg(long, value_name = "ENTRY")]
    entry: Option<String>,
    /// Look at this code only, and say why it was not given
    #[arg(long, value_name = "ID")]
    code: Option<String>,
    /// Explain at most so many rules that did not match
    #[arg(long, value_name = "N", default_value_t = 5)]
    limit: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &ExplainArgs, output: &mut Output) -> Result<Ended, Failure> {
    let code = arguments.code.as_deref();
    let mut explained = match (&arguments.entry, &arguments.text) {
        (Some(entry), _) => workflow::explain_entry(&mut open_read(place, output)?, entry, code)?,
        (None, text) => {
            let text = text_of(text.as_deref().unwrap_or_default())?;
            // A codebook that is named needs no study.
            let (codebook, warnings) = match &place.codebook {
                Some(path) => {
                    let (codebook, _, warnings) = workflow::read_codebook(path, &path.display().to_string())?;
                    (codebook, warnings)
                }
                None => open(place, output)?.codebook()?,
            };
            output.warnings(&warnings);
            workflow::explain_text(&codebook, &text, code)?
        }
    };
    let all = explained.missed.as_ref().map(Vec::len);
    if let Some(missed) = &mut explained.missed {
        missed.truncate(arguments.limit);
    }
    if arguments.json {
        output.json(&explained)?;
    } else {
        show(&explained, code, all, output)?;
    }
    Ok(Ended::Done)
}

/// Returns the text that was given; bytes that are not UTF-8 are read as replacement characters, as they are only looked at.
fn text_of(given: &str) -> Result<String, Failure> {
    if given != "-" {
        return Ok(given.to_owned());
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|source| WorkflowError::File { doing: "read", path: "standard input".into(), source })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn show(explained: &Explained, code: Option<&str>, all: Option<usize>, output: &mut Output) -> Result<(), Failure> {
    for unit in &explained.units {
        show_unit(unit, output)?;
    }
    match (&explained.missed, code) {
        (Some(missed), Some(code)) => show_missed(code, missed, all.unwrap_or_default(), output)?,
        _ if explained.units.is_empty() => output.line("No code.")?,
        _ => {}
    }
    Ok(())
}

/// Prints a stretch with the words that matched in brackets, then each code with its rule.
fn show_unit(unit: &ExplainedUnit, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("{}–{}  {}", unit.start, unit.end, one_line(&marked(unit))))?;
    let letters: Vec<char> = unit.text.chars().collect();
    let part = |(from, to): &(u32, u32)| {
        let [from, to] = [from, to].map(|place| place.saturating_sub(unit.start) as usize);
        letters.get(from..to).unwrap_or_default().iter().collect::<String>()
    };
    for code in &unit.codes {
        let theme = code.theme.as_ref().map(|theme| format!(" ({theme})")).unwrap_or_default();
        let negated = if code.negated { ", negated" } else { "" };
        let words: Vec<String> = code.evidence.iter().map(|place| format!("“{}”", part(place))).collect();
        output.line(&format!(
            "    {}{theme}  by {}: {}{negated}",
            output.strong(&code.code),
            code.rule,
            one_line(&words.join(", "))
        ))?;
    }
    output.line("")
}

/// Returns the words of a stretch with brackets around what matched; where several rules' words touch, the outermost are enough.
fn marked(unit: &ExplainedUnit) -> String {
    let mut evidence: Vec<(u32, u32)> = unit.codes.iter().flat_map(|code| &code.evidence).copied().collect();
    evidence.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, to) in evidence {
        match joined.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    let mut shown = String::new();
    let mut left = joined.iter().peekable();
    for (at, char) in (unit.start..).zip(unit.text.chars()) {
        shown.extend(left.peek().filter(|(from, _)| (*from).max(unit.start) == at).map(|_| '['));
        shown.push(char);
        if let Some((_, to)) = left.peek()
            && at + 1 == *to
        {
            shown.push(']');
            let _ = left.next();
        }
    }
    shown
}

fn show_missed(code: &str, missed: &[MissedRule], all: usize, output: &mut Output) -> Result<(), Failure> {
    if all == 0 {
        return output.line(&format!("{code} has no rules: only people give it."));
    }
    output.line(&format!(
        "Not {}: {} looked at, the nearest first.",
        output.strong(code),
        counted(all, "rule", "rules")
    ))?;
    for rule in missed {
        output.line(&format!("    {}  {} of {}", rule.rule, rule.met, counted(rule.of, "word", "words")))?;
        rule.reasons.iter().try_for_each(|reason| output.line(&format!("        {}", one_line(reason))))?;
    }
    if all > missed.len() {
        output.line(&format!(
            "    … and {} further from it (--limit {all})",
            counted(all - missed.len(), "rule", "rules")
        ))?;
    }
    Ok(())
}
