//! The kinds of tables as words of the command line: the same for tables and for charts.

use clap::{Args, Subcommand, ValueEnum};

use super::arguments::{CountsWord, Of, UnitWord};
use crate::{
    statistics::{multiple::Adjustment, proportion::IntervalMethod},
    table::{Level, Together, Unit},
    workflow::{SaturationOptions, TableKind, TableOptions},
};

/// A kind of table, and what is done with it.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Kind<How: Args> {
    /// Themes and codes: n of N
    Frequency {
        /// A column for each value: month, section, entry, or an attribute of entries
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Themes: what they mean, how many entries they reach, an excerpt and a counter-example
    Overview {
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Themes and codes by the values of an attribute of entries
    Crosstab {
        /// Name of the attribute, or `section`
        name: String,
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Themes and codes by entry: a matrix
    Entries {
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Themes and codes by month, with every month of the range
    Trend {
        #[command(flatten)]
        what: What,
        #[command(flatten)]
        how: How,
    },
    /// Pairs of codes that stand together: n, Jaccard, conditional shares
    Cooccurrence {
        /// How close they must stand
        #[arg(long, value_enum, default_value_t = LevelWord::Sentence)]
        level: LevelWord,
        /// What is paired
        #[arg(long, value_enum, default_value_t = Paired::Codes)]
        of: Paired,
        /// Also pairs that never meet
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        whose: Whose,
        #[command(flatten)]
        how: How,
    },
    /// New codes in each entry, and when nothing new comes (Guest et al. 2020, Francis et al. 2010)
    Saturation {
        /// Entries at the beginning whose codes are the base
        #[arg(long, value_name = "ENTRIES", default_value_t = 4, value_parser = some)]
        base: usize,
        /// Entries in a run
        #[arg(long, value_name = "ENTRIES", default_value_t = 2, value_parser = some)]
        run: usize,
        /// At most so many per cent of the base may be new in a run
        #[arg(long, value_name = "PERCENT", default_value_t = 5)]
        threshold: u64,
        /// Initial sample of Francis et al.
        #[arg(long, value_name = "ENTRIES", default_value_t = 10, value_parser = some)]
        initial: usize,
        /// Stopping criterion of Francis et al.
        #[arg(long, value_name = "ENTRIES", default_value_t = 3, value_parser = some)]
        stopping: usize,
        #[command(flatten)]
        whose: Whose,
        #[command(flatten)]
        how: How,
    },
    /// Share of the coding, coverage of the text, and rate per 1,000 words
    Coverage {
        #[command(flatten)]
        whose: Whose,
        #[command(flatten)]
        how: How,
    },
    /// Words with which a code's segments show it
    Words {
        /// Id of the code
        code: String,
        #[command(flatten)]
        whose: Whose,
        #[command(flatten)]
        how: How,
    },
    /// Negative cases: entries without each theme and code, and entries that nobody has read
    Absent {
        #[command(flatten)]
        whose: Whose,
        #[command(flatten)]
        how: How,
    },
    /// Values of an attribute, such as `attribute need --of cases`
    Attribute {
        /// Name of the attribute
        name: String,
        /// Of what
        #[arg(long, value_enum, default_value_t = Of::Entries)]
        of: Of,
        /// A column for each value of another attribute
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        #[command(flatten)]
        infer: Infer,
        #[command(flatten)]
        how: How,
    },
}

/// What is counted of themes and codes.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct What {
    /// What is counted
    #[arg(long, value_enum, default_value_t = UnitWord::Entry)]
    unit: UnitWord,
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    infer: Infer,
}

/// Whose codings are counted.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Whose {
    /// Which codings are counted
    #[arg(long, value_enum)]
    counts: Option<CountsWord>,
    /// Whose codings are counted: a coder's id, any, or consensus [default: consensus where something was adjudicated, else any]
    #[arg(long, value_name = "ID")]
    coder: Option<String>,
}

/// What is inferred, which is nothing unless asked for.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Infer {
    /// 95% confidence intervals of percentages: wilson (when nothing is said), wilson-cc, clopper-pearson, agresti-coull, jeffreys
    #[arg(long, value_name = "METHOD", num_args = 0..=1, default_missing_value = "wilson", value_parser = interval)]
    interval: Option<IntervalMethod>,
    /// Test each row across its columns, p-values adjusted by: holm (when nothing is said), bh, bonferroni
    #[arg(long, value_name = "ADJUSTMENT", num_args = 0..=1, default_missing_value = "holm", value_parser = adjustment)]
    test: Option<Adjustment>,
}

fn some(word: &str) -> Result<usize, String> {
    word.parse().ok().filter(|number| *number > 0).ok_or_else(|| "write a whole number from 1 on".to_owned())
}

fn interval(word: &str) -> Result<IntervalMethod, String> {
    IntervalMethod::from_word(word)
        .ok_or_else(|| "possible: wilson, wilson-cc, clopper-pearson, agresti-coull, jeffreys".to_owned())
}

fn adjustment(word: &str) -> Result<Adjustment, String> {
    let possible = || Adjustment::ALL.map(Adjustment::word).join(", ");
    Adjustment::from_word(word).ok_or_else(|| format!("possible: {}", possible()))
}

/// How close two codes must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LevelWord {
    /// On exactly the same segment
    Segment,
    /// On segments that overlap
    Overlap,
    /// In one sentence
    Sentence,
    /// In one paragraph
    Paragraph,
    /// In one entry
    Entry,
}

/// What is paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Paired {
    Codes,
    Themes,
}

impl Whose {
    fn options(&self) -> TableOptions {
        TableOptions { counts: self.counts.map(Into::into), coder: self.coder.clone(), ..TableOptions::default() }
    }
}

impl Infer {
    fn add(&self, options: TableOptions) -> TableOptions {
        TableOptions { interval: self.interval, test: self.test, ..options }
    }
}

impl What {
    fn options(&self) -> TableOptions {
        self.infer.add(TableOptions { unit: self.unit.into(), ..self.whose.options() })
    }
}

impl<How: Args> Kind<How> {
    /// Returns which table is asked for, how to count, and what is done with it.
    pub(in crate::cli) fn asked(&self) -> (TableKind, TableOptions, &How) {
        match self {
            Self::Frequency { by: None, what, how } => (TableKind::Frequency, what.options(), how),
            Self::Frequency { by: Some(name), what, how } if name == "month" => (TableKind::Trend, what.options(), how),
            Self::Frequency { by: Some(name), what, how } | Self::Crosstab { name, what, how } => {
                (TableKind::Crosstab(name.clone()), what.options(), how)
            }
            Self::Overview { what, how } => (TableKind::Overview, what.options(), how),
            Self::Entries { what, how } => (TableKind::Entries, what.options(), how),
            Self::Trend { what, how } => (TableKind::Trend, what.options(), how),
            Self::Cooccurrence { level, of, all, whose, how } => {
                let of = if *of == Paired::Themes { Level::Theme } else { Level::Code };
                (TableKind::Cooccurrence { level: (*level).into(), of, all: *all }, whose.options(), how)
            }
            Self::Saturation { base, run, threshold, initial, stopping, whose, how } => {
                let (base, run, threshold) = (*base, *run, *threshold);
                let choices = SaturationOptions { base, run, threshold, initial: *initial, stopping: *stopping };
                (TableKind::Saturation(choices), whose.options(), how)
            }
            Self::Coverage { whose, how } => (TableKind::Coverage, whose.options(), how),
            Self::Words { code, whose, how } => (TableKind::Words(code.clone()), whose.options(), how),
            Self::Absent { whose, how } => (TableKind::Absent, whose.options(), how),
            Self::Attribute { name, of, by, infer, how } => {
                let of: Unit = (*of).into();
                let kind = TableKind::Attribute { name: name.clone(), of, by: by.clone() };
                // Entries or cases are counted, and no codings.
                (kind, infer.add(TableOptions::default()), how)
            }
        }
    }
}

impl From<LevelWord> for Together {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Segment => Self::Segment,
            LevelWord::Overlap => Self::Overlap,
            LevelWord::Sentence => Self::Sentence,
            LevelWord::Paragraph => Self::Paragraph,
            LevelWord::Entry => Self::Entry,
        }
    }
}
