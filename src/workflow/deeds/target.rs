//! The stretch of an entry that a person means: by its words or by code points.

use regex::Regex;

use crate::{
    diagnostic::meant_or_known,
    id::EntryId,
    store::Head,
    text::{CodePoints, Languages, Span},
    workflow::{WorkflowError, Workspace, people::bytes_of},
};

/// A stretch of an entry, as a person names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// Id of the entry.
    pub entry: String,
    /// Its words; blanks and line breaks, curly and straight quotation marks are the same.
    pub quote: Option<String>,
    /// Which occurrence of the words, from 1 on, when there are several.
    pub occurrence: Option<usize>,
    /// Code points instead of words: first, and after the last.
    pub at: Option<(u32, u32)>,
}

/// A stretch that was found.
pub(super) struct Stretch {
    pub(super) head: Head,
    pub(super) text: String,
    pub(super) span: Span,
    /// The span in code points.
    pub(super) at: (u32, u32),
}

impl Stretch {
    pub(super) fn words(&self) -> String {
        self.span.of(&self.text).to_owned()
    }
}

/// Finds an entry by its id.
pub(super) fn entry(workspace: &Workspace, id: &str) -> Result<Head, WorkflowError> {
    if let Some(head) = workspace.store.head(&EntryId::new(id), Languages::default())? {
        return Ok(head);
    }
    let heads = workspace.store.heads(Languages::default())?;
    let known: Vec<&str> = heads.iter().map(|head| head.entry.id.as_str()).collect();
    let hint = match known.len() {
        0 => "nothing has been read yet: themata run reads the sources".to_owned(),
        1..=30 => meant_or_known(id, &known),
        _ => match crate::diagnostic::did_you_mean(id, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`themata ingest --all` lists the entries".to_owned(),
        },
    };
    Err(WorkflowError::Unknown { what: "entry", name: id.to_owned(), hint })
}

/// Finds the stretch that is meant.
pub(super) fn stretch(workspace: &Workspace, target: &Target) -> Result<Stretch, WorkflowError> {
    let head = entry(workspace, &target.entry)?;
    let text = workspace.store.text(head.entry.number)?;
    let points = CodePoints::new(&text);
    let span = match (&target.quote, target.at) {
        (_, Some((start, end))) => bytes_of(&points, start, end).ok_or_else(|| {
            let length = points.of_byte(u32::try_from(text.len()).unwrap_or(u32::MAX));
            WorkflowError::Refused {
                what: format!("{start}..{end} is no stretch of entry {}", target.entry),
                hint: format!("it has code points 0..{length}; the end must be after the start"),
            }
        })?,
        (Some(quote), None) => quoted(&text, &points, target, quote)?,
        (None, None) => {
            return Err(WorkflowError::Refused {
                what: "no stretch is named".to_owned(),
                hint: "say its words with --quote, or its code points with --at START..END".to_owned(),
            });
        }
    };
    let at = points.of_span(span);
    drop(points);
    Ok(Stretch { head, text, span, at })
}

/// Finds words in a text.
fn quoted(text: &str, points: &CodePoints<'_>, target: &Target, quote: &str) -> Result<Span, WorkflowError> {
    let quote = crate::text::normalise(quote);
    let entry = &target.entry;
    let nothing = WorkflowError::Refused {
        what: "the quote is empty".to_owned(),
        hint: "give some words of the entry".to_owned(),
    };
    let pattern = pattern(quote.trim()).ok_or(nothing)?;
    let found: Vec<Span> = pattern.find_iter(text).map(|found| Span::new(found.start(), found.end())).collect();
    match (found.as_slice(), target.occurrence) {
        ([], _) => Err(WorkflowError::Refused {
            what: format!("these words do not stand in entry {entry}"),
            hint: "the quote must be as the entry has it, letter by letter; `themata search` finds words".to_owned(),
        }),
        ([only], None) => Ok(*only),
        (several, Some(number)) => {
            number.checked_sub(1).and_then(|at| several.get(at)).copied().ok_or_else(|| WorkflowError::Refused {
                what: format!("these words stand {} times in entry {entry}", several.len()),
                hint: format!("--occurrence takes 1 to {}", several.len()),
            })
        }
        (several, None) => {
            let place = |span: &Span| {
                let (start, end) = points.of_span(*span);
                format!("{start}..{end}")
            };
            let places: Vec<String> = several.iter().take(10).map(place).collect();
            Err(WorkflowError::Refused {
                what: format!("these words stand {} times in entry {entry}: {}", several.len(), places.join(", ")),
                hint: "quote more words, or say which with --occurrence 2, or --at START..END".to_owned(),
            })
        }
    }
}

/// Makes the pattern of a quote: blanks of any kind are the same, and so are curly and straight quotation marks.
fn pattern(quote: &str) -> Option<Regex> {
    let mut pattern = String::new();
    for c in quote.chars() {
        if c.is_whitespace() {
            if !pattern.ends_with(r"\s+") {
                pattern.push_str(r"\s+");
            }
        } else if "'’‘".contains(c) {
            pattern.push_str("['’‘]");
        } else if "\"“”„«»".contains(c) {
            pattern.push_str("[\"“”„«»]");
        } else {
            pattern.push_str(&regex::escape(&c.to_string()));
        }
    }
    if pattern.is_empty() { None } else { Regex::new(&pattern).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_quotation_marks_are_the_same() {
        let found = |quote: &str, text: &str| pattern(quote).unwrap().find(text).map(|found| found.range());
        assert_eq!(found("don't \"wait\"", "I don’t\n“wait”."), Some(2..20));
        assert_eq!(found("a.b", "axb"), None);
        assert!(pattern("").is_none());
    }
}
