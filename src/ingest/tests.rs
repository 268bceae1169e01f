//! Files as researchers have them, read as a whole.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::{FileReading, Refusal, SourceFile, read_cases, read_file};
use crate::{
    id::Hash,
    study::{self, Source},
    text::normalise,
};

/// A `[[source]]` with further settings as in `themata.toml`.
pub(super) fn source(settings: &str) -> Source {
    let path = if settings.contains("path =") { "" } else { "path = '*'" };
    let toml = format!("[study]\nid = \"s\"\ncodebook = \"c.toml\"\n[[source]]\n{path}\n{settings}");
    let (study, _) = study::read(&toml).unwrap_or_else(|findings| panic!("{findings:?}"));
    study.sources.into_iter().next().unwrap()
}

pub(super) fn file(path: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), rank: 0, bytes: Hash::of("") }
}

fn reading(path: &str, content: impl AsRef<[u8]>, settings: &str) -> FileReading {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(path), content).unwrap();
    read_file(root.path(), &file(path), &source(settings))
}

fn shown(reading: &FileReading) -> String {
    let mut lines: Vec<String> = std::iter::once(reading.encoding.clone()).filter(|name| !name.is_empty()).collect();
    for entry in &reading.entries {
        let date = entry.date.map(|date| format!(" {date}")).unwrap_or_default();
        let language = entry.language.map(|language| format!(" {language}")).unwrap_or_default();
        let attributes: String = entry.attributes.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
        let declared = if entry.declared.is_some() { "!" } else { "" };
        lines.push(format!(
            "{}{declared} line {}{date}{language}{attributes}: {:?}",
            entry.family, entry.line, entry.text
        ));
    }
    lines.extend(reading.refusals.iter().map(|refusal| format!("REFUSED {}", told(refusal))));
    lines.extend(reading.warnings.iter().map(|warning| format!("look at {}", told(warning))));
    lines.join("\n")
}

fn told(refusal: &Refusal) -> String {
    let hint = refusal.hint.as_ref().map(|hint| format!(" | {hint}")).unwrap_or_default();
    format!("{}: {}{hint}", refusal.place, refusal.reason)
}

fn read(path: &str, content: impl AsRef<[u8]>, settings: &str) -> String {
    shown(&reading(path, content, settings))
}

#[test]
fn a_text_file_is_one_entry_without_blank_lines_around() {
    insta::assert_snapshot!(read("march.txt", "\r\n\r\n  First line.\r\n\r\nLast line. \r\n\r\n", ""), @r#"
    UTF-8
    march line 3: "  First line.\n\nLast line."
    "#);
    insta::assert_snapshot!(read("2018-03_north.text", b"caf\xe9", "name = '(?P<site>[a-z]+)'\nlanguage = \"fr\"\n[source.attributes]\nsite = \"south\"\nyear = \"1\""), @r#"
    windows-1252 (detected)
    2018-03_north line 1 2018-03 fr site="north": "café"
    look at 2018-03_north.text:1: `year` is left out: here this name means the year of an entry's date | give it another name; dates are read from `columns = { date = "…" }`, or from a group `date` in `pattern` or `name`
    "#);
}

#[test]
fn empty_files_are_missing_not_absent() {
    insta::assert_snapshot!(read("a.txt", "", ""), @"
    UTF-8
    REFUSED a.txt: is empty | a source without words is missing, not a day without events
    ");
    insta::assert_snapshot!(read("a.md", "---\nid: x\n---\n \n\n", ""), @"
    UTF-8
    REFUSED a.md: is empty | a source without words is missing, not a day without events
    ");
    insta::assert_snapshot!(read("a.csv", "\n", ""), @"
    UTF-8
    REFUSED a.csv: is empty | the first line names the columns: id,date,text
    ");
    insta::assert_snapshot!(read("a.jsonl", "\n\n", ""), @r#"
    UTF-8
    REFUSED a.jsonl: is empty | each line is one object: {"id": "…", "date": "…", "text": "…"}
    "#);
    insta::assert_snapshot!(read("a.csv", "id,text\n", ""), @"
    UTF-8
    REFUSED a.csv: holds no entries
    ");
}

#[test]
fn a_file_that_cannot_be_read_is_one_refusal() {
    let nowhere = read_file(Path::new("/nowhere"), &file("a.txt"), &source(""));
    // The words after the colon are the operating system's.
    assert!(shown(&nowhere).starts_with("REFUSED a.txt: cannot be read: "), "{nowhere:?}");
    insta::assert_snapshot!(read("a.DOCX", "PK", ""), @"REFUSED a.DOCX: is a word processor's document, which is not read | open it and save it as text (.txt, UTF-8) or Markdown (.md)");
    insta::assert_snapshot!(read("a.zip", "PK", ""), @"REFUSED a.zip: is an archive, which is not read | unpack it and name the files in it");
    insta::assert_snapshot!(read("a.txt", [0, 1, 2, 3, 0, 255], ""), @"REFUSED a.txt: looks like a binary file | save it as text (UTF-8), or give its `encoding` in [[source]]");
    insta::assert_snapshot!(read("a.txt", "x", "encoding = \"utf-9\""), @"REFUSED a.txt: encoding `utf-9` is not known | names such as utf-8, windows-1252, iso-8859-1, utf-16le");
}

#[test]
fn a_file_over_two_gigabytes_is_refused_unread() {
    let root = tempfile::tempdir().unwrap();
    let large = fs::File::create(root.path().join("a.txt")).unwrap();
    large.set_len((2 << 30) + 1).unwrap();
    insta::assert_snapshot!(shown(&read_file(root.path(), &file("a.txt"), &source(""))), @"REFUSED a.txt: is larger than 2 GiB | cut it into several files");
}

#[test]
fn markdown_front_matter_in_yaml() {
    let text = "---\nid: m-01\nDate: 2018-03-04\nlanguage: es\ntitle: \"A day: long\"\nparticipant: NO\nnumber: 007\nrate: 1.10\n\
                tags: [asylum, 'green card', 3]\nlist:\n  - a\n  - b\nempty:\nnone: null\nquoted: ''\n---\n\n# Heading\nWords.\n";
    insta::assert_snapshot!(read("a.md", text, "language = \"en\""), @r##"
    UTF-8
    m-01! line 18 2018-03-04 es list="a; b" number="007" participant="NO" rate="1.10" tags="asylum; green card; 3" title="A day: long": "# Heading\nWords."
    "##);
}

#[test]
fn markdown_front_matter_in_toml() {
    let text =
        "+++\nid = 'm-02'\ndate = 2018-03-04\nnumber = 0x10\nrate = 1.10\ntags = ['a', 2]\nflag = true\n+++\nWords.";
    insta::assert_snapshot!(read("a.markdown", text, ""), @r#"
    UTF-8
    m-02! line 9 2018-03-04 flag="true" number="0x10" rate="1.10" tags="a; 2": "Words."
    "#);
}

#[test]
fn bad_front_matter_names_line_and_cure() {
    insta::assert_snapshot!(read("a.md", "---\nid: x\ntitle: a: b: c\n---\nWords.", ""), @"
    UTF-8
    REFUSED a.md:3: the front matter is not YAML: mapping values are not allowed in this context | write one `name: value` a line between two lines of `---`; put a value that holds `: ` or `#` in quotes
    ");
    insta::assert_snapshot!(read("a.md", "---\nid: x\nid: y\n---\nWords.", ""), @"
    UTF-8
    REFUSED a.md:3: the front matter is not YAML: duplicate mapping key: id | write one `name: value` a line between two lines of `---`; put a value that holds `: ` or `#` in quotes
    ");
    insta::assert_snapshot!(read("a.md", "---\nid: x\nsite:\n  name: East\n---\nWords.", ""), @"
    UTF-8
    REFUSED a.md:3: `site` in the front matter holds values within values | give each value a name of its own: `site_name: East`, not `site:` with `name:` under it
    ");
    insta::assert_snapshot!(read("a.md", "---\n- a\n- b\n---\nWords.", ""), @"
    UTF-8
    REFUSED a.md:2: the front matter is not YAML: expected mapping start | write one `name: value` a line between two lines of `---`; put a value that holds `: ` or `#` in quotes
    ");
    insta::assert_snapshot!(read("a.md", "---\nid: x\n\nWords.", ""), @"
    UTF-8
    REFUSED a.md:1: the front matter that begins with `---` does not end | end the front matter with a line like its first; begin a text that has none with an empty line
    ");
    insta::assert_snapshot!(read("a.md", "+++\nid = x\n+++\nWords.", ""), @r#"
    UTF-8
    REFUSED a.md:2: the front matter is not TOML: string values must be quoted, expected literal string | write one `name = "value"` a line between two lines of `+++`
    "#);
    insta::assert_snapshot!(read("a.md", "+++\n[site]\nname = 'East'\n+++\nWords.", ""), @"
    UTF-8
    REFUSED a.md:2: `site` in the front matter holds values within values | give each value a name of its own: `site_name: East`, not `site:` with `name:` under it
    ");
}

#[test]
fn what_front_matter_says_wrongly_is_a_warning() {
    let text = "---\ndate: 03/04/2018\nlanguage: Klingon\n---\nWords.";
    insta::assert_snapshot!(read("a.md", text, "language = \"en\""), @r#"
    UTF-8
    a line 5 en: "Words."
    look at a.md:2: `03/04/2018` is not understood as a date | write it as 2018-03-04, 2018-03 or March 4, 2018, or say in [[source]] how: date_format = "%m/%d/%Y"
    look at a.md:3: `Klingon` is not the code of a language | known: en, es, pt, fr, ht
    "#);
    insta::assert_snapshot!(read("a.md", text, "date_format = \"%m/%d/%Y\""), @r#"
    UTF-8
    a-2018-03-04 line 5 2018-03-04: "Words."
    look at a.md:3: `Klingon` is not the code of a language | known: en, es, pt, fr, ht
    "#);
    insta::assert_snapshot!(read("a.md", "---\nlanguage: de\n---\nWords.", ""), @r#"
    UTF-8
    a line 4 und: "Words."
    look at a.md:2: no inflections are known for language `de`; words are compared as written | known: en, es, pt, fr, ht
    "#);
    insta::assert_snapshot!(read("a.md", "----\nNo front matter.", ""), @r#"
    UTF-8
    a line 1: "----\nNo front matter."
    "#);
    insta::assert_snapshot!(read("a.md", "---\n# nothing said\n...\nWords.", ""), @r#"
    UTF-8
    a line 4: "Words."
    "#);
}

#[test]
fn the_language_has_more_than_one_name() {
    insta::assert_snapshot!(read("a.md", "---\nlang: es\n---\nWords.", "language = \"en\""), @r#"
    UTF-8
    a line 4 es: "Words."
    "#);
    insta::assert_snapshot!(read("a.md", "+++\nlang = 'Creole'\nidioma = 'x'\nlanguage = 'ht'\n+++\nWords.", ""), @r#"
    UTF-8
    a line 6 ht idioma="x" lang="Creole": "Words."
    "#);
    insta::assert_snapshot!(read("a.md", "---\nIdioma: es\n---\nWords.", ""), @r#"
    UTF-8
    a line 4 Idioma="es": "Words."
    look at a.md:2: `Idioma` is an attribute like any other: it does not say in which language the words are | write `language` (en, es, pt, fr, ht) for that, beside it or in its place
    "#);
}

#[test]
fn markdown_may_be_split_at_headings() {
    let text = "---\nid: all\nsite: East\n---\n# 2018\nabout\n\n## March 3\none\n\n## April\ntwo\n";
    insta::assert_snapshot!(read("log.md", text, "split = \"heading\""), @r###"
    UTF-8
    log---03-03 line 8 --03-03 site="East": "## March 3\none"
    log---04 line 11 --04 site="East": "## April\ntwo"
    look at log.md:2: id `all` names the whole file, which is 2 entries; it is left out
    look at log.md:5: what stands before the first entry belongs to none: 3 lines, 12 characters
    "###);
    insta::assert_snapshot!(read("log.md", "# One\nwords", "split = \"heading\""), @r##"
    UTF-8
    log line 1: "# One\nwords"
    look at log.md:1: no level of headings (`#`, `##`, …) occurs twice; the file is one entry
    "##);
}

#[test]
fn patterns_give_dates_years_and_attributes() {
    let text = "My diary\n\nDecember 30th, Havre. Rain.\n\nJanuary 2, Rouen. Sun.\n\nJan 1, Rouen. Late.\n\nFoo 7, Rouen. What?\n\n";
    let settings = r"split = 'pattern'
        pattern = '(?P<date>\w+ \d+(?:th)?), (?P<place>\w+)'
        first_year = 1914";
    insta::assert_snapshot!(read("diary.txt", text, settings), @r#"
    UTF-8
    diary-1914-12-30 line 3 1914-12-30 place="Havre": "Rain."
    diary-1915-01-02 line 5 1915-01-02 place="Rouen": "Sun."
    diary-1915-01-01 line 7 1915-01-01 place="Rouen": "Late."
    diary line 9 place="Rouen": "Foo 7, Rouen. What?"
    look at diary.txt:1: what stands before the first entry belongs to none: 2 lines, 8 characters
    look at diary.txt:7: the date 1915-01-01 is before 1915-01-02, the date of the entry above | the entry before begins at diary.txt:5; look whether both dates are right
    look at diary.txt:9: `Foo 7` is not understood as a date | write it as 2018-03-04, 2018-03 or March 4, 2018, or say in [[source]] how: date_format = "%m/%d/%Y"
    "#);
    // A day without words is missing, not a day without events.
    insta::assert_snapshot!(read("diary.txt", "May 3, Rouen.\n\nMay 4, Rouen:\n\n  Rain.", settings), @r#"
    UTF-8
    diary-1914-05-04 line 3 1914-05-04 place="Rouen": "  Rain."
    REFUSED diary.txt:1: is empty | an entry without words is missing, not a day without events
    "#);
    insta::assert_snapshot!(read("diary.txt", "nothing", settings), @"
    UTF-8
    REFUSED diary.txt: no line matches `pattern` | it is tried from the first letter of each line: begin it with `.*` where other words may stand before
    ");
}

#[test]
fn dates_without_years_stay_without() {
    let settings = "split = 'pattern'\npattern = '(?P<date>[A-Z]\\w+(?: \\d+)?)\\.--'";
    insta::assert_snapshot!(read("d.txt", "December.--a\nDecember 20.--b\nJanuary.--c\nJanuary 5.--d\nJanuary 3.--e\n", settings), @r#"
    UTF-8
    d---12 line 1 --12: "a"
    d---12-20 line 2 --12-20: "b"
    d---01 line 3 --01: "c"
    d---01-05 line 4 --01-05: "d"
    d---01-03 line 5 --01-03: "e"
    look at d.txt:5: the date --01-03 is before --01-05, the date of the entry above | the entry before begins at d.txt:4; look whether both dates are right
    "#);
}

#[test]
fn tables_have_rows_as_entries() {
    let text = "\u{feff}ID, Date ,text,site,note,language\nr1,2018-03-04,\"One, and\nmore\",East,,en\n\nr2,,Two,\"say \"\"hi\"\"\",x,es\n\
                r3,soon,Three,West,y,\nr4,2018-05, ,West,y,\nr5,2018\n,,,,,\nr6,2018,Six,a,b,,,\n";
    insta::assert_snapshot!(read("rows.csv", text, ""), @r#"
    UTF-8
    r1! line 2 2018-03-04 en site="East": "One, and\nmore"
    r2! line 5 es note="x" site="say \"hi\"": "Two"
    r3! line 6 note="y" site="West": "Three"
    r6! line 10 2018 note="b" site="a": "Six"
    REFUSED rows.csv:7: is empty | an entry without words is missing, not a day without events
    REFUSED rows.csv:8: the header has 6 columns, the row 2 | put a cell that holds commas, line breaks or quotes in quotes
    look at rows.csv:6: `soon` is not understood as a date | write it as 2018-03-04, 2018-03 or March 4, 2018, or say in [[source]] how: date_format = "%m/%d/%Y"
    "#);
}

#[test]
fn columns_are_named_in_the_settings() {
    let settings = "columns = { id = \"nr\", date = \"when\", text = \"Reflection\" }\ndate_format = \"%d.%m.%Y\"";
    insta::assert_snapshot!(read("rows.csv", "nr;when;reflection\n1;4.3.2018;Ein Tag, lang\n", settings), @r#"
    UTF-8
    1! line 2 2018-03-04: "Ein Tag, lang"
    "#);
    insta::assert_snapshot!(read("rows.tsv", "nr\twhen\tReflection\tReflection\t\n1\t4.3.2018\ta, \"b\"\tc\t\n", settings), @r#"
    UTF-8
    1! line 2 2018-03-04 Reflection="c": "a, \"b\""
    look at rows.tsv:1: column `Reflection` stands twice; where both have a value, the first counts | rename the columns, so that each has a name of its own
    "#);
    insta::assert_snapshot!(read("rows.csv", "nr,wann,Reflection\n1,4.3.2018,x\n", settings), @"
    UTF-8
    REFUSED rows.csv: has no column `when`; there are `nr`, `wann`, `Reflection` | correct `date` under `columns` in [[source]]
    ");
    insta::assert_snapshot!(read("rows.csv", "nr,wann,words\n1,4.3.2018,x\n", ""), @r#"
    UTF-8
    REFUSED rows.csv: has no column `text` with the texts; there are `nr`, `wann`, `words` | say in [[source]] which column holds them: columns = { text = "…" }
    "#);
}

#[test]
fn a_quote_that_is_never_closed_is_noticed() {
    insta::assert_snapshot!(read("rows.csv", "id,text\n1,fine\n2,\"never closed\n3,lost\n4,lost\n", ""), @r#"
    UTF-8
    1! line 2: "fine"
    2! line 3: "never closed\n3,lost\n4,lost"
    look at rows.csv:3: a quote that opens here runs to the end of the file (line 6) | look whether a quote is missing or one too many: the rows after it are part of one cell
    "#);
}

#[test]
fn rows_inside_a_cell_are_noticed() {
    let text = "id,date,text\n1,2018-01,fine\n2,2018-02,\"a quote too many\n3,2018-03,\"fine, too\"\n4,2018-04,fine\n";
    insta::assert_snapshot!(read("rows.csv", text, ""), @r#"
    UTF-8
    1! line 2 2018-01: "fine"
    4! line 5 2018-04: "fine"
    REFUSED rows.csv:3: the header has 3 columns, the row 4 | put a cell that holds commas, line breaks or quotes in quotes
    look at rows.csv:3: a cell runs from line 3 to line 4, and lines inside it look like rows | look whether a quote is missing or one too many: the rows after it are part of one cell
    "#);
    let text = "id,date,text\n2,2018-02,\"a quote too many\n3,2018-03,fine\n4,2018-04,he said \"\n5,2018-05,fine\n";
    insta::assert_snapshot!(read("rows.csv", text, ""), @r#"
    UTF-8
    2! line 2 2018-02: "a quote too many\n3,2018-03,fine\n4,2018-04,he said"
    5! line 5 2018-05: "fine"
    look at rows.csv:2: a cell runs from line 2 to line 4, and lines inside it look like rows | look whether a quote is missing or one too many: the rows after it are part of one cell
    "#);
    let text = "id,date,text\n1,2018-01,\"of several\nlines, with \"\"quotes\"\", and\ncommas, too\"\n2,2018-02,fine\n";
    insta::assert_snapshot!(read("rows.csv", text, ""), @r#"
    UTF-8
    1! line 2 2018-01: "of several\nlines, with \"quotes\", and\ncommas, too"
    2! line 5 2018-02: "fine"
    "#);
}

#[test]
fn a_spreadsheet_says_what_parts_its_cells() {
    insta::assert_snapshot!(read("rows.csv", "sep=;\r\nid;text\r\n1;a, b, c\r\n\r\n2\r\n", ""), @r#"
    UTF-8
    1! line 3: "a, b, c"
    REFUSED rows.csv:5: the header has 2 columns, the row 1 | put a cell that holds commas, line breaks or quotes in quotes
    "#);
    insta::assert_snapshot!(read("rows.csv", "sep=,\ntext\nword\n", ""), @r#"
    UTF-8
    rows line 3: "word"
    "#);
}

#[test]
fn an_entry_has_words() {
    insta::assert_snapshot!(read("a.csv", "text\n-\nx\n???\n\u{1f631}\n7\n", ""), @r#"
    UTF-8
    a line 3: "x"
    a line 6: "7"
    REFUSED a.csv:2: holds no words, only `-` | an entry without words is missing, not a day without events
    REFUSED a.csv:4: holds no words, only `???` | an entry without words is missing, not a day without events
    REFUSED a.csv:5: holds no words, only `😱` | an entry without words is missing, not a day without events
    "#);
}

#[test]
fn an_entry_is_not_a_heading_alone() {
    insta::assert_snapshot!(read("a.md", "# Greatest success\n\n## Greatest challenge\n", ""), @"
    UTF-8
    REFUSED a.md:1: holds a heading and no words | write below the heading, or take it out: an entry without words would count as one in which nothing was said
    ");
    insta::assert_snapshot!(read("a.csv", "text\nNONE\n# 1\n", ""), @r#"
    UTF-8
    a line 2: "NONE"
    REFUSED a.csv:3: holds a heading and no words | write below the heading, or take it out: an entry without words would count as one in which nothing was said
    "#);
}

#[test]
fn given_names_keep_their_meaning() {
    let text = "id,date,Month,source,site,lang,text\n1,2018-03-04,7,,East,es,Uno\n2,2018-04,8,diary,East,,Dos\n";
    insta::assert_snapshot!(read("rows.csv", text, "attributes = { section = \"A\" }"), @r#"
    UTF-8
    1! line 2 2018-03-04 es site="East": "Uno"
    2! line 3 2018-04 site="East": "Dos"
    look at rows.csv:2: `Month` is left out: here this name means the month of an entry's date | give it another name; dates are read from `columns = { date = "…" }`, or from a group `date` in `pattern` or `name`
    look at rows.csv:2: `section` is left out: here this name means the heading above the words | give it another name
    look at rows.csv:3: `source` is left out: here this name means the file that an entry is read from | give it another name
    "#);
}

#[test]
fn two_dates_in_a_name_are_none() {
    insta::assert_snapshot!(read("2018-03 to 2018-05.md", "Words.", ""), @r#"
    UTF-8
    2018-03 to 2018-05 line 1: "Words."
    look at 2018-03 to 2018-05.md: its name holds two dates, 2018-03 and 2018-05, so that its entries have neither | write the date in the file, or say which is meant: name = '(?P<date>…)'
    "#);
    insta::assert_snapshot!(read("2018-03 to 2018-05.md", "+++\ndate = \"2018-04\"\n+++\nWords.", ""), @r#"
    UTF-8
    2018-03 to 2018-05-2018-04 line 4 2018-04: "Words."
    "#);
    insta::assert_snapshot!(read("P12-2018-03.md", "Words.", ""), @r#"
    UTF-8
    P12-2018-03 line 1 2018-03: "Words."
    "#);
}

#[test]
fn json_lines_have_objects_as_entries() {
    let text = "{\"id\": 7, \"date\": \"2018-03\", \"text\": \"One\\r\\nmore\", \"n\": 1.5, \"ok\": true, \"tags\": [\"a\", 1], \"none\": null}\n\
                \n{\"text\": \"Two\", \"spans\": [{\"a\": 1}]}\n[1]\n{\"text\": \"Three\", \"spans\": {}}\n{\"id\": \"x\"}\n{\"text\": \"\"}\nnot json\n{\"Text\": {}}";
    insta::assert_snapshot!(read("rows.jsonl", text, ""), @r#"
    UTF-8
    7! line 1 2018-03 n="1.5" ok="true" tags="a; 1": "One\nmore"
    rows line 3: "Two"
    rows line 5: "Three"
    REFUSED rows.jsonl:4: is JSON, but not an object | each line is one object: {"id": "…", "date": "…", "text": "…"}
    REFUSED rows.jsonl:6: there is no `text`
    REFUSED rows.jsonl:7: is empty | an entry without words is missing, not a day without events
    REFUSED rows.jsonl:8: is not JSON: expected ident (column 2) | each line is one object: {"id": "…", "date": "…", "text": "…"}
    REFUSED rows.jsonl:9: `Text` is not a text
    look at rows.jsonl:3: `spans` holds values within values and is left out | give each value a name of its own
    "#);
    insta::assert_snapshot!(read("rows.jsonl", "{\"body\": \"x\", \"who\": 1}\n{\"body\": \"y\"}", ""), @r#"
    UTF-8
    REFUSED rows.jsonl: has no column `text` with the texts; there are `body`, `who` | say in [[source]] which column holds them: columns = { text = "…" }
    "#);
    insta::assert_snapshot!(read("rows.jsonl", "{\"body\": \"x\", \"who\": 1}", "columns = { text = \"body\", date = \"when\" }"), @r#"
    UTF-8
    rows line 1 who="1": "x"
    look at rows.jsonl:1: no line has a `when`; there are `body`, `who` | correct `date` under `columns` in [[source]]
    "#);
}

#[test]
fn a_very_long_line_is_read() {
    // A tenth of the size that must work, as tests are built without optimisation.
    let words = "word ".repeat(2 << 20);
    let read = reading("a.txt", &words, "split = 'pattern'\npattern = '(?P<first>\\w+) word'");
    assert_eq!((read.entries.len(), read.entries[0].text.len()), (1, words.len() - 1 - "word word ".len()));
    let read = reading("a.jsonl", format!("{{\"text\": \"{words}\"}}"), "");
    assert_eq!(read.entries[0].text.len(), words.len() - 1);
    let read = reading("a.csv", format!("text\n{words}"), "");
    assert_eq!(read.entries[0].text.len(), words.len() - 1);
}

#[test]
fn the_hash_of_an_entry_does_not_depend_on_its_neighbours() {
    let settings = "split = 'blank:1'";
    let alone = reading("a.txt", "One.", settings);
    let among = reading("a.txt", "Zero.\n\n\nOne.  \n\nTwo.", settings);
    assert_eq!(alone.entries[0].text, among.entries[1].text);
}

proptest! {
    #[test]
    fn no_bytes_make_an_importer_fail(bytes in proptest::collection::vec(any::<u8>(), 0..60), ending in 0_usize..5, how in 0_usize..4) {
        check_any(&bytes, ending, how)?;
    }

    #[test]
    fn no_text_makes_an_importer_fail(text in "([ #\\-+\n\r\",;:{}\\[\\]=ab1\u{feff}\u{301}]|---\n|\"text\":|May 3){0,30}", ending in 0_usize..5, how in 0_usize..4) {
        check_any(text.as_bytes(), ending, how)?;
    }
}

/// Whatever a file holds, it gives normalised entries that are not empty, or says why it gives none.
fn check_any(bytes: &[u8], ending: usize, how: usize) -> Result<(), TestCaseError> {
    let path = ["a.txt", "a.md", "a.csv", "a.jsonl", "a.tsv"][ending];
    let settings =
        ["", "split = 'blank:1'", "split = 'heading'", "split = 'pattern'\npattern = '(?P<date>May \\d)|[ab]'"][how];
    let reading = reading(path, bytes, settings);
    prop_assert!(!reading.entries.is_empty() || !reading.refusals.is_empty());
    for entry in &reading.entries {
        prop_assert_eq!(normalise(&entry.text), entry.text.as_str());
        prop_assert!(!entry.text.trim().is_empty());
        prop_assert!(entry.line >= 1);
    }
    Ok(())
}

fn cases(content: &str) -> String {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("patients.csv"), content).unwrap();
    let settings = study::Cases { path: "patients.csv".to_owned(), id: "patient".to_owned() };
    match read_cases(root.path(), &settings) {
        Err(refusal) => format!("REFUSED {}", told(&refusal)),
        Ok((register, refusals)) => {
            let cases = register.cases.iter().map(|case| format!("{} {:?}", case.id, case.attributes));
            let refused = refusals.iter().map(|refusal| format!("REFUSED {}", told(refusal)));
            std::iter::once(register.columns.join(" ")).chain(cases).chain(refused).collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn the_case_register() {
    insta::assert_snapshot!(cases("need, patient,age\nasylum,p1,30\n,p2,\nwork,,1\nwork,p1,2\nwork\n"), @r#"
    need age
    p1 {"age": "30", "need": "asylum"}
    p2 {}
    REFUSED patients.csv:4: the case has no `patient` | give it an id
    REFUSED patients.csv:5: case `p1` stands twice: it is on line 2 too | one row for each case
    REFUSED patients.csv:6: the header has 3 columns, the row 1 | put a cell that holds commas, line breaks or quotes in quotes
    "#);
    insta::assert_snapshot!(cases("need,pateint\nasylum,p1\n"), @r#"REFUSED patients.csv: has no column `patient`; there are `need`, `pateint` | did you mean id = "pateint" in [cases]?"#);
    insta::assert_snapshot!(cases("need,patient,need\nasylum,p1,x\n"), @"REFUSED patients.csv: column `need` stands twice; where both have a value, the first counts | rename the columns, so that each has a name of its own");
    insta::assert_snapshot!(cases(""), @"REFUSED patients.csv: is empty | the first line names the columns");
}
