//! One file to entries: what every importer needs, and what happens to every entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::{
    FileReading, ReadEntry, Refusal, SourceFile,
    decode::{Decoded, decode},
    file_name::{self, FileName},
    importer,
    order::{self, Years},
    unreadable::{MAX_FILE, MAX_TEXT, Unreadable},
};
use crate::{
    corpus::{self, Attributes, PartialDate},
    study::Source,
    text::{Language, is_only_headings, normalise},
};

/// Reads one file to entries.
///
/// Never fails as a whole: a file that cannot be read is one refusal, and so is each entry in it that cannot.
pub fn read_file(root: &Path, file: &SourceFile, source: &Source) -> FileReading {
    let mut reading = Reading::new(&file.path, source);
    match open(root, &file.path, source.encoding.as_deref()) {
        Ok((importer, decoded)) => {
            reading.encoding = decoded.encoding;
            if let Some(line) = decoded.damaged {
                let reason = format!("not everything is {}: what is not stands as \u{fffd}", reading.encoding);
                reading.warn(line, reason, Some("set the file's `encoding` in [[source]], or mend the file"));
            }
            importer(&decoded.text, &mut reading);
        }
        Err(unreadable) => {
            reading.unread = unreadable.is_there();
            reading.refusals.push((0, unreadable.refuse(&file.path)));
        }
    }
    reading.finish()
}

fn open(root: &Path, path: &str, encoding: Option<&str>) -> Result<(importer::Importer, Decoded), Unreadable> {
    let importer = importer::of(path)?;
    Ok((importer, read_text(root, path, encoding)?))
}

/// Reads a file of the study as normalised text.
pub(super) fn read_text(root: &Path, path: &str, encoding: Option<&str>) -> Result<Decoded, Unreadable> {
    let path = root.join(path);
    let found = fs::metadata(&path)?;
    if !found.is_file() && !found.is_dir() {
        return Err(Unreadable::NoFile);
    }
    if found.len() > MAX_FILE {
        return Err(Unreadable::FileTooLarge);
    }
    decode(fs::read(&path)?, encoding)
}

/// An entry as an importer found it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) line: usize,
    pub(super) declared: Option<String>,
    pub(super) date: Option<PartialDate>,
    pub(super) language: Option<Language>,
    pub(super) attributes: Attributes,
    pub(super) text: String,
}

/// A file being read.
pub(super) struct Reading<'a> {
    path: &'a str,
    pub(super) source: &'a Source,
    name: FileName,
    drafts: Vec<Draft>,
    /// Set by importers of running text, in which dates go up.
    pub(super) in_order: bool,
    unknown_languages: BTreeSet<String>,
    encoding: String,
    /// Set where the file as a whole is not understood.
    unread: bool,
    /// Refusals and warnings with their lines; 0 stands for the file.
    refusals: Vec<(usize, Refusal)>,
    warnings: Vec<(usize, Refusal)>,
}

impl<'a> Reading<'a> {
    fn new(path: &'a str, source: &'a Source) -> Self {
        let (name, problem) = file_name::read(path, source);
        let mut reading = Self {
            path,
            source,
            name,
            drafts: Vec::new(),
            in_order: false,
            unknown_languages: BTreeSet::new(),
            encoding: String::new(),
            unread: false,
            refusals: Vec::new(),
            warnings: Vec::new(),
        };
        if let Some((reason, hint)) = problem {
            reading.warn(0, reason, Some(hint));
        }
        reading
    }

    /// Refuses the file as a whole, for what is written on a line; 0 stands for the file.
    pub(super) fn refuse_file(&mut self, line: usize, reason: impl Into<String>, hint: Option<&str>) {
        self.unread = true;
        self.refuse(line, reason, hint);
    }

    /// Refuses a file in which nothing is written.
    pub(super) fn refuse_empty(&mut self, hint: &str) {
        self.refuse(0, "is empty", Some(hint));
    }

    /// Refuses what stands on a line.
    pub(super) fn refuse(&mut self, line: usize, reason: impl Into<String>, hint: Option<&str>) {
        let refusal = self.at(line, reason.into(), hint);
        self.refusals.push((line, refusal));
    }

    /// Asks for a look at a line.
    pub(super) fn warn(&mut self, line: usize, reason: impl Into<String>, hint: Option<&str>) {
        let warning = self.at(line, reason.into(), hint);
        self.warnings.push((line, warning));
    }

    fn at(&self, line: usize, reason: String, hint: Option<&str>) -> Refusal {
        let place = if line == 0 { self.path.to_owned() } else { format!("{}:{line}", self.path) };
        Refusal { place, reason, hint: hint.map(str::to_owned) }
    }

    /// Tells whether any entry was found.
    pub(super) fn has_entries(&self) -> bool {
        !self.drafts.is_empty()
    }

    /// Reads a written date; one that is not understood is a warning, and the entry has none.
    pub(super) fn date(&mut self, written: &str, line: usize) -> Option<PartialDate> {
        if written.trim().is_empty() {
            return None;
        }
        let date = order::read_date(written, self.source);
        if date.is_none() {
            let hint = match &self.source.date_format {
                Some(_) => "it must be written as `date_format` in [[source]] says, or as 2018-03-04",
                None => {
                    "write it as 2018-03-04, 2018-03 or March 4, 2018, or say in [[source]] how: date_format = \"%m/%d/%Y\""
                }
            };
            self.warn(line, format!("`{}` is not understood as a date", written.trim()), Some(hint));
        }
        date
    }

    /// Reads the code of a language. Each one that is not understood is a warning once.
    pub(super) fn language(&mut self, written: &str, line: usize) -> Option<Language> {
        let written = written.trim();
        let known = Language::from_code(written);
        if known.is_some() || written.is_empty() {
            return known;
        }
        let primary = written.split(['-', '_']).next().unwrap_or_default();
        let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
        if self.unknown_languages.insert(written.to_owned()) {
            let reason = if is_code {
                format!("no inflections are known for language `{written}`; words are compared as written")
            } else {
                format!("`{written}` is not the code of a language")
            };
            self.warn(line, reason, Some("known: en, es, pt, fr, ht"));
        }
        is_code.then_some(Language::Other)
    }

    /// Takes an entry, unless it is empty or too large.
    pub(super) fn take(&mut self, mut draft: Draft) {
        // Escapes in JSON (`\r\n`, `\u0301`) come out of decoding as they are.
        let normal = normalise(&draft.text);
        let (skipped, text) = without_blank_lines(&normal);
        if text.is_empty() {
            self.refuse(draft.line, "is empty", Some("an entry without words is missing, not a day without events"));
            return;
        }
        if !text.contains(char::is_alphanumeric) {
            let hint = "an entry without words is missing, not a day without events";
            let shown: String = text.chars().filter(|char| !char.is_whitespace()).take(10).collect();
            self.refuse(draft.line + skipped, format!("holds no words, only `{shown}`"), Some(hint));
            return;
        }
        if is_only_headings(text) {
            let hint = "write below the heading, or take it out: an entry without words would count as one in which nothing was said";
            self.refuse(draft.line + skipped, "holds a heading and no words", Some(hint));
            return;
        }
        if text.len() > MAX_TEXT {
            self.refuse(draft.line, "the entry is larger than 256 MiB", Some("`split` cuts a file into entries"));
            return;
        }
        draft.line += skipped;
        if text != draft.text {
            draft.text = text.to_owned();
        }
        self.drafts.push(draft);
    }

    /// Gives every entry what the file and the settings say about it.
    fn finish(mut self) -> FileReading {
        let mut years = Years::new(self.source.first_year);
        let mut dates = Vec::new();
        for draft in &mut self.drafts {
            draft.date = draft.date.map(|date| years.place(date));
            dates.extend(draft.date.map(|date| (draft.line, date)));
            draft.date = draft.date.or(self.name.date);
        }
        if let (Some((first, second)), true) = (self.name.doubt, self.drafts.iter().any(|draft| draft.date.is_none())) {
            let reason = format!("its name holds two dates, {first} and {second}, so that its entries have neither");
            self.warn(0, reason, Some("write the date in the file, or say which is meant: name = '(?P<date>…)'"));
        }
        self.complete_attributes();
        if self.in_order {
            for (before, line, reason) in order::inversions(&dates) {
                let hint =
                    format!("the entry before begins at {}:{before}; look whether both dates are right", self.path);
                self.warn(line, reason, Some(&hint));
            }
        }
        if self.drafts.is_empty() && self.refusals.is_empty() {
            self.refuse(0, "holds no entries", None);
        }
        let drafts = std::mem::take(&mut self.drafts);
        FileReading {
            entries: drafts.into_iter().map(|draft| self.entry(draft)).collect(),
            refusals: by_line(self.refusals),
            warnings: by_line(self.warnings),
            encoding: self.encoding,
            unread: self.unread,
        }
    }

    /// Adds what the name of the file and the settings say to every entry's attributes, and leaves out what could not be told from a given one.
    fn complete_attributes(&mut self) {
        let mut left_out = BTreeMap::new();
        for draft in &mut self.drafts {
            for (name, value) in self.name.attributes.iter().chain(&self.source.attributes) {
                draft.attributes.entry(name.clone()).or_insert_with(|| value.trim().to_owned());
            }
            draft.attributes.retain(|name, value| {
                let given = corpus::given(name);
                if let (Some(given), false) = (given, value.is_empty()) {
                    left_out.entry(name.clone()).or_insert((draft.line, given));
                }
                !value.is_empty() && given.is_none()
            });
        }
        for (name, (line, given)) in left_out {
            let reason = format!("`{name}` is left out: here this name means {given}");
            let hint = match name.to_lowercase().as_str() {
                "month" | "year" | "date" => {
                    "give it another name; dates are read from `columns = { date = \"…\" }`, or from a group `date` in `pattern` or `name`"
                }
                "language" => "say it for all: language = \"es\" in [[source]]",
                _ => "give it another name",
            };
            self.warn(line, reason, Some(hint));
        }
    }

    fn entry(&self, draft: Draft) -> ReadEntry {
        ReadEntry {
            family: self.name.family(draft.declared.as_deref(), draft.date),
            declared: draft.declared,
            source: self.path.to_owned(),
            line: draft.line,
            date: draft.date,
            language: draft.language.or(self.source.language),
            attributes: draft.attributes,
            text: draft.text,
        }
    }
}

fn by_line(mut found: Vec<(usize, Refusal)>) -> Vec<Refusal> {
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(_, refusal)| refusal).collect()
}

/// Returns the text without blank lines before and white space after it, and how many lines stood before.
///
/// So that an entry's hash does not change when another comes to stand after it. Byte order marks, which stand inside a text
/// where files were joined, count as blank there.
fn without_blank_lines(text: &str) -> (usize, &str) {
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let text = text.trim_end_matches(is_blank);
    let blank = text.find(|c: char| !is_blank(c)).unwrap_or(text.len());
    let head = text.get(..blank).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |end| end + 1);
    let kept = text.get(start..).unwrap_or_default();
    (head.matches('\n').count(), kept.trim_start_matches('\u{feff}'))
}
