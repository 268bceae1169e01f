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
}

/// Reads a file's name by the source's `name` pattern, of which a group `date` is a date.
///
/// Without such a group, a date is taken from the name only where it stands in ISO form, with a month, and only once:
/// `2018-03-04`, `2018-03_clinic`, `log 2018-03-04-2`. Returns a problem with its hint beside it.
pub(super) fn read(path: &str, source: &Source) -> (FileName, Option<(String, &'static str)>) {
    let stem = stem(path);
    let mut name = FileName { stem: normalise(stem).into_owned(), ..FileName::default() };
    let Some(pattern) = &source.name else {
        name.date = iso_date(stem);
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
        name.date = iso_date(stem);
    }
    (name, problem)
}

impl FileName {
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

/// Finds the one ISO date in a name: a run of digits and hyphens that is one, or begins with a whole one and goes on.
fn iso_date(stem: &str) -> Option<PartialDate> {
    let runs = stem.split(|c: char| !c.is_ascii_digit() && c != '-').map(|run| run.trim_matches('-'));
    let mut dates = runs.filter_map(|run| {
        let whole = PartialDate::parse(run);
        let begins = || {
            run.get(..10)
                .filter(|_| run.get(10..).is_some_and(|rest| rest.starts_with('-')))
                .and_then(PartialDate::parse)
        };
        whole.or_else(begins).filter(|date| date.month.is_some())
    });
    let first = dates.next()?;
    dates.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn finds_only_a_single_iso_date() {
        let found = |stem: &str| iso_date(stem).map_or_else(|| "none".to_owned(), |date| date.to_string());
        let names = [
            ("2018-03", "2018-03"),
            ("2018-03-04", "2018-03-04"),
            ("2018-03_clinic", "2018-03"),
            ("log 2018-03-04-2", "2018-03-04"),
            ("clinic-2018-03", "2018-03"),
            ("2018", "none"),
            ("2018-13", "none"),
            ("2018-03-01 to 2018-03-31", "none"),
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
