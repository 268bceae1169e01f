//! What stands around a stretch, and how much of it is shared with another place.

use std::ops::Range;

/// So many characters on each side make a place known.
pub(super) const AROUND: usize = 64;

/// So many characters on each side are compared when two places are the same as far as that.
pub(super) const FAR: usize = 1024;

/// A line that begins or ends at both places says as much as two short words.
const LINE_EDGE: usize = 8;

/// Returns how much words say: their characters without blanks.
pub(super) fn weight(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Returns how much of the surroundings two places share, before and after, counted outwards until they differ.
pub(super) fn shared(
    most: usize,
    (old, old_at): (&str, &Range<usize>),
    (new, new_at): (&str, &Range<usize>),
) -> (usize, usize) {
    let old_before = old.get(..old_at.start).unwrap_or_default();
    let new_before = new.get(..new_at.start).unwrap_or_default();
    let old_after = old.get(old_at.end..).unwrap_or_default();
    let new_after = new.get(new_at.end..).unwrap_or_default();
    let before = outwards(most, old_before.chars().rev(), new_before.chars().rev());
    (before, outwards(most, old_after.chars(), new_after.chars()))
}

fn outwards(most: usize, mut old: impl Iterator<Item = char>, mut new: impl Iterator<Item = char>) -> usize {
    let (mut weight, mut met_an_edge) = (0, false);
    for _ in 0..most {
        let (before, after) = (old.next(), new.next());
        // A paragraph pasted at the end of a text has no line break after it, yet its line ends there too.
        if matches!((before, after), (None | Some('\n'), None | Some('\n'))) && !met_an_edge {
            met_an_edge = true;
            weight += LINE_EDGE;
        }
        match (before, after) {
            (Some(before), Some(after)) if before == after => weight += usize::from(!before.is_whitespace()),
            _ => break,
        }
    }
    weight
}
