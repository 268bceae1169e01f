//! `themata segments`.

use clap::Args;

use super::open_back;
use crate::{
    cli::{
        Ended,
        arguments::{Back, Place},
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    table::Evidence,
    workflow::{self, Line, WorkflowError},
};

/// List the words behind a number: the segments, or cases, of a row's `evidence`
///
/// Every row of every table has an `evidence`, such as code=language-barrier,unit=entry,counts=all. `code=ID` or `theme=ID`
/// alone lists all segments.
#[derive(Debug, Args)]
pub(crate) struct SegmentsArgs {
    /// The evidence of a row
    #[arg(value_name = "EVIDENCE")]
    evidence: String,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    back: Back,
}

pub(super) fn execute(place: &Place, arguments: &SegmentsArgs, output: &mut Output) -> Result<Ended, Failure> {
    let evidence = Evidence::parse(&arguments.evidence).ok_or_else(|| WorkflowError::Unknown {
        what: "evidence",
        name: arguments.evidence.clone(),
        hint: "copy it from a table's JSON or CSV, or write code=ID or theme=ID".to_owned(),
    })?;
    let mut workspace = open_back(place, &arguments.back, output)?;
    let lines = workflow::segments(&mut workspace, &evidence, &Bar::default())?;
    if arguments.json {
        lines.iter().try_for_each(|line| output.json(line))?;
        return Ok(Ended::Done);
    }
    for same in lines.chunk_by(same_place) {
        show(same, output)?;
    }
    Ok(Ended::Done)
}

/// Tells whether two lines are about one stretch.
fn same_place(a: &Line, b: &Line) -> bool {
    match (a, b) {
        (Line::Segment { entry, start, end, .. }, Line::Segment { entry: other, start: from, end: to, .. }) => {
            (entry, start, end) == (other, from, to)
        }
        _ => false,
    }
}

/// Shows one stretch with every code on it, its words, and the rules of each code.
fn show(same: &[Line], output: &mut Output) -> Result<(), Failure> {
    let mut codes: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut marked: Vec<&str> = Vec::new();
    for line in same {
        let Line::Segment { code, rule, negated, .. } = line else { continue };
        marked.extend(negated.then_some(code.as_str()));
        match codes.iter_mut().find(|(known, _)| known == code) {
            // Several coders may have accepted what one rule suggested.
            Some((_, rules)) if rules.iter().any(|known| Some(*known) == rule.as_deref()) => {}
            Some((_, rules)) => rules.extend(rule.as_deref()),
            None => codes.push((code, rule.as_deref().into_iter().collect())),
        }
    }
    match same.first() {
        Some(Line::Segment { entry, start, end, text, .. }) => {
            let mark = |code| if marked.contains(&code) { format!("{code} (negated)") } else { code.to_owned() };
            let names: Vec<String> = codes.iter().map(|(code, _)| mark(*code)).collect();
            output.line(&format!("{entry} {start}–{end}  {}\n    {}", names.join(", "), one_line(text)))?;
        }
        Some(Line::Case { case: id } | Line::Entry { entry: id }) => output.line(id)?,
        None => {}
    }
    for (code, rules) in codes.iter().filter(|(_, rules)| !rules.is_empty()) {
        let whose = if codes.len() > 1 { format!("{code} by") } else { "by".to_owned() };
        output.line(&format!("    {whose}: {}", one_line(&rules.join("; "))))?;
    }
    Ok(())
}
