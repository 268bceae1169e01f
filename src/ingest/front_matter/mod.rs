//! The block before a Markdown text: YAML between `---`, or TOML between `+++`.
//!
//! Values are taken as they are written: `NO` stays `NO`, `007` stays `007`, `1.10` stays `1.10`.

mod toml;
mod yaml;

/// A named value with its line in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) value: Value,
}

/// A value of front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text; the items of a list are joined by `; `.
    Text(String),
    /// No value: `key:` alone, or `null`.
    Nothing,
}

/// A file cut into front matter and text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    pub(super) fields: Vec<Field>,
    pub(super) body: &'t str,
    /// Line on which the text begins.
    pub(super) body_line: usize,
}

/// What is wrong with front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) reason: String,
    pub(super) hint: &'static str,
}

const UNCLOSED_HINT: &str =
    "end the front matter with a line like its first; begin a text that has none with an empty line";
const NESTED_HINT: &str = "give each value a name of its own: `site_name: East`, not `site:` with `name:` under it";

/// Cuts a file into its front matter, if its first line begins one, and its text.
pub(super) fn read(text: &str) -> Result<Parts<'_>, Problem> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let mark = first.trim_end();
    if mark != "---" && mark != "+++" {
        return Ok(Parts { fields: Vec::new(), body: text, body_line: 1 });
    }
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        let closing = line.trim_end() == mark || (mark == "---" && line.trim_end() == "...");
        if closing {
            let block = text.get(first.len()..end).unwrap_or_default();
            let fields = if mark == "---" { yaml::read(block)? } else { toml::read(block)? };
            let body = text.get(end + line.len()..).unwrap_or_default();
            return Ok(Parts { fields, body, body_line: number + 3 });
        }
        end += line.len();
    }
    Err(Problem {
        line: 1,
        reason: format!("the front matter that begins with `{mark}` does not end"),
        hint: UNCLOSED_HINT,
    })
}

fn nested(line: usize, name: &str) -> Problem {
    Problem { line, reason: format!("`{name}` in the front matter holds values within values"), hint: NESTED_HINT }
}
