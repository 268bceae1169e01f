//! The codebook at a glance: themes with their codes, one line each.

use serde::Serialize;

use crate::{
    analysis::Tree,
    codebook::{CodeStatus, Codebook},
    id::{CodeId, ThemeId},
    table::Level,
};

/// A theme or a code in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodebookLine {
    /// Id.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// Theme or code.
    pub level: Level,
    /// Id of the theme or code above it.
    pub parent: Option<String>,
    /// Number of rules; `None` for a theme.
    pub rules: Option<usize>,
    /// Number of examples; `None` for a theme.
    pub examples: Option<usize>,
    /// Whether it is in use; `None` for a theme.
    pub status: Option<CodeStatus>,
    /// The brief definition, the full one when there is no brief one; the concept of a theme.
    pub short: Option<String>,
    /// Lines above it that it belongs to.
    #[serde(skip)]
    pub depth: usize,
}

/// Lists themes and codes in the order of tables: each theme before its codes, codes without a theme last.
pub fn list_codebook(codebook: &Codebook) -> Vec<CodebookLine> {
    let mut lines: Vec<CodebookLine> = Vec::new();
    for row in Tree::of(codebook).rows {
        let above = row.parent.as_ref().and_then(|parent| lines.iter().find(|line| line.id == *parent));
        let depth = above.map_or(0, |above| above.depth + 1);
        let code = codebook.code(&CodeId::new(row.id.as_str())).filter(|_| row.level == Level::Code);
        let theme = codebook.themes.iter().find(|theme| theme.id == ThemeId::new(row.id.as_str()));
        lines.push(CodebookLine {
            rules: code.map(|code| code.rules.len()),
            examples: code.map(|code| code.examples.len()),
            status: code.map(|code| code.status),
            short: match code {
                Some(code) => code.short.clone().or_else(|| code.definition.clone()),
                None => theme.and_then(|theme| theme.concept.clone()),
            },
            id: row.id,
            label: row.label,
            level: row.level,
            parent: row.parent,
            depth,
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_under_their_theme_and_their_parent() {
        let source = "[codebook]\nid = \"x\"\n[[code]]\nid = \"loose\"\ndefinition = \"Full.\"\n[[theme]]\nid = \"t\"\n\
                      concept = \"Shared.\"\n[[code]]\nid = \"a\"\ntheme = \"t\"\nrules = [\"one\", \"two\"]\nshort = \"Brief.\"\n\
                      definition = \"Full.\"\n[[code]]\nid = \"b\"\nparent = \"a\"\nstatus = \"draft\"\n";
        let (codebook, _) = crate::codebook::read(source).unwrap();
        let lines = list_codebook(&codebook);
        let seen = lines.iter().map(|line| (line.id.as_str(), line.depth, line.rules, line.short.as_deref()));
        assert_eq!(
            seen.collect::<Vec<_>>(),
            [
                ("t", 0, None, Some("Shared.")),
                ("a", 1, Some(2), Some("Brief.")),
                ("b", 2, Some(0), None),
                ("loose", 0, Some(0), Some("Full."))
            ]
        );
    }
}
