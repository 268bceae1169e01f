//! `themata codebook terms`.

use clap::Args;

use super::super::{open_read, search::in_context};
use crate::{
    cli::{
        Ended,
        arguments::Place,
        bar::Bar,
        output::{Failure, Output, one_line},
    },
    table::counted,
    workflow::{self, Terms},
};

/// List the words that a code's rules found, as they stand in the texts, rule by rule
///
/// A form with ~ before it is not what the rule says: an inflection, or what a wildcard found. Look there for words that
/// only happen to have the same stem.
#[derive(Debug, Args)]
pub(crate) struct TermsArgs {
    /// Id of the code
    #[arg(value_name = "CODE")]
    code: String,
    /// List the places of one form instead: the words behind its numbers
    #[arg(long, value_name = "FORM")]
    form: Option<String>,
    /// Print one JSON object; with --form one a place
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &TermsArgs, output: &mut Output) -> Result<Ended, Failure> {
    let mut workspace = open_read(place, output)?;
    if let Some(form) = &arguments.form {
        let places = workflow::places_of_form(&mut workspace, &arguments.code, form, &Bar::default())?;
        let width = places.iter().map(|one| one.found.entry.chars().count()).max().unwrap_or_default();
        let mut rule = None;
        for one in &places {
            if arguments.json {
                output.json(one)?;
                continue;
            }
            if rule != Some(&one.rule) {
                output.line(&one_line(&one.rule))?;
                rule = Some(&one.rule);
            }
            let line = in_context(&one.found, width, output);
            output.line(&format!("  {line}"))?;
        }
        return Ok(Ended::Done);
    }
    let terms = workflow::terms(&mut workspace, &arguments.code, &Bar::default())?;
    if arguments.json {
        output.json(&terms)?;
        return Ok(Ended::Done);
    }
    show(&terms, output)?;
    Ok(Ended::Done)
}

fn show(terms: &Terms, output: &mut Output) -> Result<(), Failure> {
    let title = format!("{} ({})", output.strong(&one_line(&terms.label)), terms.code);
    output.line(&format!("{title}: {}", counted(terms.total, "entry", "entries")))?;
    let forms = terms.rules.iter().flat_map(|rule| &rule.forms);
    let width = forms.map(|form| form.form.chars().count()).max().unwrap_or_default().min(40);
    for rule in terms.rules.iter().filter(|rule| rule.n > 0) {
        output.line("")?;
        output.line(&one_line(&rule.rule))?;
        for form in &rule.forms {
            let mark = if form.as_written { ' ' } else { '~' };
            let entries = counted(form.entries, "entry", "entries");
            output.line(&format!("  {mark} {:width$}  {:>5} in {entries}", one_line(&form.form), form.n))?;
        }
    }
    let silent: Vec<_> = terms.rules.iter().filter(|rule| rule.n == 0).collect();
    if !silent.is_empty() {
        output.line("")?;
        output.line("Found nothing:")?;
    }
    for rule in silent {
        output.line(&format!("  {}", one_line(&rule.rule)))?;
    }
    output.flush()?;
    let first = terms.rules.iter().flat_map(|rule| &rule.forms).next();
    match first {
        Some(form) => {
            output.say("~ is not what the rule says: an inflection, or what a wildcard found");
            let form = form.form.replace('\'', "'\\''");
            output.say(&format!("the places of a form: themata codebook terms {} --form '{form}'", terms.code));
        }
        None if terms.rules.is_empty() => output.say("this code has no rules"),
        None if terms.total == 0 => output.say("there are no entries yet: themata ingest"),
        None => output.say("no rule of this code found anything; a retired code's rules do not run"),
    }
    Ok(())
}
