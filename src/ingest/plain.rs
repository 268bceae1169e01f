//! Importer of running text: a file is one entry, or as many as `split` finds in it.

use super::{
    read::{Draft, Reading},
    split::{Piece, split},
};
use crate::{
    corpus::{Attributes, PartialDate},
    study::{Source, Split},
    table::counted,
    text::Language,
};

/// Reads a text file.
pub(super) fn import(text: &str, reading: &mut Reading<'_>) {
    entries(text, 1, Front::default(), reading);
}

/// What stands in front of a text and holds for all of it.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) id: Option<(usize, String)>,
    pub(super) date: Option<PartialDate>,
    pub(super) language: Option<Language>,
    pub(super) attributes: Attributes,
}

/// Cuts a text into entries; `first` is the line of the file on which it begins.
pub(super) fn entries(text: &str, first: usize, mut front: Front, reading: &mut Reading<'_>) {
    reading.in_order = true;
    if text.trim().is_empty() {
        reading.refuse_empty("a source without words is missing, not a day without events");
        return;
    }
    let source: &Source = reading.source;
    let cut = split(text, &source.split);
    if cut.uncut {
        tell_uncut(first, reading);
    } else if !cut.front.trim().is_empty() {
        let (lines, letters) = (cut.front.lines().count(), cut.front.trim().chars().count());
        let (lines, letters) = (counted(lines, "line", "lines"), counted(letters, "character", "characters"));
        let reason = format!("what stands before the first entry belongs to none: {lines}, {letters}");
        reading.warn(first, reason, None);
    }
    if cut.pieces.len() > 1
        && let Some((line, id)) = front.id.take()
    {
        let reason = format!("id `{id}` names the whole file, which is {} entries; it is left out", cut.pieces.len());
        reading.warn(line, reason, None);
    }
    for piece in cut.pieces {
        take(piece, first, &front, reading);
    }
}

fn tell_uncut(first: usize, reading: &mut Reading<'_>) {
    match reading.source.split {
        Split::Pattern(_) => {
            let hint =
                "it is tried from the first letter of each line: begin it with `.*` where other words may stand before";
            reading.refuse_file(0, "no line matches `pattern`", Some(hint));
        }
        _ => reading.warn(first, "no level of headings (`#`, `##`, …) occurs twice; the file is one entry", None),
    }
}

fn take(piece: Piece<'_>, first: usize, front: &Front, reading: &mut Reading<'_>) {
    let (line, mut words) = (first + piece.line - 1, piece.words());
    let mut attributes = front.attributes.clone();
    let mut date = piece.heading.and_then(|heading| super::order::read_date(heading, reading.source));
    for (name, value) in piece.groups {
        if name == "date" {
            date = reading.date(&value, line);
            if date.is_none() {
                // What the pattern took for a date may be words: none is lost.
                words = piece.text;
            }
        } else {
            attributes.insert(name.to_owned(), value);
        }
    }
    reading.take(Draft {
        line,
        declared: front.id.as_ref().map(|(_, id)| id.clone()),
        date: date.or(front.date),
        language: front.language,
        attributes,
        text: words.to_owned(),
    });
}
