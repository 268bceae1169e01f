//! Dates as people write them, without a format.

use super::{PartialDate, names};

/// Words between the parts: `4 de marzo de 2018`, `the 4th of March`, `le 4 mars`.
const BETWEEN: [&str; 8] = ["de", "del", "do", "of", "the", "le", "el", "on"];

/// Reads the whole text as a date, or `None` when anything in it is not part of one.
pub(super) fn guess(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    PartialDate::parse(text).or_else(|| year_first(text)).or_else(|| with_month_name(text))
}

/// Reads `2018-03-04`, `2018/3/4`, `2018.03.04`, each with a time after it or punctuation around; a year in front has one meaning only.
fn year_first(text: &str) -> Option<PartialDate> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let text = if text.starts_with("--") { text } else { text.trim_start_matches(|c: char| !c.is_alphanumeric()) };
    if let Some(date) = PartialDate::parse(text) {
        return Some(date);
    }
    let end = text.find(|c: char| c == 'T' || c.is_whitespace()).unwrap_or(text.len());
    let (date, time) = text.split_at_checked(end)?;
    let time = time.trim_start_matches('T').trim();
    let is_time = time.is_empty() || (time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':'));
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 || !is_time || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    PartialDate::new(Some(year.parse().ok()?), Some(month.parse().ok()?), Some(day.parse().ok()?))
}

/// Reads a month's name with or without day and year, in any order.
fn with_month_name(text: &str) -> Option<PartialDate> {
    let plain = names::plain(text);
    let (mut year, mut month, mut day) = (None, None, None);
    for piece in pieces(&plain) {
        match piece {
            Piece::Number(digits) if digits.len() == 4 && year.is_none() => year = digits.parse().ok(),
            Piece::Number(digits) if digits.len() <= 2 && day.is_none() => day = digits.parse().ok(),
            Piece::Word(word) => match names::month(word) {
                Some(found) if month.is_none() => month = Some(found),
                None if names::is_weekday(word) || BETWEEN.contains(&word) => {}
                _ => return None,
            },
            Piece::Number(_) | Piece::Other => return None,
        }
    }
    PartialDate::new(year, Some(month?), day)
}

enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
    Other,
}

/// Cuts a folded text at white space and punctuation; the ending of an ordinal goes with its number.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let runs = text.split(|c: char| c.is_whitespace() || ",._*()-/[]#".contains(c)).filter(|run| !run.is_empty());
    runs.map(|run| {
        let end = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        match run.split_at_checked(end) {
            Some(("", word)) if word.chars().all(char::is_alphabetic) => Piece::Word(word),
            Some((digits, "")) => Piece::Number(digits),
            Some((digits, ending)) if !digits.is_empty() && names::is_ordinal(ending) => Piece::Number(digits),
            _ => Piece::Other,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(text: &str) -> String {
        guess(text).map_or_else(|| "none".to_owned(), |date| date.to_string())
    }

    #[test]
    fn reads_what_people_write() {
        let written = [
            ("August 18, 1914", "1914-08-18"),
            ("18 August 1914", "1914-08-18"),
            ("August 18th", "--08-18"),
            ("Tuesday, August 18th._", "--08-18"),
            ("December.", "--12"),
            ("March 2018", "2018-03"),
            ("Mar 2018", "2018-03"),
            ("2018", "2018"),
            ("18-Mar-2018", "2018-03-18"),
            ("the 4th of March", "--03-04"),
            ("4 de marzo de 2018", "2018-03-04"),
            ("1º de março de 2018", "2018-03-01"),
            ("le 1er août 2018", "2018-08-01"),
            ("miércoles 20 de diciembre", "--12-20"),
            ("2018-03-04T10:20:00Z", "2018-03-04"),
            ("2018/3/4 10:20", "2018-03-04"),
            ("(2018-03)", "2018-03"),
        ];
        for (text, date) in written {
            assert_eq!(guessed(text), date, "{text}");
        }
    }

    #[test]
    fn does_not_read_what_may_mean_something_else() {
        let texts = [
            "03/04/2018",
            "3.4.2018",
            "03-04-18",
            "March 45",
            "February 30, 2018",
            "18 March 18",
            "1 2 March",
            "Tuesday",
            "18",
            "March for our lives",
            "June or July",
            "August 18, 1914, to September 14, 1914",
            "20180304",
            "2018-13-01",
            "",
            "--",
            "1th2 March",
        ];
        for text in texts {
            assert_eq!(guessed(text), "none", "{text}");
        }
    }
}
