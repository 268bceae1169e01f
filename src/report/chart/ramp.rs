//! The colours of a heat map: one hue from light to dark, and the colour of words that can be read on each.

use super::colour::Colour;

/// Light to dark through the blue of the first theme; each step darker than the one before, in grey print as well.
const STOPS: [Colour; 4] = [Colour(226, 239, 248), Colour(134, 190, 224), Colour(0, 114, 178), Colour(0, 40, 74)];

/// Returns the colour of a share from 0 to 1.
pub(super) fn colour(share: f64) -> Colour {
    let along = share.clamp(0.0, 1.0) * (STOPS.len() - 1) as f64;
    let stops = STOPS.iter().zip(STOPS.iter().skip(1)).enumerate();
    let part = |(nth, (from, to)): (usize, (&Colour, &Colour))| {
        let within = along - nth as f64;
        (within <= 1.0).then(|| mixed(*from, *to, within.max(0.0)))
    };
    stops.map(part).find_map(|found| found).unwrap_or(STOPS[STOPS.len() - 1])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
fn mixed(from: Colour, to: Colour, share: f64) -> Colour {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Colour(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Returns black or white, whichever stands out more (WCAG 2.2: contrast = (L1 + 0.05) / (L2 + 0.05)).
pub(super) fn words_on(paper: Colour) -> Colour {
    let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
    if contrast(paper, black) >= contrast(paper, white) { black } else { white }
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.2, definition of relative luminance). The power of 2.4 is taken as `x² · x^(2/5)`, its
/// root by Newton's method: the same on every machine.
fn luminance(colour: Colour) -> f64 {
    let part = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { power_2_4((share + 0.055) / 1.055) }
    };
    0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
}

/// Raises a number from 0 to 1 to 2.4.
fn power_2_4(base: f64) -> f64 {
    let square = base * base;
    let mut root = 1.0;
    for _ in 0..30 {
        root -= (root * root * root * root * root - square) / (5.0 * root * root * root * root);
    }
    square * root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps() -> impl Iterator<Item = Colour> {
        (0..=200).map(|step| colour(f64::from(step) / 200.0))
    }

    #[test]
    fn every_step_is_darker() {
        let lights: Vec<_> = steps().map(luminance).collect();
        assert!(lights.windows(2).all(|pair| pair[1] < pair[0]), "{lights:?}");
        assert!(lights[0] > 0.8 && lights[200] < 0.03);
    }

    #[test]
    fn words_can_be_read_on_every_step() {
        assert!(steps().all(|paper| contrast(paper, words_on(paper)) >= 4.5));
    }

    #[test]
    fn luminance_is_that_of_the_standard() {
        // (0x77 grey on white is the known 4.48 : 1.)
        assert!((contrast(Colour(119, 119, 119), Colour(255, 255, 255)) - 4.478).abs() < 0.001);
        assert!((contrast(Colour(0, 0, 0), Colour(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((power_2_4(0.5) - 0.189_464_57).abs() < 1e-8);
    }

    #[test]
    fn ends_and_undefined_shares() {
        assert_eq!((colour(-1.0), colour(2.0)), (STOPS[0], STOPS[3]));
        assert_eq!(colour(1.0 / 3.0), STOPS[1]);
    }
}
