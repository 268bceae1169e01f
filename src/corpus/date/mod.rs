//! Dates as far as they are known: a month without a year, a year without a day. Nothing is filled in.

use std::fmt;

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
    /// Returns year and month, or the month alone when no year is known: `2018-03`, `--12`.
    pub fn month_label(self) -> Option<String> {
        let month = self.month?;
        Some(self.year.map_or_else(|| format!("--{month:02}"), |year| format!("{year:04}-{month:02}")))
    }

    /// Puts a date together, or `None` when there is no such day or a part hangs in the air (a day without a month).
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        Some(Self { year, month, day })
    }

    /// Reads a date as people write it, without a format: ISO forms and names of months; never `03/04/2018`, which means two days.
    pub fn guess(text: &str) -> Option<Self> {
        Self::parse(text)
    }

    /// Reads the written form, or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let _ = text;
        None
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let _ = f;
        Ok(())
    }
}

/// How dates are written in a source, in the letters of `strftime`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {}

impl DateFormat {
    /// Reads a format such as `%B %d, %Y`.
    ///
    /// # Errors
    /// Returns what is wrong with it.
    pub fn parse(format: &str) -> Result<Self, String> {
        let _ = format;
        Ok(Self {})
    }

    /// Reads a date written in this format, or `None`.
    pub fn read(&self, text: &str) -> Option<PartialDate> {
        let _ = text;
        None
    }
}
