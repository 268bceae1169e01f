//! Which importer reads which ending: one line each.

use super::{csv_rows, json_lines, markdown, plain, read::Reading, unreadable::Unreadable};

/// Reads the text of one file into entries, refusals and warnings.
pub(super) type Importer = fn(&str, &mut Reading<'_>);

/// Importers by the endings of their files; every other text is read by `plain`.
const IMPORTERS: [(&[&str], Importer); 4] = [
    (&["csv", "tsv", "tab"], csv_rows::import),
    (&["jsonl", "ndjson"], json_lines::import),
    (&["md", "markdown"], markdown::import),
    (&["txt", "text"], plain::import),
];

const SAVE_TEXT: &str = "open it and save it as text (.txt, UTF-8) or Markdown (.md)";
const SAVE_CSV: &str = "open it and save the sheet as CSV (UTF-8)";
const UNPACK: &str = "unpack it and name the files in it";
const TYPE_OUT: &str = "write its words into a text file (.txt)";

/// Endings of files that hold no plain text, what they are, and the cure.
const NOT_TEXT: [(&[&str], &str, &str); 10] = [
    (&["docx", "doc", "odt", "rtf", "pages"], "a word processor's document", SAVE_TEXT),
    (&["pdf", "epub"], "a laid-out document", "copy its words into a text file (.txt), or save it as text"),
    (&["xlsx", "xls", "xlsm", "ods", "numbers"], "a spreadsheet", SAVE_CSV),
    (&["html", "htm", "xml"], "a page with markup", SAVE_TEXT),
    (&["json"], "one JSON value", "save it as JSON Lines (.jsonl): one object for each entry, one on each line"),
    (&["parquet", "sav", "dta", "rds", "sqlite", "db"], "a table in a binary format", "export it as CSV (UTF-8)"),
    (
        &["qdpx", "qdc", "nvp", "nvpx", "mx24", "atlproj"],
        "another program's project",
        "export its documents as text (.txt)",
    ),
    (&["zip", "gz", "7z", "rar", "tar"], "an archive", UNPACK),
    (&["png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "webp", "heic", "svg"], "a picture", TYPE_OUT),
    (&["mp3", "m4a", "wav", "mp4", "mov", "ogg"], "a recording", TYPE_OUT),
];

/// Finds the importer for a file by its ending.
pub(super) fn of(path: &str) -> Result<Importer, Unreadable> {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let ending = ending.as_str();
    if let Some((_, what, cure)) = NOT_TEXT.iter().find(|(endings, _, _)| endings.contains(&ending)) {
        return Err(Unreadable::Kind { what, cure });
    }
    let known = IMPORTERS.iter().find(|(endings, _)| endings.contains(&ending));
    Ok(known.map_or(plain::import as Importer, |(_, importer)| *importer))
}
