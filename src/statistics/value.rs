//! A number, or the reason why there is none.

use serde::Serialize;

/// A result that may not exist. As JSON: `{"number": 0.5}` or `{"undefined": "neither code is used"}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// Why there is no number, in words that end a sentence.
    Undefined(&'static str),
}

impl Value {
    /// Returns the number when there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Undefined(_) => None,
        }
    }

    /// Returns the reason when there is no number.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Number(_) => None,
            Self::Undefined(reason) => Some(reason),
        }
    }

    /// Divides; a divisor of 0, or a result that is not finite, is undefined for this reason.
    pub(super) fn ratio(above: f64, below: f64, reason: &'static str) -> Self {
        let ratio = above / below;
        if below == 0.0 || !ratio.is_finite() { Self::Undefined(reason) } else { Self::Number(ratio) }
    }
}

/// Returns a count as a number; exact up to 2^53.
#[allow(clippy::cast_precision_loss, reason = "counts of units stay far below 2^53")]
pub(super) fn float(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_over_nothing_is_undefined() {
        assert_eq!(Value::ratio(1.0, 4.0, "none"), Value::Number(0.25));
        assert_eq!(Value::ratio(0.0, 0.0, "none"), Value::Undefined("none"));
        assert_eq!(Value::ratio(1.0, 0.0, "none"), Value::Undefined("none"));
        assert_eq!(Value::ratio(f64::NAN, 1.0, "none"), Value::Undefined("none"));
        assert_eq!((Value::Number(2.0).number(), Value::Undefined("none").number()), (Some(2.0), None));
        assert_eq!((Value::Number(2.0).reason(), Value::Undefined("none").reason()), (None, Some("none")));
    }

    #[test]
    fn json_says_which_it_is() {
        let both = [Value::Number(0.5), Value::Undefined("neither code is used")];
        let json = serde_json::to_string(&both).unwrap();
        insta::assert_snapshot!(json, @r#"[{"number":0.5},{"undefined":"neither code is used"}]"#);
    }
}
