//! Words cut into lines by their measured width; nothing is left out.

use unicode_segmentation::UnicodeSegmentation as _;

use super::font::Type;

/// Marks inside a long word after which a line may end.
const BREAK_AFTER: [char; 8] = ['-', '–', '—', '/', '_', '.', ',', ':'];

/// Makes words fit for one line of a picture: white space becomes single spaces, control characters go.
pub(super) fn clean(text: &str) -> String {
    // A control character would make the SVG unreadable as XML.
    let visible = |c: &char| !(c.is_control() && !c.is_whitespace() || matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    let kept: String = text.chars().filter(visible).collect();
    kept.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Cuts words into lines no wider than `width`. A word too wide for a line is broken, at a mark where it has one.
pub(super) fn wrap(text: &str, set: Type, width: f64) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        for (nth, part) in parts(word, set, width).into_iter().enumerate() {
            let between = if nth == 0 && !line.is_empty() { " " } else { "" };
            let longer = format!("{line}{between}{part}");
            if line.is_empty() || set.width(&longer) <= width {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, part.to_owned()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts words into as few lines as `wrap`, of lengths as even as can be: no last line of one short word.
pub(super) fn wrap_even(text: &str, set: Type, width: f64) -> Vec<String> {
    let lines = wrap(text, set, width);
    let longest_word = text.split(is_space).map(|word| set.width(word)).fold(0.0, f64::max);
    // Narrower lines must not break a word that fits now; a word that never fits is best left to full lines.
    if lines.len() < 2 || longest_word > width {
        return lines;
    }
    let (mut low, mut high) = (longest_word, width);
    for _ in 0..10 {
        let middle = f64::midpoint(low, high);
        if wrap(text, set, middle).len() == lines.len() {
            high = middle;
        } else {
            low = middle;
        }
    }
    wrap(text, set, high)
}

/// Returns the width of the widest line.
pub(super) fn widest(lines: &[String], set: Type) -> f64 {
    lines.iter().map(|line| set.width(line)).fold(0.0, f64::max)
}

/// Cuts a word that is wider than a line: after its marks, and where that is not enough between its characters.
fn parts(word: &str, set: Type, width: f64) -> Vec<&str> {
    if set.width(word) <= width {
        return vec![word];
    }
    let pieces = word.split_inclusive(BREAK_AFTER);
    pieces
        .flat_map(|piece| if set.width(piece) <= width { vec![piece] } else { piece.graphemes(true).collect() })
        .collect()
}

/// Says whether a line may end at this character; a no-break space holds a number and its unit together.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Type = Type::regular(33);

    #[test]
    fn lines_fit_and_keep_every_word() {
        let text = "Fear of the immigration authorities keeps people away from care they need";
        let lines = wrap(text, SET, 500.0);
        assert!(lines.len() > 1 && widest(&lines, SET) <= 500.0, "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_long_word_is_broken_and_nothing_lost() {
        let word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen";
        let lines = wrap(word, SET, 300.0);
        assert!(lines.len() > 2 && widest(&lines, SET) <= 300.0, "{lines:?}");
        assert_eq!(lines.concat(), word);
        let flag = "🇩🇪".repeat(30);
        assert!(wrap(&flag, SET, 100.0).iter().all(|line| line.chars().count() % 2 == 0), "a flag is two code points");
    }

    #[test]
    fn a_long_word_is_broken_at_its_marks_first() {
        let lines = wrap("housing/employment/education/transportation", SET, 400.0);
        assert_eq!(lines, ["housing/employment/", "education/transportation"]);
    }

    #[test]
    fn even_lines_are_as_few_and_narrower() {
        let text = "Professional identity and becoming a nurse";
        let (greedy, even) = (wrap(text, SET, 600.0), wrap_even(text, SET, 600.0));
        assert_eq!(greedy, ["Professional identity and becoming a", "nurse"]);
        assert_eq!(even, ["Professional identity", "and becoming a nurse"]);
    }

    #[test]
    fn no_break_spaces_hold() {
        assert_eq!(wrap("of 35.1\u{A0}%", SET, 120.0), ["of", "35.1\u{A0}%"]);
    }

    #[test]
    fn white_space_is_single_and_control_characters_go() {
        assert_eq!(clean(" a\n\tb\u{0}\u{7}c  d "), "a bc d");
        assert_eq!(clean(" \n "), "");
        assert!(wrap("", SET, 100.0).is_empty());
    }
}
