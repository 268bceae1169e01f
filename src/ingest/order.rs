//! Dates in the order of a file: years that are not written, and dates that go backwards.

use crate::{corpus::PartialDate, study::Source};

/// Months by which a date must go back to mean the next year; by fewer, it is out of order; by exactly so many, either.
const HALF_YEAR: u8 = 6;

/// Reads a written date: by the source's format where there is one, else as people write it.
pub(super) fn read_date(written: &str, source: &Source) -> Option<PartialDate> {
    match &source.date_format {
        // The written form has one meaning only and is read beside any format.
        Some(format) => format.read(written).or_else(|| PartialDate::parse(written.trim())),
        None => PartialDate::guess(written),
    }
}

/// Gives dates without a year the year in which they stand, when the settings say where to begin.
#[derive(Debug)]
pub(super) struct Years {
    year: Option<u16>,
    month: Option<u8>,
}

impl Years {
    /// Begins with the year of the first date; without it no date gets a year.
    pub(super) fn new(first: Option<u16>) -> Self {
        Self { year: first, month: None }
    }

    /// Returns the date with its year. The year goes up where the month goes back by more than half a year.
    pub(super) fn place(&mut self, date: PartialDate) -> PartialDate {
        let Some(year) = self.year else { return date };
        if date.year.is_some() {
            (self.year, self.month) = (date.year, date.month);
            return date;
        }
        let Some(month) = date.month else { return date };
        let turned = self.month.is_some_and(|before| before > month + HALF_YEAR);
        let year = if turned { year + 1 } else { year };
        // February 29 in a year without one: the date stays as it is written.
        let Some(placed) = PartialDate::new(Some(year), date.month, date.day) else { return date };
        (self.year, self.month) = (Some(year), Some(month));
        placed
    }
}

/// Finds dates that are before the one before them: line of the earlier entry, line of the later, and what is wrong.
///
/// Two dates are compared only as far as both are known. Without years, December before January is in order.
pub(super) fn inversions(dates: &[(usize, PartialDate)]) -> Vec<(usize, usize, String)> {
    let neighbours = dates.iter().zip(dates.iter().skip(1));
    let backwards = neighbours.filter(|((_, before), (_, after))| goes_back(*before, *after));
    backwards
        .map(|((first, before), (second, after))| {
            (*first, *second, format!("the date {after} is before {before}, the date of the entry above"))
        })
        .collect()
}

fn goes_back(before: PartialDate, after: PartialDate) -> bool {
    match (before.year, after.year) {
        (Some(a), Some(b)) if a != b => return a > b,
        (Some(_), None) | (None, Some(_)) => return false,
        _ => {}
    }
    let (Some(a), Some(b)) = (before.month, after.month) else { return false };
    if a != b {
        let far = before.year.is_none() && a.saturating_sub(b) >= HALF_YEAR;
        return a > b && !far;
    }
    matches!((before.day, after.day), (Some(a), Some(b)) if a > b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(written: &[&str]) -> Vec<PartialDate> {
        written.iter().map(|text| PartialDate::parse(text).unwrap()).collect()
    }

    fn placed(first: Option<u16>, written: &[&str]) -> String {
        let mut years = Years::new(first);
        let placed: Vec<_> = dates(written).into_iter().map(|date| years.place(date).to_string()).collect();
        placed.join(" ")
    }

    #[test]
    fn years_go_up_at_new_year_only() {
        assert_eq!(
            placed(Some(1914), &["--12-31", "--01-02", "--02", "--01-30", "--12"]),
            "1914-12-31 1915-01-02 1915-02 1915-01-30 1915-12"
        );
        assert_eq!(
            placed(Some(1914), &["--12-31", "1920-05-01", "--06", "2018", "--01"]),
            "1914-12-31 1920-05-01 1920-06 2018 2018-01"
        );
        assert_eq!(placed(Some(1914), &["--07", "--01"]), "1914-07 1914-01");
        assert_eq!(placed(Some(1915), &["--02-29", "--03-01"]), "--02-29 1915-03-01");
    }

    #[test]
    fn nothing_is_invented_without_a_first_year() {
        assert_eq!(placed(None, &["--12", "2018-01", "--02"]), "--12 2018-01 --02");
    }

    fn back(written: &[&str]) -> Vec<(usize, usize)> {
        let numbered: Vec<_> = dates(written).into_iter().enumerate().collect();
        inversions(&numbered).into_iter().map(|(before, after, _)| (before, after)).collect()
    }

    #[test]
    fn only_what_is_known_can_be_out_of_order() {
        assert_eq!(back(&["2018-03-04", "2018-03", "2018-03-02", "2018-02-28", "2019"]), [(2, 3)]);
        assert_eq!(back(&["--12-20", "--01-05", "--01-03", "--01", "--07", "--06"]), [(1, 2), (4, 5)]);
        assert_eq!(back(&["2018-05", "--03", "2018-04"]), []);
        assert_eq!(back(&["--07", "--01"]), []);
        assert_eq!(back(&["2018-07", "2018-01"]), [(0, 1)]);
    }
}
