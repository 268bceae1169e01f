//! `themata codebook show`.

use clap::Args;

use super::read;
use crate::{
    cli::{
        Ended,
        arguments::Place,
        output::{Failure, Output, one_line},
    },
    workflow::{CodeView, Named, show_code},
};

/// Show everything that the codebook says about one code
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Id of the code
    #[arg(value_name = "CODE")]
    code: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(place: &Place, arguments: &ShowArgs, output: &mut Output) -> Result<Ended, Failure> {
    let codebook = read(place, output)?;
    let code = show_code(&codebook, &arguments.code)?;
    if arguments.json {
        output.json(&code)?;
        return Ok(Ended::Done);
    }
    output.line(&format!("{} ({})", output.strong(&one_line(&code.label)), code.id))?;
    for (name, value) in facts(&code) {
        output.line(&format!("{name:10}{}", one_line(&value)))?;
    }
    for (title, lines) in parts(&code) {
        if !lines.is_empty() {
            output.line("")?;
            output.line(&output.strong(title))?;
        }
        for line in &lines {
            output.line(&format!("  {line}"))?;
        }
    }
    Ok(Ended::Done)
}

fn named(one: &Named) -> String {
    format!("{} ({})", one.label, one.id)
}

/// Returns what is said in a few words, those that say something.
fn facts(code: &CodeView) -> Vec<(&'static str, String)> {
    let below: Vec<String> = code.children.iter().map(named).collect();
    let below = match (below.is_empty(), code.aggregate) {
        (true, _) => None,
        (false, true) => Some(format!("{}; counted with it", below.join(", "))),
        (false, false) => Some(format!("{}; not counted with it", below.join(", "))),
    };
    let rules = format!("unit {}, within {}, negation {}", code.unit.word(), code.within.word(), code.negation.word());
    let facts = [
        ("theme", code.theme.as_ref().map(named)),
        ("parent", code.parent.as_ref().map(named)),
        ("below", below),
        ("status", Some(code.status.word().to_owned())),
        ("origin", code.origin.map(|origin| origin.word().replace('_', " "))),
        ("since", code.since.clone()),
        ("color", code.color.clone()),
        ("rules", Some(rules)),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Returns what is said in sentences and lists, in the order in which a coder needs it.
fn parts(code: &CodeView) -> Vec<(&'static str, Vec<String>)> {
    let one = |text: &Option<String>| text.iter().map(|text| one_line(text)).collect::<Vec<_>>();
    let list = |texts: &[String]| texts.iter().map(|text| format!("- {}", one_line(text))).collect::<Vec<_>>();
    let instead = |id: &Option<String>| id.as_ref().map(|id| format!(" → {id}")).unwrap_or_default();
    let not_for = code.exclude.iter().map(|not| format!("- {}{}", one_line(&not.text), instead(&not.instead)));
    let mut examples = Vec::new();
    for example in &code.examples {
        let reference = example.reference.as_ref().map(|place| format!(" [{place}]")).unwrap_or_default();
        let kind = example.kind.word().replace('_', " ");
        examples.push(format!(
            "{kind}{}: {}{}",
            instead(&example.instead),
            one_line(&example.text),
            one_line(&reference)
        ));
        examples.extend(example.note.iter().map(|note| format!("  note: {}", one_line(note))));
    }
    vec![
        ("In brief", one(&code.short)),
        ("Definition", one(&code.definition)),
        ("Use it for", list(&code.include)),
        ("Not for", not_for.collect()),
        ("Rules", code.rules.iter().map(|rule| one_line(rule)).collect()),
        ("Except", code.except.iter().map(|rule| one_line(rule)).collect()),
        ("Examples", examples),
        ("Look at beside it", code.related.iter().map(|related| format!("- {}", one_line(&named(related)))).collect()),
        ("Source", one(&code.source)),
        ("Memo", list(&code.memo)),
    ]
}
