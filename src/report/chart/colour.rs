//! Colours: one a theme, told apart by colour-blind readers and in grey print; lighter tints for codes.
//!
//! Source of the hues: Okabe and Ito (2008), Color Universal Design. The order is ours.

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// Text, axes.
pub(super) const INK: Colour = Colour(26, 26, 26);
/// Text that steps back: still 7 : 1 on white.
pub(super) const SOFT: Colour = Colour(89, 89, 89);
/// Grid lines.
pub(super) const GRID: Colour = Colour(217, 217, 217);
/// Months without entries.
pub(super) const SHADE: Colour = Colour(238, 238, 238);
/// Paper.
pub(super) const WHITE: Colour = Colour(255, 255, 255);

/// Blue, vermillion, reddish purple come first: their greys rise in even steps. Yellow is left out: it fades on white.
const THEMES: [Colour; 7] = [
    Colour(0, 114, 178),
    Colour(213, 94, 0),
    Colour(204, 121, 167),
    Colour(0, 158, 115),
    Colour(230, 159, 0),
    Colour(86, 180, 233),
    Colour(68, 68, 68),
];

/// Returns the colour of a theme by its index; they repeat after seven.
pub(super) fn theme(group: usize) -> Colour {
    THEMES.get(group % THEMES.len()).copied().unwrap_or(INK)
}

impl Colour {
    /// Returns the colour mixed with white: as it is for a theme, lighter for a code, lighter still below.
    pub(super) fn tint(self, level: u8) -> Self {
        let white = match level {
            0 => 0,
            1 => 50,
            _ => 75,
        };
        self.lightened(white)
    }

    /// Returns the colour mixed with white, of which it takes `white` in a hundred.
    pub(super) fn lightened(self, white: u32) -> Self {
        let white = white.min(100);
        let mix = |part: u8| u8::try_from((u32::from(part) * (100 - white) + 255 * white) / 100).unwrap_or(u8::MAX);
        Self(mix(self.0), mix(self.1), mix(self.2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey value of a colour in print (ITU-R BT.601).
    fn grey(colour: Colour) -> u32 {
        (299 * u32::from(colour.0) + 587 * u32::from(colour.1) + 114 * u32::from(colour.2)) / 1000
    }

    #[test]
    fn the_first_themes_are_apart_in_grey() {
        let greys: Vec<_> = (0..3).map(|group| grey(theme(group))).collect();
        assert!(greys.windows(2).all(|pair| pair[1] >= pair[0] + 25), "{greys:?}");
    }

    #[test]
    fn neighbouring_themes_differ_and_tints_grow_lighter() {
        for group in 0..20 {
            assert_ne!(theme(group), theme(group + 1));
            let tints: Vec<_> = (0..3).map(|level| grey(theme(group).tint(level))).collect();
            assert!(tints.windows(2).all(|pair| pair[1] >= pair[0] + 20), "{tints:?}");
            assert!(tints[2] <= 245, "a bar must be seen on white: {tints:?}");
        }
    }
}
