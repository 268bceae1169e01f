//! Between bytes, which the program counts in, and code points, which the outside counts in.

use super::Span;

/// Converts byte offsets of one text to code points and back.
///
/// Holds one number per 64 bytes of a text that is not ASCII, and nothing for one that is.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `64 * i`; empty for ASCII, where both counts are equal.
    before: Vec<u32>,
}

const STEP: usize = 64;

/// Counts the bytes that begin a character.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

impl<'t> CodePoints<'t> {
    /// Prepares the conversion for a text.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0_usize;
            for chunk in text.as_bytes().chunks(STEP) {
                before.push(u32::try_from(count).unwrap_or(u32::MAX));
                count += beginnings(chunk);
            }
        }
        Self { text, before }
    }

    /// Returns the number of code points that begin before a byte; past the end, all of them.
    pub fn of_byte(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let Some(last) = self.before.len().checked_sub(1) else {
            return u32::try_from(byte).unwrap_or(u32::MAX);
        };
        let step = (byte / STEP).min(last);
        let rest = self.text.as_bytes().get(step * STEP..byte).unwrap_or_default();
        self.before[step] + u32::try_from(beginnings(rest)).unwrap_or(u32::MAX)
    }

    /// Returns start and end of a span in code points.
    pub fn of_span(&self, span: Span) -> (u32, u32) {
        (self.of_byte(span.start), self.of_byte(span.end))
    }

    /// Returns the byte at which a code point begins, or `None` past the end.
    pub fn to_byte(&self, code_point: u32) -> Option<u32> {
        if self.before.is_empty() {
            return (code_point as usize <= self.text.len()).then_some(code_point);
        }
        let step = self.before.partition_point(|before| *before <= code_point).saturating_sub(1);
        // A chunk may begin inside a character, whose beginning was counted before it.
        let mut missing = (code_point - self.before[step]) as usize;
        let from = step * STEP;
        for (index, byte) in self.text.as_bytes().iter().enumerate().skip(from) {
            if (*byte & 0b1100_0000) != 0b1000_0000 {
                if missing == 0 {
                    return u32::try_from(index).ok();
                }
                missing -= 1;
            }
        }
        (missing == 0).then(|| u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_character_across_two_steps_is_found() {
        let text = format!("{}\u{1f60a}b", "a".repeat(STEP - 1));
        let points = CodePoints::new(&text);
        assert_eq!(points.to_byte(63), Some(63));
        assert_eq!(points.to_byte(64), Some(67));
        assert_eq!(points.of_byte(67), 64);
    }

    proptest! {
        #[test]
        fn every_boundary_goes_there_and_back(text in "[a-zé😊\u{301}\n ]{0,300}") {
            let points = CodePoints::new(&text);
            let in_u32 = |offset: usize| u32::try_from(offset).unwrap();
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(in_u32(byte)), in_u32(count));
                prop_assert_eq!(points.to_byte(in_u32(count)), Some(in_u32(byte)));
            }
            let all = in_u32(text.chars().count());
            prop_assert_eq!(points.of_byte(in_u32(text.len())), all);
            prop_assert_eq!(points.to_byte(all), Some(in_u32(text.len())));
            prop_assert_eq!(points.to_byte(all + 1), None);
        }
    }
}
