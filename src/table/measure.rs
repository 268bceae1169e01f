//! Further columns of a table beside n of N: one line a measure, with its key in JSON and its head on paper.

use serde::{Serialize, Serializer};

use super::{Percent, number};

/// What a further column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Label of the second code of a pair.
    With,
    /// What a theme or code means.
    Definition,
    /// Confidence interval of the percentage.
    Interval,
    /// Percentage of all responses, where a unit can have several values.
    OfResponses,
    /// Percentage of all coded segments.
    Share,
    /// Percentage of all characters.
    Coverage,
    /// Segments per 1,000 words.
    Rate,
    /// Units with the first code.
    First,
    /// Units with the second code.
    Second,
    /// Jaccard's index: units with both of units with either.
    Jaccard,
    /// Share of the first code's units that have the second.
    SecondGivenFirst,
    /// Share of the second code's units that have the first.
    FirstGivenSecond,
    /// Units with both that independence would lead one to expect.
    Expected,
    /// Codes seen up to here.
    Cumulative,
    /// Which codes they are.
    Codes,
    /// A passage that shows a theme.
    Quote,
    /// A passage that goes against a theme.
    CounterExample,
    /// Name of a test.
    Test,
    /// Value of its statistic.
    Statistic,
    /// Its degrees of freedom.
    DegreesOfFreedom,
    /// Its p-value.
    P,
    /// The p-value adjusted for the number of tests.
    AdjustedP,
    /// Cramér's V.
    CramersV,
    /// Kendall's rank correlation with time.
    TauB,
}

impl Measure {
    /// Returns its key in JSON and CSV.
    pub fn key(self) -> &'static str {
        self.names().0
    }

    /// Returns the words over its column.
    pub fn head(self) -> &'static str {
        self.names().1
    }

    /// Tells whether its column stands before the counts.
    pub fn leads(self) -> bool {
        matches!(self, Self::With | Self::Definition)
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::With => ("with_label", "with (B)"),
            Self::Definition => ("definition", "Definition"),
            Self::Interval => ("ci", "95% CI"),
            Self::OfResponses => ("percent_of_responses", "% of responses"),
            Self::Share => ("share", "% of segments"),
            Self::Coverage => ("coverage", "% of text"),
            Self::Rate => ("rate", "per 1,000 words"),
            Self::First => ("n_a", "n of A"),
            Self::Second => ("n_b", "n of B"),
            Self::Jaccard => ("jaccard", "Jaccard"),
            Self::SecondGivenFirst => ("p_b_given_a", "P(B|A)"),
            Self::FirstGivenSecond => ("p_a_given_b", "P(A|B)"),
            Self::Expected => ("expected", "expected"),
            Self::Cumulative => ("cumulative", "codes so far"),
            Self::Codes => ("codes", "new codes"),
            Self::Quote => ("quote", "Excerpt"),
            Self::CounterExample => ("counter_example", "Counter-example"),
            Self::Test => ("test", "test"),
            Self::Statistic => ("statistic", "statistic"),
            Self::DegreesOfFreedom => ("df", "df"),
            Self::P => ("p", "p"),
            Self::AdjustedP => ("p_adjusted", "adjusted p"),
            Self::CramersV => ("cramers_v", "Cramér's V"),
            Self::TauB => ("tau_b", "tau-b"),
        }
    }
}

/// What stands in a further column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A count.
    Count(u64),
    /// A percentage.
    Percent(Percent),
    /// A number, shown with so many decimals.
    Number(f64, u8),
    /// A p-value: three decimals, `<.001` below.
    P(f64),
    /// Lower and upper end, in percent, shown with so many decimals.
    Interval([f64; 2], u8),
    /// Words.
    Words(String),
    /// There is none, and why.
    Undefined(String),
    /// It would give away a hidden count.
    Hidden,
}

impl Value {
    /// Returns it as people read it; a dash where there is none.
    pub fn shown(&self) -> String {
        match self {
            Self::Count(n) => number(*n),
            Self::Percent(percent) => percent.to_string(),
            Self::Number(value, decimals) => fixed(*value, *decimals),
            Self::P(p) if *p < 0.001 => "<.001".to_owned(),
            // No journal writes the zero: a p-value is never above 1.
            Self::P(p) => fixed(*p, 3).trim_start_matches('0').to_owned(),
            Self::Interval([low, high], decimals) => format!("{}–{}", fixed(*low, *decimals), fixed(*high, *decimals)),
            Self::Words(words) => words.clone(),
            Self::Undefined(_) => "–".to_owned(),
            Self::Hidden => "—".to_owned(),
        }
    }

    /// Returns its number, for programs that calculate.
    pub fn number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "spreadsheets hold 53 bits too")]
            Self::Count(n) => Some(*n as f64),
            Self::Percent(percent) => Some(percent.value()),
            Self::Number(value, _) | Self::P(value) => Some(*value),
            Self::Interval(..) | Self::Words(_) | Self::Undefined(_) | Self::Hidden => None,
        }
    }

    /// Returns why there is none.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Undefined(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Writes a number with a fixed number of decimals; halves go away from zero, and there is no `-0`.
fn fixed(value: f64, decimals: u8) -> String {
    let scale = 10_f64.powi(i32::from(decimals));
    let rounded = (value * scale).round() / scale + 0.0;
    format!("{rounded:.*}", usize::from(decimals))
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(n) => serializer.serialize_u64(*n),
            Self::Percent(percent) => percent.serialize(serializer),
            Self::Number(value, _) | Self::P(value) => serializer.serialize_f64(*value),
            Self::Interval(ends, _) => ends.serialize(serializer),
            Self::Words(words) => serializer.serialize_str(words),
            Self::Undefined(_) | Self::Hidden => serializer.serialize_none(),
        }
    }
}

/// Further columns of one row, in order; in JSON keys of the row itself, an undefined one with `KEY_reason` beside it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Further(pub Vec<(Measure, Value)>);

impl Further {
    /// Returns the value of a measure.
    pub fn get(&self, measure: Measure) -> Option<&Value> {
        self.0.iter().find(|(own, _)| *own == measure).map(|(_, value)| value)
    }
}

impl Serialize for Further {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        for (measure, value) in &self.0 {
            map.serialize_entry(measure.key(), value)?;
            if let Some(reason) = value.reason() {
                map.serialize_entry(&format!("{}_reason", measure.key()), reason)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_a_journal_prints_them() {
        let shown = |value: Value| value.shown();
        assert_eq!(shown(Value::P(0.0004)), "<.001");
        assert_eq!(shown(Value::P(0.035)), ".035");
        assert_eq!(shown(Value::P(1.0)), "1.000");
        assert_eq!(shown(Value::Number(-0.0001, 2)), "0.00");
        assert_eq!(shown(Value::Number(1.005, 1)), "1.0");
        assert_eq!(shown(Value::Interval([29.63, 40.95], 1)), "29.6–41.0");
        assert_eq!(shown(Value::Undefined("both unused".to_owned())), "–");
        assert_eq!(shown(Value::Hidden), "—");
    }

    #[test]
    fn undefined_is_null_with_its_reason_and_hidden_says_nothing() {
        let further = Further(vec![
            (Measure::Jaccard, Value::Undefined("neither code is used".to_owned())),
            (Measure::Interval, Value::Hidden),
            (Measure::First, Value::Count(3)),
        ]);
        assert_eq!(
            serde_json::to_string(&further).unwrap(),
            r#"{"jaccard":null,"jaccard_reason":"neither code is used","ci":null,"n_a":3}"#
        );
    }
}
