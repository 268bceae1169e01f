//! The codebook: themes, codes, their definitions, rules and examples, read from TOML.
//!
//! What a rule matches is `matching`'s work; this module understands the file and finds what is wrong with it.

mod check;
mod compare;
mod edit;
mod fingerprint;
mod lint;
mod read;
mod version;

use std::ops::Range;

use serde::Serialize;

pub use compare::{Comparison, FieldChange, ItemChange, Kin, What, compare};
pub use edit::{ChangeNote, EditError, Edited, Operation, edit};
pub use lint::lint;
pub use read::read;
pub use version::{Step, Verdict, VersionStep, judge_version};

use crate::{
    id::{CodeId, Hash, ThemeId},
    query::Expr,
    text::Languages,
};

/// A codebook as its file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// Short name.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Version by the rules of semantic versioning, with the field's meaning (methods §1.1).
    pub version: String,
    /// School of thematic analysis; switches warnings.
    pub approach: Approach,
    /// Languages of the texts that declare none; the first is that of sentences whose own cannot be told.
    pub languages: Languages,
    /// What a suggestion covers unless a code says otherwise.
    pub unit: RuleUnit,
    /// Whether a wildcard may be the first character of a word.
    pub leading_wildcards: bool,
    /// Themes in the order of the file.
    pub themes: Vec<Theme>,
    /// Codes in the order of the file.
    pub codes: Vec<Code>,
    /// The codebook's own log.
    pub changes: Vec<Change>,
    /// Hash of the whole file.
    pub fingerprint: Hash,
}

/// A pattern of meaning with a central concept that gathers codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Id.
    pub id: ThemeId,
    /// Words for it.
    pub label: String,
    /// The shared meaning that holds it together.
    pub concept: Option<String>,
    /// What looks like it and is not.
    pub not_this: Option<String>,
    /// Place in the file.
    pub span: Range<usize>,
}

/// A label for segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Id; stable, never reused.
    pub id: CodeId,
    /// Words for it.
    pub label: String,
    /// Its theme as written; see [`Codebook::theme_of`] for the inherited one.
    pub theme: Option<ThemeId>,
    /// The code above it.
    pub parent: Option<CodeId>,
    /// Brief definition.
    pub short: Option<String>,
    /// Full definition.
    pub definition: Option<String>,
    /// When to use it.
    pub include: Vec<String>,
    /// When not to use it, and which code to use instead.
    pub exclude: Vec<Exclusion>,
    /// Where the code came from.
    pub origin: Option<Origin>,
    /// Rules, each an expression that suggests the code.
    pub rules: Vec<Rule>,
    /// Expressions whose matches take evidence away.
    pub except: Vec<Rule>,
    /// What happens to negated hits.
    pub negation: Negation,
    /// What a suggestion covers.
    pub unit: RuleUnit,
    /// Where AND, NOT, NEAR and THEN look.
    pub within: Within,
    /// Whether it is in use.
    pub status: CodeStatus,
    /// Version of the codebook that brought it.
    pub since: Option<String>,
    /// Citation of a deductive code.
    pub source: Option<String>,
    /// Codes to look at beside it.
    pub related: Vec<CodeId>,
    /// Whether the counts of codes below it are part of its own.
    pub aggregate: bool,
    /// Colour for the screen.
    pub color: Option<String>,
    /// Notes.
    pub memo: Vec<String>,
    /// Examples, which are tests.
    pub examples: Vec<Example>,
    /// Place in the file.
    pub span: Range<usize>,
}

/// An expression as written, parsed, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// As written.
    pub text: String,
    /// As parsed.
    pub expr: Expr,
    /// Place in the file, quotes included.
    pub span: Range<usize>,
}

/// When not to use a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// The case.
    pub text: String,
    /// The code to use instead, if any.
    pub instead: Option<CodeId>,
}

/// A text that the code's rules must or must not find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Typical, atypical, or close but no.
    pub kind: ExampleKind,
    /// For `close_but_no`: the right code; `None` for `use = "none"`.
    pub instead: Option<CodeId>,
    /// Where it was found.
    pub reference: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// One line of the codebook's own log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Version that it led to.
    pub version: String,
    /// Day.
    pub date: Option<String>,
    /// Who changed it.
    pub who: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Whether earlier codings must be looked at again.
    pub recode: Option<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The words of the file and what they mean.
            pub const WORDS: &[(&str, Self)] = &[$(($word, Self::$variant)),+];

            /// Returns the word of the file.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

words!(
    /// School of thematic analysis.
    Approach {
        /// A fixed codebook and measured agreement.
        CodingReliability = "coding_reliability",
        /// An evolving, versioned codebook.
        Codebook = "codebook",
        /// Framework analysis.
        Framework = "framework",
        /// Template analysis.
        Template = "template",
        /// Reflexive thematic analysis, to which counts and agreement are foreign.
        Reflexive = "reflexive",
        /// Quantitative content analysis.
        ContentAnalysis = "content_analysis",
    }
);
words!(
    /// What a suggestion covers.
    RuleUnit {
        /// The sentence of the evidence.
        Sentence = "sentence",
        /// The paragraph of the evidence.
        Paragraph = "paragraph",
        /// The whole entry.
        Entry = "entry",
        /// The stretch from first to last evidence.
        Hit = "hit",
    }
);
words!(
    /// Where AND, NOT, NEAR and THEN look.
    Within {
        /// One sentence.
        Sentence = "sentence",
        /// One paragraph.
        Paragraph = "paragraph",
        /// The whole entry.
        Entry = "entry",
    }
);
words!(
    /// Where a code came from.
    Origin {
        /// From theory or a guide.
        Deductive = "deductive",
        /// From the texts.
        Inductive = "inductive",
        /// The writer's own words.
        InVivo = "in_vivo",
        /// From the question that was asked.
        Structural = "structural",
    }
);
words!(
    /// What happens to negated hits.
    Negation {
        /// Kept and marked.
        Flag = "flag",
        /// Left out.
        Block = "block",
        /// Kept without a mark.
        Keep = "keep",
    }
);
words!(
    /// Whether a code is in use.
    CodeStatus {
        /// Being tried out.
        Draft = "draft",
        /// In use.
        Active = "active",
        /// No longer suggested.
        Retired = "retired",
    }
);
words!(
    /// What an example shows.
    ExampleKind {
        /// Must be found.
        Typical = "typical",
        /// Must be found although it is unusual.
        Atypical = "atypical",
        /// Must not be found.
        CloseButNo = "close_but_no",
    }
);

impl Codebook {
    /// Returns the code of an id.
    pub fn code(&self, id: &CodeId) -> Option<&Code> {
        self.codes.iter().find(|code| code.id == *id)
    }

    /// Returns the theme of a code, its own or the one it inherits from the codes above it.
    pub fn theme_of(&self, code: &Code) -> Option<&Theme> {
        let holder = std::iter::once(code).chain(self.above(code)).find_map(|code| code.theme.as_ref())?;
        self.themes.iter().find(|theme| theme.id == *holder)
    }

    /// Returns the codes above a code, nearest first; a ring of parents, an error of the file, ends the walk.
    pub fn above<'c>(&'c self, code: &'c Code) -> impl Iterator<Item = &'c Code> {
        let parent = |code: &'c Code| code.parent.as_ref().and_then(|id| self.code(id));
        std::iter::successors(parent(code), move |code| parent(code)).take(self.codes.len())
    }

    /// Returns the codes whose rules are run: active and draft ones that have rules.
    pub fn running(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(|code| code.status != CodeStatus::Retired && !code.rules.is_empty())
    }
}
