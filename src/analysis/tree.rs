//! The rows of a table of codes: themes with their codes, and what each gathers.

use crate::{codebook::Codebook, id::CodeId, table::Level};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeRow {
    /// Id of the theme or code.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// Theme or code.
    pub level: Level,
    /// Id of the row above.
    pub parent: Option<String>,
    /// Indices of the codes whose codings it counts.
    pub codes: Vec<u32>,
}

/// All rows: each theme before its codes, each code before those below it, in codebook order; codes without a theme last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// The rows.
    pub rows: Vec<TreeRow>,
}

impl Tree {
    /// Makes the rows of a codebook.
    pub fn of(codebook: &Codebook) -> Self {
        let mut rows = Vec::new();
        for theme in &codebook.themes {
            let codes = numbered(codebook).filter(|(_, code)| codebook.theme_of(code) == Some(theme));
            rows.push(TreeRow {
                id: theme.id.to_string(),
                label: theme.label.clone(),
                level: Level::Theme,
                parent: None,
                codes: codes.map(|(index, _)| index).collect(),
            });
            let tops = numbered(codebook).filter(|(_, code)| code.theme.as_ref() == Some(&theme.id));
            for (_, code) in tops.filter(|(_, code)| code.parent.is_none()) {
                below(codebook, &code.id, Some(theme.id.to_string()), &mut rows);
            }
        }
        let loose = numbered(codebook).filter(|(_, code)| code.theme.is_none() && code.parent.is_none());
        for (_, code) in loose {
            below(codebook, &code.id, None, &mut rows);
        }
        Self { rows }
    }

    /// Returns the row of an id.
    pub fn row(&self, id: &str) -> Option<&TreeRow> {
        self.rows.iter().find(|row| row.id == id)
    }
}

fn numbered(codebook: &Codebook) -> impl Iterator<Item = (u32, &crate::codebook::Code)> {
    (0_u32..).zip(&codebook.codes)
}

fn below(codebook: &Codebook, id: &CodeId, parent: Option<String>, rows: &mut Vec<TreeRow>) {
    let Some((own, code)) = numbered(codebook).find(|(_, code)| code.id == *id) else { return };
    let gathered = numbered(codebook).filter(|(index, other)| {
        *index == own || (code.aggregate && codebook.above(other).any(|above| above.id == *id))
    });
    rows.push(TreeRow {
        id: id.to_string(),
        label: code.label.clone(),
        level: Level::Code,
        parent,
        codes: gathered.map(|(index, _)| index).collect(),
    });
    for (_, child) in numbered(codebook).filter(|(_, child)| child.parent.as_ref() == Some(id)) {
        below(codebook, &child.id, Some(id.to_string()), rows);
    }
}
