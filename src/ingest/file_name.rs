//! What the name of a file says about its entries.

use super::order;
use crate::{
    corpus::{Attributes, PartialDate},
    study::Source,
    text::normalise,
};

/// The name of a file without folder and ending, and what it says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FileName {
    stem: String,
    pub(super) attributes: Attributes,
    /// Date for entries that have none of their own.
    pub(super) date: Option<PartialDate>,
    /// Two dates in the name, of which neither is taken.
    pub(super) doubt: Option<(PartialDate, PartialDate)>,
}

/// Reads a file's name by the source's `name` pattern, of which a group `date` is a date.
///
/// Without such a group, a date is taken from the name only where it stands in ISO form, with a month, and is the only one:
/// `2018-03-04`, `P12-2018-03`, `log 2018-03-04-2`. Returns a problem with its hint beside it.
pub(super) fn read(path: &str, source: &Source) -> (FileName, Option<(String, &'static str)>) {
    let stem = stem(path);
    let mut name = FileName { stem: normalise(stem).into_owned(), ..FileName::default() };
    let Some(pattern) = &source.name else {
        name.take_iso(stem);
        return (name, None);
    };
    let Some(found) = pattern.captures(stem) else {
        let problem = format!("the name `{stem}` does not match `name` in [[source]]");
        return (name, Some((problem, "the attributes that the name gives are missing for this file")));
    };
    let mut problem = None;
    for (group, value) in
        pattern.capture_names().flatten().filter_map(|group| Some((group, found.name(group)?.as_str())))
    {
        if group != "date" {
            name.attributes.insert(group.to_owned(), value.trim().to_owned());
            continue;
        }
        name.date = order::read_date(value, source);
        if name.date.is_none() && !value.trim().is_empty() {
            let reason = format!("`{value}` in the name of the file is not understood as a date");
            problem = Some((reason, "write it as 2018-03-04 or 2018-03, or set `date_format` in [[source]]"));
        }
    }
    if name.date.is_none() && problem.is_none() {
        name.take_iso(stem);
    }
    (name, problem)
}

impl FileName {
    fn take_iso(&mut self, stem: &str) {
        match iso_date(stem) {
            IsoDate::None => {}
            IsoDate::One(date) => self.date = Some(date),
            IsoDate::Several(first, second) => self.doubt = Some((first, second)),
        }
    }

    /// Returns the name that an entry's ids are made from: its declared id, else stem and date, else the stem.
    ///
    /// A stem that holds the date already is not given it twice: the entry of `2018-03.md` is `2018-03`.
    pub(super) fn family(&self, declared: Option<&str>, date: Option<PartialDate>) -> String {
        let dated = date.map(|date| date.to_string()).filter(|date| !self.stem.contains(date));
        match (declared, dated) {
            (Some(declared), _) => declared.to_owned(),
            (None, Some(date)) => format!("{}-{date}", self.stem),
            (None, None) => self.stem.clone(),
        }
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// What the ISO dates in a name say.
#[derive(Debug, PartialEq, Eq)]
enum IsoDate {
    None,
    One(PartialDate),
    Several(PartialDate, PartialDate),
}

/// Years that a name may mean; other numbers of four digits are taken for those of a person or a form.
const YEARS: std::ops::RangeInclusive<u16> = 1500..=2099;

/// Finds what is written as `2018-03` or `2018-03-04` in a name, between other signs than digits.
fn iso_date(stem: &str) -> IsoDate {
    let mut found = IsoDate::None;
    let mut from = 0;
    while let Some((date, end)) = stem.get(from..).and_then(|rest| next_date(rest, stem.get(..from)?)) {
        from += end;
        match found {
            IsoDate::None => found = IsoDate::One(date),
            IsoDate::One(first) if first != date => return IsoDate::Several(first, date),
            _ => {}
        }
    }
    found
}

/// Finds the first date in `rest`, which stands after `before`: the date and where it ends.
fn next_date(rest: &str, before: &str) -> Option<(PartialDate, usize)> {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = rest.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let last = if at == 0 { before.as_bytes().last() } else { bytes.get(at - 1) };
        if is_digit(last) || !is_digit(bytes.get(at)) {
            return None;
        }
        let [day, month] = [at + 10, at + 7].map(|end| {
            let ends = !is_digit(bytes.get(end));
            ends.then(|| PartialDate::parse(rest.get(at..end)?)).flatten().map(|date| (date, end))
        });
        // `2018-03-45` is no day, and may be no month either.
        let goes_on = bytes.get(at + 7) == Some(&b'-') && (8..10).all(|place| is_digit(bytes.get(at + place)));
        let date = day.or(month.filter(|_| !goes_on))?;
        (date.0.month.is_some() && date.0.year.is_some_and(|year| YEARS.contains(&year))).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn finds_only_a_single_iso_date() {
        let found = |stem: &str| match iso_date(stem) {
            IsoDate::None => "none".to_owned(),
            IsoDate::One(date) => date.to_string(),
            IsoDate::Several(first, second) => format!("{first} or {second}"),
        };
        let names = [
            ("2018-03", "2018-03"),
            ("2018-03-04", "2018-03-04"),
            ("2018-03_clinic", "2018-03"),
            ("log 2018-03-04-2", "2018-03-04"),
            ("clinic-2018-03", "2018-03"),
            ("2018", "none"),
            ("2018-13", "none"),
            ("2018-03-01 to 2018-03-31", "2018-03-01 or 2018-03-31"),
            ("2018-03 (of 2018-03)", "2018-03"),
            ("P12-2018-03", "2018-03"),
            ("v17-2017-06", "2017-06"),
            ("2018-03-2", "2018-03"),
            ("2018-03-45", "none"),
            ("2018-033", "none"),
            ("P0412-03", "none"),
            ("ñ2018-03ñ", "2018-03"),
            ("12018-03", "none"),
            ("20180304", "none"),
            ("März", "none"),
        ];
        for (stem, date) in names {
            assert_eq!(found(stem), date, "{stem}");
        }
    }

    #[test]
    fn groups_of_the_pattern_become_attributes() {
        let mut source = crate::ingest::tests::source("");
        source.name = Some(Regex::new(r"(?P<site>\w+)-(?P<date>.+)$").unwrap());
        let (name, problem) = read("corpus/north-March 2018.txt", &source);
        assert_eq!((name.date.unwrap().to_string(), problem), ("2018-03".to_owned(), None));
        assert_eq!(name.attributes["site"], "north");
        assert_eq!(name.family(None, name.date), "north-March 2018-2018-03");
        let (_, problem) = read("north-someday.txt", &source);
        assert_eq!(problem.unwrap().0, "`someday` in the name of the file is not understood as a date");
        let (name, problem) = read("elsewhere.txt", &source);
        assert_eq!(
            (name.attributes.len(), problem.unwrap().0.as_str()),
            (0, "the name `elsewhere` does not match `name` in [[source]]")
        );
    }

    #[test]
    fn families() {
        let name = FileName { stem: "2018-03".to_owned(), ..FileName::default() };
        let date = |text| PartialDate::parse(text);
        assert_eq!(name.family(None, date("2018-03")), "2018-03");
        assert_eq!(name.family(None, date("2018-03-04")), "2018-03-2018-03-04");
        assert_eq!(name.family(Some("x"), date("2018-03")), "x");
        assert_eq!(stem("a/.hidden"), ".hidden");
        assert_eq!(stem("a.b/c.tar.gz"), "c.tar");
    }
}
