//! `themata codebook diff`.

use std::path::PathBuf;

use clap::Args;

use super::study_if_begun;
use crate::{
    cli::{
        Ended,
        arguments::{Place, UnitWord},
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    codebook::{Comparison, FieldChange, ItemChange, Step, Verdict, VersionStep, What},
    table::counted,
    workflow::{self, CodeMoves, Move, Moves, RowMove, Share, TableOptions},
};

/// Compare two codebook files, and show what the change moves among the entries of the study
///
/// Each change has the step of the version that it deserves: major when earlier codings must be looked at again, minor when
/// something was added or is suggested otherwise, patch when only words changed.
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The codebook before
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The codebook after
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// List at most so many segments a code
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// What the table of frequencies counts
    #[arg(long, value_name = "UNIT", default_value = "entry")]
    unit: UnitWord,
    /// Percentages even below 20 units
    #[arg(long)]
    percent: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &DiffArgs, output: &mut Output) -> Result<Ended, Failure> {
    let workspace = study_if_begun(place, output)?;
    let options =
        TableOptions { unit: arguments.unit.into(), always_percent: arguments.percent, ..TableOptions::default() };
    let files = (arguments.old.as_path(), arguments.new.as_path());
    let report = workflow::diff_codebooks(workspace.as_ref(), files, &options, arguments.limit, &Bar::default())?;
    if arguments.json {
        output.json(&report)?;
        return Ok(Ended::Done);
    }
    codebooks(&report.codebook, output)?;
    version(&report.codebook, output)?;
    match &report.study {
        Some(moves) => study(moves, &options, &arguments.new, output)?,
        None => {
            output.flush()?;
            output.say("inside a study that has entries, diff shows what the change moves there");
        }
    }
    Ok(Ended::Done)
}

fn mark(what: What) -> char {
    match what {
        What::Added => '+',
        What::Removed => '-',
        What::Changed => '~',
    }
}

fn codebooks(comparison: &Comparison, output: &mut Output) -> Result<(), Failure> {
    if !comparison.head.is_empty() {
        output.line("~ [codebook]")?;
        comparison.head.iter().try_for_each(|change| field(change, output))?;
    }
    for item in &comparison.items {
        let ItemChange { kind, id, label, what, step, .. } = item;
        let name = output.strong(&one_line(&format!("{kind} {id} ({label})")));
        output.line(&format!("{} {name}: {}", mark(*what), step.word()))?;
        for kin in &item.kin {
            let verb = if *what == What::Removed { "are now in" } else { "were in" };
            output.line(&format!(
                "    {} of its {} {verb} {}",
                kin.rules,
                counted(kin.of, "rule", "rules"),
                kin.code
            ))?;
        }
        item.fields.iter().try_for_each(|change| field(change, output))?;
    }
    Ok(())
}

fn field(change: &FieldChange, output: &mut Output) -> Result<(), Failure> {
    let FieldChange { field, step, old, new } = change;
    let step = step.word();
    match (old, new) {
        (Some(old), Some(new)) => {
            output.line(&format!("    ~ {field} ({step})"))?;
            output.line(&format!("        - {}", one_line(old)))?;
            output.line(&format!("        + {}", one_line(new)))
        }
        (Some(old), None) => output.line(&format!("    - {field} ({step}): {}", one_line(old))),
        (None, Some(new)) => output.line(&format!("    + {field} ({step}): {}", one_line(new))),
        (None, None) => Ok(()),
    }
}

fn version(comparison: &Comparison, output: &mut Output) -> Result<(), Failure> {
    let VersionStep { old, new, deserved, said, verdict, next } = &comparison.version;
    if *deserved == Step::None {
        output.line("The codebooks say the same.")?;
    }
    let next = next.as_ref().map(|next| format!(", {next} or higher")).unwrap_or_default();
    let said = said.map_or("", Step::word);
    let judged = match verdict {
        Verdict::Fits if *deserved == Step::None => return Ok(()),
        Verdict::Fits => format!("the changes deserve a {} step, and it is a {said} one", deserved.word()),
        Verdict::TooSmall if said == "none" => {
            format!("it is the same, and the changes deserve a {} step{next}", deserved.word())
        }
        Verdict::TooSmall => format!("the changes deserve a {} step{next}; it is a {said} one", deserved.word()),
        Verdict::Lower => format!("it goes back; the changes deserve a {} step{next}", deserved.word()),
        Verdict::Unreadable => {
            format!("it is not three numbers with points between; the changes deserve a {} step{next}", deserved.word())
        }
    };
    output.line("")?;
    output.line(&one_line(&format!("version {old} → {new}: {judged}")))
}

fn study(moves: &Moves, options: &TableOptions, new: &std::path::Path, output: &mut Output) -> Result<(), Failure> {
    output.line("")?;
    if moves.codes.is_empty() && moves.rows.is_empty() {
        return output.line(&format!("Nothing moves in {}.", counted(moves.total, "entry", "entries")));
    }
    output.line(&format!("In {}:", counted(moves.total, "entry", "entries")))?;
    moves.codes.iter().try_for_each(|code| code_moves(code, output))?;
    if !moves.rows.is_empty() {
        output.line("")?;
        output.line(&format!("Table of frequencies, {}:", options.unit.word(2)))?;
        let width = moves.rows.iter().map(|row| row.label.chars().count()).max().unwrap_or_default().min(60);
        moves.rows.iter().try_for_each(|row| output.line(&row_move(row, width)))?;
        output.flush()?;
        let codebook = new.display();
        output.say(&format!(
            "open a number: themata table frequency --json --codebook {codebook}, then themata segments EVIDENCE --codebook {codebook}"
        ));
    }
    Ok(())
}

fn code_moves(moves: &CodeMoves, output: &mut Output) -> Result<(), Failure> {
    let CodeMoves { code, segments_gained, segments_lost, entries_gained, entries_lost, places } = moves;
    output.line("")?;
    let code = output.strong(code);
    output.line(&format!(
        "{code}: segments +{segments_gained} -{segments_lost}, entries +{entries_gained} -{entries_lost}"
    ))?;
    for place in places {
        let mark = if place.moved == Move::Gained { '+' } else { '-' };
        output.line(&format!(
            "  {mark} {} {}–{}  by: {}",
            place.entry,
            place.start,
            place.end,
            one_line(&place.rules.join("; "))
        ))?;
        output.line(&format!("      {}", one_line(&place.text)))?;
    }
    let more = (segments_gained + segments_lost).saturating_sub(places.len());
    if more > 0 {
        output.line(&format!("  … and {more} more (--limit)"))?;
    }
    Ok(())
}

fn row_move(row: &RowMove, width: usize) -> String {
    let share = |share: &Option<Share>| match share {
        None => "not there".to_owned(),
        Some(share) => match share.percent {
            Some(percent) => format!("{} of {} ({percent}%)", share.n, share.total),
            None => format!("{} of {}", share.n, share.total),
        },
    };
    format!("  {:width$}  {} → {}", one_line(&row.label), share(&row.old), share(&row.new))
}
