//! The embedded font (Inter, SIL Open Font License, assets/fonts/OFL.txt) and how wide it sets words.
//!
//! No font of the system is ever asked, so a chart looks and measures the same everywhere.

use std::sync::LazyLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::colour::{Colour, INK};

/// Family name inside the font files.
pub(super) const FAMILY: &str = "Inter";
/// The regular face.
pub(super) static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
/// The bold face.
pub(super) static BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-Bold.otf");

/// Height of a capital, in ems (OS/2 table: 2048 of 2816).
const CAPITAL: f64 = 2048.0 / 2816.0;
/// Ascent and descent together, in ems (hhea table); plotters scales fonts to this height, not to the em.
const HEIGHT: f64 = (2728.0 + 680.0) / 2816.0;
/// Pixels an em at which words are measured: plotters rounds down to whole pixels, so this is the precision.
const MEASURE: f64 = 2000.0;

/// Size, weight and colour of some words; sizes are in chart units, 300 an inch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) colour: Colour,
}

impl Type {
    /// Makes a regular type in ink.
    pub(super) const fn regular(size: i32) -> Self {
        Self { size, bold: false, colour: INK }
    }

    /// Makes a bold type in ink.
    pub(super) const fn bold(size: i32) -> Self {
        Self { size, bold: true, colour: INK }
    }

    /// Returns the same type in another colour.
    pub(super) const fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Returns the distance between two baselines.
    pub(super) const fn leading(self) -> i32 {
        self.size * 5 / 4
    }

    /// Returns the height of a capital letter.
    pub(super) fn capital(self) -> f64 {
        f64::from(self.size) * CAPITAL
    }

    /// Returns the width of some words; without kerning, which could only bring letters closer.
    pub(super) fn width(self, text: &str) -> f64 {
        let inside: String = text.chars().filter(|c| covered(*c)).collect();
        let outside: f64 =
            text.chars().filter(|c| !covered(*c)).map(|c| if c >= '\u{1F000}' { 1.4 } else { 1.0 }).sum();
        let ems = self
            .face(MEASURE * HEIGHT)
            .layout_box(&inside)
            .map_or(inside.len() as f64, |((left, _), (right, _))| f64::from(right - left + 1) / MEASURE);
        (ems + outside) * f64::from(self.size)
    }

    /// Returns plotters' name for the face, at plotters' size.
    pub(super) fn face(self, size: f64) -> FontDesc<'static> {
        LazyLock::force(&REGISTERED);
        FontDesc::new(FontFamily::Name(FAMILY), size, if self.bold { FontStyle::Bold } else { FontStyle::Normal })
    }
}

/// Says whether the embedded font was cut to keep this character; others are set by whatever font shows the SVG, and
/// are taken to be as wide as a Chinese character or an emoji.
fn covered(c: char) -> bool {
    matches!(c, '\0'..='\u{52F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2000}'..='\u{22FF}')
}

/// Makes the faces known to plotters, once. A face that could not be read would leave widths estimated, not fail;
/// a test holds that both can be.
static REGISTERED: LazyLock<bool> = LazyLock::new(|| {
    let regular = register_font(FAMILY, FontStyle::Normal, REGULAR);
    regular.is_ok() && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_can_be_read() {
        assert!(*REGISTERED);
        assert!(REGULAR.len() < 150_000 && BOLD.len() < 150_000, "the program carries them: they must stay small");
    }

    #[test]
    fn widths_are_those_of_the_font_tables() {
        let one = Type::regular(100).width("m");
        assert!((one * 3.0 - Type::regular(100).width("mmm")).abs() < 0.3);
        assert!(Type::bold(100).width("Theme") > Type::regular(100).width("Theme"));
        assert!((Type::regular(200).width("Theme") - 2.0 * Type::regular(100).width("Theme")).abs() < 0.2);
    }

    #[test]
    fn characters_outside_the_font_take_room() {
        assert!(Type::regular(100).width("日本") >= 200.0);
    }
}
