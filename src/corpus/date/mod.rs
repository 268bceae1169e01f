//! Dates as far as they are known: a month without a year, a year without a day. Nothing is filled in.

mod format;
mod guess;
mod names;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

pub use format::DateFormat;

/// A date of which any part may be missing. Written as ISO 8601 with `--` for a missing year: `2018-03-04`, `2018-03`, `2018`, `--12-20`, `--12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year, 0–9999.
    pub year: Option<u16>,
    /// Month, 1–12.
    pub month: Option<u8>,
    /// Day of the month, 1–31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Returns month and year for people: `March 2018`, `December`, `1914`.
    pub fn in_words(self) -> Option<String> {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = self.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
        let parts = [month.map(|month| (*month).to_owned()), self.year.map(|year| year.to_string())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// Puts a date together, or `None` when there is no such day or a part hangs in the air (a day without a month).
    ///
    /// February 29 without a year is a day.
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let joined = match (year, month, day) {
            (Some(_), _, None) | (_, Some(_), _) => true,
            (Some(_), None, Some(_)) | (None, None, _) => false,
        };
        let year_fits = year.is_none_or(|year| year <= 9999);
        let month_fits = month.is_none_or(|month| (1..=12).contains(&month));
        let day_fits = day.is_none_or(|day| (1..=month.map_or(0, |month| last_day(year, month))).contains(&day));
        (joined && year_fits && month_fits && day_fits).then_some(Self { year, month, day })
    }

    /// Returns year and month, or the month alone when no year is known: `2018-03`, `--12`.
    pub fn month_label(self) -> Option<String> {
        let month = self.month?;
        Some(self.year.map_or_else(|| format!("--{month:02}"), |year| format!("{year:04}-{month:02}")))
    }

    /// Reads the written form, or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => {
                let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
                (Some(number(year, 4)?), rest)
            }
        };
        let (month, day) = match rest {
            None => (None, None),
            Some(rest) => {
                let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
                let day = match day {
                    Some(day) => Some(number(day, 2)?),
                    None => None,
                };
                (Some(number(month, 2)?), day)
            }
        };
        let small = |part: Option<u16>| part.map(u8::try_from).transpose().ok();
        Self::new(year, small(month)?, small(day)?)
    }

    /// Reads a date as people write it, without a format: ISO forms and names of months in English, Spanish, Portuguese, French.
    ///
    /// Never `03/04/2018`, which is two days, and never a text with other words in it.
    pub fn guess(text: &str) -> Option<Self> {
        guess::guess(text)
    }
}

/// Reads exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u16> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn last_day(year: Option<u16>, month: u8) -> u8 {
    let leap =
        year.is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date such as 2018-03-04 or --12")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writes_what_is_known() {
        for written in ["2018-03-04", "2018-03", "2018", "--12-20", "--12", "--02-29", "2016-02-29", "0000"] {
            assert_eq!(PartialDate::parse(written).map(|date| date.to_string()).as_deref(), Some(written));
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        let none = [
            "",
            "-",
            "--",
            "-12",
            "2018-13",
            "2018-02-29",
            "1900-02-29",
            "--02-30",
            "--00",
            "2018-3-4",
            "18",
            "2018-",
            "2018-03-04 ",
            "--12-",
            "2018--04",
        ];
        for written in none {
            assert_eq!(PartialDate::parse(written), None, "{written}");
        }
        assert_eq!(PartialDate::new(Some(2018), None, Some(4)), None);
        assert_eq!(PartialDate::new(None, None, None), None);
    }

    #[test]
    fn travels_as_its_written_form() {
        let date = PartialDate::parse("--12-20").unwrap();
        assert_eq!(serde_json::to_string(&date).unwrap(), "\"--12-20\"");
        assert_eq!(serde_json::from_str::<PartialDate>("\"--12-20\"").unwrap(), date);
        let problem = serde_json::from_str::<PartialDate>("\"soon\"").unwrap_err().to_string();
        assert!(problem.contains("`soon` is not a date"), "{problem}");
    }

    fn any_date() -> impl Strategy<Value = PartialDate> {
        let parts =
            (proptest::option::of(0_u16..=9999), proptest::option::of(1_u8..=12), proptest::option::of(1_u8..=31));
        parts.prop_filter_map("no such day", |(year, month, day)| PartialDate::new(year, month, day))
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(date in any_date()) {
            prop_assert_eq!(PartialDate::parse(&date.to_string()), Some(date));
            prop_assert_eq!(PartialDate::guess(&date.to_string()), Some(date));
        }

        #[test]
        fn never_fails_on_any_text(text in "\\PC{0,20}") {
            if let Some(date) = PartialDate::parse(&text) {
                prop_assert_eq!(&date.to_string(), &text);
            }
            let _guess = PartialDate::guess(&text);
        }
    }
}
