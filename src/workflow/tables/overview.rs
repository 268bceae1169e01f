//! Themes with what they mean, how many units they reach, and words for and against them: a statistics-by-themes display
//! (Guetterman, Fetters & Creswell 2015).

use std::{cmp::Reverse, collections::BTreeSet};

use super::{TableKind, TableOptions, codes};
use crate::{
    codebook::{Code, Codebook, ExampleKind, Theme},
    coding::{MemoKind, MemoOn},
    report::Excerpt,
    table::{Level, Measure, Row, Table, Value},
    workflow::{
        Fresh, WorkflowError, Workspace,
        excerpts::{ExcerptChoice, excerpts_of},
        texts::Texts,
    },
};

/// Longer excerpts, in bytes, do not fit into a table.
const LONGEST: usize = 400;
/// Shorter ones, in characters, tell too little of a situation when there are others.
const SHORTEST: usize = 60;
/// So many excerpts are looked through for one that tells enough.
const CHOICE: usize = 200;

pub(super) fn table(workspace: &Workspace, fresh: &Fresh, options: &TableOptions) -> Result<Table, WorkflowError> {
    let mut table = codes::table(workspace, fresh, &TableKind::Frequency, options)?;
    table.rows.retain(|row| row.level == Level::Theme);
    let texts = Texts::of(workspace);
    let against = Against::read(workspace, &fresh.codebook)?;
    let mut quoted = BTreeSet::new();
    for row in &mut table.rows {
        let theme = fresh.codebook.themes.iter().find(|theme| theme.id.as_str() == row.id);
        let quote = quote(workspace, fresh, &texts, row, &mut quoted)?;
        row.further.0 = vec![
            (Measure::Definition, Value::Words(theme.and_then(|theme| theme.concept.clone()).unwrap_or_default())),
            (Measure::Quote, quote),
            (Measure::CounterExample, theme.map_or_else(|| Value::Words(String::new()), |theme| against.of(theme))),
        ];
    }
    "overview".clone_into(&mut table.table);
    table.title = format!("Themes: what they mean, and how many {} they reach", table.unit.word(2));
    table.notes.push("Excerpts are verbatim: one that a coder marked as an exemplar where there is one, else one in which the rules matched most, of those of the first entries. Names in them are not replaced.".to_owned());
    table.notes.push("Counter-examples are memos of the kind negative-case on the theme or its codes; where there is none, an example of the codebook that is close, but no.".to_owned());
    Ok(table)
}

/// Returns the excerpt that stands for a theme.
fn quote(
    workspace: &Workspace,
    fresh: &Fresh,
    texts: &Texts<'_>,
    row: &Row,
    quoted: &mut BTreeSet<String>,
) -> Result<Value, WorkflowError> {
    let of_theme = |longest| ExcerptChoice {
        themes: vec![row.id.clone()],
        limit: Some(CHOICE),
        longest,
        ..ExcerptChoice::default()
    };
    for longest in [Some(LONGEST), None] {
        let groups = excerpts_of(workspace, fresh, texts, &of_theme(longest))?;
        let excerpts = groups.first().map(|group| group.excerpts.as_slice()).unwrap_or_default();
        let tells = |excerpt: &&Excerpt| excerpt.text.chars().count() >= SHORTEST;
        // One excerpt does not stand for two themes where there is another; the first of equals is taken.
        let best = excerpts.iter().min_by_key(|excerpt| {
            (
                !excerpt.exemplar,
                excerpt.negated,
                !tells(excerpt),
                quoted.contains(&excerpt.text),
                Reverse(excerpt.marks.len()),
            )
        });
        if let Some(excerpt) = best {
            quoted.insert(excerpt.text.clone());
            return Ok(Value::Words(format!("“{}” {}", excerpt.text.trim(), excerpt.attribution)));
        }
    }
    Ok(Value::Undefined("nothing that counts is coded with it".to_owned()))
}

/// What speaks against themes: memos by what they are on, and the codebook's examples.
struct Against<'c> {
    memos: Vec<(MemoOn, String)>,
    codebook: &'c Codebook,
}

impl<'c> Against<'c> {
    fn read(workspace: &Workspace, codebook: &'c Codebook) -> Result<Self, WorkflowError> {
        let memos = workspace.store.memos()?.into_iter().filter(|memo| memo.kind == MemoKind::NegativeCase);
        let memos = memos.filter_map(|memo| Some((MemoOn::parse(&memo.on)?, memo.words?)));
        Ok(Self { memos: memos.collect(), codebook })
    }

    fn of(&self, theme: &Theme) -> Value {
        let of_theme = |code: &&Code| self.codebook.theme_of(code) == Some(theme);
        let codes: Vec<&Code> = self.codebook.codes.iter().filter(of_theme).collect();
        let on_theme = |on: &MemoOn| match on {
            MemoOn::Theme(id) => *id == theme.id.as_str(),
            MemoOn::Code(id) => codes.iter().any(|code| code.id.as_str() == id),
            _ => false,
        };
        if let Some((_, words)) = self.memos.iter().find(|(on, _)| on_theme(on)) {
            return Value::Words(words.trim().to_owned());
        }
        let close = |code: &&Code| {
            let example = code.examples.iter().find(|example| example.kind == ExampleKind::CloseButNo)?;
            Some(format!("“{}” (close, but no: {})", example.text.trim(), code.label))
        };
        match codes.iter().find_map(close) {
            Some(words) => Value::Words(words),
            None => Value::Undefined("no negative case is kept as a memo, and no example is close, but no".to_owned()),
        }
    }
}
