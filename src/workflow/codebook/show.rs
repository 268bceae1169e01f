//! Everything that the codebook says about one code.

use serde::Serialize;

use crate::{
    codebook::{Code, CodeStatus, Codebook, ExampleKind, Negation, Origin, RuleUnit, Within},
    diagnostic::meant_or_known,
    id::CodeId,
    workflow::WorkflowError,
};

/// A code as its codebook describes it, what it inherits included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeView {
    /// Id.
    pub id: String,
    /// Words for it.
    pub label: String,
    /// Its theme, its own or that of the codes above it.
    pub theme: Option<Named>,
    /// The code above it.
    pub parent: Option<Named>,
    /// The codes right below it.
    pub children: Vec<Named>,
    /// Brief definition.
    pub short: Option<String>,
    /// Full definition.
    pub definition: Option<String>,
    /// When to use it.
    pub include: Vec<String>,
    /// When not to use it.
    pub exclude: Vec<NotFor>,
    /// Rules as written.
    pub rules: Vec<String>,
    /// Expressions that take evidence away, as written.
    pub except: Vec<String>,
    /// What a suggestion covers.
    pub unit: RuleUnit,
    /// Where AND, NOT, NEAR and THEN look.
    pub within: Within,
    /// What happens to negated hits.
    pub negation: Negation,
    /// Whether the counts of codes below it are part of its own.
    pub aggregate: bool,
    /// Examples.
    pub examples: Vec<Shown>,
    /// Codes to look at beside it.
    pub related: Vec<Named>,
    /// Whether it is in use.
    pub status: CodeStatus,
    /// Where it came from.
    pub origin: Option<Origin>,
    /// Version of the codebook that brought it.
    pub since: Option<String>,
    /// Citation.
    pub source: Option<String>,
    /// Colour for the screen.
    pub color: Option<String>,
    /// Notes.
    pub memo: Vec<String>,
}

/// A theme or code by its id and label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Words for it.
    pub label: String,
}

/// When not to use a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotFor {
    /// The case.
    pub text: String,
    /// The code to use instead, if any.
    #[serde(rename = "use")]
    pub instead: Option<String>,
}

/// An example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// Typical, atypical, or close but no.
    pub kind: ExampleKind,
    /// The code to use instead, if any.
    #[serde(rename = "use")]
    pub instead: Option<String>,
    /// Where it was found.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// Returns everything that a codebook says about a code.
///
/// # Errors
/// Fails when there is no such code; the hint names the one that was probably meant.
pub fn show_code(codebook: &Codebook, id: &str) -> Result<CodeView, WorkflowError> {
    let code = known_code(codebook, id)?;
    let named = |code: &Code| Named { id: code.id.to_string(), label: code.label.clone() };
    let texts = |rules: &[crate::codebook::Rule]| rules.iter().map(|rule| rule.text.clone()).collect();
    let instead = |id: &Option<CodeId>| id.as_ref().map(ToString::to_string);
    let theme = codebook.theme_of(code);
    Ok(CodeView {
        id: code.id.to_string(),
        label: code.label.clone(),
        theme: theme.map(|theme| Named { id: theme.id.to_string(), label: theme.label.clone() }),
        parent: code.parent.as_ref().and_then(|id| codebook.code(id)).map(named),
        children: codebook.codes.iter().filter(|child| child.parent.as_ref() == Some(&code.id)).map(named).collect(),
        short: code.short.clone(),
        definition: code.definition.clone(),
        include: code.include.clone(),
        exclude: code
            .exclude
            .iter()
            .map(|one| NotFor { text: one.text.clone(), instead: instead(&one.instead) })
            .collect(),
        rules: texts(&code.rules),
        except: texts(&code.except),
        unit: code.unit,
        within: code.within,
        negation: code.negation,
        aggregate: code.aggregate,
        examples: code
            .examples
            .iter()
            .map(|one| Shown {
                text: one.text.clone(),
                kind: one.kind,
                instead: instead(&one.instead),
                reference: one.reference.clone(),
                note: one.note.clone(),
            })
            .collect(),
        related: code.related.iter().filter_map(|id| codebook.code(id)).map(named).collect(),
        status: code.status,
        origin: code.origin,
        since: code.since.clone(),
        source: code.source.clone(),
        color: code.color.clone(),
        memo: code.memo.clone(),
    })
}

/// Returns the code of an id, or says which one was probably meant.
pub(in crate::workflow) fn known_code<'c>(codebook: &'c Codebook, id: &str) -> Result<&'c Code, WorkflowError> {
    if let Some(code) = codebook.code(&CodeId::new(id)) {
        return Ok(code);
    }
    let known: Vec<&str> = codebook.codes.iter().map(|code| code.id.as_str()).collect();
    let hint = if let Some(theme) = codebook.themes.iter().find(|theme| theme.id.as_str() == id) {
        let of_theme = codebook.codes.iter().filter(|code| codebook.theme_of(code) == Some(theme));
        let codes: Vec<&str> = of_theme.map(|code| code.id.as_str()).collect();
        format!("`{id}` is a theme; its codes: {}", codes.join(", "))
    } else {
        meant_or_known(id, &known)
    };
    Err(WorkflowError::Unknown { what: "code", name: id.to_owned(), hint })
}
