//! Dates in a format that the settings give, in the letters of `strftime`.
//!
//! Reading is forgiving where nothing can go wrong: case, accents, the amount of white space, `4` for `04`, `4th` for `4`,
//! a full name of a month for a short one, punctuation after the end. Everything else must match, to the end of the text.

use super::{PartialDate, names};

/// Letters that a format may hold.
const LETTERS: &str = "%Y %y %m %d %e %B %b %A %a %H %I %M %S %p";

/// How dates are written in a source, in the letters of `strftime`.
///
/// `%y` is 1970 to 2069. Times and weekdays (`%H %I %M %S %p %A %a`) are read and left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    items: Vec<Item>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// A character to be there, folded.
    Literal(char),
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Weekday,
    /// Up to two digits that are no part of the date.
    Clock,
    HalfDay,
}

impl Item {
    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'Y' => Self::Year,
            'y' => Self::ShortYear,
            'm' => Self::Month,
            'B' | 'b' => Self::MonthName,
            'd' | 'e' => Self::Day,
            'A' | 'a' => Self::Weekday,
            'H' | 'I' | 'M' | 'S' => Self::Clock,
            'p' => Self::HalfDay,
            '%' => Self::Literal('%'),
            _ => return None,
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Year | Self::ShortYear | Self::Month | Self::Day | Self::Clock)
    }
}

impl DateFormat {
    /// Reads a format such as `%B %d, %Y`.
    ///
    /// # Errors
    /// Returns what is wrong with it.
    pub fn parse(format: &str) -> Result<Self, String> {
        let mut items = Vec::new();
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            if c != '%' {
                items.extend(names::plain(c.encode_utf8(&mut [0; 4])).chars().map(Item::Literal));
                continue;
            }
            let mut letter = chars.next();
            // GNU's "without leading zero": both are read anyway.
            if letter == Some('-') {
                letter = chars.next();
            }
            let Some(letter) = letter else { return Err("a lone `%` ends the date format".to_owned()) };
            let item = Item::of(letter)
                .ok_or_else(|| format!("`%{letter}` is not known in a date format; known: {LETTERS}"))?;
            items.push(item);
        }
        check(&items)?;
        Ok(Self { items })
    }

    /// Reads a date written in this format, or `None`.
    pub fn read(&self, text: &str) -> Option<PartialDate> {
        let plain = names::plain(text);
        let mut rest = plain.trim();
        let (mut year, mut month, mut day) = (None, None, None);
        for (place, item) in self.items.iter().enumerate() {
            rest = rest.trim_start();
            // Two numbers side by side (`%Y%m%d`) can only be told apart when each has all its digits.
            let tight = self.items.get(place + 1).is_some_and(|next| next.is_number());
            let least = if tight { 2 } else { 1 };
            match item {
                Item::Literal(c) => rest = rest.strip_prefix(*c)?,
                Item::Year => year = Some(digits(&mut rest, 4, 4)?),
                Item::ShortYear => {
                    year = Some(digits(&mut rest, 2, 2).map(|year| if year < 70 { 2000 + year } else { 1900 + year })?);
                }
                Item::Month => month = Some(u8::try_from(digits(&mut rest, least, 2)?).ok()?),
                Item::MonthName => month = Some(names::month(name(&mut rest)?)?),
                Item::Day => {
                    day = Some(u8::try_from(digits(&mut rest, least, 2)?).ok()?);
                    skip_ordinal(&mut rest);
                }
                Item::Weekday => weekday(&mut rest)?,
                Item::Clock => drop_digits(&mut rest, least)?,
                Item::HalfDay => half_day(&mut rest)?,
            }
        }
        let over = rest.chars().all(|c| !c.is_alphanumeric());
        if over { PartialDate::new(year, month, day) } else { None }
    }
}

fn check(items: &[Item]) -> Result<(), String> {
    let count = |wanted: &[Item]| items.iter().filter(|item| wanted.contains(item)).count();
    let years = count(&[Item::Year, Item::ShortYear]);
    let months = count(&[Item::Month, Item::MonthName]);
    let days = count(&[Item::Day]);
    if years > 1 || months > 1 || days > 1 {
        return Err("the date format names a part of the date twice".to_owned());
    }
    if years + months == 0 {
        return Err("the date format names neither year nor month".to_owned());
    }
    if days == 1 && months == 0 {
        return Err("the date format names a day without a month".to_owned());
    }
    Ok(())
}

fn take<'t>(rest: &mut &'t str, end: usize) -> Option<&'t str> {
    let (taken, after) = rest.split_at_checked(end)?;
    *rest = after;
    Some(taken)
}

/// Takes a number of `least` to `most` digits.
fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u16> {
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count < least {
        return None;
    }
    take(rest, count)?.parse().ok()
}

fn drop_digits(rest: &mut &str, least: usize) -> Option<()> {
    digits(rest, least, 2).map(drop)
}

/// Takes a word, with the point of an abbreviation.
fn name<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = take(rest, end)?;
    // A point may be the format's own next character: it is only taken when the word is a short one.
    if word.chars().count() <= 4 && rest.starts_with(". ") {
        take(rest, 1)?;
    }
    Some(word)
}

fn weekday(rest: &mut &str) -> Option<()> {
    let end = rest.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(rest.len());
    let word = rest.get(..end)?;
    if names::is_weekday(word) || names::is_short_weekday(word) {
        take(rest, end)?;
        if word.chars().count() <= 5 && rest.starts_with(". ") {
            take(rest, 1)?;
        }
        return Some(());
    }
    None
}

fn skip_ordinal(rest: &mut &str) {
    let end = rest.find(|c: char| !c.is_alphabetic() && c != 'º' && c != 'ª').unwrap_or(rest.len());
    if let Some((ending, after)) = rest.split_at_checked(end)
        && names::is_ordinal(ending)
    {
        *rest = after;
    }
}

/// Takes `am`, `pm`, `a.m.`, `p. m.`.
fn half_day(rest: &mut &str) -> Option<()> {
    let after = rest.strip_prefix(['a', 'p'])?;
    let after = after.strip_prefix('.').unwrap_or(after).trim_start().strip_prefix('m')?;
    if after.starts_with(char::is_alphanumeric) {
        return None;
    }
    *rest = after.strip_prefix('.').unwrap_or(after);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> String {
        let format = DateFormat::parse(format).unwrap();
        format.read(text).map_or_else(|| "none".to_owned(), |date| date.to_string())
    }

    #[test]
    fn reads_dates_in_their_format() {
        let read_as = [
            ("%B %d, %Y", "August 18, 1914", "1914-08-18"),
            ("%B %d, %Y", "  AUGUST   18th ,1914. ", "1914-08-18"),
            ("%b %d, %Y", "Sept. 4, 2018", "2018-09-04"),
            ("%d.%m.%y", "4.3.69", "2069-03-04"),
            ("%d.%m.%y", "04.03.70", "1970-03-04"),
            ("%m/%d/%Y", "03/04/2018", "2018-03-04"),
            ("%d/%m/%Y %H:%M:%S", "03/04/2018 9:05:00", "2018-04-03"),
            ("%m/%d/%Y %I:%M %p", "3/4/2018 9:05 P.M.", "2018-03-04"),
            ("%A, %B %e", "Tuesday, August 18th", "--08-18"),
            ("%a %d %b %Y", "mar. 2 oct. 2018", "2018-10-02"),
            ("%d de %B de %Y", "4 de Março de 2018", "2018-03-04"),
            ("%d %B %Y", "1er février 2018", "2018-02-01"),
            ("%d %B %Y", "1º marzo 2018", "2018-03-01"),
            ("%Y%m%d", "20180304", "2018-03-04"),
            ("%B %Y", "mayo 2018", "2018-05"),
            ("%-d.%-m.%Y", "4.3.2018", "2018-03-04"),
            ("100%% %Y", "100% 2018", "2018"),
            ("%B", "December.", "--12"),
        ];
        for (format, text, date) in read_as {
            assert_eq!(read(format, text), date, "{format} on {text}");
        }
    }

    #[test]
    fn the_whole_text_must_match() {
        let none = [
            ("%B %d", "August 18, 1914"),
            ("%B %d, %Y", "August 18"),
            ("%d/%m/%Y", "03/14/2018"),
            ("%B %d", "February 30"),
            ("%Y%m%d", "2018304"),
            ("%Y", "20181"),
            ("%B %d, %Y", "see August 18, 1914"),
            ("%d %B %Y", "29 February 2019"),
            ("%I %p %B", "9 pmx May"),
            ("%B", ""),
        ];
        for (format, text) in none {
            assert_eq!(read(format, text), "none", "{format} on {text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_format() {
        let problem = |format: &str| DateFormat::parse(format).unwrap_err();
        insta::assert_snapshot!(problem("%B %Q"), @"`%Q` is not known in a date format; known: %Y %y %m %d %e %B %b %A %a %H %I %M %S %p");
        insta::assert_snapshot!(problem("%Y-%m-%"), @"a lone `%` ends the date format");
        insta::assert_snapshot!(problem("the day"), @"the date format names neither year nor month");
        insta::assert_snapshot!(problem("%d, %Y"), @"the date format names a day without a month");
        insta::assert_snapshot!(problem("%y %Y %m"), @"the date format names a part of the date twice");
    }
}
